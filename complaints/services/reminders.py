"""Reminders and escalations of complaint deadlines, run by the sweep (docs/deadlines.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Position, User
from accounts.selectors import holders, reachable, seat_in, superiors
from complaints import selectors
from complaints.domain.lifecycle import UNCLOSED
from complaints.domain.terms import ComplaintTermKind
from complaints.models import Complaint, ComplaintDeadline, Escalation
from complaints.services import messages
from complaints.services.events import add_record
from workflow import admin_tasks, alarms, transitions, vacancies
from workflow.alarms import Reached, WatchedTerm
from workflow.domain.marks import Mark
from workflow.sweeps import SweepResult, sweep

ESCALATED = "lewat_ke_atasan"  # the event in the history

Act = Callable[[Reached, Mark], None]
OWNER_GONE = "complaint_owner_gone"


def _responsible(deadline: ComplaintDeadline, reached: Reached) -> list[User]:
    """Return who is told: for the current approver, else for the owner."""
    complaint = deadline.complaint
    if complaint.desk is not None:
        return reachable(complaint.desk, reached.at)
    return selectors.answering_for(complaint, reached.at)


def _tell(reached: Reached, mark: Mark, what: str, people: list[User], **facts: Any) -> None:
    deadline: ComplaintDeadline = reached.deadline
    messages.notify(
        deadline.complaint,
        what,
        people,
        reached.at,
        nth=f"{deadline.pk}:{deadline.due_at:%Y%m%d%H%M}:{mark.code}",
        term=str(deadline.get_kind_display()),
        **facts,
    )


def _warn(reached: Reached, mark: Mark) -> None:
    _tell(reached, mark, "due_soon", _responsible(reached.deadline, reached))


def _breach(reached: Reached, mark: Mark) -> None:
    """Record the breach and notify; a late answer is also notified to the complainant."""
    deadline: ComplaintDeadline = reached.deadline
    if deadline.breached_at is None:
        deadline.breached_at = reached.at
        deadline.save(update_fields=["breached_at"])
    _tell(reached, mark, "overdue", _responsible(deadline, reached))
    if deadline.kind == ComplaintTermKind.ANSWER:
        messages.notify_complainant(deadline.complaint, "late", reached.at, nth=deadline.pk)


def _remind(reached: Reached, mark: Mark) -> None:
    deadline: ComplaintDeadline = reached.deadline
    messages.notify_complainant(
        deadline.complaint, "incomplete_still", reached.at, nth=f"{deadline.pk}:{mark.code}"
    )


def _escalate(reached: Reached, mark: Mark) -> None:
    """Escalate to the next higher position whose holders are not subjects of the complaint."""
    deadline: ComplaintDeadline = reached.deadline
    complaint = deadline.complaint
    start = complaint.desk or _seat(complaint, reached)
    chain = _chain(complaint, start, reached.at)
    if mark.level > len(chain):
        if mark.level == 1 and start is not None and not start.is_head:
            admin_tasks.open_task(
                f"no-superior:{start.pk}",
                "no_superior",
                at=reached.at,
                office=complaint.office,
                position=start.name,
            )
        return
    position = chain[mark.level - 1]
    Escalation.objects.create(
        complaint=complaint,
        cause=Escalation.Cause.TIME,
        level=mark.code,
        from_position=start,
        to_position=position,
        at=reached.at,
    )
    add_record(complaint, ESCALATED, actor=None, at=reached.at, note=position.name)
    people = reachable(position, reached.at)
    if not holders(position, reached.at):
        admin_tasks.open_task(
            f"no-holder:{position.pk}",
            "no_holder",
            at=reached.at,
            office=complaint.office,
            position=position.name,
        )
    owner = complaint.owner.full_name if complaint.owner else ""
    _tell(reached, mark, "escalated", people, owner=owner)


def _seat(complaint: Complaint, reached: Reached) -> Position | None:
    """Return the position from which the owner works."""
    seat = seat_in(complaint.owner, complaint.office_id, reached.at)
    return seat.position if seat else None


def _chain(complaint: Complaint, start: Position | None, at: datetime) -> list[Position]:
    """Return the positions for escalation by level; for a confidential complaint only the head."""
    head = selectors.head_of(complaint.office)
    if start is None or complaint.confidential:
        chain = [head] if head and head != start else []
    else:
        chain = superiors(start)
    against = set(complaint.subjects.values_list("pk", flat=True))
    return [position for position in chain if not _only(holders(position, at), against)]


def _only(people: list[User], against: set[int]) -> bool:
    """Whether all of ``people`` are subjects of the complaint, so that the level is skipped."""
    return bool(people) and all(person.pk in against for person in people)


_ACTS: dict[str, Act] = {"warn": _warn, "breach": _breach, "escalate": _escalate}
_WARNINGS = (Mark("setengah", share=50), Mark("dua-hari", days=-2), Mark("satu-hari", days=-1))
_DUE = Mark("jatuh-tempo", days=0)
_LATE = (
    Mark("lewat", "breach"),
    Mark("atasan-1", "escalate", days=1, level=1),
    Mark("atasan-2", "escalate", days=2, level=2),
    Mark("atasan-3", "escalate", days=3, level=3),
)


def _answer(acts: dict[str, Act]) -> Callable[[Reached], None]:
    def answer(reached: Reached) -> None:
        for mark in reached.marks:
            acts[mark.act](reached, mark)

    return answer


def _rows(kind: str) -> Callable[[], QuerySet[ComplaintDeadline]]:
    def rows() -> QuerySet[ComplaintDeadline]:
        return ComplaintDeadline.objects.filter(kind=kind).select_related(
            "complaint__office", "complaint__owner", "complaint__desk__office"
        )

    return rows


def _lock(kind: str) -> Callable[[ComplaintDeadline], ComplaintDeadline | None]:
    def lock(deadline: ComplaintDeadline) -> ComplaintDeadline | None:
        """Lock the complaint first (the lock order of all services), then reload the deadline."""
        transitions.lock(deadline.complaint)
        return _rows(kind)().filter(pk=deadline.pk).first()

    return lock


def _office(deadline: ComplaintDeadline) -> Office:
    return deadline.complaint.office


def _terms() -> Iterator[WatchedTerm]:
    yield _term(ComplaintTermKind.ANSWER, (*_WARNINGS, _DUE, *_LATE), _ACTS)
    for kind in (
        ComplaintTermKind.COMPLETENESS,
        ComplaintTermKind.CATEGORY,
        ComplaintTermKind.PLAN,
        ComplaintTermKind.DRAFT,
        ComplaintTermKind.LEVEL,
    ):
        yield _term(kind, (_DUE, *_LATE[:2]), _ACTS)
    yield _term(ComplaintTermKind.SUGGESTION, (_DUE, _LATE[0]), _ACTS)
    completion: dict[str, Act] = {"warn": _remind, "breach": _breach}
    yield _term(
        ComplaintTermKind.COMPLETION,
        (Mark("setengah", share=50), Mark("tujuh-hari", days=-7), Mark("lewat", "breach")),
        completion,
    )


def _term(kind: ComplaintTermKind, marks: tuple[Mark, ...], acts: dict[str, Act]) -> WatchedTerm:
    label = ComplaintDeadline.Kind(kind).label
    return WatchedTerm(
        name=f"complaints.{kind}",
        label=label,
        marks=marks,
        rows=_rows(kind),
        lock=_lock(kind),
        office=_office,
        office_path="complaint__office",
        acts=tuple(acts),
        answer=_answer(acts),
    )


def watch_owners(at: datetime) -> SweepResult:
    """Open a task for each office with complaints whose owner has left; close those settled."""
    gone = Complaint.objects.unowned(at).order_by().values_list("office")
    totals = dict(gone.annotate(total=Count("pk")))
    asked = admin_tasks.waiting().filter(kind=OWNER_GONE).values_list("office", flat=True)
    offices = Office.objects.in_bulk({*totals, *asked})

    def settle(pk: int) -> bool:
        key = f"{OWNER_GONE}:{pk}"
        if pk not in totals:
            return admin_tasks.close_task(key, at=at)
        unit = offices[pk]
        return admin_tasks.open_task(
            key, OWNER_GONE, at=at, office=unit, unit=unit.short_name, total=totals[pk]
        )

    return sweep("complaints.watch_owners", sorted(offices), settle)


def register() -> None:
    """Register the deadlines of complaints and the tasks for administrators."""
    alarms.register(*_terms())
    vacancies.register("complaints", lambda: Complaint.objects.filter(status__in=UNCLOSED))
    admin_tasks.add(
        {
            "no_complaint_officer": _(
                "Unit ini belum mempunyai petugas pengaduan. Tetapkan jabatan dan pejabatnya pada "
                "peran dalam penanganan pengaduan."
            ),
            OWNER_GONE: _(
                "%(total)s pengaduan %(unit)s belum mempunyai penanggung jawab yang masih "
                "bertugas. Minta kepala unit atau petugas pengaduan menetapkan yang baru."
            ),
        }
    )
