"""Who opened applicants' data at the offices that an officer heads."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from accounts.officers import Officer
from permits.forms.lists import OpeningsForm
from permits.models import Opening
from permits.selectors.openings import openers, openings_at

SHOWN = 200


@dataclass(frozen=True, slots=True)
class OpeningsPage:
    """The latest openings that ``form`` asks for; ``number``: the one file that they are of."""

    form: OpeningsForm
    rows: list[Opening]
    number: str
    cut: bool


def openings_page(officer: Officer, query: QueryDict) -> OpeningsPage:
    """Return the openings that the query string asks for."""
    rows = openings_at(officer.headed)
    form = OpeningsForm(query, people=openers(rows))
    asked = form.answers
    if asked["berkas"]:
        rows = rows.filter(application__public_id=asked["berkas"])
    if asked["orang"]:
        rows = rows.filter(person=asked["orang"])
    if asked["hari"]:
        rows = rows.filter(at__date=asked["hari"])  # in the zone of the office, as the page is set
    found = list(rows[: SHOWN + 1])
    number = str(found[0].application.number) if asked["berkas"] and found else ""
    return OpeningsPage(form, found[:SHOWN], number, len(found) > SHOWN)
