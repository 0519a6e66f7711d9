"""Where the rows of a version say something else than its own fourteen components."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from standards.domain.built_in import KIND_OF_APPLICATION, ApplicationKind
from standards.domain.components import Key
from standards.domain.conditions import Condition, holds
from standards.domain.facts import Fact, Value, choices_of
from standards.domain.faults import Fault
from standards.domain.requirements import Need
from standards.domain.step_conditions import ways
from standards.domain.steps import StepKind, order_of, range_figure
from standards.domain.terms import span
from standards.domain.versions import ELSEWHERE_AT, VersionSnapshot
from workflow.domain.clock import Term, Unit
from workflow.domain.errors import DomainError

_DURATION = re.compile(
    r"(\d+)\s*(?:\([^)]{1,40}\)\s*)?(hari|minggu|bulan|menit|jam)(?:\s+(kerja|kalender))?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(\d+)\s*(?:\([^)]{1,40}\)\s*)?(?:-|\u2013|s\.?/?d\.?|sampai(?:\s+dengan)?|hingga)\s*"
    + _DURATION.pattern,
    re.IGNORECASE,
)
_ONES = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SPELT = {
    **{word: n for n, word in enumerate(_ONES, 1)},
    "sepuluh": 10,
    "sebelas": 11,
    **{f"{word} belas": 10 + n for n, word in enumerate(_ONES[1:], 2)},
    **{f"{word} puluh": 10 * n for n, word in enumerate(_ONES[1:], 2)},
    **{
        f"{tens} puluh {word}": 10 * ten + n
        for ten, tens in enumerate(_ONES[1:], 2)
        for n, word in enumerate(_ONES, 1)
    },
}
_NUMBER = re.compile(rf"\b({'|'.join(sorted(_SPELT, key=len, reverse=True))})\b", re.IGNORECASE)
_ONE = re.compile(r"\bse(?=(?:hari|minggu|bulan|jam)\b)", re.IGNORECASE)
# days of each noun; a week has five working days, a month about 22 of them
_LENGTHS = {
    "hari": {Unit.WORKDAY: 1, Unit.CALENDAR_DAY: 1},
    "minggu": {Unit.WORKDAY: 5, Unit.CALENDAR_DAY: 7},
    "bulan": {Unit.WORKDAY: 22, Unit.CALENDAR_DAY: 30},
}
_DAYS = {
    "kerja": (Unit.WORKDAY,),
    "kalender": (Unit.CALENDAR_DAY,),
    "": (Unit.WORKDAY, Unit.CALENDAR_DAY),
}
_SURVEY = re.compile(r"ku[ei]sioner|sur[vf]e[iy] (indeks )?kepuasan|\bSKM\b|\bIKM\b", re.IGNORECASE)
_MUST_FILL = re.compile(
    rf"pemohon[^;.\n]*(mengisi|pengisian)[^;.\n]*({_SURVEY.pattern})", re.IGNORECASE
)


def durations(words: str) -> set[tuple[int, Unit]]:
    """Return the durations that ``words`` name; "lima hari" is one of either kind of days."""
    return {
        (int(amount) * times, unit)
        for amount, noun, kind in _DURATION.findall(_in_digits(words))
        for times, unit in _units(noun, kind)
    }


def ranges(words: str) -> set[Term]:
    """Return the ranges that ``words`` name: "3-5 hari kerja", "3 (tiga) s.d. 5 (lima) hari"."""
    return {
        Term(int(most) * times, unit, int(least) * times)
        for least, most, noun, kind in _RANGE.findall(_in_digits(words))
        for times, unit in _units(noun, kind)
    }


def _in_digits(words: str) -> str:
    """Return ``words`` with numbers up to 99 in digits: "7 hari" for "tujuh hari"."""
    return _NUMBER.sub(lambda found: str(_SPELT[found[1].lower()]), _ONE.sub("1 ", words))


def _units(noun: str, kind: str) -> list[tuple[int, Unit]]:
    """Return which units the words may mean, and how many of each one stands for."""
    if lengths := _LENGTHS.get(noun.lower()):
        return [(lengths[unit], unit) for unit in _DAYS[kind.lower()]]
    return [(60 if noun.lower() == "jam" else 1, Unit.WORK_MINUTE)]


def contradictions(version: VersionSnapshot) -> Iterator[Fault]:
    """Yield what to look at: term, survey and requirements against the components, dead ends."""
    yield from _term(version)
    yield from _survey(version)
    yield from _unmentioned(version)
    yield from _closures(version)
    yield from _dead_ends(version)


def _body(version: VersionSnapshot, key: Key) -> str:
    return next((row.body for row in version.components if row.key == key), "")


def _term(version: VersionSnapshot) -> Iterator[Fault]:
    """The promised term stands in component 3; a procedure's printed total is not longer."""
    if not version.term_amount:
        return
    unit, words = Unit(version.term_unit), _body(version, Key.TERM)
    usual = Term(version.term_amount, unit, version.term_minimum)
    promised = {"term_minimum" if usual.least else "term_amount": usual}
    for at, rule in enumerate(version.terms):
        promised[f"terms-{at}"] = Term(rule.amount, unit, rule.minimum)
    whole = span(version, version.terms)
    for where, term in promised.items():
        if durations(words) and whole not in ranges(words) and not _is_said(term, words):
            figure = range_figure(term.least, term.amount)
            yield Fault("term_against_component", {"amount": figure}, where)
        if version.target_amount and term.least and version.target_amount < term.least:
            bounds = {"target": version.target_amount, "minimum": term.least}
            yield Fault("target_below_minimum", bounds, "target_amount")
    for place, procedure in enumerate(version.procedures):
        totals = [amount for amount, kind in durations(procedure.total_text) if kind == unit]
        if totals and max(totals) > whole.amount:
            named = {"procedure": procedure.name, "total": procedure.total_text}
            yield Fault("procedure_total_against_term", named, f"procedure_links-{place}")


