"""The progress of a sent application: its stages, its desk, its receipt."""

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


def load_progress(application: Application) -> Application:
    """Prefetch the related rows that the pages of a sent application read."""
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
    """Return the stages of the SOP for the public: desks, never names of officers.

    If the application ended early, only the stages done are returned.
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
    """Return who has the application: the applicant, a desk, or "" if it is closed."""
    if application.status in WITH_APPLICANT:
        return _("Pemohon")
    if application.current_step is None:
        return ""
    return str(application.desk or application.current_step.step.role.label)


def receipt(application: Application) -> Printout | None:
    """Return the receipt (tanda terima); ``None`` before the application is accepted."""
    printout: Printout | None = application.printouts.filter(kind=Printout.Kind.RECEIPT).first()
    return printout
