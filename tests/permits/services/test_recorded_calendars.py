"""A holiday entered late changes no promise before it is applied, and no closed file ever."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Office
from demo import samples
from notices.models import Notice
from permits import selectors
from permits.models import Application
from permits.presenters import deadlines, last_days
from permits.services import applications, recounts
from permits.services import deadlines as deadlines_service
from permits.views import deadline_page
from standards.domain.steps import StepKind
from tests.factories.permits import Cast, make_accepted, make_keys, make_submitted
from workflow import alarms, calendar_versions
from workflow.calendars import calendar_of
from workflow.models import CalendarVersion, Holiday

pytestmark = pytest.mark.django_db
PROMISED = date(2026, 11, 24)


def decree(on: date = date(2026, 11, 20)) -> None:
    Holiday.objects.create(on=on, name="Pemilihan", kind="cuti_bersama", decree="Uji")


def finished(cast: Cast, begun: datetime, ended: datetime) -> Application:
    make_keys(cast)
    numbered = samples.advance(make_accepted(cast, begun), StepKind.NUMBER, begun)
    return samples.advance(numbered, None, ended)


def due_days(application: Application, at: datetime) -> set[date | None]:
    """Every place that names the promised day."""
    calendar = selectors.promise_calendar(application)
    account = deadline_page.explanation(application, at)
    assert account is not None
    short = deadlines.short_promise(application, at, calendar)
    return {
        application.due_on,
        deadlines.promise(application, at).due_on,
        account.state.due_on,
        *([short.due_on] if short else []),
        *application.deadlines.filter(kind="layanan").values_list("due_on", flat=True),
    }


def test_an_open_file_shows_the_stored_promise_until_the_calendar_is_applied(cast, monday):
    running = make_accepted(cast, monday)
    decree()
    assert due_days(running, monday) == {PROMISED}
    recounts.apply(monday, actor=None)
    assert due_days(samples.reload(running), monday) == {date(2026, 11, 25)}


def test_the_days_left_of_a_check_are_those_of_its_calendar(cast, monday):
    sent = make_submitted(cast, monday)
    decree(date(2026, 11, 18))
    for calendar in (None, selectors.promise_calendar(sent)):
        shown = last_days.last_day(samples.reload(sent), monday, calendar)
        assert (shown.promise.due_on, shown.promise.remaining) == (date(2026, 11, 18), 2)
    recounts.apply(monday, actor=None)
    shown = last_days.last_day(samples.reload(sent), monday)
    assert (shown.promise.due_on, shown.promise.remaining) == (date(2026, 11, 19), 2)


@pytest.mark.parametrize(("ended", "remaining"), [(24, 0), (27, -3)])
def test_a_closed_file_keeps_its_result(cast, monday, ended, remaining):
    done = finished(cast, monday, monday.replace(day=ended))
    later = monday.replace(day=30)
    before = (deadlines.promise(done, later), selectors.routing_card(done, later))
    decree()
    decree(date(2026, 11, 26))
    recounts.apply(later, actor=None)
    done = samples.reload(done)
    assert (deadlines.promise(done, later), selectors.routing_card(done, later)) == before
    assert before[0].remaining == remaining
    assert due_days(done, later) == {PROMISED}


def test_closing_reads_the_promise_that_was_made(cast, monday):
    running = make_accepted(cast, monday)
    decree()
    late = monday.replace(day=25)
    applications.withdraw_application(running, actor=cast.applicant, at=late, note="Batal")
    term = running.deadlines.get(kind="layanan")
    assert (term.due_on, term.breached_at) == (PROMISED, late)


def test_a_returned_file_is_promised_anew_with_what_is_known(cast, monday):
    running = make_accepted(cast, monday)
    made_with = selectors.promise_calendar(running).version
    decree()
    deadlines_service.pause(running, actor=None, at=monday.replace(day=17), reason="Denah")
    assert selectors.promise_calendar(running).version == made_with
    deadlines_service.resume(running, actor=None, at=monday.replace(day=17, hour=11))
    assert selectors.promise_calendar(running).version != made_with
    assert due_days(running, monday.replace(day=17, hour=12)) == {date(2026, 11, 25)}


def test_changed_rules_of_the_office_are_applied_like_a_holiday(cast, monday):
    running = make_accepted(cast, monday)
    Office.objects.filter(pk=cast.office.pk).update(counts_first_day=True)
    running = samples.reload(running)
    assert due_days(running, monday) == {PROMISED}
    recounts.apply(monday, actor=None)
    assert due_days(samples.reload(running), monday) == {date(2026, 11, 23)}


def test_page_list_and_notice_say_the_same_of_a_late_file(cast, monday, client: Client):
    running = make_accepted(cast, monday)
    decree()
    after = monday.replace(day=25)
    assert deadlines.promise(running, after).state == "late"
    alarms.watch_terms(after)
    [notice] = Notice.objects.filter(template="permits/breached")
    assert notice.context["promised"] == "Selasa, 24 November 2026"
    client.force_login(cast.applicant)
    page = client.get(reverse("permits:deadline", args=[running.public_id])).content.decode()
    assert "Hari kerja ke-6: hari yang dijanjikan" in page
    assert "Hari kerja ke-7, melewati janji" in page


def test_a_stored_calendar_counts_as_it_did(cast, monday):
    decree()
    calendar = calendar_of(cast.office)
    version = calendar_versions.keep(calendar)
    assert calendar_versions.keep(calendar) == version
    kept = calendar_versions.recorded([version, "unknown"])[version]
    first = date(2026, 1, 1)
    for number in range(400):
        day = first + timedelta(days=number)
        assert (kept.why_not(day), kept.hours_on(day)) == (
            calendar.why_not(day),
            calendar.hours_on(day),
        )
    assert (kept.rules, kept.confirmed_until) == (calendar.rules, calendar.confirmed_until)


def test_the_database_keeps_a_stored_calendar(cast):
    calendar_versions.keep(calendar_of(cast.office))
    with pytest.raises(DatabaseError), transaction.atomic():
        CalendarVersion.objects.update(facts="{}")
    with pytest.raises(DatabaseError), transaction.atomic():
        CalendarVersion.objects.all().delete()
