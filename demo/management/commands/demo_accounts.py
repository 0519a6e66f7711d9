"""Who logs in as whom in the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from demo import people


class Command(BaseCommand):
    """``manage.py demo_accounts``: position, e-mail and password of every demo account."""

    help = "Menampilkan akun demo: jabatan, alamat e-mail, dan kata sandinya."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("Tidak ada akun demo di lingkungan produksi."))
        accounts = people.accounts()
        if not accounts:
            raise CommandError(_("Belum ada akun demo. Jalankan dahulu: manage.py load_demo"))
        rows = [(_("Unit"), _("Jabatan"), _("Alamat e-mail"))]
        rows += [(account.office, account.position, account.email) for account in accounts]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        self.stdout.write("")
        self.stdout.write(_("Kata sandi semua akun demo: %s") % people.password())
