"""A changed calendar applied by a sweep: part by part, through crashes, and never twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notices.models import Notice
from permits.models import Application, ApplicationDeadline, DueDateChange
from permits.services import calendar_changes, recounts
from tests.factories.accounts import make_admin, make_user
from tests.factories.base import on_monday
from tests.factories.permits import Cast, make_accepted
from workflow import admin_tasks
from workflow.models import Holiday, JobStatus, Recount

pytestmark = pytest.mark.django_db
FILES = 5
LEASE = timedelta(seconds=61)


def decree(day: int) -> None:
    """A day of joint leave in November 2026."""
    on = date(2026, 11, day)
    Holiday.objects.create(on=on, name="Cuti", kind="cuti_bersama", decree="Uji")


def make_file(cast: Cast, at: datetime) -> Application:
    """Return a running file of an applicant of its own."""
    return make_accepted(cast, at, applicant=make_user())


@pytest.fixture(scope="module")
def _running(module_world: None) -> list[int]:
    return [on_monday(make_file) for _file in range(FILES)]


@pytest.fixture
def files(_running: list[int], db: None, monkeypatch: pytest.MonkeyPatch) -> list[Application]:
    """Five running files, a decree that moves all of them, and parts of two promises."""
    made = [Application.objects.get(pk=pk) for pk in _running]
    ApplicationDeadline.objects.exclude(kind="layanan").delete()
    Notice.objects.all().delete()
    decree(20)
    monkeypatch.setattr(recounts, "BATCH", 2)
    return made


def moved() -> Counter[int]:
    """How often each promise has been moved."""
    return Counter(DueDateChange.objects.values_list("deadline", flat=True))


def told() -> Counter[str]:
    """How often each applicant has been told."""
    rows = Notice.objects.filter(template="permits/moved", channel="email")
    return Counter(rows.values_list("address", flat=True))


def test_an_order_moves_nothing_before_the_sweep_does_it(files, monday):
    [order] = recounts.order(monday, actor=None)
    assert order.total == FILES
    assert not moved()
    recounts.recount_due(monday)
    order.refresh_from_db()
    assert (order.done, order.moved, order.broken) == (FILES, FILES, [])
    assert order.finished_at == monday
    assert set(moved().values()) == {1}
    assert sum(told().values()) == FILES


def test_two_clicks_are_one_order(files, monday):
    first = recounts.order(monday, actor=None)
    again = recounts.order(monday + timedelta(seconds=1), actor=None)
    assert first == again
    assert Recount.objects.count() == 1


def test_a_worker_that_dies_between_two_parts_loses_and_doubles_nothing(files, monday, monkeypatch):
    class Killed(BaseException):
        """Like a kill, it is caught by nobody."""

    whole = calendar_changes._notify_applicants
    parts = 0

    def dies(counted, moves):
        nonlocal parts
        parts += 1
        if parts == 2:
            raise Killed
        whole(counted, moves)

    monkeypatch.setattr(calendar_changes, "_notify_applicants", dies)
    [order] = recounts.order(monday, actor=None)
    with pytest.raises(Killed):
        recounts.recount_due(monday)
    order.refresh_from_db()
    assert (order.done, order.job_status) == (2, JobStatus.QUEUED)
    assert sum(moved().values()) == 2
    assert recounts.recount_due(monday).done == 0  # the dead one still holds the lease
    recounts.recount_due(monday + LEASE)
    order.refresh_from_db()
    assert (order.done, order.moved, order.job_status) == (FILES, FILES, JobStatus.DONE)
    assert moved() == Counter({file.deadlines.get().pk: 1 for file in files})
    assert told() == Counter({file.applicant.email: 1 for file in files})


def test_a_broken_promise_is_left_alone_and_said(files, monday, monkeypatch):
    whole = calendar_changes._notify_applicants

    def fails(counted, moves):
        if any(move.row.application_id == files[2].pk for move in moves):
            raise RuntimeError("broken")
        whole(counted, moves)

    monkeypatch.setattr(calendar_changes, "_notify_applicants", fails)
    [order] = recounts.order(monday, actor=None)
    recounts.recount_due(monday)
    order.refresh_from_db()
    assert order.broken == [files[2].deadlines.get().pk]
    assert (order.done, order.moved) == (FILES, FILES - 1)
    assert admin_tasks.waiting().get().kind == "calendar_changed"


def test_a_calendar_nobody_has_looked_at_is_not_applied(files, monday):
    [order] = recounts.order(monday, actor=None)
    decree(19)
    recounts.recount_due(monday)
    order.refresh_from_db()
    assert order.overtaken
    assert not moved()
    recounts.apply(monday + timedelta(minutes=1), actor=None)
    assert set(DueDateChange.objects.values_list("new_on", flat=True)) == {date(2026, 11, 26)}


def test_an_order_that_failed_is_taken_up_by_asking_again(files, monday):
    recounts.order(monday, actor=None)
    Recount.objects.update(job_status=JobStatus.FAILED)
    assert recounts.recount_due(monday).done == 0
    recounts.order(monday, actor=None)
    recounts.recount_due(monday)
    assert Recount.objects.get().done == FILES


def one_part(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Let the sweep do one part and no more."""
    with monkeypatch.context() as shorter:
        shorter.setattr(
            recounts, "drain_queue", lambda _task, owed, act: [act(pk) for pk in owed()]
        )
        recounts.recount_due(at)


def test_the_hourly_look_leaves_a_running_order_alone(files, monday, monkeypatch):
    recounts.order(monday, actor=None)
    one_part(monkeypatch, monday)
    calendar_changes.settle(monday)
    assert not Notice.objects.filter(template="permits/desk_moved").exists()
    recounts.recount_due(monday)
    [notice] = Notice.objects.filter(template="permits/desk_moved", channel="rangkuman")
    assert notice.context["total"] == FILES


# The page ------------------------------------------------------------------------------------


@pytest.fixture
def admin(client: Client, monday: datetime, time_machine: Any) -> Client:
    """An administrator's browser on Monday morning."""
    time_machine.move_to(monday, tick=False)
    admin = make_admin(full_name="Sari Administrator")
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    return client


def read(browser: Client, **headers: str) -> str:
    return browser.get(reverse("permits:calendar_effect"), headers=headers).content.decode()


def test_the_page_shows_the_effect_then_the_progress_then_what_has_moved(
    files, admin, monday, monkeypatch
):
    assert files[0].number in read(admin)
    admin.post(reverse("permits:calendar_effect"))
    page = read(admin)
    assert f"0 dari {FILES} tanggal janji dihitung ulang" in page
    assert "Sari Administrator" in page
    assert '<button class="btn btn-primary">' not in page  # nothing to apply meanwhile
    one_part(monkeypatch, monday)
    page = read(admin, **{"HX-Request": "true"})
    assert f"2 dari {FILES} tanggal janji dihitung ulang" in page
    assert "<html" not in page
    recounts.recount_due(monday)
    page = read(admin)
    assert f"{FILES} dari {FILES} tanggal janji bergeser" in page
    assert "Tidak ada tanggal janji yang bergeser" in page
    assert all(file.number in page for file in files)  # old and new of each


def test_the_page_reloads_itself_when_all_is_done(files, admin, monday):
    admin.post(reverse("permits:calendar_effect"))
    recounts.recount_due(monday)
    answer = admin.get(reverse("permits:calendar_effect"), headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"


def test_large_figures_are_written_with_points(files, admin):
    admin.post(reverse("permits:calendar_effect"))
    Recount.objects.update(done=1200, total=40000)
    assert "1.200 dari 40.000 tanggal janji dihitung ulang" in read(admin)
