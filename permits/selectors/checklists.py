"""The checklist of an application: requirements, documents and verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext, gettext_lazy

from permits.models import Application, Document, RequirementVerdict
from permits.selectors.answers import AnswerLine, answer_lines
from permits.selectors.facts import AskedFacts, asked_facts
from standards.domain.requirements import Given, Need, applicable, unmet
from standards.models import Requirement, RequirementGroup
from standards.selectors import load_checklist, requirement_rules


@dataclass(slots=True)
class RequirementLine:
    """One requirement of an application, with its files, declaration and verdict."""

    requirement: Requirement
    need: Need
    applies: bool
    missing: bool = False
    declared: bool = False
    documents: list[Document] = field(default_factory=list)
    verdict: RequirementVerdict | None = None
    children: list[RequirementLine] = field(default_factory=list)

    @property
    def document(self) -> Document | None:
        """The first of its files."""
        return self.documents[0] if self.documents else None

    @property
    def latest(self) -> Document | None:
        """The file that was uploaded last: a verdict is about all files up to it."""
        return max(self.documents, key=lambda row: row.pk, default=None)

    @property
    def unopened(self) -> bool:
        """Whether no officer has opened one of its files."""
        return any(row.opened_at is None for row in self.documents)

    @property
    def checkable(self) -> bool:
        """Whether an officer gives a verdict on it: an applicable upload, mandatory or present."""
        expected = self.requirement.mandatory or self.document is not None
        return self.applies and self.need is Need.UPLOAD and expected

    @property
    def accepted(self) -> bool:
        """Whether the verdict is good; it stays locked in later rounds."""
        return self.verdict is not None and self.verdict.result == "sesuai"

    @property
    def refused(self) -> bool:
        """Whether it was refused, and no newer document has been uploaded."""
        if self.verdict is None or self.verdict.result == "sesuai":
            return False
        return self.latest is None or self.latest.pk == self.verdict.document_id


@dataclass(slots=True)
class GroupLines:
    """A group of requirements with its lines."""

    group: RequirementGroup
    applies: bool
    lines: list[RequirementLine]


@dataclass(slots=True)
class Checklist:
    """All requirements of an application in printed order, and its answers."""

    groups: list[GroupLines]
    asked: AskedFacts
    form_complete: bool
    answers: list[AnswerLine]

    def lines(self) -> Iterator[RequirementLine]:
        """Every line, parents before children."""
        for group in self.groups:
            yield from _flat(group.lines)

    def missing(self) -> list[RequirementLine]:
        """The requirements that the applicant has not met."""
        return [line for line in self.lines() if line.missing]

    def refused(self) -> list[RequirementLine]:
        """The refused requirements without a newer document."""
        return [line for line in self.lines() if line.applies and line.refused]

    def refused_answers(self) -> list[AnswerLine]:
        """The refused answers that were not changed."""
        return [line for line in self.answers if line.refused]

    def checkable(self) -> list[RequirementLine]:
        """The requirements that need a verdict of the front office."""
        return [line for line in self.lines() if line.checkable]

    def unchecked(self) -> list[RequirementLine]:
        """The requirements whose present document has no verdict."""
        return [line for line in self.checkable() if not line.accepted and not line.refused]

    def unopened(self, visit: int | None) -> list[RequirementLine]:
        """The documents accepted at this visit (key) that no officer has opened."""
        return [
            line
            for line in self.checkable()
            if line.accepted
            and line.verdict is not None
            and line.verdict.visit_id == visit
            and line.unopened
        ]


def _flat(lines: list[RequirementLine]) -> Iterator[RequirementLine]:
    for line in lines:
        yield line
        yield from _flat(line.children)


_IDENTITY = {
    "holder_name": gettext_lazy("nama pemegang"),
    "responsible_name": gettext_lazy("nama penanggung jawab"),
    "national_id": gettext_lazy("NIK penanggung jawab"),
    "address": gettext_lazy("alamat"),
    "phone": gettext_lazy("nomor telepon"),
}


def form_missing(application: Application, asked: AskedFacts | None = None) -> list[str]:
    """Return the labels of form fields that are still empty, identity first.

    ``asked`` is what ``asked_facts`` returns, if the caller has it.
    """
    asked = asked or asked_facts(application)
    empty = [str(label) for name, label in _IDENTITY.items() if not getattr(application, name)]
    if asked.lacks_holder:
        empty.insert(0, gettext("untuk siapa izin ini"))
    return empty + [row.label for row in asked.missing]


def checklist(application: Application) -> Checklist:
    """Return the checklist of ``application`` with current documents and latest verdicts."""
    version = load_checklist(application.version)
    asked = asked_facts(application)
    rules = requirement_rules(version)
    documents: dict[int, list[Document]] = {}
    for row in sorted(application.documents.all(), key=lambda row: (row.order, row.pk)):
        if not row.superseded_at:
            documents.setdefault(row.requirement_id, []).append(row)
    verdicts = {row.requirement_id: row for row in application.verdicts.all()}  # the latest wins
    given = Given(
        uploaded=frozenset(documents),
        declared=frozenset(application.declared),
        form_complete=not form_missing(application, asked),
    )
    applicable_keys = {rule.pk for rule in applicable(rules, asked.values)}
    unmet_keys = {rule.pk for rule in unmet(rules, asked.values, given)}
    lines = {
        requirement.pk: RequirementLine(
            requirement=requirement,
            need=Need(requirement.kind),
            applies=requirement.pk in applicable_keys,
            missing=requirement.pk in unmet_keys,
            declared=requirement.pk in given.declared,
            documents=documents.get(requirement.pk, []),
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
        group_lines = groups[line.requirement.group_id]
        (lines[parent_id].children if parent_id else group_lines.lines).append(line)
        group_lines.applies = group_lines.applies or line.applies
    return Checklist(
        groups=list(groups.values()),
        asked=asked,
        form_complete=given.form_complete,
        answers=answer_lines(application, asked),
    )
