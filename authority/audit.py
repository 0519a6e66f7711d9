"""The rows about power over others that are evidence (``workflow.audit``)."""

from workflow.audit import Source, register

register(
    Source(
        "authority.Proposal",
        (
            "kind",
            "person_id",
            "position_id",
            "appointment_id",
            "facts",
            "decree_number",
            "decree_date",
            "reason",
            "proposed_by_id",
            "proposed_at",
        ),
        "office__code",
    ),
    Source(
        "authority.ProposalRecord",
        ("subject_id", "event", "source", "to", "actor_id", "capacity", "at", "note"),
        "subject__office__code",
    ),
    Source(
        "authority.SoleAdministrator",
        ("said_by_id", "said_at", "ended_at"),
        "office__code",
        may_change=True,
    ),
    Source(
        "authority.OperatorAct",
        ("what", "person_id", "names", "detail", "at"),
        "office__code",
    ),
    Source("authority.ActsSeen", ("by_id", "at", "until", "until_on"), "office__code"),
)
