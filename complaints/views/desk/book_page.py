"""The page of the complaint book: what the address asks for, and what one may choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import dates

from accounts.models import ChannelKind, Office
from accounts.officers import Officer
from complaints import policies, selectors
from complaints.services import books
from complaints.services.books import BookFilter, Entry
from workflow.pagination import Key, Page, page

SIZE = 50
_NEWEST = (Key("received_at", descending=True), Key("pk", descending=True))
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class BookChoices:
    """What the filters of the book offer to one officer."""

    offices: list[Office]
    years: list[int]
    services: Choices
    channels: Choices


@dataclass(frozen=True, slots=True)
class BookPage:
    """One page of the book; ``query`` is the choice as it stands in an address."""

    chosen: BookFilter
    choices: BookChoices
    months: list[tuple[int, str]]
    page: Page[Any]
    entries: list[Entry]
    query: dict[str, str]


def offices_read_by(officer: Officer) -> list[Office]:
    """Return the offices whose book this officer may read."""
    return [one for one in officer.offices if policies.may_read_book(officer.user, one, officer.at)]


def read_filter(officer: Officer, query: QueryDict) -> tuple[BookFilter, BookChoices] | None:
    """Return the part of the book that an address asks for, and what may be chosen.

    Nonsense in the address is left out. ``None`` for who has no part in complaints.
    """
    offices = offices_read_by(officer)
    if not offices:
        return None
    office = next((one for one in offices if one.code == query.get("kantor")), offices[0])
    choices = BookChoices(
        offices=offices,
        years=books.years_of(office, officer.at),
        services=list(selectors.services_of(office).values_list("slug", "name")),
        channels=[(str(kind.value), str(kind.label)) for kind in ChannelKind],
    )
    this_year = officer.at.astimezone(office.zone).year
    month = query.get("bulan", "")
    chosen = BookFilter(
        office=office,
        year=next((year for year in choices.years if str(year) == query.get("tahun")), this_year),
        month=int(month) if month in {str(one) for one in range(1, 13)} else 0,
        service=_one_of(query.get("layanan", ""), choices.services),
        channel=_one_of(query.get("saluran", ""), choices.channels),
    )
    return chosen, choices


def book_page(officer: Officer, query: QueryDict) -> BookPage | None:
    """Return one page of the book, the newest first; ``None`` for who has no part in complaints."""
    found = read_filter(officer, query)
    if found is None:
        return None
    chosen, choices = found
    rows = page(books.rows_of(chosen, officer.user), _NEWEST, query, SIZE)
    return BookPage(
        chosen=chosen,
        choices=choices,
        months=[(number, str(name)) for number, name in dates.MONTHS.items()],
        page=rows,
        entries=books.entries(rows.rows, chosen.office, officer.at),
        query=_query(chosen, choices),
    )


def _query(chosen: BookFilter, choices: BookChoices) -> dict[str, str]:
    words = {
        "kantor": chosen.office.code if len(choices.offices) > 1 else "",
        "tahun": str(chosen.year),
        "bulan": str(chosen.month or ""),
        "layanan": chosen.service,
        "saluran": chosen.channel,
    }
    return {name: text for name, text in words.items() if text}


def _one_of(text: str, choices: Choices) -> str:
    return text if text in dict(choices) else ""
