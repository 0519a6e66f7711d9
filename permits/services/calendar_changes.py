"""Effects of a changed calendar: which due dates it moves, and moving them on record.

A late decree moves nothing by itself: an administrator reviews the effect and applies it. Two
things are automatic: a deadline whose date stays the same takes the version of the new calendar,
and an estimate is counted again as soon as its year is decreed. A date that has passed never moves.
A paused clock has no date to move. A regional holiday moves dates of its offices only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Position, User
from accounts.selectors import reachable
from documents.content import promised_day_lazy
from notices import outbox
from permits.models import Application, ApplicationDeadline, DueDateChange
from permits.services import calendar_moves
from permits.services.calendar_moves import COUNTED, Counter, Move, with_events
from standards.models import Service
from workflow import admin_tasks, recounting
from workflow.calendar_versions import keep
from workflow.calendars import calendar_of, calendars_of
from workflow.domain.clock import Term, Unit
from workflow.domain.workdays import WorkCalendar
from workflow.formats import day_lazy
from workflow.models import JobStatus, Recount
from workflow.sweeps import SweepResult, each, sweep

Kind = ApplicationDeadline.Kind
SWEEP = "permits.settle_calendar"
BATCH = 1000
_SHOWN = 20  # applications named in one message to a desk

admin_tasks.add(
    {
        "calendar_changed": _(
            "Kalender kerja %(office_name)s berubah: %(total)s tanggal janji akan bergeser. Lihat "
            "dampaknya, lalu terapkan."
        ),
        "promises_estimated": _(
            "Hari libur tahun %(year)s belum ditetapkan, sedangkan %(total)s tanggal janji "
            "%(office_name)s jatuh pada tahun itu dan masih perkiraan."
        ),
    }
)


def all_counters(at: datetime) -> dict[int, Counter]:
    """Return the counter of each office by its key: all offices and calendars in four queries."""
    offices = Office.objects.in_bulk()
    calendars = calendars_of(offices.values())
    return {key: Counter(office, at, calendars[key]) for key, office in offices.items()}


def _calendars(counters: Mapping[int, Counter]) -> dict[int, WorkCalendar]:
    return {key: counter.calendar for key, counter in counters.items()}


def preview(counters: Mapping[int, Counter], at: datetime, most: int | None = None) -> list[Move]:
    """Return the moves that applying the present calendars would make, soonest first.

    ``counters`` are those of ``all_counters``. With ``most``, counting ends with the batch that
    reaches this number of rows: enough for a page, without counting all deadlines.
    """
    rows = calendar_moves.outdated(_calendars(counters), at)
    keys = list(rows.values_list("pk", flat=True))
    moves: list[Move] = []
    for first in range(0, len(keys), BATCH):
        for row, events in with_events(rows.filter(pk__in=keys[first : first + BATCH])):
            move = counters[row.counted_by].move(row, events)
            if move is not None and move.moves:
                moves.append(move)
        if most is not None and len(moves) >= most:
            break
    return sorted(moves, key=lambda move: (move.old_on, move.row.pk))[:most]


def outdated(counters: Mapping[int, Counter], at: datetime) -> int:
    """Return how many deadlines were counted with a calendar that has changed since."""
    return calendar_moves.outdated(_calendars(counters), at).count() + elsewhere(counters, at)


def elsewhere(counters: Mapping[int, Counter], at: datetime) -> int:
    """Return how many deadlines of other apps were counted with an older calendar."""
    return recounting.outdated(_calendars(counters), at)


def settle(at: datetime) -> SweepResult:
    """Confirm estimates, update the version of unmoved dates; open admin tasks for the moves.

    An office with a queued recount is left out: the recount does all of this.
    """
    ordered = Recount.objects.filter(job_status=JobStatus.QUEUED)
    offices = list(Office.objects.exclude(pk__in=ordered.values("office")))
    work = [(office, keys) for office in offices for keys in _batches(office, at)]

    def act(number: int) -> SweepResult:
        office, keys = work[number]
        moved, broken = write(Counter(office, at), keys, None, everything=False)
        return SweepResult(moved, len(broken))

    result = sweep(SWEEP, range(len(work)), act)
    for office in {office for office, _keys in work}:
        notify_desks(office, calendar_of(office).version, at)
    for office in offices:
        while recounting.recount(office, at, BATCH, everything=False).done:
            continue
    for office in offices:
        update_admin_tasks(office, at)
    return result


def _batches(office: Office, at: datetime) -> list[list[int]]:
    keys = list(Counter(office, at).outdated().values_list("pk", flat=True))
    return [keys[first : first + BATCH] for first in range(0, len(keys), BATCH)]


def write(
    counter: Counter, keys: list[int], actor: User | None, *, everything: bool
) -> tuple[int, list[int]]:
    """Write a batch; return how many dates were moved, and the keys of the rows that raised.

    A batch that fails is retried row by row, so that only the failing rows are left out.
    """

    def act(part: list[int]) -> SweepResult:
        return SweepResult(_write(counter, part, actor, everything=everything))

    batch_result = each(SWEEP, [0], lambda _number: act(keys))
    if not batch_result.failed:
        return batch_result.done, []
    results = {key: each(SWEEP, [key], lambda part: act([part])) for key in keys}
    broken = [key for key, result in results.items() if result.failed]
    return sum(result.done for result in results.values()), broken


@transaction.atomic
def _write(counter: Counter, keys: list[int], actor: User | None, *, everything: bool) -> int:
    """Move the deadlines ``keys`` in one transaction; return how many. Locks applications first."""
    deadlines = ApplicationDeadline.objects.filter(pk__in=keys)
    applications = Application.objects.filter(pk__in=deadlines.values("application"))
    list(applications.select_for_update().order_by("pk").values_list("pk"))
    moves, same = counter.count(keys)
    if not everything:
        moves = [move for move in moves if move.was_estimate or not move.moves]
    version = keep(counter.calendar)
    ApplicationDeadline.objects.filter(pk__in=same).update(calendar_version=version)
    _write_days(counter, moves)
    changed = [move for move in moves if move.moves]
    DueDateChange.objects.bulk_create(
        DueDateChange(
            application_id=move.row.application_id,
            deadline_id=move.row.pk,
            old_on=move.old_on,
            new_on=move.new_on,
            calendar_version=version,
            at=counter.at,
            actor=actor,
        )
        for move in changed
    )
    announced = [move for move in moves if move.moves or move.was_estimate]
    _notify_applicants(counter, [move for move in announced if move.row.kind == Kind.SERVICE])
    return len(changed)


def _write_days(counter: Counter, moves: Iterable[Move]) -> None:
    """Write the new dates with one update for each due date."""
    deadlines: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    application_keys: dict[tuple[date, datetime], list[int]] = defaultdict(list)
    for move in moves:
        row, due = move.row, (move.new_on, move.new_at)
        term = Term(row.amount, Unit(row.unit))
        after = row.marked_at or row.started_at
        mark = counter.planner.next_mark(
            f"permits.{row.kind}", row.office_id, counter.office, term, due, after
        )
        deadlines[*due, mark].append(row.pk)
        if row.kind == Kind.SERVICE:
            application_keys[due].append(row.application_id)
    for (new_on, new_at, mark), keys in deadlines.items():
        ApplicationDeadline.objects.filter(pk__in=keys).update(
            due_on=new_on,
            due_at=new_at,
            next_mark_at=mark,
            calendar_version=counter.calendar.version,
        )
    for (new_on, new_at), keys in application_keys.items():
        Application.objects.filter(pk__in=keys).update(due_on=new_on, due_at=new_at)


# Messages --------------------------------------------------------------------------------------


def _notify_applicants(counter: Counter, moves: Sequence[Move]) -> None:
    """Enqueue one message to each applicant; users and services are queried once."""
    applications = Application.objects.filter(pk__in=[move.row.application_id for move in moves])
    rows = list(
        applications.values_list("pk", "public_id", "tracking_code", "applicant_id", "service_id")
    )
    people = User.objects.in_bulk({row[3] for row in rows})
    services = Service.objects.in_bulk({row[4] for row in rows})
    by_application = {move.row.application_id: move for move in moves}
    posts = [
        _post(
            by_application[pk],
            public_id,
            code,
            people[applicant],
            services[service],
            counter.calendar,
        )
        for pk, public_id, code, applicant, service in rows
    ]
    outbox.post_many(posts, at=counter.at)


def _post(
    move: Move,
    public_id: UUID,
    code: str,
    applicant: User,
    service: Service,
    calendar: WorkCalendar,
) -> outbox.Post:
    name = "moved" if move.moves else "confirmed"
    key = move.row.application_id
    return outbox.Post(
        key=f"application-{name}:{key}:{move.old_on}:{move.new_on}",
        kind=f"permits/{name}",
        to=applicant,
        about=f"application:{key}",
        sender=move.office,
        context={
            "name": applicant.full_name,
            "number": move.row.number,
            "code": code,
            "service": service.name,
            "office": move.office.name,
            "path": reverse("permits:application", args=[public_id]),
            "promised": promised_day_lazy(
                move.new_on, provisional=not calendar.is_confirmed(move.new_on)
            ),
            "earlier": day_lazy(move.old_on),
        },
    )


def notify_desks(office: Office, version: str, at: datetime) -> None:
    """Enqueue one message to each officer about all applications at the desk that were moved."""
    changes = DueDateChange.objects.filter(
        calendar_version=version,
        deadline__kind=Kind.SERVICE,
        application__office=office,
        application__desk__isnull=False,
    )
    per_desk = changes.order_by().values_list("application__desk").annotate(total=Count("pk"))
    for desk, total in per_desk:
        moved = changes.filter(application__desk=desk).select_related("application")
        lines = [
            format_lazy(
                "{}: {} - {}", row.application.number, day_lazy(row.old_on), day_lazy(row.new_on)
            )
            for row in moved.order_by("new_on", "pk")[:_SHOWN]
        ]
        position = Position.objects.select_related("office").get(pk=desk)
        for holder in reachable(position, at):
            outbox.post(
                f"desk-moved:{desk}:{version}:{holder.pk}",
                "permits/desk_moved",
                to=holder,
                at=at,
                sender=office,
                name=holder.full_name,
                office=office.name,
                total=total,
                moved=lines,
                path=reverse("permits:worklist"),
                desk=position.name,
            )


# Administrators ------------------------------------------------------------------------------


def update_admin_tasks(office: Office, at: datetime) -> None:
    """Open the admin tasks for dates to move and for estimates; close those that are done."""
    counter = Counter(office, at)
    changed = outdated({office.pk: counter}, at)
    _set_admin_task(
        f"calendar-changed:{office.pk}",
        "calendar_changed",
        changed,
        office,
        at,
        reverse("permits:calendar_effect"),
        year="",
    )
    until = counter.calendar.confirmed_until
    estimates = (
        ApplicationDeadline.objects.running()
        .filter(kind__in=COUNTED, application__office=office, due_on__gt=until, due_at__gt=at)
        .exclude(term_unit=Unit.CALENDAR_DAY)
    )
    _set_admin_task(
        f"estimates:{office.pk}",
        "promises_estimated",
        estimates.count(),
        office,
        at,
        reverse("admin:workflow_calendaryear_changelist"),
        year=until.year + 1,
    )


def _set_admin_task(
    key: str, kind: str, total: int, office: Office, at: datetime, path: str, *, year: int | str
) -> None:
    if total:
        admin_tasks.open_task(
            key,
            kind,
            at=at,
            office=office,
            path=path,
            total=total,
            year=year,
            office_name=office.short_name,
        )
    else:
        admin_tasks.close_task(key, at=at)
