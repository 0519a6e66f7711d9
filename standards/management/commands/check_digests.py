"""Prove that no published standard was changed behind the portal's back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from standards.models import StandardVersion
from standards.services.publishing import is_intact


class Command(BaseCommand):
    help = "Hitung ulang sidik semua standar yang sudah ditetapkan; gagal bila ada yang berbeda."

    def handle(self, *args: Any, **options: Any) -> None:
        """Name every version whose content no longer has the digest it was published under."""
        published = StandardVersion.objects.frozen().select_related("service__office")
        checked, broken = 0, []
        for version in published.order_by("pk").iterator():
            checked += 1
            if not is_intact(version):
                broken.append(
                    f"{version.service.office.code}/{version.service.slug} versi {version.number}"
                )
        if broken:
            raise CommandError("Sidik tidak cocok: " + "; ".join(broken))
        self.stdout.write(f"{checked} standar yang ditetapkan diperiksa: semua sidik cocok.")
