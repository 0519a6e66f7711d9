"""A new standard comes into force: drafts move to it, and their applicants are told what changed.

What was sent keeps its version. The job may run twice, late or in parallel: the move is made under
the lock of the draft, and once the draft has the version in force there is nothing left to do.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from notices.selectors import languages_of
from permits.domain.lifecycle import Status
from permits.models import Application
from permits.services.applications import notify
from standards.changes import FOR_APPLICANTS, sentences_between
from standards.models import StandardVersion
from standards.selectors import successors
from workflow import transitions
from workflow.domain.errors import DomainError
from workflow.formats import day
from workflow.sweeps import SweepResult, sweep

_FURTHEST = ZoneInfo("Asia/Jayapura")  # where the day begins first


def move_drafts(at: datetime) -> SweepResult:
    """Move every draft whose standard is not the one in force on the day of its office."""

    def move(pk: int) -> bool:
        draft = Application.objects.select_related("service__office").get(pk=pk)
        today = draft.service.office.local_date(at)
        version = _in_force(draft, today)
        if version is None or draft.service.is_closed(today):
            return False
        return move_to_version(draft, version, at=at).version_id != draft.version_id

    return sweep("permits.move_drafts", _behind(at), move)


def _behind(at: datetime) -> list[int]:
    """Return the drafts that may have to move: each office asks its own day again."""
    latest = localdate(at, timezone=_FURTHEST)
    drafts = Application.objects.filter(status=Status.DRAFT)
    current = StandardVersion.objects.in_force(latest)
    return list(drafts.exclude(version__in=current).values_list("pk", flat=True))


def _in_force(draft: Application, today: date) -> StandardVersion | None:
    return StandardVersion.objects.in_force(today).filter(service=draft.service_id).first()


@transaction.atomic
def move_to_version(
    application: Application, version: StandardVersion, *, at: datetime
) -> Application:
    """Move a draft to ``version`` and tell the applicant; nothing happens to any other.

    Uploads and declarations follow their requirement, whatever its wording; those of one that is
    asked no longer are set aside. Raises ``DomainError("procedure_broken")``.
    """
    fresh = transitions.lock(application)
    if fresh.status != Status.DRAFT or fresh.version_id == version.pk:
        return fresh
    link = version.procedure_links.select_related("procedure").first()
    if link is None:
        raise DomainError("procedure_broken", kind="")
    old = fresh.version
    follow = successors(old, version)
    for document in fresh.documents.current():
        target = follow.get(document.requirement_id)
        if target is None:
            document.superseded_at = at
        else:
            document.requirement_id = target
        document.save(update_fields=["requirement", "superseded_at"])
    fresh.declared = sorted(follow[pk] for pk in fresh.declared if pk in follow)
    fresh.moved_from_id = fresh.moved_from_id or old.pk
    fresh.version, fresh.procedure = version, link.procedure
    fresh.save(update_fields=["version", "procedure", "declared", "moved_from"])
    _tell(fresh, old, at)
    return fresh


def changes_of(application: Application) -> list[str]:
    """Return what changed for the applicant since a draft was begun; [] for what is sent."""
    before = application.moved_from
    if before is None or application.status != Status.DRAFT:
        return []
    return sentences_between(before, application.version, FOR_APPLICANTS)


def _tell(application: Application, old: StandardVersion, at: datetime) -> None:
    """Write the message in the language of the applicant; none if nothing changes for them."""
    person, version = application.applicant, application.version
    with override(languages_of([person])[person.pk]):
        changes = sentences_between(old, version, FOR_APPLICANTS)
        if changes:
            since = day(version.effective_on)
            nth = version.pk
            notify(application, "standard_moved", at, nth=nth, changes=changes, since=since)
