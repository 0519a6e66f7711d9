"""Tables whose rows the database protects against change and deletion."""

from workflow.guards import Guard, register, unless_destroyed

MESSAGE = "catatan pengaduan tidak dapat diubah atau dihapus"
_TABLES = ("escalation", "monthlyreportrecord", "reportinitial")
_WITH_WORDS = ("ComplaintRecord", "IdentityOpening", "Approval")  # which a destruction blanks

register(
    *(
        Guard(f"guard_{table}", f"complaints_{table}", ("UPDATE", "DELETE"), MESSAGE)
        for table in _TABLES
    ),
    *(
        Guard(
            f"guard_{name.lower()}",
            f"complaints_{name.lower()}",
            ("UPDATE", "DELETE"),
            MESSAGE,
            unless_destroyed(f"complaints.{name}"),
        )
        for name in _WITH_WORDS
    ),
)
