"""The QR codes of the survey on receipt and certificate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from permits.content import certificates
from permits.domain.lifecycle import Status
from permits.models import Application
from permits.survey_pages import Paper, survey_link
from surveys.domain.invitations import why_not_invited
from surveys.models import Invitation, Response
from surveys.selectors import receipt_code
from tests.factories.permits import NOON
from tests.factories.surveys import filled, make_invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(cast, accepted) -> Application:
    return accepted


@pytest.fixture
def page(file) -> str:
    return reverse("surveys:receipt", args=[receipt_code(file)])


def test_a_receipt_leads_to_the_survey_of_its_file(cast, file, page):
    content = certificates.receipt_content(
        file, officer=cast.at("front-office"), appointment=None, at=NOON
    )
    assert content["survey"]["url"] == settings.SITE_URL + page


def test_an_office_that_asks_nothing_prints_no_code(accepted):
    assert survey_link(Paper.RECEIPT, accepted) == {}
    assert survey_link(Paper.CERTIFICATE, accepted) == {}


def test_before_the_end_the_page_says_when_it_opens(client, page):
    shown = client.get(page)
    assert shown.status_code == 200
    assert "dibuka setelah dokumennya terbit" in shown.content.decode()


def test_one_answer_by_whatever_way(cast, client, file, page):
    _invitation, secret = make_invitation(file)
    assert client.post(page, filled(cast.office, 4))["Location"] == reverse("surveys:thanks")
    for way in (page, reverse("surveys:invited", args=[secret])):
        assert "sudah diisi" in client.post(way, filled(cast.office, 1)).content.decode()
    answer = Response.objects.get()
    assert (answer.source, answer.answers["waktu"]) == ("tautan", 4)


def test_a_code_cannot_be_made_from_a_number(client, file, monkeypatch):
    monkeypatch.setattr("workflow.throttling.FAILURES", 3)
    make_invitation(file)
    other, _colon, seal = receipt_code(file).rpartition(":")
    for guess in (other, f"{other}:", f"PKU-2026-999999:{seal}"):
        assert client.get(reverse("surveys:receipt", args=[guess])).status_code == 404
    assert client.get(reverse("surveys:receipt", args=[other])).status_code == 429


def test_nothing_of_the_code_is_stored(file, page):
    seal = receipt_code(file).rpartition(":")[2]
    assert seal not in str(list(Invitation.objects.values()))
    assert seal not in str(list(Application.objects.values()))


def test_a_certificate_has_no_secret_and_asks_for_the_account(cast, client, file):
    page = reverse("surveys:own", args=[file.public_id])
    assert survey_link(Paper.CERTIFICATE, file) == {"url": settings.SITE_URL + page}
    make_invitation(file)
    assert client.get(page)["Location"].startswith(reverse("account_login"))
    client.force_login(cast.stranger, "django.contrib.auth.backends.ModelBackend")
    assert client.get(page).status_code == 404


def test_a_withdrawn_file_has_nothing_to_judge(client, file, page):
    Application.objects.filter(pk=file.pk).update(status=Status.WITHDRAWN)
    assert "berakhir tanpa hasil" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("ended", "finished", "why"),
    [
        (True, None, "survey_without_file"),
        (False, None, "survey_not_yet"),
        (False, NOON.date() - timedelta(days=30), "survey_not_yet"),
        (False, NOON.date() - timedelta(days=31), "survey_over"),
    ],
)
def test_why_a_file_has_no_invitation(ended, finished, why):
    assert why_not_invited(ended=ended, finished_on=finished, today=NOON.date()) == why
