"""Services of the lifecycle of an application: one function per event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from accounts.selectors import capacity_text
from documents.content import promised_day_lazy
from notices import outbox
from permits import selectors
from permits.content import certificates, submissions
from permits.domain import sop
from permits.domain.lifecycle import Event, Status
from permits.models import (
    Application,
    ApplicationStep,
    Certificate,
    CertificateNumber,
    Printout,
    Refusal,
)
from permits.services import (
    charges,
    checking,
    deadlines,
    events,
    numbers,
    previous,
    printouts,
    visits,
)
from permits.services.filling import version_in_force
from permits.services.messages import message_context
from standards.closing_wording import closing_facts
from standards.domain.built_in import KIND_OF_APPLICATION, representative
from standards.domain.steps import StepKind
from standards.eligibility_wording import hindrance
from standards.models import Procedure
from workflow import transitions
from workflow.domain.errors import DomainError
from workflow.models import JobStatus

Outcome = ApplicationStep.Outcome


@transaction.atomic
def submit_application(
    application: Application, *, actor: User, at: datetime, declared_true: bool
) -> Application:
    """Submit the draft: number it, hand it to the front office, enqueue the mail.

    A repeated call changes nothing. The service term does not start yet; it starts when the
    application is declared complete and correct. Raises ``DomainError``: not_declared_true,
    application_incomplete(missing), application_hindered(text), kind_closed(kind, day, note),
    power_of_attorney_ended(day), those of ``permits.domain.previous``, standard_changed.
    """
    fresh = transitions.lock(application)
    if fresh.status == Status.SUBMITTED:
        return fresh
    if not declared_true:
        raise DomainError("not_declared_true")
    _refuse_incomplete(fresh)
    _refuse_closed_kind(fresh, at)
    _refuse_hindered(fresh)
    _refuse_ended_power(fresh, at)
    previous.refuse_unsound(fresh)
    if version_in_force(fresh.service, at).pk != fresh.version_id:
        raise DomainError("standard_changed")
    day = fresh.office.local_date(at)
    fresh.number = numbers.application_number(fresh.office, day)
    fresh.submitted_at = fresh.declared_true_at = at
    fresh.save(update_fields=["number", "submitted_at", "declared_true_at"])
    fresh = events.fire(fresh, Event.SUBMIT, actor=actor, at=at)
    charges.estimate(fresh)
    steps = selectors.sop_steps(fresh)
    visits.enter(fresh, sop.first(steps, StepKind.FILE), by=actor, at=at)
    visits.forward(fresh, actor=actor, at=at)
    _keep_submission(fresh, at)
    notify(fresh, "received", at)
    return fresh


@transaction.atomic
def resubmit_application(
    application: Application, *, actor: User, at: datetime, declared_true: bool
) -> Application:
    """Send the completed application to the front office; a paused clock resumes. Idempotent."""
    fresh = transitions.lock(application)
    if fresh.status in (Status.SUBMITTED, Status.IN_PROCESS):
        return fresh
    if not declared_true:
        raise DomainError("not_declared_true")
    _refuse_incomplete(fresh)
    _refuse_ended_power(fresh, at)
    previous.refuse_unsound(fresh)
    was_counting = fresh.status == Status.RETURNED
    fresh = events.fire(fresh, Event.RESUBMIT, actor=actor, at=at)
    if was_counting:
        deadlines.resume(fresh, actor=actor, at=at)
    charges.estimate(fresh)
    visits.forward(fresh, actor=actor, at=at)
    _keep_submission(fresh, at)
    notify(fresh, "resubmitted", at)
    return fresh


def _keep_submission(application: Application, at: datetime) -> None:
    """Store what was sent in this round, and enqueue its paper."""
    kind = Printout.Kind.SUBMISSION
    nth = application.printouts.filter(kind=kind).count() + 1
    content = submissions.submission(application, nth, at)
    printouts.enqueue(application, kind, f"submission:{application.pk}:{nth}", content, at)


def _refuse_incomplete(application: Application) -> None:
    checklist = selectors.checklist(application)
    missing = [line.requirement.text for line in [*checklist.missing(), *checklist.refused()]]
    missing = [*(line.label for line in checklist.refused_answers()), *missing]
    missing = [*selectors.form_missing(application), *missing]
    unanswered = [row.label for row in checklist.asked.unanswered]
    if missing or unanswered:
        labels = "; ".join(dict.fromkeys([*unanswered, *missing]))
        raise DomainError("application_incomplete", missing=labels)


def _refuse_closed_kind(application: Application, at: datetime) -> None:
    """A kind that is closed is not sent; what was sent before goes on."""
    if not application.answers.get(KIND_OF_APPLICATION):
        return
    day = application.office.local_date(at)
    for row in selectors.closed_kinds(application.service, application.answers, day):
        raise DomainError("kind_closed", **closing_facts(row))


def _refuse_hindered(application: Application) -> None:
    """What cannot succeed is not taken in; once taken in, a file is decided by a person."""
    found = selectors.hindrances(application.version, selectors.answers_of(application))
    if found:
        raise DomainError("application_hindered", text=" ".join(map(hindrance, found)))


def _refuse_ended_power(application: Application, at: datetime) -> None:
    """Whoever represents the holder must be able to on the day of the filing (KUHPerdata 1813)."""
    found = representative(application.answers)
    if found is not None and found.until and found.ended(application.office.local_date(at)):
        raise DomainError("power_of_attorney_ended", day=date_format(found.until, "j F Y"))


@transaction.atomic
def declare_complete(
    application: Application,
    *,
    actor: User,
    at: datetime,
    visit: int | None = None,
    procedure: Procedure | None = None,
    note: str = "",
) -> Application:
    """Declare the application complete and correct: the first time this starts the clock.

    Issues the receipt (tanda terima) with the promised date. ``procedure`` chooses among the
    classifications that the standard names. Raises ``DomainError``: verdicts_missing(missing),
    documents_refused, answers_refused, step_moved, calendar_not_decreed.
    """
    fresh, current, appointment = visits.at_step(
        application, (StepKind.CHECK,), actor=actor, at=at, visit=visit
    )
    checklist = selectors.checklist(fresh)
    if checklist.refused_answers():
        raise DomainError("answers_refused")
    if checklist.refused() or any(line.missing for line in checklist.checkable()):
        raise DomainError("documents_refused")
    if unchecked := checklist.unchecked():
        labels = "; ".join(line.requirement.text for line in unchecked)
        raise DomainError("verdicts_missing", missing=labels)
    checking.accept_other_answers(fresh, current, actor=actor, at=at)
    if fresh.status == Status.SUBMITTED:
        _accept(fresh, procedure, actor=actor, appointment=appointment, at=at)
        fresh = transitions.lock(fresh)
    visits.forward(fresh, actor=actor, at=at, note=note, appointment=appointment)
    return fresh


def _accept(
    application: Application,
    procedure: Procedure | None,
    *,
    actor: User,
    appointment: Appointment | None,
    at: datetime,
) -> None:
    if procedure is not None and procedure.pk != application.procedure_id:
        links = application.version.procedure_links.filter(procedure=procedure)
        if not links.exists():
            raise DomainError("procedure_broken", kind="")
        application.procedure = procedure
    application.accepted_at = at
    application.save(update_fields=["procedure", "accepted_at"])
    events.fire(application, Event.ACCEPT, actor=actor, at=at)
    deadlines.start(application, actor=actor, at=at)
    charges.settle(application, at=at)
    printouts.enqueue(
        application,
        Printout.Kind.RECEIPT,
        f"receipt:{application.pk}",
        certificates.receipt_content(application, officer=actor, appointment=appointment, at=at),
        at,
    )
    notify(application, "accepted", at)


@transaction.atomic
def return_application(
    application: Application, *, actor: User, at: datetime, note: str = "", visit: int | None = None
) -> Application:
    """Return for completion with all faults at once; a running clock is paused.

    Raises ``DomainError``: nothing_refused, verdicts_missing(missing), step_moved.
    """
    fresh, current, appointment = visits.at_step(
        application, (StepKind.CHECK,), actor=actor, at=at, visit=visit
    )
    checklist = selectors.checklist(fresh)
    faults, wrong = checklist.refused(), checklist.refused_answers()
    if not faults and not wrong:
        raise DomainError("nothing_refused")
    if unchecked := checklist.unchecked():
        labels = "; ".join(line.requirement.text for line in unchecked)
        raise DomainError("verdicts_missing", missing=labels)
    listed = [f"{line.label} - {line.reason}" for line in wrong]
    listed += [
        f"{line.requirement.text} - {line.verdict.reason}" for line in faults if line.verdict
    ]
    checking.accept_other_answers(fresh, current, actor=actor, at=at)
    reason = "; ".join([*filter(None, [note.strip()]), *listed])
    in_process = fresh.status == Status.IN_PROCESS
    event = Event.RETURN if in_process else Event.REFUSE_INTAKE
    fresh = events.fire(fresh, event, actor=actor, at=at, note=reason)
    if in_process:
        deadlines.pause(fresh, actor=actor, at=at, reason=reason)
    visits.close(
        fresh, actor=actor, at=at, outcome=Outcome.RETURNED, note=reason, appointment=appointment
    )
    filing = sop.first(selectors.sop_steps(fresh), StepKind.FILE)
    visit_row = visits.enter(fresh, filing, by=actor, at=at)
    notify(fresh, "returned", at, nth=visit_row.visit, faults=listed, note=note.strip())
    return fresh


@transaction.atomic
def withdraw_application(
    application: Application, *, actor: User, at: datetime, note: str
) -> Application:
    """Withdraw the application on the applicant's request."""
    fresh = transitions.lock(application)
    if fresh.certificate_id is not None:
        raise DomainError("already_signed")
    return end(fresh, Event.WITHDRAW, actor=actor, at=at, note=note)


