"""The cost question: about a service that is free its answer is constant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.domain.groups import may_show


@dataclass(frozen=True, slots=True)
class CostAnswers:
    """How many answers to the cost question are about free services, about others, unknown."""

    free: int = 0
    charged: int = 0
    unknown: int = 0


def cost_answers(counts: Mapping[int | None, int], is_free: Mapping[int, bool]) -> CostAnswers:
    """Return of what the answers to the cost question are, by service (``None``: not known).

    ``is_free`` holds all services of the office. Answers about a service that fewer than five
    judged are not counted with it: settling forgets the service, and figures do not move by that.
    If all services are free, or none is, it is known without the service.
    """
    same = set(is_free.values())
    of_others = same.pop() if len(same) == 1 else None
    found: Counter[bool | None] = Counter()
    for service, count in counts.items():
        if service is None or not may_show(count):
            found[of_others] += count
        else:
            found[is_free.get(service, False)] += count
    return CostAnswers(found[True], found[False], found[None])
