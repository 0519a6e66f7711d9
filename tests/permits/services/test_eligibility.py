"""What cannot succeed is said at the deciding field, and is not sent."""

from __future__ import annotations

from datetime import date

import pytest

from demo import samples
from permits.domain.lifecycle import Status
from permits.models import Application
from standards.services.publishing import publish_version
from tests.factories.filing import signed_in, url
from tests.factories.permits import Cast, make_cast, make_draft_application
from tests.factories.standards import PUBLISHED_AT, make_draft, make_hindrance, make_question
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
SAID = "Di atas badan jalan tidak dapat diberi izin. Dasar: Perda 7/2021, Pasal 12."


@pytest.fixture
def hindered() -> Cast:
    """An office that gives no permit above the road."""
    cast = make_cast()
    procedure = cast.version.procedure_links.get().procedure
    draft = make_draft(cast.service, procedure, effective_on=date(2026, 2, 1))
    make_question(draft, "badan_jalan", label="Apakah di atas badan jalan?")
    make_hindrance(draft, "badan_jalan = ya")
    version = publish_version(draft, actor=None, at=PUBLISHED_AT)
    return Cast(cast.office, cast.service, version, cast.applicant, cast.stranger, cast.officers)


def answered(application: Application, answer: str) -> Application:
    answers = {**application.answers, "badan_jalan": answer}
    Application.objects.filter(pk=application.pk).update(answers=answers)
    return samples.reload(application)


def test_what_cannot_succeed_is_not_sent(hindered, monday):
    application = make_draft_application(hindered, monday)
    with pytest.raises(DomainError, match="application_hindered") as refused:
        samples.submit(answered(application, "ya"), monday)
    assert refused.value.facts == {"text": SAID}
    assert samples.reload(application).status == Status.DRAFT
    assert samples.submit(answered(application, "tidak"), monday).number


def test_the_form_says_it_at_the_deciding_question(hindered, monday, time_machine):
    time_machine.move_to(monday, tick=False)
    application = make_draft_application(hindered, monday)
    browser, address = signed_in(hindered.applicant), url("questions", application)
    sent = {"tanya_tenaga_asing": "tidak", "tanya_badan_jalan": "ya"}
    page = browser.post(address, sent)
    assert page.context["form"].errors == {"tanya_badan_jalan": [SAID]}
    assert samples.reload(application).answers["badan_jalan"] == "tidak", "as it was filled in"
    assert browser.post(address, {**sent, "tanya_badan_jalan": "tidak"}).status_code == 302


def test_a_draft_of_before_is_told_on_the_page_from_which_it_is_sent(
    hindered, monday, time_machine
):
    time_machine.move_to(monday, tick=False)
    application = answered(make_draft_application(hindered, monday), "ya")
    browser, address = signed_in(hindered.applicant), url("review", application)
    page = browser.get(address).content.decode()
    assert f"Tidak dapat dikirim: {SAID}" in page
    assert f"{url('questions', application)}#id_tanya_badan_jalan" in page
    refused = browser.post(address, {"declared_true": "on"}).content.decode()
    assert f"Permohonan ini tidak dapat berhasil. {SAID}" in refused


def test_what_was_taken_in_is_decided_by_an_officer(hindered, monday, time_machine):
    time_machine.move_to(monday, tick=False)
    application = samples.submit(
        answered(make_draft_application(hindered, monday), "tidak"), monday
    )
    Application.objects.filter(pk=application.pk).update(status=Status.RETURNED)
    browser = signed_in(hindered.applicant)
    sent = {"tanya_tenaga_asing": "tidak", "tanya_badan_jalan": "ya"}
    assert browser.post(url("questions", application), sent).status_code == 302
    assert samples.reload(application).answers["badan_jalan"] == "ya"
