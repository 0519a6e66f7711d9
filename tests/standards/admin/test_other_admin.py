"""The other administration pages: the door, the dashboard, people, offices, what is look-only."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.admin_parts import LookOnly
from accounts.models import Appointment, User
from authority.models import Proposal
from complaints.models import ComplaintRole
from portal.admin import concerns
from standards.models import LegalBasis
from tests.factories.accounts import (
    PASSWORD,
    make_admin,
    make_officer,
    make_user,
)
from tests.factories.standards import (
    make_draft,
    make_procedure,
    make_revoked,
    make_standard,
    position_of,
)
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


# rights are proposed on a page of their own, and decided by a second person
PROPOSED = {
    Appointment: "authority:appoint",
    Proposal: "authority:appoint",
    ComplaintRole: "complaints:propose_role",
}


def test_every_list_and_empty_form_opens(client: Client, clerk: User) -> None:
    make_standard()
    opened = 0
    for model, page_of in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"{name}_changelist")).status_code == 200, name
        answer = client.get(reverse(f"{name}_add"))
        if model in PROPOSED:
            assert answer["Location"] == reverse(PROPOSED[model]), name
        else:
            expected = {403} if isinstance(page_of, LookOnly) else {200, 403}
            assert answer.status_code in expected, name
        opened += 1
    assert opened > 15


# --- the dashboard ---


def test_the_dashboard_is_quiet_when_all_is_well(client: Client, clerk: User) -> None:
    for year in (2028, 2029, 2030):
        CalendarYear.objects.create(year=year)
    assert concerns(clerk) == []
    assert "Tidak ada yang perlu diperhatikan" in client.get("/admin/").content.decode()


def test_the_dashboard_names_what_needs_a_person(client: Client, clerk: User) -> None:
    CalendarYear.objects.all().delete()
    version = make_standard(procedure=None)
    cited = make_revoked("UU lama", by="UU baru")
    draft = make_draft(version.service)
    LegalBasis.objects.filter(version=draft).update(regulation=cited)
    provisional = make_procedure(version.service.office, provisional_reason="Naskah belum ada")
    make_officer(position_of(version.service.office, "front-office"))
    found = {
        concern["title"]: [item["text"] for item in concern["items"]] for concern in concerns(clerk)
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
