"""Facts about a service that is closed to new applications from a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from permits.services import filling
from permits.services.applications import submit_application
from standards.domain.closing import is_closed
from standards.models import Service
from tests.factories.accounts import make_admin
from tests.factories.permits import Cast, make_draft_application
from workflow.domain.errors import DomainError

DAY = date(2026, 11, 17)  # the day after "monday"


@pytest.mark.parametrize(
    ("closed_from", "closed"),
    [(None, False), (DAY, True), (DAY - timedelta(days=1), True), (DAY + timedelta(days=1), False)],
)
def test_closed_from_the_day_on(closed_from: date | None, closed: bool) -> None:
    assert is_closed(closed_from, DAY) is closed


def close(cast: Cast) -> Service:
    service = cast.service
    service.closed_from, service.closed_note = DAY, "Ajukan lewat OSS."
    service.save()
    return service


@pytest.mark.django_db
def test_drafts_begin_the_day_before_and_not_on_the_day(cast: Cast, monday: datetime) -> None:
    service = close(cast)
    filling.start_draft(service, actor=cast.applicant, at=monday)
    with pytest.raises(DomainError) as refused:
        filling.start_draft(service, actor=cast.stranger, at=monday + timedelta(days=1))
    assert refused.value.code == "closed_to_new"


@pytest.mark.django_db
def test_a_draft_is_sent_the_day_before_and_not_on_the_day(cast: Cast, monday: datetime) -> None:
    draft = make_draft_application(cast)
    close(cast)
    draft.service.refresh_from_db()
    with pytest.raises(DomainError) as refused:
        submit_application(
            draft, actor=cast.applicant, at=monday + timedelta(days=1), declared_true=True
        )
    assert refused.value.code == "closed_to_new"
    sent = submit_application(draft, actor=cast.applicant, at=monday, declared_true=True)
    assert sent.number


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "words"), [(0, "ditutup"), (1, "Ajukan lewat OSS")])
def test_pages_say_it_before_and_from_the_day_on(
    cast: Cast, client: Client, monday: datetime, days: int, words: str
) -> None:
    draft = make_draft_application(cast)
    service = close(cast)
    start = reverse("permits:start", args=[service.office.code, service.slug])
    with time_machine.travel(monday + timedelta(days=days), tick=False):
        page = client.get(service.get_absolute_url()).content.decode()
        rows = client.get(reverse("standards:service_list")).content.decode()
        client.force_login(cast.applicant)
        tasks = client.get(draft.get_absolute_url()).content.decode()
        begun = client.get(start)
    assert words in page
    assert words in tasks
    assert (f'href="{start}"' in page) is (days == 0)
    assert ("Ditutup" in rows) is (days == 1)
    assert begun.status_code == (302 if days else 200)


@pytest.mark.django_db
def test_the_administration_has_both_fields(cast: Cast, client: Client) -> None:
    client.force_login(make_admin())
    service = cast.service
    url = reverse("admin:standards_service_change", args=[service.pk])
    page = client.get(url).content.decode()
    assert 'name="closed_from"' in page
    assert 'name="closed_note"' in page
