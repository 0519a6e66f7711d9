"""Applications, their steps, documents, clock, numbers and certificates."""

from permits import guards  # noqa: F401  registers what the database refuses to change
from permits.models.application import (
    HOLDER_FIELDS,
    Application,
    ApplicationRecord,
    HolderKind,
    Status,
)
from permits.models.certificates import Certificate, CertificateDraft, HandOver, Initial, new_token
from permits.models.charges import Charge, ChargeCorrection, Payment
from permits.models.clock import ApplicationClockEvent, ApplicationDeadline, DueDateChange
from permits.models.documents import AnswerVerdict, Document, RequirementVerdict
from permits.models.inspections import Inspection, InspectionPhoto
from permits.models.numbers import CertificateNumber, NumberRegister
from permits.models.openings import Opening
from permits.models.orders import CertificateOrder
from permits.models.parts import PartFile, StepPart
from permits.models.printouts import Printout
from permits.models.recorded import RecordedFact
from permits.models.refusals import Refusal
from permits.models.steps import ApplicationStep, StepFile
from permits.models.trials import SamplePaper, Trial

__all__ = [
    "AnswerVerdict",
    "HOLDER_FIELDS",
    "Application",
    "ApplicationClockEvent",
    "ApplicationDeadline",
    "ApplicationRecord",
    "ApplicationStep",
    "Certificate",
    "CertificateDraft",
    "Charge",
    "ChargeCorrection",
    "CertificateNumber",
    "CertificateOrder",
    "Document",
    "DueDateChange",
    "HandOver",
    "HolderKind",
    "Initial",
    "Inspection",
    "InspectionPhoto",
    "NumberRegister",
    "Opening",
    "PartFile",
    "Payment",
    "Printout",
    "RecordedFact",
    "Refusal",
    "RequirementVerdict",
    "SamplePaper",
    "Status",
    "StepFile",
    "StepPart",
    "Trial",
    "new_token",
]
