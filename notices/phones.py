"""Telephone numbers as gateways want them."""

from __future__ import annotations


def mobile(text: str) -> str:
    """Return "+6281234567890" for any usual way of writing it; "" if it takes no short messages."""
    import phonenumbers  # heavy, and only needed where a message is owed to a telephone

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
