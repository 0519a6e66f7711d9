"""Form fields for what identifies a person: used by the forms of every app."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.id import nik


def valid_phone(text: str) -> bool:
    """Whether ``text`` is a telephone number that exists in Indonesia's plan (or abroad with +)."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, "ID"))
    except phonenumbers.NumberParseException:
        return False


class PhoneField(forms.CharField):
    """A telephone number, stored as typed."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not valid_phone(value):
            raise forms.ValidationError(
                _("Nomor telepon tidak dikenali. Tulis misalnya 0812 3456 7890 atau 0761 28262.")
            )


class NationalIdField(forms.CharField):
    """A NIK: only what cannot be a NIK is refused; it never changes, even when it is mistaken."""

    def to_python(self, value: Any) -> str:
        """Drop the separators people type."""
        return re.sub(r"[\s.\-]", "", super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Refuse another length, other signs, and a day or month that does not exist."""
        super().validate(value)
        if not value:
            return
        if not value.isascii() or not value.isdigit():
            raise ValidationError(_("NIK hanya terdiri atas angka. Periksa kembali KTP Anda."))
        if len(value) != 16:
            raise ValidationError(
                _("NIK terdiri atas 16 angka; yang Anda tulis %(count)s angka."),
                params={"count": len(value)},
            )
        if not _birthday_exists(value) or value[0] == "0":
            raise ValidationError(
                _("NIK ini tidak mungkin benar: tanggal lahir di dalamnya tidak ada. Cek KTP Anda.")
            )


def _birthday_exists(number: str) -> bool:
    if int(number[6:8]) > 71:  # women: the day plus 40
        return False
    try:
        nik.get_birth_date(number)
    except NotANumber:
        return False
    return True


class OneLineField(forms.CharField):
    """Words in which a line break or a run of blanks means nothing."""

    def to_python(self, value: Any) -> str:
        """Join lines."""
        return " ".join((super().to_python(value) or "").split())
