"""A form's conditions (``make bench``): forty facts, a hundred requirements, no database.

The reference reads the same forty answers and compares none of them.
"""

from __future__ import annotations

import sys
import timeit
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench_base import say  # noqa: E402
from standards.domain.conditions import ALWAYS, parse  # noqa: E402
from standards.domain.facts import Fact, FactKind, asked, read  # noqa: E402
from standards.domain.requirements import Need, Rule, applicable  # noqa: E402

FACTS, RULES, TIMES = 40, 100, 200


def main() -> None:
    """Measure and print."""
    facts = [
        Fact(
            f"f{number}",
            f"Isian {number}",
            FactKind.YES_NO if number % 2 else FactKind.AREA,
            when=parse(f"f{number - 1} >= 100; f{number - 3} = ya") if number % 4 == 3 else ALWAYS,
        )
        for number in range(FACTS)
    ]
    answers = {fact.key: "ya" if fact.kind is FactKind.YES_NO else "1.500" for fact in facts}
    rules = [
        Rule(
            number,
            Need.UPLOAD,
            conditions=(
                parse(f"f{number % FACTS} diisi; f1 = ya\nf{(number * 7) % FACTS} = tidak"),
            ),
        )
        for number in range(RULES)
    ]

    def evaluate() -> None:
        applicable(rules, asked(facts, answers)[1])

    def only_read() -> None:
        for fact in facts:
            read(fact.kind, answers[fact.key], fact.choices)

    took, bare = (
        min(timeit.repeat(work, number=TIMES, repeat=5)) / TIMES * 1_000_000
        for work in (evaluate, only_read)
    )
    say(
        f"conditions of a form with {FACTS} facts and {RULES} requirements: {took:.0f} µs "
        f"(reading the answers alone {bare:.0f} µs, ratio {took / bare:.2f})"
    )


if __name__ == "__main__":
    main()
