"""The portal asks for next year's decree months ahead, and says how far it can be trusted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Office
from portal.checks import calendar_reaches_far_enough
from tests.factories.accounts import make_admin, make_office
from workflow import admin_tasks, coverage
from workflow.calendars import rules_of
from workflow.models import AdminTask, CalendarYear, Heartbeat, Holiday

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calendar")]
AT = datetime(2027, 10, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "missing"),
    [(date(2027, 9, 30), None), (date(2027, 10, 1), 2028), (date(2028, 3, 1), 2028)],
)
def test_the_usual_warning_comes_three_months_before_the_end(today, missing):
    assert coverage.missing_year(today) == missing


def test_an_office_may_want_to_be_warned_earlier():
    make_office(calendar_warning_months=6)
    assert coverage.missing_year(date(2027, 6, 30)) is None
    assert coverage.missing_year(date(2027, 7, 1)) == 2028


def test_without_any_decree_this_year_is_missing():
    CalendarYear.objects.all().delete()
    assert coverage.sure_until() is None
    assert coverage.missing_year(date(2026, 11, 23)) == 2026


def test_the_sweep_asks_once_and_stops_asking_when_the_year_is_there():
    for _turn in range(2):
        coverage.watch_calendar(AT, date(2027, 10, 1))
    admin_task = AdminTask.objects.get()
    assert "2028" in admin_tasks.sentence(admin_task)
    CalendarYear.objects.create(year=2028)
    coverage.watch_calendar(AT, date(2027, 10, 2))
    assert not admin_tasks.waiting().exists()
    assert Heartbeat.objects.filter(sweep=coverage.SWEEP).exists()


def test_estimates_in_a_decreed_year_are_asked_about_until_they_are_settled():
    guess = Holiday.objects.filter(on__year=2027).first()
    Holiday.objects.filter(pk=guess.pk).update(estimated=True)
    coverage.watch_calendar(AT, date(2027, 2, 1))
    assert "1 hari liburnya" in admin_tasks.sentence(admin_tasks.waiting().get())
    Holiday.objects.update(estimated=False)
    coverage.watch_calendar(AT, date(2027, 2, 1))
    assert not admin_tasks.waiting().exists()


def test_each_year_says_how_sure_it_is():
    Holiday.objects.create(
        on="2028-01-01", name="Tahun baru", kind="libur_nasional", estimated=True
    )
    latest, sure, *_rest = coverage.coverage()
    assert (latest.year, latest.sure, latest.estimated) == (2028, False, 1)
    assert (sure.year, sure.sure, sure.national, sure.joint_leave) == (2027, True, 18, 8)


def test_the_system_check_warns_and_does_not_stop_the_start(time_machine):
    time_machine.move_to(AT, tick=False)
    [message] = calendar_reaches_far_enough(None)
    assert message.id == "portal.W009"
    assert not message.is_serious()
    CalendarYear.objects.create(year=2028)
    assert calendar_reaches_far_enough(None) == []


def test_administrators_see_the_coverage_and_settle_estimates(client: Client, time_machine):
    time_machine.move_to(AT, tick=False)
    guess = Holiday.objects.filter(on__year=2027).first()
    Holiday.objects.filter(pk=guess.pk).update(estimated=True)
    client.force_login(make_admin(), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("permits:calendar_effect")).content.decode()
    assert "Jumat, 31 Desember 2027" in page
    assert "Hari libur tahun 2028 belum ditetapkan" in page
    assert client.get(reverse("admin:workflow_calendaryear_changelist")).status_code == 200
    days = reverse("admin:workflow_holiday_changelist")
    assert client.get(days, {"estimated__exact": 1, "on__year": 2027}).status_code == 200
    client.post(days, {"action": "settle", "_selected_action": [guess.pk]})
    assert not Holiday.objects.filter(estimated=True).exists()
    assert "Hari libur tahun 2028" in client.get(reverse("admin:index")).content.decode()


def test_whether_late_arrivals_roll_is_the_offices_own_rule():
    office: Office = make_office(late_arrivals_roll=False)
    assert not rules_of(office).late_rolls
    assert rules_of(make_office()).late_rolls
