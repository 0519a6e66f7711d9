"""Read models: the checklist of a file, its routing card, its clock, its dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.utils.translation import gettext_lazy

from accounts.models import Office
from accounts.prepared import Blank, Prepared
from permits.domain.lifecycle import Status
from permits.models import (
    Application,
    ApplicationDeadline,
    ApplicationStep,
    Document,
    RequirementVerdict,
)
from permits.querysets import beside_name
from standards.domain.requirements import Condition, Given, Need, Rule, applicable, unmet
from standards.domain.steps import Step
from standards.models import (
    Procedure,
    Question,
    Requirement,
    RequirementGroup,
    SopStep,
    StandardVersion,
)
from standards.selectors import load_checklist, load_procedure, walkable_steps
from workflow.calendars import calendar_of, rules_of
from workflow.domain.clock import ClockEvent, Reckoning, Term, Unit, reckon
from workflow.domain.workdays import WorkCalendar


@dataclass(slots=True)
class Line:
    """One requirement of a file: what was asked, what was given, what the officer found."""

    requirement: Requirement
    need: Need
    applies: bool
    missing: bool = False
    declared: bool = False
    document: Document | None = None
    verdict: RequirementVerdict | None = None
    children: list[Line] = field(default_factory=list)

    @property
    def checkable(self) -> bool:
        """Whether an officer gives a verdict on it: papers always, if it concerns the file."""
        return self.applies and self.need is Need.UPLOAD and (
            self.requirement.mandatory or self.document is not None
        )  # fmt: skip

    @property
    def accepted(self) -> bool:
        """Found good; stays locked in later rounds."""
        return self.verdict is not None and self.verdict.result == "sesuai"

    @property
    def refused(self) -> bool:
        """Found wanting, and nothing newer has been given since."""
        if self.verdict is None or self.verdict.result == "sesuai":
            return False
        return self.document is None or self.document.pk == self.verdict.document_id


@dataclass(slots=True)
class GroupLines:
    """A group of requirements with its lines."""

    group: RequirementGroup
    applies: bool
    lines: list[Line]


@dataclass(slots=True)
class Checklist:
    """All requirements of a file in printed order."""

    groups: list[GroupLines]
    questions: list[Question]
    form_complete: bool

    def lines(self) -> Iterator[Line]:
        """Every line, parents before children."""
        for group in self.groups:
            yield from _flat(group.lines)

    def missing(self) -> list[Line]:
        """What the applicant still owes."""
        return [line for line in self.lines() if line.missing]

    def refused(self) -> list[Line]:
        """What an officer refused and nobody has mended."""
        return [line for line in self.lines() if line.applies and line.refused]

    def checkable(self) -> list[Line]:
        """What the front office must give a verdict on."""
        return [line for line in self.lines() if line.checkable]

    def unchecked(self) -> list[Line]:
        """Papers without a verdict on their present file."""
        return [line for line in self.checkable() if not line.accepted and not line.refused]


def _flat(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _flat(line.children)


_SENT: dict[int, Prepared[Application]] = {}  # by the number of offices


def sent_file(offices: Sequence[Office], key: UUID) -> Application | None:
    """Return a file that was sent to one of ``offices``, ready to be shown."""
    if not offices:
        return None
    values = {f"office{place}": office.pk for place, office in enumerate(offices)}

    def compose() -> QuerySet[Application]:
        files = Application.objects.sent_to([Blank(name) for name in values])
        return files.filter(public_id=Blank("key", UUIDField())).for_desk()

    for application in _SENT.setdefault(len(values), Prepared(compose)).ask(**values, key=key):
        application.office = next(one for one in offices if one.pk == application.office_id)
        return complete(application)
    return None


def complete(application: Application) -> Application:
    """Give a file of ``for_reading`` the steps of its procedure and the one at which it lies."""
    load_procedure(application.procedure)
    visit = application.current_step
    if visit is not None:
        _put_steps(application.procedure, [visit])
    return application


def _put_steps(procedure: Procedure, visits: Sequence[ApplicationStep]) -> None:
    """Give each visit its step; one of another procedure (changed on acceptance) is read."""
    steps = {row.pk: row for row in procedure.steps.all()}
    other = {visit.step_id for visit in visits} - set(steps)
    if other:
        steps |= SopStep.objects.select_related("role").in_bulk(other)
    for visit in visits:
        visit.step = steps[visit.step_id]


def _standard(application: Application) -> StandardVersion:
    """Return the pinned standard with all its rows."""
    return load_checklist(application.version)


def open_questions(version: StandardVersion, answers: dict[str, bool]) -> list[Question]:
    """Return the questions to ask, follow-ups only after a yes."""
    questions = list(version.questions.all())
    by_pk = {question.pk: question for question in questions}
    return [q for q in questions if all(answers.get(up.key) is True for up in _above(q, by_pk))]


def requirement_rules(version: StandardVersion) -> list[Rule]:
    """Return the version's requirements as the domain reads them, in printed order."""
    requirements = list(version.requirements.all())
    questions = {question.pk: question for question in version.questions.all()}
    groups = {group.pk: group for group in version.requirement_groups.all()}
    by_pk = {requirement.pk: requirement for requirement in requirements}
    return [
        Rule(
            pk=requirement.pk,
            need=Need(requirement.kind),
            mandatory=requirement.mandatory,
            parent=requirement.parent_id,
            conditions=tuple(_conditions(requirement, by_pk, groups, questions)),
        )
        for requirement in requirements
    ]


