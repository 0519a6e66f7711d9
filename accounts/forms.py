"""The telephone field of forms."""

from __future__ import annotations

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _


def valid_phone(text: str) -> bool:
    """Whether ``text`` is a telephone number that exists in Indonesia's plan (or abroad with +)."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, "ID"))
    except phonenumbers.NumberParseException:
        return False


class PhoneField(forms.CharField):
    """A telephone number, kept as typed."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not valid_phone(value):
            raise forms.ValidationError(
                _("Nomor telepon tidak dikenali. Tulis misalnya 0812 3456 7890 atau 0761 28262.")
            )
