"""The page of requirements and their progress."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from permits.models import Application, Document
from permits.selectors import Checklist, RequirementLine
from standards.domain.conditions import Condition
from standards.domain.facts import Fact
from standards.domain.requirements import Need
from standards.selectors import conditions_of, facts_of
from standards.wording import condition_sentence

_GIVEN = (Need.UPLOAD, Need.DECLARE, Need.AT_LEAST_ONE)


@dataclass(frozen=True, slots=True)
class RequirementsProgress:
    """The progress of the requirements."""

    done: int
    total: int
    refused: int

    @property
    def complete(self) -> bool:
        """Whether all requirements are met."""
        return self.done == self.total and not self.refused

    @property
    def words(self) -> str:
        """Such as "3 dari 5 terpenuhi"."""
        return _("%(done)s dari %(total)s terpenuhi") % {"done": self.done, "total": self.total}


def progress(checklist: Checklist) -> RequirementsProgress:
    """Count the mandatory requirements and those met; refused documents do not count."""
    by_pk = {line.requirement.pk: line for line in checklist.lines()}
    required = [
        line
        for line in by_pk.values()
        if line.applies
        and line.need in _GIVEN
        and line.requirement.mandatory
        and not _is_option(line, by_pk)
    ]
    refused = checklist.refused()
    unmet_lines = [line for line in required if line.missing or line in refused]
    return RequirementsProgress(len(required) - len(unmet_lines), len(required), len(refused))


def _is_option(line: RequirementLine, by_pk: dict[int, RequirementLine]) -> bool:
    parent = by_pk.get(line.requirement.parent_id or 0)
    return parent is not None and parent.need is Need.AT_LEAST_ONE


@dataclass(slots=True)
class Item:
    """One requirement on the page."""

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
    documents: list[Document]
    declared: bool
    locked: bool
    reason: str
    error: str = ""
    children: list[Item] = field(default_factory=list)

    @property
    def contents(self) -> list[Item]:
        """The required contents of the document."""
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
        """The requirements below it with a box of their own."""
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


@dataclass(frozen=True, slots=True)
class _Wording:
    """What the sentences of conditions are made of."""

    facts: dict[str, Fact]
    chains: dict[int, tuple[Condition, ...]]
    answered: frozenset[str]

    def of(self, own: Condition, chain: Iterable[Condition]) -> str:
        """Return the condition of a requirement or group as text; mention a missing answer."""
        if not own:
            return ""
        text = condition_sentence(chain, self.facts)
        if set(own.named()) <= self.answered:
            return text
        return _("%(condition)s (belum dijawab)") % {"condition": text}


def _wording(application: Application, checklist: Checklist) -> _Wording:
    return _Wording(
        {fact.key: fact for fact in facts_of(application.version)},
        conditions_of(application.version),
        frozenset(checklist.asked.values),
    )


def blocks(application: Application, checklist: Checklist, errors: dict[int, str]) -> list[Block]:
    """Return the requirements in printed order; ``errors`` are sentences by requirement."""
    wording = _wording(application, checklist)
    return [
        Block(
            group.group.printed_number,
            group.group.title,
            group.group.lead,
            wording.of(group.group.when, [group.group.when]),
            group.applies,
            [_item(line, wording, errors) for line in group.lines],
        )
        for group in checklist.groups
    ]


def item(
    application: Application, checklist: Checklist, pk: int, errors: dict[int, str]
) -> Item | None:
    """Return the top-level requirement of ``pk``, with all requirements below it."""
    by_pk = {line.requirement.pk: line for line in checklist.lines()}
    line = by_pk.get(pk)
    if line is None:
        return None
    while line.requirement.parent_id:
        line = by_pk[line.requirement.parent_id]
    return _item(line, _wording(application, checklist), errors)


def _item(line: RequirementLine, wording: _Wording, errors: dict[int, str]) -> Item:
    requirement = line.requirement
    meaning, status = _status(line)
    refused = line.refused and line.verdict is not None
    return Item(
        pk=requirement.pk,
        number=requirement.printed_number,
        text=requirement.text,
        hint=requirement.help_text,
        need=line.need,
        applies=line.applies,
        mandatory=requirement.mandatory,
        condition=wording.of(requirement.when, wording.chains[requirement.pk]),
        meaning=meaning,
        status=status,
        document=line.document,
        documents=line.documents,
        declared=line.declared,
        locked=line.accepted,
        reason=line.verdict.reason if refused and line.verdict else "",
        error=errors.get(requirement.pk, ""),
        children=[_item(child, wording, errors) for child in line.children],
    )


def _status(line: RequirementLine) -> tuple[str, str]:
    """Return meaning and label of a requirement; no label for explanatory text."""
    if not line.applies or line.need in (Need.CONTENT, Need.NOTE):
        return "neutral", ""
    if line.refused:
        return "late", _("Perlu diperbaiki")
    if line.accepted:
        return "good", _("Sudah sesuai")
    if line.missing:
        return "attention", _missing_label(line.need)
    if line.need is Need.DECLARE:
        return ("good", _("Dinyatakan")) if line.declared else ("neutral", _("Pilihan"))
    if line.need is Need.UPLOAD and line.document is None:
        return "neutral", _("Pilihan")
    return "good", _("Sudah ada")


def _missing_label(need: Need) -> str:
    if need is Need.DECLARE:
        return _("Belum dinyatakan")
    return _("Belum dipenuhi") if need is Need.AT_LEAST_ONE else _("Belum ada")
