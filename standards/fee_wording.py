"""Fee rules in plain words: for public page, open data, form and administration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from standards.domain.facts import Fact, FactKind
from standards.domain.fees import FeeKind, Rounding, Rule
from standards.wording import condition_sentence
from workflow.formats import money


@dataclass(frozen=True, slots=True)
class FeeWords:
    """One rule: what for, how much, each line of its table, when, how it is rounded, its ground."""

    label: str
    words: str
    lines: tuple[str, ...]
    condition: str
    rounding: str
    ground: str

    @property
    def text(self) -> str:
        """All of it in one line, without what it is for and its ground."""
        parts = [self.words, *self.lines, self.condition, self.rounding]
        return ". ".join(part.rstrip(".") for part in parts if part)


def fee_words(rule: Rule, facts: Mapping[str, Fact], ground: str = "") -> FeeWords:
    """Return ``rule`` in words; ``facts`` are those of its version by key."""
    return FeeWords(
        label=rule.label,
        words=_words(rule, facts),
        lines=tuple(
            _line(tariff(row.amount, rule.units, facts), condition_sentence([row.when], facts))
            for row in rule.rows
            if rule.kind is FeeKind.TABLE
        ),
        condition=condition_sentence([rule.when], facts),
        rounding=_rounding_words(rule),
        ground=ground,
    )


def _line(words: str, condition: str) -> str:
    if not condition:
        return _("%(tariff)s: selain itu") % {"tariff": words}
    return f"{words}: {condition[0].lower()}{condition[1:]}"


def _words(rule: Rule, facts: Mapping[str, Fact]) -> str:
    if rule.kind is FeeKind.FREE:
        return money(0)
    if rule.kind is FeeKind.TABLE:
        return _("Menurut tabel tarif; baris pertama yang sesuai yang berlaku")
    if rule.kind is FeeKind.ENTERED:
        limits = {"low": amount_words(rule.minimum), "high": money(rule.maximum)}
        return _("Ditetapkan petugas, dari %(low)s sampai %(high)s") % limits
    return tariff(rule.amount, rule.units if rule.kind is FeeKind.PER_UNIT else (), facts)


def amount_words(rupiah: int) -> str:
    """Return "Rp 0" for nothing, where "Gratis" would say another thing."""
    return money(rupiah) if rupiah else "Rp\N{NO-BREAK SPACE}0"


def tariff(amount: int, units: Sequence[str], facts: Mapping[str, Fact]) -> str:
    """Return "Rp 150.000 untuk setiap m² “Luas” dan setiap “Lama (hari)”"."""
    if not units or not amount:
        return money(amount)
    each = [_("setiap %(unit)s") % {"unit": _unit(facts.get(key), key)} for key in units]
    named = {"tariff": money(amount), "units": _(" dan ").join(each)}
    return _("%(tariff)s untuk %(units)s") % named


def _unit(fact: Fact | None, key: str) -> str:
    if fact is None:
        return key
    kinds = {FactKind.AREA: "m² ", FactKind.RUPIAH: _("rupiah ")}
    return f"{kinds.get(fact.kind, '')}“{fact.label}”"


def _rounding_words(rule: Rule) -> str:
    """Return "Dibulatkan ke atas ke kelipatan Rp 1.000"; "" for whole rupiah."""
    if rule.multiple == 1:
        return ""
    sentences = {
        Rounding.NEAREST: _("Dibulatkan ke kelipatan %(multiple)s terdekat"),
        Rounding.UP: _("Dibulatkan ke atas ke kelipatan %(multiple)s"),
        Rounding.DOWN: _("Dibulatkan ke bawah ke kelipatan %(multiple)s"),
    }
    return sentences[rule.rounding] % {"multiple": money(rule.multiple)}
