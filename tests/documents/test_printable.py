"""The table of printable signs is what the fonts of documents/fonts have."""

from __future__ import annotations

import unicodedata

import pytest
from fontTools.ttLib import TTFont

from accounts.domain.printable import PRINTABLE, unprintable
from documents.rendering import FONTS, render_pdf
from tests.documents.test_rendering import tool
from tests.factories.printed import OFFICE, certificate_content


def signs_of(family: str) -> set[str]:
    """Return the signs that every style of a family has, without blanks and invisible ones."""
    codes = [set(TTFont(path).getBestCmap()) for path in FONTS.glob(f"{family}-*.ttf")]
    there = {chr(code) for code in set.intersection(*codes)}
    return {one for one in there if one == " " or unicodedata.category(one)[0] not in "CZ"}


def test_the_table_is_what_the_fonts_have() -> None:
    assert signs_of("STIXTwoText") | signs_of("PlusJakartaSans") == PRINTABLE


def test_every_sign_of_the_table_is_printed_with_our_fonts() -> None:
    every = " ".join(sorted(PRINTABLE))
    office = {**OFFICE, "address": every}  # of the sans family, the values of the serif one
    content = certificate_content(holder=[["Nama", every]], office=office)
    fonts = tool("pdffonts", "-", pdf=render_pdf("certificates/certificate.html", content))
    assert all("+Print-" in line for line in fonts.splitlines()[2:])


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Siti \u4e2d\u6587, \u4e2d", ["\u4e2d", "\u6587"]),  # Chinese
        ("\ua9b1\ua9ab\ua9ae", ["\ua9b1", "\ua9ab", "\ua9ae"]),  # Javanese
        ("baik \U0001f600", ["\U0001f600"]),
        ("Ma\u2019ruf \u201cA\u201d \u2013 12 m\u00b2\nHusn\u0101, \u00bd; 5 \u20ac", []),
    ],
)
def test_signs_without_a_glyph_are_named(text: str, refused: list[str]) -> None:
    assert unprintable(text) == refused
