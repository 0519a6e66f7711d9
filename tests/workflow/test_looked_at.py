"""What administrators look at speaks of files and terms, not of keys."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from permits.models import ApplicationDeadline
from tests.factories.accounts import make_admin
from tests.factories.permits import Cast, make_accepted
from workflow import admin_tasks, alarms
from workflow.models import AdminTask, Alarm, Holiday, JobStatus, Recount

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    """A browser of an administrator."""
    client.force_login(make_admin(full_name="Sari Administrator"))
    return client


def read(browser: Client, model: str, **asked: str) -> str:
    answer = browser.get(reverse(f"admin:workflow_{model}_changelist"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_alarm_names_its_term_and_its_file(admin: Client, cast: Cast, monday: datetime) -> None:
    file = make_accepted(cast, monday)
    ApplicationDeadline.objects.exclude(kind="layanan").delete()
    alarms.raise_alarms(monday + timedelta(days=9))
    page = read(admin, "alarm")
    assert "Jangka waktu layanan" in page
    assert f"{file.number} layanan" in page
    assert str(file.number) in read(admin, "alarm", term="permits.layanan")
    assert str(file.number) not in read(admin, "alarm", term="permits.konsep")
    detail = reverse("admin:workflow_alarm_change", args=[Alarm.objects.get().pk])
    assert str(file.number) in admin.get(detail).content.decode()


def test_an_alarm_whose_object_is_gone_can_be_looked_at(admin: Client, monday: datetime) -> None:
    known: dict[str, Any] = {"due_at": monday, "mark_at": monday, "next_try_at": monday}
    Alarm.objects.create(term="permits.konsep", object_id=0, **known)
    assert "sudah dihapus" in read(admin, "alarm")


def test_a_recount_says_how_far_it_is(admin: Client, cast: Cast, monday: datetime) -> None:
    known: dict[str, Any] = {"asked_at": monday, "next_try_at": monday, "total": 40_000}
    Recount.objects.create(office=cast.office, calendar_version="1", done=1_200, **known)
    Recount.objects.create(
        office=cast.office, calendar_version="2", overtaken=True, job_status=JobStatus.DONE, **known
    )
    page = read(admin, "recount")
    assert "1.200 dari 40.000" in page
    assert "Kalender berubah lagi" in page
    detail = reverse("admin:workflow_recount_change", args=[Recount.objects.all()[0].pk])
    assert admin.get(detail).status_code == 200


def test_a_closed_admin_task_says_who_closed_it(
    admin: Client, cast: Cast, monday: datetime
) -> None:
    for key, actor in (("a", None), ("b", make_admin(full_name="Budi Penutup"))):
        admin_tasks.open_task(key, "no_holder", at=monday, office=cast.office, position="Kepala")
        admin_tasks.close_task(key, at=monday, actor=actor)
    page = read(admin, "admintask")
    assert AdminTask.objects.count() == 2
    assert "oleh portal" in page
    assert "Budi Penutup" in page


def test_a_holiday_that_is_saved_says_what_is_kept(admin: Client, monday: datetime) -> None:
    url = reverse("admin:workflow_holiday_add")
    typed = {"on": "2026-11-20", "name": "Pilkada", "kind": "libur_daerah", "decree": "Uji"}
    page = admin.post(url, typed, follow=True).content.decode()
    assert "Tanggal janji yang sudah diberikan belum berubah." in page
    assert reverse("permits:calendar_effect") in page


def test_a_holiday_is_decreed_or_an_estimate_in_words(admin: Client, monday: datetime) -> None:
    Holiday.objects.create(on=monday.date(), name="Uji", kind="libur_nasional", estimated=True)
    assert "Perkiraan</td>" in read(admin, "holiday")
