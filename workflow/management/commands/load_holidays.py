"""Fill the calendar with the decreed years."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflow import holidays
from workflow.tomlfile import FileFault


class Command(BaseCommand):
    """``manage.py load_holidays [--years 2026 2027] [--again]``; no decreed row is ever changed."""

    help = "Memuat hari libur nasional dan cuti bersama tahun-tahun yang sudah ditetapkan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--years", nargs="+", type=int, metavar="TAHUN", default=[])
        parser.add_argument(
            "--again", action="store_true", help="tambahkan hari baru pada tahun yang sudah dimuat"
        )
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            decreed = holidays.read_years(options["folder"])
        except FileFault as error:
            raise CommandError(str(error)) from error
        wanted = options["years"] or [year.year for year in decreed]
        unknown = sorted(set(wanted) - {year.year for year in decreed})
        if unknown:
            raise CommandError(
                _("Hari libur tahun %(years)s belum ditetapkan menurut %(file)s.")
                % {"years": ", ".join(map(str, unknown)), "file": holidays.FILE}
            )
        for year in decreed:
            if year.year in wanted:
                added = holidays.load_year(year, again=options["again"])
                self.stdout.write(
                    _("Kalender %(year)s: %(added)s hari ditambahkan.")
                    % {"year": year.year, "added": added}
                )
        if not options["years"] and decreed:
            coming = max(year.year for year in decreed) + 1
            self.stdout.write(
                _("Kalender %(year)s belum ditetapkan: %(added)s hari perkiraan ditambahkan.")
                % {"year": coming, "added": holidays.estimate_year(coming)}
            )
