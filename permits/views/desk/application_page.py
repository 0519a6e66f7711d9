"""One file as the officer sees it: may I say yes? Finished values for the page of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import Verdict
from accounts.models import User
from accounts.officers import Officer
from notices.selectors import Delivery
from permits import policies, selectors
from permits.chronicle import Chronicle, Paper, chronicle
from permits.domain import steps as walk
from permits.domain.lifecycle import CLOSED, Event, Status
from permits.domain.signing import missing_initials, why_not_sign
from permits.models import (
    Application,
    ApplicationStep,
    Certificate,
    CertificateDraft,
    Document,
    Initial,
    Inspection,
    Printout,
    RequirementVerdict,
)
from permits.presenters import applicant, clock, wording
from permits.presenters.applicant import Promise
from permits.presenters.routing_card import SheetLine, sheet_line
from permits.selectors import CardLine, Checklist, Line
from permits.services.drafting import preview_key
from permits.step_kinds import DeskWork, desk_work
from permits.views.desk.worklist_page import SIGNING, StepTime, next_file, step_time
from standards.domain.requirements import Need
from standards.domain.steps import Step, StepKind
from standards.models import RequirementGroup, SopStep
from workflow.calendars import calendar_of
from workflow.domain.clock import Reckoning
from workflow.domain.errors import DomainError
from workflow.formats import filesize_id
from workflow.models import OwedState
from workflow.refusals import sentence

Result = RequirementVerdict.Result

_EVENTS: dict[str, tuple[str, str | LazyText]] = {
    Event.SUBMIT: ("neutral", gettext_lazy("Permohonan dikirim")),
    Event.REFUSE_INTAKE: ("attention", gettext_lazy("Dikembalikan: belum lengkap")),
    Event.RESUBMIT: ("neutral", gettext_lazy("Perbaikan dikirim pemohon")),
    Event.ACCEPT: ("good", gettext_lazy("Dinyatakan lengkap dan benar; waktu mulai dihitung")),
    Event.RETURN: ("attention", gettext_lazy("Dikembalikan untuk dilengkapi; waktu berhenti")),
    Event.ISSUE: ("good", gettext_lazy("Nomor dicatat dan izin terbit")),
    Event.COMPLETE: ("good", gettext_lazy("Dokumen diserahkan")),
    Event.REJECT: ("late", gettext_lazy("Permohonan ditolak")),
    Event.WITHDRAW: ("neutral", gettext_lazy("Permohonan ditarik pemohon")),
    Event.LAPSE: ("late", gettext_lazy("Permohonan gugur: tidak dilengkapi")),
}


# Requirements beside their papers ------------------------------------------------------------


class Asked(NamedTuple):
    """What a requirement looks like: equal ones are written once (``{% lines %}``)."""

    pk: str
    number: str
    text: str
    hint: str
    need: str
    below: bool  # stands under another one
    parts: bool  # others stand under it
    checkable: bool
    judging: bool
    checked: bool
    settled: bool
    result: str
    meaning: str
    status: str
    paper: bool
    reason: bool
    earlier: bool
    error: bool

    @property
    def colour(self) -> str:
        """The class of its edge."""
        marks = {"good": "requirement--ok", "late": "requirement--bad"}
        return marks.get(
            self.meaning, "requirement--missing" if self.meaning == "attention" else ""
        )


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One requirement as it is judged: what it looks like, and what only this file has in it."""

    kept: Asked
    blanks: dict[str, object]
    applies: bool


@dataclass(frozen=True, slots=True)
class DeskGroup:
    """Requirements under one printed heading."""

    group: RequirementGroup
    applies: bool
    lines: list[DeskLine]

    @property
    def concerned(self) -> list[DeskLine]:
        """Those that concern this file."""
        return [line for line in self.lines if line.applies]

    @property
    def left_out(self) -> list[DeskLine]:
        """Those that do not, though their heading does."""
        return [line for line in self.lines if self.applies and not line.applies]


