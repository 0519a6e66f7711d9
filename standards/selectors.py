"""Read models of standards: the whole of a version as one frozen value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

from standards.domain import versions as domain
from standards.domain.steps import Step, StepKind
from standards.domain.versions import ELSEWHERE, ELSEWHERE_AT, VersionSnapshot
from standards.models import Procedure, StandardVersion

_Part = TypeVar("_Part")


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
                domain.RequirementText, row, question=_key(keys, row.question_id),
                group=_place(group_at, row.group_id), parent=_place(requirement_at, row.parent_id),
            )
            for row in requirements
        ),
        legal_bases=tuple(
            _copy(domain.BasisText, row, regulation=row.regulation_id)
            for row in version.legal_bases.order_by("order", "pk")
        ),
        fees=_copies(domain.FeeText, version.fees.order_by("order", "pk")),
        procedures=tuple(procedure_text(link.procedure) for link in links),
    )  # fmt: skip


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
                domain.StepText, step, role=_key(labels, step.role_id),
                recorded_by=_key(labels, step.recorded_by_id),
                returns_to=_place(step_at, step.returns_to_id),
            )
            for step in steps
        ),
    )  # fmt: skip


def walkable_steps(procedure: Procedure) -> list[Step]:
    """Return the steps of ``procedure`` as the domain walks them, by database key."""
    return [
        Step(
            pk=step.pk,
            order=step.order,
            kind=StepKind(step.kind),
            optional=step.optional,
            returns_to=step.returns_to_id,
            has_desk=step.desk is not None,
        )
        for step in procedure.steps.select_related("role__position", "recorded_by__position")
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
