"""The text of a permit as its standard has it: filled from the application, signed for another."""

from __future__ import annotations

import pytest

from demo import samples
from permits.content import replacements
from permits.services import certificates, drafting
from standards.domain.steps import StepKind
from tests.factories.permits import NOON, at_step, make_cast
from tests.permits.views.at_the_desk import get

pytestmark = pytest.mark.django_db


def test_the_text_is_filled_at_the_draft_and_says_for_whom_it_is_signed(time_machine) -> None:
    time_machine.move_to(NOON, tick=False)
    cast = make_cast(
        certificate_statement="Berkas {nomor_permohonan}: {pemegang}, {nama_bkk}, {tagihan}.",
        certificate_on_behalf_of="Wali Kota",
    )
    application = at_step(cast, StepKind.DRAFT)
    name = application.answers["nama_bkk"]
    filled = f"Berkas {application.number}: {application.holder_name}, {name}, -."
    assert filled in get(cast.at("back-office"), "desk_application", application).content.decode()
    application = samples.advance(application, StepKind.SIGN, NOON)
    draft = drafting.current_draft(application)
    assert draft is not None
    assert draft.content["signer"] == {"on_behalf_of": "Wali Kota"}
    paper = certificates.sign_certificate(
        application, actor=cast.at("kepala-dinas"), at=NOON, digest=draft.digest
    )
    assert paper.content["statement"] == filled
    assert paper.content["signer"]["on_behalf_of"] == "Wali Kota"
    assert paper.content["signer"]["position"] == "Kepala dinas"
    mended = replacements.corrected(
        paper,
        statement="Lain.",
        holder=[],
        data=[],
        decree_number="1",
        decree_date=paper.valid_from,
    )
    assert mended["signer"] == {"on_behalf_of": "Wali Kota"}
