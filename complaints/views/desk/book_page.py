"""The page of the complaint book: what the address asks for, and what one may choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from accounts.models import Office
from accounts.officers import Officer
from complaints import policies, selectors
from complaints.forms.lists import BookForm
from complaints.services import books
from complaints.services.books import BookFilter, Entry
from workflow.pagination import Key, Page, page

SIZE = 50
_NEWEST = (Key("received_at", descending=True), Key("pk", descending=True))


@dataclass(frozen=True, slots=True)
class BookPage:
    """One page of the book; ``query`` is the choice as it stands in an address."""

    form: BookForm
    chosen: BookFilter
    page: Page[Any]
    entries: list[Entry]
    query: dict[str, str]


def offices_read_by(officer: Officer) -> list[Office]:
    """Return the offices whose book this officer may read."""
    return [one for one in officer.offices if policies.may_read_book(officer.user, one, officer.at)]


def read_filter(officer: Officer, query: QueryDict) -> tuple[BookFilter, BookForm] | None:
    """Return the part of the book that an address asks for, and the form that read it.

    ``None`` for who has no part in complaints.
    """
    offices = offices_read_by(officer)
    if not offices:
        return None
    form = BookForm(query, offices=offices)
    form.offer_book(
        books.years_of(form.office, officer.at),
        list(selectors.services_of(form.office).values_list("slug", "name")),
        form.office.local_date(officer.at).year,
    )
    asked = form.answers
    chosen = BookFilter(
        office=form.office,
        year=asked["tahun"],
        month=asked["bulan"],
        service=asked["layanan"],
        channel=asked["saluran"],
    )
    return chosen, form


def book_page(officer: Officer, query: QueryDict) -> BookPage | None:
    """Return one page of the book, the newest first; ``None`` for who has no part in complaints."""
    found = read_filter(officer, query)
    if found is None:
        return None
    chosen, form = found
    rows = page(books.rows_of(chosen, officer.user), _NEWEST, query, SIZE)
    return BookPage(
        form=form,
        chosen=chosen,
        page=rows,
        entries=books.entries(rows.rows, chosen.office, officer.at),
        query={
            name: str(value)
            for name, value in form.answers.items()
            if value and (name != "kantor" or len(form.offices) > 1)
        },
    )
