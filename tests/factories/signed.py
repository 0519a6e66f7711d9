"""One printed and one signed certificate, made once per process."""

from datetime import UTC, datetime
from functools import cache

from django.test import override_settings

from documents.rendering import render_pdf
from documents.signing import signer_for
from tests.factories.keys import OFFICE, signing_folder
from tests.factories.printed import certificate_content

SIGNED_AT = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


@cache
def printed_certificate() -> bytes:
    """Return a certificate as it is before signing."""
    return render_pdf("certificates/certificate.html", certificate_content())


@cache
def signed_certificate() -> bytes:
    """Return it signed with the key of the local authority."""
    with override_settings(SIGNING_DIR=signing_folder(), TRUST_DIR=signing_folder()):
        return signer_for(OFFICE).sign(
            printed_certificate(),
            reason="Tanda Daftar Bursa Kerja Khusus",
            location="Pekanbaru",
            at=SIGNED_AT,
        )
