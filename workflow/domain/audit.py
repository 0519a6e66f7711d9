"""The hash chain of evidence: what is hashed, and in which form.

Each entry holds the digest of one row and the hash of the entry before it. Whoever changes or
removes a row, or an entry, changes every later hash. The form has a number: a later form leaves
entries of earlier ones valid.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

FORM = 1
EMPTY = "0" * 64  # before the first entry


def row_digest(values: Sequence[object]) -> str:
    """Return the SHA-256 of the columns of a row; instants are written in UTC."""
    text = json.dumps([_plain(value) for value in values], ensure_ascii=False)
    return _sha256(text)


def entry_hash(
    chain: str, number: int, source: str, row: str, digest: str, previous: str, form: int = FORM
) -> str:
    """Return the hash of an entry. Raises ``ValueError`` for a form that is not known."""
    if form != FORM:
        raise ValueError(f"form {form} of the audit chain is not known")
    return _sha256(json.dumps([form, chain, number, source, row, digest, previous]))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if value is None or isinstance(value, bool | int) else str(value)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
