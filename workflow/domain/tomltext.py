"""Where the keys of a TOML text stand, and texts as TOML writes them.

The parser of Python tells no lines, so a second, much smaller reading finds them. It takes a text
that the parser has accepted and only looks for keys and brackets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

# The parser takes time that grows with the square of the parts of a key: 30 are refused.
LONG_KEY = re.compile(
    r"""^[ \t]*\[{0,2}[ \t]*(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){30}""",
    re.MULTILINE,
)
_BLANK = re.compile(r"(?:[ \t\r\n,]++|\#[^\n]*+)*+")
_KEY = re.compile(r"""[ \t]*([A-Za-z0-9_-]++|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+')[ \t]*(\.?)""")
_SCALAR = re.compile(
    r"""\"{3}(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"{3,5}|\'{3}(?:[^']++|'{1,2}(?!'))*+'{3,5}"""
    r"""|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+'|[^,\]}\#\n]++"""
)


def key_lines(text: str) -> dict[str, int]:
    """Return the line (from 1) of every key and table of ``text``, a valid TOML text.

    Names are those of ``workflow.tomlfile.Table``: "groups[2].requirements[1].text".
    """
    return _Finder(text.replace("\r\n", "\n")).found()


def line_of(lines: Mapping[str, int] | None, key: str) -> int | None:
    """Return the line of ``key``, or of the table it is missing from; ``None`` without lines."""
    if lines is None:
        return None
    while key and key not in lines:
        key = key[: max(key.rfind("."), 0)]
    return lines.get(key, 1)


class _Finder:
    """Walks over a TOML text once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counted_to = 0
        self._line = 1
        self._lines: dict[str, int] = {}
        self._rows: dict[str, int] = {}  # arrays of tables: how many so far

    def found(self) -> dict[str, int]:
        table = ""
        self._skip()
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
            self._skip()
        return self._lines

    def _header(self) -> str:
        many = self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        *above, last = self._key()
        self._at += 2 if many else 1
        name = ""
        for part in above:
            name = self._current(_joined(name, part))
            self._lines.setdefault(name, self._here())
        name = _joined(name, last)
        if many:
            self._rows[name] = self._rows.get(name, 0) + 1
        name = self._current(name)
        self._lines.setdefault(name, self._here())
        return name

    def _current(self, name: str) -> str:
        return f"{name}[{self._rows[name]}]" if name in self._rows else name

    def _pair(self, table: str) -> None:
        line = self._here()
        name = table
        for part in self._key():
            name = _joined(name, part)
            self._lines.setdefault(name, line)
        self._skip()
        self._at += 1  # the equals sign
        self._value(name)

    def _value(self, name: str) -> None:
        self._skip()
        opening = self._text[self._at : self._at + 1]
        if opening == "{":
            self._at += 1
            self._skip()
            while not self._text.startswith("}", self._at):
                self._pair(name)
                self._skip()
            self._at += 1
        elif opening == "[":
            self._items(name)
        else:
            match = _SCALAR.match(self._text, self._at)
            self._at = match.end() if match else len(self._text)

    def _items(self, name: str) -> None:
        self._at += 1
        self._skip()
        number = 0
        while self._at < len(self._text) and self._text[self._at] != "]":
            number += 1
            place = f"{name}[{number}]"
            self._lines[place] = self._here()
            self._value(place)
            self._skip()
        self._at += 1

    def _key(self) -> list[str]:
        parts = []
        more = "."
        while more and (match := _KEY.match(self._text, self._at)):
            name, more = match.groups()
            parts.append(name[1:-1] if name[0] in "\"'" else name)
            self._at = match.end()
        return parts or [""]

    def _skip(self) -> None:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _here(self) -> int:
        self._line += self._text.count("\n", self._counted_to, self._at)
        self._counted_to = self._at
        return self._line


def _joined(name: str, part: str) -> str:
    return f"{name}.{part}" if name else part


def quoted(text: str) -> str:
    """Return ``text`` as a TOML string; a text of several lines stands on lines of its own.

    Line breaks at both ends carry no meaning in our files and are left out.
    """
    text = text.strip("\n")
    if "\n" not in text:
        return _escaped(text)
    lines = [_escaped(line)[1:-1].replace('\\"', '"') for line in text.split("\n")]
    body = "\n".join(lines).replace('"""', '""\\"')
    return f'"""\n{body}\n"""'


def _escaped(line: str) -> str:
    return json.dumps(line, ensure_ascii=False).replace("\x7f", "\\u007f")
