"""Make a signing key for an office, and the request with which its certificate is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import Office, Position
from documents.key_files import KeyFileError, make_request


class Command(BaseCommand):
    """``manage.py make_signing_key OFFICE [--name NAME] > request.csr``, as the signing worker."""

    help = "Membuat kunci tanda tangan satu unit; mencetak permintaan sertifikatnya (PKCS#10)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("office", metavar="KODE", help="Kode unit.")
        parser.add_argument("--name", default="", help="Nama pada sertifikat, bila bukan jabatan.")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SIGNING_DIR is None:
            raise CommandError(
                _("Jalankan sebagai proses penanda tangan: SIGNING_DIR tidak diisi.")
            )
        office = Office.objects.filter(code=options["office"]).first()
        if office is None:
            codes = ", ".join(Office.objects.values_list("code", flat=True))
            raise CommandError(_("Tidak ada unit dengan kode itu. Yang ada: %s") % codes)
        head = Position.objects.filter(office=office, is_head=True).first()
        name = options["name"] or (head.name if head else office.short_name)
        try:
            request = make_request(
                Path(settings.SIGNING_DIR), office.code, name=name, organisation=office.short_name
            )
        except (KeyFileError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(request.decode(), ending="")
