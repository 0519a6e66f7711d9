"""The administration compares any two versions of one service."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from standards.services import drafting
from tests.factories.accounts import make_admin, make_office, make_user
from tests.factories.standards import PUBLISHED_AT, make_standard

pytestmark = pytest.mark.django_db


def test_two_versions_are_compared_within_their_service(client: Client) -> None:
    first = make_standard()
    second = drafting.new_draft(first, actor=None, at=PUBLISHED_AT)
    second.term_amount = 4
    second.save()
    other = make_standard()
    client.force_login(make_admin())
    alone = client.get(reverse("admin:standards_standardversion_perbandingan", args=[other.pk]))
    assert "baru mempunyai satu versi" in alone.content.decode()
    assert "Dari versi" not in alone.content.decode()
    url = reverse("admin:standards_standardversion_perbandingan", args=[second.pk])

    page = client.get(url)
    assert page.context["changes"] == ["Jangka waktu: 6 menjadi 4 hari kerja."]
    assert "Jangka waktu: 6 menjadi 4 hari kerja." in page.content.decode()
    back = client.get(url, {"old": second.pk, "new": first.pk})
    assert back.context["changes"] == ["Jangka waktu: 4 menjadi 6 hari kerja."]
    same = client.get(url, {"old": second.pk, "new": second.pk})
    assert "Isi kedua versi sama." in same.content.decode()
    wrong = client.get(f"{url}?old={other.pk}&new=x")
    assert wrong.status_code == 200
    assert set(wrong.context["form"].errors) == {"old", "new"}
    assert wrong.context["chosen"] == {}

    stranger = make_user(is_staff=True)
    stranger.administers.add(make_office())
    client.force_login(stranger)
    assert client.get(url).status_code == 404
