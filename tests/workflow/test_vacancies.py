"""A desk with work and without a holder: the administrator is asked at once, and told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts.models import Appointment, Position, User
from accounts.selectors import reachable
from notices.models import Notice
from notices.services import report_tasks
from tests.factories.accounts import appoint, make_admin, make_user
from tests.factories.permits import Cast, make_accepted, make_submitted
from tests.factories.standards import position_of
from workflow import admin_tasks, vacancies
from workflow.models import AdminTask

pytestmark = pytest.mark.django_db


def leave(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def asked() -> list[str]:
    rows = admin_tasks.waiting().filter(kind=vacancies.VACANT)
    return [admin_tasks.sentence(row) for row in rows]


def test_a_file_that_comes_to_a_vacant_desk_opens_a_task_at_once(
    cast: Cast, monday: datetime
) -> None:
    leave(cast.at("front-office"))
    make_submitted(cast, monday)
    [sentence] = asked()
    assert "Front office" in sentence
    assert "1 berkas dan 0 pengaduan" in sentence


def test_the_last_officer_who_leaves_opens_a_task_and_the_next_one_closes_it(
    cast: Cast, monday: datetime
) -> None:
    make_submitted(cast, monday)
    make_submitted(cast, monday)
    vacancies.watch_desks(monday)
    assert asked() == []
    leave(cast.at("front-office"))
    vacancies.watch_desks(monday)
    assert "2 berkas" in asked()[0]
    appoint(make_user(), position_of(cast.office, "front-office"))
    vacancies.watch_desks(monday)
    assert asked() == []


def test_an_appointment_that_ends_by_itself_leaves_a_vacant_desk(
    cast: Cast, monday: datetime
) -> None:
    make_submitted(cast, monday)
    Appointment.objects.filter(user=cast.at("front-office")).update(ended_on=monday.date())
    vacancies.watch_desks(monday)
    assert asked() == []
    vacancies.watch_desks(monday + timedelta(days=1))
    assert len(asked()) == 1


def test_a_vacant_desk_without_work_asks_nobody(cast: Cast, monday: datetime) -> None:
    make_accepted(cast, monday)
    leave(cast.at("back-office"))
    vacancies.watch_desks(monday)
    assert asked() == []


def test_the_superior_is_told_for_a_desk_without_a_holder(cast: Cast, monday: datetime) -> None:
    head, secretary = (position_of(cast.office, code) for code in ("kepala-dinas", "sekretaris"))
    front = position_of(cast.office, "front-office")
    Position.objects.filter(pk=secretary.pk).update(superior=head)
    Position.objects.filter(pk=front.pk).update(superior=secretary)
    front = Position.objects.get(pk=front.pk)
    assert reachable(front, monday) == [cast.at("front-office")]
    leave(cast.at("front-office"))
    assert reachable(front, monday) == [cast.at("sekretaris")]
    leave(cast.at("sekretaris"))
    assert reachable(front, monday) == [cast.at("kepala-dinas")]
    assert reachable(None, monday) == []


def test_every_administrator_is_told_of_a_task_once(cast: Cast, monday: datetime) -> None:
    admin, _gone = make_admin(), make_admin(is_active=False)
    leave(cast.at("front-office"))
    make_submitted(cast, monday)
    for _sweep in range(2):
        report_tasks(monday)
    told = Notice.objects.get(template="notices/admin_task")
    assert told.recipient == admin
    assert "1 berkas" in told.context["task"]
    AdminTask.objects.update(closed_at=monday)
    report_tasks(monday)
    assert Notice.objects.filter(template="notices/admin_task").count() == 1
