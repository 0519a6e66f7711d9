"""The full text search of both databases: what only one of them can do stands here alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery, SearchVector
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

_FTS5 = "standards_searchentry_fts"
_PARTS = {"title": "A", "about": "B", "content": "D"}


def containing(words: Sequence[str]) -> Q:
    """Return the condition that an entry has a word that begins like each of ``words``.

    PostgreSQL finds other forms of an Indonesian word, too.
    """
    if connection.vendor == "postgresql":
        return Q(vector=reduce(and_, map(_forms, words)))
    asked = " ".join(f'"{word}"*' for word in words)
    found = f"SELECT rowid FROM {_FTS5} WHERE {_FTS5} MATCH %s"  # noqa: S608 - our own name
    return Q(pk__in=RawSQL(found, [asked]))  # noqa: S611 - constants and a parameter


def _forms(word: str) -> CombinedSearchQuery:
    beginning: Any = SearchQuery(f"{word}:*", config="simple", search_type="raw")
    return or_(beginning, SearchQuery(word, config="indonesian", search_type="raw"))


def near(word: str) -> Q:
    """Return the condition that a word of the vocabulary may be meant by ``word``.

    The words are annotated with their length, ``size``.
    """
    size = len(word)
    if connection.vendor == "postgresql":
        alike = Q(word__trigram_similar=word)
        return alike | Q(word__startswith=word[:2], size__range=(size - 1, size + 1))
    edges = Q(word__startswith=word[0]) | Q(word__endswith=word[-1])
    return edges & Q(size__range=(size - 2, size + 2))


def index(entries: QuerySet[Any]) -> None:
    """Write what the search reads of ``entries``, whose texts have been saved."""
    if connection.vendor == "postgresql":
        vectors: list[Any] = [
            SearchVector(part, weight=weight, config=config)
            for part, weight in _PARTS.items()
            for config in ("simple", "indonesian")
        ]
        entries.update(vector=reduce(lambda one, other: one + other, vectors))
        return
    rows = [(pk, title + about + content) for pk, title, about, content in _texts(entries)]
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {_FTS5} WHERE rowid = %s", [(pk,) for pk, _words in rows])  # noqa: S608
        cursor.executemany(f"INSERT INTO {_FTS5} (rowid, words) VALUES (%s, %s)", rows)  # noqa: S608


def _texts(entries: QuerySet[Any]) -> list[tuple[Any, ...]]:
    return list(entries.values_list("pk", *_PARTS))


def install(connection: Any) -> None:
    """Make the table or the indexes of the search if they are not there; as owner of the tables."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {_FTS5} USING fts5(words, detail=none, "
                "prefix='2 3 4', tokenize='unicode61')"
            )
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for table, method in (
            ("standards_searchentry", "gin (vector)"),
            ("standards_searchword", "gin (word gin_trgm_ops)"),
        ):
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {table}_words ON {table} USING {method}")
