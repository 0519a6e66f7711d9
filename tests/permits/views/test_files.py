"""Private files are handed out with headers that let them do nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from permits.models import Application, Document, Printout
from permits.services import printouts
from tests.factories.filing import named, plain_pdf, png, requirement, signed_in, url
from tests.factories.permits import Cast, make_accepted, make_draft_application
from workflow import admin_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    with time_machine.travel(monday, tick=False):
        yield


@pytest.fixture
def browser(cast: Cast) -> Client:
    """The applicant's browser."""
    return signed_in(cast.applicant)


@pytest.fixture
def paper(cast: Cast, monday: datetime) -> Document:
    """One uploaded PDF."""
    found: Document = make_draft_application(cast, monday).documents.get()
    return found


def address(paper: Document) -> str:
    return reverse("permits:document", args=[paper.public_id])


def test_a_paper_is_shown_but_can_do_nothing(paper: Document, browser: Client) -> None:
    answer = browser.get(address(paper))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]


def test_a_paper_can_be_downloaded_under_its_own_name(paper: Document, browser: Client) -> None:
    answer = browser.get(address(paper), {"unduh": "1"})
    assert answer["Content-Disposition"] == 'attachment; filename="berkas.pdf"'


def test_asking_for_the_head_only_works(paper: Document, browser: Client) -> None:
    answer = browser.head(address(paper))
    assert answer.status_code == 200
    assert answer["Content-Length"] == str(paper.size)


def test_a_picture_keeps_its_type(cast: Cast, browser: Client, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    asked = requirement(draft, 2)
    browser.post(url("upload", draft, asked.pk), {"berkas": named("foto.png", png(), "text/html")})
    answer = browser.get(address(draft.documents.current().get()))
    assert answer["Content-Type"] == "image/png"


def test_any_other_type_is_never_shown_in_the_browser(paper: Document, browser: Client) -> None:
    Document.objects.filter(pk=paper.pk).update(content_type="text/html")
    answer = browser.get(address(paper))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_missing_on_disk_has_a_page_of_its_own(paper: Document, browser: Client) -> None:
    paper.file.storage.delete(str(paper.file.name))
    answer = browser.get(address(paper))
    assert answer.status_code == 404
    assert "Berkas ini tidak dapat dibuka" in answer.content.decode()
    [task] = admin_tasks.waiting().filter(kind="file_missing")
    assert str(paper.file.name) in admin_tasks.sentence(task)
    assert paper.original_name not in admin_tasks.sentence(task)
    assert browser.get(url("requirements", paper.application)).status_code == 200


def test_a_missing_receipt_has_it_too(cast: Cast, browser: Client, monday: datetime) -> None:
    accepted = make_accepted(cast, monday)
    printouts.print_due(monday)
    printed = accepted.printouts.get(kind=Printout.Kind.RECEIPT)
    printed.file.storage.delete(str(printed.file.name))
    answer = browser.get(url("receipt_pdf", accepted))
    assert answer.status_code == 404
    assert "Berkas ini tidak dapat dibuka" in answer.content.decode()


def test_a_replaced_paper_stays_readable(cast: Cast, browser: Client, monday: datetime) -> None:
    draft: Application = make_draft_application(cast, monday)
    old = draft.documents.get()
    asked = requirement(draft, 2)
    browser.post(url("upload", draft, asked.pk), {"berkas": named("baru.pdf", plain_pdf())})
    assert browser.get(address(old)).status_code == 200
