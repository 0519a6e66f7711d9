"""Write anew what the catalogue is searched in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from standards.services.search_index import index_all


class Command(BaseCommand):
    help = "Menulis ulang kata-kata yang dicari dalam daftar layanan; boleh dijalankan kapan saja."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write every search entry; run again or in parallel it writes the same rows."""
        self.stdout.write(f"{index_all(on=timezone.localdate())} layanan ditulis ulang.")
