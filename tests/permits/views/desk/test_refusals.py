"""The pages of a refusal: proposed, decided with the password, verified as a letter."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from demo import samples
from permits.domain.lifecycle import Status
from permits.models import Refusal
from permits.services import certificates
from standards.domain.steps import StepKind
from tests.factories.accounts import PASSWORD
from tests.factories.permits import at_step, make_keys, make_submitted
from tests.permits.views.at_the_desk import fresh, get, press, said, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
WHY: dict[str, Any] = {
    "ground": "Perwali 1/2026",
    "reason": "Lembaga tidak berkedudukan di kota ini",
}


@pytest.fixture
def proposed(cast, monday):
    application = make_submitted(cast, monday)
    press(cast.at("front-office"), "propose_refusal", application, **WHY)
    return fresh(application)


def test_a_proposal_needs_a_reason_and_leaves_the_file_open(cast, monday):
    application = make_submitted(cast, monday)
    officer = cast.at("front-office")
    answer = press(officer, "propose_refusal", application, ground="Perwali", reason=" ")
    assert "Tulis alasannya terlebih dahulu." in answer.content.decode()
    answer = press(officer, "propose_refusal", application, **WHY)
    assert said(answer) == ["Usul penolakan diteruskan kepada pejabat yang memutuskan."]
    assert fresh(application).status == Status.SUBMITTED
    assert "Sekarang di meja Kepala" in words(get(officer, "desk_application", application))


def test_the_head_sees_the_proposal_and_what_was_not_checked(cast, proposed):
    page = words(get(cast.at("kepala-dinas"), "desk_application", proposed))
    assert "Putuskan usul penolakan" in page
    assert WHY["reason"] in page
    assert WHY["ground"] in page
    assert "1 berkas persyaratan belum diperiksa." in page
    assert "Tanda tangani dokumen" not in page
    assert "Diusulkan ditolak - putuskan" in words(get(cast.at("kepala-dinas"), "worklist"))


def test_the_head_confirms_with_the_password_and_the_letter_is_verified(cast, now, proposed):
    make_keys(cast)
    head = cast.at("kepala-dinas")
    answer = press(head, "confirm_refusal", proposed, password="bukan")
    assert "Kata sandi salah." in answer.content.decode()
    assert press(head, "confirm_refusal", proposed, password=PASSWORD).status_code == 302
    certificates.sign_due(now)
    after = fresh(proposed)
    assert after.status == Status.REJECTED
    page = words(get(cast.at("front-office"), "desk_application", after))
    assert "Berkas sudah ditutup" in page
    assert "Buka surat penolakan" in page
    letter = Client().get(reverse("permits:verified", args=[after.certificate.token]))
    assert "Asli: surat penolakan" in words(letter)
    assert "bukan izin" in words(letter)
    assert "Berlaku sampai" not in words(letter)


def test_the_head_sends_a_proposal_back(cast, proposed):
    check = proposed.procedure.steps.get(kind=StepKind.CHECK)
    head = cast.at("kepala-dinas")
    press(head, "send_back", proposed, note="Periksa dahulu", target=check.pk)
    page = words(get(cast.at("front-office"), "desk_application", proposed))
    assert "Periksa dahulu" in page
    assert Refusal.objects.get().decision == "dikembalikan"


def test_the_head_refuses_at_the_signature(cast, monday, now):
    make_keys(cast)
    signing = at_step(cast, StepKind.SIGN, monday)
    head = cast.at("kepala-dinas")
    page = words(get(head, "desk_application", signing))
    assert "Tolak dan tanda tangani suratnya" in page
    press(head, "refuse", signing, password=PASSWORD, **WHY)
    certificates.sign_due(now)
    assert fresh(signing).status == Status.REJECTED


@pytest.mark.parametrize("kind", [StepKind.INSPECT, StepKind.DRAFT, StepKind.INITIAL])
def test_every_desk_before_the_signature_offers_return_and_refusal(cast, monday, kind):
    application = at_step(cast, kind, monday)
    officer = samples.officer_at(application, monday)
    page = words(get(officer, "desk_application", application))
    assert "Usulkan penolakan" in page
    assert "Kembalikan ke langkah sebelumnya" in page


def test_the_applicant_starts_again_from_the_same_data(cast, monday):
    make_keys(cast)
    refused = samples.refuse(make_submitted(cast, monday), monday, reason="Alamat salah.")
    answer = press(cast.applicant, "start_again", refused)
    draft = cast.applicant.applications.get(status=Status.DRAFT)
    assert answer.url == draft.get_absolute_url()
    assert draft.holder_name == refused.holder_name
    assert press(cast.stranger, "start_again", refused).status_code == 404
    assert press(cast.applicant, "start_again", draft).status_code == 403


def test_before_the_decision_the_public_is_not_told(cast, proposed):
    page = words(Client().get(reverse("permits:tracked", args=[proposed.tracking_code])))
    assert "Pimpinan memutuskan" in page
    assert "tolak" not in page.lower().replace("ditolaknya", "")
