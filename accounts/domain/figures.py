"""Numbers as people in Indonesia write them: "1.500" is 1500, "24,5" is 24.5."""

from __future__ import annotations

import re

from accounts.domain.text import clean_code

_WHOLE = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d{1,18})(,0{1,2})?")
_DECIMAL = re.compile(r"(\d{1,3}(\.\d{3})+|\d{1,15})(,\d{1,6})?")
_DOTTED = re.compile(r"\d{1,15}\.\d{1,2}")
_RUPIAH = re.compile(r"^(rp\.?|idr)|,-$", re.IGNORECASE)


def whole_number(text: str) -> int | None:
    """Return 1500 for "1.500", "1500" and "1.500,00"; ``None`` for what is no whole number.

    A dot separates thousands and never decimals, so that "1.5" is ``None``, not 1 or 15.
    """
    typed = clean_code(text).replace(" ", "").replace("\u2212", "-")
    if not _WHOLE.fullmatch(typed):
        return None
    return int(typed.partition(",")[0].replace(".", ""))


def rupiah(text: str) -> int | None:
    """Return 150000 for "150.000", "Rp 150.000", "150000", "150.000,00" and "150.000,-"."""
    return whole_number(_RUPIAH.sub("", clean_code(text).replace(" ", "")))


def decimal_figure(text: str) -> str | None:
    """Return "1500" or "24,5": without the separators of thousands; ``None`` for no number.

    "24.5" is 24,5, because three digits follow a separator of thousands; "1.5000" is neither.
    """
    typed = clean_code(text).replace(" ", "")
    if _DECIMAL.fullmatch(typed):
        return typed.replace(".", "")
    return typed.replace(".", ",") if _DOTTED.fullmatch(typed) else None


def grouped(number: int) -> str:
    """Return "150.000"."""
    return f"{number:,}".replace(",", ".")
