"""What is found in the catalogue: the words of a text and of a query, and near spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from accounts.domain.text import clean_line

MOST_WORDS = 8  # of a query
LONGEST = 200  # signs of a query
_LONGEST_WORD = 40
_MOST_STORED = 20_000  # words of one standard
_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset(
    {
        "kbli", "izin", "perizinan", "ijin", "surat", "layanan", "pelayanan", "permohonan", "cara",
        "mengurus", "urus", "pengurusan", "buat", "membuat", "bikin", "daftar", "untuk", "usaha",
        "di", "ke", "dan", "yang", "dari", "saya", "mau", "ingin", "kode",
    }
)  # fmt: skip


def words(text: str) -> list[str]:
    """Return the words of ``text`` in their order: letters and digits, lower case, no accents.

    Both databases are given these words and nothing else, so that they cut texts alike.
    """
    signs = unicodedata.normalize("NFKD", clean_line(text)).lower()
    plain = "".join(sign for sign in signs if not unicodedata.combining(sign))
    return [word[:_LONGEST_WORD] for word in _WORD.findall(plain)]


def stored(texts: Iterable[str]) -> str:
    """Return the different words of ``texts``, each after a blank; at most 20,000 of them."""
    found = dict.fromkeys(word for text in texts for word in words(text))
    return "".join(f" {word}" for word in list(found)[:_MOST_STORED])


def asked(text: str) -> list[str]:
    """Return the words of a query, at most eight."""
    return list(dict.fromkeys(words(text)))[:MOST_WORDS]


def without_fillers(asked: list[str]) -> list[str]:
    """Return a query without words that say nothing ("cara", "izin"); all of it if none is left."""
    return [word for word in asked if word not in _FILLERS] or asked


def close(word: str, known: Iterable[str]) -> list[str]:
    """Return at most three ``known`` words that ``word`` may be a slip for, the nearest first."""
    return get_close_matches(word, sorted(known), n=3, cutoff=0.75)


def may_be_misspelt(word: str) -> bool:
    """Whether a near spelling is looked for: not for numbers, codes and short words."""
    return len(word) > 3 and word.isascii() and word.isalpha()
