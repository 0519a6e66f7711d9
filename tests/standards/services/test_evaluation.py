"""The yearly evaluation of a standard: asked for in time, recorded once, due again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from standards.models import Evaluation
from standards.services import evaluation
from tests.factories.accounts import make_admin
from tests.factories.permits import Cast
from workflow import alarms
from workflow.domain.errors import DomainError
from workflow.models import AdminTask

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(cast: Cast, monday: datetime) -> Evaluation:
    """The evaluation that a standard published on Monday owes."""
    evaluation.begin(cast.service, at=monday)
    return Evaluation.objects.running().get(service=cast.service)


def test_publishing_makes_one_evaluation_due_in_a_year(due: Evaluation, monday: datetime) -> None:
    assert due.due_on == date(2027, 11, 16)
    evaluation.begin(due.service, at=monday + timedelta(days=100))
    assert Evaluation.objects.running().get(service=due.service).due_on == date(2028, 2, 24)


def test_administrators_are_asked_a_month_before_and_once(
    due: Evaluation, monday: datetime
) -> None:
    for days in (330, 335, 340, 365, 366):
        alarms.watch_terms(monday + timedelta(days=days))
        assert AdminTask.objects.filter(kind="evaluation_due").count() == (days >= 335)
    admin_task = AdminTask.objects.get(kind="evaluation_due")
    assert admin_task.facts["due"] == "Selasa, 16 November 2027"
    assert admin_task.closed_at is None


def test_recording_closes_the_admin_task_and_begins_the_next_year(
    due: Evaluation, monday: datetime, client: Client
) -> None:
    alarms.watch_terms(monday + timedelta(days=340))
    admin = make_admin()
    client.force_login(admin)
    page = reverse("admin:standards_evaluation_change", args=[due.pk])
    assert client.post(page, {"result": ""}).status_code == 200
    assert client.post(page, {"result": "Jangka waktu tetap enam hari."}).status_code == 302
    due.refresh_from_db()
    assert (due.result, due.done_by) == ("Jangka waktu tetap enam hari.", admin)
    assert not AdminTask.objects.filter(closed_at=None, kind="evaluation_due").exists()
    assert Evaluation.objects.running().filter(service=due.service).count() == 1
    with pytest.raises(DomainError) as refusal:
        evaluation.record_evaluation(due, actor=admin, at=monday, result="Lagi")
    assert refusal.value.code == "evaluation_done"
    assert client.get(page).status_code == 200
    assert client.post(page, {"result": "Lagi"}).status_code == 403
