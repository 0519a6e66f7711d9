"""Telephone numbers, read in Indonesia's plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accounts.domain.text import clean_code

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber


def e164(text: str) -> str:
    """Return the number as "+6281234567890", equal for all ways to write it; "" if there is none.

    Numbers without a country belong to Indonesia. "0062" and "00" of other countries are "+".
    """
    number = _parse(text)
    if number is None:
        return ""
    import phonenumbers

    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def mobile(text: str) -> str:
    """Return the number in E.164; "" if it is not a mobile number."""
    number = _parse(text)
    if number is None:
        return ""
    import phonenumbers

    kinds = (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )
    return e164(text) if phonenumbers.number_type(number) in kinds else ""


def _parse(text: str) -> PhoneNumber | None:
    import phonenumbers  # slow to import, and not every process needs it

    typed = clean_code(text)
    for way in (typed, re.sub(r"^\(?00", "+", typed)):
        try:
            number = phonenumbers.parse(way, "ID")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return number
    return None
