"""A mistaken upload and a mistaken draft can be deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.urls import reverse

from demo import samples
from permits import selectors
from permits.models import Application, Document
from permits.services import documents
from tests.factories.filing import signed_in, url
from tests.factories.permits import Cast, make_draft_application, make_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    with time_machine.travel(monday, tick=False):
        yield


def test_an_upload_of_a_draft_is_gone(cast: Cast, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    paper = draft.documents.get()
    browser = signed_in(cast.applicant)
    address = url("remove_document", draft, paper.public_id)
    assert address in browser.get(url("requirements", draft)).content.decode()
    browser.post(address)
    assert not draft.documents.current().exists()
    assert address not in browser.get(url("requirements", draft)).content.decode()
    assert browser.post(address).status_code == 302, "pressing twice is once"


def test_what_the_office_has_seen_is_kept_on_record(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    later = monday.replace(hour=11)
    application = samples.return_for_completion(application, later)
    (line,) = selectors.checklist(application).refused()
    assert line.document is not None
    documents.remove(application, line.document.public_id, at=later)
    assert Document.objects.get().superseded_at == later
    new = documents.attach(
        application, line.requirement.pk, samples.pdf_upload(), actor=cast.applicant, at=later
    )
    documents.remove(application, new.public_id, at=later)
    assert not application.documents.current().exists()


def test_nothing_is_removed_from_a_sent_file(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    paper = application.documents.get()
    signed_in(cast.applicant).post(url("remove_document", application, paper.public_id))
    assert Document.objects.current().filter(pk=paper.pk).exists()


def test_a_draft_is_deleted_after_a_question(cast: Cast, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    browser = signed_in(cast.applicant)
    assert url("delete_draft", draft) in browser.get(url("application", draft)).content.decode()
    assert "tidak dapat dikembalikan" in browser.get(url("delete_draft", draft)).content.decode()
    answer = browser.post(url("delete_draft", draft))
    assert answer["Location"] == reverse("permits:my_applications")
    assert not Application.objects.filter(pk=draft.pk).exists()


def test_a_sent_file_is_not_deleted(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    assert signed_in(cast.applicant).post(url("delete_draft", application)).status_code == 403
    stranger = signed_in(cast.stranger)
    assert stranger.post(url("delete_draft", application)).status_code == 404
