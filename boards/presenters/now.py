"""The board of what is open now: its figures, its tables and the lists that they open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import Model
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Office, Position
from accounts.officers import Officer
from accounts.selectors import position_text
from boards.domain.months import back
from boards.presenters import complaints
from boards.presenters.complaints import ComplaintBoard
from boards.presenters.tables import (
    Ages,
    Figure,
    NamedRow,
    Pace,
    Row,
    RowTable,
    figures_of,
    named_sheet,
)
from boards.selectors import now as selectors
from boards.selectors import past
from boards.selectors.complaints import OpenComplaints
from boards.selectors.now import NamedFiles, Tally
from boards.services.files import begins
from complaints.selectors import PROMISES
from documents.spreadsheets import Cell, Table
from permits.models import Application
from permits.presenters.deadlines import Promise, short_promise
from permits.selectors import Show, desks_of, promise_version
from standards.models import SopStep
from workflow.calendar_versions import calendars_by, version_of
from workflow.calendars import calendars_of
from workflow.charts import StackedChart, stacked
from workflow.domain.workdays import WorkCalendar
from workflow.formats import moment

LIST = "permits:worklist"
_NAMES: dict[Show, str | LazyText] = {
    Show.OFFICE: gettext_lazy("Terbuka"),
    Show.LATE: gettext_lazy("Terlambat"),
    Show.NEARLY: gettext_lazy("Hampir terlambat"),
    Show.STEP_LATE: gettext_lazy("Lewat waktu baku"),
    Show.APPLICANT: gettext_lazy("Menunggu pemohon"),
    Show.PARTS: gettext_lazy("Menunggu pelaksana lain"),
    Show.SIGN: gettext_lazy("Menunggu tanda tangan"),
    Show.ISSUED: gettext_lazy("Terbit, belum diserahkan"),
}
_AT_A_DESK = (Show.OFFICE, Show.LATE, Show.NEARLY, Show.STEP_LATE)
_AT_A_STEP = (*_AT_A_DESK, Show.PARTS)


@dataclass(frozen=True, slots=True)
class NowBoard:
    """The whole page."""

    office: Office
    at: datetime
    figures: Sequence[Figure]
    chart: StackedChart | None
    tables: Sequence[RowTable]
    urgent: Sequence[NamedRow]
    oldest: Sequence[NamedRow]
    complaints: ComplaintBoard | None
    backlog: int | None
    counted_at: datetime | None


def board(officer: Officer, office: Office) -> NowBoard:
    """Return what is open at ``office``; the number of queries does not depend on how much."""
    working = calendars_of({office, office.partner_of or office})
    where = selectors.conditions(office, officer.at, working)
    found = selectors.open_files(office, where)
    ages = Ages(office, working[office.pk], officer.at)
    counted = past.counted_at(office)
    pace = _pace(office, counted, ages)
    total = found.total
    names = _used(total.numbers)
    files = selectors.named_files(office, where)
    reported = complaints.read(officer, office, ages)
    calendars = _calendars(files, reported)

    def named(row: Application) -> NamedRow:
        return _named(row, ages, short_promise(row, officer.at, calendars[row]))

    tables = (
        _services(found.services, names, ages, pace, paced=counted is not None),
        _steps(found.steps, names, ages),
        _desks(found.desks, names, ages),
    )
    return NowBoard(
        office=office,
        at=officer.at,
        figures=figures_of(LIST, names, total.numbers, kantor=office.code),
        chart=_chart(found.services),
        tables=[table for table in tables if table.rows],
        urgent=[named(row) for row in files.urgent],
        oldest=[named(row) for row in files.oldest],
        complaints=complaints.board(reported, officer, ages, calendars) if reported else None,
        backlog=pace.days(_waiting(total)),
        counted_at=counted,
    )


def _calendars(files: NamedFiles, reported: OpenComplaints | None) -> dict[Model, WorkCalendar]:
    """Return the calendars of the promises of all rows that are named, read together."""
    wanted: dict[Model, tuple[str, Office]] = {
        row: (promise_version(row), row.office) for row in (*files.urgent, *files.oldest)
    }
    for complaint in reported.oldest if reported else ():
        wanted[complaint] = (version_of(complaint.deadlines.all(), PROMISES), complaint.office)
    return calendars_by(wanted)


def title_of(board: NowBoard) -> str:
    """Return the title of its spreadsheet and its print."""
    return _("Papan %(office)s, sekarang") % {"office": board.office.short_name}


def sheets(board: NowBoard) -> list[Table]:
    """Return the sheets of its spreadsheet."""
    other = board.complaints
    figures: list[list[Cell]] = [[_("Permohonan"), one.name, one.number] for one in board.figures]
    if board.backlog is not None:
        figures.append([_("Permohonan"), _("Antrean (hari kerja)"), board.backlog])
    if other is not None:
        figures += [[_("Pengaduan"), one.name, one.number] for one in other.figures]
        if other.backlog is not None:
            figures.append([_("Pengaduan"), _("Antrean (hari kerja)"), other.backlog])
    found = [
        Table(_("Ringkasan"), [_("Tentang"), _("Angka"), _("Jumlah")], figures, _("Ringkasan"))
    ]
    tables = chain(board.tables, other.tables if other else ())
    found += [table.sheet() for table in tables]
    lists = (
        (_("Paling mendesak"), board.urgent),
        (_("Paling lama menunggu"), board.oldest),
        (_("Pengaduan paling lama"), other.oldest if other else ()),
    )
    return found + [named_sheet(name, rows) for name, rows in lists if rows]


def _used(numbers: Mapping[str, int]) -> dict[Show, str | LazyText]:
    """Return the names of the figures; few offices have steps with further performers."""
    return {show: name for show, name in _NAMES.items() if show is not Show.PARTS or numbers[show]}


def _pace(office: Office, counted: datetime | None, ages: Ages) -> Pace:
    """Return how many files were answered since the beginning of last month until the count."""
    if counted is None:
        return Pace({}, 0)
    month = back(office.local_date(counted), 1)
    answered = selectors.answered_since(office, month)
    return Pace.between(answered, ages, begins(office, month), counted)


def _waiting(tally: Tally) -> int:
    """Return how many wait for the office, not for the applicant."""
    numbers = tally.numbers
    return numbers[Show.OFFICE] - numbers[Show.APPLICANT] - numbers[Show.ISSUED]


def _chart(services: Mapping[int, Tally]) -> StackedChart | None:
    if not services:
        return None
    names = [(_("Terlambat"), "late"), (_("Hampir terlambat"), "attention"), (_("Lainnya"), "rest")]
    rows = []
    for tally in services.values():
        late, nearly = tally.numbers[Show.LATE], tally.numbers[Show.NEARLY]
        rows.append((tally.name, [late, nearly, tally.numbers[Show.OFFICE] - late - nearly]))
    return stacked(names, rows)


def _services(
    services: Mapping[int, Tally],
    names: Mapping[Show, str | LazyText],
    ages: Ages,
    pace: Pace,
    *,
    paced: bool,
) -> RowTable:
    code = ages.office.code
    rows = [
        Row(
            tally.name,
            "",
            figures_of(LIST, names, tally.numbers, kantor=code, layanan=service),
            ages.of(tally.oldest),
            pace.days(_waiting(tally), service),
        )
        for service, tally in services.items()
    ]
    return RowTable(
        _("Menurut layanan"),
        _("Layanan"),
        _("Berkas terbuka menurut layanan"),
        [str(name) for name in names.values()],
        rows,
        paced,
    )


def _steps(
    steps: Sequence[tuple[SopStep, Tally]], names: Mapping[Show, str | LazyText], ages: Ages
) -> RowTable:
    shown = {show: name for show, name in names.items() if show in _AT_A_STEP}
    rows = []
    for step, tally in steps:
        desk = position_text(step.desk) if step.desk else ""
        hint = ", ".join(filter(None, [desk, step.standard_time, step.procedure.name]))
        figures = figures_of(LIST, shown, tally.numbers, kantor=ages.office.code, langkah=step.pk)
        name = f"{step.printed_number} {step.activity}"
        rows.append(Row(name, hint, figures, ages.of(tally.oldest)))
    return RowTable(
        _("Menurut langkah SOP"),
        _("Langkah"),
        _("Berkas terbuka menurut langkah SOP"),
        [str(name) for name in shown.values()],
        rows,
    )


def _desks(
    desks: Sequence[tuple[Position, Tally]], names: Mapping[Show, str | LazyText], ages: Ages
) -> RowTable:
    shown = {show: name for show, name in names.items() if show in _AT_A_DESK}
    rows = [
        Row(
            position_text(desk),
            "",
            figures_of(LIST, shown, tally.numbers, kantor=ages.office.code, meja=desk.pk),
            ages.of(tally.oldest),
        )
        for desk, tally in desks
    ]
    return RowTable(
        _("Menurut meja"),
        _("Meja"),
        _("Berkas terbuka menurut meja"),
        [str(name) for name in shown.values()],
        rows,
    )


def _named(row: Application, ages: Ages, promise: Promise | None) -> NamedRow:
    desks = ", ".join(position_text(desk) for desk in desks_of(row))
    return NamedRow(
        number=row.number or "",
        url=row.get_desk_url(),
        service=row.service.name,
        place=desks or _("Pemohon"),
        came=moment(row.submitted_at, ages.office.zone),
        age=ages.days(row.submitted_at or ages.at),
        promise=promise,
    )
