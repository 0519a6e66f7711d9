"""Adaptations of two classes of pyHanko.

Imported late, by ``documents.signing``: the import takes 0.8 s. pyHanko has no
stable version yet. All code that depends on its internals is in this module.
"""

import asyncio
from datetime import datetime
from io import BytesIO

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

PrivateKey = RSAPrivateKey | EllipticCurvePrivateKey

FIELD_NAME = "TandaTangan"
_REST_OF_SIGNATURE = 1280  # attributes and names; too small a value raises an error


class LoadedKey(Signer):
    """A signer that loads its key once.

    The signer of pyHanko parses and checks an RSA key twice per signature: 250 ms at 3072 bits
    instead of 20 ms. RSA signs with RSASSA-PSS, whose parameters pyHanko writes beside it: MGF1 of
    the same hash, the longest salt.
    """

    def __init__(self, key: PrivateKey, certificate: bytes, chain: list[bytes]) -> None:
        links = [entry for pem in chain for entry in load_certs_from_pemder_data(pem)]
        between = [link for link in links if not link.self_issued]
        store = SimpleCertificateStore()
        store.register_multiple(between)
        (own,) = load_certs_from_pemder_data(certificate)
        super().__init__(signing_cert=own, cert_registry=store, embed_roots=False, prefer_pss=True)
        self._key = key
        encoded = sum(len(link.dump()) for link in (own, *between)) + key.key_size // 8
        self.bytes_reserved = 2 * (encoded + _REST_OF_SIGNATURE)  # hexadecimal

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        if isinstance(self._key, EllipticCurvePrivateKey):
            return self._key.sign(data, ECDSA(hashes.SHA256()))
        if dry_run:  # only the length is needed
            return bytes(self._key.key_size // 8)
        padding = PSS(MGF1(hashes.SHA256()), PSS.MAX_LENGTH)
        return self._key.sign(data, padding, hashes.SHA256())

    def sign_text(self, data: bytes) -> bytes:
        """Return a detached CMS signature of ``data``, in DER."""
        signed = asyncio.run(self.async_sign_general_data(data, "sha256", detached=True))
        return bytes(signed.dump())


class Certifier(PdfSigner):
    """PAdES B-B, SHA-256, one invisible field, every later change forbidden."""

    def __init__(self, key: LoadedKey, *, reason: str, location: str, at: datetime) -> None:
        super().__init__(
            PdfSignatureMetadata(
                field_name=FIELD_NAME,
                md_algorithm="sha256",
                subfilter=SigSeedSubFilter.PADES,
                certify=True,
                docmdp_permissions=MDPPerm.NO_CHANGES,
                reason=reason,
                location=location,
            ),
            key,
            new_field_spec=SigFieldSpec(FIELD_NAME),
        )
        self._at = at
        self._bytes_reserved = key.bytes_reserved

    def certify(self, pdf_out: BasePdfFileWriter) -> bytes:
        """Sign once; pyHanko would make a first signature only to measure its size."""
        output = self.sign_pdf(pdf_out, bytes_reserved=self._bytes_reserved, output=BytesIO())
        return bytes(output.getvalue())

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        """Write the time of signing that the register knows, not the moment of the computation."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session
