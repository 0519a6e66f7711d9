"""System checks of the portal, and the refusal to serve while one fails in production."""

import ctypes
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.models import Q
from django.utils import timezone

from accounts.domain.leaked import is_list
from documents.key_files import DEMO_MARKER

DEMO_DOMAIN = "@demo.invalid"
TRIAL = "trial"  # a check that only `manage.py check --deploy` makes

# What WeasyPrint loads, and the Debian package that brings it. Without the third, pages still
# render, but ten times slower: that counts as missing.
PAGE_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}

_Apps = Sequence[AppConfig] | None
_Messages = list[checks.CheckMessage]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


@checks.register()
def page_libraries(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Say which library for making PDF pages is missing: an error where it counts."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [name for name in PAGE_LIBRARIES if not _loads(name)]
    if not missing:
        return []
    packages = " ".join(PAGE_LIBRARIES[name] for name in missing)
    kind = checks.Warning if settings.DEMO else checks.Error
    return [
        kind(
            f"System libraries for making certificates are missing: {', '.join(missing)}",
            hint=f"On Debian: apt-get install --no-install-recommends {packages}",
            id="portal.E001",
        )
    ]


@checks.register(checks.Tags.database)
def database_of_this_version(
    app_configs: _Apps, databases: Sequence[str] | None = None, **kwargs: Any
) -> _Messages:
    """Refuse to migrate a database of another version of the portal.

    Either it was made with migrations that are no longer here, or it holds standards of a shape
    whose digests no migration may write anew.
    """
    problems: _Messages = []
    for alias in databases or ():
        loader = MigrationLoader(connections[alias])
        unknown = sorted(
            f"{app}.{name}"
            for app, name in loader.applied_migrations
            if app in loader.migrated_apps and (app, name) not in loader.disk_migrations
        )
        if unknown:
            problems.append(
                _refused(
                    f"It lacks the migrations {', '.join(unknown[:3])}"
                    + (f" and {len(unknown) - 3} more." if len(unknown) > 3 else ".")
                )
            )
        elif _holds_old_standards(loader, alias):
            problems.append(_refused("Its standards ask questions and fields, not facts."))
    return problems


def _refused(reason: str) -> checks.Error:
    return checks.Error(
        "The database was made by another version of the portal, and this version cannot go on "
        f"with it. {reason}",
        hint="Nothing in it has been changed. To start anew, move the old data aside "
        f"(mv {settings.VAR_DIR} {settings.VAR_DIR}-old), or name an empty database "
        "in DATABASE_URL.",
        id="portal.E010",
    )


def _holds_old_standards(loader: MigrationLoader, alias: str) -> bool:
    """Whether there are standards from before ``standards.0005_facts``."""
    applied = loader.applied_migrations
    if ("standards", "0005_facts") in applied or ("standards", "0001_initial") not in applied:
        return False
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1 FROM standards_standardversion LIMIT 1")
        return cursor.fetchone() is not None


@checks.register(deploy=True)
def no_demo_people(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Passwords of the demo people are printed by ``make run``: they may not open a real office."""
    people = get_user_model()._default_manager
    try:
        demo_people = people.filter(Q(is_demo=True) | Q(email__iendswith=DEMO_DOMAIN)).count()
    except DatabaseError as error:
        return [
            checks.Error(
                f"The database cannot be asked whether it holds demo people: {error}",
                hint="Is it running, and has `manage.py migrate` been run?",
                id="portal.E003",
            )
        ]
    if not demo_people:
        return []
    return [
        checks.Error(
            f"The database holds {demo_people} demo accounts.",
            hint="Begin with an empty database; the demo world has no way into a real one.",
            id="portal.E002",
        )
    ]


@checks.register(deploy=True)
def second_factor_holds(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Officers of a real office come in with a second factor, sealed with a key of its own."""
    problems: _Messages = []
    if not settings.SECOND_FACTOR_REQUIRED:
        problems.append(
            checks.Error(
                "Officers and administrators need no second factor (SECOND_FACTOR_REQUIRED).",
                hint="Only the demo may do without it: portal.settings.production asks for it.",
                id="portal.E013",
            )
        )
    keys = settings.SECOND_FACTOR_KEYS
    if not keys or settings.DEVELOPMENT_SECOND_FACTOR_KEY in keys:
        problems.append(
            checks.Error(
                "The secrets of second factors are sealed with the key of the demo, or with none.",
                hint="Set SECOND_FACTOR_KEYS: docs/operations.md.",
                id="portal.E014",
            )
        )
    return problems


@checks.register(deploy=True)
def keys_are_for_their_owner(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """The keys are the signing worker's own: nobody else may read them. Others are given none."""
    if settings.SIGNING_DIR is None:
        return []
    folder = Path(settings.SIGNING_DIR)
    if not folder.is_dir():
        return [
            checks.Error(
                f"SIGNING_DIR {folder} is not a folder that this user can enter.",
                hint="It holds the signing keys; docs/operations.md says how it is filled.",
                id="portal.E005",
            )
        ]
    open_to_others = [
        path
        for path in (folder, *sorted(folder.rglob("*")))
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    return [
        checks.Error(
            f"Others on this machine can reach the signing keys: {path}",
            hint=f"chmod go-rwx {path}",
            id="portal.E006",
        )
        for path in open_to_others[:1]
    ]


@checks.register(deploy=True)
def trust_is_readable(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Say when files cannot be verified: the certificates of the issuers are public."""
    folder = Path(settings.TRUST_DIR)
    if not os.access(folder, os.R_OK | os.X_OK):
        return [
            checks.Error(
                f"TRUST_DIR {folder} is not a folder that this user can read.",
                hint="It holds ca.pem and anchors/: docs/operations.md, the keys.",
                id="portal.E011",
            )
        ]
    if (folder / "ca.pem").is_file():
        return []
    return [
        checks.Warning(
            f"There is no ca.pem in TRUST_DIR {folder}: nothing can be signed or verified.",
            hint="Put the certificate of the issuer there: docs/operations.md, the keys.",
            id="portal.W013",
        )
    ]


@checks.register(deploy=True)
def no_development_key(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """A key that ``make run`` made may not sign a certificate of a real office."""
    folders = [Path(folder) for folder in (settings.SIGNING_DIR, settings.TRUST_DIR) if folder]
    return [
        checks.Error(
            f"{folder} belongs to a development key (file {DEMO_MARKER}).",
            hint="Use the signing key that was issued to the office.",
            id="portal.E004",
        )
        for folder in folders
        if any(folder.rglob(DEMO_MARKER))
    ]


@checks.register(deploy=True)
def leaked_passwords_are_known(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Say that leaked passwords are taken: there is no list of them, or it cannot be used."""
    path, problem = settings.LEAKED_PASSWORDS, ""
    if not path:
        problem = "Passwords that leaked elsewhere are taken."
    else:
        try:
            with Path(path).open("rb") as digests:
                if not is_list(digests):
                    problem = f"{path} is no sorted list of SHA-1: leaked passwords are taken."
        except OSError as error:
            problem = f"The list of leaked passwords cannot be read: {error}"
    hint = "Set LEAKED_PASSWORDS: docs/operations.md."
    return [checks.Warning(problem, hint=hint, id="portal.W023")] if problem else []


@checks.register(deploy=True)
def somebody_is_told(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Say what nobody would notice until it is too late; no reason not to start."""
    missing = {
        "ADMINS": ("Nobody gets a mail when a page fails.", "portal.W011"),
        "CLAMD_ADDRESS": ("Uploads are opened by officers without a virus scan.", "portal.W016"),
        "BACKUP_RECIPIENTS": ("No backup can be made.", "portal.W012"),
    }
    return [
        checks.Warning(text, hint=f"Set {name}: docs/operations.md.", id=key)
        for name, (text, key) in missing.items()
        if not getattr(settings, name)
    ]


@checks.register(deploy=True)
def calendar_reaches_far_enough(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Say months ahead that promises will soon be estimates; no reason not to start."""
    from workflow.coverage import missing_year

    try:
        year = missing_year(timezone.localdate())
    except DatabaseError:  # reported by another check
        return []
    if year is None:
        return []
    return [
        checks.Warning(
            f"The holidays of {year} are not decreed in the working calendar.",
            hint="Enter them in the administration pages, or run `manage.py load_holidays`.",
            id="portal.W009",
        )
    ]


@checks.register(deploy=True)
def folders_take_files(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Uploads, certificates and the clock's memory need a place before the first one comes."""
    return [
        checks.Error(
            f"{name} {folder} is not a folder that this user can write to.",
            hint="Make it, and give it to the user that runs web, worker and beat.",
            id="portal.E008",
        )
        for name in ("PRIVATE_ROOT", "VAR_DIR")
        if not os.access(folder := Path(getattr(settings, name)), os.W_OK | os.X_OK)
    ]


@checks.register()
def private_stays_private(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Private files and keys may not lie under a folder that is served, nor hold one."""
    served = Path(settings.STATIC_ROOT).resolve()
    problems: _Messages = []
    for name in ("PRIVATE_ROOT", "SIGNING_DIR"):
        if getattr(settings, name) is None:
            continue
        folder = Path(getattr(settings, name)).resolve()
        if folder.is_relative_to(served) or served.is_relative_to(folder):
            problems.append(
                checks.Error(
                    f"{name} {folder} and the public STATIC_ROOT {served} lie inside each other.",
                    hint="Give each a folder of its own.",
                    id="portal.E007",
                )
            )
    return problems


def checks_of_a_start() -> list[Any]:
    """Return all checks but those that wait for others and send mails (``check --deploy``)."""
    every = checks.registry.registry.get_checks(include_deployment_checks=True)
    return [check for check in every if TRIAL not in check.tags]


def refuse_unsafe_start() -> None:
    """Stop a web server, worker or beat of production when any check, deploy included, fails.

    The demo serves with demo people and its own key on purpose, so it is left alone.
    """
    if settings.DEMO:
        return
    failed = [
        message
        for check in checks_of_a_start()
        for message in check(app_configs=None, databases=None)
        if message.is_serious() and not message.is_silenced()
    ]
    if failed:
        raise ImproperlyConfigured(
            "The portal does not start:\n" + "\n".join(str(message) for message in failed)
        )
