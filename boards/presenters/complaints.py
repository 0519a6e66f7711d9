"""The complaints on the board of now: alike the files, by stage and by service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Office
from accounts.officers import Officer
from boards.domain.months import back
from boards.presenters.tables import Ages, Figure, NamedRow, Pace, Row, RowTable, figures_of
from boards.selectors import complaints as selectors
from boards.selectors.complaints import OpenComplaints
from boards.selectors.now import Tally
from boards.services.files import begins
from complaints.models import Complaint
from complaints.presenters.desk import promise_of, status_text
from complaints.selectors import Show
from workflow.domain.workdays import WorkCalendar
from workflow.formats import day_short

LIST = "complaints:list"
_NAMES: dict[Show, str | LazyText] = {
    Show.ALL: gettext_lazy("Terbuka"),
    Show.LATE: gettext_lazy("Terlambat"),
    Show.NEARLY: gettext_lazy("Hampir terlambat"),
    Show.COMPLAINANT: gettext_lazy("Menunggu pengadu"),
    Show.APPROVAL: gettext_lazy("Menunggu persetujuan"),
    Show.SUGGESTIONS: gettext_lazy("Saran"),
}
_AT_A_STAGE = {show: _NAMES[show] for show in (Show.ALL, Show.LATE, Show.NEARLY)}


@dataclass(frozen=True, slots=True)
class ComplaintBoard:
    """The part of the board about complaints."""

    figures: Sequence[Figure]
    tables: Sequence[RowTable]
    oldest: Sequence[NamedRow]
    age: int | None
    backlog: int | None


def read(officer: Officer, office: Office, ages: Ages) -> OpenComplaints | None:
    """Return the open complaints of ``office``; ``None`` for who has no part in complaints."""
    return selectors.open_complaints(officer, office, ages.calendar, _since(officer, office))


def _since(officer: Officer, office: Office) -> datetime:
    """Return since when answers are counted: the beginning of last month."""
    return begins(office, back(office.local_date(officer.at), 1))


def board(
    found: OpenComplaints,
    officer: Officer,
    ages: Ages,
    calendars: Mapping[Model, WorkCalendar],
) -> ComplaintBoard:
    """Return what the board shows of the complaints that ``read`` has found.

    ``calendars`` are those of their promises.
    """
    office = ages.office
    since = _since(officer, office)
    pace = Pace.between(found.answered, ages, since, officer.at)
    total = found.total
    return ComplaintBoard(
        figures=figures_of(LIST, _NAMES, total.numbers, kantor=office.code),
        tables=[
            table
            for table in (
                _stages(found.stages, office, ages),
                _services(found.services, office, ages, pace),
            )
            if table.rows
        ],
        oldest=_oldest(found.oldest, ages, officer, calendars),
        age=ages.of(total.oldest),
        backlog=pace.days(_waiting(total)),
    )


def _waiting(tally: Tally) -> int:
    """Return how many wait for the office."""
    return tally.numbers[Show.ALL] - tally.numbers[Show.COMPLAINANT]


def _stages(stages: Mapping[str, Tally], office: Office, ages: Ages) -> RowTable:
    rows = [
        Row(
            status_text(status, mine=False, being_sent=False, apip_asked=False)[1],
            "",
            figures_of(LIST, _AT_A_STAGE, tally.numbers, kantor=office.code, tahap=status),
            ages.of(tally.oldest),
        )
        for status, tally in stages.items()
    ]
    return RowTable(
        _("Menurut tahap"),
        _("Tahap"),
        _("Pengaduan terbuka menurut tahap"),
        [str(name) for name in _AT_A_STAGE.values()],
        rows,
    )


def _services(services: Mapping[int, Tally], office: Office, ages: Ages, pace: Pace) -> RowTable:
    rows = [
        Row(
            tally.name or _("Tanpa layanan tertentu"),
            "",
            figures_of(LIST, _NAMES, tally.numbers, kantor=office.code, layanan=service),
            ages.of(tally.oldest),
            pace.days(_waiting(tally), service),
        )
        for service, tally in services.items()
    ]
    return RowTable(
        _("Menurut layanan"),
        _("Layanan"),
        _("Pengaduan terbuka menurut layanan"),
        [str(name) for name in _NAMES.values()],
        rows,
        paced=True,
    )


def _oldest(
    rows: Sequence[Complaint],
    ages: Ages,
    officer: Officer,
    calendars: Mapping[Model, WorkCalendar],
) -> list[NamedRow]:
    return [
        NamedRow(
            number=row.number,
            url=row.get_absolute_url(),
            service=row.service.name if row.service else "",
            place=row.desk.name if row.desk else str(row.owner or ""),
            came=day_short(ages.office.local_date(row.received_at)),
            age=ages.days(row.received_at),
            promise=promise_of(row, officer.at, calendars[row]),
        )
        for row in rows
    ]
