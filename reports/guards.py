"""What the database refuses to change: the content of a signed report, and initials."""

from workflow.guards import Guard, register

_SIGNED = "{row}.status IN ('ditandatangani', 'diterbitkan')"
_CHANGED = "(NEW.digest <> OLD.digest OR CAST(NEW.content AS TEXT) <> CAST(OLD.content AS TEXT))"
MESSAGE = "laporan yang sudah ditandatangani tidak dapat diubah"

register(
    Guard("guard_report", "reports_report", ("DELETE",), MESSAGE, _SIGNED),
    Guard(
        "guard_reportcontent",
        "reports_report",
        ("UPDATE",),
        MESSAGE,
        f"{_SIGNED} AND {_CHANGED}",
        old_only=True,
    ),
    Guard(
        "guard_reportinitial",
        "reports_reportinitial",
        ("UPDATE", "DELETE"),
        "paraf laporan tidak dapat diubah atau dihapus",
    ),
)
