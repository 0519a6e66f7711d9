"""The parts of the page of a complaint that tell: report, terms, standard, history, others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict, cast

from django.utils.functional import Promise as LazyText
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import Verdict
from accounts.models import User
from accounts.officers import Officer
from complaints import policies, selectors
from complaints.domain.lifecycle import CLOSED, Event
from complaints.domain.rating import is_low
from complaints.models import (
    Addition,
    Complaint,
    ComplaintDeadline,
    ComplaintFile,
    Ground,
    Problem,
    Rating,
)
from complaints.models import Approver as ApproverLabel
from complaints.presenters.desk import channel_words, happened, promise_of, shown_at
from complaints.services import deadlines, duplicates
from permits.presenters import clock
from permits.presenters.routing_lines import SheetLine, card_of, sheet_line
from standards.domain.terms import term_for
from workflow.domain.clock import DayKind
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from permits.models import ApplicationStep

    class _Stated(TypedDict):
        component_title: str | None
        component_body: str

    class _Timed(TypedDict):
        standard_due_at: datetime | None

    # as ``for_page`` reads them
    ShownComplaint = WithAnnotations[Complaint, _Stated]
    TimedVisit = WithAnnotations[ApplicationStep, _Timed]


class ReportPanel:
    """What came in: the report, how it was classified, its files and later words."""

    def __init__(self, complaint: Complaint, officer: Officer, history: HistoryPanel) -> None:
        self._complaint = complaint
        self._officer = officer
        self._history = history

    @cached_property
    def facts(self) -> list[tuple[str, object]]:
        """What was said, beside the text."""
        one = self._complaint
        rows: list[tuple[str, object]] = [
            (_("Layanan"), one.service.name if one.service else _("Tidak disebut")),
            (_("Saluran"), channel_words(one)),
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

    @property
    def grounds(self) -> list[str]:
        """Why the rules did not take it simply as a complaint."""
        return [str(Ground(code).label) for code in self._complaint.grounds]

    @cached_property
    def classification(self) -> list[tuple[str, object]]:
        """How it was classified; empty before."""
        one = self._complaint
        if not one.problem:
            return []
        kind = one.get_weight_display() or one.get_category_display()
        label = _("Bobot") if one.weight else _("Kategori penanganan")
        rows: list[tuple[str, object]] = [
            (_("Jenis masalah"), one.get_problem_display()),
            (label, kind),
        ]
        names = [person.full_name for person in self.subjects]
        return [*rows, (_("Yang diadukan"), names)] if names else rows

    @cached_property
    def subjects(self) -> list[User]:
        """Who is complained about."""
        return sorted(self._complaint.subjects.all(), key=lambda person: person.full_name)

    @cached_property
    def files(self) -> list[ComplaintFile]:
        """What came with it, what was added, what the study has brought."""
        return list(self._complaint.files.all())

    @cached_property
    def may_read_files(self) -> Verdict:
        """Whether the attachments of the sender may be opened."""
        return policies.may_read_files(self._officer.user, self._complaint, self._officer.at)

    @cached_property
    def additions(self) -> list[dict[str, object]]:
        """What was said later."""
        return [
            {
                "by": Addition.By(entry.code).label,
                "officer": entry.person,
                "at": shown_entry(self._complaint, entry),
                "text": entry.text,
            }
            for entry in reversed(self._history.entries(selectors.ADDITION))
        ]


@dataclass(frozen=True, slots=True)
class TermRow:
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


class TermsPanel:
    """What was promised, the marks of the office, and how the promised day was counted."""

    def __init__(self, complaint: Complaint, officer: Officer, history: HistoryPanel) -> None:
        self._complaint = complaint
        self._officer = officer
        self._history = history

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working calendar of the promise, read once."""
        return selectors.promise_calendars([self._complaint])[self._complaint.pk]

    @cached_property
    def promise(self) -> Any:
        """The day promised for the answer."""
        return promise_of(self._complaint, self._officer.at, self.calendar)

    @cached_property
    def marks(self) -> list[TermRow]:
        """Every term of this round: the promise first, then the office's own marks."""
        began = self._history.began
        rows = [row for row in self._complaint.deadlines.all() if row.started_at >= began]
        rows.sort(key=lambda row: (row.kind != ComplaintDeadline.Kind.ANSWER, row.pk))
        return [self._mark(row) for row in rows]

    def _mark(self, row: ComplaintDeadline) -> TermRow:
        label = str(row.get_kind_display())
        if row.of:
            label = f"{label}: {ApproverLabel(row.of).label}"
        if row.met_at is not None:
            late = row.breached_at is not None
            state = ("late", _("Lewat waktu")) if late else ("good", _("Tepat waktu"))
        elif row.due_at is not None and row.due_at <= self._officer.at:
            state = ("late", _("Terlambat"))
        else:
            state = ("neutral", _("Berjalan"))
        return TermRow(label, clock.amount(row.term.amount, row.term.unit), row.due_on, *state)

    @cached_property
    def counted(self) -> list[CountedDay]:
        """How the promised day was counted, day by day."""
        kinds = (ComplaintDeadline.Kind.ANSWER, ComplaintDeadline.Kind.SUGGESTION)
        rows = [row for row in self._complaint.deadlines.all() if row.kind in kinds]
        if not rows:
            return []
        row = max(rows, key=lambda row: row.pk)
        try:
            days = deadlines.reckoning_of(row, self._officer.at, self.calendar).days()
        except DomainError:
            return []
        return [CountedDay(day.on, day.number, str(_KINDS[day.kind]), day.reason) for day in days]


