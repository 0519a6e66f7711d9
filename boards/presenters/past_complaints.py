"""The complaints on the board of the past, and the lists that their figures open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Office, Position, User
from accounts.officers import Officer
from accounts.selectors import position_text
from boards.domain.listed_complaints import AskedComplaints, ListedComplaints
from boards.domain.months import Span, bounds
from boards.policies import may_see_work
from boards.presenters.lists import ListPage, ListRow, asked_months, board_url, keys_in, months_of
from boards.presenters.period_tables import Counted, PeriodTable, days, meaning_of
from boards.presenters.tables import Figure
from boards.selectors.complaints import seen_by
from boards.services import complaints as services
from boards.services.complaints import Answers
from boards.services.files import Window
from complaints.presenters.desk import shown_at
from complaints.services.figures import days_text
from documents.spreadsheets import Cell
from standards.models import Service
from workflow.formats import day_short, moment
from workflow.pagination import Key, Page

_TITLES: dict[ListedComplaints, str | LazyText] = {
    ListedComplaints.ANSWERED: gettext_lazy("Pengaduan yang dijawab"),
    ListedComplaints.LATE: gettext_lazy("Pengaduan yang terlambat dijawab"),
    ListedComplaints.OPEN: gettext_lazy("Pengaduan di tangan sekarang"),
}
_NO_SERVICE = gettext_lazy("Tanpa layanan tertentu")


@dataclass(frozen=True, slots=True)
class ComplaintPeriod:
    """The part of the board of the past about complaints, without those its reader may not see."""

    figures: Sequence[Figure]
    share: int | None
    meaning: str
    median: str
    most: str
    tables: Sequence[PeriodTable]


@dataclass(frozen=True, slots=True)
class _Lists:
    """The addresses of the lists of one board."""

    office: Office
    span: Span

    def url(self, figure: ListedComplaints, **narrowed: object) -> str:
        asked = {"kantor": self.office.code, "periode": self.span, "angka": figure, **narrowed}
        return f"{reverse('boards:complaints')}?{urlencode(asked)}"

    def cell(self, number: int, figure: ListedComplaints, **narrowed: object) -> int:
        return Counted.of(number, self.url(figure, **narrowed))


def complaint_period(
    officer: Officer, office: Office, span: Span, led: Collection[int]
) -> ComplaintPeriod | None:
    """Return the complaints of ``span`` as ``officer`` may know them; ``None`` without a part.

    ``led`` are the keys of the positions below theirs.
    """
    seen = seen_by(officer, office)
    if seen is None:
        return None
    window = Window.of(office, *bounds(span, office.local_date(officer.at)), officer.at)
    found = services.past_complaints(seen, window, led, officer.at)
    lists, total = _Lists(office, span), found.total
    figures = [
        Figure(_("Pengaduan yang dijawab"), total.answered, lists.url(ListedComplaints.ANSWERED)),
        Figure(
            _("Terlambat"),
            total.late,
            lists.url(ListedComplaints.LATE),
            "late" if total.late else "",
        ),
    ]
    tables = [_services(found.services, lists), _officers(found.officers, lists)]
    return ComplaintPeriod(
        figures,
        total.share,
        meaning_of(total.share),
        days_text(total.median),
        days_text(total.most),
        [table for table in tables if table.rows],
    )


def _numbers(one: Answers, lists: _Lists, **narrowed: object) -> list[Cell]:
    """Return what both tables say of answers."""
    return [
        lists.cell(one.answered, ListedComplaints.ANSWERED, **narrowed),
        one.share,
        lists.cell(one.late, ListedComplaints.LATE, **narrowed),
        days(one.median),
        one.most,
    ]


def _heads() -> list[str]:
    return [
        _("Dijawab"),
        _("Tepat waktu (%)"),
        _("Terlambat"),
        _("Median (hari kerja)"),
        _("Persentil 90 (hari kerja)"),
    ]


def _services(services_: Sequence[Answers], lists: _Lists) -> PeriodTable:
    return PeriodTable(
        "pengaduan-layanan",
        _("Pengaduan menurut layanan"),
        _(
            "Jawaban atas pengaduan dan saran yang tersampaikan dalam periode ini. Hari kerja "
            "dihitung sejak diterima, dengan kalender tanggal janjinya."
        ),
        [_("Layanan"), *_heads()],
        [
            [one.name or str(_NO_SERVICE), *_numbers(one, lists, layanan=one.key)]
            for one in services_
        ],
        lead=2,
    )


def _officers(officers: Sequence[Answers], lists: _Lists) -> PeriodTable:
    rows: list[list[Cell]] = []
    for one in officers:
        who = {"petugas": one.key, "jabatan": one.seat}
        in_hand = lists.cell(one.in_hand, ListedComplaints.OPEN, **who)
        rows.append([one.name, one.position, in_hand, *_numbers(one, lists, **who)])
    return PeriodTable(
        "pengaduan-petugas",
        _("Beban petugas pengaduan"),
        _(
            "Hanya petugas di bawah Anda, dan hanya pengaduan yang boleh Anda lihat. Jawaban "
            "dihitung pada yang mengirimnya, yang masih terbuka pada penanggung jawabnya."
        ),
        [_("Petugas"), _("Jabatan"), _("Di tangan sekarang"), *_heads()],
        rows,
        lead=2,
    )


# The lists ---------------------------------------------------------------------------------------


def asked_in(
    officer: Officer, office: Office, parameters: Mapping[str, str]
) -> AskedComplaints | None:
    """Return the figure that an address asks for.

    ``None`` if it asks for nothing that the board of ``office`` shows this officer.
    """
    figure = parameters.get("angka", ListedComplaints.ANSWERED)
    keys = keys_in(parameters, "layanan", "petugas", "jabatan")
    if figure not in list(ListedComplaints) or keys is None:
        return None
    service, person, seat = keys
    months = asked_months(office, officer, parameters)
    asked = AskedComplaints(ListedComplaints(figure), *months, service, person, seat)
    if asked.officer is None:
        return None if asked.figure is ListedComplaints.OPEN else asked
    return asked if may_see_work(officer, asked.officer, asked.position) else None


def rows_of(
    officer: Officer, office: Office, asked: AskedComplaints
) -> tuple[QuerySet[Any], tuple[Key, ...]] | None:
    """Return the rows of a list and their order; ``None`` for who has no part in complaints."""
    seen = seen_by(officer, office)
    if seen is None:
        return None
    window = Window.of(office, asked.first, asked.last, officer.at)
    rows = services.listed(seen, window, asked, officer.at)
    instant = "received_at" if asked.figure is ListedComplaints.OPEN else "sent_at"
    return rows, (Key(instant, descending=True), Key("pk", descending=True))


def list_page(
    office: Office,
    asked: AskedComplaints,
    number: int,
    page: Page[Any],
    parameters: Mapping[str, str],
) -> ListPage:
    """Return the page of a list of ``number`` complaints."""
    is_open = asked.figure is ListedComplaints.OPEN
    make = _open_row if is_open else _answer_row
    return ListPage(
        title=str(_TITLES[asked.figure]),
        about=_about(asked),
        months=_("sekarang") if is_open else months_of(asked.first, asked.last),
        number=number,
        counted_at=None,
        rows=[make(row, office) for row in page.rows],
        page=page,
        looked=None,
        board_url=board_url(office, parameters),
        instant=_("Diterima") if is_open else _("Tersampaikan"),
    )


def _about(asked: AskedComplaints) -> list[str]:
    found: list[str] = []
    if asked.service == 0:
        found.append(str(_NO_SERVICE))
    elif asked.service is not None:
        found += Service.objects.filter(pk=asked.service).values_list("name", flat=True)
    if asked.officer is not None:
        found += User.objects.filter(pk=asked.officer).values_list("full_name", flat=True)
        seats = Position.objects.filter(pk=asked.position).select_related("office")
        found += map(position_text, seats)
    return found


def _answer_row(row: Any, office: Office) -> ListRow:
    late = _("terlambat") if row.late else _("tepat waktu")
    note = ", ".join(filter(None, [days_text(row.workdays), late]))
    return _row(row.complaint, moment(row.sent_at, office.zone), note)


def _open_row(row: Any, office: Office) -> ListRow:
    shown = shown_at(row, row.received_at)
    received = moment(shown, office.zone) if isinstance(shown, datetime) else day_short(shown)
    due = _("dijanjikan %(day)s") % {"day": day_short(row.due_on)} if row.due_on else ""
    return _row(row, received, due)


def _row(complaint: Any, at: str, note: str) -> ListRow:
    url = "" if complaint.deleted_at else complaint.get_absolute_url()
    service = complaint.service.name if complaint.service else ""
    return ListRow(complaint.number, url, service, at, note)
