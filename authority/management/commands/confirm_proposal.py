"""Confirm a proposal on the server, where the office cannot do it itself."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from authority.kinds import kind_of
from authority.models import Proposal
from authority.services import operator, proposals
from workflow.domain.errors import DomainError
from workflow.refusals import sentence


class Command(BaseCommand):
    """``manage.py confirm_proposal ADDRESS --by A --by B --reason WHY``.

    For a portal that has no second person yet: the first head of the first office, or the second
    administrator. ``ADDRESS`` is that of the page of the proposal, or the end of it.
    """

    help = "Menyetujui usulan wewenang atas nama dua orang, bila belum ada orang kedua di portal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", metavar="ALAMAT")
        operator.ask_for_names(parser)
        parser.add_argument("--reason", required=True, help=_("alasannya"))

    def handle(self, *args: Any, **options: Any) -> None:
        names = operator.two_names(options["by"])
        if not names:
            raise CommandError(_('Sebut dua nama: --by "..." --by "...".'))
        key = options["address"].rstrip("/").rpartition("/")[2]
        found = [row for row in Proposal.objects.open() if str(row.public_id) == key]
        if not found:
            raise CommandError(_("Tidak ada usulan yang menunggu dengan alamat ini."))
        try:
            proposals.confirm_by_operator(
                found[0], names=names, note=options["reason"], at=timezone.now()
            )
        except DomainError as error:
            raise CommandError(sentence(error)) from error
        self.stdout.write(kind_of(found[0]).sentence(found[0]))
