"""Services, their standards by version, requirements, procedures and fees: the law as rows."""

from standards import guards  # noqa: F401  registers what the database refuses to change
from standards.models.choices import Risk, TermUnit
from standards.models.procedures import Procedure, ProcedureRole, SopStep
from standards.models.requirements import FormField, Question, Requirement, RequirementGroup
from standards.models.services import Evaluation, Kbli, Regulation, Service
from standards.models.versions import (
    Fee,
    LegalBasis,
    StandardComponent,
    StandardVersion,
    VersionProcedure,
)

__all__ = [
    "Evaluation",
    "Fee",
    "FormField",
    "Kbli",
    "LegalBasis",
    "Procedure",
    "ProcedureRole",
    "Question",
    "Regulation",
    "Requirement",
    "RequirementGroup",
    "Risk",
    "Service",
    "SopStep",
    "StandardComponent",
    "StandardVersion",
    "TermUnit",
    "VersionProcedure",
]
