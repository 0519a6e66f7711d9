"""Rows that conditions name by a key, which a clerk may leave to the portal."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from accounts.ordering import OrderedForm, OrderedFormSet
from standards.domain.built_in import KEYS
from standards.models.facts import keyed

_KEY_HELP = _("Kosongkan: dibuat dari tulisannya. Jangan diubah tanpa perlu.")


class KeyedFormSet(OrderedFormSet):
    """Rows with a generated key."""

    reserved: ClassVar[Collection[str]] = ()  # keys that no words make

    def clean(self) -> None:
        """Make the missing keys from the words before any two rows are asked to differ."""
        forms_of_rows = self.kept_forms()
        rows = [(form.instance.key, str(form.instance)) for form in forms_of_rows]
        for form, key in zip(forms_of_rows, keyed(rows, self.reserved), strict=True):
            if form.cleaned_data.get("key") == "":
                form.instance.key = form.cleaned_data["key"] = key
        super().clean()


class FactFormSet(KeyedFormSet):
    """Facts: the keys of the portal are ticked, not made."""

    reserved = KEYS


class KeyedForm(OrderedForm):
    """A row whose key may be left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = _KEY_HELP
