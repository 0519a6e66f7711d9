"""What one line of a pasted tariff says: for what, and how much."""

from __future__ import annotations

import re

from accounts.domain.figures import rupiah
from standards.domain.fees import MOST

_AMOUNT = re.compile(
    r"(?:sebesar\s+)?rp\.?\s*([\d.]+(?:,00)?)\s*(?:,-)?\s*[.;]?\s*$", re.IGNORECASE
)
_FREE = re.compile(r"\b(gratis|tidak dipungut biaya|rp\.?\s*0)\b", re.IGNORECASE)


def fee_of(line: str) -> tuple[str, int] | None:
    """Return the words and the whole rupiah of a line of a tariff; ``None``: it names no amount."""
    match = _AMOUNT.search(line)
    amount = rupiah(match[1]) if match else None
    if match and amount and amount <= MOST:
        return line[: match.start()].strip(" :;,=-–") or line, amount
    return (line, 0) if _FREE.search(line) else None
