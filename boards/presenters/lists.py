"""The lists behind the figures of the past: their addresses, and the page of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Office, Position, User
from accounts.officers import Officer
from accounts.selectors import position_text
from boards.domain.listed import ANSWERS, MANY, VISITS, Asked, Listed
from boards.domain.months import Span, bounds
from boards.models import ClockTally
from boards.policies import may_see_work
from boards.presenters.period_tables import Counted
from boards.selectors import past
from boards.services.files import Answer, Visit, Window
from boards.services.lists import LOOKED, Fact, Line
from standards.models import Service, SopStep, TermUnit
from workflow.formats import moment, working_time
from workflow.pagination import Page

SPANS: dict[Span, str | LazyText] = {
    Span.THIS: gettext_lazy("Bulan ini"),
    Span.LAST: gettext_lazy("Bulan lalu"),
    Span.QUARTER: gettext_lazy("3 bulan terakhir"),
    Span.YEAR: gettext_lazy("12 bulan terakhir"),
}
_TITLES: dict[Listed, str | LazyText] = {
    Listed.ANSWERED: gettext_lazy("Berkas dijawab"),
    Listed.LATE: gettext_lazy("Berkas yang terlambat dijawab"),
    Listed.VISITS: gettext_lazy("Langkah yang selesai"),
    Listed.OVER: gettext_lazy("Langkah yang lewat waktu baku"),
    Listed.SENT_BACK: gettext_lazy("Langkah yang berakhir dengan pengembalian"),
    **{Listed(kind): kind.label for kind in ClockTally.Kind},
}
_KEY = re.compile(r"[0-9]{1,9}")
_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Lists:
    """The addresses of the lists of one board."""

    office: Office
    span: Span

    def url(self, figure: Listed, **narrowed: object) -> str:
        """Return the address of the list of a figure."""
        asked = {"kantor": self.office.code, "periode": self.span, "angka": figure, **narrowed}
        return f"{reverse('boards:files')}?{urlencode(asked)}"

    def cell(self, number: int, figure: Listed, **narrowed: object) -> int:
        """Return a number that opens its list."""
        return Counted.of(number, self.url(figure, **narrowed))


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a list; ``url`` is "" for what is archived."""

    number: str
    url: str
    service: str
    at: str
    note: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """The page of a list: of what, the figure on the board, its rows; ``looked``: at how many.

    ``counted_at`` is ``None`` where the board counts when it is opened.
    """

    title: str
    about: list[str]
    months: str
    number: int
    counted_at: datetime | None
    rows: list[ListRow]
    page: Page[Any]
    looked: int | None
    board_url: str
    instant: str  # the name of the column of instants


def asked_in(officer: Officer, office: Office, parameters: Mapping[str, str]) -> Asked | None:
    """Return the figure that an address asks for.

    ``None`` if it asks for nothing that the board of ``office`` shows this officer: the acts of an
    officer are for superiors alone (``may_see_work``), steps are counted for nobody in particular,
    and a partner body has its own desks and no services.
    """
    figure, unit = parameters.get("angka", Listed.ANSWERED), parameters.get("satuan", "")
    if figure not in list(Listed) or unit not in ("", *TermUnit.values):
        return None
    keys = keys_in(parameters, "layanan", "kali", "langkah", "petugas", "jabatan")
    if keys is None:
        return None
    service, times, step, person, seat = keys
    asked = Asked(
        Listed(figure),
        *asked_months(office, officer, parameters),
        service=service,
        unit=unit,
        times=times,
        step=step,
        officer=person,
        position=seat,
    )
    return asked if _may_open(officer, office, asked) else None


def keys_in(parameters: Mapping[str, str], *names: str) -> list[int | None] | None:
    """Return the keys of an address in this order; ``None`` if one of them is no key."""
    given = {name: parameters[name] for name in names if name in parameters}
    if not all(map(_KEY.fullmatch, given.values())):
        return None
    return [int(given[one]) if one in given else None for one in names]


def _may_open(officer: Officer, office: Office, asked: Asked) -> bool:
    if asked.officer is not None:
        is_act = asked.figure not in (*ANSWERS, *VISITS)
        return is_act and may_see_work(officer, asked.officer, asked.position)
    if asked.figure in VISITS:
        return asked.step is not None and _has_step(office, asked.step)
    return office.partner_of_id is None


