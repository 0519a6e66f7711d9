"""Finds the invitation of a file by its number: at the counter, and for paper."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import OneLineField
from accounts.models import Office
from surveys.models import Invitation
from workflow.forms.base import PortalForm


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
