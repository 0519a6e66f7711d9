"""Rows that the database itself refuses to change: triggers for SQLite and PostgreSQL.

Written once here; services and admin refuse earlier and in better words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Guard:
    """Forbid ``operations`` (INSERT, UPDATE, DELETE) on ``table`` where ``when`` holds.

    ``when`` is SQL over ``{row}``, replaced by OLD or NEW; an empty string means always.
    ``old_only`` tests OLD alone on UPDATE, so that the update which freezes a row itself passes.
    """

    name: str
    table: str
    operations: Sequence[str]
    message: str
    when: str = ""
    old_only: bool = False


def unless_destroyed(source: str, when: str = "") -> str:
    """Return the condition of a guard on rows of ``source`` ("app.Model") that rule may destroy.

    They are guarded (``when`` given: only then) unless an act of destruction names the row and is
    not finished yet (``workflow.destruction``).
    """
    named = (
        "NOT EXISTS (SELECT 1 FROM workflow_destroyedrow d "  # noqa: S608 - names of our models
        f"WHERE d.source = '{source}' AND d.row = CAST({{row}}.id AS TEXT) "
        "AND d.finished_at IS NULL)"
    )
    return f"({when}) AND {named}" if when else named


def install(guard: Guard, connection: Any) -> None:
    """Create the triggers of ``guard``."""
    with connection.cursor() as cursor:
        for operation in guard.operations:
            for sql in _create(guard, operation, connection.vendor):
                cursor.execute(sql)


def remove(guard: Guard, connection: Any) -> None:
    """Drop the triggers of ``guard``."""
    with connection.cursor() as cursor:
        for operation in guard.operations:
            name = _trigger(guard, operation)
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


REGISTERED: list[Guard] = []


def register(*guards: Guard) -> None:
    """Keep ``guards`` installed: they are lifted before every migrate and put back after it.

    Not a migration operation, because SQLite rebuilds a table to alter it and drops its triggers.
    """
    REGISTERED.extend(guard for guard in guards if guard not in REGISTERED)


def lift(connection: Any) -> None:
    """Drop every registered trigger (migrations, and tests that empty the tables)."""
    for guard in REGISTERED:
        remove(guard, connection)


def restore(connection: Any) -> None:
    """Put every registered trigger back whose table exists."""
    tables = set(connection.introspection.table_names())
    for guard in REGISTERED:
        if guard.table in tables:
            remove(guard, connection)
            install(guard, connection)
    if connection.vendor == "postgresql":
        for table in sorted({guard.table for guard in REGISTERED} & tables):
            _set_rights(table, connection)


def closed_operations(table: str) -> set[str]:
    """Return what no row of ``table`` ever suffers: the operations of guards without ``when``."""
    guards = [guard for guard in REGISTERED if guard.table == table and not guard.when]
    return {operation for guard in guards for operation in guard.operations}


def _set_rights(table: str, connection: Any) -> None:
    """Leave closed operations to the owner of the table (``deploy/postgresql/roles.sql``).

    Everybody else who may add rows gets the others, also those that a guard closed in an earlier
    version.
    """
    closed = closed_operations(table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT grantee::regrole::text FROM pg_class, aclexplode(relacl) "
            "WHERE oid = %s::regclass AND privilege_type = 'INSERT' "
            "AND grantee NOT IN (relowner, 0)",
            [table],
        )
        for (role,) in cursor.fetchall():
            for operation in ("UPDATE", "DELETE"):
                verb, word = ("REVOKE", "FROM") if operation in closed else ("GRANT", "TO")
                cursor.execute(f"{verb} {operation} ON {table} {word} {role}")


def _trigger(guard: Guard, operation: str) -> str:
    return f"{guard.name}_{operation.lower()}"


def _create(guard: Guard, operation: str, vendor: str) -> list[str]:
    name = _trigger(guard, operation)
    rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[operation]
    if operation == "UPDATE" and guard.old_only:
        rows = ("OLD",)
    conditions = [guard.when.format(row=row) for row in rows] if guard.when else ["1=1"]
    when = " OR ".join(f"({condition})" for condition in dict.fromkeys(conditions))
    if vendor == "postgresql":
        back = "OLD" if operation == "DELETE" else "NEW"
        return [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when} THEN RAISE EXCEPTION '{guard.message}' USING ERRCODE = "
            f"'integrity_constraint_violation'; END IF; RETURN {back}; END $$",
            f"CREATE TRIGGER {name} BEFORE {operation} ON {guard.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return [
        f"CREATE TRIGGER {name} BEFORE {operation} ON {guard.table} FOR EACH ROW WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    ]
