"""A file as its applicant and a stranger see it: finished values for pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notices.models import Notice
from notices.selectors import Delivery, deliveries_about
from permits import selectors
from permits.domain.lifecycle import CLOSED, Status
from permits.models import Application, Document, Printout
from permits.presenters import wording
from permits.selectors import Checklist, Line
from standards.domain.requirements import Need
from standards.domain.steps import StepKind
from standards.models import FormField, Question, Requirement, RequirementGroup
from workflow.calendars import calendar_of
from workflow.domain.clock import ClockEvent, ClockKind, ClockState, Reckoning, Unit
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar

MAILS = 20  # messages that a page shows
_GIVEN = (Need.UPLOAD, Need.DECLARE, Need.AT_LEAST_ONE)
_STATES = {
    ClockState.NOT_STARTED: "not_started",
    ClockState.RUNNING: "running",
    ClockState.PAUSED: "paused",
    ClockState.STOPPED: "met",
}


def load_way(application: Application) -> Application:
    """Load what the pages of a file on its way ask for again and again."""
    prefetch_related_objects([application], "clock_events", "steps", "documents")
    asked = {row.pk: row for row in application.version.requirements.all()}
    for paper in application.documents.all():
        if paper.requirement_id in asked:
            paper.requirement = asked[paper.requirement_id]
    return application


# The promise ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Promise:
    """What ``{% deadline %}`` shows: the day, where the clock stands, working days left."""

    due_on: date | None
    state: str
    remaining: int | None
    url: str = ""
    audience: str = "applicant"
    provisional: bool = False


def promise(
    application: Application,
    at: datetime,
    *,
    url: str = "",
    audience: str = "applicant",
    events: Sequence[ClockEvent] | None = None,
    said: Reckoning | None = None,
    calendar: WorkCalendar | None = None,
) -> Promise:
    """Return the promise about ``application`` as it stands ``at`` an instant.

    The distance is counted from today to the promised day: on that day itself it is nought.
    ``events``, ``said`` (what the service clock says) and ``calendar`` are read unless given.
    """
    try:
        events = selectors.clock_events(application) if events is None else events
        calendar = calendar or calendar_of(application.office)
        said = said or selectors.clock(application, at, events=events, calendar=calendar)
        distance = _distance(application, said, at, events, calendar)
    except DomainError:  # a term that ends decades ahead: no day can be promised
        return Promise(None, "not_started", None, "", audience)
    state = "late" if said.late and said.state is ClockState.RUNNING else _STATES[said.state]
    link = url if said.state is not ClockState.NOT_STARTED else ""
    return Promise(said.due_on, state, distance, link, audience, said.provisional)


def _distance(
    application: Application,
    said: Reckoning,
    at: datetime,
    events: Sequence[ClockEvent],
    calendar: WorkCalendar,
) -> int | None:
    if said.term.unit is not Unit.WORKDAY:
        return None if said.state is not ClockState.STOPPED else -1 if said.late else 0
    if said.due_on is None:
        return said.remaining if said.state is ClockState.PAUSED else None
    seen = at
    if said.state is ClockState.STOPPED:
        if not said.late:
            return 0
        seen = max(event.at for event in events if event.kind is ClockKind.STOP)
    day = seen.astimezone(application.office.zone).date()
    return _workdays(calendar, day, said.due_on)


def _workdays(calendar: WorkCalendar, day: date, due_on: date) -> int:
    """Return the working days from ``day`` to ``due_on``; negative once it is past."""
    if day <= due_on:
        return calendar.count(day, due_on)
    return -max(calendar.count(due_on, day), 1)


# What is left to do -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Task:
    """One line of ``{% task_list %}``."""

    label: str
    url: str
    meaning: str
    status: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to do before the file can be sent."""

    tasks: list[Task]
    ready: bool
    next_url: str


def left(application: Application, found: Checklist) -> Left:
    """Return the task list of a file that lies with its applicant."""
    tasks = [_form_task(application), *_question_tasks(application, found)]
    tasks.append(_paper_task(application, found))
    ready = all(task.meaning == "good" for task in tasks)
    undone = next((task.url for task in tasks if task.meaning != "good"), "")
    review = _url("review", application)
    tasks.append(
        Task(
            _("Periksa dan kirim"), review, "attention" if ready else "neutral",
            _("Siap dikirim") if ready else _("Belum bisa dikirim"),
            "" if ready else _("Selesaikan dahulu langkah di atas."),
        )
    )  # fmt: skip
    return Left(tasks, ready, undone or review)


