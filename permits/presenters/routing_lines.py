"""The lines of the routing card (kartu kendali) as text: for letters and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from permits import selectors
from permits.models import Application, ApplicationStep, Initial, StepPart
from permits.selectors import CardLine, PaperDone
from standards.domain.papers import PaperAct
from standards.domain.steps import StepKind
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar
from workflow.formats import working_time

Outcome = ApplicationStep.Outcome
_MEANINGS = {
    "": "neutral",
    Outcome.DONE: "good",
    Outcome.RETURNED: "attention",
    Outcome.SKIPPED: "neutral",
    Outcome.ENDED: "late",
    Outcome.PROPOSED: "attention",
    Outcome.REFUSED: "late",
}


_PAPER_ACTS = {  # of papers beside the permit
    PaperAct.WRITE: gettext_lazy("menulis “%(title)s” %(initials)s"),
    PaperAct.INITIAL: gettext_lazy("memaraf “%(title)s” %(initials)s"),
    PaperAct.SIGN: gettext_lazy("menandatangani “%(title)s” %(initials)s"),
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One visit."""

    number: str
    activity: str
    performer: str
    round: int
    handed_by: str
    handed_at: datetime
    received_by: str
    received_at: datetime | None
    received_with_completion: bool
    finished_by: str
    finished_at: datetime | None
    capacity: str
    standard: str
    used: str
    late: bool
    meaning: str
    outcome_key: str
    outcome: str
    note: str
    papers: list[str]
    parts: list[str]
    initials: list[str]


def card_of(
    application: Application,
    at: datetime,
    visits: Iterable[ApplicationStep] | None = None,
    calendar: WorkCalendar | None = None,
    due_at: Mapping[int, datetime | None] | None = None,
) -> list[CardLine]:
    """Return the routing card ``at`` an instant; empty while the calendar is not decreed.

    ``visits``, ``calendar``, ``due_at``: as of ``routing_card``, if the caller has loaded them.
    """
    try:
        return selectors.routing_card(application, at, visits, calendar, due_at)
    except DomainError:
        return []


def office_time(card: Iterable[CardLine]) -> str:
    """Return the working time that the office has used, as text.

    Rows that ran side by side count once: as long as the step waited for them.
    """
    lines = [line for line in card if line.part is None and _office_has_it(line)]
    return working_time(sum(line.used_minutes + line.waited_minutes for line in lines))


def _office_has_it(line: CardLine) -> bool:
    """Time at the applicant is not counted."""
    return line.visit.step.role.position_id is not None


def sheet_line(line: CardLine, made: Iterable[PaperDone] = ()) -> SheetLine:
    """Return one line of the card as text; ``made`` as of ``made_at_visits``."""
    if line.part is not None:
        return _part_line(line, line.part)
    visit = line.visit
    parts = [part for part in selectors.parts_of(visit) if part.step is None]
    return SheetLine(
        number=visit.step.printed_number,
        activity=visit.step.activity,
        performer=", ".join([visit.step.role.label, *(part.role.label for part in parts)]),
        round=visit.visit,
        handed_by=str(visit.handed_over_by or ""),
        handed_at=visit.begun_at,
        received_by=str(visit.received_by or ""),
        received_at=visit.received_at,
        received_with_completion=visit.received_with_completion,
        finished_by=str(visit.finished_by or ""),
        finished_at=visit.finished_at,
        capacity=visit.capacity,
        standard=line.standard,
        used=used(line),
        late=line.late,
        meaning=_MEANINGS[visit.outcome],
        outcome_key=visit.outcome,
        outcome=str(visit.get_outcome_display()) if visit.outcome else _("Sedang berjalan"),
        note=visit.note,
        papers=_papers(visit),
        parts=[_part(part) for part in parts],
        initials=[*_initials(visit, made), *_initials_of_parts(parts)],
    )


def _part_line(line: CardLine, part: StepPart) -> SheetLine:
    """Return the line of a row that runs side by side with others."""
    step, visit = line.step, line.visit
    outcome = _("Sedang berjalan")
    if part.is_given:
        outcome = _("Selesai")
    elif not part.is_open:
        outcome = str(part.get_outcome_display())
    return SheetLine(
        number=step.printed_number,
        activity=step.activity,
        performer=part.role.label,
        round=visit.visit,
        handed_by=str(visit.handed_over_by or ""),
        handed_at=part.asked_at,
        received_by="",
        received_at=None,
        received_with_completion=part.is_given,
        finished_by=str(part.finished_by or ""),
        finished_at=part.finished_at,
        capacity=part.capacity,
        standard=line.standard,
        used=used(line),
        late=line.late,
        meaning=_MEANINGS[part.outcome],
        outcome_key=part.outcome,
        outcome=outcome,
        note="" if part.is_given else part.note,
        papers=[],
        parts=[_part(part)] if part.is_given else [],
        initials=_initials_of_parts([part]),
    )


def _initials(visit: ApplicationStep, made: Iterable[PaperDone]) -> list[str]:
    """Return whose initials stand at a visit: receipt, text, completion; of officers only."""
    given = []
    if visit.received_by is not None:
        given.append(_("terima %(initials)s") % {"initials": _letters(visit.received_by)})
    initial: Initial | None = getattr(visit, "initial", None)
    if initial is not None and visit.step.kind == StepKind.INITIAL:  # the rest stands in made
        given.append(_("konsep %(initials)s") % {"initials": _letters(initial.officer)})
    for act, title, person in made:
        words = {"title": title, "initials": _letters(person)}
        given.append(_PAPER_ACTS[act] % words)
    if visit.finished_by is not None and visit.capacity:
        given.append(_("serah %(initials)s") % {"initials": _letters(visit.finished_by)})
    return given


def _papers(visit: ApplicationStep) -> list[str]:
    """Return a line for each paper that was attached to a visit."""
    return [
        _("Berkas: %(title)s (%(name)s)") % {"title": paper.title, "name": paper.original_name}
        for paper in visit.papers
    ]


def _part(part: StepPart) -> str:
    """Return in one line what a further performer gave, or that nothing came."""
    words = _("belum masuk")
    if part.is_given:
        words = str(part.get_opinion_display())
    elif not part.is_open:
        words = _("berakhir tanpa bagian ini")
    said = ". ".join(filter(None, [f"{part.role.label}: {words}", part.note]))
    if part.file_name:
        said = f"{said.rstrip('.')}. " + _("Berkas: %(name)s") % {"name": part.file_name}
    return f"{said} ({part.finished_by})" if part.finished_by else said


def _initials_of_parts(parts: Iterable[StepPart]) -> list[str]:
    given = _("%(role)s %(initials)s")
    return [
        given % {"role": part.role.label, "initials": _letters(part.finished_by)}
        for part in parts
        if part.finished_by is not None
    ]


def _letters(person: User) -> str:
    """Return the first letters of a name, without titles: "RO" of "dr. Rina Oktavia, S.H."."""
    words = person.full_name.split(",")[0].split()
    return "".join(word[0].upper() for word in words if not word.endswith("."))[:3]


def used(line: CardLine) -> str:
    """Return the working time used, in the unit in which the standard is printed."""
    if line.in_minutes:
        return working_time(line.used_minutes)
    days = line.used_workdays
    if not days:
        return _("hari yang sama")
    return ngettext("%(n)s hari kerja", "%(n)s hari kerja", days) % {"n": days}
