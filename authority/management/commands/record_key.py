"""Record that a signing key was placed or replaced: in whose names, and told to the head."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Office
from authority.models import OperatorAct
from authority.services import operator


class Command(BaseCommand):
    """``manage.py record_key OFFICE --by A --by B --detail WHY``."""

    help = "Mencatat kunci tanda tangan yang dipasang atau diganti, atas nama dua orang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("office", metavar="KODE")
        operator.ask_for_names(parser)
        parser.add_argument("--detail", default="", help=_("misalnya nomor seri sertifikatnya"))

    def handle(self, *args: Any, **options: Any) -> None:
        names = operator.two_names(options["by"])
        if not names:
            raise CommandError(_('Sebut dua nama: --by "..." --by "...".'))
        office = Office.objects.filter(code=options["office"]).first()
        if office is None:
            raise CommandError(_("Tidak ada unit dengan kode %s.") % options["office"])
        operator.record(
            OperatorAct.What.KEY,
            names=names,
            at=timezone.now(),
            office=office,
            detail=options["detail"],
        )
        self.stdout.write(_("Tercatat; kepala unit diberi tahu."))
