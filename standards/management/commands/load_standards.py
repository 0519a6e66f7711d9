"""Load offices, cited laws, procedures and service standards, and publish the standards."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from standards.services import loading
from standards.services.loading import Outcome
from workflow.tomlfile import FileFault


class Command(BaseCommand):
    """``manage.py load_standards [--folder fixtures]``; what exists is left as it is."""

    help = "Memuat unit, peraturan, prosedur, dan standar pelayanan, lalu menetapkan standarnya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for loaded in loading.load_all(options["folder"], at=timezone.now()):
                self._say(loaded)
        except FileFault as error:
            raise CommandError(str(error)) from error

    def _say(self, loaded: loading.Loaded) -> None:
        line = f"{loaded.file}: {loaded.outcome}"
        if loaded.outcome is not Outcome.DIFFERENT:
            self.stdout.write(line)
            return
        self.stderr.write(
            _("%(line)s (%(parts)s). Yang sudah ditetapkan tidak diubah: buat versi baru di admin.")
            % {"line": line, "parts": ", ".join(loaded.differing)}
        )
