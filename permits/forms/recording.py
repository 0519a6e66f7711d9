"""The fields of what an officer records about an application at a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import OneLineField
from documents import uploads
from permits import selectors
from permits.forms.fact_fields import as_text, field_of, initial_of
from standards.domain.facts import FactKind
from standards.models import Fact
from workflow.domain.errors import DomainError
from workflow.refusals import sentence

if TYPE_CHECKING:
    from permits.forms.desk_form import DeskForm
else:
    DeskForm = object

RECORDED = "catat_"  # what the names of these fields begin with
CHOOSE_AGAIN = gettext_lazy("Pilih berkas ini sekali lagi setelah isian diperbaiki.")


class RecordingFields(DeskForm):
    """A form of a step with a field for each fact that the step records, before its own.

    What an earlier visit recorded stands in the field. A document that it attached stays unless
    another is chosen.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.asked()
        self.rows = {f"{RECORDED}{row.key}": row for row in asked}
        for name, row in self.rows.items():
            self.fields[name] = field_of(row)
            if row.kind != FactKind.DOCUMENT:
                text = self.application.answers.get(row.key, "")
                self.initial.setdefault(name, initial_of(row, text))
        self.documents = [name for name, row in self.rows.items() if row.kind == FactKind.DOCUMENT]
        self._name_kept()
        self.order_fields([*self.rows, *(name for name in self.fields if name not in self.rows)])

    def asked(self) -> list[Fact]:
        """The facts that are recorded with the form: those of the open step."""
        return selectors.facts_to_record(self.application)

    def _name_kept(self) -> None:
        """Say which documents an earlier visit attached; they need not be chosen again."""
        kept = selectors.kept_documents(self.application) if self.documents else {}
        for name in self.documents:
            row, field = self.rows[name], self.fields[name]
            said = [row.help_text] if row.help_text else []
            if row.key in kept:
                field.required = False
                named = {"name": kept[row.key].original_name}
                said.append(_("Terlampir: %(name)s. Kosongkan bila tetap dipakai.") % named)
            said.append(_("PDF, JPEG, atau PNG, paling besar 30 MB."))
            field.help_text = " ".join(said)

    def ask_for_names(self) -> None:
        """Ask for the name of each document instead of its file, as a trial does."""
        for name in self.documents:
            row = self.rows[name]
            self.fields[name] = OneLineField(
                label=row.label,
                required=self.fields[name].required,
                max_length=200,
                help_text=_("Pada uji coba cukup nama berkasnya."),
            )
        self.documents = []

    def recorded_fields(self) -> list[forms.BoundField]:
        """The fields of the facts."""
        return [self[name] for name in self.rows]

    def clean(self) -> dict[str, Any]:
        """Check every document, so that an error is shown at its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in self.documents:
            if cleaned.get(name):
                try:
                    cleaned[name] = self.checked(cleaned[name])
                except DomainError as error:
                    self.add_error(name, sentence(error))
        return cleaned

    def choose_again(self) -> None:
        """Have documents chosen again if the form has errors: a browser drops them."""
        for name in self.documents if self.errors else ():
            if self.cleaned_data.get(name):
                self.add_error(name, CHOOSE_AGAIN)

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the service.

        ``answers`` are texts and ``documents`` checked files by the key of their facts.
        """
        given = {name: value for name, value in super().facts().items() if name not in self.rows}
        recorded = {row.key: self.cleaned_data[name] for name, row in self.rows.items()}
        documents = {
            key: value for key, value in recorded.items() if isinstance(value, uploads.Checked)
        }
        answers = {key: as_text(value) for key, value in recorded.items() if key not in documents}
        if documents:
            given["documents"] = documents
        return {**given, "answers": answers} if self.rows else given
