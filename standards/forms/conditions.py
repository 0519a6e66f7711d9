"""Typing a condition as text, and reading it back as a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.domain.text import clean_line
from accounts.fields import LongTextField
from standards.domain.built_in import KEYS
from standards.domain.conditions import ALWAYS, Condition, parse, written
from standards.forms.built_in import ticked
from standards.models import Fact, StandardVersion
from standards.models.facts import keyed
from standards.wording import condition_sentence
from workflow.domain.errors import DomainError
from workflow.refusals import sentence

_TYPED = re.compile(r"facts-(\d{1,4})-label")
NOTATION = _(
    "Satu kemungkinan satu baris; dalam satu baris semua harus terpenuhi, misalnya modal_asing = "
    "ya; luas >= 100. Tanda: = != >= <=, diisi, dan tidak diisi; beberapa nilai dipisahkan |."
)
HELP = format_lazy("{} {}", _("Kosongkan: selalu."), NOTATION)

if TYPE_CHECKING:
    _Form = forms.ModelForm
else:
    _Form = object


class ConditionInput(LongTextField):
    """A condition as text, one alternative a line; the cleaned value is a ``Condition``."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(
            attrs={"rows": 2, "cols": 60, "spellcheck": "false", "data-condition": ""}
        )
        for name, value in {"required": False, "help_text": HELP, "widget": widget}.items():
            kwargs.setdefault(name, value)
        super().__init__(max_length=4000, printed=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored condition as text."""
        return written(value) if isinstance(value, Condition) else value

    def clean(self, value: Any) -> Any:
        """Return the condition; ``ValidationError`` names the line that cannot be read."""
        text = super().clean(value)
        try:
            return parse(text) if text else ALWAYS
        except DomainError as error:
            raise ValidationError(sentence(error), code="invalid") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is written, not how."""
        try:
            return parse(data or "") != (initial or ALWAYS)
        except DomainError:
            return True


def _typed_keys(data: Mapping[str, Any]) -> set[str]:
    """Return the keys of the facts typed on the page: written, or made of the words."""
    numbers = sorted(int(found[1]) for name in data if (found := _TYPED.fullmatch(name)))
    rows = [
        (
            str(data.get(f"facts-{number}-key") or "").strip(),
            clean_line(data[f"facts-{number}-label"]),
        )
        for number in numbers
        if not data.get(f"facts-{number}-DELETE")
    ]
    return set(keyed([row for row in rows if any(row)], KEYS))


class ConditionMixin(_Form):
    """A form of a row with ``when``: an unknown fact is named, and the sentence is read back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.when and "when" in self.fields:
            facts = {row.key: row.asked() for row in self._facts()}
            said = condition_sentence([self.instance.when], facts)
            # the administration shows help texts as HTML, and this one holds a clerk's words
            notation = self.fields["when"].help_text
            self.fields["when"].help_text = format_lazy("{}. {}", escape(said), notation)

    def _facts(self) -> list[Fact]:
        return list(self.instance.version.facts.all()) if self.instance.version_id else []

    def _has_facts(self, known: set[str]) -> bool:
        """Whether it can be said which facts there are."""
        return True

    def clean_when(self) -> Condition:
        """Name a fact that the standard has not; one typed or ticked on the same page counts."""
        condition: Condition = self.cleaned_data["when"]
        known = {row.key for row in self._facts()} if condition else set()
        known |= _typed_keys(self.data)
        known |= ticked(self.data)
        unknown = [key for key in condition.named() if key not in known]
        if unknown and self._has_facts(known):
            raise ValidationError(
                _("Tidak ada isian dengan kode %(keys)s. Kode yang ada: %(known)s."),
                params={"keys": ", ".join(unknown), "known": ", ".join(sorted(known)) or "-"},
            )
        return condition


def facts_of_drafts(procedure: int | None) -> list[Fact]:
    """Return the facts of the drafts that use the SOP with the key ``procedure``."""
    drafts = StandardVersion.objects.filter(
        status=StandardVersion.Status.DRAFT, procedure_links__procedure=procedure
    )
    rows = Fact.objects.filter(version__in=drafts).order_by("version", "order")
    return list(rows) if procedure else []


class StepConditionMixin(ConditionMixin):
    """The same for a step of an SOP: its facts are those of the drafts that use the SOP.

    While no draft uses it, nothing can be named; publishing checks every standard.
    """

    def _facts(self) -> list[Fact]:
        return facts_of_drafts(self.instance.procedure_id)

    def _has_facts(self, known: set[str]) -> bool:
        return bool(known)
