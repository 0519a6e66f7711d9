"""Mails over a real connection: one for many, a new one after each fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from notices import outbox
from notices.models import Notice
from notices.services import deliver_due
from tests.factories.accounts import make_user
from tests.notices.conftest import FACTS
from tests.notices.mailserver import FakeMailServer, running
from workflow.models import JobStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings) -> Iterator[FakeMailServer]:
    with running() as fake:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", fake.port
        yield fake


def post(at: datetime, many: int) -> list[Notice]:
    for number in range(many):
        outbox.post(f"ke-{number}", "permits/received", to=make_user(), at=at, **FACTS)
    return list(Notice.objects.order_by("pk"))


def numbers(server: FakeMailServer) -> list[str]:
    return [re.findall(r"^Message-ID: <(.+)@", mail, re.MULTILINE)[0] for mail in server.taken]


def test_many_mails_go_over_one_connection(server: FakeMailServer, monday: datetime) -> None:
    notices = post(monday, 5)
    assert deliver_due(monday).done == 5
    assert server.connections == 1
    assert numbers(server) == [f"notice-{notice.pk}" for notice in notices]
    assert Notice.objects.get(pk=notices[0].pk).message_id == f"<notice-{notices[0].pk}@127.0.0.1>"


def test_a_server_that_hangs_up_gets_a_new_connection(
    server: FakeMailServer, monday: datetime
) -> None:
    notices = post(monday, 5)
    server.hangs_up_after = 2
    deliver_due(monday)
    deliver_due(monday + timedelta(minutes=1))
    assert sorted(numbers(server)) == sorted(f"notice-{notice.pk}" for notice in notices)
    assert not Notice.objects.exclude(job_status=JobStatus.DONE).exists()


def test_one_refused_address_stops_only_its_own_mail(
    server: FakeMailServer, monday: datetime
) -> None:
    first, second, third = post(monday, 3)
    server.refused = {first.address: b"550 tidak ada", second.address: b"450 nanti"}
    assert deliver_due(monday).done == 1
    states = {row.pk: row for row in Notice.objects.all()}
    assert states[first.pk].job_status == JobStatus.FAILED
    assert "550" in states[first.pk].last_error
    assert (states[second.pk].job_status, states[second.pk].attempts) == (JobStatus.QUEUED, 1)
    assert states[third.pk].job_status == JobStatus.DONE
