"""Whether the portal, as a user of the database, could lift what protects its records."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core import checks
from django.db import DatabaseError, connection

_SUPERUSER = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
_OWNED = """
    SELECT count(*) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND pg_has_role(current_user, relowner, 'MEMBER')
"""
_RECORDS = """
    SELECT count(*) FROM pg_class
    WHERE oid = to_regclass('public.workflow_auditentry')
      AND has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE')
"""


def powers() -> list[str]:
    """Return what the user of DATABASE_URL may do and should not, as ends of a sentence."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SUPERUSER)
        if cursor.fetchone() == (True,):
            return ["is superuser"]
        cursor.execute(_OWNED)
        (owned,) = cursor.fetchone()
        if owned:
            return [f"owns {owned} tables"]
        cursor.execute(_RECORDS)
        (records,) = cursor.fetchone()
        return ["may change records that nobody may change"] if records else []


@checks.register(deploy=True)
def database_user_is_no_owner(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Whoever owns a table can drop the triggers that protect it (ADR 0029)."""
    try:
        found = powers()
    except DatabaseError:  # reported by another check
        return []
    return [
        checks.Error(
            f"The user of DATABASE_URL {power}.",
            hint="Run deploy/postgresql/roles.sql, migrate as the owner, and give the portal the "
            "role of the application: docs/operations.md.",
            id="portal.E020",
        )
        for power in found
    ]
