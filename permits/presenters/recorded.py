"""What officers recorded about an application, with who and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from permits.domain.openings import masked
from permits.models import Application, RecordedFact
from permits.presenters.facts import written
from standards.models import Fact


@dataclass(frozen=True, slots=True)
class RecordedValue:
    """One value as it is displayed, identity numbers masked; by whom and when."""

    value: str | date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """One fact: what holds, and what was recorded at earlier visits, the latest first."""

    label: str
    now: RecordedValue
    earlier: list[RecordedValue] = field(default_factory=list)


def recorded_rows(application: Application) -> list[RecordedRow]:
    """Return the recorded facts in the order of the standard; most standards record none."""
    facts = [fact for fact in application.version.facts.all() if fact.asked_at]
    found: dict[str, list[RecordedFact]] = {}
    for record in application.recorded_facts.select_related("officer") if facts else ():
        found.setdefault(record.key, []).append(record)
    rows = []
    for fact in facts:
        records = found.get(fact.key, [])[::-1]
        if records:
            now, *earlier = [_value(fact, record) for record in records]
            rows.append(RecordedRow(fact.label, now, earlier))
    return rows


def _value(fact: Fact, record: RecordedFact) -> RecordedValue:
    value = written(fact, record.value)
    shown = masked(fact.label, value) if isinstance(value, str) else value
    return RecordedValue(shown, record.officer.full_name, record.at)
