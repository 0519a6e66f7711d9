"""Make a local signing authority and one key per office, for demonstrations and tests.

The certificates have no legal value: they are not issued by an Indonesian PSrE. The marker file is
written first, and production refuses to start if it exists.
"""

import secrets
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Office, Position
from documents.key_files import DEMO_MARKER as MARKER
from documents.key_files import write_privately
from documents.keys import look_at_keys

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.padding import PSS
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate, CertificateBuilder, Name

_MARKER_TEXT = "Kunci dalam map ini dibuat untuk peragaan dan tidak sah untuk menandatangani.\n"
_VALID_FROM = datetime(2025, 1, 1, tzinfo=UTC)  # before the oldest application of the demonstration
_KEY_SIZE = 3072
_LONGEST_NAME = 64  # X.520


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate that may sign others, with its key."""

    key: "RSAPrivateKey"
    certificate: "Certificate"


class Command(BaseCommand):
    """``manage.py make_signing_authority [--office CODE ...]``; existing files are not changed."""

    help = "Membuat penerbit sertifikat lokal dan satu kunci tanda tangan per unit, untuk peragaan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--office", nargs="+", default=[], metavar="KODE", help="hanya untuk unit ini"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.SIGNING_DIR)
        if not getattr(settings, "DEMO", False):
            raise CommandError(
                _("Kunci peragaan tidak dibuat di lingkungan produksi. Pasang kunci resmi unit.")
            )
        codes = options["office"] or list(Office.objects.values_list("code", flat=True))
        if not codes:
            raise CommandError(_("Belum ada unit penyelenggara. Muat data unit atau isi --office."))
        authority = open_authority(folder)
        publish_authority(folder, Path(settings.TRUST_DIR))
        for code in codes:
            made = issue_key(folder, authority, code, subject=_subject_of(code))
            self.stdout.write((_("Kunci dibuat: %s") if made else _("Kunci sudah ada: %s")) % code)
        look_at_keys(timezone.now())


def open_authority(folder: Path) -> Authority:
    """Return the authority of ``folder``, made if there is none; refuse a foreign one."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    folder.mkdir(parents=True, exist_ok=True)
    certificate, key = folder / "ca.pem", folder / "ca.key"
    if not (folder / MARKER).exists() and _holds_keys(folder):
        raise CommandError(
            _("Map %s berisi kunci yang bukan kunci peragaan; tidak ada yang diubah.") % folder
        )
    folder.chmod(0o700)
    write_privately(folder / MARKER, _MARKER_TEXT.encode())
    if not certificate.exists():
        if any(folder.glob("*.p12")):
            raise CommandError(
                _("Berkas ca.pem hilang dari %s, padahal ada kunci yang memakainya.") % folder
            )
        return _make_authority(folder)
    try:
        loaded = load_pem_private_key(key.read_bytes(), None)
        issuer = x509.load_pem_x509_certificate(certificate.read_bytes())
    except (OSError, ValueError) as error:
        raise CommandError(_("Penerbit di %s tidak dapat dibuka: %s") % (folder, error)) from error
    if not isinstance(loaded, RSAPrivateKey):
        raise CommandError(_("Berkas %s bukan kunci RSA.") % key)
    return Authority(loaded, issuer)


def publish_authority(folder: Path, trust: Path) -> None:
    """Put the certificate of the authority where every process reads it, marked as a demo's."""
    trust.mkdir(parents=True, exist_ok=True)
    if trust.resolve() == folder.resolve():
        return
    for name in (MARKER, "ca.pem"):
        write_privately(trust / name, (folder / name).read_bytes(), mode=0o644)


def issue_key(folder: Path, authority: Authority, code: str, *, subject: tuple[str, str]) -> bool:
    """Make the key of one office unless it exists; ``subject`` is (who signs, organisation)."""
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    path = folder / f"{code}.p12"
    if path.exists():
        return False
    key = _new_key()
    certificate = _sign_leaf(authority, key, _name(*subject))
    passphrase = secrets.token_urlsafe(24)
    packed = pkcs12.serialize_key_and_certificates(
        code.encode(),
        key,
        certificate,
        [authority.certificate],
        BestAvailableEncryption(passphrase.encode()),
    )
    write_privately(path.with_suffix(".passphrase"), passphrase.encode())
    write_privately(path, packed)
    return True


def _subject_of(code: str) -> tuple[str, str]:
    office = Office.objects.filter(code=code).first()
    if office is None:
        return _("Pimpinan unit %s") % code, code
    head = Position.objects.filter(office=office, is_head=True).first()
    return (head.name if head else _("Pimpinan %s") % office.short_name), office.short_name


def _holds_keys(folder: Path) -> bool:
    return any(file.suffix in {".p12", ".pem", ".key"} for file in folder.iterdir())


def _make_authority(folder: Path) -> Authority:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    key = _new_key()
    name = _name("Penerbit Sertifikat Peragaan", "Portal Perizinan")
    certificate = (
        _certificate(name, name, key, years=10)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, SHA256(), rsa_padding=_padding())
    )
    write_privately(
        folder / "ca.key",
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )
    write_privately(folder / "ca.pem", certificate.public_bytes(Encoding.PEM))
    return Authority(key, certificate)


def _sign_leaf(authority: Authority, key: "RSAPrivateKey", name: "Name") -> "Certificate":
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    return (
        _certificate(name, authority.certificate.subject, key, years=5)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(issuer_key, critical=False)
        .sign(authority.key, SHA256(), rsa_padding=_padding())
    )


def _certificate(
    subject: "Name", issuer: "Name", key: "RSAPrivateKey", *, years: int
) -> "CertificateBuilder":
    from cryptography import x509

    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_VALID_FROM)
        .not_valid_after(datetime.now(UTC) + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> Any:
    from cryptography.x509 import KeyUsage

    return KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common_name: str, organisation: str) -> "Name":
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:_LONGEST_NAME]),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:_LONGEST_NAME]),
        ]
    )


def _padding() -> "PSS":
    from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
    from cryptography.hazmat.primitives.hashes import SHA256

    return PSS(MGF1(SHA256()), PSS.DIGEST_LENGTH)


def _new_key() -> "RSAPrivateKey":
    from cryptography.hazmat.primitives.asymmetric import rsa

    return rsa.generate_private_key(public_exponent=65537, key_size=_KEY_SIZE)
