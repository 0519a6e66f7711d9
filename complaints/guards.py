"""Tables whose rows the database protects against change and deletion."""

from workflow.guards import Guard, register

MESSAGE = "catatan pengaduan tidak dapat diubah atau dihapus"
_TABLES = (
    "complaintrecord",
    "identityopening",
    "approval",
    "escalation",
    "monthlyreportrecord",
    "reportinitial",
)

register(
    *(
        Guard(f"guard_{table}", f"complaints_{table}", ("UPDATE", "DELETE"), MESSAGE)
        for table in _TABLES
    )
)
