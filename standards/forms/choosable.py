"""What a page of the designer offers to be chosen where a code or a heading is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from standards.domain import built_in
from standards.domain.condition_faults import operators_of
from standards.domain.conditions import SIGNS
from standards.domain.facts import NO, ORDERED, YES, FactKind, choices_of
from standards.forms.built_in import TICKS
from standards.forms.conditions import facts_of_drafts
from standards.models import Fact, Procedure, SopStep, StandardVersion

_UNITS = tuple(kind for kind in ORDERED if kind is not FactKind.DATE)  # what a tariff multiplies


def offered(row: StandardVersion | Procedure | None) -> dict[str, Any]:
    """Return plain lists for the script of the page of ``row``; ``None``: a page that is new.

    ``facts`` are the saved ones, ``ticks`` those that a tick of the page adds, ``kinds`` the
    operators by kind of fact, ``steps`` the printed numbers of the SOPs of a version.
    """
    return {
        "facts": [_fact(each) for each in _facts(row)],
        "ticks": _ticks(),
        "reserved": list(built_in.KEYS),
        "kinds": {str(kind): [str(one) for one in operators_of(kind)] for kind in FactKind},
        "signs": {str(operator): sign for operator, sign in SIGNS.items()},
        "answers": {YES: _("Ya"), NO: _("Tidak")},
        "units": list(map(str, _UNITS)),
        "steps": _steps(row) if isinstance(row, StandardVersion) else [],
    }


def _facts(row: StandardVersion | Procedure | None) -> Iterable[Fact]:
    if isinstance(row, StandardVersion):
        return row.facts.all()
    return facts_of_drafts(row.pk) if row else ()


def _fact(row: Any) -> dict[str, Any]:
    choices = list(choices_of(row.choices_text))
    return {"key": row.key, "label": row.label, "kind": str(row.kind), "choices": choices}


def _ticks() -> list[dict[str, Any]]:
    asked = built_in.facts(list(TICKS.values()), represented=True, holder=True)
    every = {fact.key: fact for fact in asked}
    kind, holder = every.pop(built_in.KIND_OF_APPLICATION), every.pop(built_in.HOLDER)
    kinds = {name: str(value) for name, value in TICKS.items()}
    return [
        {**_fact(kind), "choices": kinds},
        {**_fact(holder), "tick": "holder"},
        *({**_fact(fact), "tick": "represented"} for fact in every.values()),
    ]


def _steps(version: StandardVersion) -> list[dict[str, str]]:
    steps = SopStep.objects.filter(procedure__version_links__version=version).order_by(
        "procedure__version_links__order", "order"
    )
    named: dict[str, str] = {}
    for step in steps:
        named.setdefault(step.printed_number, step.activity[:60])
    return [{"value": number, "label": f"{number}. {said}"} for number, said in named.items()]
