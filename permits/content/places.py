"""Words between braces in the text of a permit or of another paper, filled from its application."""

from __future__ import annotations

from datetime import date

from documents.content import in_indonesian
from permits import selectors
from permits.models import Application
from permits.presenters import facts
from standards.domain.papers import Place, filled, places
from standards.models import Fact
from workflow.domain.dates import long_date
from workflow.formats import money

_NOTHING = "-"


@in_indonesian
def filled_text(application: Application, text: str) -> str:
    """Return ``text`` with its places filled from the application; "-" where it has nothing."""
    if not places(text):
        return text
    asked = {row.key: row for row in selectors.asked_facts(application).rows}
    answers = selectors.answers_of(application)
    built_in = _built_in(application)

    def value(name: str) -> str:
        if name in built_in:
            return built_in[name] or _NOTHING
        row, given = asked.get(name), answers.get(name)
        return in_words(row, str(given)) if row and given else _NOTHING

    return filled(text, value)


def _built_in(application: Application) -> dict[str, str]:
    sent = application.submitted_at
    charges = [row.amount for row in selectors.charges_of(application) if row.amount is not None]
    minutes = application.inspections.order_by("pk").last()
    return {
        Place.NUMBER: application.number or "",
        Place.FILED_ON: long_date(application.office.local_date(sent)) if sent else "",
        Place.SERVICE: application.service.name,
        Place.HOLDER: application.holder_name,
        Place.RESPONSIBLE: application.responsible_name,
        Place.ADDRESS: application.address,
        Place.NIB: application.business_number,
        Place.CHARGES: money(sum(charges)) if charges else "",
        Place.INSPECTION: str(minutes.get_recommendation_display()) if minutes else "",
    }


def in_words(row: Fact, text: str) -> str:
    """Return an answer as it is printed."""
    value = facts.written(row, text)
    return long_date(value) if isinstance(value, date) else value
