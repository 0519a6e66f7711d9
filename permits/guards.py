"""Database triggers that refuse updates and deletes of records and clock events."""

from workflow.guards import Guard, register

MESSAGE = "catatan tidak dapat diubah atau dihapus"

register(
    Guard("guard_applicationrecord", "permits_applicationrecord", ("UPDATE", "DELETE"), MESSAGE),
    Guard("guard_clockevent", "permits_applicationclockevent", ("UPDATE", "DELETE"), MESSAGE),
    Guard("guard_duedatechange", "permits_duedatechange", ("UPDATE", "DELETE"), MESSAGE),
    Guard("guard_refusal", "permits_refusal", ("DELETE",), MESSAGE),
    Guard(
        "guard_decided_refusal",
        "permits_refusal",
        ("UPDATE",),
        MESSAGE,
        when="{row}.decision IN ('dikembalikan', 'gugur') OR {row}.objection_until IS NOT NULL",
        old_only=True,
    ),
    Guard("guard_initial", "permits_initial", ("UPDATE", "DELETE"), MESSAGE),
)
