"""The promises about a complaint. The answer runs from receipt and no comment or edit resets it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from complaints import selectors
from complaints.domain.lifecycle import Event, Status
from complaints.domain.terms import ComplaintTermKind
from complaints.models import Complaint, ComplaintDeadline
from workflow import alarms
from workflow.calendars import calendar_of, rules_of
from workflow.domain.clock import ClockEvent, ClockKind, ClockState, Term, reckon
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar

# what may run on while a complaint has a status; everything else ends with the change
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
    """End what does not run in the new status, and begin what runs from receipt in it."""
    runs = _RUNS.get(complaint.status, frozenset())
    for deadline in complaint.deadlines.running():
        if deadline.kind not in runs:
            alarms.end(deadline, at)
    began = since(complaint)
    rows = complaint.deadlines.filter(started_at__gte=began)
    known = set(
        # an answer that was promised, dropped and is promised again runs again from receipt
        rows.exclude(
            kind__in=(ComplaintTermKind.ANSWER, ComplaintTermKind.SUGGESTION), met_at__isnull=False
        ).values_list("kind", flat=True)
    )
    _begin_all(
        complaint,
        sorted(runs - {ComplaintTermKind.LEVEL, ComplaintTermKind.COMPLETION} - known),
        began,
    )
    # asked a second time, the complainant has the whole term again
    asked = complaint.deadlines.running().filter(kind=ComplaintTermKind.COMPLETION)
    if ComplaintTermKind.COMPLETION in runs and not asked.exists():
        begin(complaint, ComplaintTermKind.COMPLETION, at)
    keep_due(complaint)


def since(complaint: Complaint) -> datetime:
    """Return when the clock of this round began: the receipt, or the reopening."""
    if complaint.round == 1:
        return complaint.received_at
    reopened = complaint.records.filter(event=Event.REOPEN).order_by("-at").first()
    return reopened.at if reopened else complaint.received_at


def begin(
    complaint: Complaint, kind: ComplaintTermKind, started_at: datetime, of: str = ""
) -> None:
    """Promise one thing from ``started_at`` on."""
    _begin_all(complaint, [kind], started_at, of)


def _begin_all(
    complaint: Complaint, kinds: Sequence[ComplaintTermKind], started_at: datetime, of: str = ""
) -> None:
    """Promise several things, in as many questions to the database as one."""
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
    """The class is known: its own term of the answer holds, still counted from receipt."""
    for deadline in complaint.deadlines.running().filter(kind=ComplaintTermKind.ANSWER):
        of = _class_of(complaint, ComplaintTermKind.ANSWER)
        term = selectors.term_of(complaint.office, ComplaintTermKind.ANSWER, of)
        _count(deadline, term, calendar_of(complaint.office))
        deadline.save()
    keep_due(complaint)


def recompute(deadline: ComplaintDeadline) -> None:
    """The calendar has changed: count the same term again."""
    _count(deadline, deadline.term, calendar_of(deadline.complaint.office))
    deadline.save()
    keep_due(deadline.complaint)


def stamp(deadline: ComplaintDeadline) -> None:
    """The present calendar leaves the date as it is: note that it was asked."""
    deadline.calendar_version = calendar_of(deadline.complaint.office).version
    deadline.save(update_fields=["calendar_version"])


def reckoning_of(
    deadline: ComplaintDeadline, at: datetime, calendar: WorkCalendar | None = None
) -> ClockState:
    """Return what the calendar of today says about one promise, day by day."""
    office = deadline.complaint.office
    began = [ClockEvent(ClockKind.START, deadline.started_at)]
    return reckon(began, deadline.term, calendar or calendar_of(office), rules_of(office), at)


def done(complaint: Complaint, kind: ComplaintTermKind, at: datetime) -> None:
    """What ``kind`` promised was done."""
    for deadline in complaint.deadlines.running().filter(kind=kind):
        alarms.end(deadline, at)


def keep_due(complaint: Complaint) -> None:
    """Keep the running answer date on the complaint: its lists read it there."""
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
    deadline.calendar_version = calendar.version
    with suppress(DomainError):  # no decree yet for that year: no date until there is one
        said = reckoning_of(deadline, deadline.started_at, calendar)
        deadline.due_on, deadline.due_at = said.due_on, said.due_at
        alarms.plan(deadline, planner)
