"""The versions of a service, past and to come, with what each of them changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from standards.services import drafting
from standards.services.publishing import publish_version
from tests.factories.standards import EFFECTIVE_ON, PUBLISHED_AT, make_standard

pytestmark = pytest.mark.django_db


def test_citizens_read_what_each_version_changes(
    client: Client, django_assert_max_num_queries: object
) -> None:
    first = make_standard()
    service, version = first.service, first
    for amount, day in ((5, EFFECTIVE_ON + timedelta(days=1)), (4, date(2199, 1, 1))):
        version = drafting.new_draft(version, actor=None, at=PUBLISHED_AT)
        version.term_amount, version.effective_on = amount, day
        version.save()
        version = publish_version(version, actor=None, at=PUBLISHED_AT)
    drafting.new_draft(version, actor=None, at=PUBLISHED_AT)
    url = reverse("standards:service_versions", args=[service.office.code, service.slug])

    page = client.get(url)
    assert [(row.standing, row.changes) for row in page.context["rows"]] == [
        ("to_come", ["Jangka waktu: 5 menjadi 4 hari kerja."]),
        ("in_force", ["Jangka waktu: 6 menjadi 5 hari kerja."]),
        ("past", []),
    ]
    words = page.content.decode()
    assert "Jangka waktu: 5 menjadi 4 hari kerja." in words
    assert "Versi pertama di portal ini." in words
    assert url in client.get(service.get_absolute_url()).content.decode()
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get(url)
