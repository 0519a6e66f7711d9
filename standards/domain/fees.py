"""What a permit costs: the rules of a standard and the charges that they make of the answers.

Amounts are whole rupiah. A product of a tariff and facts is exact (``Decimal``) until it is rounded
by the rule; there is no other rounding.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum

from standards.domain.conditions import ALWAYS, Condition, holds
from standards.domain.facts import FactKind, Value

COUNTED = (FactKind.WHOLE, FactKind.DECIMAL, FactKind.RUPIAH, FactKind.AREA)
MOST = 10**15  # rupiah of one charge; more is a mistyped fact
_EXACT = Context(prec=400)  # no product of answers is cut


class FeeKind(StrEnum):
    """How the amount comes about."""

    FREE = "gratis"
    FIXED = "tetap"
    PER_UNIT = "per_satuan"
    TABLE = "tabel"
    ENTERED = "ditetapkan"


class Rounding(StrEnum):
    """Which multiple an amount between two is rounded to."""

    NEAREST = "terdekat"
    UP = "ke_atas"
    DOWN = "ke_bawah"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its tariff, where ``when`` holds."""

    amount: int
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; ``units`` are the keys of the facts by which its tariff is multiplied.

    ``multiple`` is the step of rounding in rupiah (1: whole rupiah); ``step`` the printed number of
    the SOP step at which an officer sets the amount, "": it is set with the acceptance.
    """

    label: str
    kind: FeeKind
    amount: int = 0
    units: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    minimum: int = 0
    maximum: int | None = None
    when: Condition = ALWAYS
    multiple: int = 1
    rounding: Rounding = Rounding.NEAREST
    step: str = ""

    def named(self) -> list[str]:
        """The keys of the facts that it asks, each once."""
        asked = [*self.when.named(), *(key for row in self.rows for key in row.when.named())]
        return list(dict.fromkeys([*asked, *self.units]))


@dataclass(frozen=True, slots=True)
class Due:
    """What the rule at ``place`` charges; ``amount`` is ``None`` while it cannot be known."""

    place: int
    amount: int | None


def units_of(text: str) -> tuple[str, ...]:
    """Return the keys of facts in "luas, lama": each once, in their order."""
    return tuple(dict.fromkeys(key.strip() for key in text.split(",") if key.strip()))


def charges(
    rules: Sequence[Rule], values: Mapping[str, Value], asked: Collection[str]
) -> list[Due]:
    """Return what is charged with these answers, in the order of the rules.

    ``values`` and ``asked`` are those of ``facts.asked``: values by key, and the keys of the facts
    that are asked. What applies is added up. A rule is left out when it is free, when its condition
    does not hold, when it counts a fact that is not asked, and when nothing is to be paid by it.
    """
    found = []
    for place, rule in enumerate(rules):
        if rule.kind is FeeKind.FREE or not holds(rule.when, values):
            continue
        if any(key not in asked for key in rule.units):
            continue
        amount = None if rule.kind is FeeKind.ENTERED else _amount(rule, values, asked)
        if amount != 0:
            found.append(Due(place, amount))
    return found


def _amount(rule: Rule, values: Mapping[str, Value], asked: Collection[str]) -> int | None:
    tariff = rule.amount
    if rule.kind is FeeKind.TABLE:
        chosen = next((row for row in rule.rows if holds(row.when, values)), None)
        if chosen is None:  # nothing, unless an answer that is still to come can choose a line
            keys = {key for row in rule.rows for key in row.when.named()}
            return None if any(key in asked and key not in values for key in keys) else 0
        tariff = chosen.amount
    product = Decimal(tariff)
    for key in rule.units if rule.kind is not FeeKind.FIXED else ():
        value = values.get(key)
        if not isinstance(value, Decimal) or value < 0:
            return None
        product = _EXACT.multiply(product, value)
    amount = rounded(product, rule.multiple, rule.rounding)
    return amount if amount <= MOST else None


def rounded(product: Decimal, multiple: int, rounding: Rounding) -> int:
    """Return ``product`` (not negative) as a multiple of ``multiple`` rupiah; halves go up."""
    whole, rest = _EXACT.divmod(product, Decimal(multiple))
    up = rest * 2 >= multiple if rounding is Rounding.NEAREST else rest > 0
    return (int(whole) + (up and rounding is not Rounding.DOWN)) * multiple


def allowed(rule: Rule, amount: int) -> bool:
    """Whether an officer may enter ``amount``: it lies within minimum and maximum of the rule."""
    return rule.minimum <= amount <= (MOST if rule.maximum is None else rule.maximum)


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where a fee goes; ``highest`` is ``None`` where it grows with the facts."""

    lowest: int
    highest: int | None


def span(rules: Sequence[Rule], cases: Sequence[Mapping[str, Value]]) -> Span:
    """Return from where to where the whole fee goes in these ``cases`` (values by key)."""
    lows: list[int] = []
    highs: list[int | None] = []
    for values in cases:
        bounds = [_bounds(rule, values) for rule in rules if holds(rule.when, values)]
        lows.append(sum(low for low, _high in bounds))
        tops = [high for _low, high in bounds]
        highs.append(None if None in tops else sum(top for top in tops if top is not None))
    if None in highs:
        return Span(min(lows), None)
    return Span(min(lows, default=0), max((high for high in highs if high is not None), default=0))


def _bounds(rule: Rule, values: Mapping[str, Value]) -> tuple[int, int | None]:
    if rule.kind is FeeKind.FREE:
        return 0, 0
    if rule.kind is FeeKind.ENTERED:
        return rule.minimum, rule.maximum
    tariff = rule.amount
    if rule.kind is FeeKind.TABLE:
        tariff = next((row.amount for row in rule.rows if holds(row.when, values)), 0)
    if rule.kind is FeeKind.FIXED or not rule.units or not tariff:
        amount = rounded(Decimal(tariff), rule.multiple, rule.rounding)
        return amount, amount
    return 0, None
