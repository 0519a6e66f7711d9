"""A published standard for display: finished values for pages and prints.

Everything is loaded in a fixed number of queries, whatever the size of the standard; what hangs
together by key is joined here and not in the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, product

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from standards.domain import outline
from standards.domain.components import SERVICE_DELIVERY, Key
from standards.domain.requirements import Condition, Need, Rule, applicable
from standards.models import (
    Fee,
    FormField,
    LegalBasis,
    Question,
    Requirement,
    RequirementGroup,
    Service,
    StandardComponent,
    StandardVersion,
)
from standards.selectors import load_version
from standards.swimlane import Sop, draw

_ENUMERATED = 8  # questions whose answers are tried: 256 cases at most
_STATED = (Need.DECLARE, Need.AT_LEAST_ONE)


@dataclass(frozen=True, slots=True)
class Promise:
    """What the office promises: how long, how much, what for. No fee row: ``None``."""

    term: str
    fee_from: int | None
    fee_to: int | None
    product: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One service in a list, with its promise beside it."""

    service: Service
    promise: Promise


@dataclass(slots=True)
class RequirementLine:
    """One requirement with its printed number and what an applicant does about it."""

    number: str
    text: str
    need: str
    mark: str
    icon: str
    condition: str
    optional: bool
    hint: str
    children: list[RequirementLine] = field(default_factory=list)


@dataclass(slots=True)
class RequirementBlock:
    """Requirements under one printed heading."""

    number: str
    title: str
    lead: str
    condition: str
    lines: list[RequirementLine]


@dataclass(frozen=True, slots=True)
class Bring:
    """How much an applicant must bring, from the lightest case to the heaviest."""

    uploads_from: int
    uploads_to: int
    declarations: int

    @property
    def depends(self) -> bool:
        """Whether the answers to the questions make a difference."""
        return self.uploads_from != self.uploads_to


@dataclass(frozen=True, slots=True)
class ComponentText:
    """One of the fourteen components in the office's own words."""

    key: str
    anchor: str
    number: str
    title: str
    lines: list[outline.Item]


@dataclass(frozen=True, slots=True)
class ComponentRun:
    """Components under one heading; an office that prints one list has one run without heading."""

    heading: str
    components: list[ComponentText]


@dataclass(frozen=True, slots=True)
class Standard:
    """All parts of a standard."""

    version: StandardVersion
    promise: Promise
    bring: Bring
    blocks: list[RequirementBlock]
    runs: list[ComponentRun]
    procedures: list[Sop]
    fees: list[Fee]
    legal_bases: list[LegalBasis]
    questions: list[Question]
    form_fields: list[FormField]


def offers(services: QuerySet[Service]) -> list[Offer]:
    """Return services of ``for_catalogue()`` with their promises."""
    return [
        Offer(service, promise(service.in_force[0]))  # type: ignore[attr-defined]
        for service in services.prefetch_related("in_force__fees")  # type: ignore[misc]
    ]


def promise(version: StandardVersion) -> Promise:
    """Return what ``version`` promises; its fees should be loaded."""
    amounts = [fee.amount for fee in version.fees.all()]
    return Promise(
        term=term(version),
        fee_from=min(amounts, default=None),
        fee_to=max(amounts, default=None),
        product=version.product,
    )


def term(version: StandardVersion) -> str:
    """Return "6 hari kerja"; "" while the term is not decided."""
    if version.term_amount is None:
        return ""
    return f"{version.term_amount} {version.get_term_unit_display()}"


def choose(versions: Sequence[StandardVersion], day: date) -> StandardVersion | None:
    """Return the version in force on ``day``, or else the next one to come."""
    past = [version for version in versions if _since(version) <= day]
    if past:
        return max(past, key=_since)
    return min(versions, key=_since, default=None)


def _since(version: StandardVersion) -> date:
    """A published version has its day (a database constraint)."""
    assert version.effective_on is not None  # noqa: S101
    return version.effective_on


def read(version: StandardVersion) -> Standard:
    """Return all parts of ``version``."""
    load_version(version)
    questions = list(version.questions.all())
    requirements = list(version.requirements.all())
    return Standard(
        version=version,
        promise=promise(version),
        bring=_bring(requirements, list(version.requirement_groups.all()), questions),
        blocks=_blocks(version, requirements, {row.pk: row for row in questions}),
        runs=runs(version.components.all()),
        procedures=[draw(link.procedure) for link in version.procedure_links.all()],
        fees=list(version.fees.all()),
        legal_bases=list(version.legal_bases.all()),
        questions=questions,
        form_fields=list(version.form_fields.all()),
    )


# Requirements ---------------------------------------------------------------------------------


def _marks() -> dict[str, tuple[str, str]]:
    return {
        Need.UPLOAD: (_("Unggah berkas"), "upload"),
        Need.DECLARE: (_("Cukup dinyatakan"), "check-lg"),
        Need.FORM: (_("Isi di formulir"), "pencil"),
        Need.AT_LEAST_ONE: (_("Pilih sekurangnya satu"), "card-checklist"),
        Need.NOTE: (_("Keterangan"), "info-circle"),
        Need.CONTENT: ("", ""),  # its parent already lists it
    }


