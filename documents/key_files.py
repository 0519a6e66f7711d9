"""The files of a signing key: a new key with its request, and the certificate that comes back.

For the operator who makes keys under the user of the signing worker (docs/operations.md).
"""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from documents.signing import leads_to_an_anchor

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate

KEY_SIZE = 3072  # bits of RSA
_LONGEST_NAME = 64  # X.520
FORMER = "former"


class KeyFileError(Exception):
    """A key cannot be made or put in place; the message is for the operator."""


def make_request(folder: Path, office: str, *, name: str, organisation: str) -> bytes:
    """Make a new key for ``office`` beside the one in use; return its request (PKCS#10, PEM).

    The key waits as ``<office>.pending.pem`` until :func:`take_certificate`. A second call
    returns a request for the same key, for a request may get lost.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
    )
    from cryptography.x509.oid import NameOID

    waiting = folder / f"{office}.pending.pem"
    if not waiting.exists():
        passphrase = _passphrase(folder, office)
        key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_SIZE)
        write_privately(
            waiting,
            key.private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
            ),
        )
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:_LONGEST_NAME]),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:_LONGEST_NAME]),
        ]
    )
    request = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return request.sign(_waiting_key(folder, office), SHA256()).public_bytes(Encoding.PEM)


def take_certificate(folder: Path, office: str, pem: bytes, at: datetime) -> Certificate:
    """Put the waiting key of ``office`` into use with its certificate; return the certificate.

    ``pem`` begins with the certificate of the key; certificates between it and the issuer may
    follow. The key in use until now goes into ``former/``: what it signed stays valid, and the
    issuer of both is trusted. Raises ``KeyFileError`` for a certificate of another key, one that is
    not valid ``at`` this instant, and one whose issuer is not in ``TRUST_DIR``.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    try:
        certificate, *links = x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise KeyFileError(_("Berkas ini tidak memuat sertifikat dalam bentuk PEM.")) from error
    key = _waiting_key(folder, office)
    if certificate.public_key() != key.public_key():
        raise KeyFileError(_("Sertifikat ini milik kunci lain, bukan kunci yang menunggu."))
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise KeyFileError(_("Sertifikat ini tidak berlaku hari ini. Pasang pada masa berlakunya."))
    if not leads_to_an_anchor([certificate, *links]):
        raise KeyFileError(
            _("Penerbit sertifikat ini belum dikenal portal. Pasang dahulu ca.pem penerbitnya.")
        )
    packed = pkcs12.serialize_key_and_certificates(
        office.encode(),
        key,
        certificate,
        links,
        BestAvailableEncryption(_passphrase(folder, office).encode()),
    )
    path = folder / f"{office}.p12"
    if path.exists():
        (folder / FORMER).mkdir(mode=0o700, exist_ok=True)
        kept = folder / FORMER / f"{office}-{at:%Y%m%d%H%M%S}.p12"
        write_privately(kept, path.read_bytes())
    write_privately(path, packed)
    (folder / f"{office}.pending.pem").unlink()
    return certificate


def write_privately(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file whole or not at all; by default only its owner may read it."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _passphrase(folder: Path, office: str) -> str:
    """Return the passphrase of the keys of ``office``, made with its first key."""
    if configured := str(getattr(settings, "SIGNING_PASSPHRASE", "")):
        return configured
    path = folder / f"{office}.passphrase"
    if not path.exists():
        write_privately(path, secrets.token_urlsafe(24).encode())
    return path.read_text(encoding="utf-8").strip()


def _waiting_key(folder: Path, office: str) -> RSAPrivateKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        pem = (folder / f"{office}.pending.pem").read_bytes()
        key = load_pem_private_key(pem, _passphrase(folder, office).encode())
    except FileNotFoundError as error:
        raise KeyFileError(
            _("Tidak ada kunci %s yang menunggu sertifikat. Buat dengan make_signing_key.") % office
        ) from error
    except (OSError, ValueError) as error:
        raise KeyFileError(_("Kunci %s yang menunggu tidak dapat dibuka.") % office) from error
    if not isinstance(key, RSAPrivateKey):
        raise KeyFileError(_("Kunci %s yang menunggu tidak dapat dibuka.") % office)
    return key
