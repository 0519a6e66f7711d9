"""The form to print the complaint book."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import LongTextField
from workflow.forms.base import PortalForm

PDF, XLSX = "pdf", "xlsx"


class PrintForm(PortalForm):
    """Reason and file format for a book with the identities that the officer may open."""

    reason = LongTextField(
        label=_("Alasan membuka identitas"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Dicatat pada setiap pengaduan yang identitasnya dibuka, dengan nama Anda dan waktunya."
        ),
    )
    form = forms.ChoiceField(
        label=_("Bentuk"),
        widget=forms.RadioSelect,
        initial=PDF,
        choices=[(PDF, _("PDF untuk dicetak")), (XLSX, _("Lembar kerja (XLSX)"))],
    )
