"""The files of a signing key: a new key with its request, and the certificate that comes back.

For the signing worker, and for the operator under its user (docs/operations.md). ``fitting`` reads
what an issuer sent and needs no key: the page that takes it asks the same rule.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from documents.signing import leads_to_an_anchor

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate

KEY_SIZE = 3072  # bits of RSA
MOST_BYTES = 100_000  # of a certificate with those of its issuers
_MOST_CERTIFICATES = 10
_LONGEST_NAME = 64  # X.520
_PKCS12 = b"\x02\x01\x03\x30"  # version 3 behind the head of a PKCS#12 file
FORMER = "former"
DEMO_MARKER = "DEVELOPMENT"  # a file beside keys that make_signing_authority made
DEMO_AUTHORITY = "ca.pem"  # the certificate of their issuer, beside them as well


class KeyFileProblem(StrEnum):
    """Why a key cannot be made or put into use."""

    TOO_LARGE = "too_large"
    NOT_A_CERTIFICATE = "not_a_certificate"
    PRIVATE_KEY = "private_key"
    OTHER_KEY = "other_key"
    NOT_TODAY = "not_today"
    NOT_FOR_SIGNING = "not_for_signing"
    UNKNOWN_ISSUER = "unknown_issuer"
    NO_WAITING_KEY = "no_waiting_key"
    UNREADABLE = "unreadable"


KEY_FILE_SENTENCES = {
    KeyFileProblem.TOO_LARGE: _("Berkas ini terlalu besar untuk sebuah sertifikat (100 KB)."),
    KeyFileProblem.NOT_A_CERTIFICATE: _(
        "Berkas ini tidak memuat sertifikat dalam bentuk PEM, DER, atau PKCS#7."
    ),
    KeyFileProblem.PRIVATE_KEY: _(
        "Berkas ini memuat kunci pribadi. Kunci tidak boleh dikirim lewat halaman ini: kirim "
        "sertifikatnya saja. Kunci pribadi yang sudah dikirim ke mana pun jangan dipakai lagi."
    ),
    KeyFileProblem.OTHER_KEY: _("Sertifikat ini milik kunci lain, bukan kunci yang menunggu."),
    KeyFileProblem.NOT_TODAY: _(
        "Sertifikat ini tidak berlaku hari ini. Pasang pada masa berlakunya."
    ),
    KeyFileProblem.NOT_FOR_SIGNING: _(
        "Sertifikat ini bukan untuk tanda tangan elektronik. Minta yang boleh dipakai untuk itu."
    ),
    KeyFileProblem.UNKNOWN_ISSUER: _(
        "Penerbit sertifikat ini belum dikenal portal. Minta pengelola server memasang dahulu "
        "ca.pem penerbitnya."
    ),
    KeyFileProblem.NO_WAITING_KEY: _("Tidak ada kunci yang menunggu sertifikat untuk unit ini."),
    KeyFileProblem.UNREADABLE: _("Kunci yang menunggu sertifikat tidak dapat dibuka."),
}


class KeyFileError(Exception):
    """A key cannot be made or put in place; the message is for people."""

    def __init__(self, problem: KeyFileProblem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(KEY_FILE_SENTENCES[self.problem])


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
        _write_first(
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


def take_certificate(folder: Path, office: str, data: bytes, at: datetime) -> Certificate:
    """Put the waiting key of ``office`` into use with its certificate; return the certificate.

    ``data`` is what :func:`fitting` takes. The key in use until now goes into ``former/``: what it
    signed stays valid, and the issuer of both is trusted. Raises ``KeyFileError``.
    """
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    key = _waiting_key(folder, office)
    certificate, *links = fitting(data, key.public_key(), at)
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


def fitting(data: bytes, public_key: object, at: datetime) -> list[Certificate]:
    """Return the certificate of ``public_key`` in ``data``, followed by the others in it.

    ``data`` is PEM, DER or PKCS#7, in any order. Raises ``KeyFileError`` when there is none for
    this key, it is not valid ``at`` this instant or not for signatures, or its issuer is not in
    ``TRUST_DIR``.
    """
    found = _certificates(data)
    try:
        own = [each for each in found if each.public_key() == public_key]
        if not own:
            raise KeyFileError(KeyFileProblem.OTHER_KEY)
        chain = [own[0], *(each for each in found if each not in own)]
        if not chain[0].not_valid_before_utc <= at <= chain[0].not_valid_after_utc:
            raise KeyFileError(KeyFileProblem.NOT_TODAY)
        if not _may_sign(chain[0]):
            raise KeyFileError(KeyFileProblem.NOT_FOR_SIGNING)
    except (ValueError, UnsupportedAlgorithm) as error:  # read only now, piece by piece
        raise KeyFileError(KeyFileProblem.NOT_A_CERTIFICATE) from error
    if not leads_to_an_anchor(chain):
        raise KeyFileError(KeyFileProblem.UNKNOWN_ISSUER)
    return chain


def as_pem(chain: list[Certificate]) -> str:
    """Return certificates as one text."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return "".join(each.public_bytes(Encoding.PEM).decode() for each in chain)


def requested_key(csr: str) -> object:
    """Return the public key in a request (PKCS#10, PEM)."""
    from cryptography.x509 import load_pem_x509_csr

    return load_pem_x509_csr(csr.encode()).public_key()


def _certificates(data: bytes) -> list[Certificate]:
    from cryptography.hazmat.primitives.serialization import pkcs7
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates

    if len(data) > MOST_BYTES:
        raise KeyFileError(KeyFileProblem.TOO_LARGE)
    if b"PRIVATE KEY-----" in data or _PKCS12 in data[:12]:
        raise KeyFileError(KeyFileProblem.PRIVATE_KEY)
    readers: list[Callable[[bytes], list[Certificate]]] = [
        load_pem_x509_certificates,
        lambda given: [load_der_x509_certificate(given)],
        pkcs7.load_pem_pkcs7_certificates,
        pkcs7.load_der_pkcs7_certificates,
    ]
    for read in readers:
        with suppress(ValueError, UnsupportedAlgorithm):
            if found := read(data)[:_MOST_CERTIFICATES]:
                return found
    raise KeyFileError(KeyFileProblem.NOT_A_CERTIFICATE)


def _may_sign(certificate: Certificate) -> bool:
    from cryptography.x509 import ExtensionNotFound, KeyUsage

    try:
        usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


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


def _write_first(path: Path, content: bytes) -> None:
    """Write a private file unless another process has written it meanwhile: theirs stays."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    write_privately(unfinished, content)
    with suppress(FileExistsError):
        path.hardlink_to(unfinished)
    unfinished.unlink()


def _passphrase(folder: Path, office: str) -> str:
    """Return the passphrase of the keys of ``office``, made with its first key."""
    if configured := str(getattr(settings, "SIGNING_PASSPHRASE", "")):
        return configured
    path = folder / f"{office}.passphrase"
    if not path.exists():
        _write_first(path, secrets.token_urlsafe(24).encode())
    return path.read_text(encoding="utf-8").strip()


def _waiting_key(folder: Path, office: str) -> RSAPrivateKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        pem = (folder / f"{office}.pending.pem").read_bytes()
        key = load_pem_private_key(pem, _passphrase(folder, office).encode())
    except FileNotFoundError as error:
        raise KeyFileError(KeyFileProblem.NO_WAITING_KEY) from error
    except (OSError, ValueError) as error:
        raise KeyFileError(KeyFileProblem.UNREADABLE) from error
    if not isinstance(key, RSAPrivateKey):
        raise KeyFileError(KeyFileProblem.UNREADABLE)
    return key
