"""Show, and with ``--apply`` move, the promised dates that a changed calendar moves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from permits.services import calendar_changes, recounts


class Command(BaseCommand):
    help = "Menampilkan tanggal janji yang bergeser karena kalender berubah; --apply menerapkannya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        for move in calendar_changes.preview(calendar_changes.all_counters(at), at):
            self.stdout.write(f"{move.row.number} {move.kind}: {move.old_on} -> {move.new_on}")
        if options["apply"]:
            moved = recounts.apply(at, actor=None)
            self.stdout.write(f"{moved.done} tanggal dipindahkan, {moved.failed} gagal.")
