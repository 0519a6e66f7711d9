"""Deadlines of a complaint. The term of the answer runs from receipt; no edit resets it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from complaints import selectors
from complaints.domain.lifecycle import Event, Status
from complaints.domain.terms import ComplaintTermKind
from complaints.models import Complaint, ComplaintDeadline
from workflow import alarms
from workflow.calendar_versions import keep
from workflow.calendars import calendar_of
from workflow.domain.clock import ClockEvent, ClockKind, ClockState, Term, reckon
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar

# deadlines that run in each status; all others end with the transition
_RUNS: dict[str, frozenset[ComplaintTermKind]] = {
    Status.UNDECIDED: frozenset({ComplaintTermKind.ANSWER, ComplaintTermKind.COMPLETENESS}),
    Status.RECEIVED: frozenset(
        {
            ComplaintTermKind.ANSWER,
            ComplaintTermKind.COMPLETENESS,
            ComplaintTermKind.CATEGORY,
            ComplaintTermKind.PLAN,
            ComplaintTermKind.DRAFT,
        }
    ),
    Status.INCOMPLETE: frozenset(
        {
            ComplaintTermKind.ANSWER,
            ComplaintTermKind.COMPLETION,
            ComplaintTermKind.CATEGORY,
            ComplaintTermKind.PLAN,
            ComplaintTermKind.DRAFT,
        }
    ),
    Status.STUDIED: frozenset(
        {
            ComplaintTermKind.ANSWER,
            ComplaintTermKind.CATEGORY,
            ComplaintTermKind.PLAN,
            ComplaintTermKind.DRAFT,
        }
    ),
    Status.DRAFTED: frozenset({ComplaintTermKind.ANSWER, ComplaintTermKind.LEVEL}),
    Status.APPROVED: frozenset({ComplaintTermKind.ANSWER}),
    Status.SUGGESTION: frozenset({ComplaintTermKind.SUGGESTION}),
}


def follow(complaint: Complaint, at: datetime) -> None:
    """Update the deadlines after a transition: end and begin those of the new status."""
    runs = _RUNS.get(complaint.status, frozenset())
    for deadline in complaint.deadlines.running():
        if deadline.kind not in runs:
            alarms.end(deadline, at)
    began = since(complaint)
    rows = complaint.deadlines.filter(started_at__gte=began)
    known = set(
        # an answer deadline that was ended may begin again; it still runs from receipt
        rows.exclude(
            kind__in=(ComplaintTermKind.ANSWER, ComplaintTermKind.SUGGESTION), met_at__isnull=False
        ).values_list("kind", flat=True)
    )
    _begin_all(
        complaint,
        sorted(runs - {ComplaintTermKind.LEVEL, ComplaintTermKind.COMPLETION} - known),
        began,
    )
    # a second request for completion begins a new full term
    completion = complaint.deadlines.running().filter(kind=ComplaintTermKind.COMPLETION)
    if ComplaintTermKind.COMPLETION in runs and not completion.exists():
        begin(complaint, ComplaintTermKind.COMPLETION, at)
    keep_due(complaint)


def since(complaint: Complaint) -> datetime:
    """Return the start of the clock of this round: the receipt, or the reopening."""
    if complaint.round == 1:
        return complaint.received_at
    reopened = complaint.records.filter(event=Event.REOPEN).order_by("-at").first()
    return reopened.at if reopened else complaint.received_at


def begin(
    complaint: Complaint, kind: ComplaintTermKind, started_at: datetime, of: str = ""
) -> None:
    """Begin one deadline at ``started_at``."""
    _begin_all(complaint, [kind], started_at, of)


def _begin_all(
    complaint: Complaint, kinds: Sequence[ComplaintTermKind], started_at: datetime, of: str = ""
) -> None:
    """Begin several deadlines with a fixed number of queries."""
    terms = selectors.terms_of(
        complaint.office, {kind: of or _class_of(complaint, kind) for kind in kinds}
    )
    if not kinds:
        return
    calendar, planner, rows = calendar_of(complaint.office), alarms.Planner(), []
    for kind in kinds:
        row = ComplaintDeadline(complaint=complaint, kind=kind, of=of, started_at=started_at)
        _count(row, terms[kind], calendar, planner)
        rows.append(row)
    ComplaintDeadline.objects.bulk_create(rows)


def _class_of(complaint: Complaint, kind: ComplaintTermKind) -> str:
    return complaint.weight or complaint.category if kind is ComplaintTermKind.ANSWER else ""


def lengthen_for_class(complaint: Complaint) -> None:
    """Apply the answer term of the class after classification, counted from receipt."""
    for deadline in complaint.deadlines.running().filter(kind=ComplaintTermKind.ANSWER):
        of = _class_of(complaint, ComplaintTermKind.ANSWER)
        term = selectors.term_of(complaint.office, ComplaintTermKind.ANSWER, of)
        _count(deadline, term, calendar_of(complaint.office))
        deadline.save()
    keep_due(complaint)


def recompute(deadline: ComplaintDeadline) -> None:
    """Recompute the due date with the current calendar."""
    _count(deadline, deadline.term, calendar_of(deadline.complaint.office))
    deadline.save()
    keep_due(deadline.complaint)


def stamp(deadline: ComplaintDeadline) -> None:
    """Record that the date was checked against the current calendar and is unchanged."""
    deadline.calendar_version = keep(calendar_of(deadline.complaint.office))
    deadline.save(update_fields=["calendar_version"])


def reckoning_of(
    deadline: ComplaintDeadline, at: datetime, calendar: WorkCalendar | None = None
) -> ClockState:
    """Return the day-by-day computation of one deadline until it ended.

    With ``calendar``, else with the present one.
    """
    calendar = calendar or calendar_of(deadline.complaint.office)
    events = [ClockEvent(ClockKind.START, deadline.started_at)]
    if deadline.met_at is not None and deadline.met_at <= at:
        events.append(ClockEvent(ClockKind.STOP, deadline.met_at, 1))
    return reckon(events, deadline.term, calendar, calendar.rules, at)


def done(complaint: Complaint, kind: ComplaintTermKind, at: datetime) -> None:
    """Mark the running deadline of ``kind`` as met at ``at``."""
    for deadline in complaint.deadlines.running().filter(kind=kind):
        alarms.end(deadline, at)


def keep_due(complaint: Complaint) -> None:
    """Store the due date of the running answer deadline on the complaint, for lists."""
    kinds = (ComplaintTermKind.ANSWER, ComplaintTermKind.SUGGESTION)
    running = complaint.deadlines.running().filter(kind__in=kinds).first()
    complaint.due_on = running.due_on if running else None
    complaint.due_at = running.due_at if running else None
    complaint.save(update_fields=["due_on", "due_at"])


def _count(
    deadline: ComplaintDeadline,
    term: Term,
    calendar: WorkCalendar,
    planner: alarms.Planner | None = None,
) -> None:
    deadline.term_amount, deadline.term_unit = term.amount, term.unit
    deadline.calendar_version = keep(calendar)
    with suppress(DomainError):  # no decree for that year yet: no due date
        said = reckoning_of(deadline, deadline.started_at, calendar)
        deadline.due_on, deadline.due_at = said.due_on, said.due_at
        alarms.plan(deadline, planner)
