"""Signing keys for tests, made once per process: RSA keys of the real size take a second each."""

import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from permits.management.commands import make_signing_authority as authority

OFFICE = "contoh"
SIGNER_NAME = "Kepala DPMPTSP Kota Contoh"
PASSPHRASE = "rahasia-uji"
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Validity = tuple[timedelta, timedelta]
THESE_YEARS: Validity = (timedelta(days=-900), timedelta(days=900))


@cache
def signing_folder() -> Path:
    """Return a folder with a local authority and the key of one office."""
    folder = Path(tempfile.mkdtemp(prefix="portal-signing-")) / "signing"
    ours = authority.open_authority(folder)
    authority.issue_key(folder, ours, OFFICE, subject=(SIGNER_NAME, "DPMPTSP Kota Contoh"))
    return folder


@cache
def small_rsa_key() -> rsa.RSAPrivateKey:
    """Return a key that is too small for a certificate."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(
    key: PrivateKey,
    name: str,
    *,
    issuer: x509.Certificate | None = None,
    issuer_key: PrivateKey | None = None,
    is_ca: bool = False,
    valid: Validity = THESE_YEARS,
    public_key: Any = None,
) -> x509.Certificate:
    """Return a certificate in ``name``, signed by ``issuer_key`` or by itself.

    It belongs to ``key``, or to ``public_key`` if there is one.
    """
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(public_key or key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + valid[0])
        .not_valid_after(now + valid[1])
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(not is_ca, not is_ca, False, False, False, is_ca, is_ca, False, False),
            critical=True,
        )
        .sign(issuer_key or key, SHA256())
    )


def write_p12(path: Path, key: PrivateKey, own: x509.Certificate) -> Path:
    """Write a key with its certificate and a passphrase beside it."""
    encryption = BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"kunci", key, own, None, encryption))
    path.with_suffix(".passphrase").write_text(PASSPHRASE)
    return path


def new_key() -> ec.EllipticCurvePrivateKey:
    """Return a strong key that is made in an instant."""
    return ec.generate_private_key(ec.SECP256R1())


def other_authority(
    folder: Path, name: str = SIGNER_NAME, *, valid: Validity = THESE_YEARS
) -> Path:
    """Fill ``folder`` with another authority and a key of the same office and name."""
    root_key, key = new_key(), new_key()
    root = certificate(root_key, "Penerbit lain", is_ca=True)
    own = certificate(key, name, issuer=root, issuer_key=root_key, valid=valid)
    (folder / "ca.pem").write_bytes(root.public_bytes(Encoding.PEM))
    return write_p12(folder / f"{OFFICE}.p12", key, own)


def self_signed(folder: Path, name: str = SIGNER_NAME) -> Path:
    """Fill ``folder`` with a key that vouches for itself, in the name of the real signer."""
    key = new_key()
    own = certificate(key, name)
    (folder / "ca.pem").write_bytes(own.public_bytes(Encoding.PEM))
    return write_p12(folder / f"{OFFICE}.p12", key, own)


class Issuer:
    """Who certifies keys: an authority of its own."""

    def __init__(self, trust: Path) -> None:
        self.key = new_key()
        self.certificate = certificate(self.key, "Penerbit", is_ca=True)
        (trust / "ca.pem").write_bytes(self.certificate.public_bytes(Encoding.PEM))

    def certify(self, request: str, *, valid: Validity = THESE_YEARS) -> bytes:
        """Return the certificate that is asked for."""
        asked = x509.load_pem_x509_csr(request.encode())
        assert asked.is_signature_valid
        [name] = asked.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return certificate(
            self.key,
            str(name.value),
            issuer=self.certificate,
            issuer_key=self.key,
            valid=valid,
            public_key=asked.public_key(),
        ).public_bytes(Encoding.PEM)
