"""A list pasted from a document becomes rows: the printed markers say what hangs below what.

Text out of a word processor or a PDF has lost its indentation more often than not, so the order of
the markers decides: "2." follows "1.", "a." after "1." begins a list below it, "i." follows "h.".
Indentation decides only where the same mark may begin a list below, as with dashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from standards.domain.outline import Item

MOST_ROWS: Final = 300  # in one go
_BULLETS = "-–—•*·▪◦●○§\uf0b7\uf0a7"
_MARKER = re.compile(
    rf"^(\(?[A-Za-z]\.\d{{1,2}}\.?|\(?\d{{1,2}}(?:\.\d{{1,2}})+\.?|"
    rf"\(?(?:\d{{1,3}}|[A-Za-z]|[ivx]{{1,5}}|[IVX]{{1,5}})[.)]{{1,2}}|[{_BULLETS}])\s+(.*)$"
)
_ROMAN: Final = {"i": 1, "v": 5, "x": 10}
_FULL_LINE = 55  # signs: a line as long as this went on in the next one
_ENDS = (".", ";", ":", ",")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a marker: its kind, and which of its kind it is (0: a dash)."""

    kind: str
    place: int


@dataclass(slots=True)
class _Open:
    """A line that may still get rows beside or below it."""

    indent: int
    reading: _Reading
    item: Item


def pasted(text: str) -> list[Item]:
    """Return the rows of ``text`` as a tree; lines without a marker go on where a line broke."""
    lines = [
        line for line in text.expandtabs(4).replace("\u00a0", " ").splitlines() if line.strip()
    ]
    top: list[Item] = []
    trail: list[_Open] = []
    before = ""
    marked = any(_MARKER.match(line.strip()) for line in lines)  # without: one line, one row
    for line in lines:
        words = line.strip()
        match = _MARKER.match(words)
        indent = len(line) - len(line.lstrip(" "))
        if match is None and marked and trail and _goes_on(before, words):
            trail[-1].item.text += f" {words}"
        elif match is None:
            _place(top, trail, _Open(indent, _Reading("", 0), Item("", words)))
        else:
            reading = _reading(match[1], trail)
            _place(top, trail, _Open(indent, reading, Item(match[1], match[2].strip())))
        before = words
    return top


def flattened(items: Sequence[Item]) -> Iterator[Item]:
    """Return every row, each before those below it."""
    for item in items:
        yield item
        yield from flattened(item.children)


def _goes_on(before: str, words: str) -> bool:
    return words[0].islower() or (len(before) >= _FULL_LINE and not before.endswith(_ENDS))


def _place(top: list[Item], trail: list[_Open], line: _Open) -> None:
    """Hang ``line`` beside the last of its list, or below the last line."""
    beside = _beside(trail, line)
    if beside is not None:
        del trail[beside:]
    (trail[-1].item.children if trail else top).append(line.item)
    trail.append(line)


def _beside(trail: list[_Open], line: _Open) -> int | None:
    """Return the place in ``trail`` of the line that ``line`` stands beside; ``None``: below."""
    kind, place = line.reading.kind, line.reading.place
    same = [number for number, one in enumerate(trail) if one.reading.kind == kind]
    if not kind:  # a heading: beside the outermost one that is not further to the left
        return next((n for n, one in enumerate(trail) if one.indent >= line.indent), None)
    for number in reversed(same):
        if place and trail[number].reading.place + 1 == place:
            return number
    for number in same:
        if trail[number].indent >= line.indent:
            return number
    if same and place > 1:
        return same[-1]
    if not same and trail and line.indent < trail[-1].indent:
        return next((n for n, one in enumerate(trail) if one.indent > line.indent), None)
    return None


def _reading(marker: str, trail: Sequence[_Open]) -> _Reading:
    """Return how ``marker`` is read after the lines of ``trail``: it goes on, or it begins."""
    readings = list(_readings(marker))
    for one in reversed(trail):
        for reading in readings:
            if reading.kind == one.reading.kind and reading.place == one.reading.place + 1:
                return reading
    return next((reading for reading in readings if reading.place == 1), readings[0])


def _readings(marker: str) -> Iterator[_Reading]:
    core = marker.strip("().")
    around = marker.replace(core, "#", 1)
    if not core.strip(_BULLETS):
        yield _Reading(marker, 0)
    elif re.fullmatch(r"[A-Za-z0-9]{1,2}(\.\d{1,2})+", core):
        parts = core.split(".")
        yield _Reading(f"{len(parts)} {around}", int(parts[-1]))
    elif core.isdigit():
        yield _Reading(f"1 {around}", int(core))
    else:
        case = "a" if core.islower() else "A"
        if len(core) == 1:
            yield _Reading(f"{case} {around}", ord(core.lower()) - ord("a") + 1)
        if set(core.lower()) <= set(_ROMAN):
            yield _Reading(f"{'i' if case == 'a' else 'I'} {around}", _roman(core.lower()))


def _roman(digits: str) -> int:
    values = [_ROMAN[digit] for digit in digits]
    later = [*values[1:], 0]
    return sum(-one if one < next_one else one for one, next_one in zip(values, later, strict=True))