def _url(name: str, application: Application) -> str:
    return reverse(f"permits:{name}", args=[application.public_id])


def _form_task(application: Application) -> Task:
    missing = len(selectors.form_missing(application))
    label, url = _("Data pemegang izin dan isian permohonan"), _url("form", application)
    if not missing:
        return Task(label, url, "good", _("Lengkap"))
    untouched = not application.holder_name and not application.form_data
    if untouched:
        return Task(label, url, "neutral", _("Belum diisi"))
    words = ngettext("%(n)s isian lagi", "%(n)s isian lagi", missing) % {"n": missing}
    return Task(label, url, "attention", words)


def unanswered(application: Application, found: Checklist) -> list[Question]:
    """Return the questions that wait for an answer."""
    return [q for q in found.questions if q.key not in application.answers]


def _question_tasks(application: Application, found: Checklist) -> list[Task]:
    if not found.questions:
        return []
    label, url = _("Pertanyaan penentu"), _url("questions", application)
    hint = _("Jawaban Anda menentukan berkas yang diminta.")
    open_ones = len(unanswered(application, found))
    if not open_ones:
        return [Task(label, url, "good", _("Terjawab"))]
    if open_ones == len(found.questions):
        return [Task(label, url, "neutral", _("Belum dijawab"), hint)]
    words = ngettext("%(n)s lagi", "%(n)s lagi", open_ones) % {"n": open_ones}
    return [Task(label, url, "attention", words, hint)]


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of the papers is there."""

    done: int
    total: int
    refused: int

    @property
    def complete(self) -> bool:
        """Whether nothing is owed any more."""
        return self.done == self.total and not self.refused

    @property
    def words(self) -> str:
        """Such as "3 dari 5 terpenuhi"."""
        return _("%(done)s dari %(total)s terpenuhi") % {"done": self.done, "total": self.total}


def tally(found: Checklist) -> Tally:
    """Count what is asked for and what is there; refused papers are not there."""
    by_pk = {line.requirement.pk: line for line in found.lines()}
    asked = [
        line
        for line in by_pk.values()
        if line.applies and line.need in _GIVEN and line.requirement.mandatory
        and not _is_option(line, by_pk)
    ]  # fmt: skip
    refused = found.refused()
    wanting = [line for line in asked if line.missing or line in refused]
    return Tally(len(asked) - len(wanting), len(asked), len(refused))


def _is_option(line: Line, by_pk: dict[int, Line]) -> bool:
    parent = by_pk.get(line.requirement.parent_id or 0)
    return parent is not None and parent.need is Need.AT_LEAST_ONE


def _paper_task(application: Application, found: Checklist) -> Task:
    label, url = _("Berkas persyaratan"), _url("requirements", application)
    count = tally(found)
    if count.refused:
        words = ngettext(
            "%(n)s perlu diperbaiki", "%(n)s perlu diperbaiki", count.refused
        ) % {"n": count.refused}  # fmt: skip
        return Task(label, url, "late", words)
    if unanswered(application, found):
        return Task(label, url, "neutral", count.words, _("Jawab dahulu pertanyaan penentu."))
    if count.complete:
        return Task(label, url, "good", _("Lengkap"))
    return Task(label, url, "attention" if count.done else "neutral", count.words)


# Requirements -----------------------------------------------------------------------------------


@dataclass(slots=True)
class Item:
    """One requirement on the page of papers, with what its box needs."""

    pk: int
    number: str
    text: str
    hint: str
    need: str
    applies: bool
    mandatory: bool
    condition: str
    meaning: str
    status: str
    document: Document | None
    declared: bool
    locked: bool
    reason: str
    error: str = ""
    children: list[Item] = field(default_factory=list)

    @property
    def contents(self) -> list[Item]:
        """What the paper itself must contain."""
        return [child for child in self.children if child.need == Need.CONTENT]

    @property
    def content_outline(self) -> list[dict[str, object]]:
        """The same as ``{% outline %}`` reads it."""
        return [
            {"marker": part.number, "text": part.text, "children": part.content_outline}
            for part in self.contents
        ]

    @property
    def parts(self) -> list[Item]:
        """The requirements below it that have a box of their own."""
        return [child for child in self.children if child.need != Need.CONTENT]


@dataclass(frozen=True, slots=True)
class Block:
    """Requirements under one printed heading."""

    number: str
    title: str
    lead: str
    condition: str
    applies: bool
    items: list[Item]


def blocks(found: Checklist, answers: dict[str, bool], errors: dict[int, str]) -> list[Block]:
    """Return the requirements in printed order; ``errors`` are sentences by requirement."""
    return [
        Block(
            group.group.printed_number, group.group.title, group.group.lead,
            _condition(group.group, answers), group.applies,
            [_item(line, answers, errors) for line in group.lines],
        )
        for group in found.groups
    ]  # fmt: skip


def item(
    found: Checklist, pk: int, answers: dict[str, bool], errors: dict[int, str]
) -> Item | None:
    """Return the requirement ``pk`` of the page, with everything it stands under."""
    by_pk = {line.requirement.pk: line for line in found.lines()}
    line = by_pk.get(pk)
    if line is None:
        return None
    while line.requirement.parent_id:
        line = by_pk[line.requirement.parent_id]
    return _item(line, answers, errors)


def _item(line: Line, answers: dict[str, bool], errors: dict[int, str]) -> Item:
    requirement = line.requirement
    meaning, status = _standing(line)
    refused = line.refused and line.verdict is not None
    return Item(
        pk=requirement.pk, number=requirement.printed_number, text=requirement.text,
        hint=requirement.help_text, need=line.need, applies=line.applies,
        mandatory=requirement.mandatory, condition=_condition(requirement, answers),
        meaning=meaning, status=status, document=line.document, declared=line.declared,
        locked=line.accepted, reason=line.verdict.reason if refused and line.verdict else "",
        error=errors.get(requirement.pk, ""),
        children=[_item(child, answers, errors) for child in line.children],
    )  # fmt: skip


def _standing(line: Line) -> tuple[str, str]:
    """Return meaning and word of a requirement; no word for what only stands there to be read."""
    if not line.applies or line.need in (Need.CONTENT, Need.NOTE):
        return "neutral", ""
    if line.refused:
        return "late", _("Perlu diperbaiki")
    if line.accepted:
        return "good", _("Sudah sesuai")
    if line.missing:
        return "attention", _owed_word(line.need)
    if line.need is Need.DECLARE:
        return ("good", _("Dinyatakan")) if line.declared else ("neutral", _("Pilihan"))
    if line.need is Need.UPLOAD and line.document is None:
        return "neutral", _("Pilihan")
    return "good", _("Sudah ada")


def _owed_word(need: Need) -> str:
    if need is Need.DECLARE:
        return _("Belum dinyatakan")
    return _("Belum dipenuhi") if need is Need.AT_LEAST_ONE else _("Belum ada")


def _condition(row: Requirement | RequirementGroup, answers: dict[str, bool]) -> str:
    """Return in words when a requirement applies, with what the applicant has answered."""
    if row.question is None:
        return ""
    wanted = _("Ya") if row.applies_when else _("Tidak")
    text = _("Hanya bila jawaban Anda \N{LEFT DOUBLE QUOTATION MARK}%(answer)s"
             "\N{RIGHT DOUBLE QUOTATION MARK} untuk: %(question)s") % {
        "answer": wanted, "question": row.question.text,
    }  # fmt: skip
    if row.question.key not in answers:
        return _("%(condition)s (belum dijawab)") % {"condition": text}
    return text


# Facts to read again ------------------------------------------------------------------------------


def written(row: FormField, value: object) -> str | date:
    """Return an answer of the form as people write it."""
    text = str(value or "")
    if row.kind == FormField.Kind.DATE and text:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def identity_facts(application: Application, url: str = "") -> list[dict[str, object]]:
    """Return the identity of the holder as rows of ``{% facts %}``."""
    rows = (
        (_("Izin ini untuk"), application.get_holder_kind_display(), "holder_kind_0"),
        (_("Nama pemegang izin"), application.holder_name, "holder_name"),
        (_("Nama penanggung jawab"), application.responsible_name, "responsible_name"),
        (_("NIK penanggung jawab"), application.national_id, "national_id"),
        (_("Nomor Induk Berusaha (NIB)"), application.business_number, "business_number"),
        (_("Alamat"), application.address, "address"),
        (_("Nomor telepon"), application.phone, "phone"),
    )
    return [
        {"label": label, "value": value, "url": f"{url}#id_{name}" if url else ""}
        for label, value, name in rows
    ]


def form_facts(application: Application, url: str = "") -> list[dict[str, object]]:
    """Return the answers of the service's own form as rows of ``{% facts %}``."""
    return [
        {
            "label": row.label, "value": written(row, application.form_data.get(row.key)),
            "url": f"{url}#id_isian_{row.key}" if url else "",
        }
        for row in application.version.form_fields.all()
    ]  # fmt: skip


