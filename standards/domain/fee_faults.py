"""What is wrong with the fee rules of a version, and what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from standards.domain.components import Key
from standards.domain.condition_faults import cases
from standards.domain.condition_faults import faults as condition_faults
from standards.domain.conditions import ALWAYS, Condition, holds
from standards.domain.facts import Fact
from standards.domain.faults import Fault
from standards.domain.fees import COUNTED, FeeKind, Rule
from standards.domain.steps import StepKind, order_of
from standards.domain.versions import FeeText, ProcedureText, VersionSnapshot

Found = Iterator[tuple[str, dict[str, object]]]

_FREE = re.compile(
    r"\b(gratis|tidak (dipungut|dikenakan|berbiaya|ada) ?(biaya|retribusi)?|tanpa biaya"
    r"|nol rupiah|rp\.? ?0(,-|,00)?(?![\d.,]))",
    re.IGNORECASE,
)
# "Rp 150.000,00", "Rp. 150 ribu", "Rp1,5 juta"
_AMOUNT = re.compile(
    r"\brp\.?\s*(?P<whole>\d+(?:\.\d+)*)(?:,(?P<part>\d+))?(?:\s*(?P<times>ribu|juta|miliar))?\b",
    re.IGNORECASE,
)
_TIMES = {"": 1, "ribu": 10**3, "juta": 10**6, "miliar": 10**9}
# words that confine what is said to be free to some cases, or leave the rest to a regulation
_SOME_CASES = re.compile(
    r"\b(kecuali|selain|jika|apabila|bila|dalam hal|bagi|perda|peraturan)\b", re.IGNORECASE
)


def faults(version: VersionSnapshot) -> Iterator[Fault]:
    """Yield what keeps the fees of ``version`` from being published."""
    facts = {item.key: item.asked() for item in version.facts}
    for at, text in enumerate(version.fees):
        rule, item, place = text.rule(), {"item": text.label}, f"fees-{at}"
        for code, named in _rule_faults(rule, facts):
            yield Fault(code, {**item, **named}, place)
        for condition, above in _conditions(rule):
            for code, words in condition_faults(condition, facts, facts, above):
                yield Fault(code, {**item, **words}, place)
        for procedure in version.procedures:
            late = _late_facts(rule, procedure, facts)
            for code, named in [*_step_faults(rule, procedure), *late]:
                yield Fault(code, {**item, **named, "procedure": procedure.name}, place)


def _conditions(rule: Rule) -> Iterator[tuple[Condition, list[Condition]]]:
    yield rule.when, []
    for row in rule.rows:
        yield row.when, [rule.when]


def _rule_faults(rule: Rule, facts: Mapping[str, Fact]) -> Found:
    if rule.kind in (FeeKind.FIXED, FeeKind.PER_UNIT) and not rule.amount:
        yield "fee_without_tariff", {}
    if rule.kind is FeeKind.PER_UNIT and not rule.units:
        yield "fee_without_units", {}
    if rule.kind is FeeKind.TABLE and not rule.rows:
        yield "fee_table_empty", {}
    if rule.kind is FeeKind.ENTERED:
        if rule.maximum is None or rule.minimum > rule.maximum:
            yield "fee_without_limits", {}
        if not rule.step:
            yield "fee_entered_without_step", {}
    for key in rule.units:
        fact = facts.get(key)
        if fact is None:
            yield "fee_unit_unknown", {"fact": key}
        elif fact.kind not in COUNTED:
            yield "fee_unit_no_number", {"fact": fact.label}
        elif not fact.required:
            yield "fee_unit_optional", {"fact": fact.label}


def _step_faults(rule: Rule, procedure: ProcedureText) -> Found:
    if not rule.step or rule.kind is FeeKind.FREE:
        return
    step = next((row for row in procedure.steps if row.printed_number == rule.step), None)
    checked = order_of(procedure.steps, StepKind.CHECK)
    paid = _payments(procedure)
    if step is None:
        yield "fee_step_unknown", {"step": rule.step}
    elif step.kind == StepKind.SURVEY:  # the applicant acts there
        yield "fee_step_survey", {"step": rule.step}
    elif step.parallel:
        yield "fee_step_parallel", {"step": rule.step}
    elif checked is not None and step.order <= checked:
        yield "fee_step_too_early", {"step": rule.step}
    elif paid and step.order > max(paid):
        yield "fee_step_too_late", {"step": rule.step}


def _payments(procedure: ProcedureText) -> list[int]:
    return [row.order for row in procedure.steps if row.kind == StepKind.PAY]


def _late_facts(rule: Rule, procedure: ProcedureText, facts: Mapping[str, Fact]) -> Found:
    """What is recorded behind the last payment would change an amount that nobody pays.

    Nor is it recorded at the step that sets the amount, which would be typed instead of computed.
    """
    orders = {row.printed_number: row.order for row in procedure.steps}
    paid = _payments(procedure)
    for key in rule.named() if rule.kind is not FeeKind.FREE else ():
        fact = facts.get(key)
        if fact is None or not fact.asked_at:
            continue
        recorded = orders.get(fact.asked_at, 0)
        if paid and recorded > max(paid):
            yield "fee_fact_too_late", {"fact": fact.label, "step": fact.asked_at}
        elif rule.step and recorded >= orders.get(rule.step, recorded + 1):
            yield "fee_fact_unknown_yet", {"fact": fact.label, "step": rule.step}


def warnings(version: VersionSnapshot) -> Iterator[Fault]:
    """Yield what to look at: grounds, component 4, cases without a tariff, nowhere to pay."""
    paid = {
        f"fees-{at}": text
        for at, text in enumerate(version.fees)
        if text.rule().kind is not FeeKind.FREE
    }
    for place, text in paid.items():
        if not text.ground.strip():
            yield Fault("fee_without_ground", {"item": text.label}, place)
    yield from _against_component(version, paid)
    facts = [item.asked() for item in version.facts]
    for place, text in paid.items():
        if _gap(text.rule(), facts):
            yield Fault("fee_table_incomplete", {"item": text.label}, place)
        for nth in _unreached(text.rule()):
            yield Fault("fee_row_never", {"item": text.label, "nth": nth}, place)
    for at, procedure in enumerate(version.procedures):
        if paid and order_of(procedure.steps, StepKind.PAY) is None:
            named = {"procedure": procedure.name}
            yield Fault("fee_without_payment_step", named, f"procedure_links-{at}")


def _gap(rule: Rule, facts: Sequence[Fact]) -> bool:
    """Whether in some case the rule applies and no line of its table does."""
    if rule.kind is not FeeKind.TABLE or not all(row.when for row in rule.rows):
        return False
    known = {fact.key for fact in facts}
    named = [rule.when, *(row.when for row in rule.rows)]
    if any(key not in known for condition in named for key in condition.named()):
        return False  # that is a fault already
    return any(
        holds(rule.when, case) and not any(holds(row.when, case) for row in rule.rows)
        for case in cases(facts, named)
    )


def _unreached(rule: Rule) -> list[int]:
    """Return, counted from 1, the lines behind one that always applies or says the same."""
    earlier: list[Condition] = []
    found = []
    for nth, row in enumerate(rule.rows, 1):
        if row.when in earlier or ALWAYS in earlier:
            found.append(nth)
        earlier.append(row.when)
    return found if rule.kind is FeeKind.TABLE else []


def _against_component(version: VersionSnapshot, paid: Mapping[str, FeeText]) -> Iterator[Fault]:
    """Compare the rules with the words of component 4, where it names money at all."""
    at, words = next(
        ((at, row.body) for at, row in enumerate(version.components) if row.key == Key.FEE),
        (0, ""),
    )
    printed, where = _amounts(words), f"components-{at}"
    always = any(not text.rule().when for text in paid.values())
    contradicted = always or (paid and not _SOME_CASES.search(words))
    if _FREE.search(words) and not printed and contradicted:
        yield Fault("fee_against_component_free", place=where)
    if not printed or not paid:
        if printed and version.fees:
            yield Fault("fee_against_component_paid", place=where)
        return
    known: set[int] = set()
    for place, text in paid.items():
        rule = text.rule()
        tariffs = _tariffs(rule)
        known |= tariffs
        if not tariffs <= printed.keys():
            entered = rule.kind is FeeKind.ENTERED
            code = "fee_limits_not_in_component" if entered else "fee_not_in_component"
            yield Fault(code, {"item": text.label}, place)
    if unknown := [said for amount, said in printed.items() if amount not in known]:
        yield Fault("fee_component_amount_unknown", {"amounts": ", ".join(unknown)}, where)


def _amounts(words: str) -> dict[int, str]:
    """Return the sums of money above zero in ``words``: rupiah, each as it is printed."""
    found = {}
    for match in _AMOUNT.finditer(words):
        digits = f"{match['whole'].replace('.', '')}.{match['part'] or 0}"
        found[int(Decimal(digits) * _TIMES[(match["times"] or "").lower()])] = match[0]
    return {amount: said for amount, said in found.items() if amount}


def _tariffs(rule: Rule) -> set[int]:
    """Return the amounts of ``rule``, of the lines of its table, or the limits of what is entered.

    A lower limit of one rupiah is none.
    """
    if rule.kind is FeeKind.ENTERED:
        return {rule.minimum, rule.maximum or 0} - {0, 1}
    return {row.amount for row in rule.rows} or {rule.amount}