def _blocks(
    version: StandardVersion, requirements: Sequence[Requirement], questions: dict[int, Question]
) -> list[RequirementBlock]:
    blocks = {
        group.pk: RequirementBlock(
            group.printed_number, group.title, group.lead, _condition(group, questions), []
        )
        for group in version.requirement_groups.all()
    }
    group_questions = {group.pk: group.question_id for group in version.requirement_groups.all()}
    marks = _marks()
    lines: dict[int, RequirementLine] = {}
    for row in requirements:
        mark, icon = marks[row.kind]
        repeated = row.question_id is not None and row.question_id == group_questions[row.group_id]
        lines[row.pk] = RequirementLine(
            number=row.printed_number,
            text=row.text,
            need=row.kind,
            mark=mark,
            icon=icon,
            condition="" if repeated else _condition(row, questions),
            optional=not row.mandatory,
            hint=row.help_text,
        )
    for row in requirements:
        parent = lines.get(row.parent_id) if row.parent_id else None
        (parent.children if parent else blocks[row.group_id].lines).append(lines[row.pk])
        if parent and parent.need == Need.AT_LEAST_ONE:
            lines[row.pk].mark = ""  # the choice is marked once, above
    return list(blocks.values())


def _condition(row: Requirement | RequirementGroup, questions: dict[int, Question]) -> str:
    """Return the question as a condition: "Apakah usaha mempekerjakan ...?" asks, this states."""
    if row.question_id is None:
        return ""
    question = questions[row.question_id].text
    stated = re.fullmatch(r"Apakah (.+?)\s*\?", question)
    if row.applies_when:
        if stated:
            return _("Hanya jika: %(condition)s") % {"condition": stated[1]}
        return _("Hanya jika jawabannya ya: %(question)s") % {"question": question}
    if stated:
        return _("Kecuali jika: %(condition)s") % {"condition": stated[1]}
    return _("Hanya jika jawabannya tidak: %(question)s") % {"question": question}


def _bring(
    requirements: Sequence[Requirement],
    groups: Sequence[RequirementGroup],
    questions: Sequence[Question],
) -> Bring:
    rules = _rules(requirements, {group.pk: group for group in groups}, questions)
    choices = {rule.pk for rule in rules if rule.need is Need.AT_LEAST_ONE}
    mandatory = [rule for rule in rules if rule.mandatory and rule.parent not in choices]
    cases = [applicable(mandatory, answers) for answers in _answers(questions)]
    uploads = [sum(rule.need is Need.UPLOAD for rule in case) for case in cases]
    declared = [sum(rule.need in _STATED for rule in case) for case in cases]
    return Bring(min(uploads), max(uploads), max(declared))


def _rules(
    requirements: Sequence[Requirement],
    groups: dict[int, RequirementGroup],
    questions: Sequence[Question],
) -> list[Rule]:
    keys = {question.pk: question.key for question in questions}
    rows = {row.pk: row for row in requirements}

    def conditions(row: Requirement) -> tuple[Condition, ...]:
        parent = rows.get(row.parent_id) if row.parent_id else None
        above = conditions(parent) if parent else ()
        own = (groups[row.group_id], row)
        return above + tuple(
            Condition(keys[rule.question_id], rule.applies_when) for rule in own if rule.question_id
        )

    return [
        Rule(row.pk, Need(row.kind), row.mandatory, row.parent_id, conditions(row))
        for row in requirements
    ]


def _answers(questions: Sequence[Question]) -> Iterator[dict[str, bool]]:
    """Every way to answer; a question that does not apply has no answer."""
    keys = {question.pk: question.key for question in questions}
    few = questions[:_ENUMERATED]
    for given in product((False, True), repeat=len(few)):
        answers: dict[str, bool] = {}
        for question, answer in zip(few, given, strict=True):
            if question.asked_if_id is None or answers.get(keys[question.asked_if_id]):
                answers[question.key] = answer
        yield answers


# Components -----------------------------------------------------------------------------------


def runs(components: Iterable[StandardComponent]) -> list[ComponentRun]:
    """Return the components in the office's order, under two headings if it keeps them apart."""
    rows = list(components)
    parts = [
        (delivery, [_component(row) for row in part])
        for delivery, part in groupby(rows, key=lambda row: Key(row.key) in SERVICE_DELIVERY)
    ]
    if [delivery for delivery, _part in parts] != [True, False]:
        return [ComponentRun("", [text for _delivery, part in parts for text in part])]
    return [
        ComponentRun(_("Penyampaian pelayanan (service delivery)"), parts[0][1]),
        ComponentRun(_("Pengelolaan pelayanan di dalam kantor (manufacturing)"), parts[1][1]),
    ]


def _component(row: StandardComponent) -> ComponentText:
    return ComponentText(
        key=row.key,
        anchor=f"komponen-{row.key}".replace("_", "-"),
        number=row.printed_number,
        title=row.title,
        lines=outline.parse(row.body),
    )
