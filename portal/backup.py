"""Backups: the database and all private files as one encrypted set, and the way back.

A set is a tar archive, encrypted with age for the holders of the offline keys. Its members are
``database``, ``files/…`` and last ``manifest.json``, which names every member with its SHA-256.

Private files are written once and never changed. They are copied after the database, so a set holds
every file that its database knows, but those that were deleted between the two: they are named when
the set is made and when it is restored.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pyrage
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import FileField
from django.utils.translation import gettext as _

DATABASE, FILES, MANIFEST = "database", "files/", "manifest.json"
# Another server may have other roles: what they may do is said there (deploy/postgresql/roles.sql).
_NO_ROLES = ("--no-owner", "--no-privileges")


class BackupError(Exception):
    """A backup cannot be made, read or restored; the message is for the operator."""


@dataclass
class Manifest:
    """What a set holds: ``members`` gives the SHA-256 of each member by its name.

    ``gone`` names the files that were deleted while the set was made, which its database may still
    know. It is told to whoever makes the set and does not stand in it.
    """

    made_at: str
    vendor: str
    migrations: list[str]
    members: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    @property
    def files(self) -> set[str]:
        """The names of the private files, as the database has them."""
        return {name.removeprefix(FILES) for name in self.members if name.startswith(FILES)}


class _Digest(io.RawIOBase):
    """A writer that keeps only the SHA-256 of what was written."""

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        """Take the next bytes."""
        self.sha256.update(piece)
        return len(piece)


# Making ------------------------------------------------------------------------------------------


def make_backup(target: Path, recipients: Sequence[str], at: datetime) -> Manifest:
    """Write a set to ``target`` and read it back; return its manifest.

    ``recipients`` are age public keys. The set is also sealed for a key that exists only while this
    function runs: with it the set is decrypted and compared, then moved into place. A file called
    ``target`` is therefore always whole. Raises ``BackupError`` for a key that is none, and when a
    file is missing that the database knows.
    """
    own = pyrage.x25519.Identity.generate()
    keys = [*_recipients(recipients), own.to_public()]
    manifest = Manifest(at.isoformat(), connection.vendor, _applied())
    sealed = target.with_name(f".{target.name}.part")
    with _working_folder() as folder:
        archive = folder / "set.tar"
        before = set(_known_files())
        _dump(folder / DATABASE)
        dumped = set(_known_files())
        _pack(archive, folder / DATABASE, manifest)
        after = set(_known_files())
        manifest.gone = sorted((before | dumped) - after - manifest.files)
        if missing := sorted((dumped & after) - manifest.files):
            raise BackupError(
                _("%(n)s berkas yang dikenal basis data tidak ada: %(names)s")
                % {"n": len(missing), "names": ", ".join(missing[:5])}
            )
        try:
            pyrage.encrypt_file(str(archive), str(sealed), keys)
            _read_back(sealed, own, _digest(archive))
            os.chmod(sealed, 0o600)
            sealed.replace(target)
        finally:
            sealed.unlink(missing_ok=True)
    return manifest


def _recipients(texts: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    if not texts:
        raise BackupError(_("Isi BACKUP_RECIPIENTS dengan kunci publik age."))
    try:
        return [pyrage.x25519.Recipient.from_str(text) for text in texts]
    except pyrage.RecipientError as error:
        raise BackupError(_("Kunci publik cadangan tidak sah.")) from error


def _pack(archive: Path, dump: Path, manifest: Manifest) -> None:
    root = Path(settings.PRIVATE_ROOT)
    stored = {
        FILES + path.relative_to(root).as_posix(): path
        for path in root.rglob("*")
        if path.is_file()
    }
    with tarfile.open(archive, "w") as tar:
        for name, path in [(DATABASE, dump), *sorted(stored.items())]:
            try:
                sha256 = _digest(path)
                tar.add(path, name)
            except FileNotFoundError:  # deleted meanwhile; make_backup looks at what is missing
                continue
            manifest.members[name] = sha256
        told = asdict(manifest)
        del told["gone"]
        text = json.dumps(told, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))


def _read_back(sealed: Path, key: pyrage.x25519.Identity, sha256: str) -> None:
    """Raise ``BackupError`` if what was written does not decrypt to the archive."""
    seen = _Digest()
    with sealed.open("rb") as source:
        pyrage.decrypt_io(source, seen, [key])
        os.fsync(source.fileno())
    if seen.sha256.hexdigest() != sha256:
        raise BackupError(_("Cadangan yang dibaca kembali tidak sama dengan yang ditulis."))


def missing_files(manifest: Manifest) -> list[str]:
    """Return the files that the restored database knows and its set does not hold."""
    return sorted(set(_known_files()) - manifest.files)


def _known_files() -> Iterator[str]:
    """Yield the name of every stored file that a row of the database names."""
    for model in apps.get_models():
        for column in model._meta.local_concrete_fields:
            if isinstance(column, FileField):
                rows = model._base_manager.exclude(**{column.name: ""})
                yield from rows.values_list(column.name, flat=True).iterator()


def _applied() -> list[str]:
    return sorted(".".join(key) for key in MigrationLoader(connection).applied_migrations)


# Restoring ---------------------------------------------------------------------------------------


def restore_backup(source: Path, identity: str) -> Manifest:
    """Restore a set into an empty database and an empty folder of private files.

    ``identity`` is the age private key. Every member is compared with the manifest before anything
    is loaded. Raises ``BackupError`` when the target is not empty, and when the set is not whole,
    for another key, of another kind of database, or of a newer version of the portal.
    """
    root = Path(settings.PRIVATE_ROOT)
    if connection.introspection.table_names():
        raise BackupError(_("Basis data tujuan tidak kosong. Pulihkan ke basis data baru."))
    if root.exists() and any(root.iterdir()):
        raise BackupError(_("Map %(folder)s tidak kosong.") % {"folder": root})
    with _working_folder() as folder:
        manifest = _unpack(source, identity, folder)
        if manifest.vendor != connection.vendor:
            raise BackupError(_("Cadangan ini dari %(kind)s.") % {"kind": manifest.vendor})
        code = MigrationLoader(None).disk_migrations
        if newer := sorted(set(manifest.migrations) - {".".join(key) for key in code}):
            raise BackupError(
                _("Cadangan ini dibuat versi portal yang lebih baru (%(names)s).")
                % {"names": ", ".join(newer[:3])}
            )
        (folder / FILES).mkdir(exist_ok=True)
        shutil.copytree(folder / FILES, root, dirs_exist_ok=True)
        _load(folder / DATABASE)
    return manifest


def _unpack(source: Path, identity: str, folder: Path) -> Manifest:
    archive = folder / "set.tar"
    try:
        key = pyrage.x25519.Identity.from_str(identity.strip())
        pyrage.decrypt_file(str(source), str(archive), [key])
        with tarfile.open(archive) as tar:
            _extract(tar, folder)
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
    except (pyrage.IdentityError, pyrage.DecryptError) as error:
        raise BackupError(_("Cadangan rusak, atau kunci pribadinya lain.")) from error
    except (tarfile.TarError, OSError, ValueError, TypeError) as error:
        raise BackupError(_("Cadangan tidak utuh.")) from error
    found = {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in [folder / DATABASE, *(folder / FILES).rglob("*")]
        if path.is_file()
    }
    if found != manifest.members:
        raise BackupError(_("Cadangan tidak utuh: isinya tidak sama dengan daftarnya."))
    return manifest


def _extract(tar: tarfile.TarFile, folder: Path) -> None:
    """Write the members below ``folder``, plain files alone: Python 3.11.2 knows no filter."""
    for member in tar:
        name = PurePosixPath(member.name)
        content = tar.extractfile(member) if member.isreg() else None
        if content is None or name.is_absolute() or ".." in name.parts:
            raise tarfile.TarError(member.name)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with content, path.open("xb") as target:
            shutil.copyfileobj(content, target)


# Both kinds of database --------------------------------------------------------------------------


def _dump(path: Path) -> None:
    if connection.vendor == "sqlite":
        with sqlite3.connect(path) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        copy.close()
        return
    place = settings.BACKUP_DATABASE or connection.settings_dict
    _run(place, "pg_dump", "--format=custom", *_NO_ROLES, f"--file={path}")


def _load(path: Path) -> None:
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        connection.close()
        shutil.copyfile(path, name)
        return
    database = f"--dbname={connection.settings_dict['NAME']}"
    options = (*_NO_ROLES, "--exit-on-error", "--single-transaction")
    _run(connection.settings_dict, "pg_restore", *options, database, str(path))


def _run(words: Mapping[str, Any], *command: str) -> None:
    """Run a program of PostgreSQL on a database, given as Django has it."""
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    place = {name: str(words[key]) for name, key in names.items() if words[key]}
    done = subprocess.run(  # noqa: S603  fixed programs, no shell
        command,
        env={**os.environ, **place, "PGDATABASE": str(words["NAME"])},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{command[0]}: {done.stderr.strip()}")


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


@contextmanager
def _working_folder() -> Iterator[Path]:
    """Yield a folder that only this user can enter, on the disk of the private files."""
    parent = Path(settings.PRIVATE_ROOT).parent
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=parent) as folder:
        yield Path(folder)
