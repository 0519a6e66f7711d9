"""The letter of refusal as its standard words it; what it must say is printed in any case."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string

from demo import samples
from permits.content import refusals as content
from permits.models import Refusal
from permits.services.sample_papers import contents_of
from standards.domain.steps import StepKind
from standards.services import drafting
from tests.factories.permits import NOON, at_step, make_cast, make_keys

pytestmark = pytest.mark.django_db
OWN: dict[str, Any] = {
    "refusal_title": "Keputusan Penolakan",
    "refusal_statement": "Permohonan {nomor_permohonan} oleh {pemegang}\ntidak dapat diterima.",
    "refusal_on_behalf_of": "Wali Kota",
    "refusal_number_pattern": "503/{nomor:03}/TOLAK/{tahun}",
}


def test_the_letter_is_worded_numbered_and_signed_as_the_standard_says(time_machine) -> None:
    time_machine.move_to(NOON, tick=False)
    cast = make_cast(**OWN)
    make_keys(cast)
    letters = []
    for _nth in range(2):
        file = samples.refuse(at_step(cast, StepKind.DRAFT), NOON, reason="Data tidak benar.")
        letters.append(file.certificate)
    letter = letters[0]
    assert [str(row) for row in letters] == ["503/001/TOLAK/2026", "503/002/TOLAK/2026"]
    assert letter.content["title"] == "Keputusan Penolakan"
    assert letter.content["signer"]["on_behalf_of"] == "Wali Kota"
    assert letter.content["signer"]["position"] == "Kepala dinas"
    holder = letter.application.holder_name
    said = f"Permohonan {letter.application.number} oleh {holder}"
    assert letter.content["statement"].startswith(said)
    page = render_to_string("certificates/refusal_letter.html", letter.content)
    for text in (said, "Keputusan Penolakan", "Data tidak benar.", "Dasar penolakan", "Keberatan"):
        assert text in page
    assert "<strong>ditolak</strong>" not in page


def test_a_standard_without_words_of_its_own_keeps_those_of_the_portal(time_machine) -> None:
    time_machine.move_to(NOON, tick=False)
    cast = make_cast()
    file = at_step(cast, StepKind.SIGN)
    refusal = Refusal(application=file, reason="-", ground="-", proposed_at=NOON)
    text = content.draft_content(refusal)
    assert text["title"] == "Surat penolakan permohonan"
    page = render_to_string("certificates/refusal_letter.html", text)
    assert "<strong>ditolak</strong>" in page
    assert "<strong>Penolakan permohonan</strong>" in page
    assert "a.n." not in page


def test_the_preview_of_a_draft_shows_it(time_machine) -> None:
    time_machine.move_to(NOON, tick=False)
    cast = make_cast(**OWN)
    draft = drafting.new_draft(cast.version, actor=None, at=NOON)
    assert draft.refusal_statement == OWN["refusal_statement"]
    draft.effective_on = cast.office.local_date(NOON)
    draft.save()
    shown = {text.get("title"): text for _template, text in contents_of(draft, NOON)}
    assert shown["Keputusan Penolakan"]["number"].endswith("503/001/TOLAK/2026")
