"""The board of what is open now, as its page and its table show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Office
from accounts.officers import Officer
from boards.domain.figures import days_to_clear
from boards.domain.months import back
from boards.selectors import now as selectors
from boards.selectors import past
from boards.selectors.now import ServiceCount, StepCount
from complaints.selectors import Show as ComplaintShow
from documents.spreadsheets import Cell, Table
from permits.models import Application
from permits.selectors import Show, desks_of
from workflow.calendars import calendar_of
from workflow.domain.workdays import WorkCalendar

_NAMES: dict[Show, str | LazyText] = {
    Show.OFFICE: gettext_lazy("Terbuka"),
    Show.LATE: gettext_lazy("Terlambat"),
    Show.NEARLY: gettext_lazy("Hampir terlambat"),
    Show.STEP_LATE: gettext_lazy("Lewat waktu baku"),
    Show.APPLICANT: gettext_lazy("Menunggu pemohon"),
    Show.SIGN: gettext_lazy("Menunggu tanda tangan"),
    Show.ISSUED: gettext_lazy("Terbit, belum diserahkan"),
}
_OF_COMPLAINTS: dict[ComplaintShow, str | LazyText] = {
    ComplaintShow.ALL: gettext_lazy("Terbuka"),
    ComplaintShow.LATE: gettext_lazy("Terlambat"),
    ComplaintShow.NEARLY: gettext_lazy("Hampir terlambat"),
    ComplaintShow.COMPLAINANT: gettext_lazy("Menunggu pengadu"),
    ComplaintShow.SUGGESTIONS: gettext_lazy("Saran"),
}
_AT_A_STEP = (Show.OFFICE, Show.LATE, Show.NEARLY, Show.STEP_LATE)  # the columns of that table
_MEANINGS = {"terlambat": "late", "lewat_baku": "late", "hampir": "attention"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the list that it counts."""

    name: str
    number: int
    url: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its figures in the order of the columns, the age of the oldest."""

    name: str
    hint: str
    figures: Sequence[Figure]
    age: int | None  # working days
    backlog: int | None = None  # working days to clear it at the pace of late


@dataclass(frozen=True, slots=True)
class OldFile:
    """One of the oldest files."""

    application: Application
    place: str
    age: int


@dataclass(frozen=True, slots=True)
class NowBoard:
    """The whole page."""

    office: Office
    at: datetime
    figures: Sequence[Figure]
    services: Sequence[Row]
    steps: Sequence[Row]
    oldest: Sequence[OldFile]
    complaints: Sequence[Figure]
    complaint_age: int | None
    backlog: int | None
    counted_at: datetime | None

    @property
    def columns(self) -> list[str]:
        """The names of the columns of the table of services."""
        return [str(name) for name in _NAMES.values()]

    @property
    def step_columns(self) -> list[str]:
        """The names of the columns of the table of steps."""
        return [str(_NAMES[show]) for show in _AT_A_STEP]


@dataclass(frozen=True, slots=True)
class _Pace:
    """How many files the office has answered since the beginning of last month."""

    answered: Mapping[int, int]
    workdays: int

    @classmethod
    def of(cls, office: Office, counted: datetime | None, calendar: WorkCalendar) -> _Pace:
        """Return the pace until the figures were counted."""
        if counted is None:
            return cls({}, 0)
        until = office.local_date(counted)
        since = back(until, 1)
        workdays = calendar.count(since - timedelta(days=1), until)
        return cls(selectors.answered_since(office, since), workdays)

    def days(self, numbers: Mapping[Show, int], service: int | None = None) -> int | None:
        """Return the working days to clear what waits for the office."""
        waiting = numbers[Show.OFFICE] - numbers[Show.APPLICANT] - numbers[Show.ISSUED]
        listed = self.answered
        answered = sum(listed.values()) if service is None else listed.get(service, 0)
        return days_to_clear(waiting, answered, self.workdays)


def board(officer: Officer, office: Office) -> NowBoard:
    """Return what is open at ``office``; the number of queries does not depend on how much."""
    where = selectors.conditions(office, officer.at)
    services = selectors.by_service(office, where)
    calendar = calendar_of(office)
    total = {show: sum(row.numbers[show] for row in services) for show in where}

    def age(since: datetime | None) -> int | None:
        return None if since is None else _age(calendar, office, since, officer.at)

    counted = past.counted_at(office)
    pace = _Pace.of(office, counted, calendar)
    complaints = selectors.complaint_counts(officer, office)
    return NowBoard(
        office=office,
        at=officer.at,
        figures=[_figure(show, number, kantor=office.code) for show, number in total.items()],
        services=[
            _service(row, office, age(row.oldest), pace.days(row.numbers, row.service))
            for row in services
        ],
        steps=[_step(row, office, age(row.oldest)) for row in selectors.by_step(office, where)],
        oldest=[_old(row, age(row.submitted_at) or 0) for row in selectors.oldest(office)],
        complaints=[_complaints(show, n, office) for show, n in complaints.items()],
        complaint_age=age(selectors.oldest_complaint(officer, office)) if complaints else None,
        backlog=pace.days(total),
        counted_at=counted,
    )


def sheets(board: NowBoard) -> tuple[str, list[Table]]:
    """Return the title of the spreadsheet and its one sheet."""
    title = _("Papan %(office)s, sekarang") % {"office": board.office.short_name}
    head = [
        _("Menurut"),
        _("Nama"),
        *board.columns,
        _("Tertua (hari kerja)"),
        _("Antrean (hari kerja)"),
    ]
    blank: list[Cell] = [None] * (len(board.columns) - len(board.step_columns))
    lines: list[list[Cell]] = [
        [_("Layanan"), row.name, *(one.number for one in row.figures), row.age, row.backlog]
        for row in board.services
    ]
    lines += [
        [_("Langkah"), f"{row.name} ({row.hint})", *(one.number for one in row.figures), *blank,
         row.age, None]
        for row in board.steps
    ]  # fmt: skip
    return title, [Table(title, head, lines)]


def _age(calendar: WorkCalendar, office: Office, since: datetime, at: datetime) -> int:
    """Return the working days since then, the day itself left out as in a term."""
    return calendar.count(office.local_date(since), office.local_date(at))


def _figure(show: Show, number: int, **narrowed: object) -> Figure:
    asked = urlencode({"tampil": show.value, **narrowed})
    url = f"{reverse('permits:worklist')}?{asked}"
    return Figure(str(_NAMES[show]), number, url, _meaning(show.value, number))


def _meaning(show: str, number: int) -> str:
    return _MEANINGS.get(show, "") if number else ""


def _complaints(show: ComplaintShow, number: int, office: Office) -> Figure:
    asked = urlencode({"tampil": show.value, "kantor": office.code})
    url = f"{reverse('complaints:list')}?{asked}"
    return Figure(str(_OF_COMPLAINTS[show]), number, url, _meaning(show.value, number))


def _numbers(numbers: Mapping[Show, int], **narrowed: object) -> list[Figure]:
    return [_figure(show, number, **narrowed) for show, number in numbers.items()]


def _service(row: ServiceCount, office: Office, age: int | None, backlog: int | None) -> Row:
    figures = _numbers(row.numbers, kantor=office.code, layanan=row.service)
    return Row(row.name, "", figures, age, backlog)


def _step(row: StepCount, office: Office, age: int | None) -> Row:
    step, desk = row.step, row.step.desk
    numbers = {show: row.numbers[show] for show in _AT_A_STEP}
    waits = ngettext(
        "menunggu %(n)s bagian pelaksana lain", "menunggu %(n)s bagian pelaksana lain", row.parts
    ) % {"n": row.parts}
    named = [desk.name if desk else "", step.standard_time, step.procedure.name]
    hint = ", ".join(filter(None, [*named, waits if row.parts else ""]))
    name = f"{step.printed_number} {step.activity}"
    return Row(name, hint, _numbers(numbers, kantor=office.code, langkah=step.pk), age)


def _old(application: Application, age: int) -> OldFile:
    desks = ", ".join(desk.name for desk in desks_of(application))
    return OldFile(application, desks or _("Pemohon"), age)
