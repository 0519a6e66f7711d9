"""People, offices and posts in the administration."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.admin.offices import HoursForm
from accounts.models import Office, User
from tests.factories.accounts import (
    make_admin,
    make_office,
    make_position,
    make_user,
)
from tests.factories.admin import added, problems, typed

pytestmark = pytest.mark.django_db
DAY = {"weekday": 0, "opens_at": "08:00", "closes_at": "15:00"}


@pytest.fixture
def clerk(client: Client) -> User:
    user = make_admin()
    client.force_login(user)
    return user


def page(row: Any, what: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{what}", args=[row.pk])


def test_an_officer_is_made_with_an_account_and_a_position(client: Client, clerk: User) -> None:
    position = make_position(make_office(), "front-office")
    url = reverse("admin:accounts_user_add")
    form = client.get(url)
    assert "password" not in "".join(form.context["adminform"].form.fields)
    client.post(url, typed(form, full_name="Rina Loket", email="Rina@Contoh.test"))
    rina = User.objects.get(email="rina@contoh.test")
    assert not rina.has_usable_password()
    words = client.get(page(rina)).content.decode()
    assert f"{reverse('authority:appoint')}?orang={rina.pk}" in words
    proposed = client.get(reverse("authority:appoint"), {"jabatan": position.pk, "orang": rina.pk})
    assert proposed.context["form"]["person"].value() == rina.email


def test_nobody_makes_themselves_an_administrator(client: Client) -> None:
    helper = make_user(is_staff=True)
    helper.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_user", "change_user"])
    )
    office = make_office()
    helper.administers.add(office)
    root = make_admin(workplace=office)
    client.force_login(helper)
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


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({}, ""),
        ({"season": "Ramadan", "first_on": "2026-02-18", "last_on": "2026-03-19"}, ""),
        ({"season": "Ramadan", "first_on": "2026-02-18"}, "last_on"),
        ({"first_on": "2026-03-19", "last_on": "2026-02-18"}, "last_on"),
        ({"break_starts_at": "12:00", "break_ends_at": "13:00"}, ""),
        ({"break_starts_at": "12:00"}, "break_ends_at"),
        ({"break_starts_at": "07:00", "break_ends_at": "09:00"}, "break_ends_at"),
        ({"closes_at": "07:00"}, "closes_at"),
    ],
)
def test_hours_that_make_no_sense_are_named_at_their_field(more, fault):
    assert list(HoursForm({**DAY, **more}).errors) == ([fault] if fault else [])