class Look(NamedTuple):
    """Who looks at the requirements: at which visit, and whether to judge.

    ``error`` is a requirement, a sentence, what was typed.
    """

    visit: ApplicationStep | None
    judging: bool
    error: tuple[int, str, str] | None = None


_RIGHT = (0, "", "")


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the check has come."""

    total: int
    checked: int
    refused: int
    next_pk: int | None

    @property
    def left(self) -> int:
        """Papers that still wait for a verdict."""
        return self.total - self.checked

    @property
    def words(self) -> str:
        """ "3 dari 8 berkas sudah diperiksa"."""
        return _("%(checked)s dari %(total)s berkas sudah diperiksa") % {
            "checked": self.checked, "total": self.total,
        }  # fmt: skip

    @property
    def why_not_complete(self) -> str:
        """Why the file cannot be declared complete yet; "" if it can."""
        if self.left:
            return ngettext(
                "%(n)s berkas belum diperiksa.", "%(n)s berkas belum diperiksa.", self.left
            ) % {"n": self.left}  # fmt: skip
        return sentence("documents_refused") if self.refused else ""

    @property
    def why_not_return(self) -> str:
        """Why the file cannot be returned yet; "" if it can."""
        if not self.refused:
            return sentence("nothing_refused")
        if self.left:
            return _("Periksa dahulu semua berkas, agar pemohon tahu semua kekurangan sekaligus.")
        return ""


class Checking(NamedTuple):
    """The panel of the completeness check, but for the faults to be sent back."""

    tally: Tally
    faults: bool
    accepted: bool
    term_amount: int | None
    term_unit: str
    fault_in: str  # the form that has one


class Heading(NamedTuple):
    """The head of the one act of the step, but for who received the file and the time left."""

    task: str
    signing: bool
    number: str
    total: int
    role: str
    standard: str
    timed: bool
    receiving: bool
    received: bool
    activity: str
    completeness: str
    output: str


def desk_groups(found: Checklist, look: Look) -> list[DeskGroup]:
    """Return the checklist for the desk."""
    return [
        DeskGroup(group.group, group.applies, [_desk_line(line, look) for line in group.lines])
        for group in found.groups
    ]


def desk_line(found: Checklist, pk: int, look: Look) -> DeskLine | None:
    """Return one requirement."""
    for line in found.lines():
        if line.requirement.pk == pk:
            return _desk_line(line, look)
    return None


def tally(found: Checklist) -> Tally:
    """Count verdicts on the papers that need one."""
    unchecked = found.unchecked()
    papers = found.checkable()
    return Tally(
        total=len(papers),
        checked=len(papers) - len(unchecked),
        refused=len([line for line in papers if line.refused]),
        next_pk=unchecked[0].requirement.pk if unchecked else None,
    )


def _desk_line(line: Line, look: Look, *, below: bool = False) -> DeskLine:
    requirement, verdict, paper = line.requirement, line.verdict, line.document
    checked = line.accepted or line.refused
    meaning, status = _standing(line)
    reason = verdict.reason if verdict and line.refused else ""
    earlier = verdict.reason if verdict and not checked else ""
    _pk, error, typed = look.error if look.error and look.error[0] == requirement.pk else _RIGHT
    asked = Asked(
        pk=str(requirement.pk), number=requirement.printed_number, text=requirement.text,
        hint=requirement.help_text, need=requirement.kind, below=below, parts=bool(line.children),
        checkable=line.checkable, judging=look.judging, checked=checked,
        settled=_settled(line, look.visit), result=verdict.result if verdict and checked else "",
        meaning=meaning, status=status, paper=paper is not None,
        reason=bool(reason), earlier=bool(earlier), error=bool(error),
    )  # fmt: skip
    blanks: dict[str, object] = {}
    if paper is not None:
        size = filesize_id(paper.size)
        blanks |= {"paper": paper.public_id, "paper_name": paper.original_name, "paper_size": size}
    if reason or earlier or error:
        blanks |= {"reason": reason, "earlier": earlier, "error": error, "typed": typed}
    if line.children:
        parts = [_desk_line(part, look, below=True) for part in line.children if part.applies]
        blanks["parts"] = parts
    return DeskLine(asked, blanks, line.applies)


def _settled(line: Line, visit: ApplicationStep | None) -> bool:
    """Found good in an earlier round: it need not be judged again, but may be."""
    verdict = line.verdict
    if verdict is None or not line.accepted:
        return False
    return visit is None or verdict.visit_id != visit.pk


def _standing(line: Line) -> tuple[str, str]:
    """Return meaning and word; no word for what only stands there to be read."""
    if not line.applies or line.need in (Need.CONTENT, Need.NOTE):
        return "neutral", ""
    if line.need is Need.UPLOAD:
        if line.refused and line.verdict is not None:
            return "late", str(Result(line.verdict.result).label)
        if line.accepted:
            return "good", _("Sesuai")
        if not line.checkable:
            return "neutral", _("Tidak dilampirkan")
        return "attention", _("Belum diperiksa") if line.document else _("Tidak ada berkas")
    if line.need is Need.DECLARE:
        return (
            ("good", _("Dinyatakan pemohon")) if line.declared else ("neutral", _("Tidak dipilih"))
        )
    return ("attention", _("Belum terpenuhi")) if line.missing else ("good", _("Terpenuhi"))


# The file ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Happening:
    """A row of ``{% timeline %}``."""

    when: datetime
    title: str
    actor: str
    text: str
    meaning: str


class Mark(NamedTuple):
    """What a line of the routing card looks like."""

    meaning: str
    outcome: str
    finished: bool
    late: bool


class DeskVisit(NamedTuple):
    """A line of the routing card: what it looks like, and what only this file has in it."""

    kept: Mark
    blanks: dict[str, object]


def _desk_visit(line: SheetLine) -> DeskVisit:
    return DeskVisit(
        Mark(line.meaning, line.outcome_key, bool(line.finished_by), line.late),
        {"number": line.number, "performer": line.performer, "outcome": line.outcome,
         "finished_by": line.finished_by, "used": line.used, "standard": line.standard},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paraf:
    """One place for initials in the SOP, filled in or not."""

    role: str
    initial: Initial | None
    skipped: bool


@dataclass
class Dossier:
    """Everything the page of a file shows; what a page does not ask for is not read."""

    application: Application
    officer: Officer
    error: tuple[int, str, str] | None = None
    fault_in: str = ""  # the name of the form that has a fault

    @cached_property
    def _told(self) -> Chronicle:
        return chronicle(self.application)

    # where it stands

    @property
    def at(self) -> datetime:
        """The instant of the page."""
        return self.officer.at

    @property
    def today(self) -> date:
        """The day where the office stands."""
        return self.at.astimezone(self.application.office.zone).date()

    @property
    def visit(self) -> ApplicationStep | None:
        """The open line of the routing card."""
        return self.application.current_step

    @property
    def visit_key(self) -> str:
        """Its key, which every form names, as text."""
        return str(self.application.current_step_id)

    @cached_property
    def step(self) -> SopStep | None:
        """The SOP step at which the file lies."""
        return self.visit.step if self.visit else None

    @cached_property
    def kind(self) -> str:
        """The kind of that step."""
        return self.step.kind if self.step else ""

    @property
    def work(self) -> DeskWork | None:
        """What an officer does at that step."""
        return desk_work(self.kind)

    @property
    def task(self) -> str:
        """What the step asks for, in three words."""
        return str(self.work.task) if self.work else ""

    @property
    def heading(self) -> Heading | None:
        """The head of the act; ``None`` when no step is open."""
        step, visit = self.step, self.visit
        if step is None or visit is None:
            return None
        desk = self.application.desk_id is not None
        return Heading(
            task=self.task if self.verdict or desk else "", signing=self.waits_for_signature,
            number=step.printed_number, total=len(self._steps), role=step.role.label,
            standard=step.standard_text, timed=self.step_time is not None,
            receiving=self.may_receive, received=desk and visit.received_at is not None,
            activity=step.activity, completeness=step.completeness, output=step.output,
        )  # fmt: skip

    @property
    def may_receive(self) -> bool:
        """Whether the arrival can still be confirmed."""
        return bool(self.verdict) and self.visit is not None and self.visit.received_at is None

    @cached_property
    def standing(self) -> dict[str, str]:
        """Meaning and sentence of the status."""
        if self.waits_for_signature:
            return {"meaning": "neutral", "sentence": str(SIGNING)}
        meaning, words = wording.for_officer(self.application, self.at)
        return {"meaning": meaning, "sentence": words}

    @cached_property
    def verdict(self) -> Verdict | None:
        """May this officer act now; ``None`` when no desk has the file."""
        if self.application.desk_id is None or self.work is None:
            return None
        may: Callable[[User, Application, datetime], Verdict] = getattr(policies, self.work.policy)
        return may(self.officer.user, self.application, self.at)

    @property
    def why_not_mine(self) -> str:
        """Why this officer cannot act, in a sentence."""
        if self.verdict is None or self.verdict or self.waits_for_signature:
            return ""
        return sentence(self.verdict.reason)

    @property
    def closed(self) -> bool:
        """Whether nothing more will happen."""
        return self.application.status in CLOSED

    @cached_property
    def following(self) -> Application | None:
        """The next file on the officer's desks."""
        return next_file(self.officer, besides=self.application.pk)

    @cached_property
    def promise(self) -> Promise:
        """The promise to the applicant."""
        url = reverse("permits:file_counting", args=[self.application.public_id])
        return applicant.promise(
            self.application, self.at, url=url, audience="officer", events=self._told.events,
            said=self.reckoning,
        )  # fmt: skip

    @cached_property
    def reckoning(self) -> Reckoning | None:
        """The service clock; ``None`` while the calendar is not decreed."""
        try:
            return selectors.clock(self.application, self.at, events=self._told.events)
        except DomainError:
            return None

    @cached_property
    def target(self) -> clock.Promised | None:
        """The internal target beside the promise, once the clock has begun."""
        row = self._told.target
        if row is None:
            return None
        try:
            return clock.promised(self.application, row, self.at)
        except DomainError:
            return None

    @cached_property
    def step_time(self) -> StepTime | None:
        """What is left of the step's standard time."""
        if self.visit is None or self.application.desk_id is None:
            return None
        here = next((row for row in self.visits if row.pk == self.visit.pk), None)
        due_at: datetime | None = getattr(here, "step_due_at", None)
        if due_at is None or self.kind == StepKind.HAND_OVER:
            return None
        office = self.application.office
        try:
            return step_time(
                self.visit.step.standard_unit, due_at, self.at, office, calendar_of(office)
            )
        except DomainError:  # no year is decreed
            return None

    # papers and data

    @cached_property
    def checklist(self) -> Checklist:
        """The requirements with their papers and verdicts."""
        return selectors.checklist(self.application)

    @property
    def look(self) -> Look:
        """How the requirements are looked at."""
        return Look(self.visit, self.judging, self.error)

    @cached_property
    def groups(self) -> list[DeskGroup]:
        """The requirements as they are judged."""
        return desk_groups(self.checklist, self.look)

    @cached_property
    def tally(self) -> Tally:
        """How far the check has come."""
        return tally(self.checklist)

    @cached_property
    def faults(self) -> list[DeskLine]:
        """What would be sent back to the applicant, with the reasons."""
        return [_desk_line(line, self.look) for line in self.checklist.refused()]

    @property
    def checking(self) -> Checking:
        """The panel of the check."""
        version = self.application.version
        return Checking(
            self.tally, bool(self.faults), self.application.accepted_at is not None,
            version.term_amount, version.get_term_unit_display(), self.fault_in,
        )  # fmt: skip

    @cached_property
    def judging(self) -> bool:
        """Whether this officer may give verdicts now."""
        return self.kind == StepKind.CHECK and bool(self.verdict)

    def first_document(self) -> Document | None:
        """The paper to show first: the first one that waits for a verdict."""
        lines = self.checklist.unchecked() or list(self.checklist.lines())
        return next((line.document for line in lines if line.document is not None), None)

    @cached_property
    def identity(self) -> list[dict[str, object]]:
        """The holder."""
        return applicant.identity_facts(self.application)

    @cached_property
    def form(self) -> list[dict[str, object]]:
        """The answers of the service's form."""
        return applicant.form_facts(self.application)

    @cached_property
    def answers(self) -> list[dict[str, object]]:
        """The answers on which requirements depend."""
        return applicant.answer_facts(self.application, self.checklist.questions)

    @cached_property
    def inspections(self) -> list[Inspection]:
        """The minutes, the latest first."""
        found = [getattr(visit, "inspection", None) for visit in self.visits]
        return sorted((row for row in found if row is not None), key=lambda row: -row.pk)

    # the walk

    @cached_property
    def visits(self) -> list[ApplicationStep]:
        """Every visit, with its minutes and initials."""
        return selectors.visits_of(self.application)

    @cached_property
    def card(self) -> list[CardLine]:
        """The routing card; empty while the calendar is not decreed."""
        try:
            return selectors.routing_card(self.application, self.at, self.visits)
        except DomainError:
            return []

    @cached_property
    def card_lines(self) -> list[DeskVisit]:
        """The routing card in finished words."""
        return [_desk_visit(sheet_line(line)) for line in self.card]

    @cached_property
    def sent_back(self) -> ApplicationStep | None:
        """The line with which another desk sent the file back to this one."""
        if len(self.card) < 2 or self.kind == StepKind.FILE:
            return None
        before = self.card[-2].visit
        returned = before.outcome == ApplicationStep.Outcome.RETURNED
        return before if returned and self.visit is not None else None

    @cached_property
    def history(self) -> list[Happening]:
        """What happened to the file, the latest first."""
        return [
            Happening(row.at, str(_EVENTS[row.event][1]), row.who or _("Sistem"), row.note,
                      _EVENTS[row.event][0])
            for row in self._told.records
        ]  # fmt: skip

    @property
    def mails(self) -> list[Delivery]:
        """Every message about the file, to whom and what became of it, the latest first."""
        return self._told.messages

    @property
    def has_letter(self) -> bool:
        """Whether the letter to a holder who has not collected the product is printed."""
        return self.application.status == Status.ISSUED and any(
            paper.kind == Printout.Kind.LETTER and paper.file for paper in self._told.papers
        )

    @cached_property
    def letter(self) -> Printout | None:
        """The letter to a holder who has not collected the product for a month, once printed."""
        if self.application.status != Status.ISSUED:
            return None
        letters = self.application.printouts.filter(kind=Printout.Kind.LETTER)
        return letters.exclude(file="").first()

    @cached_property
    def back_to(self) -> Step | None:
        """Where the SOP sends the file back to from here."""
        if self.step is None:
            return None
        steps = selectors.sop_steps(self.application.procedure)
        return walk.sent_back_to(steps, walk.same(steps, self.step.pk, StepKind(self.kind)))

    @cached_property
    def back_step(self) -> SopStep | None:
        """The step behind that edge."""
        if self.back_to is None:
            return None
        return self._steps[self.back_to.pk]

    @cached_property
    def forward_step(self) -> SopStep | None:
        """The step that follows when this one is done."""
        if self.step is None:
            return None
        steps = selectors.sop_steps(self.application.procedure)
        current = walk.same(steps, self.step.pk, StepKind(self.kind))
        following = walk.after(steps, current)
        return self._steps[following.pk] if following else None

    @cached_property
    def _steps(self) -> dict[int, SopStep]:
        return {row.pk: row for row in self.application.procedure.steps.all()}

    # the certificate

    @property
    def draft(self) -> CertificateDraft | None:
        """The latest text."""
        return max(self._told.drafts, key=lambda row: row.revision, default=None)

    @cached_property
    def preview(self) -> Printout | None:
        """The preview of that text, made by the worker."""
        if self.draft is None:
            return None
        return self.application.printouts.filter(key=preview_key(self.draft)).first()

    @cached_property
    def _preview(self) -> Paper | None:
        if self.draft is None:
            return None
        key = preview_key(self.draft)
        return next((paper for paper in self._told.papers if paper.key == key), None)

    @property
    def preview_state(self) -> str:
        """Whether the preview is "ready", "waiting" or has "failed"; "" without a text."""
        if self._preview is None:
            return ""
        if self._preview.state == OwedState.DONE:
            return "ready"
        return "failed" if self._preview.state == OwedState.FAILED else "waiting"

    @property
    def preview_error(self) -> str:
        """Why it has failed."""
        return self._preview.last_error if self._preview else ""

    @cached_property
    def _initialled(self) -> tuple[dict[int, Initial], set[int]]:
        """The initials given to the current draft, and the steps left out, by key of the step."""
        draft = self.draft
        given: dict[int, Initial] = {}
        skipped = set()
        for visit in self.visits:
            initial: Initial | None = getattr(visit, "initial", None)
            if initial and draft and (initial.draft_id, initial.digest) == (draft.pk, draft.digest):
                given[visit.step_id] = initial
            if visit.outcome == ApplicationStep.Outcome.SKIPPED:
                skipped.add(visit.step_id)
        return given, skipped

    @cached_property
    def initials(self) -> list[Paraf]:
        """The places for initials in the order of the SOP."""
        given, skipped = self._initialled
        return [
            Paraf(row.role.label, given.get(row.pk), row.pk in skipped)
            for row in self._steps.values()
            if row.kind == StepKind.INITIAL
        ]

    @property
    def why_not_sign(self) -> str:
        """What keeps the head from signing; "" if nothing does."""
        given, skipped = self._initialled
        steps = selectors.sop_steps(self.application.procedure)
        missing = missing_initials(steps, given=given.keys(), skipped=skipped)
        reason = why_not_sign(drafted=self.draft is not None, missing=missing)
        return sentence(reason) if reason else ""

    @cached_property
    def certificate(self) -> Certificate | None:
        """The permit, once the head has pressed the button."""
        found: Certificate | None = getattr(self.application, "certificate", None)
        return found

    @property
    def waits_for_signature(self) -> bool:
        """Whether the worker still owes the electronic signature."""
        signed = self.certificate
        return signed is not None and signed.state == Certificate.State.REQUESTED

    @cached_property
    def warnings(self) -> list[str]:
        """What the head should know before signing."""
        return [*self._late(), *self._about_the_standard(), *self._about_the_walk()]

    def _late(self) -> Iterator[str]:
        if self.promise.state == "late":
            yield _("Janji kepada pemohon sudah lewat.")
        slow = [line.visit.step.printed_number for line in self.card if line.late]
        if slow:
            yield _("Melewati waktu baku pada langkah %(steps)s.") % {"steps": ", ".join(slow)}

    def _about_the_standard(self) -> Iterator[str]:
        if self.application.procedure.provisional:
            yield _("Alur layanan ini masih sementara: %(reason)s") % {
                "reason": self.application.procedure.provisional_reason
            }
        for title, by in self._told.repealed:
            yield _("Mengutip %(title)s, yang sudah dicabut atau diubah dengan %(by)s.") % {
                "title": title, "by": by,
            }  # fmt: skip

    def _about_the_walk(self) -> Iterator[str]:
        last = self.inspections[0] if self.inspections else None
        if last is not None and last.recommendation != Inspection.Recommendation.ELIGIBLE:
            yield _("Berita acara terakhir menyatakan tidak memenuhi syarat.")
        if last is None and any(row.kind == StepKind.INSPECT for row in self._steps.values()):
            yield _("SOP memuat peninjauan, tetapi berita acaranya tidak ada.")
        for line in self.card:
            if line.visit.outcome == ApplicationStep.Outcome.SKIPPED:
                yield _("Langkah %(step)s dilewati: %(note)s") % {
                    "step": line.visit.step.printed_number, "note": line.visit.note,
                }  # fmt: skip
