"""Recompute the audit chains and name what is broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from documents.evidence import published_heads
from workflow import audit

_SENTENCES = {
    "tail": "mata rantai {number} dan sesudahnya hilang",
    "entry": "mata rantai {number} diubah atau dihapus ({source} {row})",
    "row": "{source} {row} diubah atau dihapus sesudah mata rantai {number}",
}


class Command(BaseCommand):
    """``manage.py verify_audit [--heads FOLDER]``: exit status 1 when anything is broken."""

    help = "Memeriksa rantai bukti: apa yang diubah atau dihapus sesudah dicatat."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--heads",
            type=Path,
            default=Path(settings.AUDIT_DIR),
            help="Map berisi ujung rantai yang disimpan di luar basis data.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            problems = list(audit.verify(published_heads(options["heads"])))
        except ValueError as error:
            raise CommandError(str(error)) from error
        if problems:
            lines = [f"{p.chain}: {_SENTENCES[p.what].format(**p._asdict())}" for p in problems]
            raise CommandError("\n".join(lines))
        total = sum(head.number for head in audit.heads())
        self.stdout.write(f"{total} mata rantai diperiksa: semua utuh.")
