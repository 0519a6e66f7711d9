"""Read models of standards: a version with all its rows, or as a frozen value.

Rows of a published standard are read once a process and shared: read them, never write into them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Max, Prefetch, Q, prefetch_related_objects
from django.utils.translation import gettext as _

from standards.domain import facts as asking
from standards.domain import versions as domain
from standards.domain.conditions import Condition
from standards.domain.differences import same_requirements
from standards.domain.fees import FeeKind
from standards.domain.papers import acts
from standards.domain.requirements import Need, Rule
from standards.domain.steps import Step, StepClock, StepKind
from standards.domain.versions import ELSEWHERE, ELSEWHERE_AT, VersionSnapshot
from standards.models import (
    EligibilityRule,
    Fact,
    FeeRow,
    FeeRule,
    Kbli,
    LegalBasis,
    Paper,
    PermitRule,
    Procedure,
    ProcedureRole,
    Requirement,
    RequirementGroup,
    Service,
    SopStep,
    StandardComponent,
    StandardVersion,
    TermRule,
    VersionProcedure,
)

_Part = TypeVar("_Part")
FEE_ROWS = Prefetch("rows", FeeRow.objects.order_by("order", "pk"))
PERFORMERS = Prefetch("performers", ProcedureRole.objects.order_by("order", "pk"))
FEES = Prefetch("fees", FeeRule.objects.prefetch_related(FEE_ROWS).order_by("order", "pk"))
# sorted by their own order: that of the models would join service and office
_CHECKLIST = (
    Prefetch("facts", Fact.objects.order_by("order", "pk")),
    Prefetch("requirement_groups", RequirementGroup.objects.order_by("order", "pk")),
    Prefetch("requirements", Requirement.objects.order_by("group__order", "order", "pk")),
    FEES,
    Prefetch("terms", TermRule.objects.order_by("order", "pk")),
    Prefetch("permits", PermitRule.objects.order_by("order", "pk")),
    Prefetch("papers", Paper.objects.order_by("order", "pk")),
    Prefetch("eligibility_rules", EligibilityRule.objects.order_by("order", "pk")),
    Prefetch(
        "procedure_links",
        VersionProcedure.objects.select_related("procedure").order_by("order"),
    ),
)


def load_version(version: StandardVersion) -> StandardVersion:
    """Read every row that belongs to ``version``, in a fixed number of queries; return it."""
    load_checklist(version)
    bases = LegalBasis.objects.select_related("regulation__successor").order_by("order", "pk")
    prefetch_related_objects(
        [version],
        Prefetch("components", StandardComponent.objects.order_by("order", "pk")),
        Prefetch("legal_bases", bases),
    )
    load_procedures([link.procedure for link in version.procedure_links.all()])
    return version


def load_checklist(version: StandardVersion) -> StandardVersion:
    """Read the parts of the application form into ``version`` and return it.

    The parts are facts, rules of eligibility, terms, groups, requirements, fees, papers and
    procedures.
    """
    prefetch_related_objects([version], *_CHECKLIST)
    groups = {row.pk: row for row in version.requirement_groups.all()}
    for row in version.requirements.all():
        row.group = groups[row.group_id]
    return version


def load_procedure(procedure: Procedure) -> Procedure:
    """Read the roles and steps of an SOP, in a fixed number of queries; return it."""
    load_procedures([procedure])
    return procedure


def facts_of(version: StandardVersion) -> list[asking.Fact]:
    """Return the facts of ``version`` in their order, as rules and conditions read them."""
    return [row.asked() for row in version.facts.all()]


def naming_steps(procedure: Procedure, numbers: Sequence[str]) -> list[str]:
    """Return the facts, fees and papers of drafts that name a step by one of ``numbers``.

    Each as "isian Luas hasil ukur (langkah 3, Izin Papan Nama)".
    """
    drafts = StandardVersion.objects.filter(
        status=StandardVersion.Status.DRAFT, procedure_links__procedure=procedure
    )
    facts = Fact.objects.filter(version__in=drafts, asked_at__in=numbers)
    fees = FeeRule.objects.filter(version__in=drafts, step__in=numbers)
    papers = Paper.objects.filter(version__in=drafts)
    of_fact, of_fee, of_paper = (
        _("isian %(name)s (langkah %(number)s, %(service)s)"),
        _("tarif %(name)s (langkah %(number)s, %(service)s)"),
        _("dokumen %(name)s (langkah %(number)s, %(service)s)"),
    )
    named: list[tuple[str, Fact | FeeRule | Paper, str]] = [
        *((of_fact, row, row.asked_at) for row in facts.select_related("version__service")),
        *((of_fee, row, row.step) for row in fees.select_related("version__service")),
        *(
            (of_paper, row, number)
            for row in papers.select_related("version__service")
            for number, _act in acts(row)
            if number in numbers
        ),
    ]
    return [
        template % {"name": row, "number": number, "service": row.version.service.name}
        for template, row, number in named
        if number
    ]


def conditions_of(version: StandardVersion) -> dict[int, tuple[Condition, ...]]:
    """Return, by requirement, the conditions that must all hold: of group, parents and own.

    ``version`` comes from ``load_checklist``.
    """
    by_pk = {row.pk: row for row in version.requirements.all()}
    found: dict[int, tuple[Condition, ...]] = {}
    for row in by_pk.values():
        chain = [row.when]
        parent = by_pk.get(row.parent_id) if row.parent_id else None
        while parent is not None:
            chain.append(parent.when)
            parent = by_pk.get(parent.parent_id) if parent.parent_id else None
        chain.append(row.group.when)
        found[row.pk] = tuple(condition for condition in reversed(chain) if condition)
    return found


def requirement_rules(version: StandardVersion) -> list[Rule]:
    """Return the requirements of ``version`` (``load_checklist``) as rules, in printed order."""
    conditions = conditions_of(version)
    return [
        Rule(row.pk, Need(row.kind), row.mandatory, row.parent_id, conditions[row.pk])
        for row in version.requirements.all()
    ]


def first_days(procedures: Iterable[int]) -> dict[int, date | None]:
    """Return, by its key, the first day of each procedure; ``None`` before one is set with it."""
    rows = Procedure.objects.filter(pk__in=list(procedures)).with_first_day()
    return {row.pk: getattr(row, "since", None) for row in rows}


def published_version(pk: int, digest: str) -> StandardVersion:
    """Return a published version with what ``load_checklist`` reads.

    The database refuses to change these rows, so a process reads them once. The instance is a copy
    of the caller's own: what may change beside it (the service) is read anew.
    """
    return copy(_published_version(pk, digest))


def published_procedure(pk: int, published_at: datetime) -> Procedure:
    """Return a frozen procedure with its roles and steps, as ``published_version`` does."""
    return copy(_published_procedure(pk, published_at))


@lru_cache(maxsize=128)
def _published_version(pk: int, digest: str) -> StandardVersion:
    return load_checklist(StandardVersion.objects.get(pk=pk, digest=digest))


@lru_cache(maxsize=128)
def _published_procedure(pk: int, published_at: datetime) -> Procedure:
    return load_procedure(Procedure.objects.get(pk=pk, published_at=published_at))


def published_snapshot(pk: int, digest: str) -> VersionSnapshot:
    """Return the snapshot of a published version, read once a process."""
    return _published_snapshot(pk, digest)


@lru_cache(maxsize=128)
def _published_snapshot(pk: int, digest: str) -> VersionSnapshot:
    return snapshot(StandardVersion.objects.select_related("service").get(pk=pk, digest=digest))


def successors(old: StandardVersion, new: StandardVersion) -> dict[int, int]:
    """Return, by the key of each requirement of ``old`` that stays in ``new``, its key there."""
    places = same_requirements(
        published_snapshot(old.pk, old.digest), published_snapshot(new.pk, new.digest)
    )
    before, after = (
        [row.pk for row in version.requirements.order_by("group__order", "order", "pk")]
        for version in (old, new)
    )
    return {before[here]: after[there] for here, there in places.items()}


def forget_published() -> None:
    """Read everything anew; for tests, whose databases give one key to several standards."""
    _published_snapshot.cache_clear()
    _published_version.cache_clear()
    _published_procedure.cache_clear()


def snapshot(version: StandardVersion) -> VersionSnapshot:
    """Return ``version`` with all its children and procedures, read afresh from the database."""
    groups = list(version.requirement_groups.order_by("order", "pk"))
    group_at = {group.pk: place for place, group in enumerate(groups)}
    requirements = list(version.requirements.order_by("group__order", "order", "pk"))
    requirement_at = {item.pk: place for place, item in enumerate(requirements)}
    links = version.procedure_links.select_related("procedure").order_by("order", "pk")
    return _copy(
        VersionSnapshot,
        version,
        service=version.service_id,
        office=version.service.office_id,
        components=_copies(domain.ComponentText, version.components.order_by("order", "pk")),
        facts=_copies(domain.FactText, version.facts.order_by("order", "pk")),
        groups=_copies(domain.GroupText, groups),
        requirements=tuple(
            _copy(
                domain.RequirementText,
                row,
                group=_place(group_at, row.group_id),
                parent=_place(requirement_at, row.parent_id),
            )
            for row in requirements
        ),
        legal_bases=tuple(
            _copy(domain.BasisText, row, regulation=row.regulation_id)
            for row in version.legal_bases.order_by("order", "pk")
        ),
        fees=tuple(
            _copy(
                domain.FeeText,
                row,
                kind="" if row.kind in (FeeKind.FREE, FeeKind.FIXED) else row.kind,
                rows=_copies(domain.FeeRowText, row.rows.all()),
            )
            for row in version.fees.prefetch_related(FEE_ROWS).order_by("order", "pk")
        ),
        procedures=tuple(procedure_text(link.procedure) for link in links),
        papers=_copies(domain.PaperText, version.papers.order_by("order", "pk")),
        terms=_copies(domain.TermText, version.terms.order_by("order", "pk")),
        permits=_copies(domain.PermitText, version.permits.order_by("order", "pk")),
        eligibility=_copies(
            domain.EligibilityText, version.eligibility_rules.order_by("order", "pk")
        ),
    )


def procedure_text(procedure: Procedure) -> domain.ProcedureText:
    """Return one SOP with its columns and rows."""
    roles = list(procedure.roles.order_by("order", "pk"))
    labels = {role.pk: role.label for role in roles}
    steps = list(procedure.steps.prefetch_related(PERFORMERS).order_by("order", "pk"))
    step_at = {step.pk: place for place, step in enumerate(steps)}
    return _copy(
        domain.ProcedureText,
        procedure,
        office=procedure.office_id,
        roles=tuple(_copy(domain.RoleText, role, position=role.position_id) for role in roles),
        steps=tuple(
            _copy(
                domain.StepText,
                step,
                role=_key(labels, step.role_id),
                recorded_by=_key(labels, step.recorded_by_id),
                performers=tuple(_key(labels, role.pk) for role in step.performers.all()),
                returns_to=_place(step_at, step.returns_to_id),
            )
            for step in steps
        ),
    )


def walkable_steps(procedure: Procedure) -> list[Step]:
    """Return the steps of ``procedure`` as the domain walks them, by database key."""
    return [
        Step(
            pk=step.pk,
            order=step.order,
            kind=StepKind(step.kind),
            parallel=step.parallel,
            optional=step.optional,
            returns_to=step.returns_to_id,
            has_desk=(step.recorded_by or step.role).position_id is not None,
            clock=StepClock(step.clock),
            when=step.when,
        )
        for step in load_procedure(procedure).steps.all()
    ]


def choose(versions: Sequence[StandardVersion], day: date) -> StandardVersion | None:
    """Return the version in force on ``day``, or else the next one to come."""
    past = [version for version in versions if _since(version) <= day]
    if past:
        return max(past, key=_since)
    return min(versions, key=_since, default=None)


def last_evaluated(service: Service) -> date | None:
    """Return the day of the last evaluation of a service's standard; ``None`` before the first."""
    days = service.evaluations.exclude(met_at=None).aggregate(last=Max("evaluated_on"))
    last: date | None = days["last"]
    return last


