"""The deciding questions for somebody who only wants to know what is required."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from permits.forms.applicant import DraftForm
from permits.forms.fact_fields import as_text, field_of
from permits.selectors import deciding_keys, question_name
from standards.models import Fact, StandardVersion


class NeedsForm(DraftForm):
    """The deciding facts of a standard, for somebody who only wants to know what is required."""

    def __init__(self, version: StandardVersion, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        keys = deciding_keys(version)
        self.rows = {question_name(row): row for row in version.facts.all() if row.key in keys}
        self.fields.update({name: field_of(row) for name, row in self.rows.items()})

    def answers(self) -> dict[str, str]:
        """Return the valid answers, as text by the key of their facts."""
        self.full_clean()
        given = self.cleaned_data if self.is_bound else {}
        return {row.key: as_text(given[name]) for name, row in self.rows.items() if name in given}

    def keep(self, rows: Iterable[Fact]) -> None:
        """Leave out every question that is not asked with these answers."""
        keys = {row.key for row in rows}
        for name, row in self.rows.items():
            if row.key not in keys:
                del self.fields[name]
                self.errors.pop(name, None)
