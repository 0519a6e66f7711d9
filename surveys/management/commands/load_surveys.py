"""Load the built-in questionnaires and the rules of offices."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.services.loading import load
from workflow.tomlfile import FileFault


class Command(BaseCommand):
    """``manage.py load_surveys`` adds what is missing; no row is ever changed."""

    help = "Memuat kuesioner SKM dan IPAK serta aturan survei kantor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added, rules = load(options["folder"], at=timezone.now())
        except FileFault as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Survei: %(added)s kuesioner dan %(rules)s aturan kantor ditambahkan.")
            % {"added": added, "rules": rules}
        )
