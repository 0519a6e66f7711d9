"""Rows of a draft out of a pasted list; they stand behind those that are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Max, QuerySet

from standards.domain.built_in import KEYS
from standards.domain.facts import FactKind
from standards.domain.fees import FeeKind
from standards.domain.outline import Item
from standards.domain.pasted_fees import fee_of
from standards.domain.pasted_steps import named_in, read_step
from standards.domain.pasting import flattened
from standards.domain.requirements import Need
from standards.domain.steps import StepKind, time_words
from standards.models import (
    Fact,
    FeeRule,
    LegalBasis,
    Procedure,
    ProcedureRole,
    Regulation,
    Requirement,
    RequirementGroup,
    SopStep,
    StandardVersion,
    TermUnit,
)
from standards.models.facts import free_key


def _next(rows: QuerySet[Any]) -> int:
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


def add_requirements(
    version: StandardVersion, items: Sequence[Item], into: RequirementGroup | None
) -> int:
    """Add requirements to the group ``into``; without, the outermost rows head groups of their own.

    Returns how many requirements there are more.
    """
    if into is not None:
        return _hang(version, into, items)
    total = 0
    for order, item in enumerate(items, _next(version.requirement_groups.all())):
        group = RequirementGroup.objects.create(
            version=version, order=order, printed_number=item.marker[:10], title=item.text
        )
        total += _hang(version, group, item.children)
    return total


def _hang(version: StandardVersion, group: RequirementGroup, items: Sequence[Item]) -> int:
    order = _next(group.requirements.all())

    def add(rows: Sequence[Item], parent: Requirement | None) -> None:
        nonlocal order
        for item in rows:
            row = Requirement.objects.create(
                version=version,
                group=group,
                parent=parent,
                order=order,
                printed_number=item.marker[:10],
                text=item.text,
                kind=_need(item),
            )
            order += 1
            add(item.children, row)

    first = order
    add(items, None)
    return order - first


def _need(item: Item) -> Need:
    if not item.children:
        return Need.UPLOAD
    return Need.AT_LEAST_ONE if "salah satu" in item.text.lower() else Need.NOTE


def add_facts(version: StandardVersion, items: Sequence[Item]) -> int:
    """Add facts: one with rows below it is a choice among them, a question wants yes or no."""
    taken = set(version.facts.values_list("key", flat=True)).union(KEYS)
    for order, item in enumerate(items, _next(version.facts.all())):
        key = free_key(item.text, taken)
        taken.add(key)
        choices = "\n".join(row.text for row in flattened(item.children))
        kind = FactKind.YES_NO if item.text.endswith("?") else FactKind.TEXT
        Fact.objects.create(
            version=version,
            order=order,
            key=key,
            label=item.text,
            kind=FactKind.CHOICE if choices else kind,
            choices_text=choices,
        )
    return len(items)


def add_grounds(version: StandardVersion, items: Sequence[Item]) -> int:
    """Add legal grounds, each in the words of its row and joined to the regulation they cite."""
    rows = list(flattened(items))
    for order, item in enumerate(rows, _next(version.legal_bases.all())):
        LegalBasis.objects.create(
            version=version,
            order=order,
            printed_number=f"{order}.",
            text=item.text,
            regulation=Regulation.objects.cited_by(item.text),
        )
    return len(rows)


def add_fees(version: StandardVersion, items: Sequence[Item]) -> int:
    """Add fee rules of one amount each; every row names one (``fee_of``)."""
    rows = [fee for item in flattened(items) if (fee := fee_of(item.text))]
    for order, (label, amount) in enumerate(rows, _next(version.fees.all())):
        kind = FeeKind.FIXED if amount else FeeKind.FREE
        FeeRule.objects.create(version=version, order=order, label=label, amount=amount, kind=kind)
    return len(rows)


def add_steps(procedure: Procedure, items: Sequence[Item], role: ProcedureRole) -> int:
    """Add steps of an SOP; one that names no column is done by ``role``."""
    columns = {row.label: row for row in procedure.roles.order_by("order", "pk")}
    applicant = next((row for row in columns.values() if row.position_id is None), role)
    rows = list(flattened(items))
    for order, item in enumerate(rows, _next(procedure.steps.all())):
        words = read_step(item.text)
        named = named_in(words.activity, list(columns))
        own = columns[named] if named else role
        performer = own if named or words.kind != StepKind.FILE else applicant
        unit = str(words.unit or "")
        SopStep.objects.create(
            procedure=procedure,
            order=order,
            printed_number=(item.marker.strip("().") or str(order))[:10],
            kind=words.kind,
            activity=words.activity,
            role=performer,
            recorded_by=role if performer == applicant and role != applicant else None,
            standard_minimum=words.least,
            standard_amount=words.amount,
            standard_unit=unit,
            standard_text=time_words(words.least, words.amount, str(TermUnit(unit).label))
            if words.amount
            else "",
        )
    return len(rows)
