"""A published standard for display: finished values for pages and prints.

Everything is loaded in a fixed number of queries, whatever the size of the standard; what hangs
together by key is joined here and not in the database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from standards.domain import outline
from standards.domain.components import SERVICE_DELIVERY, Key
from standards.domain.condition_faults import cases
from standards.domain.facts import Fact, Value
from standards.domain.fees import FeeKind, Span, span
from standards.domain.requirements import Need, applicable
from standards.eligibility_wording import Hindrance, hindrances_of
from standards.fee_wording import FeeWords, fee_words
from standards.law_wording import change_of
from standards.models import Service, StandardComponent, StandardVersion
from standards.procedure_names import edition
from standards.selectors import (
    conditions_of,
    facts_of,
    first_days,
    load_checklist,
    load_version,
    requirement_rules,
)
from standards.swimlane import Sop, draw
from standards.term_wording import TermWords, term, terms_of
from standards.wording import condition_sentence

_STATED = (Need.DECLARE, Need.AT_LEAST_ONE)


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _InForce(TypedDict):
        in_force: list[StandardVersion]  # one or none

    ListedService = WithAnnotations[Service, _InForce]


@dataclass(frozen=True, slots=True)
class Promise:
    """What the office promises: how long, how much, what for. No fee rule: no ``fee``."""

    term: str
    fee: Span | None
    product: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One service in a list, with its promise beside it."""

    service: Service
    promise: Promise
    closed: bool = False


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
class AskedFact:
    """One fact that the form asks, and when."""

    label: str
    required: bool
    condition: str


@dataclass(frozen=True, slots=True)
class FurtherPaper:
    """One paper beside the permit, who signs it, and when it is made."""

    title: str
    signer: str
    condition: str


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
class Ground:
    """One cited ground; ``change`` says what became of a law that no longer holds as cited."""

    printed_number: str
    text: str
    change: str


@dataclass(frozen=True, slots=True)
class Standard:
    """All parts of a standard."""

    version: StandardVersion
    promise: Promise
    bring: Bring
    blocks: list[RequirementBlock]
    runs: list[ComponentRun]
    procedures: list[Sop]
    fees: list[FeeWords]
    legal_bases: list[Ground]
    facts: list[AskedFact]
    papers: list[FurtherPaper]
    hindrances: list[Hindrance]
    terms: list[TermWords]
    depends: bool  # whether answers decide what is required


def offers(services: QuerySet[Service], day: date | None = None) -> list[Offer]:
    """Return services of ``for_catalogue()`` with their promises; ``day`` says which are closed."""
    rows = services.prefetch_related("in_force__fees", "in_force__terms")  # type: ignore[misc]
    found = [service for service in cast("QuerySet[ListedService]", rows) if service.in_force]
    conditional = [
        version
        for service in found
        for version in service.in_force
        if any(row.when or row.kind == FeeKind.TABLE for row in version.fees.all())
    ]
    prefetch_related_objects(conditional, "facts", "fees__rows")
    return [
        Offer(
            service,
            promise(service.in_force[0]),
            closed=day is not None and service.is_closed(day),
        )
        for service in found
    ]


def offers_of(services: Sequence[int], day: date) -> list[Offer]:
    """Return the services with these keys, in this order, with their promises on ``day``."""
    rows = Service.objects.filter(pk__in=services).with_standard(day)
    found = {offer.service.pk: offer for offer in offers(rows, day)}
    return [found[pk] for pk in services if pk in found]


def promise(version: StandardVersion) -> Promise:
    """Return what ``version`` promises; its fees should be loaded."""
    return Promise(term=term(version), fee=fee_span(version), product=version.product)


def fee_span(version: StandardVersion) -> Span | None:
    """Return from where to where the fee of ``version`` goes; ``None`` while it has no rule."""
    rows = list(version.fees.all())
    if not rows:
        return None
    rules = [row.rule() for row in rows]
    named = [when for rule in rules for when in (rule.when, *(row.when for row in rule.rows))]
    facts = facts_of(version) if any(named) else []
    return span(rules, list(cases(facts, named)))


def fees_of(version: StandardVersion) -> list[FeeWords]:
    """Return the fee rules of ``version`` (``load_checklist``) in plain words."""
    facts = {fact.key: fact for fact in facts_of(version)}
    return [fee_words(row.rule(), facts, row.ground) for row in version.fees.all()]


