"""The way of a sent file: what is done, where it lies, its receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from permits import selectors
from permits.domain.lifecycle import CLOSED, WITH_APPLICANT, Status
from permits.models import Application, Printout
from permits.step_kinds import STEP_KINDS
from standards.domain.steps import StepKind


def load_way(application: Application) -> Application:
    """Load what the pages of a file on its way ask for again and again."""
    prefetch_related_objects([application], "clock_events", "steps", "documents")
    requirements = {row.pk: row for row in application.version.requirements.all()}
    for document in application.documents.all():
        if document.requirement_id in requirements:
            document.requirement = requirements[document.requirement_id]
    return application


@dataclass(frozen=True, slots=True)
class Stage:
    """One line of ``{% steps %}``."""

    label: str
    state: str
    when: date | None
    note: str


def progress(application: Application) -> list[Stage]:
    """Return the walk through the SOP in plain words: desks, never people.

    Of a file that ended early only what was done is told.
    """
    ended = application.status in CLOSED and application.status != Status.COMPLETED
    zone = application.office.zone
    stages = []
    for row in selectors.public_progress(application):
        if ended and row["state"] == "todo":
            continue
        at = row["at"] if row["state"] == "done" else None
        stages.append(
            Stage(
                label=_stage_label(str(row["kind"]), str(row["label"])),
                state=str(row["state"]),
                when=at.astimezone(zone).date() if isinstance(at, datetime) else None,
                note=_("Tidak diperlukan") if row["skipped"] else str(row["performer"]),
            )
        )
    return stages


def _stage_label(kind: str, activity: str) -> str:
    words = str(STEP_KINDS[StepKind(kind)].stage)
    return words or activity.strip().lstrip("-").strip(" ;.")


def whereabouts(application: Application) -> str:
    """Return who has the file now: the applicant, a desk, or nobody any more."""
    if application.status in WITH_APPLICANT:
        return _("Pemohon")
    if application.current_step is None:
        return ""
    return str(application.desk or application.current_step.step.role.label)


def receipt(application: Application) -> Printout | None:
    """Return the receipt (tanda terima); ``None`` before the file is complete and correct."""
    printout: Printout | None = application.printouts.filter(kind=Printout.Kind.RECEIPT).first()
    return printout
