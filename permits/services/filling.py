"""Filling in a draft: every page is saved separately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format

from accounts.models import User
from permits import selectors
from permits.domain.lifecycle import WITH_APPLICANT, Status
from permits.models import HOLDER_FIELDS, Application
from permits.services import deadlines
from permits.services.previous import take_over
from standards.domain.built_in import PREVIOUS
from standards.models import Service, StandardVersion
from workflow import transitions
from workflow.domain.errors import DomainError


def version_in_force(service: Service, at: datetime) -> StandardVersion:
    """Return the standard in force on the local day of the office.

    Raises ``DomainError``: service_closed when there is none, closed_to_new(day, note) when the
    office has closed the service to new applications.
    """
    day = service.office.local_date(at)
    if service.closed_from and service.is_closed(day):
        closed = date_format(service.closed_from, "j F Y")
        raise DomainError("closed_to_new", day=closed, note=service.closed_note)
    version = StandardVersion.objects.in_force(day).filter(service=service).first()
    if version is None:
        raise DomainError("service_closed")
    return version


@transaction.atomic
def start_draft(
    service: Service,
    *,
    actor: User,
    at: datetime,
    like: Application | None = None,
    previous: str = "",
) -> Application:
    """Return a new draft of ``actor``, with the holder of ``like``; an untouched one is taken up.

    ``previous`` is the number of the permit that it follows: what it carries over is filled in.

    Raises ``DomainError`` as ``version_in_force`` does.
    """
    version = version_in_force(service, at)
    link = version.procedure_links.select_related("procedure").first()
    if link is None:
        raise DomainError("procedure_broken", kind="")
    untouched = Application.objects.of(actor).untouched().filter(service=service)
    draft = untouched.first() or Application(
        applicant=actor,
        service=service,
        office=service.office,
        version=version,
        procedure=link.procedure,
        responsible_name=actor.full_name,
        phone=actor.phone,
        created_at=at,
    )
    for name in HOLDER_FIELDS if like else ():
        setattr(draft, name, getattr(like, name))
    if previous:
        draft.answers = {PREVIOUS: previous}
        take_over(draft)
    draft.save()
    deadlines.follow(draft, at)
    return draft


def _editable(application: Application, at: datetime) -> Application:
    fresh = transitions.lock(application)
    if fresh.status not in WITH_APPLICANT:
        raise DomainError("file_is_sent")
    if fresh.status == Status.DRAFT:
        deadlines.touch_draft(fresh, at)
    return fresh


def _refuse_locked(
    application: Application, identity: Mapping[str, str], answers: Mapping[str, str]
) -> None:
    """Raise ``DomainError("answer_locked")`` if an accepted answer would change."""
    facts = selectors.every_fact(application)
    names = {row.key: facts.name(row) for row in facts.rows}
    given = {**identity, **{names[key]: text for key, text in answers.items() if key in names}}
    for line in selectors.answer_lines(application, facts):
        if line.accepted and given.get(line.key, line.value) != line.value:
            raise DomainError("answer_locked", label=line.label)


@transaction.atomic
def save_form(
    application: Application,
    *,
    at: datetime,
    identity: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Application:
    """Save identity fields and answers (texts by key of their facts); only given ones change.

    What an officer records at a step is not the applicant's to write. A draft that names another
    previous permit takes over what is still empty.

    Raises ``DomainError``: file_is_sent, answer_locked.
    """
    fresh = _editable(application, at)
    _refuse_locked(fresh, identity or {}, answers or {})
    for name, value in (identity or {}).items():
        setattr(fresh, name, value)
    recorded = {row.key for row in fresh.version.facts.all() if row.asked_at}
    given = {key: text for key, text in (answers or {}).items() if key not in recorded}
    named = given.get(PREVIOUS, "") not in ("", fresh.answers.get(PREVIOUS))
    fresh.answers = {**fresh.answers, **given}
    if named and fresh.status == Status.DRAFT:
        take_over(fresh)
    fresh.save(update_fields=[*HOLDER_FIELDS, "phone_e164", "answers"])
    return fresh


@transaction.atomic
def save_declarations(
    application: Application, declared: Iterable[int], *, at: datetime, only: int | None = None
) -> Application:
    """Save which requirements the applicant declares to meet; with ``only``, only this one."""
    fresh = _editable(application, at)
    requirement_keys = set(fresh.version.requirements.values_list("pk", flat=True))
    declared_keys = set(declared)
    if only is not None:  # requests of single checkboxes may arrive out of order
        declared_keys = set(fresh.declared) - {only} | declared_keys & {only}
    fresh.declared = sorted(requirement_keys & declared_keys)
    fresh.save(update_fields=["declared"])
    return fresh
