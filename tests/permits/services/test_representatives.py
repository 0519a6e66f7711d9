"""Somebody who applies for the holder: named, with a power of attorney that has not ended."""

from __future__ import annotations

from datetime import date

import pytest

from demo import samples
from permits.models import Application
from permits.services import applications
from standards.models import StandardVersion
from standards.services.built_in import set_built_in
from standards.services.publishing import publish_version
from tests.factories.filing import signed_in, url
from tests.factories.permits import Cast, make_cast, make_draft_application, make_keys
from tests.factories.standards import PUBLISHED_AT, make_draft
from tests.permits.views.at_the_desk import get, words
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def represented() -> Cast:
    """An office whose standard lets somebody else apply for the holder."""
    cast = make_cast()
    procedure = cast.version.procedure_links.get().procedure
    draft = make_draft(cast.service, procedure, effective_on=date(2026, 2, 1))
    set_built_in(draft, [], represented=True)
    version: StandardVersion = publish_version(draft, actor=None, at=PUBLISHED_AT)
    return Cast(cast.office, cast.service, version, cast.applicant, cast.stranger, cast.officers)


def drafted(cast: Cast, at, until: str) -> Application:
    """Return a filled draft of a representative whose power of attorney ends ``until``."""
    application = make_draft_application(cast, at)
    Application.objects.filter(pk=application.pk).update(
        answers={
            **application.answers, "diwakili": "ya", "wakil_nama": "Budi Wakil",
            "wakil_nik": "1471014507900001", "kuasa_sampai": until,
        }
    )  # fmt: skip
    application = samples.reload(application)
    paper = cast.version.requirements.last()
    samples.documents.attach(
        application, paper.pk, samples.pdf_upload("kuasa.pdf"), actor=cast.applicant, at=at
    )
    return samples.reload(application)


def test_the_power_of_attorney_must_not_have_ended_on_the_day_of_the_filing(represented, monday):
    ended = drafted(represented, monday, "2026-11-15")
    with pytest.raises(DomainError, match="power_of_attorney_ended"):
        samples.submit(ended, monday)
    assert samples.reload(ended).number is None
    last_day = drafted(represented, monday, "2026-11-16")
    assert samples.submit(last_day, monday).number
    assert samples.submit(drafted(represented, monday, ""), monday).number


def test_without_the_paper_nothing_is_sent(represented, monday):
    application = drafted(represented, monday, "2027-01-01")
    application.documents.filter(original_name="kuasa.pdf").update(superseded_at=monday)
    with pytest.raises(DomainError, match="application_incomplete"):
        samples.submit(samples.reload(application), monday)


def test_the_page_says_at_the_field_that_it_has_ended(represented, monday, time_machine):
    time_machine.move_to(monday, tick=False)
    application = make_draft_application(represented, monday)
    browser, address = signed_in(represented.applicant), url("questions", application)
    browser.post(address, {"tanya_diwakili": "ya", "tanya_tenaga_asing": "tidak"})
    sent = {
        "tanya_diwakili": "ya", "tanya_tenaga_asing": "tidak", "tanya_wakil_nama": "Budi Wakil",
        "tanya_wakil_nik": "1471014507900001", "tanya_kuasa_sampai": "2026-11-15",
    }  # fmt: skip
    page = browser.post(address, sent)
    assert page.context["form"].errors == {
        "tanya_kuasa_sampai": ["Surat kuasa ini sudah berakhir."]
    }
    assert "Budi Wakil" in page.content.decode()
    assert browser.post(address, {**sent, "tanya_kuasa_sampai": "2026-11-16"}).status_code == 302


def test_receipt_file_and_register_name_the_representative(represented, monday, time_machine):
    time_machine.move_to(monday, tick=False)
    make_keys(represented)
    application = samples.submit(drafted(represented, monday, "2027-01-01"), monday)
    application = samples.act(samples.reload(application), monday)
    receipt = application.printouts.get(kind="tanda_terima").content["applicant"]
    assert receipt[-2:] == [
        ["Diwakili oleh", "Budi Wakil"], ["Surat kuasa berlaku sampai", "1 Januari 2027"],
    ]  # fmt: skip
    officer = represented.at("back-office")
    assert "Budi Wakil" in words(get(officer, "desk_application", application))
    samples.advance(application, None, monday)
    assert "Diwakili Budi Wakil" in words(get(officer, "register"))
    assert "Diwakili Budi Wakil" in words(get(officer, "register", cetak="1"))


def test_who_is_not_represented_has_no_representative_any_more(represented, monday):
    application = drafted(represented, monday, "2026-11-15")
    answers = {**application.answers, "diwakili": "tidak"}
    Application.objects.filter(pk=application.pk).update(answers=answers)
    sent = applications.submit_application(
        samples.reload(application), actor=represented.applicant, at=monday, declared_true=True
    )
    assert sent.number
