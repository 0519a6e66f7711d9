"""Read all published standards for contradictions, repealed laws, vacant posts and the like."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Office
from standards.models import StandardVersion
from standards.services.linting import lint


class Command(BaseCommand):
    help = "Periksa semua standar yang sudah ditetapkan; gagal bila ada yang perlu diperhatikan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--office", help="Kode unit; tanpa ini semua unit.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print score and sentences of each version; raises ``CommandError`` if there are any."""
        rows = StandardVersion.objects.published().select_related("service__office")
        if code := options["office"]:
            if not Office.objects.filter(code=code).exists():
                raise CommandError(f"Unit {code} tidak dikenal.")
            rows = rows.filter(service__office__code=code)
        checked = found = 0
        with override("id"):
            for version in rows.order_by("service__office__code", "service__slug", "number"):
                report = lint(version, timezone.now())
                service = version.service
                self.stdout.write(f"{service.office.code}/{service.slug} versi {version.number}")
                self.stdout.write(report.text())
                checked += 1
                found += len(report.warnings)
        summary = f"{checked} standar diperiksa, {found} hal perlu diperhatikan."
        if found:
            raise CommandError(summary)
        self.stdout.write(summary)
