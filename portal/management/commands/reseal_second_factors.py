"""Seals every secret of a second factor with the first of ``SECOND_FACTOR_KEYS``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.second_factors import reseal


class Command(BaseCommand):
    help = "Menyegel ulang rahasia verifikasi dua langkah dengan kunci pertama SECOND_FACTOR_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reseal()} alat verifikasi disegel ulang.")
