"""Filling in a draft: every page is saved separately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from permits import selectors
from permits.domain.lifecycle import WITH_APPLICANT, Status
from permits.models import HOLDER_FIELDS, Application
from permits.services import deadlines
from standards.models import Requirement, Service, StandardVersion
from workflow import transitions
from workflow.domain.errors import DomainError


def version_in_force(service: Service, at: datetime) -> StandardVersion:
    """Return the standard in force on the local day of the office.

    Raises ``DomainError("service_closed")`` when there is none.
    """
    day = service.office.local_date(at)
    version = StandardVersion.objects.in_force(day).filter(service=service).first()
    if version is None:
        raise DomainError("service_closed")
    return version


@transaction.atomic
def start_draft(
    service: Service, *, actor: User, at: datetime, like: Application | None = None
) -> Application:
    """Return a new draft of ``actor``, with the holder of ``like``; an untouched one is taken up.

    Raises ``DomainError("service_closed")`` when no standard is in force.
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


def _keyed(prefix: str, values: Mapping[str, str]) -> dict[str, str]:
    return {f"{prefix}{key}": value for key, value in values.items()}


def _refuse_locked(application: Application, given: Mapping[str, str]) -> None:
    """Raise ``DomainError("answer_locked")`` if an accepted answer would change."""
    questions = application.version.questions.all()
    for line in selectors.answer_lines(application, questions):
        if line.accepted and given.get(line.key, line.value) != line.value:
            raise DomainError("answer_locked", label=line.label)


@transaction.atomic
def save_form(
    application: Application,
    *,
    at: datetime,
    identity: Mapping[str, str] | None = None,
    form_data: Mapping[str, str] | None = None,
) -> Application:
    """Save identity fields and form answers; only given fields change.

    Raises ``DomainError``: file_is_sent, answer_locked.
    """
    fresh = _editable(application, at)
    given = {**(identity or {}), **_keyed(selectors.FORM, form_data or {})}
    _refuse_locked(fresh, given)
    for name, value in (identity or {}).items():
        setattr(fresh, name, value)
    if form_data is not None:
        fresh.form_data = {**fresh.form_data, **form_data}
    fresh.save(update_fields=[*(identity or {}), "phone_e164", "form_data"])
    return fresh


@transaction.atomic
def save_answers(
    application: Application, answers: Mapping[str, bool], *, at: datetime
) -> Application:
    """Save the answers to the questions on which requirements depend.

    Raises ``DomainError``: file_is_sent, answer_locked.
    """
    fresh = _editable(application, at)
    words = {key: "ya" if yes else "tidak" for key, yes in answers.items()}
    _refuse_locked(fresh, _keyed(selectors.QUESTION, words))
    fresh.answers = {**fresh.answers, **answers}
    fresh.save(update_fields=["answers"])
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


@transaction.atomic
def move_to_version(
    application: Application, version: StandardVersion, *, at: datetime
) -> Application:
    """Move a draft to ``version``; documents follow requirements of the same text."""
    fresh = _editable(application, at)
    if fresh.status != Status.DRAFT or fresh.version_id == version.pk:
        return fresh
    link = version.procedure_links.select_related("procedure").first()
    if link is None:
        raise DomainError("procedure_broken", kind="")
    new = {row.text: row.pk for row in version.requirements.all()}
    old = {row.pk: row.text for row in Requirement.objects.filter(version=fresh.version)}
    for document in fresh.documents.current():
        target = new.get(old[document.requirement_id])
        if target is None:
            document.superseded_at = at
        else:
            document.requirement_id = target
        document.save(update_fields=["requirement", "superseded_at"])
    fresh.declared = sorted(new[old[pk]] for pk in fresh.declared if old.get(pk) in new)
    fresh.version, fresh.procedure = version, link.procedure
    fresh.save(update_fields=["version", "procedure", "declared"])
    return fresh
