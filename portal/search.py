"""The search box: the parsed query and its results."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from permits.domain.numbering import normalise_tracking_code
from standards.models import Service
from standards.reading import Offer, offers

LONGEST = 200
MOST = 60
_FILLERS = {
    "kbli", "izin", "perizinan", "ijin", "surat", "layanan", "pelayanan", "permohonan", "cara",
    "mengurus", "urus", "pengurusan", "buat", "membuat", "bikin", "daftar", "untuk", "usaha",
    "di", "ke", "dan", "yang", "dari", "saya", "mau", "ingin", "kode",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """The words of a query, and which kinds of number they may be."""

    words: str
    code: str = ""
    maybe_code: str = ""
    document_number: bool = False
    national_id: bool = False
    kbli: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Services, whether there are more than shown, and a spelling that would find something."""

    offers: list[Offer]
    more: bool = False
    suggestion: str = ""


def understand(text: str) -> SearchQuery:
    """Parse ``text``: a tracking code, a number of a document, a KBLI code, or words.

    Sixteen letters may also be two plain words ("usaha perdagangan"): without a digit or the
    printed hyphens it is looked for as words first.
    """
    words = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())[:LONGEST]
    code = normalise_tracking_code(words)
    sure = any(letter.isdigit() for letter in code) or words.count("-") == 3
    kbli = re.fullmatch(r"(?:kbli\s*)?(\d{5})", words, re.IGNORECASE)
    digits = re.sub(r"[\s.-]", "", words)
    national_id = bool(re.fullmatch(r"\d{16}", digits))
    return SearchQuery(
        words=words,
        code=code if sure and not national_id else "",
        maybe_code="" if sure else code,
        document_number="/" in words and any(letter.isdigit() for letter in words),
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
    """Return ``words`` with each unknown one replaced by the nearest of the catalogue, or ""."""
    known = {
        word
        for row in Service.objects.public().values_list("name", "keywords", "kbli__title")
        for word in re.findall(r"[a-z]{3,}", " ".join(filter(None, row)).lower())
    }
    typed = words.lower().split()
    near = [word if word in known else _close(word, known) for word in typed]
    return " ".join(near) if all(near) and near != typed else ""


def _close(word: str, known: set[str]) -> str:
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.75)), "")
