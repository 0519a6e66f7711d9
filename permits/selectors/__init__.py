"""Selectors of permits: functions that read applications and their related rows."""

from permits.selectors.answers import (
    FORM,
    IDENTITY,
    QUESTION,
    AnswerLine,
    answer_lines,
)
from permits.selectors.certificates import (
    awaits_signature,
    certificate_of,
    collection_letter,
    drafters,
    latest_draft,
    missing_initials,
    own_initial,
    printout,
)
from permits.selectors.checklists import (
    Checklist,
    GroupLines,
    RequirementLine,
    checklist,
    form_missing,
)
from permits.selectors.holders import earlier_holders
from permits.selectors.printed import (
    documents_printed_as,
    own_application,
)
from permits.selectors.progress import (
    ProgressRow,
    is_free,
    public_progress,
    sop_steps,
    step_to_return_to,
    steps_before,
)
from permits.selectors.questions import (
    open_questions,
    requirement_rules,
)
from permits.selectors.refusals import open_refusal
from permits.selectors.routing_cards import (
    CardLine,
    routing_card,
    step_due_dates,
)
from permits.selectors.service_clock import (
    clock,
    clock_events,
    promise_calendar,
    promise_calendars,
)
from permits.selectors.standards import (
    cited_bases,
    with_standard,
)
from permits.selectors.terms import (
    TERM_OF_STATUS,
    status_term,
)

__all__ = [
    "FORM",
    "IDENTITY",
    "QUESTION",
    "AnswerLine",
    "answer_lines",
    "TERM_OF_STATUS",
    "CardLine",
    "Checklist",
    "GroupLines",
    "ProgressRow",
    "RequirementLine",
    "awaits_signature",
    "certificate_of",
    "checklist",
    "clock",
    "clock_events",
    "collection_letter",
    "documents_printed_as",
    "drafters",
    "earlier_holders",
    "form_missing",
    "is_free",
    "latest_draft",
    "missing_initials",
    "open_questions",
    "open_refusal",
    "own_application",
    "own_initial",
    "printout",
    "promise_calendar",
    "promise_calendars",
    "public_progress",
    "cited_bases",
    "requirement_rules",
    "routing_card",
    "sop_steps",
    "status_term",
    "step_due_dates",
    "step_to_return_to",
    "steps_before",
    "with_standard",
]
