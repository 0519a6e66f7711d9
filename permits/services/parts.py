"""Others than the desk of a step give their parts, at the same time and in any order.

The visit stays the one open visit of the file. Rows of the SOP that run side by side come first:
when all are done, the work of the step at which they meet begins. Then its further performers are
asked, and its own desk goes on when every part is in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, User
from accounts.selectors import capacity_text, held
from documents import scanning, uploads
from permits import selectors
from permits.models import Application, ApplicationStep, PartFile, StepPart
from permits.services import charges, deadlines, recording
from permits.services.messages import notify_desk, notify_parts_in
from permits.step_kinds import desk_work
from standards.domain.steps import StepKind
from standards.models import SopStep
from workflow import admin_tasks, transitions
from workflow.domain.errors import DomainError

admin_tasks.add(
    {
        "part_infected": _(
            "Berkas %(name)s pada bagian %(role)s, permohonan %(number)s, mengandung virus "
            "(%(virus)s) dan tidak dapat dibuka. Mintalah berkas lain."
        )
    }
)


def ask_rows(
    visit: ApplicationStep,
    application: Application,
    rows: Sequence[SopStep],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Open a part for each of ``rows``, which run side by side and meet at the step of ``visit``.

    Each has the standard time and the clock of its row. Publishing leaves no row without a
    position.
    """
    for row in rows:
        role = row.recorded_by or row.role
        assert role.position is not None  # noqa: S101  faults: procedure_step_without_desk
        part = StepPart.objects.create(
            application=application,
            visit=visit,
            step=row,
            role=role,
            position=role.position,
            asked_at=at,
        )
        deadlines.open_part(part, application)
        deadlines.stand(application, part, actor=by, at=at)
        notify_desk(application, role.position, by=by, at=at)
    visit.asked = len(rows)
    visit.save(update_fields=["asked"])


def begin(
    visit: ApplicationStep, application: Application, *, by: User | None, at: datetime
) -> None:
    """Begin the work of the step itself: its standard time, its clock, its further performers."""
    deadlines.open_step(visit, application)
    if visit.step.kind != StepKind.PAY or selectors.pays_here(application):
        deadlines.stand(application, visit, actor=by, at=at)
    if visit.step.desk is not None and desk_work(visit.step.kind) and visit.began_at is None:
        notify_desk(application, visit.step.desk, by=by, at=at)
    ask(visit, application, by=by, at=at)


def ask(visit: ApplicationStep, application: Application, *, by: User | None, at: datetime) -> None:
    """Open a part for each further performer of the step, and tell who asked to be told."""
    asked = visit.asked
    for role in visit.step.performers.select_related("position__office").order_by("order", "pk"):
        if role.position is None:
            continue
        part = StepPart.objects.create(
            application=application, visit=visit, role=role, position=role.position, asked_at=at
        )
        deadlines.open_part(part, application)
        notify_desk(application, role.position, by=by, at=at)
        asked += 1
    if asked > visit.asked:
        visit.asked = asked
        visit.save(update_fields=["asked"])


def refuse_missing(visit: ApplicationStep) -> None:
    """Raise ``DomainError("parts_missing", who=...)`` while a part of ``visit`` is owed."""
    owed = [part for part in selectors.parts_of(visit) if part.is_open]
    if who := ", ".join(part.name for part in owed):
        raise DomainError("parts_missing", who=who)


def end(
    visit: ApplicationStep, application: Application, *, actor: User | None, at: datetime
) -> None:
    """End the parts that nobody has given: the visit is over without them."""
    owed = list(visit.parts.open().select_related("step"))
    visit.parts.open().update(finished_at=at, outcome=StepPart.Outcome.ENDED)
    for part in owed:
        deadlines.go_on(application, part, actor=actor, at=at)
    if visit.began_at is None and any(part.step is not None for part in owed):
        visit.began_at = at  # the work of the step itself never began
        visit.save(update_fields=["began_at"])


