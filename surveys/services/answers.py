"""What is answered: stored so that nobody can lead it back to a file or a person (ADR 0036)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Office, User
from permits.domain.lifecycle import ENDED
from permits.models import Application
from permits.services import visits
from standards.domain.steps import StepKind
from standards.models import Service
from surveys import policies, selectors
from surveys.domain.invitations import why_closed, why_not_invited
from surveys.models import InstrumentVersion, Invitation, Response, Suggestion
from workflow.domain.errors import DomainError
from workflow.sweeps import SweepResult, sweep
from workflow.worker import notify_on_commit

Source = Response.Source


@dataclass(frozen=True, slots=True)
class Sheet:
    """A filled questionnaire: scores by version and key, who fills it in, and a suggestion."""

    scores: Mapping[InstrumentVersion, Mapping[str, int]]
    respondent: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""


def closed_because(invitation: Invitation, at: datetime) -> str:
    """Return why an invitation cannot be answered (code of a refusal); "" if it can."""
    application = invitation.application
    return why_closed(
        answered=invitation.answered,
        ended=application.status in ENDED,
        last_day=invitation.ends_on,
        today=application.office.local_date(at),
    )


def why_not_asked(application: Application, at: datetime) -> str:
    """Return why there is no invitation about a file (code of a refusal)."""
    today = application.office.local_date(at)
    given = selectors.given_at(application)
    return why_not_invited(
        ended=application.status in ENDED,
        finished_on=application.office.local_date(given) if given else None,
        today=today,
    )


@transaction.atomic
def answer(invitation: Invitation, sheet: Sheet, *, source: str, at: datetime) -> None:
    """Use up the invitation and store the answers, together or not at all.

    Two at once: the second waits for the row and finds it used. Raises ``DomainError``:
    survey_answered, survey_over, survey_without_file.
    """
    if why := closed_because(invitation, at):
        raise DomainError(why)
    if not Invitation.objects.filter(pk=invitation.pk, answered=False).update(answered=True):
        raise DomainError("survey_answered")
    file = invitation.application
    _store(file.office, file.service, sheet, source, at)
    if file.current_step_id is not None:  # at no desk there is no step to close
        notify_on_commit("surveys.close_steps")


@transaction.atomic
def enter_paper(invitation: Invitation, sheet: Sheet, *, actor: User, at: datetime) -> None:
    """Enter a questionnaire filled in on paper. Raises ``DomainError`` also for who may not."""
    verdict = policies.may_enter_paper(actor, invitation, at)
    if not verdict:
        raise DomainError(verdict.reason)
    answer(invitation, sheet, source=Source.PAPER, at=at)


@transaction.atomic
def answer_openly(service: Service, sheet: Sheet, *, at: datetime) -> None:
    """Store an answer to the open survey of a service: apart from those by invitation.

    Raises ``DomainError``: survey_not_open.
    """
    if not selectors.rules_of(service.office).is_open:
        raise DomainError("survey_not_open")
    _store(service.office, service, sheet, Source.OPEN, at)


def _store(office: Office, service: Service, sheet: Sheet, source: str, at: datetime) -> None:
    month = office.local_date(at).replace(day=1)
    Response.objects.bulk_create(
        Response(
            version=version,
            office=office,
            service=service,
            month=month,
            source=source,
            answers=dict(scores),
            **sheet.respondent,
        )
        for version, scores in sheet.scores.items()
    )
    if words := sheet.suggestion.strip():
        Suggestion.objects.create(
            office=office, month=month, text=words, is_open=source == Source.OPEN
        )


def close_steps(at: datetime) -> SweepResult:
    """Hand over the files whose SOP waited for the questionnaire that is answered now.

    Apart from the answer itself, so that no transaction holds both.
    """
    keys = Invitation.objects.at_survey_step().values_list("application", flat=True)
    return sweep("surveys.close_steps", list(keys), partial(close_step, at=at))


@transaction.atomic
def close_step(file: int, *, at: datetime) -> bool:
    """Finish the step of the questionnaire of one file (key); return whether that was new."""
    application = Application.objects.get(pk=file)
    try:
        found = visits.at_step(application, (StepKind.SURVEY,), actor=None, at=at, visit=None)
    except DomainError:
        return False  # an officer recorded it, or another worker was first
    with translation.override("id"):
        note = _("Kuesioner sudah diisi pemohon.")
    visits.forward(found.application, actor=None, at=at, note=note)
    return True
