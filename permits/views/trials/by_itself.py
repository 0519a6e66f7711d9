"""A trial goes on by itself: at each turn the act that carries the application on, with samples.

Which act that is stands here and, for each kind of step, in ``permits.step_kinds``. The acts are
those of the page, and the list of the trial keeps them like acts that were pressed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from permits.forms import desk as forms
from permits.forms.desk_form import DeskForm
from permits.forms.trials import as_sent
from permits.services.trials import Act
from permits.views.desk.application_page import ApplicationPage
from permits.views.trials.walk import (
    ACCEPT,
    FILL,
    OF_THE_MOMENT,
    SEND,
    FormRefused,
    Walk,
    reason_of,
)
from standards.models import SopStep
from workflow.domain.errors import DomainError
from workflow.refusals import sentence

RUN: Final = "jalankan"
MOST: Final = 150  # acts of one press: some sixty steps
# what the SOP causes, not the draft: who acts at a step, and in which order
_BY_PROCEDURE: Final = frozenset(
    {"four_eyes", "initials_bar_signing", "refusal_four_eyes", "procedure_broken", "not_at_a_desk"}
)


@dataclass(frozen=True, slots=True)
class Halt:
    """Where it stopped before the end: the step (``None`` before filing), as whom, and why.

    ``who`` is a position, "" for the applicant. ``in_procedure`` says that the SOP mends it, not
    the draft. ``refused`` is what was pressed last, if its form was not valid, with ``data``.
    """

    step: SopStep | None
    who: str
    why: str
    in_procedure: bool = False
    refused: FormRefused | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


def run(walk: Walk, at: datetime) -> tuple[list[Act], Halt | None]:
    """Carry ``walk`` to its end; return the acts that were done, and where it stopped before."""
    done: list[Act] = []
    while True:
        walk.reload()
        page = None if walk.with_applicant else walk.page(at)
        if page is None and walk.application.current_step is None and not walk.with_applicant:
            return done, None
        if len(done) == MOST:
            why = _("Sesudah %(most)s tindakan permohonan ini belum selesai.") % {"most": MOST}
            return done, _halt(walk, why, in_procedure=True)
        try:
            act = _next(walk, page)
            with transaction.atomic():
                walk.perform(act.name, act.data, at)
        except DomainError as error:
            return done, _halt(walk, sentence(error), in_procedure=error.code in _BY_PROCEDURE)
        except FormRefused as error:
            return done, _halt(walk, reason_of(error), refused=error, data=act.data)
        done.append(act)


def _next(walk: Walk, page: ApplicationPage | None) -> Act:
    """Return the act of this turn. Raises ``DomainError``: why nobody can carry it on."""
    if walk.with_applicant:
        filled = walk.application.submitted_at or (walk.done and walk.done[-1].act == FILL)
        return _pressed(SEND, *walk.applicant_forms()) if filled else Act(FILL, {})
    if page is None:
        raise DomainError("not_at_a_desk")
    if page.act.judging and page.requirements.checklist.unchecked():
        return Act(ACCEPT, {})
    offered = walk.desk_forms(page)
    wanted = _wanted(page)
    form = next((form for kind in wanted for form in offered if isinstance(form, kind)), None)
    if form is None:
        verdict = page.act.verdict
        raise DomainError(
            verdict.reason if verdict is not None and not verdict else "not_this_step"
        )
    return _pressed(form.name, form)


def _wanted(page: ApplicationPage) -> list[type[DeskForm]]:
    """Return the forms that carry the application on, the first that is offered.

    Before a step is done come the part that is owed, the charge to be set and the text to be
    written; papers that were refused go back to the applicant.
    """
    if page.act.part is not None:
        return [forms.PartForm]
    if page.act.judging and page.requirements.checklist.refused():
        return [forms.ReturnForm]
    first: list[type[DeskForm]] = [forms.SetChargesForm]
    if page.certificate.draft is None:
        first.append(forms.DraftForm)
    work = page.act.work
    return [*first, *(getattr(forms, name) for name in (work.carries if work else ()))]


def _pressed(name: str, *shown: Any) -> Act:
    sent = as_sent(shown)
    return Act(name, {key: texts for key, texts in sent.items() if key not in OF_THE_MOMENT})


def _halt(walk: Walk, why: str, **more: Any) -> Halt:
    visit, desk = walk.application.current_step, walk.desk
    who = desk.name if desk is not None and not walk.with_applicant else ""
    return Halt(visit.step if visit else None, who, why, **more)
