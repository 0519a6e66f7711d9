"""The form that asks why somebody opens an applicant's data."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import OneLineField
from workflow.forms.base import PortalForm


class OpeningReasonForm(PortalForm):
    """The reason, which the applicant and the head read; ``lanjut`` is the page that goes on."""

    reason = OneLineField(
        label=gettext_lazy("Alasan membuka data ini"),
        min_length=5,
        max_length=200,
        printed=False,
        help_text=gettext_lazy(
            "Dibaca pemohon dan pimpinan. Misalnya: menjawab telepon pemohon, atau memeriksa ulang "
            "sebelum rapat."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lanjut = OneLineField(widget=forms.HiddenInput, required=False, max_length=500, printed=False)
