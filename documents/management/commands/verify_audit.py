"""Recompute the audit chains and name what is broken."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from documents import evidence
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
        folder: Path = options["heads"]
        try:
            outside = list(evidence.published_heads(folder))
            problems = list(audit.verify(outside))
            signatures = evidence.check_signatures(folder)
            stamps = evidence.check_stamps(folder)
            overdue = evidence.overdue_chains(folder, timezone.now())
        except ValueError as error:
            raise CommandError(str(error)) from error
        if signatures.missing:
            self.stdout.write(f"Tanpa tanda tangan: {_names(signatures.missing)}")
        if missing := evidence.unstamped(folder):
            self.stdout.write(f"Belum bercap waktu: {_names([path.name for path in missing])}")
        if stamps.late:
            self.stdout.write(f"Dicap lebih dari dua hari kemudian: {_names(stamps.late)}")
        lines = [f"{p.chain}: {_SENTENCES[p.what].format(**p._asdict())}" for p in problems]
        lines += [
            f"{name}: tanda tangan tidak sah ({why})" for name, why in signatures.broken.items()
        ]
        lines += [f"{name}: cap waktu tidak sah ({why})" for name, why in stamps.broken.items()]
        lines += [_overdue(chain, last, folder) for chain, last in overdue.items()]
        if lines:
            raise CommandError("\n".join(lines))
        for report, rows in audit.destroyed():
            self.stdout.write(f"{rows} catatan dimusnahkan menurut berita acara {report}.")
        total = sum(head.number for head in audit.heads())
        self.stdout.write(
            f"{total} mata rantai diperiksa dan dibandingkan dengan {len(outside)} ujung rantai di "
            f"{folder}: semua utuh."
        )
        if signatures.signers:
            self.stdout.write(
                f"{signatures.signers.total()} tanda tangan diperiksa: semua sah "
                f"({', '.join(sorted(signatures.signers))})."
            )
        if stamps.held:
            self.stdout.write(f"{len(stamps.held)} cap waktu diperiksa: semua sah.")


def _overdue(chain: str, last: datetime | None, folder: Path) -> str:
    if last is None:
        return f"{chain}: tidak ada ujung rantai di {folder}"
    day = f"{timezone.localtime(last):%d-%m-%Y}"
    return f"{chain}: ujung rantai terakhir di {folder} bertanggal {day}, sesudahnya tidak ada"


def _names(files: list[str]) -> str:
    shown = ", ".join(files[:5])
    return f"{len(files)} berkas ({shown}{', …' if len(files) > 5 else ''})"
