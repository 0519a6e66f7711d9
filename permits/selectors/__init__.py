"""Selectors of permits: functions that read applications and their related rows."""

from permits.selectors.answers import (
    IDENTITY,
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
from permits.selectors.charges import (
    Balance,
    ExpectedCharge,
    asks_payment,
    balance,
    charges_of,
    correctable,
    expected_charges,
    files_with_proof,
    nothing_to_pay,
    payments_of,
    pays_here,
    to_set,
)
from permits.selectors.checklists import (
    Checklist,
    GroupLines,
    RequirementLine,
    checklist,
    form_missing,
)
from permits.selectors.facts import (
    AskedFacts,
    asked_facts,
    asked_of,
    deciding_keys,
    every_fact,
    facts_to_record,
    question_name,
)
from permits.selectors.holders import earlier_holders
from permits.selectors.orders import (
    earlier_papers,
    latest_order,
    open_order,
    orders_of,
    replacement_being_signed,
)
from permits.selectors.previous import (
    is_followed,
    permits_to_follow,
    previous_certificate,
    previous_number,
)
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
from permits.selectors.refusals import open_refusal
from permits.selectors.routing_cards import (
    CardLine,
    routing_card,
    step_due_dates,
)
from permits.selectors.service_clock import (
    clock,
    clock_events,
    pause_key,
    promise_calendar,
    promise_calendars,
    waits_for,
)
from permits.selectors.standards import (
    cited_bases,
    with_standard,
)
from permits.selectors.terms import (
    TERM_OF_STATUS,
    status_term,
)
from permits.selectors.worklists import (
    Show,
    due_at_desks,
    due_soon,
    late,
    reported_to,
    shown,
)

__all__ = [
    "asks_payment",
    "IDENTITY",
    "AnswerLine",
    "AskedFacts",
    "Balance",
    "answer_lines",
    "asked_facts",
    "asked_of",
    "deciding_keys",
    "every_fact",
    "facts_to_record",
    "question_name",
    "TERM_OF_STATUS",
    "CardLine",
    "Checklist",
    "ExpectedCharge",
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
    "earlier_papers",
    "form_missing",
    "balance",
    "charges_of",
    "correctable",
    "expected_charges",
    "files_with_proof",
    "nothing_to_pay",
    "payments_of",
    "pays_here",
    "to_set",
    "is_followed",
    "is_free",
    "latest_draft",
    "latest_order",
    "missing_initials",
    "open_order",
    "orders_of",
    "open_refusal",
    "own_application",
    "own_initial",
    "permits_to_follow",
    "previous_certificate",
    "previous_number",
    "printout",
    "promise_calendar",
    "promise_calendars",
    "public_progress",
    "cited_bases",
    "replacement_being_signed",
    "routing_card",
    "sop_steps",
    "status_term",
    "step_due_dates",
    "step_to_return_to",
    "steps_before",
    "with_standard",
    "pause_key",
    "waits_for",
    "Show",
    "late",
    "due_soon",
    "due_at_desks",
    "reported_to",
    "shown",
]
