"""Texts of several lines are shown with the filter ``lines``: on pages, in mails and on paper."""

from __future__ import annotations

import re

import pytest

from tests.architecture.test_templates import OWN_FILES, PAGES, TEMPLATES

# what holds a text of several lines, by the last word of its name in templates
LONG = {
    "note", "text", "findings", "statement", "reason", "result", "body", "preamble", "completeness",
    "output", "activity", "remark", "provisional_reason", "story.asked", "ending",
    "ending_note", "value",
}  # fmt: skip
SHORT = {  # codes, numbers and searches under such a name
    "register.text", "entry.text", "signed.number.text", "part.text", "mail.text", "channel.value",
    "body",  # of a letter of an office: finished markup
    "list.filter.text", "words.text", "attrs.value", "widget.value",
}  # fmt: skip
_SHOWN = re.compile(r"\{\{\s*([\w.]+)((?:\|[^}]*?)?)\s*\}\}")
_PASSED = re.compile(r"\b(\w+)=([\w.]+)((?:\|[\w:]+)*)(?=[\s%])")
_BLOCK = re.compile(r"\{% blocktranslate\b(.*?)%\}(.*?)\{% endblocktranslate %\}", re.S)


def without_breaks(page: str) -> list[str]:
    """Return the texts of several lines that a page shows as one line."""
    found = []
    for head, body in _BLOCK.findall(page):
        passed = {name: (source, filters) for name, source, filters in _PASSED.findall(head)}
        shown = [passed.get(name, (name, "")) for name, _filters in _SHOWN.findall(body)]
        found += [name for name, filters in shown if _is_lost(name, filters)]
    rest = _BLOCK.sub(lambda block: " " * len(block[0]), page)
    return found + [
        shown[1]
        for shown in _SHOWN.finditer(rest)
        if _is_lost(shown[1], shown[2]) and not _in_attribute(rest, shown.start())
    ]


def _is_lost(name: str, filters: str) -> bool:
    is_long = name in LONG or name.rpartition(".")[2] in LONG
    kept = "lines" in filters or "crispy" in filters  # a field brings its own control
    return is_long and name not in SHORT and not kept


def _in_attribute(page: str, at: int) -> bool:
    """Whether the place lies inside a tag, or in what only a screen reader says."""
    before = page[:at]
    inside = before.rfind("<") > before.rfind(">")
    return inside or before.rfind("visually-hidden") > before.rfind("</span>")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_texts_of_several_lines_are_shown_so(page):
    assert without_breaks(page.read_text(encoding="utf-8")) == []


def test_no_style_sheet_shows_breaks_by_itself():
    assert [path.name for path in OWN_FILES if "pre-line" in path.read_text(encoding="utf-8")] == []


def test_the_rule_bites():
    assert without_breaks("<p>{{ row.note }}</p>") == ["row.note"]
    assert without_breaks("<p>{{ row.note|lines }}</p>") == []
    assert without_breaks('<input value="{{ row.note }}">') == []
    told = "{% blocktranslate with why=row.reason {} %}{{ why }}{% endblocktranslate %}"
    assert without_breaks(told.replace(" {}", "")) == ["row.reason"]
    assert without_breaks(told.replace(" {}", "|lines")) == []
    assert without_breaks("{% blocktranslate %}{{ note }}{% endblocktranslate %}") == ["note"]
