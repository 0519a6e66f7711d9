"""Reading ``locale/en`` and what gettext finds in the sources."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.architecture.source import APPS, ROOT

CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
_FIELD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*(\".*\")")
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w+(?::\w+)?\}")
_MARKUP = re.compile(r"<[^>]*>|&\w+;")


@dataclass(frozen=True)
class Message:
    """One sentence of the screens, as the sources write it."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass
class Entry:
    """The English of one message: none, one, or singular and plural."""

    english: tuple[str, ...] = ()
    flags: set[str] = field(default_factory=set)


def read(text: str) -> dict[Message, Entry]:
    """Return the entries of a ``.po`` file, its header left out."""
    entries: dict[Message, Entry] = {}
    for block in text.split("\n\n"):
        fields: dict[str, str] = {}
        flags: set[str] = set()
        last = ""
        for line in block.splitlines():
            if line.startswith("#,"):
                flags |= {flag.strip() for flag in line[2:].split(",")}
            elif not line.startswith("#") and (match := _FIELD.fullmatch(line.strip())):
                last = match[1] or last
                fields[last] = fields.get(last, "") + ast.literal_eval(match[2])
        if fields.get("msgid"):
            message = Message(
                fields["msgid"], fields.get("msgid_plural", ""), fields.get("msgctxt", "")
            )
            english = tuple(words for name, words in fields.items() if name.startswith("msgstr"))
            entries[message] = Entry(english, flags)
    return entries


def catalogue(root: Path = ROOT) -> dict[Message, Entry]:
    """Return the catalogue as it lies on disk."""
    return read((root / CATALOGUE).read_text(encoding="utf-8"))


def collected(folder: Path) -> dict[Message, Entry]:
    """Copy sources and catalogue into ``folder``, run makemessages there, return the catalogue."""
    for name in (*APPS, "templates", "locale"):
        ignored = shutil.ignore_patterns("static", "migrations", "__pycache__", "*.ttf", "*.mo")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    words = ["makemessages", "--locale", "en", "--no-wrap", "--no-obsolete"]
    command = [sys.executable, "-m", "django", *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return catalogue(folder)


def compiled(folder: Path) -> bytes:
    """Return the ``.mo`` file that gettext makes of the catalogue."""
    made = folder / "django.mo"
    command = ["msgfmt", "--check-format", "-o", str(made), str(ROOT / CATALOGUE)]
    subprocess.run(command, check=True, capture_output=True)
    return made.read_bytes()


def faults(message: Message, entry: Entry) -> list[str]:
    """Return what is wrong with the English of one message."""
    if "fuzzy" in entry.flags:
        return ["fuzzy"]
    if len(entry.english) != (2 if message.plural else 1) or not all(entry.english):
        return ["no English"]
    found = []
    for source, words in zip((message.text, message.plural), entry.english, strict=False):
        if sorted(_PLACEHOLDER.findall(source)) != sorted(_PLACEHOLDER.findall(words)):
            found.append("other placeholders")
        if _MARKUP.findall(source) != _MARKUP.findall(words):
            found.append("other markup")
        if _edges(source) != _edges(words):
            found.append("other blanks at its ends")
    return found


def _edges(words: str) -> tuple[bool, bool]:
    return words[:1].isspace(), words[-1:].isspace()


def hidden(source: str) -> list[int]:
    """Return the lines of a module where a sentence stands that gettext does not read.

    That is one given to a function under another name than ``_`` or its own, one inside an f-string
    (or an f-string itself), and one with a ``\\N{…}``.
    """
    tree = ast.parse(source)
    names = {"_": ""}
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                if alias.name.removesuffix("_lazy").endswith("gettext"):
                    names[alias.asname or alias.name] = alias.name
                    if alias.asname not in (None, "_"):
                        lines.append(node.lineno)
    within = {
        id(inner)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.JoinedStr)
        for inner in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id in names and node.args:
            named = "\\N{" in source and "\\N{" in (ast.get_source_segment(source, node) or "")
            made = any(isinstance(part, ast.JoinedStr) for part in node.args)
            if id(node) in within or made or named:
                lines.append(node.lineno)
    return sorted(lines)
