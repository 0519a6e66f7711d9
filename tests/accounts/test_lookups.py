"""Every search compares texts in one form."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.architecture.source import modules
from tests.factories.accounts import make_admin, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("Ma\u2019ruf Amin", "ma'ruf"),
        ("Ma'ruf Amin", "Ma\u2019ruf amin"),
        ("Ma`ruf Amin", "Maruf"),
        ("PT. Maju-Jaya \u201cSentosa\u201d", 'PT Maju Jaya "Sentosa"'),
        ("Siti  Aminah", "siti aminah\u200b"),
        ("100% Jaya_Abadi", "100% jaya"),
    ],
)
def test_a_name_is_found_however_it_is_typed(stored, asked):
    person = make_user(full_name=stored)
    make_user(full_name="Orang Lain")
    assert list(User.objects.filter(full_name__alike=asked)) == [person]


def test_a_sign_of_patterns_is_a_sign():
    make_user(full_name="Orang Lain")
    assert not User.objects.filter(full_name__alike="Or%in").exists()


def test_the_whole_text_is_the_same_or_not():
    person = make_user(employee_number="19800101 200501 1 001")
    assert User.objects.get(employee_number__same="198001012005011001") == person
    assert not User.objects.filter(employee_number__same="19800101").exists()


def test_a_telephone_number_is_found_in_all_its_forms():
    person = make_user(phone="0812 3456 7890")
    for asked in ("+6281234567890", "0062 812-3456-7890", "81234567890"):
        assert User.objects.get(phone_e164__alike=asked) == person
    assert not User.objects.filter(phone_e164__alike="tidak ada").exists()


def test_the_administration_takes_a_number_in_groups_as_one(client: Client):
    client.force_login(make_admin())
    person = make_user(
        full_name="Nur\u2019aini", employee_number="198001012005011001", phone="081234567890"
    )
    for asked in ("19800101 200501 1 001", "Nur'aini", "0812 3456 7890", "nur'aini 198001"):
        page = client.get(reverse("admin:accounts_user_changelist"), {"q": asked})
        assert list(page.context["cl"].queryset) == [person], asked


def test_every_page_of_the_administration_searches_so(rf):
    for model, page in admin.site._registry.items():
        if model._meta.app_label != "axes":  # the log of a library
            assert all(name.endswith("__alike") for name in page.get_search_fields(rf.get("/")))


def test_no_search_compares_as_the_database_does():
    assert [path for path, text in modules() if "__icontains" in text] == []
