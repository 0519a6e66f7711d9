"""Reads TOML files key by key; an error names the file and the key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.domain.tomltext import LONG_KEY, key_lines, line_of

_Value = TypeVar("_Value")
_Row = TypeVar("_Row", bound=models.Model)

_KINDS: dict[type, str | Promise] = {
    str: _("teks"),
    int: _("bilangan bulat"),
    bool: _("true atau false"),
    date: _("tanggal seperti 2025-01-31"),
    time: _("jam seperti 07:30:00"),
    list: _("daftar"),
    dict: _("tabel"),
}


class FileFault(Exception):
    """Something is wrong in a file: which file, line (``None`` if unknown) and key, and what."""

    def __init__(self, path: Path, key: str, what: str | Promise, line: int | None = None) -> None:
        place = f"{path.parent.name}/{path.name}"
        words = f"{place}: {key}: {what}" if key else f"{place}: {what}"
        at_line = _("%(words)s (baris %(line)s)") % {"words": words, "line": line}
        super().__init__(at_line if line else words)
        self.key, self.what, self.line = key, what, line

    @property
    def faults(self) -> list[FileFault]:
        """Everything that is wrong: this, unless it stands for several."""
        return [self]


class FileFaults(FileFault):
    """Several faults of one file, in the order of its lines."""

    def __init__(self, path: Path, faults: Sequence[FileFault]) -> None:
        self._faults = sorted(faults, key=lambda fault: fault.line or 0)
        first = self._faults[0]
        super().__init__(path, first.key, first.what, first.line)
        self.args = ("\n".join(str(fault) for fault in self._faults),)

    @property
    def faults(self) -> list[FileFault]:
        """Everything that is wrong."""
        return self._faults


class Table:
    """One table of a file: each key is read by type; ``end`` refuses keys that were not read.

    Why so many: one method for each type of value, required or with a default.
    """

    def __init__(
        self,
        path: Path,
        values: dict[str, Any],
        place: str = "",
        lines: Mapping[str, int] | None = None,
    ) -> None:
        self.path = path
        self.place = place
        self._values = values
        self._lines = lines
        self._read_keys: set[str] = set()

    def fault(self, key: str, what: str | Promise) -> FileFault:
        """Return the fault to raise about ``key``; "" is the table itself."""
        name = self._name(key)
        return FileFault(self.path, name, what, line_of(self._lines, name))

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text without the line breaks around it; required when there is no default."""
        return self._required(key, str, default).strip("\n")

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number."""
        return self._required(key, int, default)

    def optional_whole(self, key: str) -> int | None:
        """Return a whole number or ``None``."""
        return self._value(key, int)

    def flag(self, key: str, default: bool) -> bool:
        """Return a yes or no."""
        return self._required(key, bool, default)

    def day(self, key: str) -> date:
        """Return a date."""
        return self._required(key, date, None)

    def optional_day(self, key: str) -> date | None:
        """Return a date or ``None``."""
        return self._value(key, date)

    def hour(self, key: str) -> time:
        """Return a time of day."""
        return self._required(key, time, None)

    def texts(self, key: str, default: Sequence[str] | None = None) -> list[str]:
        """Return a list of texts."""
        items = self._required(key, list, None if default is None else list(default))
        if not all(isinstance(item, str) for item in items):
            raise self.fault(key, _("harus berupa daftar teks"))
        return items

    def one_of(self, key: str, known: Collection[str]) -> str:
        """Return the name under ``key``, which must be one of ``known``; "" when it is absent."""
        name = self.text(key, "")
        if name and name not in known:
            raise self.fault(key, _("%(name)s tidak dikenal") % {"name": name})
        return name

    def found_in(self, key: str, known: Mapping[str, _Value]) -> _Value | None:
        """Return the value of the name under ``key`` in ``known``; ``None`` when it is absent."""
        name = self.one_of(key, known)
        return known[name] if name else None

    def all_in(self, key: str, known: Mapping[str, _Value]) -> list[_Value]:
        """Return the values of the names in the list under ``key``."""
        for name in self.texts(key):
            if name not in known:
                raise self.fault(key, _("%(name)s tidak dikenal") % {"name": name})
        return [known[name] for name in self.texts(key)]

    def table(self, key: str) -> Table:
        """Return a table inside this one."""
        return Table(self.path, self._required(key, dict, None), self._name(key), self._lines)

    def tables(self, key: str) -> list[Table]:
        """Return a list of tables, empty when the key is absent; each knows its place from 1."""
        items = self._required(key, list, [])
        if not all(isinstance(item, dict) for item in items):
            raise self.fault(key, _("harus berupa daftar tabel"))
        name = self._name(key)
        places = [f"{name}[{number}]" for number in range(1, len(items) + 1)]
        return [
            Table(self.path, item, place, self._lines)
            for item, place in zip(items, places, strict=True)
        ]

    def named(self) -> Iterator[tuple[str, Table]]:
        """Yield every key of this table with the table it holds."""
        for key in self._values:
            yield key, self.table(key)

    def unread(self) -> list[str]:
        """Return the keys that were not read: they are misspelt."""
        return [key for key in self._values if key not in self._read_keys]

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._values

    def end(self) -> None:
        """Refuse keys that were not read: they are misspelt."""
        for key in self.unread():
            raise self.fault(key, _("kunci ini tidak dikenal"))

    def _name(self, key: str) -> str:
        return f"{self.place}.{key}".strip(".")

    def _required(self, key: str, kind: type[_Value], default: _Value | None) -> _Value:
        value = self._value(key, kind)
        if value is not None:
            return value
        if default is None:
            raise self.fault(key, _("wajib diisi"))
        return default

    def _value(self, key: str, kind: type[_Value]) -> _Value | None:
        self._read_keys.add(key)
        value = self._values.get(key)
        if value is None:
            return None
        wrong_type = isinstance(value, bool) if kind is int else isinstance(value, datetime)
        if not isinstance(value, kind) or wrong_type:
            raise self.fault(key, _("harus berupa %(kind)s") % {"kind": _KINDS[kind]})
        return value


def read(path: Path) -> Table:
    """Return the whole of ``path``; raises ``FileFault`` when it cannot be read."""
    try:
        return parsed(path.read_bytes(), path)
    except OSError as error:
        raise FileFault(path, "", _("tidak dapat dibuka")) from error


def parsed(content: bytes, path: Path) -> Table:
    """Return the whole of a file of which ``content`` are the bytes and ``path`` the name.

    Raises ``FileFault``, also for a file that was made to keep the parser busy.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileFault(path, "", _("bukan TOML: isinya bukan teks UTF-8"), line) from error
    long = LONG_KEY.search(text)
    if long is not None:
        line = text.count("\n", 0, long.start()) + 1
        raise FileFault(path, "", _("bukan TOML yang wajar: nama kunci terlalu panjang"), line)
    try:
        return Table(path, tomllib.loads(text), lines=key_lines(text))
    except RecursionError as error:
        raise FileFault(path, "", _("bukan TOML yang wajar: terlalu dalam bersarang"), 1) from error
    except ValueError as error:  # also a number of thousands of digits
        line, column = _place_of(error, text)
        what = _("bukan TOML yang benar (kolom %(column)s)") % {"column": column}
        raise FileFault(path, "", what, line) from error


def _place_of(error: ValueError, text: str) -> tuple[int, int]:
    """Return line and column of an error of the parser, which tells them in its sentence."""
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    if found:
        return int(found[1]), int(found[2])
    last = text.rstrip("\n").split("\n")
    return len(last), len(last[-1])


def save_validated(row: _Row, path: Path, place: str) -> _Row:
    """Save a new ``row`` after its full validation; raises ``FileFault`` with what is wrong."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise FileFault(path, place, _sentences(error)) from error
    row.save(force_insert=True)
    return row


def _sentences(error: ValidationError) -> str:
    parts = []
    for field, messages in error.message_dict.items():
        name = "" if field == NON_FIELD_ERRORS else f"{field}: "
        parts.append(name + " ".join(messages))
    return "; ".join(parts)
