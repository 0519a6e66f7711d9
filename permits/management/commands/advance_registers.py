"""Advance the registers that stand behind signed documents, after a backup was restored."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from permits.models import NumberRegister
from permits.services.high_water import registers_behind


class Command(BaseCommand):
    """``manage.py advance_registers [--apply]``: numbers in between are never given again."""

    help = "Memajukan buku nomor yang tertinggal dari dokumen bertanda tangan."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--apply", action="store_true", help="Majukan, tidak hanya lihat.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        found = list(registers_behind())
        for register, mark in found:
            self.stdout.write(f"{register}: {register.last} -> {mark}")
            if options["apply"]:
                NumberRegister.objects.filter(pk=register.pk, last__lt=mark).update(last=mark)
        if not found:
            self.stdout.write("Tidak ada buku nomor yang tertinggal.")
