"""The fields of what an officer records about an application at a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from permits import selectors
from permits.forms.fact_fields import as_text, field_of, initial_of
from standards.models import SopStep

if TYPE_CHECKING:
    from permits.forms.desk_form import DeskForm
else:
    DeskForm = object

RECORDED = "catat_"  # what the names of these fields begin with


class RecordingFields(DeskForm):
    """A form of a step with a field for each fact that the step records, before its own.

    What an earlier visit recorded stands in the field.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = selectors.facts_to_record(self.application, self.row_beside())
        self.rows = {f"{RECORDED}{row.key}": row for row in asked}
        for name, row in self.rows.items():
            self.fields[name] = field_of(row)
            text = self.application.answers.get(row.key, "")
            self.initial.setdefault(name, initial_of(row, text))
        self.order_fields([*self.rows, *(name for name in self.fields if name not in self.rows)])

    def row_beside(self) -> SopStep | None:
        """The row of the SOP that the form is of; ``None``: the open step itself."""
        return None

    def recorded_fields(self) -> list[forms.BoundField]:
        """The fields of the facts."""
        return [self[name] for name in self.rows]

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the service; ``answers`` are texts by the key of their facts."""
        given = {name: value for name, value in super().facts().items() if name not in self.rows}
        answers = {row.key: as_text(self.cleaned_data[name]) for name, row in self.rows.items()}
        return {**given, "answers": answers} if answers else given
