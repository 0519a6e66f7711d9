"""Create the data for access checks and print it as JSON."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo import audit
from demo import people as demo


class Command(BaseCommand):
    help = "Membuat dunia uji akses: semua keadaan berkas milik dua pemohon, dengan penanda unik."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--small", action="store_true", help="Hanya satu pemohon dan satu layanan."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Dunia uji tidak dibuat di lingkungan produksi.")
        call_command("load_demo", verbosity=0, stdout=self.stderr)
        people = demo.read_people(settings.BASE_DIR / "fixtures")
        made = audit.as_json(audit.seed(people.password, timezone.now(), small=options["small"]))
        if options["json"]:
            self.stdout.write(json.dumps(made, indent=1))
        else:
            counts = {name: len(rows) for name, rows in made.items()}
            self.stdout.write(str(counts))
