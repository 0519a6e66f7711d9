"""Loads the common retention schedule of ``fixtures/retention.toml``."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from archives.models import RetentionRule
from workflow import tomlfile
from workflow.tomlfile import save_validated

FILE = "retention.toml"


@transaction.atomic
def load_schedule(folder: Path) -> int:
    """Add the rows that are missing; return how many. Existing rows are kept.

    Raises ``FileFault``.
    """
    page = tomlfile.read(folder / FILE)
    known = set(RetentionRule.objects.filter(office=None).values_list("kind", "effective_on"))
    added = 0
    for table in page.tables("rules"):
        rule = RetentionRule(
            kind=table.text("kind"),
            effective_on=table.day("effective_on"),
            active_years=table.whole("active_years"),
            inactive_years=table.whole("inactive_years"),
            fate=table.text("fate"),
            ground=table.text("ground"),
            source=table.text("source", ""),
        )
        table.end()
        if (rule.kind, rule.effective_on) in known:
            continue
        save_validated(rule, table.path, table.place)
        added += 1
    page.end()
    return added
