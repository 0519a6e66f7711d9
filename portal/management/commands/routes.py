"""List every address of the portal with its methods and whom it is for."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.routes import routes


class Command(BaseCommand):
    help = "Daftar semua alamat portal, metode, dan siapa yang boleh memakainya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = routes()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(route) for route in rows], indent=1))
            return
        for route in rows:
            self.stdout.write(
                f"{route.access:12} {' '.join(route.methods):9} {route.name:40} {route.path}"
            )
