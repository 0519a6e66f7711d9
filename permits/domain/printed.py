"""Codes and numbers that the portal prints, as people type them.

Blanks, dashes, slashes and case do not matter, nor do letters and digits that look alike.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from itertools import product
from math import prod

LOOK_ALIKES = {"O": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2"}
SEPARATORS = " -/._,:()&"  # what stands between the parts of printed numbers
DOCUMENT_CODE = 12  # letters and digits
_EARLIER_DOCUMENT_CODE = 8  # printed by version 0.1
DISTINCT = "34679ACDEFGHJKMNPQRTUWXY"  # no two of them look alike
_TRACKING = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I
_TRACKING_LENGTH = 16
# the letters of a tracking code that a typed sign may stand for
_MEANT = {
    "0": "DQ", "O": "DQ", "1": "L", "I": "L", "5": "5S", "S": "S5", "8": "8B", "B": "B8",
    "2": "2Z", "Z": "Z2",
}  # fmt: skip
_MOST_READINGS = 1024


def bare(text: str) -> str:
    """Return the letters and digits of ``text`` in capitals."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def folded(text: str) -> str:
    """Return the form in which numbers are compared: bare, and of signs that look alike one."""
    return "".join(LOOK_ALIKES.get(sign, sign) for sign in bare(text))


def grouped(code: str) -> str:
    """Return ``code`` in groups of four, as it is printed."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def new_document_code() -> str:
    """Return a code of 55 random bits that can be read out: no two of its signs look alike."""
    return "".join(secrets.choice(DISTINCT) for _one in range(DOCUMENT_CODE))


def tracking_readings(text: str) -> list[str]:
    """Return the tracking codes that a typed one may mean, as typed first; [] if it is none."""
    letters = bare(text)
    if len(letters) != _TRACKING_LENGTH:
        return []
    choices = [_MEANT.get(sign, sign) for sign in letters]
    if any(sign not in _TRACKING for choice in choices for sign in choice):
        return []
    if prod(map(len, choices)) > _MOST_READINGS:
        choices = [choice[0] for choice in choices]
    return [grouped("".join(reading)) for reading in product(*choices)]


def has_form_of_tracking_code(text: str) -> bool:
    """Whether ``text`` is written like a tracking code, and not like words.

    One run, or four groups of four, with a digit in it or with the printed hyphens.
    """
    groups = [len(group) for group in re.split(r"[^0-9A-Za-z]+", text.strip())]
    if not tracking_readings(text) or groups not in ([_TRACKING_LENGTH], [4] * 4):
        return False
    return any(sign.isdigit() for sign in text) or text.count("-") == 3


def has_form_of_document_code(text: str) -> bool:
    """Whether ``text`` is written like the code of a document: with a digit in it."""
    length = len(bare(text))
    parts = [len(part) for part in re.split(r"[^0-9A-Za-z]+", text.strip())]
    whole = parts in ([length], [4] * (length // 4))
    fits = length in (DOCUMENT_CODE, _EARLIER_DOCUMENT_CODE) and whole
    return fits and any(s.isdigit() for s in text) and any(s.isalpha() for s in text)


def has_form_of_number(text: str) -> bool:
    """Whether ``text`` is written like a number of a document, an application or a complaint.

    Its parts are letters and digits, among them a year and another number.
    """
    parts = [part for part in re.split(r"[^0-9A-Za-z]+", text) if part]
    digits = [part for part in parts if part.isdigit()]
    letters = [part for part in parts if any(sign.isalpha() for sign in part)]
    year = any(re.fullmatch(r"20\d\d", part) for part in digits)
    return bool(letters) and len(digits) >= 2 and year


def is_complaint_number(text: str) -> bool:
    """Whether ``text`` is the number of a complaint, such as "PGD-PKU-2026-00012"."""
    return bool(re.fullmatch(r"PGD[A-Z0-9]*20\d\d\d{5,}", bare(text)))


def is_application_number(text: str) -> bool:
    """Whether ``text`` is the number of an application, such as "PKU-2026-000123"."""
    return bool(re.fullmatch(r"[A-Z0-9]*[A-Z][A-Z0-9]*20\d\d\d{6}", bare(text)))
