"""Finds the invitation of a file by its number: at the counter, and for paper."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import CodeField, OneLineField
from accounts.models import Office
from surveys.models import Invitation
from workflow.forms.base import PortalForm

_SIGNS: Final = 4  # the last group of a tracking code


class NumberForm(PortalForm):
    """The number of an application, as it stands on the receipt."""

    number = OneLineField(
        label=_("Nomor permohonan"),
        max_length=60,
        help_text=_("Tertulis pada tanda terima, misalnya PKU-2026-000123."),
    )

    def __init__(self, *args: Any, offices: Collection[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices
        self.invitation: Invitation | None = None

    def clean_number(self) -> str:
        """Find the invitation; without one there is nothing to fill in."""
        number: str = self.cleaned_data["number"]
        rows = Invitation.objects.with_file().sent_to(self.offices)
        self.invitation = rows.filter(application__number__same=number).first()
        if self.invitation is None:
            raise forms.ValidationError(
                _("Tidak ada survei untuk nomor ini. Survei dibuka setelah dokumennya terbit.")
            )
        return number


class ReceiptForm(NumberForm):
    """The number, and the end of the tracking code: whoever answers has the receipt in hand."""

    code = CodeField(
        label=_("Empat tanda terakhir kode lacak"),
        max_length=25,
        help_text=_("Kode lacak tertulis pada tanda terima, misalnya 7KQM-X4TD-9RWB-2HLP: 2HLP."),
    )

    def clean_code(self) -> str:
        """Compare with the code of the file that was found; the whole code may be typed, too."""
        code: str = self.cleaned_data["code"]
        signs = code.replace("-", "").replace(" ", "").upper()
        if self.invitation is None:
            return signs
        whole = self.invitation.application.tracking_code.replace("-", "")
        if len(signs) < _SIGNS or not whole.endswith(signs):
            self.invitation = None
            raise forms.ValidationError(
                _(
                    "Kode ini tidak cocok dengan nomor permohonannya. Salin empat tanda terakhir "
                    "kode lacak dari tanda terima."
                )
            )
        return signs