def give_part(
    application: Application,
    *,
    actor: User,
    at: datetime,
    part: int,
    opinion: str,
    note: str = "",
    document: uploads.Checked | None = None,
    visit: int | None = None,
    answers: Mapping[str, str] | None = None,
    documents: Mapping[str, uploads.Checked] | None = None,
) -> StepPart:
    """Give the ``part`` (key) that a position of ``actor`` owes; the last one tells the desk.

    ``document`` passed ``uploads.check``; it is stored before its row is made: a crash may leave a
    file without a row, which the sweep deletes, never the reverse. ``answers`` and
    ``documents`` are what a row of the SOP records, by the key of their facts. Raises
    ``DomainError``: file_infected, step_moved, part_is_in, not_your_part, note_missing,
    and as ``recording.record`` does.
    """
    attached = recording.store(application, documents or {})
    scan = stored = None
    if document is not None:
        scan = scanning.first_status(document.content)
        stored = uploads.store(f"parts/{application.public_id}", document)
    with transaction.atomic():
        fresh = transitions.lock(application)
        row = _row(fresh, part, visit)
        appointment = held(actor, at).get(row.position_id)
        if appointment is None:
            raise DomainError("not_your_part")
        if not row.is_open:
            raise DomainError("part_is_in")
        if opinion != StepPart.Opinion.NO_OBJECTION and not note.strip():
            raise DomainError("note_missing")
        if row.step is not None:
            recording.record(
                fresh, row.visit, answers or {}, attached, actor=actor, at=at, row=row.step
            )
        row.outcome, row.opinion, row.note = StepPart.Outcome.DONE, opinion, note
        _finish(row, fresh, appointment, actor=actor, at=at)
        if document is not None and scan is not None:
            scanning.notify_worker_if_waiting(scan)
            PartFile.objects.create(
                part=row,
                file=stored,
                scan=scan,
                **document.columns,
            )
        _go_on(row, fresh, by=actor, at=at)
    return row


@transaction.atomic
def pass_over(
    application: Application,
    *,
    actor: User,
    at: datetime,
    part: int,
    note: str,
    visit: int | None = None,
) -> StepPart:
    """Leave out the ``part`` (key) of a row that is not always needed, with the reason.

    The desk of the step at which the rows meet decides it. Raises ``DomainError``: step_moved,
    not_your_desk, part_is_in, step_is_needed, note_missing.
    """
    fresh = transitions.lock(application)
    row = _row(fresh, part, visit)
    appointment = held(actor, at).get(fresh.desk_id or 0)
    if appointment is None:
        raise DomainError("not_your_desk")
    if not row.is_open:
        raise DomainError("part_is_in")
    if row.step is None or not row.step.optional:
        raise DomainError("step_is_needed")
    if not note.strip():
        raise DomainError("note_missing")
    row.outcome, row.note = StepPart.Outcome.SKIPPED, note
    _finish(row, fresh, appointment, actor=actor, at=at)
    _go_on(row, fresh, by=actor, at=at)
    return row


def _row(application: Application, part: int, visit: int | None) -> StepPart:
    """Return a part of the present visit of a locked application; raise "step_moved" without."""
    here = application.current_step_id
    rows = application.parts.select_related("step", "visit__step")
    row = rows.filter(visit=here, pk=part).first() if here is not None else None
    if row is None or visit not in (None, here):
        raise DomainError("step_moved")
    return row


def _finish(
    part: StepPart,
    application: Application,
    appointment: Appointment,
    *,
    actor: User,
    at: datetime,
) -> None:
    """Save a part that is over, with its deadline and its pause of the clock."""
    part.finished_at, part.finished_by = at, actor
    part.capacity = capacity_text(appointment)
    part.save()
    deadlines.close_part(part, at=at)
    deadlines.go_on(application, part, actor=actor, at=at)


def _go_on(part: StepPart, application: Application, *, by: User, at: datetime) -> None:
    """Begin the step itself after the last of its rows; tell its desk after the last part."""
    owed = application.parts.filter(visit=part.visit_id).open()
    if part.step is not None and not owed.exclude(step=None).exists():
        visit = application.current_step
        assert visit is not None  # noqa: S101  of ``_row``
        visit.began_at = at
        visit.save(update_fields=["began_at"])
        charges.estimate(application)  # an answer may have come with a part
        begin(visit, application, by=by, at=at)
    if not owed.exists():
        notify_parts_in(application, by=by, at=at)


def part_infected(document: PartFile, virus: str, at: datetime) -> None:
    """Open a task: the desk asks for another file."""
    part = document.part
    application = transitions.lock(part.application)
    admin_tasks.open_task(
        f"part-infected:{document.pk}",
        "part_infected",
        at=at,
        office=application.office,
        path=application.get_desk_url(),
        name=document.original_name,
        role=part.role.label,
        number=application.number or "-",
        virus=virus,
    )


def register() -> None:
    """Have the files of parts scanned."""
    scanning.register(PartFile, part_infected)
