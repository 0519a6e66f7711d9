"""The records of complaints that are evidence (``workflow.audit``)."""

from workflow.audit import Source, register

_RECORD = ("event", "source", "to", "actor_id", "capacity", "at", "note")

register(
    Source("complaints.ComplaintRecord", ("subject_id", *_RECORD), "subject__office__code"),
    Source(
        "complaints.IdentityOpening",
        ("complaint_id", "person_id", "capacity", "reason", "at"),
        "complaint__office__code",
    ),
)
