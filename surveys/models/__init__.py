"""Models of surveys: instruments, rules, invitations, responses, follow-ups."""

from surveys import guards  # noqa: F401  registers what the database refuses to change
from surveys.models.follow_ups import FollowUp, FollowUpDeadline
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
    Trace,
)

__all__ = [
    "Age",
    "Education",
    "FollowUp",
    "FollowUpDeadline",
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
    "Trace",
]