def _conditions(
    requirement: Requirement,
    by_pk: dict[int, Requirement],
    groups: dict[int, RequirementGroup],
    questions: dict[int, Question],
) -> Iterator[Condition]:
    bound: list[Requirement | RequirementGroup] = [groups[requirement.group_id], requirement]
    parent_id = requirement.parent_id
    while parent_id:
        bound.append(by_pk[parent_id])
        parent_id = by_pk[parent_id].parent_id
    for row in bound:
        if row.question_id:
            question = questions[row.question_id]
            yield Condition(question.key, row.applies_when)
            yield from (Condition(up.key) for up in _above(question, questions))


def _above(question: Question, by_pk: dict[int, Question]) -> Iterator[Question]:
    while question.asked_if_id:
        question = by_pk[question.asked_if_id]
        yield question


_IDENTITY = {
    "holder_name": gettext_lazy("nama pemegang"),
    "responsible_name": gettext_lazy("nama penanggung jawab"),
    "national_id": gettext_lazy("NIK penanggung jawab"),
    "address": gettext_lazy("alamat"),
    "phone": gettext_lazy("nomor telepon"),
}


def form_missing(application: Application) -> list[str]:
    """Return the labels of form fields that are still empty, identity first."""
    empty = [str(label) for name, label in _IDENTITY.items() if not getattr(application, name)]
    return empty + [
        row.label
        for row in _standard(application).form_fields.all()
        if row.required and application.form_data.get(row.key) in (None, "")
    ]


def checklist(application: Application) -> Checklist:
    """Return the checklist of ``application`` with current documents and latest verdicts."""
    version = _standard(application)
    rules = requirement_rules(version)
    documents, verdicts = _papers(application)
    given = Given(
        uploaded=frozenset(documents),
        declared=frozenset(application.declared),
        form_complete=not form_missing(application),
    )
    concerned = {rule.pk for rule in applicable(rules, application.answers)}
    owed = {rule.pk for rule in unmet(rules, application.answers, given)}
    lines = {
        requirement.pk: Line(
            requirement=requirement,
            need=Need(requirement.kind),
            applies=requirement.pk in concerned,
            missing=requirement.pk in owed,
            declared=requirement.pk in given.declared,
            document=documents.get(requirement.pk),
            verdict=verdicts.get(requirement.pk),
        )
        for requirement in version.requirements.all()
    }
    groups: dict[int, GroupLines] = {
        group.pk: GroupLines(group, applies=False, lines=[])
        for group in version.requirement_groups.all()
    }
    for line in lines.values():
        parent_id = line.requirement.parent_id
        home = groups[line.requirement.group_id]
        (lines[parent_id].children if parent_id else home.lines).append(line)
        home.applies = home.applies or line.applies
    return Checklist(
        groups=list(groups.values()),
        questions=open_questions(version, application.answers),
        form_complete=given.form_complete,
    )


def _judged() -> QuerySet[Requirement]:
    file = Blank("file")
    mine = Q(documents__application=file, documents__superseded_at=None)
    return (
        Requirement.objects.filter(version=Blank("version"))
        .annotate(
            paper=FilteredRelation("documents", condition=mine),
            judged=FilteredRelation("verdicts", condition=Q(verdicts__application=file)),
        )
        .filter(Q(paper__pk__isnull=False) | Q(judged__pk__isnull=False))
        .order_by("judged__at", "judged__pk")
        .select_related("paper", "judged__officer")  # type: ignore[misc]
    )


_PAPERS = Prepared(_judged)


def _papers(
    application: Application,
) -> tuple[dict[int, Document], dict[int, RequirementVerdict]]:
    """Return the current paper and the latest verdict of each requirement, in one question."""
    documents: dict[int, Document] = {}
    verdicts: dict[int, RequirementVerdict] = {}
    for row in _PAPERS.ask(file=application.pk, version=application.version_id):
        if (paper := getattr(row, "paper", None)) is not None:
            documents[row.pk] = paper
        if (judged := getattr(row, "judged", None)) is not None:
            verdicts[row.pk] = judged
    return documents, verdicts


def sop_steps(procedure: Procedure) -> list[Step]:
    """Return the procedure as the walker reads it."""
    return walkable_steps(procedure)


def clock_events(application: Application) -> list[ClockEvent]:
    """Return the events of the service clock; there are none before the file was accepted."""
    if application.accepted_at is None:
        return []
    return [row.as_domain() for row in application.clock_events.all()]


