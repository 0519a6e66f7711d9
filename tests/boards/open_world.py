"""What is open in a world, counted file by file and complaint by complaint; and its complaints."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from accounts.models import ChannelKind, Office
from boards.presenters.tables import RowTable
from complaints.domain.lifecycle import Status
from complaints.models import Complaint, ComplaintDeadline
from permits.models import Application
from standards.domain.steps import StepKind
from tests.boards.oracle import workdays
from tests.factories.permits import NOON, Cast
from workflow.domain.clock import Unit
from workflow.domain.workdays import WorkCalendar

OPEN = ("diajukan", "belum_lengkap", "diproses", "dikembalikan", "terbit")
CLOSED = (Status.ANSWERED, Status.THANKED, Status.WITHDRAWN)
Counted = dict[str, dict[Any, Counter[str]]]


def open_files(office: Office) -> list[Any]:
    """Return the open files of ``office`` with what is counted of them."""
    rows = Application.objects.filter(office=office, status__in=OPEN)
    return list(rows.select_related("current_step__step").prefetch_related("parts", "deadlines"))


def shows_of(file: Any, calendar: WorkCalendar) -> Iterator[str]:
    """Yield under which figures one file is counted, by its rows."""
    running = file.status == "diproses"
    today = NOON.astimezone(calendar.rules.zone).date()
    kind = file.current_step.step.kind if file.current_step else ""
    yield "semua"
    if running and file.due_at and file.due_at <= NOON:
        yield "terlambat"
    ahead = running and file.due_at and file.due_at > NOON
    if ahead and file.due_on and workdays(calendar, today, file.due_on) <= 2:
        yield "hampir"
    if any(
        row.kind == "langkah" and row.met_at is None and row.due_at and row.due_at <= NOON
        for row in file.deadlines.all()
    ):
        yield "lewat_baku"
    waits = running and file.due_at is None and kind == StepKind.PAY
    if file.status in ("belum_lengkap", "dikembalikan") or waits:
        yield "pemohon"
    if any(part.finished_at is None for part in file.parts.all()):
        yield "bagian"
    if running and kind == StepKind.SIGN:
        yield "tanda_tangan"
    if file.status == "terbit":
        yield "terbit"


def counted(office: Office, calendar: WorkCalendar) -> Counted:
    """Return the figures by service, step and desk, file by file."""
    found: Counted = {name: defaultdict(Counter) for name in ("layanan", "langkah", "meja")}
    for file in open_files(office):
        shows = list(shows_of(file, calendar))
        found["layanan"][file.service_id].update(shows)
        rows = {file.current_step.step_id} if file.current_step else set()
        rows |= {part.step_id for part in file.parts.all() if part.finished_at is None}
        for row in rows - {None}:
            found["langkah"][row].update(shows)
        desks = {file.desk_id} if file.desk_id else set()
        desks |= {part.position_id for part in file.parts.all() if part.finished_at is None}
        for desk in desks:
            found["meja"][desk].update(shows)
    return found


def asked_of(url: str) -> dict[str, str]:
    """Return what the address of a list asks for."""
    return dict(pair.split("=") for pair in url.partition("?")[2].split("&"))


def figures_in(tables: Iterable[RowTable]) -> dict[str, dict[Any, dict[str, int]]]:
    """Return the figures of the tables of a page by what their rows are, and by filter."""
    found: dict[str, dict[Any, dict[str, int]]] = defaultdict(dict)
    for table in tables:
        for row in table.rows:
            for one in row.figures:
                asked = asked_of(one.url)
                [by] = asked.keys() & {"layanan", "langkah", "meja", "tahap"}
                key = asked[by] if by == "tahap" else int(asked[by])
                found[by].setdefault(key, {})[asked["tampil"]] = one.number
    return found


# Complaints --------------------------------------------------------------------------------------


def write_complaints(cast: Cast, number: int, seed: int = 3) -> None:
    """Write random complaints and suggestions of sixteen months, open and closed."""
    random, office = Random(seed), cast.office
    services = [None, *office.services.order_by("pk")]
    statuses = sorted(set(Status) - {Status.MERGED}) + [Status.ANSWERED] * 6
    rows, terms = [], []
    for nth in range(number):
        came = NOON - timedelta(minutes=random.randint(200, 60 * 24 * 470))
        status = random.choice(statuses)
        closed = status in CLOSED
        due = None if closed else NOON + timedelta(hours=random.randint(-200, 300))
        ended = min(came + timedelta(hours=random.randint(1, 300)), NOON - timedelta(hours=1))
        row = Complaint(
            office=office, number=f"ADU-{nth}", secret_digest=f"{nth:064}", status=status,
            channel=ChannelKind.FORM, received_at=came, entered_at=came,
            service=random.choice(services), hide_identity=False,
            confidential=random.random() < 0.1, due_at=due, closed_at=ended if closed else None,
            due_on=due.astimezone(office.zone).date() if due else None,
        )  # fmt: skip
        rows.append(row)
        broken = random.random() < 0.3
        terms.append(
            ComplaintDeadline(
                complaint=row, kind=ComplaintDeadline.Kind.ANSWER, term_amount=14,
                term_unit=Unit.WORKDAY, started_at=came, met_at=row.closed_at, due_at=due,
                breached_at=NOON - timedelta(days=1) if broken else None,
            )
        )  # fmt: skip
    Complaint.objects.bulk_create(rows)
    ComplaintDeadline.objects.bulk_create(terms)


def complaints_counted(office: Office, calendar: WorkCalendar) -> Counted:
    """Return the figures of open complaints by status and service, one by one."""
    found: Counted = {"tahap": defaultdict(Counter), "layanan": defaultdict(Counter)}
    for row in Complaint.objects.filter(office=office):
        if row.status in CLOSED:
            continue
        shows = ["semua"]
        if row.due_at and row.due_at <= NOON:
            shows.append("terlambat")
        elif row.due_on and workdays(calendar, NOON.date(), row.due_on) <= 2:
            shows.append("hampir")
        names = {
            Status.INCOMPLETE: "pengadu", Status.DRAFTED: "persetujuan", Status.SUGGESTION: "saran",
        }  # fmt: skip
        shows += [name for status, name in names.items() if row.status == status]
        found["tahap"][row.status].update(shows)
        found["layanan"][row.service_id or 0].update(shows)
    return found


def answered_complaints(office: Office, since: date) -> int:
    """Return how many complaints and suggestions were answered since the morning of a day."""
    began = datetime.combine(since, time(), office.zone)
    rows: list[Any] = list(Complaint.objects.filter(office=office))
    return sum(
        row.status in (Status.ANSWERED, Status.THANKED) and row.closed_at >= began for row in rows
    )


def complaints_in_time(office: Office, since: date) -> tuple[int, int]:
    """Return how many complaints of these months were answered in time, and of how many.

    One that is open past its promise counts as late. Those of today are left out.
    """
    began = datetime.combine(since, time(), office.zone)
    midnight = datetime.combine(NOON.date(), time(), office.zone)
    kept = late = 0
    for row in Complaint.objects.filter(office=office).prefetch_related("deadlines"):
        if not began <= row.received_at < midnight:
            continue
        broken = any(
            term.breached_at or (term.met_at is None and term.due_at and term.due_at <= NOON)
            for term in row.deadlines.all()
        )
        kept += row.status == Status.ANSWERED and not broken
        late += bool(broken) and (
            row.status == Status.ANSWERED or row.status not in (*CLOSED, Status.SUGGESTION)
        )
    return kept, kept + late
