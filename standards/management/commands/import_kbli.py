"""Import a table (XLSX or CSV) of business lines or of pairs of two editions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import override

from standards.services.kbli_table import import_kbli
from workflow.tomlfile import FileFault


class Command(BaseCommand):
    help = "Masukkan tabel KBLI (kode, edisi, judul) atau padanannya dari berkas XLSX atau CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="Berkas XLSX atau CSV UTF-8.")
        parser.add_argument(
            "--whole",
            action="store_true",
            help="Tabel memuat semua kode golongan pokok (dua angka pertama) yang disebutnya.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was stored; raises ``CommandError`` with every fault by row and column."""
        file: Path = options["file"]
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"Berkas {file} tidak dapat dibaca.") from error
        try:
            with override("id"):
                today = timezone.localdate()
                done = import_kbli(content, file.name, on=today, whole=options["whole"])
        except FileFault as fault:
            raise CommandError("\n".join(map(str, fault.faults))) from fault
        self.stdout.write(f"{done.added} baris ditambahkan, {done.changed} judul diperbarui.")
