"""Loads the rules of ``fixtures/complaints.toml``."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from accounts.models import Office
from complaints.domain import terms
from complaints.models import ComplaintRole, ComplaintRules, ComplaintTerm
from workflow import tomlfile
from workflow.tomlfile import Table, save_validated

FILE = "complaints.toml"


@transaction.atomic
def load_rules(folder: Path) -> int:
    """Add the rules of offices that have none yet; return how many. Existing rules are kept."""
    page = tomlfile.read(folder / FILE)
    offices = {office.code: office for office in Office.objects.prefetch_related("positions")}
    has_rules = set(ComplaintRules.objects.values_list("office__code", flat=True))
    added = 0
    for table in page.tables("offices"):
        code = table.one_of("code", offices)
        rows = _rows(table, offices[code])
        table.end()
        if code in has_rules:
            continue
        for row in rows:
            save_validated(row, table.path, table.place)
        added += 1
    page.end()
    return added


def _rows(table: Table, office: Office) -> list[ComplaintRules | ComplaintRole | ComplaintTerm]:
    positions = {position.code: position for position in office.positions.all()}
    rows: list[ComplaintRules | ComplaintRole | ComplaintTerm] = [
        ComplaintRules(
            office=office,
            ladder=table.text("ladder"),
            limit_days=table.whole("limit_days"),
            limit_source=table.text("limit_source", terms.LIMIT_SOURCE),
            ground_source=table.text("ground_source", terms.GROUND_SOURCE),
        )
    ]
    for line in table.tables("roles"):
        position = line.found_in("position", positions)
        rows.append(ComplaintRole(office=office, role=line.text("role"), position=position))
        line.end()
    for line in table.tables("terms"):
        rows.append(
            ComplaintTerm(
                office=office,
                kind=line.text("kind"),
                of=line.text("of", ""),
                amount=line.whole("amount"),
                source=line.text("source", ""),
            )
        )
        line.end()
    return rows
