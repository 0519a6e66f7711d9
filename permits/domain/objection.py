"""The remedies of an applicant against a refusal (UU 30/2014, articles 75 to 78)."""

from __future__ import annotations

from datetime import date

from workflow.domain.workdays import WorkCalendar

OBJECTION_WORKDAYS = 21  # article 77 paragraph 1: since the decision was made known
OBJECTION_ANSWER_WORKDAYS = 10  # article 77 paragraph 4
APPEAL_WORKDAYS = 10  # article 78 paragraph 1: since the answer to the objection was received


def last_day(calendar: WorkCalendar, announced: date) -> date:
    """Return the last day of an objection; the day on which the decision was announced is day 0."""
    return calendar.add(announced, OBJECTION_WORKDAYS)
