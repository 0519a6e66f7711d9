"""Conditions on the facts of an application: one way to write, keep, evaluate and join them.

A condition is a list of alternatives; it holds when all comparisons of one alternative hold. One
without alternatives always holds. As text an alternative stands on a line::

    modal_asing = ya; luas >= 100
    skala = Kecil | Menengah
    nib diisi
    nib tidak diisi
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from accounts.domain.figures import decimal_figure, rupiah
from accounts.domain.text import clean_text
from workflow.domain.errors import DomainError

MOST = 20  # alternatives of a condition, comparisons of an alternative
_MOST_VALUES = 50
_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
_PARTS = re.compile(r'(?:"(?:[^"]|"")*"|[^;"])+')
_VALUES = re.compile(r'(?:"(?:[^"]|"")*"|[^|"])+')
_SIGNS = re.compile(r"\s*(!=|>=|<=|=|≠|≥|≤)\s*")
_PLAIN = re.compile(r'[^;|"=<>!≠≥≤\n]+')


class Operator(StrEnum):
    """How an answer is compared."""

    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    GIVEN = "given"
    NOT_GIVEN = "not_given"


_WORDS = {Operator.GIVEN: "diisi", Operator.NOT_GIVEN: "tidak diisi"}
_WORDED = {words: operator for operator, words in _WORDS.items()}
_READ = {
    "=": Operator.IS, "!=": Operator.IS_NOT, "≠": Operator.IS_NOT, ">=": Operator.AT_LEAST,
    "≥": Operator.AT_LEAST, "<=": Operator.AT_MOST, "≤": Operator.AT_MOST,
}  # fmt: skip
SIGNS = {
    Operator.IS: "=", Operator.IS_NOT: "!=", Operator.ONE_OF: "=", Operator.AT_LEAST: ">=",
    Operator.AT_MOST: "<=", **_WORDS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer to the fact ``fact`` compared with ``values``: one, of ``ONE_OF`` several."""

    fact: str
    operator: Operator
    values: tuple[str, ...] = ()

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answer meets it. A fact without an answer meets NOT_GIVEN and nothing else.

        Of several choices IS and ONE_OF ask whether the value is among them.
        """
        answer = answers.get(self.fact)
        if answer is None or self.operator in _WORDS:
            return (answer is None) is (self.operator is Operator.NOT_GIVEN)
        if self.operator is Operator.IS_NOT:
            return not any(_same(answer, value) for value in self.values)
        if self.operator in (Operator.IS, Operator.ONE_OF):
            return any(_same(answer, value) for value in self.values)
        limit = _limit(answer, self.values[0])
        if limit is None:
            return False
        return bool(answer >= limit if self.operator is Operator.AT_LEAST else answer <= limit)


def _same(answer: Any, value: str) -> bool:
    if isinstance(answer, bool):
        return {True: "ya", False: "tidak"}[answer] == value.strip().lower()
    if isinstance(answer, frozenset):
        return value in answer
    if isinstance(answer, str):
        return answer == value
    return bool(answer == _limit(answer, value))


def _limit(answer: Any, value: str) -> Any:
    if isinstance(answer, Decimal):
        return number(value)
    if isinstance(answer, date):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def number(text: str) -> Decimal | None:
    """Return the number or amount that a comparison names, as it is typed in Indonesia."""
    figure = decimal_figure(text)
    if figure is not None:
        return Decimal(figure.replace(",", "."))
    amount = rupiah(text)
    return None if amount is None else Decimal(amount)


@dataclass(frozen=True, slots=True)
class Condition:
    """Any of ``alternatives``, in each of them all comparisons; without alternatives: always."""

    alternatives: tuple[tuple[Comparison, ...], ...] = ()

    def __bool__(self) -> bool:
        """Whether it restricts anything."""
        return bool(self.alternatives)

    def __str__(self) -> str:
        return written(self)

    def comparisons(self) -> Iterator[Comparison]:
        """Every comparison of every alternative."""
        for alternative in self.alternatives:
            yield from alternative

    def named(self) -> list[str]:
        """The keys of the facts it asks, each once."""
        return list(dict.fromkeys(comparison.fact for comparison in self.comparisons()))


ALWAYS = Condition()


def holds(condition: Condition, answers: Mapping[str, Any]) -> bool:
    """Whether ``answers`` (values by key, ``facts.asked``) meet ``condition``."""
    return not condition.alternatives or any(
        all(comparison.holds(answers) for comparison in alternative)
        for alternative in condition.alternatives
    )


def joined(conditions: Iterable[Condition]) -> Condition:
    """Return the condition that holds when all of ``conditions`` do.

    Raises ``DomainError("condition_too_long")`` when that takes more than ``MOST`` alternatives.
    """
    alternatives: list[tuple[Comparison, ...]] = [()]
    for condition in filter(None, conditions):
        alternatives = list(
            dict.fromkeys(
                tuple(dict.fromkeys([*one, *other]))
                for one in alternatives
                for other in condition.alternatives
            )
        )
        if len(alternatives) > MOST:
            raise DomainError("condition_too_long")
    return ALWAYS if alternatives == [()] else Condition(tuple(alternatives))


# As text -----------------------------------------------------------------------------------------


def parse(text: str) -> Condition:
    """Return the condition that ``text`` writes, empty: always.

    Raises ``DomainError``: condition_unreadable(line, part), condition_too_long.
    """
    alternatives = []
    for line, words in enumerate(clean_text(text).split("\n"), 1):
        parts = [part.strip() for part in _PARTS.findall(words)]
        if "".join(_PARTS.findall(words)).count('"') != words.count('"'):
            raise DomainError("condition_unreadable", line=line, part=words.strip()[:80])
        alternative = tuple(_comparison(part, line) for part in parts if part)
        if alternative:
            alternatives.append(alternative)
        elif words.strip():
            raise DomainError("condition_unreadable", line=line, part=words.strip()[:80])
    condition = Condition(tuple(dict.fromkeys(alternatives)))
    if len(alternatives) > MOST or any(len(one) > MOST for one in alternatives):
        raise DomainError("condition_too_long")
    return condition


def _comparison(part: str, line: int) -> Comparison:
    unreadable = DomainError("condition_unreadable", line=line, part=part[:80])
    key, *rest = part.split(maxsplit=1)
    if rest and (worded := _WORDED.get(" ".join(rest[0].split()).lower())):
        if not _KEY.fullmatch(key):
            raise unreadable
        return Comparison(key, worded)
    sign = _SIGNS.search(part)
    if sign is None or not _KEY.fullmatch(part[: sign.start()]):
        raise unreadable
    operator = _READ[sign[1]]
    rest_of_it = part[sign.end() :]
    found = [_unquoted(value.strip()) for value in _VALUES.findall(rest_of_it)]
    values = tuple(dict.fromkeys(found))
    if not values or "" in values or None in values or len(values) > _MOST_VALUES:
        raise unreadable
    if len(values) > 1 and operator is not Operator.IS:
        raise unreadable
    chosen = Operator.ONE_OF if len(values) > 1 else operator
    return Comparison(part[: sign.start()], chosen, tuple(map(str, values)))


def _unquoted(value: str) -> str | None:
    if value.startswith('"'):
        inner = value[1:-1] if len(value) > 1 and value.endswith('"') else ""
        return inner.replace('""', '"') if inner.replace('""', "").find('"') < 0 else None
    return value if _PLAIN.fullmatch(value) else None


def written(condition: Condition) -> str:
    """Return ``condition`` as ``parse`` reads it."""
    return "\n".join("; ".join(map(_text, one)) for one in condition.alternatives)


def _text(comparison: Comparison) -> str:
    if words := _WORDS.get(comparison.operator):
        return f"{comparison.fact} {words}"
    values = " | ".join(map(_quoted, comparison.values))
    return f"{comparison.fact} {SIGNS[comparison.operator]} {values}"


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value) and value == value.strip():
        return value
    return '"' + value.replace('"', '""') + '"'


# As JSON -----------------------------------------------------------------------------------------


def dumped(condition: Condition) -> list[list[dict[str, Any]]]:
    """Return ``condition`` as plain lists and dictionaries; always is an empty list."""
    return [
        [
            {"fact": one.fact, "operator": str(one.operator), "values": list(one.values)}
            for one in alternative
        ]
        for alternative in condition.alternatives
    ]


def loaded(plain: Any) -> Condition:
    """Return the condition of which ``plain`` is the JSON.

    Raises ``DomainError("condition_malformed")`` for anything else.
    """
    try:
        alternatives = tuple(tuple(_loaded(one) for one in alternative) for alternative in plain)
    except (TypeError, KeyError, ValueError) as error:
        raise DomainError("condition_malformed") from error
    if not isinstance(plain, list) or not all(alternatives):
        raise DomainError("condition_malformed")
    return Condition(alternatives)


def _loaded(plain: Any) -> Comparison:
    operator = Operator(plain["operator"])
    values = tuple(plain["values"])
    wanted = {**dict.fromkeys(_WORDS, range(1)), Operator.ONE_OF: range(1, _MOST_VALUES + 1)}
    right = all(isinstance(value, str) and value for value in values)
    if not right or len(values) not in wanted.get(operator, range(1, 2)):
        raise ValueError
    if set(plain) != {"fact", "operator", "values"} or not _KEY.fullmatch(plain["fact"]):
        raise ValueError
    return Comparison(plain["fact"], operator, values)
