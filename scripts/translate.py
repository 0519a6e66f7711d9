"""Keep the English of the screens in step with them: ``.venv/bin/python scripts/translate.py``.

Indonesian is written in the sources; ``locale/en/LC_MESSAGES/django.po`` holds its English. This
script looks up every sentence the screens use, adds the new ones to that file without English,
drops those that nobody uses any more, and writes the ``django.mo`` that Django reads. It says what
is still without English and then ends with 1. ``--check`` changes nothing.

It needs no gettext program: a bare machine has none.
"""

import argparse
import ast
import re
import struct
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
_NOT_SCREENS = {"scripts", "tests"}
_TEMPLATES = {".html", ".txt"}

_HEADER = """\
# English for the portal. The sentences come from the sources by scripts/translate.py; see
# docs/translation.md.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

# What the arguments of each function of django.utils.translation are.
_FUNCTIONS = {
    "gettext": ("text",),
    "gettext_noop": ("text",),
    "ngettext": ("text", "plural"),
    "pgettext": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
}
_LITERAL = r"u?(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
_IN_TEMPLATE = re.compile(rf"(?:\b(n?p?gettext)|(?<!\w)_)\(({_LITERAL}(?:,\s*{_LITERAL})*)")
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


def in_python(source: str) -> Iterator[Message]:
    """Yield the messages of a module in their order, whatever name it gave to ``gettext``."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: _FUNCTIONS[alias.name.removesuffix("_lazy")]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name.removesuffix("_lazy") in _FUNCTIONS
    }
    calls = [
        (node.lineno, node.col_offset, names[node.func.id], node.args)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]
    for _line, _column, meanings, arguments in sorted(calls, key=lambda call: call[:2]):
        parts = [_constant(part) for part in arguments[: len(meanings)]]
        if all(part is not None for part in parts):
            yield Message(**dict(zip(meanings, map(str, parts), strict=True)))


def _constant(node: ast.expr) -> str | None:
    if isinstance(node, ast.JoinedStr):
        raise ValueError(f"line {node.lineno}: an f-string cannot be translated")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_template(source: str) -> Iterator[Message]:
    """Yield the messages of a template in their order."""
    for function, arguments in _IN_TEMPLATE.findall(templatize(source)):
        parts = [ast.literal_eval(part) for part in re.findall(_LITERAL, arguments)]
        yield Message(**dict(zip(_FUNCTIONS[function or "gettext"], parts, strict=True)))


def messages() -> dict[Message, list[str]]:
    """Return every message of the screens with the files that use it."""
    found: dict[Message, list[str]] = {}
    for path in files():
        read = in_python if path.suffix == ".py" else in_template
        name = path.relative_to(ROOT).as_posix()
        for message in read(path.read_text(encoding="utf-8")):
            users = found.setdefault(message, [])
            if name not in users:
                users.append(name)
    return found


def files() -> Iterator[Path]:
    """Yield the modules of the apps and the templates, always in the same order."""
    apps = sorted(path.parent for path in ROOT.glob("*/__init__.py"))
    for app in apps:
        if app.name not in _NOT_SCREENS:
            yield from (p for p in sorted(app.rglob("*.py")) if "migrations" not in p.parts)
    yield from (p for p in sorted((ROOT / "templates").rglob("*.*")) if p.suffix in _TEMPLATES)


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


def write(entries: Mapping[Message, Entry], users: Mapping[Message, list[str]]) -> str:
    """Return the ``.po`` file of ``entries``."""
    blocks = [_HEADER]
    for message, entry in entries.items():
        lines = [f"#: {name}" for name in users.get(message, [])]
        flags = entry.flags - {"python-format"}
        if _PLACEHOLDER.search(message.text) and "{" not in message.text:
            flags = flags | {"python-format"}
        if flags:
            lines.append("#, " + ", ".join(sorted(flags)))
        if message.context:
            lines.append(f"msgctxt {_quoted(message.context)}")
        lines.append(f"msgid {_quoted(message.text)}")
        if message.plural:
            lines.append(f"msgid_plural {_quoted(message.plural)}")
            for number, words in enumerate(entry.english or ("", "")):
                lines.append(f"msgstr[{number}] {_quoted(words)}")
        else:
            lines.append(f"msgstr {_quoted(entry.english[0] if entry.english else '')}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _quoted(words: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        words = words.replace(plain, escaped)
    return f'"{words}"'


def compiled(entries: Mapping[Message, Entry]) -> bytes:
    """Return the ``.mo`` file of ``entries``: two tables of lengths and places, then the words."""
    header = "".join(ast.literal_eval(line) for line in _HEADER.splitlines() if line[:1] == '"')
    pairs = {b"": header.encode()}
    for message, entry in entries.items():
        if all(entry.english) and entry.english and "fuzzy" not in entry.flags:
            key = f"{message.context}\x04" * bool(message.context) + message.text
            key += f"\x00{message.plural}" * bool(message.plural)
            pairs[key.encode()] = "\x00".join(entry.english).encode()
    keys = sorted(pairs)
    place = 28 + 16 * len(keys)  # behind seven numbers of head and both tables
    tables: list[int] = []
    words = b""
    for part in (*keys, *(pairs[key] for key in keys)):
        tables += [len(part), place + len(words)]
        words += part + b"\x00"
    head = (0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, place)
    return struct.pack(f"<{7 + len(tables)}I", *head, *tables) + words


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


def main() -> int:
    """Update the catalogue and say what is left to translate."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    check = parser.parse_args().check
    used = messages()
    known = read(CATALOGUE.read_text(encoding="utf-8")) if CATALOGUE.is_file() else {}
    entries = {message: known.get(message, Entry()) for message in used}
    for message in known.keys() - used.keys():
        print(f"gone: {message.text}\n      {' | '.join(known[message].english)}")
    wrong = {message: found for message in used if (found := faults(message, entries[message]))}
    for message, found in wrong.items():
        print(f"{', '.join(found)}: {message.text}  ({used[message][0]})")
    if not check:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(write(entries, used), encoding="utf-8")
        CATALOGUE.with_suffix(".mo").write_bytes(compiled(entries))
    print(f"{len(entries) - len(wrong)} of {len(entries)} sentences have English")
    return 1 if wrong or known.keys() - used.keys() and check else 0


if __name__ == "__main__":
    sys.exit(main())
