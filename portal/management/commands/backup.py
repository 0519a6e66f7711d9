"""Make one encrypted set of the database and all private files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.backup import BackupError, make_backup
from portal.watch import backup_made


class Command(BaseCommand):
    """``manage.py backup FOLDER``: every night, and before each new version."""

    help = "Membuat cadangan terenkripsi dari basis data dan semua berkas."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", type=Path, help="Map tempat cadangan disimpan.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        target = options["folder"] / f"portal-{now:%Y%m%d-%H%M%S}.tar.age"
        try:
            manifest = make_backup(target, settings.BACKUP_RECIPIENTS, now)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        backup_made(now)
        self.stdout.write(f"{target}: {len(manifest.members)} isi, sudah dibaca kembali.")
        if gone := manifest.gone:
            self.stdout.write(
                f"{len(gone)} berkas dihapus selama cadangan dibuat, tidak ada di dalamnya: "
                f"{', '.join(gone)}"
            )
