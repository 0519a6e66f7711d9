"""Signers of certificates.

One protocol covers the key of an office, a smart card and a remote service. A signer takes the
rendered PDF and returns it with exactly one signature that forbids later changes (PAdES,
certified). The result passes the verification of the portal. A remote service (BSrE's Esign Client
Service) is another class with the same three members. Its other arguments, such as a passphrase
for one batch, belong in its constructor, never in a queue or a setting.
"""

import re
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

from documents import verification

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from documents.pades import LoadedKey

SMALLEST_RSA_KEY = 3072
SMALLEST_EC_KEY = 256
_SAFE_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")


class SigningError(Exception):
    """The document was not signed; the message gives the reason, for the log and the job row."""


class KeyProblem(StrEnum):
    """Why a key cannot be used."""

    MISSING = "missing"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    WEAK = "weak"
    OUT_OF_DATE = "out_of_date"
    UNTRUSTED = "untrusted"


class SigningKeyMissing(SigningError):
    """There is no usable key; the job is retried until there is one."""

    def __init__(self, message: str, problem: KeyProblem = KeyProblem.MISSING) -> None:
        super().__init__(message)
        self.problem = problem


class SigningRefused(SigningError):
    """The document cannot be signed, or the signed document failed verification."""


class Signer(Protocol):
    """Signs a PDF."""

    @property
    def name(self) -> str:
        """The name in the signing certificate."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the signing certificate, hexadecimal."""

    def sign(self, pdf: bytes, *, reason: str, location: str, at: datetime) -> bytes:
        """Return ``pdf`` with one certifying signature; raises :class:`SigningError`."""


class LocalKeySigner:
    """A key in a PKCS#12 file, opened once per process."""

    def __init__(self, path: Path, passphrase: str) -> None:
        from cryptography.hazmat.primitives.hashes import SHA256

        self._key, certificate, links = _open_key(path, passphrase)
        self._chain = [certificate, *links]
        self.name = common_name(certificate)
        self.serial = f"{certificate.serial_number:X}"
        self.fingerprint = certificate.fingerprint(SHA256()).hex()
        self.valid_from = certificate.not_valid_before_utc
        self.valid_until = certificate.not_valid_after_utc

    def problem_at(self, at: datetime) -> KeyProblem | None:
        """Return why a signature made ``at`` would not stand verification, as far as is known."""
        if not self.valid_from <= at <= self.valid_until:
            return KeyProblem.OUT_OF_DATE
        if not leads_to_an_anchor(self._chain):
            return KeyProblem.UNTRUSTED
        return None

    def is_issued_by(self, issuer: bytes) -> bool:
        """Whether one of the certificates in ``issuer`` (PEM) issued that of the key."""
        from cryptography.x509 import load_pem_x509_certificates

        return any(_issued(each, self._chain[0]) for each in load_pem_x509_certificates(issuer))

    def sign(self, pdf: bytes, *, reason: str, location: str, at: datetime) -> bytes:
        """Certify ``pdf`` and verify the result before returning it."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.pdf_utils.misc import PdfError

        from documents.pades import Certifier

        if at.tzinfo is None:
            raise SigningRefused("The time of signing needs a time zone")
        certifier = Certifier(self._key, reason=reason, location=location, at=at)
        try:
            writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=True)
            if writer.prev.embedded_signatures:
                raise SigningRefused("The document carries a signature already")
            signed = certifier.certify(writer)
        except (PdfError, ValueError) as error:  # pyHanko's own signing errors are ValueErrors
            raise SigningRefused(f"The document cannot be signed: {error}") from error
        examination = verification.examine(signed)
        if not examination.valid:
            problem = examination.problem
            raise SigningRefused(f"The signed document does not stand examination: {problem}")
        return signed

    def sign_text(self, data: bytes) -> bytes:
        """Return a detached CMS signature of ``data`` (``openssl cms -verify -inform DER``)."""
        return self._key.sign_text(data)


def signer_for(office_code: str, signer_ref: str = "") -> LocalKeySigner:
    """Return the signer of an office.

    The key is ``<office>.<signer_ref>.p12`` if there is one, else ``<office>.p12``. It is opened
    once per process, and again when its file has been replaced. Raises :class:`SigningError` in a
    process that is given no keys: only the signing worker is.
    """
    if settings.SIGNING_DIR is None:
        raise SigningError("This process is given no signing keys: SIGNING_DIR is not set")
    folder = Path(settings.SIGNING_DIR)
    names = [f"{office_code}.{signer_ref}"] if signer_ref else []
    for name in (*names, office_code):
        if not all(_SAFE_NAME.fullmatch(part) for part in name.split(".")):
            raise SigningKeyMissing(f"{name!r} cannot be the name of a key")
        path = folder / f"{name}.p12"
        if path.is_file():
            return _opened(path, path.stat().st_mtime_ns)
    raise SigningKeyMissing(f"There is no signing key {office_code}.p12 in {folder}")


@lru_cache(maxsize=32)
def _opened(path: Path, changed_at: int) -> LocalKeySigner:
    """``changed_at`` is part of the cache key, so that a replaced key is opened again."""
    return LocalKeySigner(path, _passphrase(path))


def _passphrase(path: Path) -> str:
    """Return the setting SIGNING_PASSPHRASE, or the content of the file next to the key."""
    if configured := str(getattr(settings, "SIGNING_PASSPHRASE", "")):
        return configured
    beside = path.with_suffix(".passphrase")
    try:
        return beside.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SigningKeyMissing(
            f"The passphrase of {path.name} is neither in SIGNING_PASSPHRASE nor in {beside}",
            KeyProblem.LOCKED,
        ) from error


def _open_key(
    path: Path, passphrase: str
) -> tuple["LoadedKey", "Certificate", list["Certificate"]]:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

    from documents.pades import LoadedKey

    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(
            path.read_bytes(), passphrase.encode()
        )
    except (OSError, ValueError) as error:
        raise SigningKeyMissing(
            f"The signing key {path} cannot be opened: {error}", KeyProblem.UNREADABLE
        ) from error
    if certificate is None:
        raise SigningKeyMissing(f"{path} holds no certificate", KeyProblem.WEAK)
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey) or key.key_size < (
        SMALLEST_RSA_KEY if isinstance(key, RSAPrivateKey) else SMALLEST_EC_KEY
    ):
        raise SigningKeyMissing(
            f"{path}: RSA of 3072 bits, P-256, or more is needed", KeyProblem.WEAK
        )
    links = [link.public_bytes(Encoding.DER) for link in chain]
    loaded = LoadedKey(key, certificate.public_bytes(Encoding.DER), links)
    return loaded, certificate, list(chain)


def leads_to_an_anchor(chain: list["Certificate"]) -> bool:
    """Whether a trust anchor of the portal issued the first of ``chain``, by the others or not."""
    from cryptography.x509 import load_pem_x509_certificates

    anchors = [
        anchor for pem in verification.trust_anchors() for anchor in load_pem_x509_certificates(pem)
    ]
    certificate, *others = chain
    for _link in chain:
        if any(certificate == anchor or _issued(anchor, certificate) for anchor in anchors):
            return True
        above = [link for link in others if link != certificate and _issued(link, certificate)]
        if not above:
            return False
        certificate = above[0]
    return False


def _issued(issuer: "Certificate", certificate: "Certificate") -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, TypeError, ValueError):
        return False
    return True


def common_name(certificate: "Certificate") -> str:
    """Return the name of whom a certificate is for."""
    from cryptography.x509.oid import NameOID

    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()
