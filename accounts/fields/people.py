"""Form fields of the numbers that identify a person or a business, or reach it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.domain.identifiers import NikFault, bare, is_kbli, is_nib, nik_fault, tax_number
from accounts.domain.phones import e164
from accounts.fields.text import CodeField

_NIK_FAULTS: dict[NikFault, Any] = {
    NikFault.SIGNS: _("NIK hanya terdiri atas angka. Periksa kembali KTP Anda."),
    NikFault.LENGTH: _("NIK terdiri atas 16 angka; yang Anda tulis %(count)s angka."),
    NikFault.BIRTHDAY: _(
        "NIK ini tidak mungkin benar: tanggal lahir di dalamnya tidak ada. Periksa KTP Anda."
    ),
    NikFault.PROVINCE: _(
        "NIK ini tidak mungkin benar: dua angka pertamanya bukan kode provinsi. Periksa KTP Anda."
    ),
    NikFault.SERIAL: _(
        "NIK ini tidak mungkin benar: empat angka terakhirnya nol semua. Periksa KTP Anda."
    ),
}


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

    cleaning = staticmethod(bare)

    def validate(self, value: str) -> None:
        """Refuse another length, other signs, and a day or month that does not exist."""
        super().validate(value)
        if value and (fault := nik_fault(value)):
            raise ValidationError(_NIK_FAULTS[fault], params={"count": len(value)})


class BusinessNumberField(CodeField):
    """A NIB: thirteen digits."""

    cleaning = staticmethod(bare)

    def validate(self, value: str) -> None:
        """Raise ``ValidationError`` unless it has thirteen digits."""
        super().validate(value)
        if value and not is_nib(value):
            raise ValidationError(
                _("NIB terdiri atas 13 angka. Kosongkan bila Anda belum memilikinya.")
            )


class TaxNumberField(CodeField):
    """An NPWP of 15 or 16 digits; the cleaned value has 16."""

    def clean(self, value: Any) -> str:
        """Return the 16 digits; ``ValidationError`` if it is no NPWP."""
        text: str = super().clean(value)
        number = tax_number(text)
        if text and not number:
            raise ValidationError(
                _("NPWP terdiri atas 16 angka, atau 15 angka untuk bentuk lama. Periksa kembali.")
            )
        return number


class BusinessLineField(CodeField):
    """A code of the KBLI: five digits."""

    cleaning = staticmethod(bare)

    def validate(self, value: str) -> None:
        """Raise ``ValidationError`` unless it has five digits."""
        super().validate(value)
        if value and not is_kbli(value):
            raise ValidationError(_("Kode KBLI terdiri atas lima angka."))
