"""Have uploads scanned again that clamd could not scan, once its cause is mended."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.scanning import scan_again


class Command(BaseCommand):
    """``manage.py scan_again``: the next sweep takes them up."""

    help = "Memeriksa lagi berkas yang belum dapat diperiksa dari virus."

    def handle(self, *args: Any, **options: Any) -> None:
        count = scan_again(timezone.now())
        self.stdout.write(_("%(count)s berkas diperiksa lagi.") % {"count": count})