@transaction.atomic
def lapse_application(application: Application, *, at: datetime, days: int) -> Application:
    """Close an application that was not completed in ``days`` calendar days, by rule."""
    with translation.override("id"):
        note = _("Tidak dilengkapi dalam %(days)s hari sejak dikembalikan.") % {"days": days}
    fresh = end(application, Event.LAPSE, actor=None, at=at, note=note)
    notify(fresh, "lapsed", at, note=note)
    return fresh


def delete_draft(application: Application) -> None:
    """Delete a draft and its documents; a sent application is never deleted."""
    Application.objects.filter(pk=application.pk, status=Status.DRAFT).delete()


def end(
    application: Application,
    event: Event,
    *,
    actor: User | None,
    at: datetime,
    note: str,
    outcome: str = Outcome.ENDED,
    appointment: Appointment | None = None,
) -> Application:
    """Close an application without a product: status, desk, clock, reserved numbers."""
    fresh = events.fire(
        application,
        event,
        actor=actor,
        at=at,
        note=note,
        capacity=capacity_text(appointment),
    )
    visits.decide_refusal(fresh, Refusal.Decision.DROPPED, actor=actor, at=at, note=note)
    if fresh.current_step is not None:
        visits.close(fresh, actor=actor, at=at, outcome=outcome, note=note, appointment=appointment)
    deadlines.stop(fresh, actor=actor, at=at)
    fresh.closed_at = at
    fresh.save(update_fields=["closed_at"])
    # a paper beside the permit that waits for its signature has no number any more
    Certificate.objects.filter(application=fresh).further().requested().update(
        state=Certificate.State.DROPPED, job_status=JobStatus.DONE, lease_until=None
    )
    fresh.numbers.filter(state=CertificateNumber.State.RESERVED).update(
        state=CertificateNumber.State.VOID, settled_at=at, reason=note[:300]
    )
    return fresh


def notify(
    application: Application, what: str, at: datetime, *, nth: int | None = None, **facts: Any
) -> None:
    """Enqueue the message to the applicant about the ``nth`` occurrence of ``what``, once.

    Without ``nth`` the message is about the latest change of status.
    """
    if nth is None:
        nth = application.records.count()
    outbox.post(
        f"application-{what}:{application.pk}:{nth}",
        f"permits/{what}",
        to=application.applicant,
        at=at,
        about=f"application:{application.pk}",
        sender=application.office,
        **message_context(application.applicant, application),
        promised=promised_day_lazy(
            application.due_on, provisional=certificates.is_estimate(application)
        ),
        until=_until(application),
        **facts,
    )


def _until(application: Application) -> str | LazyText:
    """Return the last day of the term of the present status as text, or ""."""
    term = selectors.status_term(application)
    return promised_day_lazy(term.due_on, provisional=term.provisional) if term else ""
