"""Beginning a draft: from nothing, from an older version, and copies of procedures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Max
from django.utils import translation

from accounts.models import User
from standards.domain import components
from standards.domain.sop_versions import family
from standards.models import (
    Procedure,
    RequirementGroup,
    Service,
    StandardComponent,
    StandardVersion,
)
from workflow.domain.errors import DomainError

_Row = TypeVar("_Row", bound=models.Model)


@transaction.atomic
def start_draft(service: Service, *, actor: User | None, at: datetime) -> StandardVersion:
    """Begin a standard from nothing: the 14 components and one group of requirements stand ready.

    Raises ``DomainError("standard_has_draft")``: two drafts at once would race to be the next law.
    """
    version = StandardVersion.objects.create(service=service, number=next_number(service))
    order = 0
    for keys in (components.SERVICE_DELIVERY, components.MANUFACTURING):
        for printed, key in enumerate(keys, start=1):
            order += 1
            StandardComponent.objects.create(
                version=version,
                key=key,
                order=order,
                printed_number=f"{printed}.",
                title=_printed_title(key),
            )
    RequirementGroup.objects.create(version=version, order=1)
    return version


@transaction.atomic
def new_draft(version: StandardVersion, *, actor: User | None, at: datetime) -> StandardVersion:
    """Copy ``version`` with all its children as the next draft of its service.

    The day it takes effect and the decree are left empty: they belong to the act that set the old
    version. Raises ``DomainError("standard_has_draft")``.
    """
    draft = _copy(
        version,
        number=next_number(version.service),
        status=StandardVersion.Status.DRAFT,
        effective_on=None,
        decree="",
        decreed_on=None,
        digest="",
        published_at=None,
        published_by_id=None,
        corrects_id=None,
    )
    own = {"version_id": draft.pk}
    for rows in (
        version.components,
        version.facts,
        version.eligibility_rules,
        version.terms,
        version.permits,
        version.papers,
        version.legal_bases,
        version.procedure_links,
    ):
        _copy_all(rows.order_by("order", "pk"), **own)
    groups = _copy_all(version.requirement_groups.order_by("order", "pk"), **own)
    requirements = _copy_all(version.requirements.order_by("group__order", "order", "pk"), **own)
    _rejoin(requirements, group_id=groups, parent_id=requirements)
    rules = _copy_all(version.fees.order_by("order", "pk"), **own)
    lines = _copy_all(version.fee_rows.order_by("rule__order", "order", "pk"), **own)
    _rejoin(lines, rule_id=rules)
    return draft


@transaction.atomic
def copy_procedure(procedure: Procedure, *, actor: User | None, at: datetime) -> Procedure:
    """Make an editable copy of ``procedure``; a draft that shall use it is changed by hand."""
    copy = _copy(
        procedure,
        code=free_code(procedure.office_id, procedure.code),
        number=None,
        published_at=None,
        copied_from_id=procedure.pk,
    )
    own = {"procedure_id": copy.pk}
    roles = _copy_all(procedure.roles.order_by("order", "pk"), **own)
    steps = _copy_all(procedure.steps.order_by("order", "pk"), **own)
    _rejoin(steps, role_id=roles, recorded_by_id=roles, returns_to_id=steps)
    for step in procedure.steps.prefetch_related("performers"):
        shared = [roles[role.pk] for role in step.performers.all() if role.pk in roles]
        steps[step.pk].performers.set(shared)
    return copy


def _printed_title(key: components.Key) -> str:
    """The standard is an Indonesian text, whatever language the clerk reads the page in."""
    with translation.override("id"):
        return str(StandardComponent.Key(key).label)


def next_number(service: Service) -> int:
    """Return the number of the next draft; raises ``DomainError("standard_has_draft")``.

    Takes the service's lock, so that two clerks cannot begin a draft in the same moment.
    """
    service = Service.objects.select_for_update().get(pk=service.pk)
    draft = service.versions.filter(status=StandardVersion.Status.DRAFT).first()
    if draft is not None:
        raise DomainError("standard_has_draft", number=draft.number)
    return (service.versions.aggregate(last=Max("number"))["last"] or 0) + 1


def free_code(office: int, code: str) -> str:
    """Return the first of ``code-2``, ``code-3``, … that the office does not use yet."""
    stem = family(code)[:55]
    taken = set(Procedure.objects.filter(office=office).values_list("code", flat=True))
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _copy(row: _Row, **changes: Any) -> _Row:
    values = {
        column.attname: getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if not column.primary_key
    }
    return type(row)._default_manager.create(**{**values, **changes})


def _copy_all(rows: Iterable[_Row], **changes: Any) -> dict[int, _Row]:
    """Copy ``rows`` in their order; return the copies by the key of their originals."""
    return {row.pk: _copy(row, **changes) for row in rows}


def _rejoin(copies: dict[int, Any], **columns: dict[int, Any]) -> None:
    """Point the copies at each other where they still point at the originals."""
    for copy in copies.values():
        for column, targets in columns.items():
            target = targets.get(getattr(copy, column))
            setattr(copy, column, target.pk if target else None)
        copy.save(update_fields=list(columns))
