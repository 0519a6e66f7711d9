"""An administrator changes the marks of an office."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from notices.models import Notice
from permits.models import ApplicationDeadline
from tests.factories.accounts import make_admin
from tests.factories.permits import Cast, make_accepted
from workflow import alarms
from workflow.models import TermMark

pytestmark = pytest.mark.django_db
ADD = "admin:workflow_termmark_add"


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    """A browser of an administrator."""
    client.force_login(make_admin())
    return client


def test_a_new_mark_holds_for_files_that_are_open_already(
    admin: Client, cast: Cast, monday: datetime
) -> None:
    application = make_accepted(cast, monday)
    application.deadlines.exclude(kind="layanan").delete()
    typed = {"term": "permits.layanan", "act": "warn", "days": "-4", "level": "0"}
    assert admin.post(reverse(ADD), {"office": str(cast.office.pk), **typed}).status_code == 302
    assert TermMark.objects.count() == 1
    ApplicationDeadline.objects.update(next_mark_at=monday)  # the sweep has its own clock here
    alarms.watch_terms(monday)
    deadline = ApplicationDeadline.objects.get()
    assert deadline.next_mark_at == monday.replace(hour=7, minute=30) + timedelta(days=2)
    alarms.watch_terms(monday + timedelta(days=2))
    assert Notice.objects.filter(template="permits/due_soon").exists()


def test_a_mark_that_moves_to_another_term_frees_the_first(
    admin: Client, cast: Cast, monday: datetime
) -> None:
    mark = TermMark.objects.create(office=cast.office, term="permits.layanan", days=-1, act="warn")
    make_accepted(cast, monday)
    before = ApplicationDeadline.objects.get(kind="layanan").next_mark_at
    typed = {"term": "permits.target", "act": "breach", "level": "0", "office": cast.office.pk}
    page = reverse("admin:workflow_termmark_change", args=[mark.pk])
    assert admin.post(page, typed).status_code == 302
    assert ApplicationDeadline.objects.get(kind="layanan").next_mark_at != before


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"share": "50", "days": "-1"}, "Isi persen atau hari, bukan keduanya."),
        ({"days": "2"}, "Peringatan harus sebelum atau pada tanggal janji."),
        ({"act": "lapse"}, "Untuk jangka waktu ini hanya"),
        ({"act": "escalate", "days": "1"}, "Sebutkan tingkat atasan, mulai dari 1."),
    ],
)
def test_what_does_not_go_together_is_said(
    admin: Client, cast: Cast, changes: dict[str, str], sentence: str
) -> None:
    typed = {"office": str(cast.office.pk), "term": "permits.layanan", "act": "warn", "level": "0"}
    page = admin.post(reverse(ADD), {**typed, **changes})
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not TermMark.objects.exists()


def test_alarms_can_only_be_looked_at(admin: Client) -> None:
    assert admin.get(reverse("admin:workflow_alarm_changelist")).status_code == 200
    assert admin.get(reverse("admin:workflow_alarm_add")).status_code == 403
