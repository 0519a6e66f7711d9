"""Services, their standards by version, requirements, procedures and fees: the law as rows."""

from standards import guards  # noqa: F401  registers what the database refuses to change
from standards.models.choices import Risk, Section, TermUnit
from standards.models.conditions import ConditionField
from standards.models.eligibility import EligibilityRule
from standards.models.facts import Fact
from standards.models.fees import FeeRow, FeeRule
from standards.models.papers import Paper
from standards.models.permits import PermitRule
from standards.models.procedures import Procedure, ProcedureRole, SopStep
from standards.models.publicity import (
    OfficeDocument,
    OfficeProof,
    Publication,
    PublicConsultation,
    ServicePledge,
)
from standards.models.requirements import Requirement, RequirementGroup
from standards.models.search import SearchEntry, SearchWord
from standards.models.services import (
    ClosedKind,
    Evaluation,
    Kbli,
    KbliSuccessor,
    Regulation,
    Service,
)
from standards.models.terms import TermRule
from standards.models.versions import (
    LegalBasis,
    StandardComponent,
    StandardVersion,
    VersionProcedure,
)

__all__ = [
    "ClosedKind",
    "ConditionField",
    "EligibilityRule",
    "Evaluation",
    "Fact",
    "FeeRow",
    "FeeRule",
    "Kbli",
    "KbliSuccessor",
    "LegalBasis",
    "OfficeDocument",
    "OfficeProof",
    "Paper",
    "Procedure",
    "ProcedureRole",
    "PublicConsultation",
    "Publication",
    "Regulation",
    "Requirement",
    "RequirementGroup",
    "Risk",
    "SearchEntry",
    "SearchWord",
    "Section",
    "Service",
    "ServicePledge",
    "SopStep",
    "StandardComponent",
    "StandardVersion",
    "PermitRule",
    "TermRule",
    "TermUnit",
    "VersionProcedure",
]
