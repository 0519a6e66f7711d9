"""The form with which the head of the office changes a running clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import LongTextField, MomentField, OneLineField, WholeNumberField
from permits.models import Application
from workflow.domain.clock import ClockKind
from workflow.forms.base import PortalForm

EXTEND, RESTART, CORRECT = "perpanjang", "ulang", "koreksi"
EVENTS = {
    ClockKind.START: gettext_lazy("Mulai"),
    ClockKind.PAUSE: gettext_lazy("Jeda"),
    ClockKind.RESUME: gettext_lazy("Lanjut"),
    ClockKind.RESTART: gettext_lazy("Diulang dari nol"),
    ClockKind.EXTEND: gettext_lazy("Diperpanjang"),
}
_MOST = 365
# the fields that an act needs besides reason and legal ground
_NEEDED = {EXTEND: ("amount",), CORRECT: ("event", "right_at")}


class ClockForm(PortalForm):
    """Extend, restart or correct, with the reason and its legal ground."""

    act = forms.ChoiceField(
        label=gettext_lazy("Yang dilakukan"),
        widget=forms.RadioSelect,
        choices=[
            (EXTEND, gettext_lazy("Perpanjang jangka waktu")),
            (RESTART, gettext_lazy("Ulang hitungan dari nol")),
            (CORRECT, gettext_lazy("Perbaiki waktu sebuah kejadian")),
        ],
    )
    amount = WholeNumberField(
        label=gettext_lazy("Perpanjangan"),
        min_value=1,
        max_value=_MOST,
        required=False,
        help_text=gettext_lazy("Dalam satuan jangka waktu layanan. Hanya untuk perpanjangan."),
    )
    event = forms.TypedChoiceField(
        label=gettext_lazy("Kejadian"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=gettext_lazy("Hanya untuk perbaikan."),
    )
    right_at = MomentField(
        back=10,
        ahead=1,
        label=gettext_lazy("Waktu yang benar"),
        required=False,
        help_text=gettext_lazy("Hanya untuk perbaikan."),
    )
    reason = LongTextField(
        label=gettext_lazy("Alasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Pemohon membaca alasan ini bila tanggal janji berubah."),
    )
    ground = OneLineField(label=gettext_lazy("Dasar hukum"), max_length=200)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = application.clock_events.filter(kind__in=EVENTS).order_by("at", "pk")
        cast(forms.ChoiceField, self.fields["event"]).choices = [
            ("", "-"),
            *(
                (row.pk, f"{EVENTS[ClockKind(row.kind)]}, {_when(row.at, application)}")
                for row in rows
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """Require the fields of the chosen act."""
        cleaned = super().clean() or {}
        needed = _NEEDED.get(cleaned.get("act", ""), ())
        for name in needed:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Isian ini diperlukan."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the service besides ``actor`` and ``at``."""
        fields = ("reason", "ground", *_NEEDED.get(self.cleaned_data["act"], ()))
        return {name: self.cleaned_data[name] for name in fields}


def _when(at: datetime, application: Application) -> str:
    return date_format(at.astimezone(application.office.zone), "j M Y H.i")
