"""Read models of standards: a version with all its rows, or as a frozen value.

Rows of a published standard are read once a process and shared: read them, never write into them.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Prefetch, prefetch_related_objects

from standards.domain import versions as domain
from standards.domain.steps import Step, StepKind
from standards.domain.versions import ELSEWHERE, ELSEWHERE_AT, VersionSnapshot
from standards.models import (
    Fee,
    FormField,
    LegalBasis,
    Procedure,
    ProcedureRole,
    Question,
    Requirement,
    RequirementGroup,
    SopStep,
    StandardComponent,
    StandardVersion,
    VersionProcedure,
)

_Part = TypeVar("_Part")


def load_version(version: StandardVersion) -> StandardVersion:
    """Read every row that belongs to ``version``, in a fixed number of queries; return it."""
    load_checklist(version)
    bases = LegalBasis.objects.select_related("regulation").order_by("order", "pk")
    prefetch_related_objects(
        [version],
        Prefetch("components", StandardComponent.objects.order_by("order", "pk")),
        Prefetch("legal_bases", bases),
    )
    _load_procedures([link.procedure for link in version.procedure_links.all()])
    return version


def load_checklist(version: StandardVersion) -> StandardVersion:
    """Read the parts of the application form into ``version`` and return it.

    The parts are questions, fields, groups, requirements, fees and procedures.

    The rows are sorted by their own order: that of the models would join service and office.
    """
    links = VersionProcedure.objects.select_related("procedure")
    prefetch_related_objects(
        [version],
        Prefetch("questions", Question.objects.order_by("order", "pk")),
        Prefetch("form_fields", FormField.objects.order_by("order", "pk")),
        Prefetch("requirement_groups", RequirementGroup.objects.order_by("order", "pk")),
        Prefetch("requirements", Requirement.objects.order_by("group__order", "order", "pk")),
        Prefetch("fees", Fee.objects.order_by("order", "pk")),
        Prefetch("procedure_links", links.order_by("order")),
    )
    questions = {row.pk: row for row in version.questions.all()}
    groups = {row.pk: row for row in version.requirement_groups.all()}
    for group in groups.values():
        group.question = questions[group.question_id] if group.question_id else None
    for row in version.requirements.all():
        row.group = groups[row.group_id]
        row.question = questions[row.question_id] if row.question_id else None
    return version


def load_procedure(procedure: Procedure) -> Procedure:
    """Read the roles and steps of an SOP, in a fixed number of queries; return it."""
    _load_procedures([procedure])
    return procedure


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


def forget_published() -> None:
    """Read everything anew; for tests, whose databases give one key to several standards."""
    _published_version.cache_clear()
    _published_procedure.cache_clear()


def snapshot(version: StandardVersion) -> VersionSnapshot:
    """Return ``version`` with all its children and procedures, read afresh from the database."""
    questions = list(version.questions.order_by("order", "pk"))
    keys = {question.pk: question.key for question in questions}
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
        questions=tuple(
            _copy(domain.QuestionText, row, asked_if=_key(keys, row.asked_if_id))
            for row in questions
        ),
        form_fields=_copies(domain.FieldText, version.form_fields.order_by("order", "pk")),
        groups=tuple(
            _copy(domain.GroupText, row, question=_key(keys, row.question_id)) for row in groups
        ),
        requirements=tuple(
            _copy(
                domain.RequirementText,
                row,
                question=_key(keys, row.question_id),
                group=_place(group_at, row.group_id),
                parent=_place(requirement_at, row.parent_id),
            )
            for row in requirements
        ),
        legal_bases=tuple(
            _copy(domain.BasisText, row, regulation=row.regulation_id)
            for row in version.legal_bases.order_by("order", "pk")
        ),
        fees=_copies(domain.FeeText, version.fees.order_by("order", "pk")),
        procedures=tuple(procedure_text(link.procedure) for link in links),
    )


def procedure_text(procedure: Procedure) -> domain.ProcedureText:
    """Return one SOP with its columns and rows."""
    roles = list(procedure.roles.order_by("order", "pk"))
    labels = {role.pk: role.label for role in roles}
    steps = list(procedure.steps.order_by("order", "pk"))
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
            optional=step.optional,
            returns_to=step.returns_to_id,
            has_desk=(step.recorded_by or step.role).position_id is not None,
        )
        for step in load_procedure(procedure).steps.all()
    ]


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


def _load_procedures(procedures: list[Procedure]) -> None:
    roles = Prefetch("roles", ProcedureRole.objects.order_by("order"))
    steps = Prefetch("steps", SopStep.objects.order_by("order"))
    prefetch_related_objects(procedures, roles, steps)
    for procedure in procedures:
        by_pk = {role.pk: role for role in procedure.roles.all()}
        for step in procedure.steps.all():
            step.role = by_pk[step.role_id]
            step.recorded_by = by_pk[step.recorded_by_id] if step.recorded_by_id else None
