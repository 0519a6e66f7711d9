"""Conditions as sentences: the one wording of public page, form, checklist and administration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from standards.domain.condition_faults import whole
from standards.domain.conditions import Comparison, Condition, Operator, joined
from standards.domain.facts import NO, YES, Fact, FactKind
from workflow.domain.errors import DomainError

_STATED = re.compile(r"Apakah (.+?)\s*\?")


def condition_sentence(conditions: Iterable[Condition], facts: Mapping[str, Fact]) -> str:
    """Return "Hanya jika modal asing dan usaha baru"; "" when nothing is restricted.

    ``conditions`` must all hold (group, parents, own); what their facts wait for is said, too.
    """
    own = [condition for condition in conditions if condition]
    try:
        return _sentence(whole(joined(own), facts), facts)
    except DomainError:  # too many branches to be said at once
        return ". ".join(_sentence(condition, facts) for condition in own)


def _sentence(condition: Condition, facts: Mapping[str, Fact]) -> str:
    if not condition:
        return ""
    if len(condition.alternatives) > 1:
        return _("Hanya jika %(all)s") % {
            "all": _("; atau ").join(_branch(one, facts) for one in condition.alternatives)
        }
    (alternative,) = condition.alternatives
    denied = [stated for one in alternative if (stated := _denied(one, facts))]
    claimed = [_phrase(one, facts) for one in alternative if not _denied(one, facts)]
    words = {"all": _listed(claimed, _("dan")), "none": _listed(denied, _("atau"))}
    if not claimed:
        return _("Kecuali jika %(none)s") % words
    if not denied:
        return _("Hanya jika %(all)s") % words
    return _("Hanya jika %(all)s, kecuali jika %(none)s") % words


def _branch(alternative: Sequence[Comparison], facts: Mapping[str, Fact]) -> str:
    phrases = [
        _("tidak dalam hal %(what)s") % {"what": stated}
        if (stated := _denied(one, facts))
        else _phrase(one, facts)
        for one in alternative
    ]
    return _listed(phrases, _("dan"))


def _listed(phrases: Sequence[str], word: str) -> str:
    """Return "a, b dan c"."""
    if len(phrases) < 2:
        return "".join(phrases)
    return f"{', '.join(phrases[:-1])} {word} {phrases[-1]}"


def _denied(comparison: Comparison, facts: Mapping[str, Fact]) -> str:
    """Return what a no to "Apakah …?" denies; "" for any other comparison."""
    stated = _stated(comparison, facts)
    return stated if stated and _answer(comparison) == NO else ""


def _stated(comparison: Comparison, facts: Mapping[str, Fact]) -> str:
    fact = facts.get(comparison.fact)
    if fact is None or fact.kind is not FactKind.YES_NO or not _answer(comparison):
        return ""
    match = _STATED.fullmatch(fact.label.strip())
    return match[1] if match else ""


def _answer(comparison: Comparison) -> str:
    """Return the answer to a yes/no fact that a comparison asks for."""
    if comparison.operator is Operator.GIVEN or len(comparison.values) != 1:
        return ""
    value = comparison.values[0].strip().lower()
    if comparison.operator is Operator.IS_NOT:
        return {YES: NO, NO: YES}.get(value, "")
    return value


def _phrase(comparison: Comparison, facts: Mapping[str, Fact]) -> str:
    if stated := _stated(comparison, facts):
        return stated
    fact = facts.get(comparison.fact)
    words = {
        "label": fact.label if fact else comparison.fact,
        "value": _listed([_value(fact, value) for value in comparison.values], _("atau")),
    }
    if fact is not None and fact.kind is FactKind.YES_NO and _answer(comparison):
        return _("“%(label)s” dijawab %(value)s") % {**words, "value": _answer(comparison)}
    if fact is not None and fact.kind is FactKind.CHOICES:
        several = {
            Operator.IS: _("“%(label)s” memuat %(value)s"),
            Operator.ONE_OF: _("“%(label)s” memuat %(value)s"),
            Operator.IS_NOT: _("“%(label)s” tidak memuat %(value)s"),
        }
        if comparison.operator in several:
            return several[comparison.operator] % words
    return {
        Operator.IS: _("“%(label)s” adalah %(value)s"),
        Operator.ONE_OF: _("“%(label)s” adalah %(value)s"),
        Operator.IS_NOT: _("“%(label)s” bukan %(value)s"),
        Operator.AT_LEAST: _("“%(label)s” paling sedikit %(value)s"),
        Operator.AT_MOST: _("“%(label)s” paling banyak %(value)s"),
        Operator.GIVEN: _("“%(label)s” diisi"),
        Operator.NOT_GIVEN: _("“%(label)s” tidak diisi"),
    }[comparison.operator] % words


def _value(fact: Fact | None, value: str) -> str:
    if fact is not None and fact.kind is FactKind.AREA:
        return f"{value} m²"
    if fact is not None and fact.kind is FactKind.RUPIAH and value[:1].isdigit():
        return f"Rp {value}"
    return value
