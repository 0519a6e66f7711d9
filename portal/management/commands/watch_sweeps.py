"""The watchman of the sweeps, as a process beside web, worker and beat."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections
from django.utils import timezone

from portal import watch

_PAUSE = 60.0  # seconds
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """``manage.py watch_sweeps``: look every minute; ``--once`` looks once, for cron."""

    help = "Mengirim e-mail kepada administrator bila pekerjaan berkala berhenti."
    requires_system_checks: list[str] = []  # it must also run when others cannot

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="Lihat sekali, lalu selesai.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            watch.watch(timezone.now())
            return
        watch.expect_sweeps(timezone.now())
        while True:
            time.sleep(_PAUSE)
            close_old_connections()
            try:
                watch.watch(timezone.now())
            except Error:  # the database is away: that is what the health page is for
                logger.exception("the sweeps cannot be looked at")
