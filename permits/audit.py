"""The records of permits that are evidence (``workflow.audit``)."""

from django.db.models import Q

from workflow.audit import Source, register

_OFFICE = "application__office__code"
_RECORD = ("event", "source", "to", "actor_id", "capacity", "at", "note")
_EVENT = (
    "kind",
    "at",
    "recorded_at",
    "key",
    "amount",
    "corrects_id",
    "actor_id",
    "reason",
    "ground",
)
_DECIDED = ~Q(decision__in=["", "disetujui"]) | Q(effective_at__isnull=False)
_CLOSED = Q(visit__finished_at__isnull=False)  # an open check may still be changed

register(
    Source("permits.ApplicationRecord", ("subject_id", *_RECORD), "subject__office__code"),
    Source("permits.ApplicationClockEvent", ("application_id", *_EVENT), _OFFICE),
    Source(
        "permits.DueDateChange",
        ("application_id", "deadline_id", "old_on", "new_on", "calendar_version", "at", "actor_id"),
        _OFFICE,
    ),
    Source(
        "permits.RequirementVerdict",
        ("application_id", "requirement_id", "document_id", "result", "reason", "officer_id", "at"),
        _OFFICE,
        _CLOSED,
    ),
    Source(
        "permits.AnswerVerdict",
        ("application_id", "key", "value", "result", "reason", "officer_id", "at"),
        _OFFICE,
        _CLOSED,
    ),
    Source(
        "permits.RecordedFact",
        ("application_id", "visit_id", "key", "value", "officer_id", "at"),
        _OFFICE,
    ),
    Source(
        "permits.StepPart",
        (
            "application_id",
            "visit_id",
            "role_id",
            "position_id",
            "asked_at",
            "finished_at",
            "finished_by_id",
            "capacity",
            "outcome",
            "opinion",
            "note",
        ),
        _OFFICE,
        Q(finished_at__isnull=False),
        later=("step_id",),
    ),
    Source(
        "permits.Opening",
        ("application_id", "kind", "what", "file_key", "person_id", "capacity", "at"),
        _OFFICE,
        later=("reason",),
    ),
    Source(
        "permits.CertificateOrder",
        (
            "certificate_id",
            "kind",
            "reason",
            "ground",
            "found_on",
            "decree_number",
            "decree_date",
            "replacement_id",
            "proposed_by_id",
            "proposed_capacity",
            "proposed_at",
            "decision",
            "decided_by_id",
            "decided_capacity",
            "decided_at",
            "effective_at",
        ),
        "certificate__application__office__code",
        _DECIDED,
    ),
    Source(
        "permits.CertificateNumber",
        ("register_id", "value", "text", "application_id", "reserved_at"),
        _OFFICE,
    ),
    Source(
        "permits.Certificate",
        (
            "application_id",
            "number_id",
            "token",
            "signer_id",
            "signer_capacity",
            "signed_at",
            "valid_from",
            "valid_until",
            "sha256",
        ),
        _OFFICE,
        Q(signed_at__isnull=False),
    ),
)
