"""The acts of the schedule as evidence (``workflow.audit``)."""

from django.db.models import Q

from workflow.audit import Source, register

register(
    Source(
        "archives.Disposal",
        (
            "number",
            "act",
            "approval",
            "proposed_by_id",
            "proposed_at",
            "decided_by_id",
            "decided_at",
            "done_at",
        ),
        "office__code",
        Q(done_at__isnull=False),
    ),
    Source(
        "archives.DisposalItem",
        ("disposal_id", "application_id", "label", "closed_on", "done_at", "left_out", "files"),
        "disposal__office__code",
        Q(disposal__done_at__isnull=False),
    ),
    Source(
        "archives.DisposalReport",
        ("disposal_id", "signed_at", "sha256"),
        "disposal__office__code",
        Q(signed_at__isnull=False),
    ),
)
