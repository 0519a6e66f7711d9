"""Count the figures of the boards from nothing: after a restore, or when in doubt."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Office
from boards.services.counting import recount


class Command(BaseCommand):
    help = "Hitung ulang angka papan dari catatan asli, untuk semua kantor atau satu kantor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--office", default="", help="kode satu kantor")

    def handle(self, *args: Any, **options: Any) -> None:
        offices = Office.objects.order_by("pk")
        if options["office"]:
            offices = offices.filter(code=options["office"])
            if not offices:
                raise CommandError(f"Tidak ada kantor dengan kode {options['office']}.")
        for office in offices:
            recount(office, at=timezone.now())
            self.stdout.write(f"{office.code}: dihitung ulang.")
