"""Encrypts every identity with the first of ``COMPLAINT_KEYS`` (docs/complaints.md)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from complaints.services.identity import reseal


class Command(BaseCommand):
    help = "Menyegel ulang identitas pengadu dengan kunci pertama COMPLAINT_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reseal()} identitas disegel ulang.")
