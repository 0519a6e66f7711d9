"""One complaint as the desk sees it: what was promised, what happened, what is answered.

Finished values for the page, so that the template decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import Verdict
from accounts.models import Appointment, User
from accounts.officers import Officer
from complaints import policies, selectors
from complaints.domain.ladder import OUTSIDE, Approver
from complaints.domain.lifecycle import CLOSED, OPEN, Status
from complaints.domain.study import Step, missing
from complaints.models import (
    Answer,
    AnswerLetter,
    ApipRequest,
    Approval,
    Complaint,
    ComplaintDeadline,
    ComplaintFile,
    Escalation,
    Ground,
    Problem,
    Role,
    StudyStep,
    Weight,
)
from complaints.models import Approver as ApproverLabel
from complaints.presenters.desk import BEING_SENT, STANDING, happened
from complaints.services import deadlines, duplicates, study
from complaints.views.desk.worklist_page import promise_of
from permits.content.routing_lines import SheetLine, card_of, sheet_line
from permits.presenters import clock
from standards.models import Service, StandardComponent
from workflow.calendars import calendar_of
from workflow.domain.clock import DayKind
from workflow.domain.errors import DomainError

_CLASSIFIED_IN = {Status.RECEIVED, Status.INCOMPLETE, Status.STUDIED}


@dataclass(frozen=True, slots=True)
class Mark:
    """One term of the complaint."""

    label: str
    term: str
    due_on: date | None
    meaning: str
    words: str


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of the count."""

    on: date
    number: int | None
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline."""

    when: datetime
    title: str
    actor: str
    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the ladder for the draft that is shown."""

    label: str
    outside: bool
    approval: Approval | None
    turn: bool


@dataclass(frozen=True, slots=True)
class StudyLine:
    """One step of the study."""

    step: str
    label: str
    row: StudyStep | None
    needed: bool


