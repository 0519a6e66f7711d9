"""Loads the questionnaires and rules of ``fixtures/surveys.toml``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import Office
from surveys.domain import elements
from surveys.models import Instrument, InstrumentVersion, Question, SurveyRules
from surveys.services import instruments
from workflow import tomlfile
from workflow.tomlfile import Table, save_validated

FILE = "surveys.toml"


@transaction.atomic
def load(folder: Path, *, at: datetime) -> tuple[int, int]:
    """Add what is missing: built-in questionnaires, published, and rules of offices without any.

    Return how many of each. What exists is kept. Raises ``FileFault``.
    """
    page = tomlfile.read(folder / FILE)
    added = sum(_load_instrument(table, at) for table in page.tables("instruments"))
    offices = {office.code: office for office in Office.objects.all()}
    rules = sum(_load_rules(table, offices) for table in page.tables("offices"))
    page.end()
    return added, rules


def _load_instrument(table: Table, at: datetime) -> bool:
    instrument = Instrument(
        kind=table.one_of("kind", list(elements.Kind)),
        name=table.text("name"),
        source=table.text("source"),
    )
    rows = _questions(table)
    table.end()
    if Instrument.objects.filter(office=None, kind=instrument.kind).exists():
        return False
    save_validated(instrument, table.path, table.place)
    version = InstrumentVersion.objects.create(instrument=instrument, number=1)
    for row in rows:
        row.version = version
        save_validated(row, table.path, table.place)
    instruments.publish(version, actor=None, at=at)
    return True


def _load_rules(table: Table, offices: dict[str, Office]) -> bool:
    office = offices.get(table.text("code"))
    rhythm, source = table.text("rhythm"), table.text("source")
    table.end()
    if office is None or SurveyRules.objects.filter(office=office).exists():
        return False  # an installation need not have all the offices of the file
    rules = SurveyRules(office=office, rhythm=rhythm, source=source)
    save_validated(rules, table.path, table.place)
    return True


def _questions(table: Table) -> list[Question]:
    """Return the questions of a table, unsaved; their choices may stand once for all."""
    shared = table.texts("choices", [])
    rows = []
    for number, line in enumerate(table.tables("questions"), start=1):
        labels = line.texts("choices", shared)
        if len(labels) != 4:
            raise line.fault("choices", "4")
        facts: dict[str, Any] = {f"choice_{nth}": label for nth, label in enumerate(labels, 1)}
        facts |= {name: line.text(name) for name in ("key", "name", "text")}
        rows.append(Question(number=str(number), order=number, **facts))
        line.end()
    return rows
