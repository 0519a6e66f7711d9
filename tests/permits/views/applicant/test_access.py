"""Nobody reaches another's file by any address."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from permits.models import Application, Document, InspectionPhoto
from standards.domain.steps import StepKind
from tests.factories.accounts import make_admin, make_officer
from tests.factories.filing import named, plain_pdf, requirement, signed_in, url
from tests.factories.permits import Cast, at_step, make_accepted, make_cast, make_draft_application
from tests.factories.standards import position_of

pytestmark = pytest.mark.django_db

PAGES = (
    "application", "form", "questions", "requirements", "review", "receipt", "receipt_pdf",
    "deadline", "withdraw", "collect", "certificate_pdf",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    with time_machine.travel(monday, tick=False):
        yield


def both(client: Client, address: str) -> set[int]:
    """Return the status of looking, which leads from an act to its page, and of pressing."""
    return {client.get(address, follow=True).status_code, client.post(address).status_code}


def addresses(application: Application) -> list[str]:
    asked = requirement(application, 2)
    return [*(url(name, application) for name in PAGES), url("upload", application, asked.pk)]


def test_a_stranger_finds_nothing(cast: Cast, monday: datetime) -> None:
    running, draft = make_accepted(cast, monday), make_draft_application(cast, monday)
    stranger = signed_in(cast.stranger)
    for application in (draft, running):
        for address in addresses(application):
            assert both(stranger, address) <= {404, 405}, address


def test_nobody_is_asked_to_log_in(cast: Cast, monday: datetime, client: Client) -> None:
    running = make_accepted(cast, monday)
    paper = Document.objects.get(application=running)
    for address in [*addresses(running), reverse("permits:document", args=[paper.public_id]),
                    reverse("permits:my_applications")]:  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith(reverse("account_login")), address


def test_an_officer_is_led_to_the_desk_and_cannot_act_as_applicant(
    cast: Cast, monday: datetime
) -> None:
    running = make_accepted(cast, monday)
    officer = signed_in(cast.at("front-office"))
    assert officer.get(url("application", running))["Location"] == running.get_desk_url()
    for name in ("form", "questions", "requirements", "review", "withdraw", "deadline", "receipt"):
        assert both(officer, url(name, running)) <= {404, 405}, name
    assert officer.post(url("collect", running)).status_code == 404


def test_officers_do_not_see_drafts_nor_files_of_other_offices(
    cast: Cast, monday: datetime
) -> None:
    running, draft = make_accepted(cast, monday), make_draft_application(cast, monday)
    elsewhere = make_cast()
    outsider = signed_in(make_officer(position_of(elsewhere.office, "front-office")))
    for application, browser in (
        (draft, signed_in(cast.at("front-office"))),
        (running, outsider),
        (running, signed_in(make_admin())),
    ):
        for address in addresses(application):
            assert both(browser, address) <= {404, 405}, address


def test_a_key_that_does_not_exist_is_not_found(cast: Cast) -> None:
    browser = signed_in(cast.applicant)
    for name in PAGES:
        assert both(browser, reverse(f"permits:{name}", args=[uuid.uuid4()])) <= {404, 405}, name


def test_a_stranger_cannot_upload_into_anothers_draft(cast: Cast, monday: datetime) -> None:
    draft = make_draft_application(cast, monday)
    asked = requirement(draft, 2)
    answer = signed_in(cast.stranger).post(
        url("upload", draft, asked.pk), {"berkas": named("a.pdf", plain_pdf())}
    )
    assert answer.status_code == 404
    assert draft.documents.count() == 1


def test_papers_and_photos_go_through_the_door(cast: Cast, monday: datetime) -> None:
    drafted = at_step(cast, StepKind.DRAFT, monday)
    paper = Document.objects.get(application=drafted)
    photo = InspectionPhoto.objects.get(inspection__application=drafted)
    elsewhere = make_cast()
    outsider = signed_in(make_officer(position_of(elsewhere.office, "front-office")))
    for name, key in (("document", paper.public_id), ("photo", photo.public_id)):
        address = reverse(f"permits:{name}", args=[key])
        assert signed_in(cast.applicant).get(address).status_code == 200
        assert signed_in(cast.at("back-office")).get(address).status_code == 200
        assert signed_in(cast.stranger).get(address).status_code == 404
        assert outsider.get(address).status_code == 404
        assert signed_in(cast.applicant).post(address).status_code == 405


def test_an_officer_who_left_sees_nothing_any_more(cast: Cast, monday: datetime) -> None:
    running = make_accepted(cast, monday)
    officer = cast.at("front-office")
    officer.appointments.update(ended_on=monday.date().replace(day=1))
    assert signed_in(officer).get(url("application", running)).status_code == 404
