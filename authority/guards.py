"""What the database refuses to change: proposals, and the record of what became of them."""

from authority.domain.lifecycle import Status
from workflow.guards import Guard, register

MESSAGE = "catatan wewenang tidak dapat diubah"
register(
    Guard("guard_proposal", "authority_proposal", ("DELETE",), MESSAGE),
    Guard(
        "guard_settled_proposal",
        "authority_proposal",
        ("UPDATE",),
        MESSAGE,
        f"{{row}}.status <> '{Status.PROPOSED}'",
        old_only=True,
    ),
    Guard("guard_proposalrecord", "authority_proposalrecord", ("UPDATE", "DELETE"), MESSAGE),
    Guard("guard_actsseen", "authority_actsseen", ("UPDATE", "DELETE"), MESSAGE),
    Guard("guard_operatoract", "authority_operatoract", ("UPDATE", "DELETE"), MESSAGE),
)