def read(version: StandardVersion) -> Standard:
    """Return all parts of ``version``."""
    load_version(version)
    asked = {fact.key: fact for fact in facts_of(version)}
    return Standard(
        version=version,
        promise=promise(version),
        bring=_bring(version),
        blocks=_blocks(version),
        runs=runs(version.components.all()),
        procedures=_procedures(version, asked),
        fees=fees_of(version),
        legal_bases=[
            Ground(row.printed_number, row.text, change_of(row.regulation))
            for row in version.legal_bases.all()
        ],
        facts=_facts(version),
        papers=_papers(version),
        hindrances=(hindrances := hindrances_of(version)),
        terms=(terms := terms_of(version)),
        depends=bool(hindrances or terms) or any(conditions_of(version).values()),
    )


def _procedures(version: StandardVersion, asked: Mapping[str, Fact]) -> list[Sop]:
    procedures = [link.procedure for link in version.procedure_links.all()]
    since = first_days(row.pk for row in procedures)
    return [draw(row, asked, edition(row, since.get(row.pk))) for row in procedures]


def needed(version: StandardVersion, values: Mapping[str, Value]) -> list[RequirementBlock]:
    """Return the requirements of ``version`` that apply with these answers, without conditions.

    ``values`` are those of ``facts.asked``. An unanswered fact meets no condition, so a further
    answer can only lengthen the list.
    """
    load_checklist(version)
    chosen = {rule.pk for rule in applicable(requirement_rules(version), values)}
    blocks = _blocks(version, chosen)
    for block in blocks:
        block.condition = ""
        for line in _every(block.lines):
            line.condition = ""
    return [block for block in blocks if block.lines]


def _every(lines: Iterable[RequirementLine]) -> Iterator[RequirementLine]:
    for line in lines:
        yield line
        yield from _every(line.children)


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
    version: StandardVersion, chosen: Collection[int] | None = None
) -> list[RequirementBlock]:
    """Return the requirements under their headings: all, or those with the ``chosen`` keys."""
    facts = {fact.key: fact for fact in facts_of(version)}
    chains = conditions_of(version)
    requirements = [row for row in version.requirements.all() if chosen is None or row.pk in chosen]
    blocks = {
        group.pk: RequirementBlock(
            group.printed_number,
            group.title,
            group.lead,
            condition_sentence([group.when], facts),
            [],
        )
        for group in version.requirement_groups.all()
    }
    marks = _marks()
    lines: dict[int, RequirementLine] = {}
    for row in requirements:
        mark, icon = marks[row.kind]
        said = condition_sentence(chains[row.pk], facts) if row.when else ""
        lines[row.pk] = RequirementLine(
            number=row.printed_number,
            text=row.text,
            need=row.kind,
            mark=mark,
            icon=icon,
            condition="" if said == blocks[row.group_id].condition else said,
            optional=not row.mandatory,
            hint=row.help_text,
        )
    for row in requirements:
        parent = lines.get(row.parent_id) if row.parent_id else None
        (parent.children if parent else blocks[row.group_id].lines).append(lines[row.pk])
        if parent and parent.need == Need.AT_LEAST_ONE:
            lines[row.pk].mark = ""  # the choice is marked once, above
    return list(blocks.values())


def _facts(version: StandardVersion) -> list[AskedFact]:
    facts = {fact.key: fact for fact in facts_of(version)}
    return [
        AskedFact(fact.label, fact.required, condition_sentence([fact.when], facts))
        for fact in facts.values()
        if not fact.asked_at
    ]


def _papers(version: StandardVersion) -> list[FurtherPaper]:
    """The papers beside the permit; who signs is the position of the step in the first SOP."""
    facts = {fact.key: fact for fact in facts_of(version)}
    links = list(version.procedure_links.all())
    steps = links[0].procedure.steps.all() if links else ()
    signers = {step.printed_number: step.role.label for step in steps}
    return [
        FurtherPaper(
            row.title, signers.get(row.signed_at, ""), condition_sentence([row.when], facts)
        )
        for row in version.papers.all()
    ]


def _bring(version: StandardVersion) -> Bring:
    rules = requirement_rules(version)
    choices = {rule.pk for rule in rules if rule.need is Need.AT_LEAST_ONE}
    mandatory = [rule for rule in rules if rule.mandatory and rule.parent not in choices]
    named = [condition for rule in mandatory for condition in rule.conditions]
    found = [applicable(mandatory, answers) for answers in cases(facts_of(version), named)]
    uploads = [sum(rule.need is Need.UPLOAD for rule in case) for case in found]
    declared = [sum(rule.need in _STATED for rule in case) for case in found]
    return Bring(min(uploads), max(uploads), max(declared))


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
