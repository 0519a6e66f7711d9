"""No page of the administration gives one administrator power over a person."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import Appointment, Position, User
from tests.factories.accounts import make_admin, make_office, make_officer, make_position, make_user
from tests.factories.admin import typed
from tests.factories.filing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ani(db: None) -> User:
    return make_admin(full_name="Ani")


@pytest.fixture
def browser(ani: User) -> Client:
    return signed_in(ani)


@pytest.fixture
def officer(db: None) -> User:
    return make_officer(make_position(make_office(), is_head=True), full_name="Kepala")


def page(row: Any, what: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{what}", args=[row.pk])


def test_the_form_of_a_person_changes_no_power(browser: Client, officer: User, ani: User) -> None:
    group = Group.objects.create(name="Penyusun")
    for person in (officer, ani):
        sent = typed(browser.get(page(person))) | {
            "full_name": "Nama Baru", "email": "curian@contoh.test", "is_staff": "on",
            "is_superuser": "on", "groups": [group.pk], "password": "x", "password1": "x",
            "user_permissions": [Permission.objects.get(codename="add_proposal").pk],
        }  # fmt: skip
        sent.pop("is_active", None)
        before = User.objects.values("email", "is_active", "is_staff", "is_superuser", "password")
        kept = before.get(pk=person.pk)
        browser.post(page(person), sent)
        person.refresh_from_db()
        assert person.full_name == "Nama Baru"  # the rest of the page works
        assert before.get(pk=person.pk) == kept
        assert not person.groups.exists()
        assert not person.user_permissions.exists()


def test_nobody_sets_the_password_of_another(browser: Client, officer: User) -> None:
    for method in (browser.get, browser.post):
        answer = method(reverse("admin:auth_user_password_change", args=[officer.pk]))
        assert answer.status_code == 403
    officer.refresh_from_db()
    assert officer.check_password("kata-sandi-uji-0761")


def test_no_page_writes_an_appointment(browser: Client, officer: User, ani: User) -> None:
    row = officer.appointments.get()
    chair = row.position
    before = list(Appointment.objects.values())
    inline = {
        "appointments-TOTAL_FORMS": "1", "appointments-INITIAL_FORMS": "0",
        "appointments-0-user": ani.pk, "appointments-0-position": chair.pk,
        "appointments-0-capacity": "plh", "appointments-0-started_on": "2026-01-01",
    }  # fmt: skip
    for owner in (ani, chair):
        browser.post(page(owner), typed(browser.get(page(owner))) | inline)
    single = {key.removeprefix("appointments-0-"): value for key, value in inline.items()}
    added = browser.post(reverse("admin:accounts_appointment_add"), single)
    assert added["Location"] == reverse("authority:appoint")
    assert browser.post(page(row), single).status_code == 403
    assert browser.post(page(row, "delete"), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    browser.post(reverse("admin:accounts_appointment_changelist"), chosen)
    assert list(Appointment.objects.values()) == before


def test_a_position_that_is_held_is_changed_by_no_page(
    browser: Client, officer: User, ani: User
) -> None:
    chair = officer.appointments.get().position
    desk = make_position(chair.office, name="Loket", superior=chair)
    make_officer(desk)
    other = make_office()
    before = Position.objects.filter(pk=desk.pk).values()[0]
    change = {"name": "Pembuka identitas", "superior": "", "office": other.pk, "code": "lain"}
    browser.post(page(desk), typed(browser.get(page(desk))) | change)
    office = typed(browser.get(page(chair.office)))
    prefix = next(key for key, value in office.items() if value == "Loket").removesuffix("-name")
    browser.post(page(chair.office), office | {f"{prefix}-{key}": v for key, v in change.items()})
    assert Position.objects.filter(pk=desk.pk).values()[0] == before
    assert reverse("authority:position", args=[desk.pk]) in browser.get(page(desk)).content.decode()
    free = make_position(chair.office, name="Baru")
    browser.post(page(free), typed(browser.get(page(free))) | {"name": "Belum dipegang"})
    free.refresh_from_db()
    assert free.name == "Belum dipegang"


def test_the_chair_of_the_head_moves_to_no_occupied_desk(
    browser: Client, officer: User, ani: User
) -> None:
    chair = officer.appointments.get().position
    desk = make_position(chair.office)
    make_officer(desk)
    browser.post(page(chair), typed(browser.get(page(chair))) | {"is_head": ""})
    browser.post(page(desk), typed(browser.get(page(desk))) | {"is_head": "on"})
    office = typed(browser.get(page(chair.office)))
    rows = {name: value for name, value in office.items() if name.endswith("-is_head")}
    browser.post(page(chair.office), {key: v for key, v in office.items() if key not in rows})
    assert list(Position.objects.filter(is_head=True, office=chair.office)) == [chair]


def test_no_page_adds_an_address_or_takes_a_second_factor(browser: Client, officer: User) -> None:
    address = EmailAddress.objects.get(user=officer)
    factor = Authenticator.objects.create(user=officer, type="totp", data={"secret": "x"})
    stolen = {"user": officer.pk, "email": "curian@contoh.test", "verified": "on", "primary": "on"}
    assert browser.post(reverse("admin:account_emailaddress_add"), stolen).status_code == 403
    assert browser.post(page(address), stolen).status_code == 403
    for row in (address, factor):
        assert browser.post(page(row, "delete"), {"post": "yes"}).status_code == 403
        listed = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist")
        act = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        browser.post(listed, act)
        browser.post(listed, {**act, "action": "make_verified"})
        row.refresh_from_db()
    assert list(EmailAddress.objects.filter(user=officer)) == [address]


def test_a_group_with_members_stays_as_it_was_confirmed(browser: Client) -> None:
    group = Group.objects.create(name="Penyusun")
    right = Permission.objects.get(codename="add_proposal").pk
    browser.post(page(group), {"name": "Penyusun", "permissions": [right]})
    assert group.permissions.count() == 1
    make_user(is_staff=True).groups.add(group)
    assert browser.post(page(group), {"name": "Lain", "permissions": []}).status_code == 403
    assert browser.post(page(group, "delete"), {"post": "yes"}).status_code == 403
    assert group.permissions.count() == 1


def test_only_an_account_that_was_never_used_is_deleted(browser: Client, officer: User) -> None:
    mistake = User.objects.create_user("salah@contoh.test", full_name="Salah Ketik")
    other = make_admin()
    for person in (officer, other, make_user()):
        assert browser.post(page(person, "delete"), {"post": "yes"}).status_code == 403
    chosen = {
        "action": "delete_selected", "post": "yes",
        "_selected_action": [officer.pk, other.pk, mistake.pk],
    }  # fmt: skip
    browser.post(reverse("admin:accounts_user_changelist"), chosen)
    assert User.objects.filter(pk__in=[officer.pk, other.pk]).count() == 2
    browser.post(page(mistake, "delete"), {"post": "yes"})
    assert not User.objects.filter(pk=mistake.pk).exists()


POWER = (
    "accounts.Appointment", "account.EmailAddress", "mfa.Authenticator", "authority.Proposal",
    "complaints.ComplaintRole",
)  # fmt: skip


@pytest.mark.parametrize("name", POWER)
def test_pages_about_power_only_show(name: str, ani: User) -> None:
    model = apps.get_model(name)
    request = RequestFactory().get("/")
    request.user = ani
    site_page = admin.site._registry[model]
    assert not site_page.has_change_permission(request)
    assert not site_page.has_delete_permission(request)
    for other in admin.site._registry.values():
        for inline in other.get_inline_instances(request, None) + [
            each(other.model, admin.site) for each in other.inlines
        ]:
            if inline.model is model:
                assert not inline.has_add_permission(request, None)
                assert not inline.has_change_permission(request)
                assert not inline.has_delete_permission(request)
