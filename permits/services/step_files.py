"""The files of a step: documents that the standard asks for, and one paper from outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents import scanning, uploads
from permits.models import Application, StepFile
from permits.services import recording, visits
from standards.domain.steps import StepKind
from workflow import admin_tasks, transitions

FREE = ""  # instead of the key of a fact: no standard asks for this paper

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
    documents: Mapping[str, uploads.Checked] | None = None,
    visit: int | None = None,
    **facts: Any,
) -> Application:
    """Finish a step as ``visits.pass_on`` does, with the files that were given at it.

    ``documents`` are what the standard asks for, by the key of their facts; ``document`` is a paper
    from outside, at a step of work. Raises ``DomainError``: not_this_step, and as
    ``recording.store`` and ``visits.pass_on`` do.
    """
    files = {**(documents or {}), **({FREE: document} if document else {})}
    stored = recording.store(application, files)
    paper = stored.pop(FREE, None)
    with transaction.atomic():
        kinds = (StepKind.WORK,) if paper else ()
        at_desk = visits.at_step(application, kinds, actor=actor, at=at, visit=visit)
        passed = visits.pass_on(
            application, actor=actor, at=at, visit=visit, documents=stored, **facts
        )
        if paper is not None:
            recording.attach(at_desk.visit, paper, title=document_title)
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
