"""Further performers of a step give their parts, at the same time and in any order.

The visit stays the one open visit of the file. Its own desk goes on when every part is in.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.selectors import capacity_text, held
from documents import scanning, uploads
from permits.models import Application, ApplicationStep, PartFile, StepPart
from permits.services import deadlines
from permits.services.messages import notify_desk, notify_parts_in
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


def ask(visit: ApplicationStep, application: Application, *, by: User | None, at: datetime) -> None:
    """Open a part for each further performer of the step, and tell who asked to be told."""
    asked = 0
    for role in visit.step.performers.select_related("position__office").order_by("order", "pk"):
        if role.position is None:
            continue
        part = StepPart.objects.create(
            application=application, visit=visit, role=role, position=role.position, asked_at=at
        )
        deadlines.open_part(part, application)
        notify_desk(application, role.position, by=by, at=at)
        asked += 1
    if asked:
        visit.asked = asked
        visit.save(update_fields=["asked"])


def refuse_missing(visit: ApplicationStep) -> None:
    """Raise ``DomainError("parts_missing", who=...)`` while a part of ``visit`` is owed."""
    owed = visit.parts.open().select_related("role").order_by("role__order", "pk")
    if who := ", ".join(part.role.label for part in owed):
        raise DomainError("parts_missing", who=who)


def end(visit: ApplicationStep, *, at: datetime) -> None:
    """End the parts that nobody has given: the visit is over without them."""
    visit.parts.open().update(finished_at=at, outcome=StepPart.Outcome.ENDED)


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
) -> StepPart:
    """Give the ``part`` (key) that a position of ``actor`` owes; the last one tells the desk.

    ``document`` passed ``uploads.check``; it is stored before its row is made: a crash may leave a
    file without a row, which the sweep deletes, never the reverse. Raises ``DomainError``:
    file_infected, step_moved, part_is_in, not_your_part, note_missing.
    """
    scan = stored = None
    if document is not None:
        scan = scanning.first_status(document.content)
        stored = uploads.store(f"parts/{application.public_id}", document)
    with transaction.atomic():
        fresh = transitions.lock(application)
        if fresh.current_step_id is None or visit not in (None, fresh.current_step_id):
            raise DomainError("step_moved")
        row = fresh.parts.filter(visit=fresh.current_step_id, pk=part).first()
        if row is None:
            raise DomainError("step_moved")
        appointment = held(actor, at).get(row.position_id)
        if appointment is None:
            raise DomainError("not_your_part")
        if not row.is_open:
            raise DomainError("part_is_in")
        if opinion != StepPart.Opinion.NO_OBJECTION and not note.strip():
            raise DomainError("note_missing")
        row.finished_at, row.finished_by = at, actor
        row.capacity = capacity_text(appointment)
        row.outcome, row.opinion, row.note = StepPart.Outcome.DONE, opinion, note
        row.save()
        deadlines.close_part(row, at=at)
        if document is not None and scan is not None:
            scanning.notify_worker_if_waiting(scan)
            PartFile.objects.create(
                part=row,
                file=stored,
                scan=scan,
                **document.columns,
            )
        if not fresh.parts.filter(visit=fresh.current_step_id).open().exists():
            notify_parts_in(fresh, by=actor, at=at)
    return row


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
