"""Form fields of the numbers that identify a person or a business, or reach it."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.id import nik

from accounts.domain.phones import e164
from accounts.domain.text import clean_code
from accounts.fields.text import CodeField


def _without_separators(text: str) -> str:
    return re.sub(r"[\s.\-]", "", clean_code(text))


class PhoneField(CodeField):
    """A telephone number that exists, in Indonesia or abroad; kept as it was typed.

    ``accounts.domain.phones.e164`` gives the one form in which numbers are compared.
    """

    def validate(self, value: str) -> None:
        """Raise ``ValidationError`` if there is no such number."""
        super().validate(value)
        if value and not e164(value):
            raise ValidationError(
                _("Nomor telepon tidak dikenali. Tulis misalnya 0812 3456 7890 atau 0761 28262.")
            )


class NationalIdField(CodeField):
    """A NIK: only what cannot be a NIK is refused; it never changes, even when it is mistaken."""

    cleaning = staticmethod(_without_separators)

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
                _(
                    "NIK ini tidak mungkin benar: tanggal lahir di dalamnya tidak ada. "
                    "Periksa KTP Anda."
                )
            )


def _birthday_exists(number: str) -> bool:
    if int(number[6:8]) > 71:  # women: the day plus 40
        return False
    try:
        nik.get_birth_date(number)
    except NotANumber:
        return False
    return True


class BusinessNumberField(CodeField):
    """A NIB: thirteen digits."""

    cleaning = staticmethod(_without_separators)

    def validate(self, value: str) -> None:
        """Raise ``ValidationError`` unless it has thirteen digits."""
        super().validate(value)
        if value and not re.fullmatch(r"[0-9]{13}", value):
            raise ValidationError(
                _("NIB terdiri atas 13 angka. Kosongkan bila Anda belum memilikinya.")
            )