def clock(
    application: Application,
    at: datetime,
    term: Term | None = None,
    events: Sequence[ClockEvent] | None = None,
    calendar: WorkCalendar | None = None,
) -> Reckoning:
    """Return what the service clock of ``application`` says ``at`` an instant.

    ``events`` and ``calendar`` are read unless they are given.
    """
    version = application.version
    promised = term or Term(version.term_amount or 0, Unit(version.term_unit))
    office = application.office
    events = clock_events(application) if events is None else events
    return reckon(events, promised, calendar or calendar_of(office), rules_of(office), at)


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of the routing card: hand-over, receipt, standard time beside time used."""

    visit: ApplicationStep
    used_minutes: int
    used_workdays: int
    late: bool

    @property
    def standard(self) -> str:
        """The standard time as printed in the SOP."""
        step = self.visit.step
        if step.standard_text:
            return step.standard_text
        if step.standard_amount is None:
            return ""
        return f"{step.standard_amount} {step.get_standard_unit_display()}"

    @property
    def in_minutes(self) -> bool:
        """Whether the standard is given in minutes."""
        return self.visit.step.standard_unit == Unit.WORK_MINUTE


_PEOPLE = (
    "handed_over_by", "received_by", "finished_by", "initial__officer", "inspection__written_by",
)  # fmt: skip


def _visits() -> QuerySet[ApplicationStep]:
    own = ApplicationDeadline.objects.filter(
        visit=OuterRef("pk"), kind=ApplicationDeadline.Kind.STEP
    )
    return (
        ApplicationStep.objects.filter(application=Blank("file"))
        .select_related(*_PEOPLE)
        .defer(*beside_name(ApplicationStep, *_PEOPLE))
        .annotate(
            step_due_at=Subquery(own.values("due_at")[:1]),
            photo=F("inspection__photos__public_id"), caption=F("inspection__photos__caption"),
        )
        .order_by("pk", "inspection__photos__pk")
    )  # fmt: skip


_VISITS = Prepared(_visits)


def visits_of(application: Application) -> list[ApplicationStep]:
    """Return every visit in order, with step, people, initials, minutes and ``step_due_at``.

    The minutes have their photos as ``pictures``: a row of the answer is a visit and one photo.
    """
    visits = _with_pictures(_VISITS.ask(file=application.pk))
    for visit in visits:
        visit.application = application
    procedure = application.procedure
    _put_steps(load_procedure(procedure), visits)
    return visits


class Picture(NamedTuple):
    """One photo of an inspection."""

    public_id: UUID
    caption: str


def _with_pictures(rows: Iterable[ApplicationStep]) -> list[ApplicationStep]:
    visits: dict[int, ApplicationStep] = {}
    for row in rows:
        visit = visits.setdefault(row.pk, row)
        minutes: Any = getattr(visit, "inspection", None)
        if minutes is None:
            continue
        if visit is row:
            minutes.pictures = []
        if row.photo is not None:  # type: ignore[attr-defined]
            minutes.pictures.append(Picture(row.photo, row.caption))  # type: ignore[attr-defined]
    return list(visits.values())


def routing_card(
    application: Application,
    at: datetime,
    visits: Sequence[ApplicationStep] | None = None,
    calendar: WorkCalendar | None = None,
) -> list[CardLine]:
    """Return the routing card (kartu kendali): every visit in order with its working time."""
    office = application.office
    calendar = calendar or calendar_of(office)
    rows = visits_of(application) if visits is None else visits
    return [_card_line(visit, at, calendar, office.zone) for visit in rows]


def _card_line(
    visit: ApplicationStep, at: datetime, calendar: WorkCalendar, zone: object
) -> CardLine:
    began = visit.handed_over_at.astimezone(zone)  # type: ignore[arg-type]
    ended = (visit.finished_at or at).astimezone(zone)  # type: ignore[arg-type]
    due: datetime | None = visit.step_due_at  # type: ignore[attr-defined]
    return CardLine(
        visit=visit,
        used_minutes=calendar.minutes(began, ended),
        used_workdays=calendar.count(began.date(), ended.date()),
        late=due is not None and (visit.finished_at or at) > due,
    )


def breaches(application: Application) -> list[ApplicationDeadline]:
    """Return the promises about ``application`` that were broken."""
    return [d for d in application.deadlines.all() if d.breached_at]


def public_progress(application: Application) -> list[dict[str, object]]:
    """Return the walk in plain words for the tracking page: each SOP step and how far it is.

    Names of officers stay inside; a stranger with the code sees desks, not people.
    """
    visits: dict[int, ApplicationStep] = {}
    for row in application.steps.all():
        visits[row.step_id] = row
    rows: list[dict[str, object]] = []
    procedure = application.procedure
    for step in load_procedure(procedure).steps.all():
        visit = visits.get(step.pk)
        rows.append(
            {
                "label": step.activity,
                "kind": step.kind,
                "performer": step.role.label,
                "state": _progress(visit, application),
                "at": visit.finished_at if visit else None,
                "skipped": bool(visit and visit.outcome == ApplicationStep.Outcome.SKIPPED),
            }
        )
    return rows


def _progress(visit: ApplicationStep | None, application: Application) -> str:
    if visit is None or visit.outcome == ApplicationStep.Outcome.RETURNED:
        return "todo"
    if visit.pk == application.current_step_id and application.status != Status.COMPLETED:
        return "current"
    return "done" if visit.finished_at else "todo"
