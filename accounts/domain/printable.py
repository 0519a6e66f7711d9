"""The signs that the fonts of printed documents have; others would be boxes on a signed paper."""

from __future__ import annotations

# code points of documents/fonts, as ranges; a test compares them with the fonts
_RANGES = (
    "20-7E A1-AC AE-180 188 18F-190 192 195 199-19B 19E 1A0-1A1 1A5 1AA-1AB 1AD 1AF-1B0 1B5 "
    "1BA-1BB 1BE 1C0-1CC 1DE-1DF 1E6-1E7 1EA-1EB 1F0 1FA-21B 221 228-22D 230-237 250-2CC "
    "2CE-2D7 2DA 2DC-2E9 2EC-2ED 2F7 300-301 303-304 308-309 323 329 1D00 1D07 1D1C 1D81 "
    "1D84-1D85 1D8A 1D8D-1D8E 1D98 1DA3 1E00-1E9F 1EF2-1EF9 2013-2014 2018-201A 201C-201E "
    "2020 2022 2026 2032-2033 2039-203A 2044 20A1 20A3-20A4 20A6-20AE 20B1-20B5 20B8-20BA "
    "20BC-20BF 2113 2122 2191 2193 2212 2215 A727 A792"
)


def _signs(ranges: str) -> frozenset[str]:
    pairs = [part.partition("-") for part in ranges.split()]
    return frozenset(
        chr(code)
        for first, _dash, last in pairs
        for code in range(int(first, 16), int(last or first, 16) + 1)
    )


PRINTABLE = _signs(_RANGES)


def unprintable(text: str) -> list[str]:
    """Return the signs of ``text`` that cannot be printed, each once; line breaks can."""
    return [sign for sign in dict.fromkeys(text) if sign not in PRINTABLE and sign not in "\n\t"]
