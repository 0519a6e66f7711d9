"""Typed text in one form: every form, search and stored value goes through these functions.

Without Django, so that rules and migrations can use them.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

_BREAKS = re.compile(r"\r\n|[\r\u0085\u2028\u2029\v\f]")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width signs to ASCII
# invisible signs that are not of the category Cf: fillers, joiners and selectors of variants
_INVISIBLE = dict.fromkeys(
    [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0x180B, 0x1810)]
    + [*range(0xFE00, 0xFE10), *range(0xE0000, 0xE1000)]
)
_KEPT_CONTROLS = "\n\t"
# what a search leaves out: blanks, separators of numbers, apostrophes and quotes of every shape
FOLDED_AWAY = (
    " \t\n.,-_/'\"`\u00b4\u02bb\u02bc\u2018\u2019\u201a\u201c\u201d\u201e\u2032\u2033"
    "\u2010\u2011\u2012\u2013\u2014"
)


_FOLDING = dict.fromkeys(map(ord, FOLDED_AWAY))


def clean_text(text: str) -> str:
    """Return ``text`` with visible signs only; a line break is one "\\n".

    Removed are signs of the Unicode categories Cf, Cc and Cs and other invisible ones. Full-width
    letters and digits become ASCII, every kind of blank becomes an ordinary one. Letters are
    composed (NFC). Blanks at the ends are removed.
    """
    text = _BREAKS.sub("\n", text).translate(_WIDE).translate(_INVISIBLE)
    text = unicodedata.normalize("NFC", text)
    return "".join(filter(None, map(_visible, text))).strip()


def _visible(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isprintable() or sign in _KEPT_CONTROLS else ""
    category = unicodedata.category(sign)
    if category in ("Cf", "Cc", "Cs"):
        return ""
    return " " if category == "Zs" else sign


def clean_line(text: str) -> str:
    """Return ``clean_text`` on one line, with single blanks between words."""
    return " ".join(clean_text(text).split())


def clean_code(text: str) -> str:
    """Return ``clean_line`` with ASCII digits: for numbers, codes and addresses."""
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in clean_line(text)
    )


def clean_email(text: str) -> str:
    """Return the address in lower case, its domain in ASCII form (IDNA)."""
    local, at, domain = clean_code(text).rpartition("@")
    with suppress(UnicodeError):  # the validator of the address refuses it
        domain = domain.encode("idna").decode()
    return f"{local}{at}{domain}".lower()


def fold(text: str) -> str:
    """Return the form in which texts are compared by a search.

    Lower case, without blanks, quotes, apostrophes, hyphens, dots, commas and slashes. The lookup
    ``alike`` does the same to a column.
    """
    return clean_line(text).lower().translate(_FOLDING)
