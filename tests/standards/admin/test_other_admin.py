"""The other administration pages: the door, the dashboard, people, offices, what is look-only."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.admin_parts import LookOnly
from accounts.models import Appointment, Office, User
from portal.admin import concerns
from standards.models import LegalBasis, Regulation
from tests.factories.accounts import (
    PASSWORD,
    make_admin,
    make_office,
    make_officer,
    make_position,
    make_user,
)
from tests.factories.admin import added, problems, typed
from tests.factories.standards import make_draft, make_procedure, make_standard, position_of
from workflow.models import CalendarYear

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client) -> User:
    user = make_admin()
    client.force_login(user)
    return user


def page(row: Any, what: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{what}", args=[row.pk])


# --- the door ---


def test_strangers_are_sent_to_the_login_of_the_portal(client: Client) -> None:
    first = client.get(reverse("admin:index"))
    second = client.get(first["Location"])
    assert second["Location"].startswith(f"{reverse('account_login')}?next=")
    posted = client.post(reverse("admin:login"), {"username": "x", "password": PASSWORD})
    assert posted["Location"].startswith(reverse("account_login"))


def test_an_applicant_is_told_that_this_is_not_for_them(client: Client) -> None:
    client.force_login(make_user())
    assert client.get(reverse("admin:login")).status_code == 403


def test_an_administrator_at_the_login_goes_on_to_the_index(client: Client, clerk: User) -> None:
    assert client.get(reverse("admin:login"))["Location"] == reverse("admin:index")


def test_every_list_and_empty_form_opens(client: Client, clerk: User) -> None:
    make_standard()
    opened = 0
    for model, page_of in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"{name}_changelist")).status_code == 200, name
        answer = client.get(reverse(f"{name}_add"))
        assert answer.status_code == (403 if isinstance(page_of, LookOnly) else answer.status_code)
        assert answer.status_code in (200, 403), name
        opened += 1
    assert opened > 15


# --- the dashboard ---


def test_the_dashboard_is_quiet_when_all_is_well(client: Client, clerk: User) -> None:
    for year in (2025, 2026, 2027, 2028, 2029, 2030):
        CalendarYear.objects.create(year=year)
    assert concerns() == []
    assert "Tidak ada yang perlu diperhatikan" in client.get("/admin/").content.decode()


def test_the_dashboard_names_what_needs_a_person(client: Client, clerk: User) -> None:
    version = make_standard(procedure=None)
    cited = Regulation.objects.create(title="UU lama", repealed_by="UU baru")
    draft = make_draft(version.service)
    LegalBasis.objects.filter(version=draft).update(regulation=cited)
    provisional = make_procedure(version.service.office, provisional_reason="Naskah belum ada")
    make_officer(position_of(version.service.office, "front-office"))
    found = {
        concern["title"]: [item["text"] for item in concern["items"]] for concern in concerns()
    }
    office = version.service.office
    assert found["Kalender kerja"] == ["Belum ada tahun kalender yang ditetapkan."]
    assert found["Konsep standar yang belum ditetapkan"] == [
        f"{version.service} ({office}), versi 2"
    ]
    assert found["Prosedur sementara"] == [f"{provisional.name} ({office})"]
    assert f"Kepala dinas ({office})" in found["Jabatan dalam SOP tanpa pelaksana"]
    assert f"Front office ({office})" not in found["Jabatan dalam SOP tanpa pelaksana"]
    assert "Standar berlaku yang mengutip peraturan tercabut" not in found
    assert client.get("/admin/").status_code == 200


# --- people and offices ---


def test_an_officer_is_made_with_an_account_and_a_position(client: Client, clerk: User) -> None:
    position = make_position(make_office(), "front-office")
    url = reverse("admin:accounts_user_add")
    client.post(url, typed(
        client.get(url), full_name="Rina Loket", email="Rina@Contoh.test",
        password1="kata-sandi-9981", password2="kata-sandi-9981", usable_password="true",
    ))  # fmt: skip
    rina = User.objects.get(email="rina@contoh.test")
    assert rina.check_password("kata-sandi-9981")
    url = page(rina)
    shown = client.get(url)
    answer = client.post(url, typed(shown, **added(shown, "appointments", {
        "position": str(position.pk), "started_on": "2026-01-05",
    })))  # fmt: skip
    assert problems(answer) == []
    assert Appointment.objects.get().holds_on(date(2026, 1, 5))


def test_a_term_of_office_ends_after_it_began(client: Client, clerk: User) -> None:
    position, person = make_position(make_office()), make_user()
    url = reverse("admin:accounts_appointment_add")
    answer = client.post(url, {
        "user": person.pk, "position": position.pk, "capacity": "plt",
        "started_on": "2026-02-01", "ended_on": "2026-01-01",
    })  # fmt: skip
    assert problems(answer) == ["Tanggal selesai harus sama atau setelah tanggal mulai."]


def test_nobody_makes_themselves_an_administrator(client: Client) -> None:
    helper = make_user(is_staff=True)
    helper.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_user", "change_user"])
    )
    root, client_user = make_admin(), helper
    client.force_login(client_user)
    url = page(helper)
    client.post(url, {**typed(client.get(url)), "is_superuser": "on", "is_staff": "on"})
    helper.refresh_from_db()
    assert not helper.is_superuser
    assert client.post(page(root), {"full_name": "x"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert client.post(password, {"password1": "x", "password2": "x"}).status_code == 403


def test_channels_exchange_their_places(client: Client, clerk: User) -> None:
    office = make_office()
    url = page(office)
    shown = client.get(url)
    client.post(url, typed(shown, **added(
        shown, "channels",
        {"kind": "surat", "label": "Surat"}, {"kind": "email", "label": "E-mail"},
    )))  # fmt: skip
    answer = client.post(
        url, typed(client.get(url), **{"channels-0-order": "2", "channels-1-order": "1"})
    )
    assert problems(answer) == []
    assert [(row.order, row.label) for row in office.channels.all()] == [
        (1, "E-mail"),
        (2, "Surat"),
    ]


def test_an_emblem_is_a_real_picture(client: Client, clerk: User) -> None:
    office = make_office()
    url = page(office)
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(drawn, "PNG")
    for content, emblem in ((b"<svg>", ""), (drawn.getvalue(), "data:image/png;base64,")):
        picture = SimpleUploadedFile("lambang.png", content, "image/png")
        answer = client.post(url, {**typed(client.get(url)), "emblem_picture": picture})
        office.refresh_from_db()
        assert office.emblem[:22] == emblem
        assert bool(problems(answer)) is not bool(emblem)
    client.post(url, typed(client.get(url), motto="Cepat"))
    assert Office.objects.get(pk=office.pk).emblem.startswith("data:image/png;base64,")


@pytest.mark.parametrize("side", [4001, 14000], ids=["large", "a bomb"])
def test_an_emblem_that_unfolds_to_a_huge_picture_is_refused(
    client: Client, clerk: User, side: int
) -> None:
    office = make_office()
    drawn = io.BytesIO()
    Image.new("1", (side, side)).save(drawn, "PNG", optimize=True)
    assert len(drawn.getvalue()) < 300 * 1024
    picture = SimpleUploadedFile("lambang.png", drawn.getvalue(), "image/png")
    answer = client.post(
        page(office), {**typed(client.get(page(office))), "emblem_picture": picture}
    )
    assert answer.status_code == 200
    assert problems(answer)
    office.refresh_from_db()
    assert office.emblem == ""


def test_an_office_closes_after_it_opens(client: Client, clerk: User) -> None:
    url = page(make_office())
    shown = client.get(url)
    answer = client.post(url, typed(shown, **added(shown, "hours", {
        "weekday": "0", "opens_at": "16:00", "closes_at": "08:00",
    })))  # fmt: skip
    assert problems(answer) == ["Jam tutup harus setelah jam buka."]
