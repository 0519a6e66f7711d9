"""What is asked before the book is printed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.base import PortalForm

PDF, XLSX = "pdf", "xlsx"


class PrintForm(PortalForm):
    """The book with the identities that its reader may open: why, and as what."""

    reason = forms.CharField(
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
