"""Visits to SOP steps: hand over, receive, finish, send back (lines of the routing card)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from accounts.selectors import capacity_text, held
from permits import selectors
from permits.domain import sop
from permits.models import Application, ApplicationStep, Refusal
from permits.services import charges, deadlines, parts, recording
from standards.domain.steps import PASSED_ON, Step, StepKind
from standards.models import SopStep
from workflow import transitions
from workflow.domain.errors import DomainError

Outcome = ApplicationStep.Outcome


class StepAtDesk(NamedTuple):
    """A locked application, its open visit, and the appointment of the acting officer."""

    application: Application
    visit: ApplicationStep
    appointment: Appointment | None


def enter(
    application: Application, target: Step, *, by: User | None, at: datetime
) -> ApplicationStep:
    """Hand the application over to the desk of ``target``; return the new visit.

    Rows that run side by side before it are asked for first; its own work begins after them.
    """
    row = SopStep.objects.select_related("role__position", "recorded_by__position").get(
        pk=target.pk
    )
    earlier = application.steps.filter(step=row).aggregate(last=Max("visit"))["last"] or 0
    visit = ApplicationStep.objects.create(
        application=application, step=row, visit=earlier + 1, handed_over_by=by, handed_over_at=at
    )
    application.current_step = visit
    application.desk = row.desk
    application.save(update_fields=["current_step", "desk"])
    if beside := selectors.rows_met_at(application, target):
        parts.ask_rows(visit, application, beside, by=by, at=at)
    else:
        parts.begin(visit, application, by=by, at=at)
    return visit


def at_step(
    application: Application,
    kinds: tuple[StepKind, ...],
    *,
    actor: User | None,
    at: datetime,
    visit: int | None,
) -> StepAtDesk:
    """Lock the application and check that it is still at the visit that the officer saw.

    ``kinds`` are those of an act of the step itself; without, it may wait for rows before it.
    Raises ``DomainError``: "step_moved" if it has moved on (repeated request, second officer),
    "not_this_step", "not_your_desk", "rows_missing". A trusted caller passes ``actor=None``.
    """
    fresh = transitions.lock(application)
    if visit is not None and fresh.current_step_id != visit:
        raise DomainError("step_moved")
    current = fresh.current_step
    if current is None or (kinds and current.step.kind not in kinds):
        raise DomainError("not_this_step" if visit is not None else "step_moved")
    if kinds and not selectors.begun(fresh):
        raise DomainError("rows_missing")
    if actor is None:
        return StepAtDesk(fresh, current, None)
    appointment = held(actor, at).get(fresh.desk_id or 0)
    if appointment is None:
        raise DomainError("not_your_desk")
    return StepAtDesk(fresh, current, appointment)


@transaction.atomic
def receive(
    application: Application, *, actor: User, at: datetime, note: str = "", visit: int | None = None
) -> Application:
    """Confirm the receipt on the routing card. Idempotent."""
    fresh, current, _seat = at_step(application, (), actor=actor, at=at, visit=visit)
    ApplicationStep.objects.filter(pk=current.pk, received_at=None).update(
        received_by=actor, received_at=at
    )
    return fresh


def close(
    application: Application,
    *,
    actor: User | None,
    at: datetime,
    outcome: str = Outcome.DONE,
    note: str = "",
    appointment: Appointment | None = None,
) -> ApplicationStep:
    """Finish the open visit; a receipt is not written that nobody gave.

    Raises ``DomainError("parts_missing", who=...)`` if the step is done before every further
    performer has given their part; what ends it otherwise ends the open parts.
    """
    visit = application.current_step
    if visit is None:
        raise DomainError("not_at_a_desk")
    if outcome not in (Outcome.ENDED, Outcome.REFUSED) and _awaits_signature(application):
        raise DomainError("paper_being_signed")
    if outcome == Outcome.DONE:
        parts.refuse_missing(visit)
    visit.finished_at, visit.finished_by = at, actor
    visit.outcome, visit.note = outcome, note
    visit.capacity = capacity_text(appointment)
    visit.save(update_fields=["finished_at", "finished_by", "outcome", "note", "capacity"])
    parts.end(visit, application, actor=actor, at=at)
    deadlines.close_step(visit, at=at)
    deadlines.go_on(application, visit, actor=actor, at=at)
    application.current_step = None
    application.desk = None
    application.save(update_fields=["current_step", "desk"])
    return visit


def _awaits_signature(application: Application) -> bool:
    """Whether a paper of the present step is being signed: nothing else may move the file."""
    here = selectors.paper_at_step(application)
    return here is not None and here.awaits_signature


def forward(
    application: Application,
    *,
    actor: User | None,
    at: datetime,
    outcome: str = Outcome.DONE,
    note: str = "",
    appointment: Appointment | None = None,
) -> ApplicationStep | None:
    """Finish the open visit and hand over to the next step that applies; ``None`` at the end.

    A payment is skipped at once if nothing is to be paid. Raises
    ``DomainError("charge_not_set")`` while the step has a charge to set.
    """
    charges.refuse_unset(application)
    visit = close(
        application, actor=actor, at=at, outcome=outcome, note=note, appointment=appointment
    )
    steps = selectors.sop_steps(application, visit.step_id)
    current = sop.same(steps, visit.step_id, StepKind(visit.step.kind))
    following = sop.after(steps, current)
    if following is None:
        return None
    paying = following.kind is StepKind.PAY
    if paying:
        charges.settle(application, at=at)
    else:
        charges.estimate(application)  # an answer may have come at a step
    entered = enter(application, following, by=actor, at=at)
    if paying and not selectors.pays_here(application):
        with translation.override("id"):
            free = (
                _("Layanan ini tidak dipungut biaya.")
                if selectors.is_free(application.version)
                else _("Tidak ada yang harus dibayar.")
            )
        return forward(application, actor=None, at=at, outcome=Outcome.SKIPPED, note=free)
    if paying:
        charges.ask_payment(application, at=at)
    return entered


@transaction.atomic
def pass_on(
    application: Application,
    *,
    actor: User,
    at: datetime,
    note: str = "",
    visit: int | None = None,
    answers: Mapping[str, str] | None = None,
    documents: Mapping[str, recording.StoredDocument] | None = None,
) -> Application:
    """Finish a step of work or a questionnaire and hand over to the next desk.

    So does a payment step at which nothing is to be paid: a file comes back to it already paid.
    ``answers`` and ``documents`` are what the step records, by the key of their facts. Raises
    ``DomainError``: not_paid_yet, and as ``at_step`` and ``recording.record`` do.
    """
    fresh, current, appointment = at_step(application, PASSED_ON, actor=actor, at=at, visit=visit)
    if current.step.kind == StepKind.PAY:
        charges.settle(fresh, at=at)
        if selectors.pays_here(fresh):
            raise DomainError("not_paid_yet")
        charges.note_paid(fresh)
    here = selectors.paper_at_step(fresh)
    if here and here.why_not_passed_on:
        raise DomainError(here.why_not_passed_on)
    recording.record(fresh, current, answers or {}, documents, actor=actor, at=at)
    forward(fresh, actor=actor, at=at, note=note, appointment=appointment)
    return fresh


@transaction.atomic
def skip(
    application: Application, *, actor: User, at: datetime, note: str, visit: int | None = None
) -> Application:
    """Skip a step that is not always needed, with the reason."""
    fresh, current, appointment = at_step(application, (), actor=actor, at=at, visit=visit)
    if not current.step.may_be_skipped:
        raise DomainError("step_is_needed")
    if not note.strip():
        raise DomainError("note_missing")
    forward(fresh, actor=actor, at=at, outcome=Outcome.SKIPPED, note=note, appointment=appointment)
    return fresh


@transaction.atomic
def send_back(
    application: Application,
    *,
    actor: User,
    at: datetime,
    note: str,
    target: int | None = None,
    visit: int | None = None,
) -> Application:
    """Send the application back to an earlier step, with the reason. The clock runs on."""
    fresh, _visit, appointment = at_step(application, (), actor=actor, at=at, visit=visit)
    return go_back(fresh, actor=actor, at=at, note=note, target=target, appointment=appointment)


def go_back(
    application: Application,
    *,
    actor: User | None,
    at: datetime,
    note: str,
    appointment: Appointment | None,
    target: int | None = None,
) -> Application:
    """Close the open visit as returned and hand over to the step ``target``.

    Without ``target`` it is the step that the SOP names. Raises ``DomainError``: note_missing,
    already_signed, no_way_back.
    """
    if not note.strip():
        raise DomainError("note_missing")
    if application.certificate_id is not None:
        raise DomainError("already_signed")
    chosen = selectors.step_to_return_to(application)
    if target is not None:
        before = selectors.steps_before(application)
        chosen = next((step for step in before if step.pk == target), None)
    if chosen is None:
        raise DomainError("no_way_back")
    decide_refusal(application, Refusal.Decision.RETURNED, actor=actor, at=at, note=note)
    close(
        application,
        actor=actor,
        at=at,
        outcome=Outcome.RETURNED,
        note=note,
        appointment=appointment,
    )
    enter(application, chosen, by=actor, at=at)
    return application


def decide_refusal(
    application: Application, decision: str, *, actor: User | None, at: datetime, note: str = ""
) -> None:
    """Record what became of the open proposal to refuse the application, if there is one."""
    Refusal.objects.filter(application=application, decided_at=None).update(
        decision=decision, decided_by=actor, decided_at=at, decision_note=note
    )