class StandardPanel:
    """The standard in force, and the routing card of the file the complaint is about."""

    def __init__(self, complaint: Complaint, officer: Officer, terms: TermsPanel) -> None:
        self._complaint = complaint
        self._officer = officer
        self._terms = terms

    @property
    def term(self) -> str:
        """The usual term of the standard in force in words; "" without one."""
        version = self._complaint.version
        return clock.term_of(term_for(version, ())) if version else ""

    @cached_property
    def component(self) -> dict[str, str] | None:
        """What the standard in force says about the problem; ``None`` before it is named."""
        one = cast("ShownComplaint", self._complaint)
        if one.component_title is None:
            return None
        return {"title": one.component_title, "body": one.component_body}

    @cached_property
    def card(self) -> list[SheetLine]:
        """The routing card of the file the complaint is about."""
        file = self._complaint.application
        if file is None or file.procedure_id is None:
            return []
        visits = cast("list[TimedVisit]", list(file.steps.all()))
        due_at = {visit.pk: visit.standard_due_at for visit in visits}
        lines = card_of(file, self._officer.at, visits, self._terms.calendar, due_at)
        return [sheet_line(line) for line in lines]

    @property
    def about_time(self) -> bool:
        """Whether it complains of a delay; before it is classified, any late step counts."""
        return self._complaint.problem in ("", Problem.TERM)

    @cached_property
    def late_lines(self) -> list[SheetLine]:
        """The steps at which the standard time was exceeded."""
        return [line for line in self.card if line.late]


class IdentityPanel:
    """The closed identity: whether it may be opened, and who has opened it."""

    def __init__(self, complaint: Complaint, officer: Officer, history: HistoryPanel) -> None:
        self._complaint = complaint
        self._officer = officer
        self._history = history

    @cached_property
    def may_open(self) -> Verdict:
        """Whether this officer may learn who complained."""
        return policies.may_open_identity(self._officer.user, self._complaint, self._officer.at)

    @cached_property
    def openings(self) -> list[dict[str, object]]:
        """Who opened the identity, when and why."""
        return [
            {
                "when": entry.at,
                "title": entry.person or _("Portal"),
                "actor": entry.capacity,
                "text": entry.text,
            }
            for entry in self._history.entries(selectors.OPENING)
        ]


class RelatedPanel:
    """Other reports: linked, merged, or perhaps about the same."""

    def __init__(self, complaint: Complaint, officer: Officer) -> None:
        self._complaint = complaint
        self._officer = officer

    @cached_property
    def _others(self) -> duplicates.Others:
        return duplicates.others(self._complaint, self._officer.user)

    @property
    def linked(self) -> list[Complaint]:
        """Reports linked with it or merged into it that this officer may see."""
        return self._others.linked

    @property
    def hints(self) -> list[duplicates.Hint]:
        """Reports that may be about the same; none once it is closed."""
        return [] if self._complaint.status in CLOSED else self._others.hints

    @cached_property
    def target(self) -> Complaint | None:
        """The complaint under whose number it goes on, if this officer may see that one."""
        seen = Complaint.objects.visible_to(self._officer.user)
        return seen.filter(pk=self._complaint.merged_into_id or 0).first()


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of the timeline."""

    when: date | datetime
    title: str
    actor: str
    text: str
    meaning: str


class HistoryPanel:
    """What happened, and how the answers were rated."""

    def __init__(self, complaint: Complaint) -> None:
        self._complaint = complaint

    @cached_property
    def _entries(self) -> list[selectors.Entry]:
        return selectors.entries_of(self._complaint)

    def entries(self, kind: str) -> list[selectors.Entry]:
        """Return what happened of one kind, the latest first."""
        return [entry for entry in self._entries if entry.kind == kind]

    @property
    def began(self) -> datetime:
        """When the clock of this round began, as ``deadlines.since`` says."""
        reopened = [row for row in self.entries(selectors.RECORD) if row.code == Event.REOPEN]
        if self._complaint.round == 1 or not reopened:
            return self._complaint.received_at
        return reopened[0].at

    @cached_property
    def lines(self) -> list[HistoryRow]:
        """What happened, the latest first."""
        told = {selectors.RECORD: self._record, selectors.RATING: self._rating}
        return [told[entry.kind](entry) for entry in self._entries if entry.kind in told]

    def _rating(self, entry: selectors.Entry) -> HistoryRow:
        points = Rating(int(entry.code))
        title = _("Pengadu menilai jawaban: %(rating)s") % {"rating": points.label}
        meaning = "attention" if is_low(points) else "good"
        return HistoryRow(shown_entry(self._complaint, entry), title, "", entry.text, meaning)

    def _record(self, entry: selectors.Entry) -> HistoryRow:
        meaning, words = happened(entry.code)
        actor = ", ".join(part for part in (entry.person, entry.capacity) if part)
        when = shown_entry(self._complaint, entry)
        return HistoryRow(when, str(words), actor, entry.text, meaning)


def shown_entry(complaint: Complaint, entry: selectors.Entry) -> date | datetime:
    """Return the instant of an officer, and what is shown of one of the sender."""
    return entry.at if entry.person else shown_at(complaint, entry.at)


_KINDS: dict[DayKind, str | LazyText] = {
    DayKind.ZERO: gettext_lazy("hari ke-0"),
    DayKind.COUNTED: gettext_lazy("dihitung"),
    DayKind.FREE: gettext_lazy("tidak dihitung"),
    DayKind.PAUSED: gettext_lazy("jeda"),
    DayKind.AHEAD: gettext_lazy("akan dihitung"),
    DayKind.STOPPED: gettext_lazy("berhenti"),
}
