"""The search in the catalogue: services by words and filters, with slips of the pen forgiven."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, product

from standards.domain import kbli, search
from standards.models import Kbli, SearchEntry, SearchWord
from standards.querysets import SearchEntryQuerySet
from standards.reading import Offer, offers_of
from standards.selectors import counterparts

_MOST_TRIES = 4  # spellings that are looked for
_MOST_SLIPS = 3  # words of one query that are taken for misspelt


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words as typed, and filters ("" and ``None``: all)."""

    text: str = ""
    office: int | None = None
    sector: str = ""
    risk: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Services, whether there are more, and the spelling that found them if not the one typed."""

    offers: list[Offer]
    more: bool = False
    suggestion: str = ""
    lines: tuple[LineNote, ...] = ()


@dataclass(frozen=True, slots=True)
class LineNote:
    """A code of one edition that stands for a code of another one, under which services stand."""

    asked: Kbli
    stands_as: Kbli


def find(wanted: Wanted, day: date, *, first: int = 0, most: int = 60) -> Found:
    """Return ``most`` services from the place ``first`` on, the best first, with their promises.

    Every word must begin a word of the service or its standard in force. If none has them all,
    words that say nothing are left out; then words nobody uses are replaced by near ones.
    """
    rows = _filtered(SearchEntry.objects.in_catalogue(day), wanted)
    asked = search.asked(wanted.text)
    if not asked and wanted.text.strip():
        return Found([])  # signs without a letter or digit
    plain = search.without_fillers(asked)
    lines = line_notes(wanted.text)
    for words in (asked, plain) if plain != asked else (asked,):
        found = _page(rows, words, day, first, most)
        if found.offers:
            return replace(found, lines=lines)
    return _respelt(rows, plain, day, first, most) if asked else Found([])


def line_notes(text: str) -> tuple[LineNote, ...]:
    """Return, for the KBLI codes in ``text``, the codes of other editions they stand for."""
    codes = [word for word in search.asked(text) if kbli.section(word)]
    if not codes:
        return ()
    lines = Kbli.objects.filter(code__in=codes).order_by("code", "edition")
    found = [LineNote(line, other) for line in lines for other in counterparts(line)]
    return tuple(note for note in found if note.stands_as.code != note.asked.code)


def sectors(day: date) -> list[str]:
    """Return the sectors by which the catalogue can be filtered on ``day``."""
    return SearchEntry.objects.in_catalogue(day).sectors()


def _filtered(rows: SearchEntryQuerySet, wanted: Wanted) -> SearchEntryQuerySet:
    filters = {
        "service__office": wanted.office,
        "service__sector": wanted.sector,
        "service__risk": wanted.risk,
        "section": wanted.section,
    }
    return rows.filter(**{name: value for name, value in filters.items() if value})


def _page(
    rows: SearchEntryQuerySet, words: Sequence[str], day: date, first: int, most: int
) -> Found:
    matching = rows.containing(words) if words else rows
    keys = matching.best_first(words).values_list("pk", flat=True)[first : first + most + 1]
    pks = list(keys)
    return Found(offers_of(pks[:most], day), more=len(pks) > most)


def _respelt(
    rows: SearchEntryQuerySet, words: list[str], day: date, first: int, most: int
) -> Found:
    """Return what the nearest spelling finds; only a spelling that finds something is returned."""
    for spelling in islice(_spellings(words), _MOST_TRIES):
        found = _page(rows, spelling, day, first, most)
        if found.offers:
            return Found(found.offers, found.more, suggestion=" ".join(spelling))
    return Found([])


def _spellings(words: list[str]) -> list[list[str]]:
    """Return ``words`` with unknown ones replaced by near ones, the nearest first."""
    doubtful = [word for word in words if search.may_be_misspelt(word)]
    if not doubtful:
        return []
    known = list(SearchWord.objects.beginning(doubtful).values_list("word", flat=True))
    slips = [word for word in doubtful if not any(row.startswith(word) for row in known)]
    if not 0 < len(slips) <= _MOST_SLIPS:
        return []
    near = list(SearchWord.objects.near(slips).values_list("word", flat=True))
    choices = [search.close(word, near) if word in slips else [word] for word in words]
    return [list(choice) for choice in product(*choices)]
