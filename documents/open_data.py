"""Open data: tables and lists of records that are written while they are read, for other sites."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.http import StreamingHttpResponse

from documents.spreadsheets import CSV, safe

JSON = "application/json"


class _Echo:
    """Gives a written line back instead of keeping it, as the example in Django's documentation."""

    def write(self, line: str) -> str:
        return line


def json_lines(
    head: Mapping[str, Any], name: str, records: Iterable[Mapping[str, Any]]
) -> Iterator[str]:
    """Yield one JSON object: ``head``, and under ``name`` the records, one at a time."""
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "{name}": ['
    for place, record in enumerate(records):
        yield (",\n" if place else "\n") + json.dumps(record, ensure_ascii=False)
    yield "\n]}\n"


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of a table; texts are escaped against formula injection."""
    writer: Any = csv.writer(_Echo())
    yield writer.writerow(head)
    for row in rows:
        yield writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])


def as_json(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    """Return ``lines`` as a JSON file that other sites may read."""
    return _file(lines, JSON, name)


def as_csv(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    """Return ``lines`` as a table that other sites may read."""
    return _file(lines, CSV, name)


def _file(lines: Iterator[str], kind: str, name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines, content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
