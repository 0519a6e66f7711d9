"""Numbers that the state gives: NIK, NIB, NPWP, KBLI. Only what cannot be one is refused."""

from __future__ import annotations

import re
from enum import StrEnum

from stdnum.exceptions import ValidationError as NotANumber
from stdnum.id import nik, npwp

from accounts.domain.text import clean_code

_OLD_TAX_NUMBER = 15


class NikFault(StrEnum):
    """Why a text cannot be a NIK."""

    SIGNS = "signs"
    LENGTH = "length"
    BIRTHDAY = "birthday"
    PROVINCE = "province"
    SERIAL = "serial"


# codes of provinces of the Ministry of Home Affairs; the list of stdnum lacks 65, 92, 93, 95, 96
_PROVINCES = (
    "11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "31", "32", "33", "34", "35", "36",
    "51", "52", "53", "61", "62", "63", "64", "65", "71", "72", "73", "74", "75", "76", "81", "82",
    "91", "92", "93", "94", "95", "96",
)  # fmt: skip


def bare(text: str) -> str:
    """Return ``text`` in ASCII digits, without blanks, dots and hyphens between them."""
    return re.sub(r"[\s.\-]", "", clean_code(text))


def nik_fault(number: str) -> NikFault | None:
    """Return why ``number`` (``bare``) cannot be a NIK, else ``None``.

    16 digits: province, regency, district, the birthday as DDMMYY (women: the day plus 40), serial
    from 0001. The place is that of the first registration.
    A NIK has no check digit and never changes, also when the birthday in it is mistaken.
    """
    if not (number.isascii() and number.isdigit()):
        return NikFault.SIGNS
    if len(number) != 16:
        return NikFault.LENGTH
    if number[:2] not in _PROVINCES:
        return NikFault.PROVINCE
    if not _birthday_exists(number):
        return NikFault.BIRTHDAY
    return NikFault.SERIAL if number.endswith("0000") else None


def _birthday_exists(number: str) -> bool:
    if int(number[6:8]) > 71:  # women: the day plus 40
        return False
    try:
        nik.get_birth_date(number)
    except NotANumber:
        return False
    return True


def is_nib(number: str) -> bool:
    """Whether ``number`` (``bare``) may be a NIB: thirteen digits; no check digit is known."""
    return bool(re.fullmatch(r"[0-9]{13}", number))


def tax_number(text: str) -> str:
    """Return an NPWP in its form of 16 digits; "" if ``text`` is none.

    The old form of 15 digits has a check digit and becomes "0" and these 15; the new form of a
    person is the NIK, that of a body "0" and the old number.
    """
    number = bare(text)
    if len(number) == _OLD_TAX_NUMBER:
        return f"0{number}" if npwp.is_valid(number) else ""
    if number.startswith("0"):
        old = number.removeprefix("0")
        return number if len(old) == _OLD_TAX_NUMBER and npwp.is_valid(old) else ""
    return number if nik_fault(number) is None else ""


def is_kbli(code: str) -> bool:
    """Whether ``code`` has the form of a business line: five digits, of any edition."""
    return bool(re.fullmatch(r"[0-9]{5}", code))
