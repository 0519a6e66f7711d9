"""The paper that came to a step from outside: the answer of an agency that is not in the portal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents import quotas, scanning, uploads
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
    document: UploadedFile | None = None,
    document_title: str = "",
    address: str = "",
    visit: int | None = None,
    **facts: Any,
) -> Application:
    """Finish a step as ``visits.pass_on`` does; at a step of work perhaps with a scanned paper.

    ``document`` is looked at within the quotas of ``actor`` and of ``address``, the keyed hash of
    where they sit. It is stored before its row is made: a crash may leave a file without a row,
    which the sweep deletes, never the reverse. Raises ``DomainError``: quota_person,
    quota_address, file_infected, not_this_step, and as ``uploads.check`` and ``visits.pass_on`` do.
    """
    if not document:
        return visits.pass_on(application, actor=actor, at=at, visit=visit, **facts)
    meters = [quotas.of_person(actor.pk), quotas.of_address(address)] if address else []
    with quotas.metered(document.size or 0, at, *meters):
        checked = uploads.check(document)
        scan = scanning.first_status(checked.content)
    stored = uploads.store(f"steps/{application.public_id}", checked)
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
            original_name=checked.name,
            content_type=checked.content_type,
            size=len(checked.content),
            sha256=checked.sha256,
            scan=scan,
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


def watch() -> None:
    """Have these files scanned."""
    scanning.watch(StepFile, step_file_infected)