def _is_said(term: Term, words: str) -> bool:
    """Whether ``words`` name the whole of ``term``, and no range where it is none."""
    said, printed = durations(words), {one for one in ranges(words) if one.amount == term.amount}
    if (term.amount, term.unit) not in said:
        return False
    if term.least is None:
        return not any(one.unit == term.unit for one in printed)
    return term in printed or (term.least, term.unit) in said


def _survey(version: VersionSnapshot) -> Iterator[Fault]:
    """A questionnaire in the words of the procedure is a step of the SOP."""
    promised = _SURVEY.search(_body(version, Key.PROCEDURE)) or _MUST_FILL.search(
        _body(version, Key.EVALUATION)
    )
    if not promised:
        return
    for place, procedure in enumerate(version.procedures):
        if order_of(procedure.steps, StepKind.SURVEY) is None:
            named = {"procedure": procedure.name}
            yield Fault("procedure_without_survey", named, f"procedure_links-{place}")


def _unmentioned(version: VersionSnapshot) -> Iterator[Fault]:
    """Where component 1 lists requirements in words, the others are asked for by nobody."""
    words = _letters(_body(version, Key.REQUIREMENTS))
    said = [_letters(row.text) in words for row in version.requirements]
    if not any(said):
        return  # the component leaves the list to the rows
    for place, row in enumerate(version.requirements):
        if not said[place] and row.kind != Need.NOTE:
            named = {"item": f"{row.printed_number} {row.text}".strip()[:120]}
            yield Fault("requirement_not_in_component", named, f"requirements-{place}")


def _closures(version: VersionSnapshot) -> Iterator[Fault]:
    """A closure that ends in the usual permit would say that the permit is granted."""
    if any(rule.is_closure for rule in version.permits):
        return
    for place, fact in enumerate(version.facts):
        closes = ApplicationKind.CLOSURE in choices_of(fact.choices_text)
        if fact.key == KIND_OF_APPLICATION and closes:
            yield Fault("closure_as_permit", place=f"facts-{place}")


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _dead_ends(version: VersionSnapshot) -> Iterator[Fault]:
    """A choice of which in some case no option applies cannot be met: nobody can send then."""
    facts = [fact for fact in version.asked() if not fact.asked_at]
    chains = [conditions_over(version, place) for place in range(len(version.requirements))]
    for place, row in enumerate(version.requirements):
        if row.kind != Need.AT_LEAST_ONE or not row.mandatory:
            continue
        options = [
            chains[at] for at, each in enumerate(version.requirements) if each.parent == place
        ]
        if options and _can_fail(chains[place], options, facts):
            item = f"{row.printed_number} {row.text}".strip()[:120]
            yield Fault("requirement_dead_end", {"item": item}, f"requirements-{place}")


def _can_fail(
    choice: Sequence[Condition], options: Sequence[Sequence[Condition]], facts: Sequence[Fact]
) -> bool:
    """Whether there is a case in which the choice applies and none of its options does."""
    try:
        return any(
            _all_hold(choice, case) and not any(_all_hold(option, case) for option in options)
            for case in ways(facts, [*choice, *chain.from_iterable(options)])
        )
    except DomainError:  # too many cases to try
        return False


def _all_hold(conditions: Sequence[Condition], case: Mapping[str, Value]) -> bool:
    return all(holds(condition, case) for condition in conditions)


def conditions_over(version: VersionSnapshot, place: int) -> list[Condition]:
    """Return the conditions of a requirement, of its known parents and of its group."""
    group = version.requirements[place].group
    found = [] if group == ELSEWHERE_AT else [version.groups[group].when]
    seen: set[int] = set()
    at: int | None = place
    while at is not None and at != ELSEWHERE_AT and at not in seen:
        seen.add(at)
        found.append(version.requirements[at].when)
        at = version.requirements[at].parent
    return found