def answer_facts(
    application: Application, questions: Iterable[Question], url: str = ""
) -> list[dict[str, object]]:
    """Return the answered questions as rows of ``{% facts %}``."""
    words = {True: _("Ya"), False: _("Tidak"), None: ""}
    return [
        {
            "label": question.text, "value": words[application.answers.get(question.key)],
            "url": f"{url}#id_tanya_{question.key}" if url else "",
        }
        for question in questions
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that keeps the file from being sent, with the place where it is mended."""

    text: str
    url: str


def missing(application: Application, found: Checklist) -> list[Missing]:
    """Return everything that is still missing, in the order of the pages."""
    form, questions = _url("form", application), _url("questions", application)
    papers = _url("requirements", application)
    rows = []
    if empty := selectors.form_missing(application):
        labels = ", ".join(empty)
        rows.append(Missing(_("Isian kosong: %(labels)s") % {"labels": labels}, f"{form}?kosong"))
    rows += [
        Missing(_("Belum dijawab: %(text)s") % {"text": question.text},
                f"{questions}#id_tanya_{question.key}")
        for question in unanswered(application, found)
    ]  # fmt: skip
    owed = [line for line in found.missing() if line.need is not Need.FORM]
    lines = {line.requirement.pk: line for line in [*owed, *found.refused()]}
    rows += [
        Missing(
            (_("Perlu diperbaiki: %(text)s") if line.refused else _("Belum ada: %(text)s"))
            % {"text": line.requirement.text},
            f"{papers}#syarat-{pk}",
        )
        for pk, line in lines.items()
    ]
    return rows


# The way of a sent file ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stage:
    """One line of ``{% steps %}``."""

    label: str
    state: str
    when: date | None
    note: str


def progress(application: Application) -> list[Stage]:
    """Return the walk through the SOP in plain words: desks, never people.

    Of a file that ended early only what was done is told.
    """
    ended = application.status in CLOSED and application.status != Status.COMPLETED
    zone = application.office.zone
    stages = []
    for row in selectors.public_progress(application):
        if ended and row["state"] == "todo":
            continue
        at = row["at"] if row["state"] == "done" else None
        stages.append(
            Stage(
                label=_stage_label(str(row["kind"]), str(row["label"])),
                state=str(row["state"]),
                when=at.astimezone(zone).date() if isinstance(at, datetime) else None,
                note=_("Tidak diperlukan") if row["skipped"] else str(row["performer"]),
            )
        )
    return stages


def _stage_label(kind: str, activity: str) -> str:
    words: str | LazyText | None = wording.STEPS.get(StepKind(kind))
    return str(words) if words is not None else activity.strip().lstrip("-").strip(" ;.")


def mails(application: Application) -> list[Delivery]:
    """Return the messages to the applicant and what became of each, the latest first."""
    return deliveries_about(about(application), to=application.applicant, most=MAILS)


def about(application: Application) -> str:
    """Return under which name messages speak of a file."""
    return f"application:{application.pk}"


def officer_note(application: Application) -> str:
    """Return what the officer wrote besides the faults when the file was returned last."""
    row = (
        Notice.objects.filter(about=about(application), template="permits/returned")
        .filter(in_account=True)
        .order_by("-created_at")
        .first()
    )
    return str(row.context.get("note", "")) if row else ""


def ending_note(application: Application) -> str:
    """Return the reason with which the file was rejected or withdrawn."""
    row = application.records.filter(to=application.status).last()
    return str(row.note) if row else ""


def receipt(application: Application) -> Printout | None:
    """Return the receipt (tanda terima); ``None`` before the file is complete and correct."""
    found: Printout | None = application.printouts.filter(kind=Printout.Kind.RECEIPT).first()
    return found


def masked(name: str) -> str:
    """Return a name of which a stranger learns no more than the first letters."""
    return " ".join(f"{word[0]}***" for word in name.split())


def short_promise(application: Application, at: datetime, calendar: WorkCalendar) -> Promise | None:
    """Return the promise of a running file for a list, from the dates kept with it."""
    if application.status != Status.IN_PROCESS or application.due_on is None:
        return None
    due_on = application.due_on
    state = "late" if application.due_at is not None and application.due_at <= at else "running"
    left = _workdays(calendar, at.astimezone(application.office.zone).date(), due_on)
    return Promise(due_on, state, left, provisional=not calendar.is_confirmed(due_on))
