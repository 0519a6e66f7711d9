"""Fill the retention schedule with the common rows."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archives.services.loading import load_schedule
from workflow.tomlfile import FileFault


class Command(BaseCommand):
    """``manage.py load_retention`` adds what is missing; no row is ever changed."""

    help = "Memuat jadwal retensi arsip bersama."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added = load_schedule(options["folder"])
        except FileFault as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Jadwal retensi: %(added)s baris ditambahkan.") % {"added": added})
