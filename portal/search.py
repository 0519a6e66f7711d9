"""The search box: the parsed query and its results."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import islice, product

from accounts.domain.text import clean_code
from permits.domain.printed import tracking_readings
from permits.presenters.printed_pages import page_for
from standards.models import Service
from standards.reading import Offer, offers

LONGEST = 200
MOST = 60
_MOST_WORDS = 8
_MOST_TRIES = 9  # spellings that are looked for
_FILLERS = {
    "kbli", "izin", "perizinan", "ijin", "surat", "layanan", "pelayanan", "permohonan", "cara",
    "mengurus", "urus", "pengurusan", "buat", "membuat", "bikin", "daftar", "untuk", "usaha",
    "di", "ke", "dan", "yang", "dari", "saya", "mau", "ingin", "kode",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """The words of a query, and which kind of number they may be.

    ``page`` takes what has the form of a printed code or number. ``maybe_code`` is a tracking code
    that may also be words: it is offered where no service is found.
    """

    words: str
    page: str = ""
    maybe_code: str = ""
    national_id: bool = False
    kbli: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Services, whether there are more than shown, and a spelling that would find something."""

    offers: list[Offer]
    more: bool = False
    suggestion: str = ""


def understand(text: str) -> SearchQuery:
    """Parse ``text``: a printed code or number, a KBLI code, or words."""
    words = clean_code(text)[:LONGEST]
    kbli = re.fullmatch(r"(?:kbli\s*)?(\d{5})", words, re.IGNORECASE)
    national_id = bool(re.fullmatch(r"\d{16}", re.sub(r"[\s.-]", "", words)))
    page = "" if national_id else page_for(words)
    one_word = " " not in words and not page
    readings = tracking_readings(words) if one_word and not national_id else []
    return SearchQuery(
        words=words,
        page=page,
        maybe_code=readings[0] if readings else "",
        national_id=national_id,
        kbli=kbli[1] if kbli else "",
    )


def look(query: SearchQuery, day: date) -> Found:
    """Find services with all the words; without filler words if that finds none."""
    if not query.words or query.national_id:
        return Found([])
    plain = _without_fillers(query.words)
    for words in dict.fromkeys((query.words, plain)):
        services = Service.objects.public().for_catalogue(day).matching(words)
        rows = offers(services[: MOST + 1])
        if rows:
            return Found(rows[:MOST], more=len(rows) > MOST)
    return Found([], suggestion=_nearest(plain))


def _without_fillers(words: str) -> str:
    remaining = [word for word in words.split() if word.lower() not in _FILLERS]
    return " ".join(remaining) or words


def _nearest(words: str) -> str:
    """Return ``words`` with unknown ones replaced by near ones of the catalogue, or "".

    Only a spelling that finds a service is returned.
    """
    catalogue = Service.objects.public()
    known = {
        word
        for row in catalogue.values_list("name", "summary", "keywords", "kbli__title")
        for word in re.findall(r"[a-z]{3,}", " ".join(filter(None, row)).lower())
    }
    typed = words.lower().split()[:_MOST_WORDS]
    near = [[word] if word in known else _close(word, known) for word in typed]
    for choice in islice(product(*near), _MOST_TRIES):
        suggestion = " ".join(choice)
        if list(choice) != typed and catalogue.matching(suggestion).exists():
            return suggestion
    return ""


def _close(word: str, known: set[str]) -> list[str]:
    return get_close_matches(word, sorted(known), n=3, cutoff=0.75)
