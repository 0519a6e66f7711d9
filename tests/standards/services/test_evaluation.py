"""The yearly evaluation of a standard: asked for in time, recorded once, due again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from demo.samples import pdf_upload
from standards.models import Evaluation
from standards.selectors import last_evaluated
from standards.services import evaluation
from tests.factories.accounts import make_admin
from tests.factories.permits import Cast
from workflow import alarms
from workflow.domain.errors import DomainError
from workflow.models import AdminTask

pytestmark = pytest.mark.django_db
REVIEW = evaluation.Review(date(2026, 11, 16), "Tim penilai", "Sudah sesuai.", "tetap")


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
    sent: dict[str, object] = {
        "evaluated_on": timezone.localdate().isoformat(),
        "evaluators": "Tim penilai standar",
        "result": "Jangka waktu tetap enam hari.",
        "decision": "tetap",
    }
    for name in sent:
        assert client.post(page, {**sent, name: ""}).status_code == 200, name
    assert client.post(page, {**sent, "upload": pdf_upload("evaluasi.pdf")}).status_code == 302
    due.refresh_from_db()
    assert (due.result, due.done_by) == ("Jangka waktu tetap enam hari.", admin)
    assert (due.evaluators, due.decision) == ("Tim penilai standar", Evaluation.Decision.KEEP)
    paper = client.get(f"{page.removesuffix('change/')}berkas/")
    assert b"".join(paper.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert not AdminTask.objects.filter(closed_at=None, kind="evaluation_due").exists()
    assert Evaluation.objects.running().filter(service=due.service).count() == 1
    with pytest.raises(DomainError) as refusal:
        evaluation.record_evaluation(due, REVIEW, actor=admin, at=monday)
    assert refusal.value.code == "evaluation_done"
    assert client.get(page).status_code == 200
    assert client.post(page, {**sent, "result": "Lagi"}).status_code == 403


def test_the_next_evaluation_is_due_a_year_after_the_day_of_this_one(
    due: Evaluation, monday: datetime
) -> None:
    recorded = monday + timedelta(days=340)
    ahead = replace(REVIEW, evaluated_on=(recorded + timedelta(days=2)).date())
    with pytest.raises(DomainError) as refusal:
        evaluation.record_evaluation(due, ahead, actor=make_admin(), at=recorded)
    assert refusal.value.code == "evaluation_day"
    review = replace(REVIEW, evaluated_on=date(2027, 10, 1))
    evaluation.record_evaluation(due, review, actor=make_admin(), at=recorded)
    assert Evaluation.objects.running().get(service=due.service).due_on == date(2028, 10, 1)
    assert last_evaluated(due.service) == date(2027, 10, 1)
