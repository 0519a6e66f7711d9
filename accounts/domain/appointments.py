"""When two appointments to one chair stand in each other's way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Tenure:
    """The days of an appointment, both included; ``last`` is ``None`` while it is open.

    ``acting``: as Plt. or Plh.; ``is_head``: the chair of the head of the office.
    """

    first: date
    last: date | None
    acting: bool
    is_head: bool


def clash(one: Tenure, other: Tenure) -> bool:
    """Return whether both hold one chair on the same day although there is room for one.

    Several people may hold an ordinary desk. A Plt. or Plh. stands in for a holder who is not
    there (UU 30/2014, article 14), and an office has one head.
    """
    shared = (one.last is None or other.first <= one.last) and (
        other.last is None or one.first <= other.last
    )
    return shared and (one.acting or other.acting or one.is_head)


def last_day_before(successor: Tenure, other: Tenure) -> date | None:
    """Return on which day ``other`` ends because ``successor`` begins; ``None`` if it does not.

    Who is appointed definitively ends, the day before, whoever stands in at that chair until then
    (UU 30/2014, article 14: a Plt. or Plh. acts while the holder is missing), and at the chair of
    the head also the definitive predecessor. What begins later stays.
    """
    if successor.acting or not (other.acting or successor.is_head):
        return None
    over = other.last is not None and other.last < successor.first
    if over or other.first >= successor.first:
        return None
    return successor.first - timedelta(days=1)


def two_definitive(one: Tenure, other: Tenure) -> bool:
    """Return whether the chair of the head would have two definitive holders on one day."""
    return clash(one, other) and not (one.acting or other.acting)
