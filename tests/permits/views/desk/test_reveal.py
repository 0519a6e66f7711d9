"""Identity numbers are masked at the desk; whoever sees one is recorded, with a reason if asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from permits.models import Application, Opening
from tests.factories.accounts import make_user
from tests.factories.filing import signed_in
from tests.factories.permits import Cast, make_cast, make_submitted

pytestmark = pytest.mark.django_db
NIK = "1471014507900001"
WHY = {"reason": "menjawab telepon pemohon"}


@pytest.fixture
def application(cast: Cast) -> Application:
    found = make_submitted(cast)
    Application.objects.filter(pk=found.pk).update(national_id=NIK, business_number="9120001234567")
    found.refresh_from_db()
    return found


def text(client: Client, address: str, **more: Any) -> str:
    return client.get(address, **more).content.decode()


def number(application: Application, key: str = "national_id") -> tuple[str, dict[str, str]]:
    return reverse("permits:show_number", args=[application.public_id]), {"nomor": key}


def reason_page(application: Application) -> str:
    return reverse("permits:opening_reason", args=[application.public_id])


@pytest.mark.parametrize("desk", ["front-office", "kepala-dinas"])
@pytest.mark.parametrize(
    "name", ["desk_application", "history", "routing_card", "desk_deadline", "submissions", "paper"]
)
def test_no_page_of_the_desk_shows_a_number(
    cast: Cast, application: Application, desk: str, name: str
) -> None:
    client = signed_in(cast.at(desk))
    client.post(reason_page(application), WHY)
    page = text(client, reverse(f"permits:{name}", args=[application.public_id]))
    assert NIK not in page
    assert "9120001234567" not in page


def test_the_button_shows_one_number_once_and_is_recorded(
    cast: Cast, application: Application
) -> None:
    client = signed_in(cast.at("front-office"))
    page = text(client, application.get_desk_url())
    assert "••••••••••••0001" in page
    shown = client.post(*number(application)).content.decode()
    assert NIK in shown
    assert "9120001234567" not in shown
    assert NIK not in text(client, application.get_desk_url())
    row = Opening.objects.get()
    assert (row.kind, row.what, row.person, row.reason) == (
        Opening.Kind.NUMBER, "NIK penanggung jawab", cast.at("front-office"), "",
    )  # fmt: skip


def test_who_does_not_have_the_file_says_why_first(cast: Cast, application: Application) -> None:
    client = signed_in(cast.at("kepala-dinas"))
    answer = client.post(*number(application))
    assert answer.url.startswith(reason_page(application))  # type: ignore[attr-defined]
    assert not Opening.objects.exists()
    empty = client.post(reason_page(application), {"reason": " "})
    assert "Wajib diisi" in empty.content.decode() or empty.context["form"].errors
    client.post(reason_page(application), WHY)
    assert NIK in client.post(*number(application)).content.decode()
    assert Opening.objects.get().reason == WHY["reason"]


def test_a_file_of_another_desk_opens_after_the_reason(
    cast: Cast, application: Application
) -> None:
    client = signed_in(cast.at("kepala-dinas"))
    upload = application.documents.all()[0]
    address = reverse("permits:document", args=[upload.public_id])
    answer = client.get(address)
    assert answer.status_code == 302
    upload.refresh_from_db()
    assert upload.opened_at is None
    back = client.post(reason_page(application), {**WHY, "lanjut": address})
    assert back.url == address  # type: ignore[attr-defined]
    client.get(address).getvalue()
    assert Opening.objects.get().reason == WHY["reason"]


def test_a_reason_holds_for_its_application_and_half_an_hour(
    cast: Cast, application: Application, time_machine: Any
) -> None:
    other = make_submitted(cast)
    client = signed_in(cast.at("kepala-dinas"))
    client.post(reason_page(application), WHY)
    assert client.post(*number(other)).status_code == 302
    assert client.post(*number(application)).status_code == 200
    time_machine.move_to(timezone.now() + timedelta(minutes=31), tick=False)
    assert client.post(*number(application)).status_code == 302


def test_the_way_on_stays_in_the_portal(cast: Cast, application: Application) -> None:
    client = signed_in(cast.at("kepala-dinas"))
    for strange in ("//jahat.example/", "https://jahat.example/", "javascript:alert(1)"):
        answer = client.post(reason_page(application), {**WHY, "lanjut": strange})
        assert answer.url == application.get_desk_url()  # type: ignore[attr-defined]


def test_an_answer_without_a_number_is_not_shown(cast: Cast, application: Application) -> None:
    client = signed_in(cast.at("front-office"))
    for key in ("address", "tidak_ada", ""):
        assert client.post(*number(application, key)).status_code == 404
    assert not Opening.objects.exists()


def test_a_number_of_another_office_is_not_found(application: Application) -> None:
    stranger = signed_in(make_cast().at("front-office"))
    assert stranger.post(*number(application)).status_code == 404
    assert stranger.get(reason_page(application)).status_code == 404


def test_applicant_and_head_read_the_reason(cast: Cast, application: Application) -> None:
    head = signed_in(cast.at("kepala-dinas"))
    head.post(reason_page(application), WHY)
    head.post(*number(application))
    assert WHY["reason"] in text(head, reverse("permits:openings"))
    applicant = signed_in(cast.applicant)
    for address in (
        reverse("permits:application", args=[application.public_id]),
        reverse("archives:own"),
    ):
        assert WHY["reason"] in text(applicant, address)


def test_the_page_of_the_administration_asks_and_records(application: Application) -> None:
    boss: User = make_user(is_staff=True, is_superuser=True)
    client = signed_in(boss)
    address = reverse("admin:permits_application_change", args=[application.pk])
    asked = client.get(address)
    assert application.holder_name not in asked.content.decode()
    assert not Opening.objects.exists()
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, WHY).status_code == 302
    assert application.holder_name in text(client, address)
    row = Opening.objects.get()
    assert (row.kind, row.person, row.reason, row.capacity) == (
        Opening.Kind.ADMIN, boss, WHY["reason"], "Administrator portal",
    )  # fmt: skip
