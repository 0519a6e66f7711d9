"""The session is over: pieces of a page say so, acts lead to their page, nothing is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.permits import Cast, make_draft_application

pytestmark = pytest.mark.django_db
PAGE = "http://testserver"


def htmx(page: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Current-URL": PAGE + page}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_script_gets_a_sentence_and_never_the_login_page(cast: Cast, method: str) -> None:
    draft = make_draft_application(cast)
    url = reverse("permits:form", args=[draft.public_id])
    answer = getattr(Client(), method)(url, headers=htmx(f"{url}?kosong"))
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "sesi Anda sudah berakhir" in page
    assert f"/akun/login/?next={url.replace('/', '%2F')}%3Fkosong" in page
    assert "<html" not in page
    assert 'name="password"' not in page


@pytest.mark.parametrize("claimed", ["https://jahat.example/meja/", "//jahat.example/", "x"])
def test_the_way_back_stays_in_the_portal(cast: Cast, claimed: str) -> None:
    url = reverse("permits:my_applications")
    headers = {"HX-Request": "true", "HX-Current-URL": claimed}
    page = Client().get(url, headers=headers).content.decode()
    assert "jahat" not in page
    assert "next=%2Fpermohonan%2F" in page
    refused = Client(enforce_csrf_checks=True).post(url, headers={"Referer": claimed})
    assert "jahat" not in refused.content.decode()


def test_a_page_that_is_too_old_gives_no_advice_that_loses_text(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.applicant, "django.contrib.auth.backends.ModelBackend")
    draft = make_draft_application(cast)
    url = reverse("permits:form", args=[draft.public_id])
    answer = client.post(url, {"holder_name": "BKK"}, headers={"Referer": PAGE + url})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "muat ulang" not in page
    assert f'href="{url}"' in page
    assert "data-typed-kept" in page
    piece = client.post(url, {"holder_name": "BKK"}, headers=htmx(url))
    assert piece.status_code == 403
    assert "terlalu lama terbuka" in piece.content.decode()
    assert "<html" not in piece.content.decode()


def test_pages_know_whose_they_are_and_nameless_forms_are_never_kept(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.applicant, "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("permits:my_applications")).content.decode()
    assert f'name="portal-person" content="{cast.applicant.pk}"' in page
    assert "portal-person" not in Client().get("/akun/login/").content.decode()
    form = client.get(reverse("complaints:send", args=[cast.office.code])).content.decode()
    assert 'data-typed="never"' in form
