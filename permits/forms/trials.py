"""The form of a trial that no desk has: one verdict instead of a button at each requirement."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import OneLineField
from permits import selectors
from permits.forms.desk_form import DeskForm


class RefuseOneForm(DeskForm):
    """Refuse one file with a reason; the officer then returns the application."""

    name = "tidak_sesuai"
    requirement = forms.TypedChoiceField(label=gettext_lazy("Berkas persyaratan"), coerce=int)
    reason = OneLineField(label=gettext_lazy("Alasan"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = selectors.checklist(self.application).checkable()
        cast(forms.ChoiceField, self.fields["requirement"]).choices = [
            (line.requirement.pk, line.requirement.text) for line in lines
        ]
