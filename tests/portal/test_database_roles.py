"""Three roles in the database: the portal itself can change nothing about its tables."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pyrage
import pytest

from tests.servers import ROOT, Portal, running_portal
from workflow import guards

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
SCRIPT = ROOT / "deploy" / "postgresql" / "roles.sql"
KEY = pyrage.x25519.Identity.generate()

PUBLIC = "from permits.models import Certificate; print(Certificate.objects.public().count())"
SUBMIT = """
from django.utils import timezone
from accounts.models import User
from demo import samples
from standards.models import Service
now = timezone.now()
applicant = User.objects.get(email="pemohon1@demo.invalid")
draft = samples.draft(Service.objects.order_by("pk")[0], applicant, now)
print(samples.act(samples.submit(draft, now), now).status)
"""


@dataclass(frozen=True)
class Roles:
    """A new database of the test server and the names of its three roles."""

    database: str
    owner: str
    application: str
    backup: str

    def url(self, role: str) -> str:
        """Return the address of the database for one of the roles."""
        server = urlsplit(os.environ["TEST_DATABASE_URL"])
        place = server.netloc.rpartition("@")[2]
        return urlunsplit(server._replace(netloc=f"{role}@{place}", path=f"/{self.database}"))

    def run(self, **passwords: str) -> None:
        """Run the script, as the superuser of the server."""
        words = [word for name, value in vars(self).items() for word in ("-v", f"{name}={value}")]
        done = subprocess.run(
            ["psql", "-X", "-d", os.environ["TEST_DATABASE_URL"], *words, "-f", str(SCRIPT)],
            env={**os.environ, **passwords},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""


def as_superuser(statement: str, database: str = "") -> list[tuple[object, ...]]:
    server = os.environ["TEST_DATABASE_URL"]
    place = urlsplit(server)._replace(path=f"/{database}") if database else urlsplit(server)
    return ask(urlunsplit(place), statement)


def ask(url: str, *statements: str) -> list[tuple[object, ...]]:
    """Run statements outside a transaction and return the rows of the last one."""
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []


def remove(roles: Roles) -> None:
    as_superuser(f"DROP DATABASE IF EXISTS {roles.database} WITH (FORCE)")
    for role in (roles.owner, roles.application, roles.backup):
        as_superuser(f"DROP ROLE IF EXISTS {role}")


def new_roles() -> Roles:
    mark = secrets.token_hex(5)
    return Roles(f"roles_{mark}", f"owner_{mark}", f"app_{mark}", f"backup_{mark}")


@pytest.fixture(scope="module")
def roles() -> Iterator[Roles]:
    roles = new_roles()
    try:
        roles.run()
        yield roles
    finally:
        remove(roles)


@pytest.fixture(scope="module")
def portal(roles: Roles) -> Iterator[Portal]:
    """A portal with the demo world: migrated by the owner, all else by the application."""
    settings = {
        "DATABASE_URL": roles.url(roles.owner),
        "BACKUP_DATABASE_URL": roles.url(roles.backup),
        "BACKUP_RECIPIENTS": str(KEY.to_public()),
    }
    with running_portal(environment=settings, parts=()) as portal:
        portal.manage("migrate", "--verbosity=0")
        portal.environment["DATABASE_URL"] = roles.url(roles.application)
        portal.manage("load_demo")
        yield portal


@pytest.fixture(scope="module")
def world(portal: Portal) -> dict[str, list[dict[str, str]]]:
    """What ``seed_world`` made: files and complaints in every state, beside all processes."""
    portal.start("web", "worker", "beat")
    made: dict[str, list[dict[str, str]]] = json.loads(
        portal.manage("seed_world", "--small", "--json")
    )
    return made


@pytest.fixture(scope="module")
def worked(portal: Portal, world: object) -> Portal:
    """The portal, after a world was played in it."""
    return portal


def test_a_world_is_seeded_beside_a_worker(
    portal: Portal, world: dict[str, list[dict[str, str]]]
) -> None:
    """A worker signs and prints at the same time: neither takes anything away from the other."""
    states = {row["state"] for row in world["objects"] if row["noun"] == "application"}
    assert states >= {"konsep", "diajukan", "terbit", "selesai", "ditolak"}
    assert "konsep" in {row["state"] for row in world["objects"] if row["noun"] == "document"}
    drafts = [
        row["id"]
        for row in world["objects"]
        if (row["noun"], row["state"]) == ("application", "konsep")
    ]
    still = "from permits.models import Application as A;" + (
        f"print(A.objects.filter(public_id__in={drafts!r}, status='konsep').count())"
    )
    assert int(portal.play(still)) == len(drafts) >= 1
    for part in ("worker", "beat"):
        assert "Traceback" not in portal.log(part)


def test_the_portal_works_as_the_application(worked: Portal) -> None:
    worked.play("from workflow.tasks import extend_chains_task as task; task.delay()")
    until = time.monotonic() + 120
    while time.monotonic() < until:
        chained = worked.play("from workflow.audit import heads; print(len(heads()))")
        if int(chained) > 1:
            break
        time.sleep(1)
    assert int(chained) > 1
    worked.stop("beat")
    worked.play(
        "from django.utils import timezone; from workflow.audit import extend_chains;"
        "extend_chains(timezone.now())"
    )
    assert "semua utuh" in worked.manage("verify_audit")
    for part in ("web", "worker"):
        assert "permission denied" not in worked.log(part)


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE permits_applicationrecord",
        "TRUNCATE accounts_user CASCADE",
        "DROP TRIGGER guard_applicationrecord_update ON permits_applicationrecord",
        "ALTER TABLE permits_applicationrecord DISABLE TRIGGER ALL",
        "DROP FUNCTION guard_applicationrecord_update() CASCADE",
        "CREATE OR REPLACE FUNCTION guard_applicationrecord_update() RETURNS trigger "
        "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "SET session_replication_role = replica",
        "CREATE TABLE public.mine (id int)",
        "CREATE TEMPORARY TABLE standards_standardversion (id int)",
        "CREATE SCHEMA mine",
        "CREATE TRIGGER mine BEFORE UPDATE ON accounts_user EXECUTE FUNCTION "
        "suppress_redundant_updates_trigger()",
        "CREATE ROLE mine",
        "SET ROLE {owner}",
        "ALTER DATABASE {database} OWNER TO {application}",
        "SELECT * FROM pg_authid",
        "SELECT pg_read_file('/etc/hostname')",
        "COPY accounts_user TO PROGRAM 'cat'",
        "UPDATE workflow_auditentry SET digest = ''",
        "DELETE FROM workflow_auditentry",
        "DELETE FROM workflow_auditentry WHERE false",
    ],
)
def test_the_application_may_not(roles: Roles, portal: Portal, statement: str) -> None:
    for role in (roles.application, roles.backup):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(
                roles.url(role),
                "SET default_transaction_read_only = off",
                statement.format(**vars(roles)),
            )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM accounts_user",
        "UPDATE accounts_user SET is_superuser = true",
        "INSERT INTO django_session SELECT * FROM django_session",
        "UPDATE workflow_heartbeat SET alarmed_at = NULL",
    ],
)
def test_the_backup_role_writes_nothing(roles: Roles, portal: Portal, statement: str) -> None:
    assert ask(roles.url(roles.backup), "SELECT count(*) FROM accounts_user")
    with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
        ask(roles.url(roles.backup), statement)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(roles.url(roles.backup), "SET default_transaction_read_only = off", statement)


def test_no_table_belongs_to_the_application(roles: Roles, portal: Portal) -> None:
    owners = (
        "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace "
        "UNION SELECT pg_get_userbyid(proowner) FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS "  # pg_trgm is PostgreSQL's own
        "(SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
    )
    assert ask(roles.url(roles.owner), owners) == [(roles.owner,)]
    rights = (
        "SELECT DISTINCT grantee::regrole::text, privilege_type FROM pg_class, aclexplode(relacl) "
        "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND grantee <> relowner"
    )
    assert set(ask(roles.url(roles.owner), rights)) == {
        *((roles.application, kind) for kind in ("SELECT", "INSERT", "UPDATE", "DELETE")),
        (roles.backup, "SELECT"),
    }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE permits_applicationrecord SET note = 'lain'",
        "DELETE FROM permits_applicationrecord",
        "DELETE FROM permits_applicationclockevent",
        "DELETE FROM complaints_complaintrecord",
        "UPDATE complaints_complaintrecord SET note = 'lain'",
    ],
)
def test_records_are_refused_by_right_or_by_trigger(
    roles: Roles, worked: Portal, statement: str
) -> None:
    with pytest.raises((psycopg2.errors.InsufficientPrivilege, psycopg2.IntegrityError)):
        ask(roles.url(roles.application), statement)


def test_what_may_never_change_is_taken_from_the_application(roles: Roles, portal: Portal) -> None:
    tables = {guard.table for guard in guards.REGISTERED}
    closed = {(table, kind) for table in tables for kind in guards.closed_operations(table)}
    assert {("workflow_auditentry", "UPDATE"), ("workflow_auditentry", "DELETE")} <= closed
    may = (
        "SELECT relname, kind FROM pg_class, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE']) kind "
        "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
        "AND has_table_privilege(pg_class.oid, kind)"
    )
    open_ones = {(table, kind) for table in tables for kind in ("INSERT", "UPDATE", "DELETE")}
    open_ones -= closed

    def exact() -> bool:
        allowed = set(ask(roles.url(roles.application), may))
        return not closed & allowed and open_ones <= allowed

    assert exact()
    roles.run()  # the script gives nothing back …
    assert exact()
    table = min(table for table, kind in open_ones if kind == "UPDATE")
    ask(roles.url(roles.owner), f"REVOKE UPDATE ON {table} FROM {roles.application}")
    ask(roles.url(roles.owner), f"GRANT DELETE ON workflow_auditentry TO {roles.application}")
    assert not exact()
    with pytest.MonkeyPatch.context() as patch:  # … and a migration puts right what it finds
        patch.setitem(portal.environment, "DATABASE_URL", roles.url(roles.owner))
        portal.manage("migrate", "--verbosity=0")
    assert exact()


CHECK = "from portal.database_checks import powers; print(powers())"


def test_the_checks_of_a_start_are_loud_about_every_other_user(
    roles: Roles, worked: Portal
) -> None:
    def said(url: str) -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(worked.environment, "DATABASE_URL", url)
            return worked.manage("shell", "--command", CHECK).splitlines()[-1]

    assert said(roles.url(roles.application)) == "[]"
    owned = said(roles.url(roles.owner))
    assert owned.startswith("['owns ")
    assert int(owned.split()[1]) > 50
    superuser = urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{roles.database}")
    assert said(urlunsplit(superuser)) == "['is superuser']"
    grant = f"GRANT DELETE ON workflow_auditentry TO {roles.application}"
    ask(roles.url(roles.owner), grant)
    try:
        assert "may change records" in said(roles.url(roles.application))
    finally:
        ask(roles.url(roles.owner), grant.replace("GRANT", "REVOKE").replace(" TO ", " FROM "))


def test_a_backup_is_made_by_one_role_and_restored_by_another(
    roles: Roles, worked: Portal, tmp_path: Path
) -> None:
    issued = worked.play(PUBLIC)
    assert int(issued) >= 2
    worked.manage("backup", str(tmp_path))
    (made,) = tmp_path.glob("portal-*.tar.age")
    key = tmp_path / "key.txt"
    key.write_text(f"{KEY}\n")
    other = new_roles()
    try:
        other.run()
        settings = {"DATABASE_URL": other.url(other.owner)}
        with running_portal(environment=settings, parts=()) as portal:
            shutil.rmtree(portal.var_dir / "private")  # the demo's own files
            portal.environment["PRIVATE_ROOT"] = str(tmp_path / "private")
            portal.environment["AUDIT_DIR"] = str(tmp_path / "audit")
            portal.manage("restore", str(made), "--identity", str(key))
            portal.environment["DATABASE_URL"] = other.url(other.application)
            assert portal.play(PUBLIC) == issued
            assert portal.play(SUBMIT).strip()
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                ask(other.url(other.application), "DELETE FROM workflow_auditentry")
    finally:
        remove(other)


def test_an_older_installation_is_put_right(roles: Roles) -> None:
    """There one role was everything: it owned database, tables and functions."""
    old = new_roles()
    server = os.environ["TEST_DATABASE_URL"]
    try:
        as_superuser(f"CREATE ROLE {old.owner} LOGIN")
        as_superuser(f"CREATE ROLE {old.application} LOGIN CREATEDB IN ROLE {old.owner}")
        as_superuser(f"CREATE DATABASE {old.database} OWNER {old.application}")
        ask(
            old.url(old.application),
            "CREATE TABLE note (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, text text)",
            "CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NEW; END $$",
            "CREATE TRIGGER guard BEFORE UPDATE ON note FOR EACH ROW EXECUTE FUNCTION guard()",
            f"GRANT TRUNCATE ON note TO {old.application}",
        )
        old.run(OWNER_PASSWORD="rahasia 'satu'")
        application = old.url(old.application)
        ask(application, "INSERT INTO note (text) VALUES ('a')", "UPDATE note SET text = 'b'")
        for refused in (
            "TRUNCATE note",
            "DROP TABLE note",
            "DROP FUNCTION guard() CASCADE",
            f"SET ROLE {old.owner}",
            "CREATE DATABASE mine",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                ask(application, refused)
        passwords = "SELECT rolname FROM pg_authid WHERE rolpassword IS NOT NULL"
        assert (old.owner,) in ask(server, passwords)
    finally:
        remove(old)


def test_one_role_cannot_be_two(roles: Roles) -> None:
    same = Roles(roles.database, roles.owner, roles.owner, roles.backup)
    with pytest.raises(AssertionError, match="three roles"):
        same.run()
