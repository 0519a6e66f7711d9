"""What permits and complaints share: the calendar, records, deadlines, jobs, monitoring."""

from workflow.models.audit import AuditChain, AuditEntry, DestroyedRow
from workflow.models.calendar import CalendarVersion, CalendarYear, Holiday, HolidayKind
from workflow.models.jobs import Alarm, Job, JobQuerySet, JobStatus, Recount, job_index
from workflow.models.marks import TermMark
from workflow.models.monitoring import AdminTask, Heartbeat, ThrottleCounter
from workflow.models.records import (
    ClockEventRow,
    Deadline,
    DeadlineQuerySet,
    LifecycleModel,
    TransitionRecord,
    marked_index,
)
from workflow.models.sent_forms import SentForm

__all__ = [
    "AuditChain",
    "AuditEntry",
    "AdminTask",
    "Alarm",
    "CalendarVersion",
    "CalendarYear",
    "ClockEventRow",
    "Deadline",
    "DeadlineQuerySet",
    "DestroyedRow",
    "Heartbeat",
    "Holiday",
    "HolidayKind",
    "Job",
    "JobQuerySet",
    "JobStatus",
    "LifecycleModel",
    "Recount",
    "SentForm",
    "TermMark",
    "ThrottleCounter",
    "TransitionRecord",
    "job_index",
    "marked_index",
]
