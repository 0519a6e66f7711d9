"""Who opened applicants' data at the offices that an officer heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_date

from accounts.models import User
from accounts.officers import Officer
from permits.models import Opening
from permits.selectors.openings import openers, openings_at

SHOWN = 200


@dataclass(frozen=True, slots=True)
class OpeningsPage:
    """The latest openings; ``people`` are those who opened something, for the choice."""

    rows: list[Opening]
    people: list[User]
    person: int | None
    day: date | None
    number: str
    cut: bool


def openings_page(officer: Officer, asked: Mapping[str, str]) -> OpeningsPage:
    """Return the openings that the query string asks for; what it says wrongly is left out."""
    rows = openings_at(officer.headed)
    people = openers(rows)
    person = int(asked["orang"]) if asked.get("orang", "").isdecimal() else None
    day = _day(asked.get("hari", ""))
    if key := _key(asked.get("berkas", "")):
        rows = rows.filter(application__public_id=key)
    if person is not None:
        rows = rows.filter(person=person)
    if day is not None:
        rows = rows.filter(at__date=day)  # in the zone of the office, which the page has set
    found = list(rows[: SHOWN + 1])
    number = str(found[0].application.number) if key and found else ""
    return OpeningsPage(found[:SHOWN], people, person, day, number, len(found) > SHOWN)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # the form of a day, and none
        return None


def _key(text: str) -> Any:
    try:
        return UUID(text)
    except ValueError:
        return None
