"""What a clerk types into a standard is text on the pages of an applicant, never markup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from authority.services import proposals
from permits.models import Application
from permits.services import filling
from standards.models import Fact, Requirement
from standards.proposals import open_proposal
from tests.factories.accounts import make_admin, make_user
from tests.factories.admin import added, problems, typed
from tests.factories.filing import signed_in, url
from tests.factories.standards import make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MARKUP = '<i hx-post="../periksa/" hx-trigger="load">{}</i>'
MARKED = ("label", "help", "choice", "words")


def text(where: str) -> str:
    """Return ``MARKUP`` as it must stand in a page."""
    return f"&lt;i hx-post=&quot;../periksa/&quot; hx-trigger=&quot;load&quot;&gt;{where}&lt;/i&gt;"


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    with time_machine.travel(monday, tick=False):
        yield


@pytest.fixture
def application(client: Client, calendar: None, monday: datetime) -> Application:
    """A draft of the service whose standard a clerk entered in the administration."""
    version = make_draft()
    client.force_login(make_admin())
    page = reverse("admin:standards_standardversion_change", args=[version.pk])
    shown = client.get(page)
    label, help_text, choice, words = (MARKUP.format(name) for name in MARKED)
    fields = (
        {"key": "a", "label": label, "kind": Fact.Kind.TEXT, "help_text": help_text},
        {
            "key": "b",
            "label": "Bentuk",
            "kind": Fact.Kind.CHOICE,
            "choices_text": f"{choice}\nLain",
        },
    )
    question = {
        "key": "c", "label": words, "help_text": help_text, "kind": Fact.Kind.YES_NO,
    }  # fmt: skip
    paper = {"text": words, "help_text": help_text, "kind": Requirement.Kind.UPLOAD}
    quoted = choice.replace('"', '""')
    depending = {**paper, "when": f'c = ya\nb = "{quoted}"'}
    changes = {
        **added(shown, "facts", *fields, question),
        **added(shown, "requirements", paper, depending),
    }
    answer = client.post(page, typed(shown, **changes))
    assert problems(answer) == []
    publish = reverse("admin:standards_standardversion_tetapkan", args=[version.pk])
    client.post(publish)
    proposal = open_proposal(version)
    assert proposal
    proposals.confirm(proposal, actor=make_admin(), at=monday)
    version.refresh_from_db()
    assert version.is_published
    return filling.start_draft(version.service, actor=make_user(), at=monday)


@pytest.mark.parametrize(
    ("page", "places"),
    [
        ("form", ("label", "help")),
        ("questions", ("words", "help", "choice")),
        ("requirements", ("words", "help", "choice")),  # the choice: in the sentence
        ("review", ("words",)),
    ],
)
def test_what_is_typed_in_the_administration_is_text_for_the_applicant(
    application: Application, page: str, places: tuple[str, ...]
) -> None:
    browser = signed_in(application.applicant)
    shown = browser.get(url(page, application)).content.decode()
    assert [place for place in places if text(place) not in shown] == []
    assert "<i hx-post" not in shown
    # also in the summary of errors and beside the field with an error
    sent = browser.post(
        url(page, application), {"isian_a": "x", "tanya_b": "x", "tanya_c": "x"}, follow=True
    )
    assert "<i hx-post" not in sent.content.decode()
