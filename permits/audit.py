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