def is_to_come(version: StandardVersion, day: date) -> bool:
    """Whether a published version is not yet in force on ``day``."""
    return _since(version) > day


def _since(version: StandardVersion) -> date:
    """A published version has its day (a database constraint)."""
    assert version.effective_on is not None  # noqa: S101
    return version.effective_on


def counterparts(line: Kbli) -> list[Kbli]:
    """Return the lines of other editions that ``line`` became or came from, in order of code."""
    pairs = Q(predecessor_links__earlier=line) | Q(successor_links__later=line)
    return list(Kbli.objects.filter(pairs).distinct().order_by("code", "edition"))


def _copies(part: type[_Part], rows: Iterable[object]) -> tuple[_Part, ...]:
    return tuple(_copy(part, row) for row in rows)


def _copy(part: type[_Part], row: object, **given: Any) -> _Part:
    """Make ``part`` from the attributes of ``row`` that carry its field names."""
    names = (item.name for item in fields(part))  # type: ignore[arg-type]
    return part(**{name: given[name] if name in given else getattr(row, name) for name in names})


def _key(keys: dict[int, str], pk: int | None) -> str:
    return "" if pk is None else keys.get(pk, ELSEWHERE)


def _place(places: dict[int, int], pk: int | None) -> int | None:
    return None if pk is None else places.get(pk, ELSEWHERE_AT)


def load_procedures(procedures: list[Procedure]) -> None:
    """Read the roles, steps and further performers of SOPs, in a fixed number of queries."""
    roles = Prefetch("roles", ProcedureRole.objects.order_by("order"))
    steps = Prefetch("steps", SopStep.objects.prefetch_related(PERFORMERS).order_by("order"))
    prefetch_related_objects(procedures, roles, steps)
    for procedure in procedures:
        by_pk = {role.pk: role for role in procedure.roles.all()}
        for step in procedure.steps.all():
            step.role = by_pk[step.role_id]
            step.recorded_by = by_pk[step.recorded_by_id] if step.recorded_by_id else None


def lists_without(code: str) -> list[int]:
    """Return the editions whose lists leave no place for ``code``, five figures; [] if one may.

    It is refused only where each edition that has complete lists has one of its division (the
    first two figures), and no edition has the code.
    """
    listed = Kbli.objects.filter(listed=True)
    editions = set(listed.values_list("edition", flat=True).distinct())
    here = set(listed.filter(code__startswith=code[:2]).values_list("edition", flat=True))
    if not editions or here != editions or Kbli.objects.filter(code=code).exists():
        return []
    return sorted(editions)
