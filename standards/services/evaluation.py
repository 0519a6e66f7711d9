"""A standard is evaluated at least once a year (PermenPAN-RB 15/2014); the portal reminds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from standards.models import Evaluation, OfficeDocument, Service
from workflow import admin_tasks, alarms
from workflow.alarms import Reached, WatchedTerm
from workflow.domain.clock import Unit, end_of
from workflow.domain.dates import add_months, weekday_date
from workflow.domain.errors import DomainError
from workflow.domain.marks import Mark

TERM = "standards.evaluasi"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Review:
    """What an evaluation was: its day, by whom, what they found and decided, the paper about it."""

    evaluated_on: date
    evaluators: str
    result: str
    decision: str
    document: OfficeDocument | None = None


@transaction.atomic
def begin(service: Service, *, at: datetime) -> None:
    """A standard was published: its next evaluation is due in a year, whatever was due before."""
    for due in service.evaluations.running():
        _end(due, at)
    _begin(service, at)


@transaction.atomic
def record_evaluation(
    evaluation: Evaluation, review: Review, *, actor: User, at: datetime, findings: str = ""
) -> None:
    """Note what the evaluation found; the next one is due a year after its day.

    ``findings`` is what the linter says that day, kept beside the words of the officer.

    Raises ``DomainError``: evaluation_done, note_missing, evaluation_day.
    """
    fresh = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if fresh.met_at is not None:
        raise DomainError("evaluation_done")
    if not (review.result.strip() and review.evaluators.strip() and review.decision):
        raise DomainError("note_missing")
    if review.evaluated_on > fresh.service.office.local_date(at):
        raise DomainError("evaluation_day")
    fresh.evaluated_on, fresh.evaluators = review.evaluated_on, review.evaluators.strip()
    fresh.result, fresh.decision = review.result.strip(), review.decision
    fresh.document = review.document or fresh.document
    fresh.findings, fresh.done_by = findings, actor
    fresh.save(
        update_fields=[
            "evaluated_on",
            "evaluators",
            "result",
            "decision",
            "document",
            "findings",
            "done_by",
        ]
    )
    _end(fresh, at)
    _begin(fresh.service, at, review.evaluated_on)


def _begin(service: Service, at: datetime, since: date | None = None) -> None:
    """Have the next evaluation due a year after ``since``; else after today."""
    today = service.office.local_date(at)
    due_on = add_months(since or today, MONTHS)
    row = Evaluation(
        service=service,
        term_amount=max((due_on - today).days, 1),
        term_unit=Unit.CALENDAR_DAY,
        started_at=at,
        due_on=due_on,
        due_at=end_of(due_on, service.office.zone),
    )
    alarms.plan(row)
    row.save()


def _end(row: Evaluation, at: datetime) -> None:
    row.met_at = at
    alarms.plan(row)
    row.save(update_fields=["met_at", "next_mark_at"])
    admin_tasks.close_task(_key(row), at=at)


def _key(row: Evaluation) -> str:
    return f"evaluation:{row.pk}"


def _ask(reached: Reached) -> None:
    row: Evaluation = reached.deadline
    admin_tasks.open_task(
        _key(row),
        "evaluation_due",
        at=reached.at,
        office=row.service.office,
        path=reverse("admin:standards_evaluation_change", args=[row.pk]),
        service=row.service.name,
        due=weekday_date(row.due_on) if row.due_on else "",
    )


def _rows() -> QuerySet[Evaluation]:
    return Evaluation.objects.select_related("service__office")


def _lock(row: Evaluation) -> Evaluation | None:
    return _rows().select_for_update(of=("self",)).filter(pk=row.pk).first()


def _office(row: Evaluation) -> Office:
    return row.service.office


def register() -> None:
    """Have the yearly evaluations watched."""
    office: Callable[[Evaluation], Office] = _office
    alarms.register(
        WatchedTerm(
            name=TERM,
            label=_("Evaluasi standar"),
            marks=(
                Mark("sebulan", "admin_task", days=-30),
                Mark("hari-ini", "admin_task", days=0),
                Mark("lewat", "admin_task"),
            ),
            rows=_rows,
            lock=_lock,
            office=office,
            office_path="service__office",
            acts=("admin_task",),
            answer=_ask,
        )
    )
    admin_tasks.add(
        {
            "evaluation_due": _(
                "Evaluasi tahunan standar %(service)s: paling lambat %(due)s. Catat hasilnya."
            )
        }
    )
