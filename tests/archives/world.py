"""Looking for a word in every column of the database and in every stored file."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db import connection

from tests.factories.canaries import found_in


def found_in_database(word: str) -> list[str]:
    """Return the tables and columns in which ``word`` stands, in any case."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            description = connection.introspection.get_table_description(cursor, table)
            for column in description:
                name = connection.ops.quote_name(column.name)
                cursor.execute(
                    f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)} "  # noqa: S608
                    f"WHERE LOWER(CAST({name} AS TEXT)) LIKE %s",
                    [f"%{word.lower()}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column.name}")
    return found


def stored(folder: str = "") -> Iterator[str]:
    """Yield every stored file."""
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}/{name}".lstrip("/") for name in files)
    for name in folders:
        yield from stored(f"{folder}/{name}".lstrip("/"))


def found_in_files(words: dict[str, str]) -> dict[str, set[str]]:
    """Return which of ``words`` stand in which stored file, or inside of it."""
    found = {}
    for name in stored():
        with default_storage.open(name) as file:
            content = file.read()
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        if words_there := found_in(content, name.encode(), words=words):
            found[name] = words_there
    return found