class Case:
    """What ``officer`` sees of ``complaint``."""

    def __init__(self, complaint: Complaint, officer: Officer) -> None:
        self.complaint = complaint
        self.officer = officer
        self.user = officer.user
        self.at = officer.at
        self.office = complaint.office

    # where it stands ---------------------------------------------------------------------------

    @cached_property
    def standing(self) -> tuple[str, str]:
        """Meaning and words of its state; while the portal delivers there is nothing to send."""
        meaning, words = BEING_SENT if self.sending else STANDING[self.complaint.status]
        return meaning, str(words)

    @cached_property
    def promise(self) -> Any:
        """The day promised for the answer."""
        return promise_of(self.complaint, self.at, self.office, calendar_of(self.office))

    @property
    def closed(self) -> bool:
        """Whether nothing more is to be done."""
        return self.complaint.status in CLOSED

    @property
    def is_open_complaint(self) -> bool:
        """Whether it is handled as a complaint and not answered yet."""
        return self.complaint.status in OPEN

    @cached_property
    def may_handle(self) -> Verdict:
        """Whether this officer studies, drafts and sends."""
        return policies.may_handle(self.user, self.complaint)

    @cached_property
    def may_agree(self) -> Verdict:
        """Whether it is this officer's turn to agree."""
        return policies.may_agree(self.user, self.complaint)

    @cached_property
    def may_decide_apip(self) -> Verdict:
        """Whether this officer consents to asking APIP."""
        return policies.may_decide_apip(self.user, self.complaint)

    @cached_property
    def may_name_owner(self) -> Verdict:
        """Whether this officer names another owner."""
        return policies.may_name_owner(self.user, self.complaint)

    @cached_property
    def head_complained_about(self) -> bool:
        """Whether the head may not judge it, so that somebody above must."""
        return selectors.head_is_complained_about(self.complaint, self.at)

    # what came in -------------------------------------------------------------------------------

    @cached_property
    def facts(self) -> list[tuple[str, object]]:
        """What was said, beside the text."""
        one = self.complaint
        rows: list[tuple[str, object]] = [
            (_("Layanan"), one.service.name if one.service else _("Tidak disebut")),
            (_("Saluran"), self._channel()),
        ]
        if one.outside_reference:
            rows.append((_("Nomor pada saluran asal"), one.outside_reference))
        if one.reference:
            rows.append((_("Nomor berkas atau dokumen"), one.reference))
        if one.served_on:
            rows.append((_("Tanggal menerima pelayanan"), one.served_on))
        owner = one.owner.full_name if one.owner else _("Belum ditetapkan")
        rows.append((_("Penanggung jawab"), owner))
        return rows

    def _channel(self) -> str:
        one = self.complaint
        printed = f" ({one.printed_channel.label})" if one.printed_channel else ""
        return f"{one.get_channel_display()}{printed}"

    @property
    def grounds(self) -> list[str]:
        """Why the rules did not take it simply as a complaint."""
        return [str(Ground(code).label) for code in self.complaint.grounds]

    @cached_property
    def classification(self) -> list[tuple[str, object]]:
        """How it was classified; empty before."""
        one = self.complaint
        if not one.problem:
            return []
        kind = one.get_weight_display() or one.get_category_display()
        label = _("Bobot") if one.weight else _("Kategori penanganan")
        rows: list[tuple[str, object]] = [
            (_("Jenis masalah"), one.get_problem_display()), (label, kind)
        ]  # fmt: skip
        names = [person.full_name for person in self.subjects]
        return [*rows, (_("Yang diadukan"), names)] if names else rows

    @cached_property
    def subjects(self) -> list[User]:
        """Who is complained about."""
        return sorted(self.complaint.subjects.all(), key=lambda person: person.full_name)

    @cached_property
    def files(self) -> list[ComplaintFile]:
        """What came with it, what was added, what the study has brought."""
        return list(self.complaint.files.all())

    @cached_property
    def may_read_files(self) -> Verdict:
        """Whether the attachments of the sender may be opened."""
        return policies.may_read_files(self.user, self.complaint)

    @cached_property
    def may_open_identity(self) -> Verdict:
        """Whether this officer may learn who complained."""
        return policies.may_open_identity(self.user, self.complaint)

    @cached_property
    def additions(self) -> list[Any]:
        """What was said later."""
        return list(self.complaint.additions.select_related("officer"))

    @cached_property
    def openings(self) -> list[dict[str, object]]:
        """Who opened the identity, when and why."""
        rows = self.complaint.openings.select_related("person").order_by("-at", "-pk")
        return [
            {
                "when": row.at, "title": row.person.full_name if row.person else _("Portal"),
                "actor": row.capacity, "text": row.reason,
            }
            for row in rows
        ]  # fmt: skip

    # the clock ----------------------------------------------------------------------------------

    @cached_property
    def marks(self) -> list[Mark]:
        """Every term of this round: the promise first, then the office's own marks."""
        began = deadlines.since(self.complaint)
        rows = self.complaint.deadlines.filter(started_at__gte=began).order_by("pk")
        found = sorted(rows, key=lambda row: row.kind != ComplaintDeadline.Kind.ANSWER)
        return [self._mark(row) for row in found]

    def _mark(self, row: ComplaintDeadline) -> Mark:
        label = str(row.get_kind_display())
        if row.of:
            label = f"{label}: {ApproverLabel(row.of).label}"
        if row.met_at is not None:
            late = row.breached_at is not None
            state = ("late", _("Lewat waktu")) if late else ("good", _("Tepat waktu"))
        elif row.due_at is not None and row.due_at <= self.at:
            state = ("late", _("Terlambat"))
        else:
            state = ("neutral", _("Berjalan"))
        return Mark(label, clock.amount(row.term.amount, row.term.unit), row.due_on, *state)

    @cached_property
    def counted(self) -> list[CountedDay]:
        """How the promised day was counted, day by day."""
        kinds = (ComplaintDeadline.Kind.ANSWER, ComplaintDeadline.Kind.SUGGESTION)
        row = self.complaint.deadlines.filter(kind__in=kinds).order_by("-pk").first()
        if row is None:
            return []
        row.complaint = self.complaint
        try:
            days = deadlines.reckoning_of(row, self.at).days()
        except DomainError:
            return []
        return [CountedDay(day.on, day.number, str(_KINDS[day.kind]), day.reason) for day in days]

    # the standard and the file --------------------------------------------------------------------

    @cached_property
    def component(self) -> StandardComponent | None:
        """What the standard in force says about the problem."""
        if not self.complaint.problem or self.complaint.version_id is None:
            return None
        rows = StandardComponent.objects.filter(version=self.complaint.version_id)
        return rows.filter(key=self.complaint.problem).first()

    @cached_property
    def card(self) -> list[SheetLine]:
        """The routing card of the file the complaint is about."""
        file = self.complaint.application
        if file is None or file.procedure_id is None:
            return []
        return [sheet_line(line) for line in card_of(file, self.at)]

    @property
    def about_time(self) -> bool:
        """Whether it complains of a delay; before it is classified, any late step counts."""
        return self.complaint.problem in ("", Problem.TERM)

    @cached_property
    def late_lines(self) -> list[SheetLine]:
        """The steps at which the standard time was exceeded."""
        return [line for line in self.card if line.late]

    # study and answer -----------------------------------------------------------------------------

    @cached_property
    def study_lines(self) -> list[StudyLine]:
        """The checklist of this round."""
        one = self.complaint
        rows = {row.step: row for row in
                one.study.filter(round=one.round).select_related("officer")}  # fmt: skip
        needed = missing((), at_once=one.weight == Weight.LIGHT)
        return [
            StudyLine(str(step), str(step.label), rows.get(step), Step(step) in needed)
            for step in StudyStep.Step
        ]

    @property
    def studied(self) -> list[StudyLine]:
        """What has been written down."""
        return [line for line in self.study_lines if line.row is not None]

    @property
    def study_missing(self) -> list[str]:
        """The steps that must still be done."""
        return [line.label for line in self.study_lines if line.needed and line.row is None]

    @property
    def may_draft_now(self) -> bool:
        """Whether everything is there that a draft is made of."""
        return bool(self.complaint.problem) and not self.study_missing

    @cached_property
    def answer(self) -> Answer | None:
        """The last draft of this round, or the answer that was sent."""
        return selectors.latest_answer(self.complaint)

    @cached_property
    def level(self) -> Approver | None:
        """Who must agree next."""
        if self.answer is None or self.complaint.status != Status.DRAFTED:
            return None
        return selectors.next_level(self.answer)

    @property
    def outside(self) -> bool:
        """Whether the next level stands outside the office and is recorded by its paper."""
        return self.level in OUTSIDE

    @cached_property
    def levels(self) -> list[Level]:
        """The ladder of the draft with what each level said."""
        if self.answer is None:
            return []
        said = {row.level: row for row in self.answer.approvals.select_related("officer")}
        return [
            Level(str(ApproverLabel(name).label), name in OUTSIDE, said.get(name),
                  name == self.level)
            for name in self.answer.levels
        ]  # fmt: skip

    @cached_property
    def returned(self) -> Approval | None:
        """The note with which the last draft came back."""
        if self.answer is None or self.complaint.status != Status.STUDIED:
            return None
        return self.answer.approvals.filter(agreed=False).select_related("officer").last()

    @cached_property
    def letter(self) -> AnswerLetter | None:
        """The letter of the answer that is shown."""
        return AnswerLetter.objects.filter(answer=self.answer).first() if self.answer else None

    @property
    def sending(self) -> bool:
        """Whether the portal is delivering the answer."""
        return bool(self.answer and self.answer.sent_through and self.answer.sent_at is None)

    @cached_property
    def ending(self) -> str:
        """How every answer ends."""
        return study.ending_of(self.complaint)

    @cached_property
    def apip(self) -> list[ApipRequest]:
        """Requests to involve APIP, the last one first."""
        rows = self.complaint.apip_requests.select_related("asked_by", "decided_by")
        return list(rows.order_by("-asked_at", "-pk"))

    @property
    def apip_waits(self) -> bool:
        """Whether a request waits for the head."""
        return any(row.agreed is None for row in self.apip)

    @property
    def may_ask_apip(self) -> bool:
        """Whether it may be asked for now."""
        settled = any(row.agreed is not False for row in self.apip)
        return self.complaint.status in _CLASSIFIED_IN and not settled

    @property
    def may_classify_now(self) -> bool:
        """Whether its class may still be changed."""
        return self.complaint.status in _CLASSIFIED_IN

    # others ---------------------------------------------------------------------------------------

    @cached_property
    def linked(self) -> list[Complaint]:
        """Reports linked with it or merged into it that this officer may see."""
        seen = Complaint.objects.visible_to(self.user).filter(
            Q(related=self.complaint) | Q(merged_into=self.complaint)
        )
        return list(seen.distinct().order_by("received_at"))

    @cached_property
    def hints(self) -> list[duplicates.Hint]:
        """Reports that may be about the same; none once it is closed."""
        if self.closed:
            return []
        linked = {one.number for one in self.linked}
        found = duplicates.hints_for(self.complaint, self.user)
        return [hint for hint in found if hint.number not in linked]

    @cached_property
    def target(self) -> Complaint | None:
        """The complaint under whose number it goes on, if this officer may see that one."""
        seen = Complaint.objects.visible_to(self.user)
        return seen.filter(pk=self.complaint.merged_into_id or 0).first()

    @cached_property
    def history(self) -> list[Line]:
        """What happened, the latest first, with what the clock has brought before superiors."""
        lines = [*self._happened(), *self._escalated()]
        return sorted(lines, key=lambda line: line.when, reverse=True)

    def _happened(self) -> Iterator[Line]:
        for row in self.complaint.records.select_related("actor").order_by("-at", "-pk"):
            meaning, words = happened(row.event)
            actor = row.actor.full_name if row.actor else ""
            if actor and row.capacity:
                actor = f"{actor}, {row.capacity}"
            yield Line(row.at, str(words), actor, row.note, meaning)

    def _escalated(self) -> Iterator[Line]:
        rows = self.complaint.escalations.filter(cause=Escalation.Cause.TIME)
        title = _("Lewat waktu: dilaporkan kepada atasan")
        for row in rows.select_related("to_position").order_by("-at", "-pk"):
            yield Line(row.at, title, "", row.to_position.name if row.to_position else "", "late")

    # choices of the forms

    def officers(self) -> QuerySet[User]:
        """Everybody who serves at the office: any of them may be complained about."""
        today = self.at.astimezone(self.office.zone).date()
        serving = Appointment.objects.in_force(today).filter(position__office=self.office)
        chosen = self.complaint.subjects.values("pk")
        return User.objects.filter(Q(pk__in=serving.values("user")) | Q(pk__in=chosen)).order_by(
            "full_name", "pk"
        )

    def owners(self) -> QuerySet[User]:
        """Who may answer for it: complaint officers and the head, none of them complained about."""
        today = self.at.astimezone(self.office.zone).date()
        part = Q(position__is_head=True) | Q(position__complaint_roles__role=Role.OFFICER)
        seats = Appointment.objects.in_force(today).filter(part, position__office=self.office)
        return (
            User.objects.filter(pk__in=seats.values("user"))
            .exclude(pk__in=self.complaint.subjects.values("pk"))
            .exclude(pk=self.complaint.owner_id or 0)
            .order_by("full_name", "pk")
        )

    def services(self) -> QuerySet[Service]:
        """The services of the office."""
        return Service.objects.filter(office=self.office).order_by("name")


_KINDS: dict[DayKind, str | LazyText] = {
    DayKind.ZERO: gettext_lazy("hari ke-0"),
    DayKind.COUNTED: gettext_lazy("dihitung"),
    DayKind.FREE: gettext_lazy("tidak dihitung"),
    DayKind.PAUSED: gettext_lazy("jeda"),
    DayKind.AHEAD: gettext_lazy("akan dihitung"),
    DayKind.STOPPED: gettext_lazy("berhenti"),
}
