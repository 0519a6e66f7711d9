"""When an invitation is answered, reminded of and over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

OPEN_DAYS: Final = 30  # a rule of the house; an office may have its own
REMINDER_DAYS: Final = 7


def ends_on(sent_on: date, days: int = OPEN_DAYS) -> date:
    """Return the last day on which an invitation sent on ``sent_on`` can be answered."""
    return sent_on + timedelta(days=days)


def why_closed(*, answered: bool, ended: bool, last_day: date, today: date) -> str:
    """Return why nothing can be answered (code of a refusal); "" if it can.

    ``ended``: the file ended without a product (withdrawn, refused), so there is nothing to judge.
    """
    if answered:
        return "survey_answered"
    if ended:
        return "survey_without_file"
    return "survey_over" if today > last_day else ""


def why_not_invited(*, ended: bool, finished_on: date | None, today: date) -> str:
    """Return why a file has no invitation (code of a refusal).

    It ended without a product, it was finished too long ago to be asked about, or its day is still
    to come.
    """
    if ended:
        return "survey_without_file"
    late = finished_on is not None and finished_on < asked_since(today)
    return "survey_over" if late else "survey_not_yet"


def is_reminder_due(sent_on: date, today: date, last_day: date, days: int = REMINDER_DAYS) -> bool:
    """Whether the one reminder goes today: after ``days``, and never after the end."""
    return sent_on + timedelta(days=days) <= today <= last_day


def may_enter_paper(officer: int, worked: Collection[int], applicant: int) -> str:
    """Return why this person may not enter a paper questionnaire of a file; "" if they may.

    Who worked on the file would write down the judgement of their own work.
    """
    if officer == applicant:
        return "own_application"
    return "survey_own_work" if officer in worked else ""


def asked_since(today: date) -> date:
    """Return the day since which a file must be finished to be asked about: memory fades."""
    return today - timedelta(days=OPEN_DAYS)
