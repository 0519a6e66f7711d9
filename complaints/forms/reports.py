"""Forms to compile and to return a monthly report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, LongTextField
from workflow.forms.base import PortalForm


class CompileForm(PortalForm):
    """Choice of the month."""

    month = DayField(label=_("Bulan yang belum dilaporkan"), widget=forms.Select)

    def __init__(self, *args: Any, months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = months
        self.fields["month"].widget.choices = [
            (month.isoformat(), date_format(month, "F Y")) for month in months
        ]

    def clean_month(self) -> date:
        """Validate that the month is one of the choices."""
        month: date = self.cleaned_data["month"]
        if month not in self.months:
            raise forms.ValidationError(_("Pilih salah satu bulan yang tersedia."))
        return month


class ReturnForm(PortalForm):
    """The reason for the return."""

    note = LongTextField(
        label=_("Catatan untuk penyusun"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
