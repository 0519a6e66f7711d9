"""Recompute the audit chains and name what is broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from documents.evidence import check_stamps, published_heads, unstamped
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
            stamps = check_stamps(options["heads"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        if missing := unstamped(options["heads"]):
            self.stdout.write(f"Belum bercap waktu: {_names([path.name for path in missing])}")
        if stamps.late:
            self.stdout.write(f"Dicap lebih dari dua hari kemudian: {_names(stamps.late)}")
        lines = [f"{p.chain}: {_SENTENCES[p.what].format(**p._asdict())}" for p in problems]
        lines += [f"{name}: cap waktu tidak sah ({why})" for name, why in stamps.broken.items()]
        if lines:
            raise CommandError("\n".join(lines))
        for report, rows in audit.destroyed():
            self.stdout.write(f"{rows} catatan dimusnahkan menurut berita acara {report}.")
        total = sum(head.number for head in audit.heads())
        self.stdout.write(f"{total} mata rantai diperiksa: semua utuh.")
        if stamps.held:
            self.stdout.write(f"{len(stamps.held)} cap waktu diperiksa: semua sah.")


def _names(files: list[str]) -> str:
    shown = ", ".join(files[:5])
    return f"{len(files)} berkas ({shown}{', …' if len(files) > 5 else ''})"
