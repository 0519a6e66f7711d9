"""The search box: the parsed query; ``standards.search`` finds the services."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from accounts.domain.text import clean_code
from permits.domain.printed import tracking_readings
from permits.presenters.printed_pages import page_for
from standards.search import Found, Wanted, find

MOST = 60


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


def understand(text: str) -> SearchQuery:
    """Parse ``text``: a printed code or number, a KBLI code, or words."""
    words = clean_code(text)
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
    """Find the services of the catalogue that the words of ``query`` name."""
    if not query.words or query.national_id:
        return Found([])
    return find(Wanted(query.words), day, most=MOST)
