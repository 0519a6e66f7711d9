"""Models of complaints: register, identity, study, answers, deadlines and reports."""

from complaints import guards  # noqa: F401  registers what the database refuses to change
from complaints.models.answers import Answer, AnswerLetter, Approval
from complaints.models.choices import Approver, Category, Ground, Problem, Rating, Status, Weight
from complaints.models.deadlines import ComplaintDeadline, Escalation
from complaints.models.identity import Identity, IdentityOpening
from complaints.models.register import Addition, Complaint, ComplaintFile, ComplaintRecord, Likeness
from complaints.models.reports import (
    BookPaper,
    MonthlyReport,
    MonthlyReportRecord,
    ReportDeadline,
    ReportInitial,
)
from complaints.models.rules import ComplaintRole, ComplaintRules, ComplaintTerm, Role
from complaints.models.study import ApipRequest, StudyStep

__all__ = [
    "Addition",
    "Answer",
    "AnswerLetter",
    "ApipRequest",
    "Approval",
    "Approver",
    "BookPaper",
    "Category",
    "Complaint",
    "ComplaintDeadline",
    "ComplaintFile",
    "ComplaintRecord",
    "ComplaintRole",
    "ComplaintRules",
    "ComplaintTerm",
    "Escalation",
    "Ground",
    "Identity",
    "IdentityOpening",
    "Likeness",
    "MonthlyReport",
    "MonthlyReportRecord",
    "Problem",
    "Rating",
    "ReportDeadline",
    "ReportInitial",
    "Role",
    "Status",
    "StudyStep",
    "Weight",
]
