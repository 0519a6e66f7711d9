"""What the boards of now are made of: figures that open their lists, tables of them, named rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Office
from boards.domain.figures import days_to_clear
from documents.spreadsheets import Cell, Table
from permits.presenters.deadlines import Promise
from workflow.deadline_text import DeadlineText
from workflow.domain.workdays import WorkCalendar
from workflow.formats import day_short


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
class RowTable:
    """A table of figures; ``first`` is the name of its first column."""

    title: str
    first: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[Row]
    paced: bool = False

    def sheet(self) -> Table:
        """Return it for a spreadsheet; what stands small beside a name has a column of its own."""
        hints = any(row.hint for row in self.rows)
        head = [self.first, *([_("Keterangan")] if hints else []), *self.columns]
        head += [_("Tertua (hari kerja)"), *([_("Antrean (hari kerja)")] if self.paced else [])]
        lines: list[list[Cell]] = [
            [
                row.name,
                *([row.hint] if hints else []),
                *(one.number for one in row.figures),
                row.age,
                *([row.backlog] if self.paced else []),
            ]
            for row in self.rows
        ]
        return Table(self.caption, head, lines, self.caption[:31])


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A file or a complaint that is named: where it lies, its age, the time that is left."""

    number: str
    url: str
    service: str
    place: str
    came: str
    age: int  # working days
    promise: Promise | None

    @property
    def left(self) -> str:
        """The working time left in words."""
        if self.promise is None:
            return ""
        text = DeadlineText(
            state=self.promise.state,
            due_on=self.promise.due_on,
            remaining=self.promise.remaining,
            audience=self.promise.audience,
            unit=self.promise.unit,
            paused_by=self.promise.paused_by,
        )
        day = f" ({day_short(text.due_on)})" if text.due_on else ""
        return f"{text.short}{day}"


def named_sheet(name: str, rows: Sequence[NamedRow]) -> Table:
    """Return named rows for a spreadsheet."""
    head = [
        _("Nomor"),
        _("Layanan"),
        _("Di meja"),
        _("Masuk"),
        _("Umur (hari kerja)"),
        _("Sisa waktu"),
    ]
    lines: list[list[Cell]] = [
        [row.number, row.service, row.place, row.came, row.age, row.left] for row in rows
    ]
    return Table(name, head, lines, name[:31])


def figures_of(
    url: str, names: Mapping[Any, Any], numbers: Mapping[str, int], **narrowed: object
) -> list[Figure]:
    """Return a figure for each filter of ``names``, with the address of its list."""
    return [
        Figure(
            str(name),
            numbers[show],
            f"{reverse(url)}?{urlencode({'tampil': show.value, **narrowed})}",
            _MEANINGS.get(show.value, "") if numbers[show] else "",
        )
        for show, name in names.items()
    ]


_MEANINGS = {"terlambat": "late", "lewat_baku": "late", "hampir": "attention"}


@dataclass(frozen=True, slots=True)
class Ages:
    """Ages in working days at one office, the first day left out as in a term."""

    office: Office
    calendar: WorkCalendar
    at: datetime

    def of(self, since: datetime | None) -> int | None:
        """Return the working days since then; ``None`` of nothing."""
        return None if since is None else self.days(since)

    def days(self, since: datetime) -> int:
        """Return the working days since then."""
        local = self.office.local_date
        return self.calendar.count(local(since), local(self.at))


@dataclass(frozen=True, slots=True)
class Pace:
    """How many were answered, by service, in so many working days until now."""

    answered: Mapping[int, int]
    workdays: int

    @classmethod
    def between(
        cls, answered: Mapping[int, int], ages: Ages, since: datetime, until: datetime
    ) -> Pace:
        """Return the pace of these days, the first one counted."""
        local = ages.office.local_date
        first = local(since) - timedelta(days=1)
        return cls(answered, ages.calendar.count(first, local(until)))

    def days(self, waiting: int, service: int | None = None) -> int | None:
        """Return the working days to clear what waits for the office."""
        listed = self.answered
        answered = sum(listed.values()) if service is None else listed.get(service, 0)
        return days_to_clear(waiting, answered, self.workdays)
