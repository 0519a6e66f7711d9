"""Several files for one requirement: their order is kept, and a verdict is about all of them."""

from __future__ import annotations

from datetime import datetime

import pytest

from demo import samples
from permits import selectors
from permits.models import Application
from permits.selectors import RequirementLine
from permits.services import documents
from tests.factories.filing import named, plain_pdf, png, signed_in, url
from tests.factories.permits import Cast, make_draft_application, make_submitted
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db


def line_of(application: Application) -> RequirementLine:
    fresh = samples.reload(application)
    return next(line for line in selectors.checklist(fresh).lines() if line.documents)


def names(application: Application) -> list[str]:
    return [row.original_name for row in line_of(application).documents]


def add(application: Application, name: str, at: datetime) -> None:
    pk = line_of(application).requirement.pk
    documents.add(application, pk, samples.pdf_upload(name), actor=application.applicant, at=at)


def test_files_keep_their_order(cast: Cast, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    pk = line_of(draft).requirement.pk
    browser = signed_in(cast.applicant)
    more = [named("lembar-2.png", png(), "image/png"), named("lembar-3.pdf", plain_pdf())]
    browser.post(url("upload", draft, pk), {f"tambah-{pk}": more})
    assert names(draft) == ["berkas.pdf", "lembar-2.png", "lembar-3.pdf"]
    page = browser.get(url("requirements", draft)).content.decode()
    assert page.index("berkas.pdf") < page.index("lembar-2.png") < page.index("lembar-3.pdf")


def test_one_of_them_can_go_and_a_replacement_replaces_all(cast: Cast, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    add(draft, "lembar-2.pdf", monday)
    documents.remove(draft, line_of(draft).documents[0].public_id, at=monday)
    assert names(draft) == ["lembar-2.pdf"]
    add(draft, "lembar-3.pdf", monday)
    pk = line_of(draft).requirement.pk
    new = samples.pdf_upload("semua.pdf")
    documents.attach(draft, pk, new, actor=cast.applicant, at=monday)
    assert names(draft) == ["semua.pdf"]


def test_the_officer_sees_all_of_them(cast: Cast, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    add(draft, "lembar-2.pdf", monday)
    sent = samples.submit(draft, monday)
    page = signed_in(cast.at("front-office")).get(sent.get_desk_url()).content.decode()
    assert "lembar-2.pdf" in page
    kept = signed_in(cast.applicant).get(url("submissions", sent)).content.decode()
    assert "lembar-2.pdf" in kept


def test_a_missing_page_that_is_added_answers_the_refusal(cast: Cast, monday: datetime) -> None:
    application = samples.return_for_completion(make_submitted(cast, monday), monday)
    assert line_of(application).refused
    add(application, "lembar-2.pdf", monday)
    assert not line_of(application).refused


def test_there_is_an_end_to_them(
    cast: Cast, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST", 1)
    with pytest.raises(DomainError, match="too_many_documents"):
        add(make_draft_application(cast, monday), "lembar-2.pdf", monday)
