"""The progress of a sent application: its stages, its desk, its receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.selectors import position_text
from permits import selectors
from permits.domain.lifecycle import CLOSED, WITH_APPLICANT, Status
from permits.models import Application, Printout
from permits.selectors import ProgressRow
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


_ENDINGS: dict[Status, LazyText] = {
    Status.REJECTED: gettext_lazy("Permohonan ditolak"),
    Status.WITHDRAWN: gettext_lazy("Permohonan ditarik pemohon"),
    Status.LAPSED: gettext_lazy("Permohonan gugur karena tidak dilengkapi"),
}


def progress(application: Application) -> list[Stage]:
    """Return the stages of the SOP for the public: desks, never names of officers.

    If the application ended early, the last stage says how.
    """
    office = application.office
    deciding = selectors.open_refusal(application) is not None
    stages = [
        Stage(
            label=_("Pimpinan memutuskan")
            if deciding and row.state == "current"
            else _stage_label(row),
            state=row.state,
            when=office.local_date(row.at) if row.at else None,
            note=", ".join(map(str, [row.step.role, *row.step.performers.all()])),
        )
        for row in selectors.public_progress(application)
    ]
    if ending := _ENDINGS.get(Status(application.status)):
        closed = application.closed_at
        day = office.local_date(closed) if closed else None
        stages.append(Stage(str(ending), "ended", day, ""))
    return stages


def _stage_label(row: ProgressRow) -> str:
    if row.state == "returned":
        return _("Dikembalikan kepada pemohon untuk dilengkapi")
    if row.step.kind == StepKind.FILE and row.again:
        done = row.state == "done"
        return _("Perbaikan dikirim") if done else _("Pemohon memperbaiki berkas")
    words = str(STEP_KINDS[StepKind(row.step.kind)].stage)
    return words or row.step.activity.strip().lstrip("-").strip(" ;.")


def whereabouts(application: Application) -> str:
    """Return who has the application: the applicant, a desk, or "" if it is closed."""
    if application.status in WITH_APPLICANT:
        return _("Pemohon")
    if application.current_step is None or application.status in CLOSED:
        return ""
    if application.desk is None:
        return str(application.current_step.step.role.label)
    beside = [part.position for part in selectors.rows_owed(application)]
    return ", ".join(
        desk.name if desk.office_id == application.office_id else position_text(desk)
        for desk in beside or selectors.desks_of(application)
    )


def receipt(application: Application) -> Printout | None:
    """Return the receipt (tanda terima); ``None`` before the application is accepted."""
    printout: Printout | None = application.printouts.filter(kind=Printout.Kind.RECEIPT).first()
    return printout
