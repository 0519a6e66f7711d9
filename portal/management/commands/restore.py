"""Restore a backup into an empty database and an empty folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.backup import BackupError, missing_files, restore_backup


class Command(BaseCommand):
    """``manage.py restore FILE --identity FILE``; then it applies newer migrations."""

    help = "Memulihkan cadangan ke basis data dan map berkas yang kosong."
    requires_system_checks: list[str] = []  # the database is empty

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("set", type=Path, help="Berkas cadangan (.tar.age).")
        parser.add_argument(
            "--identity", type=Path, required=True, help="Berkas kunci pribadi age."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore_backup(options["set"], _private_key(options["identity"]))
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        call_command("migrate", interactive=False, verbosity=0)
        call_command("check_digests")
        self.stdout.write(f"Dipulihkan: {len(manifest.members)} isi dari {manifest.made_at}.")
        if missing := missing_files(manifest):
            self.stdout.write(
                f"{len(missing)} berkas yang dikenal basis data tidak ada di cadangan ini, karena "
                f"dihapus selama cadangan dibuat: {', '.join(missing)}"
            )


def _private_key(path: Path) -> str:
    """Return the key of a file as ``age-keygen`` writes it: lines with # are remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((line for line in lines if line and not line.startswith("#")), "")
