"""Templates parse, and hold nothing that the content-security policy would refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import engines

from portal.templatetags import components

pytestmark = pytest.mark.no_cover
ROOT = Path(components.__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "portal" / "static" / "portal"
PAGES = sorted(TEMPLATES.rglob("*.html"))
ALL = PAGES + sorted(TEMPLATES.rglob("*.txt"))
OWN_FILES = sorted((STATIC / "css").rglob("*.css")) + sorted((STATIC / "js").rglob("*.js"))

COLUMNS = 120

MAILS = "notices/"  # programs that read mail know no style sheets

_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
_BLOCKS = re.compile(
    r"<(?:div|p|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|form|section|article|header|footer|nav"
    r"|main|h[1-6]|details|summary|fieldset|legend|figure|figcaption|blockquote|caption|hr|select"
    r"|textarea|button)\b"
)
_COMMENTS = re.compile(r"\{% comment.*?endcomment %\}", re.S)


def _inline_style(page: str) -> bool:
    return bool(re.search(r"\sstyle\s*=|<style\b", page, re.I))


def _inline_script(page: str) -> bool:
    return any(
        not re.search(r"\ssrc\s*=", tag) for tag in re.findall(r"<script\b[^>]*>", page, re.I)
    )


def _handler(page: str) -> bool:
    return bool(re.search(r"<[^>]*\son[a-z]+\s*=|javascript:|\shx-on\b", page, re.I))


def _remote_address(page: str) -> bool:
    return bool(
        re.search(
            r"\s(?:src|srcset|href|action|formaction|data|poster|content|hx-\w+)"
            r"\s*=\s*[\"']?\s*(?:https?:)?//",
            page,
            re.I,
        )
    )


RULES: dict[str, Callable[[str], bool]] = {
    "inline style": _inline_style,
    "inline script": _inline_script,
    "event handler": _handler,
    "remote address": _remote_address,
}


def faults(source: str, name: str = "") -> list[str]:
    """Return what is wrong with a page: its markup is read without what Django puts into it."""
    source = _COMMENTS.sub("", source)
    markup = _TAGS.sub("", source)
    found = [rule for rule, broken in RULES.items() if broken(markup)]
    if name.startswith(MAILS):
        found = [rule for rule in found if rule != "inline style"]
    if re.search(r"\|\s*safe\b|autoescape off", source):
        found.append("unescaped value")
    for picture in re.findall(r"\{% icon \"([^\"]+)\"", source):
        if not (components.ICONS / f"{picture}.svg").is_file():
            found.append(f"no icon {picture}")
    return found


def too_long(source: str) -> list[int]:
    """Return the numbers of the lines that are longer than COLUMNS."""
    return [n for n, line in enumerate(source.split("\n"), 1) if len(line) > COLUMNS]


def crowded(source: str) -> list[int]:
    """Return the numbers of the lines on which more than one block element begins.

    Elements within a line of text (links, icons, emphasis) stand in that line.
    """
    lines = enumerate(_COMMENTS.sub("", source).split("\n"), 1)
    return [n for n, line in lines if len(_BLOCKS.findall(_TAGS.sub("", line))) > 1]


def _name(file: Path) -> str:
    return file.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("file", ALL, ids=_name)
def test_every_template_parses(file: Path) -> None:
    engines["django"].get_template(_name(file))


@pytest.mark.parametrize("file", PAGES, ids=_name)
def test_no_page_holds_what_the_policy_refuses(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8"), _name(file)) == []


@pytest.mark.parametrize("file", PAGES, ids=_name)
def test_no_line_of_a_page_is_above_120_columns(file: Path) -> None:
    assert too_long(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", PAGES, ids=_name)
def test_one_block_element_begins_on_a_line_of_a_page(file: Path) -> None:
    assert crowded(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", OWN_FILES, ids=lambda file: file.name)
def test_styles_and_scripts_of_ours_fetch_nothing_from_elsewhere(file: Path) -> None:
    assert not re.search(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", file.read_text(), re.I)


@pytest.mark.parametrize("file", sorted((TEMPLATES / "components").glob("*.html")), ids=_name)
def test_a_component_names_its_parameters_on_top(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith("{% comment %}")


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('<p style="color:red">x</p>', "inline style"),
        ("<style>p{color:red}</style>", "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<script type="module">x</script>', "inline script"),
        ('<a href="#" onclick="x()">x</a>', "event handler"),
        ('<a href="javascript:x()">x</a>', "event handler"),
        ('<button hx-on:click="x()">x</button>', "event handler"),
        ('<img src="https://example.org/x.png">', "remote address"),
        ('<link href="//example.org/x.css">', "remote address"),
        ('<form action=" http://example.org/">', "remote address"),
        ("{{ note|safe }}", "unescaped value"),
        ("{% autoescape off %}{{ note }}{% endautoescape %}", "unescaped value"),
        ('{% icon "no-such-picture" %} x', "no icon no-such-picture"),
    ],
)
def test_the_rule_bites(source: str, fault: str) -> None:
    assert fault in faults(source)


@pytest.mark.parametrize(
    ("source", "numbers"),
    [
        ("x" * 120, []),
        ("x" * 121, [1]),
        ("é" * 120 + "\n" + "x" * 121 + "\n", [2]),
    ],
)
def test_the_rule_of_120_columns_bites(source: str, numbers: list[int]) -> None:
    assert too_long(source) == numbers


@pytest.mark.parametrize(
    ("source", "numbers"),
    [
        ('<p>\n<a href="x"><b>x</b></a></p>', []),
        ("<tr>\n{% for x in y %}<td>{{ x }}</td>{% endfor %}\n</tr>", []),
        ("<tr><td>x</td></tr>\n<ul><li>x</li></ul>", [1, 2]),
    ],
)
def test_the_rule_of_one_element_a_line_bites(source: str, numbers: list[int]) -> None:
    assert crowded(source) == numbers


@pytest.mark.parametrize(
    "source",
    [
        '<script src="{% static "x.js" %}" defer></script>',
        '<a href="{{ url }}">https://example.org adalah contoh</a>',
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        "{% comment %} never <script> or style= here {% endcomment %}<p>x</p>",
        '<p class="stylish" data-once="1">on = 1</p>',
        '<option value="a"{% if x %} selected{% endif %}>',
    ],
)
def test_the_rule_does_not_bite_the_innocent(source: str) -> None:
    assert faults(source) == []


def test_a_mail_may_carry_its_style_but_no_script() -> None:
    assert faults('<p style="margin:0">x</p>', "notices/permits/returned.html") == []
    assert faults("<script>x</script>", "notices/permits/returned.html") == ["inline script"]
