"""Put a new signing key into use with the certificate that its issuer has sent."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Office
from authority.models import OperatorAct
from authority.services import operator
from documents.key_files import KeyFileError, take_certificate
from documents.keys import key_detail, key_state, look_at_keys
from documents.signing import signer_for


class Command(BaseCommand):
    """``manage.py take_signing_certificate OFFICE --by A --by B < certificate.pem``.

    As the signing worker. The names of the two people who agreed are recorded and told to the head;
    without two names nothing is put into use.
    """

    help = "Memasang sertifikat kunci baru satu unit; kunci lama disimpan di map former."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("office", metavar="KODE", help="Kode unit.")
        operator.ask_for_names(parser)
        parser.add_argument("file", nargs="?", type=Path, help="Sertifikat (PEM); bawaan: stdin.")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SIGNING_DIR is None:
            raise CommandError(
                _("Jalankan sebagai proses penanda tangan: SIGNING_DIR tidak diisi.")
            )
        office = Office.objects.filter(code=options["office"]).first()
        if office is None:
            codes = ", ".join(Office.objects.values_list("code", flat=True))
            raise CommandError(_("Tidak ada unit dengan kode itu. Yang ada: %s") % codes)
        at = timezone.now()
        names = operator.two_names(options["by"])
        if not names:
            raise CommandError(_('Sebut dua nama: --by "..." --by "...".'))
        try:
            pem = options["file"].read_bytes() if options["file"] else sys.stdin.buffer.read()
            take_certificate(Path(settings.SIGNING_DIR), office.code, pem, timezone.now())
        except (KeyFileError, OSError) as error:
            raise CommandError(str(error)) from error
        _record_names(office, names, at)
        at = timezone.now()  # after any look of the worker that did not find the key
        look_at_keys(at)
        state = key_state(office, at)
        if not state.usable:
            raise CommandError(state.problem)
        self.stdout.write(
            f"{office.code}: {state.signer_name}, {state.serial}, {state.valid_until:%Y-%m-%d}"
        )


def _record_names(office: Office, names: list[str], at: datetime) -> None:
    """Record the key that is in use now, before the look that would record it without names."""
    signer = signer_for(office.code)
    detail = key_detail(signer.name[:200], signer.serial)
    operator.record(OperatorAct.What.KEY, names=names, at=at, office=office, detail=detail)
