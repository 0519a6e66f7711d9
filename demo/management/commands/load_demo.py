"""Load all data of the demo. Idempotent."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Office
from archives.services.loading import load_schedule
from complaints.services.loading import load_rules
from demo import (
    past_samples,
    people,
    proposal_samples,
    publicity_samples,
    report_samples,
    survey_samples,
)
from surveys.services.loading import load as load_surveys
from workflow.tomlfile import FileFault


class Command(BaseCommand):
    """``manage.py load_demo`` adds what is missing of standards, calendar, people and keys."""

    help = "Memuat unit, standar, kalender, akun demo, dan kunci tanda tangan peragaan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("Data demo tidak dimuat di lingkungan produksi."))
        streams = {"stdout": self.stdout, "stderr": self.stderr}
        call_command("load_standards", folder=options["folder"], **streams)
        call_command("load_holidays", folder=options["folder"], **streams)
        try:
            load_rules(options["folder"])
            load_schedule(options["folder"])
            load_surveys(options["folder"], at=timezone.now())
            added = people.load_people(people.read_people(options["folder"]))
        except FileFault as error:
            raise CommandError(str(error)) from error
        if added:
            proposal_samples.propose_stand_in(timezone.now())
            publicity_samples.publish(timezone.now())
            past_samples.write(timezone.now())
            survey_samples.respond(timezone.now())
            report_samples.report(timezone.now())
        self.stdout.write(_("Akun demo: %(added)s ditambahkan.") % {"added": added})
        if self._keys_are_missing():
            call_command("make_signing_authority", **streams)

    def _keys_are_missing(self) -> bool:
        """Loading the cryptography for nothing would take longer than all the rest."""
        if not (Path(settings.TRUST_DIR) / "ca.pem").exists():
            return True
        folder = Path(settings.SIGNING_DIR)
        codes = Office.objects.values_list("code", flat=True)
        return not all((folder / f"{code}.p12").exists() for code in codes)
