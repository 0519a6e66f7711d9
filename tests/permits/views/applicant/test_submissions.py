"""What was sent: every round as page and as PDF, and what changed between rounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from demo import samples
from permits import selectors
from permits.models import Application, Printout
from permits.services import documents, filling
from permits.services.printouts import print_due
from tests.factories.filing import signed_in, url
from tests.factories.permits import Cast, make_draft_application, make_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    with time_machine.travel(monday, tick=False):
        yield


def read(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def sent_twice(cast: Cast, monday: datetime) -> Application:
    application = samples.return_for_completion(make_submitted(cast, monday), monday)
    (line,) = selectors.checklist(application).refused()
    paper = samples.pdf_upload("ktp-baru.pdf")
    documents.attach(application, line.requirement.pk, paper, actor=cast.applicant, at=monday)
    return samples.reload(samples.submit(application, monday))


def test_the_page_shows_every_answer_file_and_declaration(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    page = read(signed_in(cast.applicant), url("submissions", application))
    for words in (
        application.holder_name, application.national_id, "Apakah mempekerjakan tenaga asing?",
        "Bersedia mematuhi peraturan", "berkas.pdf", "Saya menyatakan bahwa data", "Siti Pemohon",
        cast.office.name, "Kiriman ke-1",
    ):  # fmt: skip
        assert words in page


def test_the_paper_is_there_before_anything_is_accepted(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    browser = signed_in(cast.applicant)
    address = url("submission_pdf", application, 1)
    assert "sedang disiapkan" in read(browser, address)
    print_due(monday)
    answer = browser.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert browser.get(url("submission_pdf", application, 2)).status_code == 404


def test_each_round_stays_as_it_was_sent(cast: Cast, monday: datetime) -> None:
    application = sent_twice(cast, monday)
    page = read(signed_in(cast.applicant), url("submissions", application))
    assert page.index("Kiriman ke-2") < page.index("Kiriman ke-1")
    before, after = Printout.objects.filter(kind="kiriman").order_by("pk")
    assert before.content["documents"][0]["file"] == "berkas.pdf"
    assert after.content["documents"][0]["file"] == "ktp-baru.pdf"


def test_officers_see_what_changed(cast: Cast, monday: datetime) -> None:
    application = samples.return_for_completion(make_submitted(cast, monday), monday)
    (line,) = selectors.checklist(application).refused()
    paper = samples.pdf_upload("ktp-baru.pdf")
    documents.attach(application, line.requirement.pk, paper, actor=cast.applicant, at=monday)
    type(application).objects.filter(pk=application.pk).update(address="Jalan Baru 9")
    samples.submit(samples.reload(application), monday)
    officer = signed_in(cast.at("front-office"))
    page = read(officer, application.get_desk_url())
    for words in ("Yang berubah dari kiriman sebelumnya", "ktp-baru.pdf", "Jalan Baru 9"):
        assert words in page
    assert "Kiriman ke-2" in read(officer, url("submissions", application))


def test_strangers_and_drafts_have_none(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    assert signed_in(cast.stranger).get(url("submissions", application)).status_code == 404
    draft = make_draft_application(cast, monday)
    filling.save_form(draft, at=monday, identity={"address": "Jalan"})
    answer = signed_in(cast.applicant).get(url("submissions", draft))
    assert answer["Location"] == draft.get_absolute_url()
