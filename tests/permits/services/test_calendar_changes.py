"""A decree that came this morning."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from notices.models import Notice
from notices.services import deliver_due
from permits.models import DueDateChange
from permits.services import calendar_changes, steps
from portal import world
from tests.factories.accounts import make_admin
from tests.factories.permits import make_accepted, make_cast
from workflow.models import Holiday

pytestmark = pytest.mark.django_db
DECREED = date(2026, 11, 20)


def decree(office=None):
    kind = "libur_daerah" if office else "cuti_bersama"
    Holiday.objects.create(on=DECREED, name="Pemilihan", kind=kind, office=office, decree="Uji")


def test_nothing_moves_before_somebody_applies_it(cast, monday):
    application = make_accepted(cast, monday)
    decree()
    moves = calendar_changes.preview(monday)
    service = [move for move in moves if move.deadline.kind == "layanan"]
    assert [(m.old_on, m.new_on) for m in service] == [(date(2026, 11, 24), date(2026, 11, 25))]
    assert world.reload(application).due_on == date(2026, 11, 24)


def test_applying_moves_once_tells_the_applicant_and_keeps_old_and_new(cast, monday, mailoutbox):
    application = make_accepted(cast, monday)
    decree()
    assert calendar_changes.apply(monday, actor=None).done >= 1
    assert calendar_changes.apply(monday, actor=None).done == 0
    assert world.reload(application).due_on == date(2026, 11, 25)
    change = DueDateChange.objects.get(deadline__kind="layanan")
    assert (change.old_on, change.new_on) == (date(2026, 11, 24), date(2026, 11, 25))
    Notice.objects.exclude(template="permits/moved").delete()
    deliver_due(monday)
    assert "Selasa, 24 November 2026" in mailoutbox[0].body
    assert "Rabu, 25 November 2026" in mailoutbox[0].subject


def test_a_regional_holiday_leaves_other_offices_alone(cast, monday):
    other = make_cast()
    here, there = make_accepted(cast, monday), make_accepted(other, monday)
    decree(cast.office)
    calendar_changes.apply(monday, actor=None)
    assert world.reload(here).due_on == date(2026, 11, 25)
    assert world.reload(there).due_on == date(2026, 11, 24)


def test_a_date_that_has_passed_never_moves(cast, monday):
    application = make_accepted(cast, monday)
    decree()
    late = monday + timedelta(days=30)
    assert calendar_changes.preview(late) == []
    assert calendar_changes.apply(late, actor=None).done == 0
    assert world.reload(application).due_on == date(2026, 11, 24)


def test_a_standing_clock_has_no_date_to_move(cast, monday):
    application = make_accepted(cast, monday)
    steps.send_back(application, actor=cast.at("tim-teknis"), at=monday, note="Kurang")
    world.return_for_completion(world.reload(application), monday)
    decree()
    assert [m for m in calendar_changes.preview(monday) if m.deadline.kind == "layanan"] == []


def test_an_administrator_sees_the_effect_and_applies_it(cast, client, monday, time_machine):
    time_machine.move_to(monday, tick=False)
    application = make_accepted(cast, monday)
    decree()
    client.force_login(make_admin(), backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("permits:calendar_effect")
    assert application.number in client.get(url).content.decode()
    client.post(url)
    assert world.reload(application).due_on == date(2026, 11, 25)
    assert "Tidak ada tanggal janji yang bergeser" in client.get(url).content.decode()
