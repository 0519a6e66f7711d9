"""The completeness check: a verdict on each document and on each answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from permits import selectors
from permits.models import AnswerVerdict, Application, ApplicationStep, RequirementVerdict
from permits.services import visits
from standards.domain.steps import StepKind
from workflow.domain.errors import DomainError

Result = RequirementVerdict.Result


@transaction.atomic
def give_verdict(
    application: Application,
    requirement_id: int,
    result: str,
    *,
    actor: User,
    at: datetime,
    reason: str = "",
    visit: int | None = None,
    seen: str | None = None,
) -> RequirementVerdict:
    """Record the verdict on one requirement; it can be changed until the step ends.

    A document accepted in an earlier round may be refused again with a reason, such as findings of
    the technical team. ``seen`` is the mark of the verdict on the officer's page ("" for none).
    Raises ``DomainError``: reason_missing, not_a_requirement, documents_refused (no document to
    accept), step_moved, verdict_of_colleague (given since; the page did not show it).
    """
    fresh, current, _seat = visits.at_step(
        application, (StepKind.CHECK,), actor=actor, at=at, visit=visit
    )
    line = _line(fresh, requirement_id)
    if result not in Result.values:
        raise DomainError("not_a_requirement")
    if result != Result.ACCEPTED and not reason.strip():
        if line.document is not None:
            raise DomainError("reason_missing")
        reason = "belum diunggah"
    if result == Result.ACCEPTED and line.document is None:
        raise DomainError("documents_refused")
    if seen is not None:
        rows = RequirementVerdict.objects.filter(visit=current, requirement=requirement_id)
        _keep_of_colleague("verdict_of_colleague", rows, result, reason.strip()[:500], actor, seen)
    verdict, _made = RequirementVerdict.objects.update_or_create(
        visit=current,
        requirement_id=requirement_id,
        defaults={
            "application": fresh,
            "document": line.latest,
            "result": result,
            "reason": reason.strip()[:500],
            "officer": actor,
            "at": at,
        },
    )
    return verdict


@transaction.atomic
def judge_answer(
    application: Application,
    key: str,
    *,
    actor: User,
    at: datetime,
    reason: str = "",
    visit: int | None = None,
    seen: str | None = None,
) -> AnswerVerdict:
    """Refuse one answer with ``reason``; without a reason accept it.

    It can be changed until the step ends. ``seen`` is as in ``give_verdict``.
    Raises ``DomainError``: not_an_answer, step_moved, answer_of_colleague.
    """
    fresh, current, _seat = visits.at_step(
        application, (StepKind.CHECK,), actor=actor, at=at, visit=visit
    )
    line = next((row for row in selectors.checklist(fresh).answers if row.key == key), None)
    if line is None:
        raise DomainError("not_an_answer")
    reason = reason.strip()[:500]
    result = AnswerVerdict.Result.REFUSED if reason else AnswerVerdict.Result.ACCEPTED
    if seen is not None:
        rows = AnswerVerdict.objects.filter(visit=current, key=key)
        _keep_of_colleague("answer_of_colleague", rows, result, reason, actor, seen)
    verdict, _made = AnswerVerdict.objects.update_or_create(
        visit=current,
        key=key,
        defaults={
            "application": fresh,
            "value": line.value,
            "result": result,
            "reason": reason,
            "officer": actor,
            "at": at,
        },
    )
    return verdict


def accept_other_answers(
    application: Application, visit: ApplicationStep, *, actor: User, at: datetime
) -> None:
    """Accept every answer that was neither refused nor accepted before: the check is over."""
    AnswerVerdict.objects.bulk_create(
        AnswerVerdict(
            application=application,
            key=line.key,
            value=line.value,
            visit=visit,
            result=AnswerVerdict.Result.ACCEPTED,
            officer=actor,
            at=at,
        )
        for line in selectors.checklist(application).answers
        if not line.judged
    )


def _keep_of_colleague(
    code: str,
    rows: QuerySet[RequirementVerdict] | QuerySet[AnswerVerdict],
    result: str,
    reason: str,
    actor: User,
    seen: str,
) -> None:
    """Raise ``code`` if a colleague has judged otherwise since the page was made."""
    given = rows.exclude(officer=actor).select_related("officer").first()
    if given is None or given.mark == seen or (given.result, given.reason) == (result, reason):
        return
    raise DomainError(code, officer=given.officer.full_name, result=given.get_result_display())


def _line(application: Application, requirement_id: int) -> selectors.RequirementLine:
    for line in selectors.checklist(application).checkable():
        if line.requirement.pk == requirement_id:
            return line
    raise DomainError("not_a_requirement")
