"""Models of surveys: instruments, rules, invitations, responses."""

from surveys import guards  # noqa: F401  registers what the database refuses to change
from surveys.models.instruments import Instrument, InstrumentVersion, Question, SurveyRules
from surveys.models.responses import (
    Age,
    Education,
    Invitation,
    InvitationLink,
    Occupation,
    Response,
    Sex,
    Suggestion,
)

__all__ = [
    "Age",
    "Education",
    "Instrument",
    "InstrumentVersion",
    "Invitation",
    "InvitationLink",
    "Occupation",
    "Question",
    "Response",
    "Sex",
    "Suggestion",
    "SurveyRules",
]
