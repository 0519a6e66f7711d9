"""Line breaks that people type are there on pages, in HTML mails and on paper."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from tests.factories.printed import certificate_content

TWO_LINES = "Baris satu & dua\nBaris tiga"
SHOWN = "Baris satu &amp; dua<br>Baris tiga"


def show(value: object) -> str:
    return Template("{{ value|lines }}").render(Context({"value": value}))


def test_a_break_is_shown_and_markup_is_text() -> None:
    assert show(TWO_LINES) == SHOWN
    assert show("<b>\n") == "&lt;b&gt;<br>"


def test_other_values_are_shown_as_always() -> None:
    assert show(date(2026, 11, 27)) == "27 Nov. 2026"
    assert show(None) == "None"


@pytest.mark.parametrize(
    "mail",
    ["permits/returned", "permits/rejected", "permits/rescheduled", "permits/lapsed",
     "complaints/incomplete", "complaints/report_returned"],
)  # fmt: skip
def test_a_note_keeps_its_lines_in_the_mail(mail: str) -> None:
    assert SHOWN in render_to_string(
        f"notices/{mail}.html", {"note": TWO_LINES, "code": "7KQM-X4TD"}
    )


def test_the_permit_keeps_the_lines_of_its_sentence_and_answers() -> None:
    content = certificate_content(statement=TWO_LINES, data=[["Uraian", TWO_LINES]])
    page = render_to_string("certificates/certificate.html", content)
    assert page.count(SHOWN) == 2
