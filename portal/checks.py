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

DEMO_DOMAIN = "@demo.invalid"
DEVELOPMENT_MARKER = "DEVELOPMENT"

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
    """Refuse to migrate a database that was made with migrations that are no longer here."""
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
                checks.Error(
                    "The database was made by another version of the portal, and this version "
                    f"cannot go on with it. It lacks the migrations {', '.join(unknown[:3])}"
                    + (f" and {len(unknown) - 3} more." if len(unknown) > 3 else "."),
                    hint="Nothing in it has been changed. To start anew, move the old data aside "
                    f"(mv {settings.VAR_DIR} {settings.VAR_DIR}-old), or name an empty database "
                    "in DATABASE_URL.",
                    id="portal.E010",
                )
            )
    return problems


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
def no_development_key(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """A key that ``make run`` made may not sign a certificate of a real office."""
    folder = Path(settings.SIGNING_DIR)
    if not folder.is_dir():
        return [
            checks.Error(
                f"SIGNING_DIR {folder} is not a folder.",
                hint="It holds the signing keys; docs/operations.md says how it is filled.",
                id="portal.E005",
            )
        ]
    problems: _Messages = []
    if any(folder.rglob(DEVELOPMENT_MARKER)):
        problems.append(
            checks.Error(
                f"SIGNING_DIR {folder} holds a development key (file {DEVELOPMENT_MARKER}).",
                hint="Use the signing key that was issued to the office.",
                id="portal.E004",
            )
        )
    if folder.stat().st_mode & stat.S_IRWXO:
        problems.append(
            checks.Error(
                f"Everybody on this machine can enter SIGNING_DIR {folder}.",
                hint=f"chmod o-rwx {folder}",
                id="portal.E006",
            )
        )
    return problems


@checks.register(deploy=True)
def somebody_is_told(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Say what nobody would notice until it is too late; no reason not to start."""
    missing = {
        "ADMINS": ("Nobody gets a mail when a page fails.", "portal.W011"),
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


def refuse_unsafe_start() -> None:
    """Stop a web server, worker or beat of production when any check, deploy included, fails.

    The demo serves with demo people and its own key on purpose, so it is left alone.
    """
    if settings.DEMO:
        return
    failed = [
        message
        for message in checks.run_checks(include_deployment_checks=True)
        if message.is_serious() and not message.is_silenced()
    ]
    if failed:
        raise ImproperlyConfigured(
            "The portal does not start:\n" + "\n".join(str(message) for message in failed)
        )
