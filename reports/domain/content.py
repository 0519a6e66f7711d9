"""What a report says, as plain values: chapters, and in them blocks of text, tables and charts.

The same content becomes a page, a PDF, a DOCX and an XLSX file, so that none of them says
something else. It is stored as JSON when the report is compiled. Initials and the signature refer
to its digest.

A block is a dict with ``kind``:

- ``text``: ``words`` as they will be printed, ``written`` as they were composed from the figures;
  with a ``key`` an officer may change the words before approval;
- ``quotes``: ``rows`` of ``key``, ``words`` and ``written``, the SHA-256 digest of what people
  wrote: what an officer takes out is not kept, and without words a row is not printed;
- ``table``: ``title``, ``head`` and ``rows`` (texts and numbers), perhaps a ``key`` to find it by;
- ``bars``: ``title`` and ``rows`` of label, value 0-100, figure as text, meaning;
- ``line``: ``title`` and ``rows`` of label, value 0-100, figure as text.

A chart stands beside a table with the same figures, never alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Block = dict[str, Any]
Content = dict[str, Any]


def text(words: str, key: str = "") -> Block:
    """Return a paragraph; with ``key`` an officer may change it before approval."""
    return {"kind": "text", "key": key, "words": words, "written": words}


def quotes(rows: Sequence[tuple[str, str]]) -> Block:
    """Return what people wrote: key and words of each."""
    return {
        "kind": "quotes",
        "rows": [{"key": key, "words": words, "written": _digest(words)} for key, words in rows],
    }


def table(
    title: str, head: Sequence[str], rows: Sequence[Sequence[object]], key: str = ""
) -> Block:
    """Return a table."""
    return {
        "kind": "table",
        "key": key,
        "title": title,
        "head": list(head),
        "rows": [list(row) for row in rows],
    }


def bars(title: str, rows: Sequence[tuple[str, float, str, str]]) -> Block:
    """Return a bar chart of values from 0 to 100: label, value, its text, meaning."""
    return {"kind": "bars", "title": title, "rows": [list(row) for row in rows]}


def line(title: str, rows: Sequence[tuple[str, float, str]]) -> Block:
    """Return a line chart of values from 0 to 100, the oldest first: label, value, its text."""
    return {"kind": "line", "title": title, "rows": [list(row) for row in rows]}


def chapter(title: str, *blocks: Block, number: str = "") -> dict[str, Any]:
    """Return a chapter ("Bab I", "Pendahuluan")."""
    return {"number": number, "title": title, "blocks": list(blocks)}


def report(*chapters: dict[str, Any], **facts: Any) -> Content:
    """Return the content of a report; ``facts`` are plain values that its kind reads later."""
    return {"chapters": list(chapters), "facts": facts}


def blocks(content: Mapping[str, Any]) -> Iterator[Block]:
    """Yield every block in the order of the page."""
    for part in content["chapters"]:
        yield from part["blocks"]


def editable(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield everything whose ``words`` an officer may change: paragraphs with a key, and quotes."""
    for block in blocks(content):
        if block["kind"] == "text" and block["key"]:
            yield block
        elif block["kind"] == "quotes":
            yield from block["rows"]


def has_quotes(content: Mapping[str, Any]) -> bool:
    """Whether words of citizens stand in it, which an officer must read before others do."""
    return any(block["kind"] == "quotes" and block["rows"] for block in blocks(content))


def without_quotes(content: Content) -> Content:
    """Return the content without the words of citizens."""
    changed = copied(content)
    for block in blocks(changed):
        if block["kind"] == "quotes":
            block["rows"] = []
    return changed


def put_words(content: Content, words: Mapping[str, str]) -> Content:
    """Return the content with these words by key; keys that it has not are left out."""
    changed = copied(content)
    for part in editable(changed):
        part["words"] = words.get(part["key"], part["words"])
    return changed


def put_block(content: Content, key: str, block: Block) -> Content:
    """Return the content with the block of this key exchanged."""
    changed = copied(content)
    for part in changed["chapters"]:
        part["blocks"] = [
            block if one.get("key") == key and one["kind"] == block["kind"] else one
            for one in part["blocks"]
        ]
    return changed


def keep_words(fresh: Content, earlier: Content) -> Content:
    """Return ``fresh`` with the words an officer changed, where the composed words are the same."""
    before = {part["key"]: part for part in editable(earlier)}
    kept = {
        part["key"]: before[part["key"]]["words"]
        for part in editable(fresh)
        if part["key"] in before and before[part["key"]]["written"] == part["written"]
    }
    return put_words(fresh, kept)


def copied(content: Content) -> Content:
    """Return a copy that shares nothing."""
    made: Content = json.loads(json.dumps(content))
    return made


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 digest of the content, to which initials and signature refer."""
    return _digest(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
