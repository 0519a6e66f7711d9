"""Every control that sends something is a field of a form, and django-crispy-forms draws it."""

from __future__ import annotations

import re

import pytest

from tests.architecture.test_templates import PAGES, TEMPLATES

_ROWS = "one control for each row of a list that the standard makes as long as it likes"
BY_HAND = {
    "account/email.html": "django-allauth reads the choice without a form",
    "bootstrap5/layout/radio_checkbox_select.html": "draws the choices of every field",
    "permits/applicant/_add_upload.html": _ROWS,
    "permits/applicant/_statement.html": _ROWS,
    "permits/applicant/_upload.html": f"{_ROWS}; a file and a photo of one name",
    "permits/desk/_answer_verdict.html": _ROWS,
    "permits/desk/_verdict_buttons.html": _ROWS,
    "surveys/_questions.html": "a trap for programs, which no person sees",
}
_CONTROL = re.compile(r"<(?:input|select|textarea)\b(?:\{[{%].*?[%}]\}|[^>])*>", re.S)
_UNSEEN = re.compile(r"\btype=\"(?:hidden|submit)\"")
_NAMED = re.compile(r"\sname=")  # a control without a name is not sent


def controls(source: str) -> list[str]:
    """Return the controls of a page that are written by hand and sent."""
    return [
        control
        for control in _CONTROL.findall(source)
        if _NAMED.search(control) and not _UNSEEN.search(control)
    ]


def test_only_these_pages_write_a_control_by_hand() -> None:
    found = {
        page.relative_to(TEMPLATES).as_posix()
        for page in PAGES
        if controls(page.read_text(encoding="utf-8"))
    }
    assert found == set(BY_HAND)


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('<input type="search" name="q">', 1),
        ('<input{% if a > b %} checked{% endif %}\n  class="x"\n  name="q">', 1),
        ('<select id="a" name="a"></select><textarea name="b"></textarea>', 2),
        ('<input type="hidden" name="seen" value="{{ seen }}">', 0),
        ('<input type="submit" name="a" value="Kirim">', 0),
        ('<input type="email" autocomplete="username" hidden>', 0),
        ("<textarea readonly></textarea>", 0),
        ("<form>{% crispy form %}</form>", 0),
    ],
)
def test_the_rule_bites(source: str, count: int) -> None:
    assert len(controls(source)) == count
