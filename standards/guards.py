"""What the database refuses to change in a published standard (ADR 0003)."""

from workflow.guards import Guard, register

_VERSION = (
    "EXISTS (SELECT 1 FROM standards_standardversion v "
    "WHERE v.id = {row}.version_id AND v.status = 'ditetapkan')"
)
_PROCEDURE = (
    "EXISTS (SELECT 1 FROM standards_procedure p "
    "WHERE p.id = {row}.procedure_id AND p.published_at IS NOT NULL)"
)
_SHARED = (
    "EXISTS (SELECT 1 FROM standards_sopstep s JOIN standards_procedure p ON p.id = s.procedure_id "
    "WHERE s.id = {row}.sopstep_id AND p.published_at IS NOT NULL)"
)
_ALL = ("INSERT", "UPDATE", "DELETE")
MESSAGE = "standar yang sudah ditetapkan tidak dapat diubah"

# what a maklumat says once it is set; where it hangs and its copy are kept up to date
_PLEDGE_SAYS = ("text", "decree", "signed_on", "signed_by", "effective_on", "status", "office_id")
_PLEDGE_CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _PLEDGE_SAYS)
_PLEDGE = "{row}.status = 'ditetapkan'"

register(
    Guard(
        "guard_pledge",
        "standards_servicepledge",
        ("DELETE",),
        "maklumat yang sudah ditetapkan tidak dapat dihapus",
        _PLEDGE,
    ),
    Guard(
        "guard_pledgewords",
        "standards_servicepledge",
        ("UPDATE",),
        "maklumat yang sudah ditetapkan tidak dapat diubah",
        f"{_PLEDGE} AND ({_PLEDGE_CHANGED})",
        old_only=True,
    ),
    Guard(
        "guard_standardversion",
        "standards_standardversion",
        ("UPDATE", "DELETE"),
        MESSAGE,
        "{row}.status = 'ditetapkan'",
        old_only=True,
    ),
    Guard(
        "guard_procedure",
        "standards_procedure",
        ("UPDATE", "DELETE"),
        MESSAGE,
        "{row}.published_at IS NOT NULL",
        old_only=True,
    ),
    # its name is older than its table: what an earlier version installed is lifted by it
    Guard("guard_fee", "standards_feerule", _ALL, MESSAGE, _VERSION),
    Guard("guard_role", "standards_procedurerole", _ALL, MESSAGE, _PROCEDURE),
    Guard("guard_step", "standards_sopstep", _ALL, MESSAGE, _PROCEDURE),
    Guard("guard_performers", "standards_sopstep_performers", _ALL, MESSAGE, _SHARED),
    *(
        Guard(f"guard_{table}", f"standards_{table}", _ALL, MESSAGE, _VERSION)
        for table in (
            "standardcomponent",
            "fact",
            "requirementgroup",
            "requirement",
            "legalbasis",
            "feerow",
            "paper",
            "eligibilityrule",
            "termrule",
            "versionprocedure",
        )
    ),
)