def _has_step(office: Office, key: int) -> bool:
    step = _step(key)
    if office.partner_of_id is None:
        return step is not None
    return step is not None and step.desk is not None and step.desk.office_id == office.pk


def _step(key: int) -> SopStep | None:
    rows = SopStep.objects.select_related("role__position__office", "recorded_by__position__office")
    return rows.filter(pk=key).first()


def asked_months(
    office: Office, officer: Officer, parameters: Mapping[str, str]
) -> tuple[date, date]:
    """Return the first and the last month of an address."""
    month, span = parameters.get("bulan", ""), parameters.get("periode", "")
    if _MONTH.fullmatch(month):
        first = date.fromisoformat(f"{month}-01")
        return first, first
    chosen = Span(span) if span in list(Span) else Span.QUARTER
    return bounds(chosen, office.local_date(officer.at))


def window_of(office: Office, asked: Asked, counted: datetime) -> Window:
    """Return the months of a list, of the permit office where ``office`` is a partner body."""
    return Window.of(office.partner_of or office, asked.first, asked.last, counted)


def list_page(
    office: Office,
    asked: Asked,
    counted: datetime,
    found: Iterable[Line],
    page: Page[Any],
    parameters: Mapping[str, str],
) -> ListPage:
    """Return the page of a list; ``counted`` is until when the board was counted."""
    home = office.partner_of or office
    return ListPage(
        title=_title(asked),
        about=_about(asked),
        months=months_of(asked.first, asked.last),
        number=past.number(home, asked),
        counted_at=counted,
        rows=[_row(line, home) for line in found],
        page=page,
        looked=LOOKED if asked.is_rare else None,
        board_url=board_url(office, parameters),
        instant=_("Dicatat"),
    )


def months_of(first: date, last: date) -> str:
    """Return the first and the last month of a list in words."""
    return " - ".join(date_format(one, "F Y") for one in dict.fromkeys((first, last)))


def board_url(office: Office, parameters: Mapping[str, str]) -> str:
    """Return the address of the board that led to a list."""
    board = {"kantor": office.code, "periode": parameters.get("periode", "")}
    return f"{reverse('boards:period')}?{urlencode(board)}"


def _title(asked: Asked) -> str:
    if asked.times == 0:
        return _("Berkas dijawab yang tidak pernah dikembalikan")
    if asked.times == MANY:
        return _("Berkas dijawab yang dikembalikan %(times)s kali atau lebih") % {"times": MANY}
    if asked.times is not None:
        return _("Berkas dijawab yang dikembalikan %(times)s kali") % {"times": asked.times}
    return str(_TITLES[asked.figure])


def _about(asked: Asked) -> list[str]:
    """Return the names of what narrows the list."""
    found: list[str] = []
    if asked.service is not None:
        found += Service.objects.filter(pk=asked.service).values_list("name", flat=True)
    if asked.unit:
        found.append(str(TermUnit(asked.unit).label))
    if asked.step is not None and (step := _step(asked.step)):
        found.append(Truncator(f"{step.printed_number} {step.activity}").chars(140))
    if asked.officer is not None:
        found += User.objects.filter(pk=asked.officer).values_list("full_name", flat=True)
        seats = Position.objects.filter(pk=asked.position).select_related("office")
        found += map(position_text, seats)
    return found


def _row(line: Line, office: Office) -> ListRow:
    file, at = line.file, moment(line.at, office.zone)
    note = _note(line.fact, office)
    return ListRow(file.number or "", file.get_desk_url(), file.service.name, at, note)


def _note(fact: Fact, office: Office) -> str:
    """Return what is counted of a file in words."""
    if isinstance(fact, Answer):
        unit = TermUnit(fact.unit).label
        if fact.promised is None:
            return _("%(used)s %(unit)s, tanpa janji") % {"used": fact.net, "unit": unit}
        words = {"used": fact.net, "unit": unit, "promised": fact.promised}
        return _("%(used)s %(unit)s, janji %(promised)s") % words
    if isinstance(fact, Visit):
        return working_time(fact.taken)
    taken = getattr(fact.row, "at", fact.at)
    if taken == fact.at:
        return ""
    return _("berlaku sejak %(at)s") % {"at": moment(taken, office.zone)}
