"""Telephone numbers in the format of gateways."""

from __future__ import annotations


def mobile(text: str) -> str:
    """Return the number as "+6281234567890"; "" if it is not a mobile number."""
    import phonenumbers  # slow to import, needed only for messages to telephones

    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return ""
    kinds = (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in kinds:
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
