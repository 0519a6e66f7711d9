"""A report as files to work with: DOCX for who edits, XLSX for who counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from documents.spreadsheets import Table, workbook_of
from reports.chapters import with_charts
from reports.domain import content as contents

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PARTS = {
    "[Content_Types].xml": "reports/docx/types.xml",
    "_rels/.rels": "reports/docx/rels.xml",
    "word/_rels/document.xml.rels": "reports/docx/document_rels.xml",
    "word/styles.xml": "reports/docx/styles.xml",
    "word/document.xml": "reports/docx/document.xml",
}
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31  # of a sheet


def document(facts: Mapping[str, Any]) -> bytes:
    """Return a report as DOCX: the facts of ``services.signing.paper_content``.

    Its tables stand for the charts, which a word processor would not let anybody change.
    """
    context = {**facts, "chapters": with_charts(facts["chapters"])}
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, template in _PARTS.items():
            part = _NOT_IN_XML.sub("", render_to_string(template, context)).strip()
            archive.writestr(_entry(name), part.encode())
    return written.getvalue()


def _entry(name: str) -> ZipInfo:
    """Return an entry without the time of day: the same report gives the same file."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry


def workbook(content: Mapping[str, Any], more: Sequence[Table] = ()) -> bytes:
    """Return the tables of a report as XLSX, a sheet for each; ``more`` come after them."""
    tables = [
        Table(block["title"], block["head"], block["rows"], block["title"])
        for block in contents.blocks(content)
        if block["kind"] == "table"
    ]
    return workbook_of(_named([*tables, *more]) or [Table("", [], [])])


def _named(tables: Sequence[Table]) -> list[Table]:
    """Return the tables with names that a workbook takes: short, plain, each once."""
    named: list[Table] = []
    taken: set[str] = set()
    for number, table in enumerate(tables, start=1):
        name = _NOT_IN_NAMES.sub(" ", table.name or table.title)[:_LONGEST_NAME].strip()
        if not name or name.lower() in taken:
            name = f"{name[: _LONGEST_NAME - 4].strip()} {number}".strip()
        taken.add(name.lower())
        named.append(replace(table, name=name))
    return named
