"""The paper that came to a step from outside: the answer of an agency that is not in the portal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents import scanning, uploads
from permits.models import Application, StepFile
from permits.services import visits
from standards.domain.steps import StepKind
from workflow import admin_tasks, transitions

admin_tasks.add(
    {
        "step_file_infected": _(
            "Berkas %(name)s dari langkah %(step)s, permohonan %(number)s, mengandung virus "
            "(%(virus)s) dan tidak dapat dibuka. Mintalah berkas lain kepada pengirimnya."
        )
    }
)


def pass_on(
    application: Application,
    *,
    actor: User,
    at: datetime,
    document: uploads.Checked | None = None,
    document_title: str = "",
    visit: int | None = None,
    **facts: Any,
) -> Application:
    """Finish a step as ``visits.pass_on`` does; at a step of work perhaps with a scanned paper.

    ``document`` is stored before its row is made: a crash may leave a file without a row, which
    the sweep deletes, never the reverse. Raises ``DomainError``: file_infected, not_this_step, and
    as ``visits.pass_on`` does.
    """
    if document is None:
        return visits.pass_on(application, actor=actor, at=at, visit=visit, **facts)
    scan = scanning.first_status(document.content)
    stored = uploads.store(f"steps/{application.public_id}", document)
    with transaction.atomic():
        _fresh, current, _seat = visits.at_step(
            application, (StepKind.WORK,), actor=actor, at=at, visit=visit
        )
        passed = visits.pass_on(application, actor=actor, at=at, visit=visit, **facts)
        scanning.notify_worker_if_waiting(scan)
        StepFile.objects.create(
            visit=current,
            title=document_title,
            file=stored,
            scan=scan,
            **document.columns,
        )
    return passed


def step_file_infected(document: StepFile, virus: str, at: datetime) -> None:
    """Open a task: the office asks the sender for another file."""
    visit = document.visit
    application = transitions.lock(visit.application)
    admin_tasks.open_task(
        f"step-file-infected:{document.pk}",
        "step_file_infected",
        at=at,
        office=application.office,
        path=application.get_desk_url(),
        name=document.original_name,
        step=visit.step.printed_number,
        number=application.number or "-",
        virus=virus,
    )


def register() -> None:
    """Have these files scanned."""
    scanning.register(StepFile, step_file_infected)
