"""Verification of signed PDF files.

A valid signature is not enough: bytes appended after the signed part leave the signature valid. A
file must have one signature that covers all bytes, a trust anchor of the portal and no
modification. The register decides in the end (docs/certificates.md).
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from documents.sandbox import SandboxLimitExceeded, run_in_sandbox

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus, StandardCMSSignatureStatus
    from pyhanko_certvalidator import ValidationContext

MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Examination:
    """The result of a verification; ``problem`` is the code of the first problem, or ``None``.

    The name of the signer is set only if the certificate chain leads to a trust anchor: without one
    a key can carry any name.
    """

    signatures: int = 0
    intact: bool = False
    trusted: bool = False
    covers_entire_file: bool = False
    unmodified: bool = False
    signer_name: str = ""
    signed_at: datetime | None = None
    problem: str | None = None

    @property
    def valid(self) -> bool:
        """Whether the file is unmodified and its signer is trusted."""
        return self.problem is None


def sha256(content: bytes) -> str:
    """Return the hexadecimal SHA-256 digest that the register stores for a file."""
    return hashlib.sha256(content).hexdigest()


def trust_anchors() -> tuple[bytes, ...]:
    """Return the trusted certificates: ``ca.pem``, and ``anchors/*.pem`` of earlier years.

    They are public, and every process reads them; the keys lie elsewhere (``SIGNING_DIR``).
    """
    folder = Path(settings.TRUST_DIR)
    files = [folder / "ca.pem", *sorted((folder / "anchors").glob("*.pem"))]
    return tuple(file.read_bytes() for file in files if file.is_file())


def examine(pdf: bytes, anchors: Sequence[bytes] | None = None) -> Examination:
    """Verify a file. Never raises: an unreadable file is not a certificate of the portal.

    ``anchors`` are PEM certificates, by default those of :func:`trust_anchors`.
    """
    if len(pdf) > MAX_BYTES:
        return Examination(problem="too_large")
    if not pdf.startswith(b"%PDF-"):
        return Examination(problem="not_a_pdf")
    examination = Examination(problem="unreadable")
    try:
        if not (roots := trust_anchors() if anchors is None else tuple(anchors)):
            return Examination(problem="no_anchors")
        signatures = _open(pdf).embedded_signatures
        count = len(signatures)
        examination = Examination(signatures=count, problem=_count_problem(count))
        if examination.problem is not None:
            return examination
        examination = replace(examination, problem="broken_signature")
        if _hides_something(signatures[0]):
            return examination
        return _judge(examination, signatures[0], roots)
    except Exception:  # a hostile file may raise anything; it is never valid then
        return examination


def signer_of(text: bytes, signature: bytes, at: datetime) -> str:
    """Return the name in the certificate that made the detached CMS ``signature`` of ``text``.

    ``at`` is when it was made. Raises ``ValueError`` with the reason, for the operator, when the
    signature is not of this text, is damaged, or its certificate leads to no trust anchor.
    """
    if not (roots := trust_anchors()):
        raise ValueError("tidak ada penerbit yang dipercaya di TRUST_DIR")
    try:
        status = asyncio.run(_validate_text(text, signature, roots, at))
    except Exception as error:  # a hostile file may raise anything; it holds nothing then
        raise ValueError("tidak dapat dibaca") from error
    if not (status.intact and status.valid):
        raise ValueError("tidak cocok dengan isi berkas")
    if not status.trusted:
        raise ValueError("bukan dari penerbit yang dipercaya")
    return str(status.signing_cert.subject.native.get("common_name", ""))


async def _validate_text(
    text: bytes, signature: bytes, roots: Sequence[bytes], at: datetime
) -> "StandardCMSSignatureStatus":
    from asn1crypto.cms import ContentInfo
    from pyhanko.sign.validation import async_validate_detached_cms

    signed = ContentInfo.load(signature)["content"]
    return await async_validate_detached_cms(text, signed, _context(roots, at))


def examine_confined(pdf: bytes) -> Examination:
    """Run :func:`examine` on an untrusted file in a sandbox with limited time and memory."""
    from pyhanko.sign import validation  # noqa: F401  before the fork: the import takes 0.8 s

    try:
        values = run_in_sandbox(lambda: _as_json(examine(pdf)))
    except SandboxLimitExceeded:
        return Examination(problem="too_heavy")
    signed_at = values.pop("signed_at")
    return Examination(**values, signed_at=datetime.fromisoformat(signed_at) if signed_at else None)


def _as_json(examination: Examination) -> dict[str, object]:
    signed_at = examination.signed_at
    return {**asdict(examination), "signed_at": signed_at and signed_at.isoformat()}


def _open(pdf: bytes) -> "PdfFileReader":
    from pyhanko.pdf_utils.reader import PdfFileReader

    return PdfFileReader(BytesIO(pdf), strict=True)


def _count_problem(signatures: int) -> str | None:
    if signatures == 0:
        return "unsigned"
    return "several_signatures" if signatures > 1 else None


def _hides_something(signature: "EmbeddedPdfSignature") -> bool:
    """Whether the bytes reserved for the signature hold more than padding."""
    _, itself, behind = signature.pkcs7_content.partition(signature.signed_data.dump())
    return not itself or bool(behind.strip(b"\0"))


def _judge(
    examination: Examination, signature: "EmbeddedPdfSignature", roots: Sequence[bytes]
) -> Examination:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    status = _validate(signature, roots)
    intact = bool(status.intact and status.valid)
    trusted = bool(status.trusted)
    examination = replace(
        examination,
        intact=intact,
        trusted=trusted,
        covers_entire_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        unmodified=status.modification_level == ModificationLevel.NONE,
        signer_name=_common_name(signature) if intact and trusted else "",
        signed_at=status.signer_reported_dt if intact else None,
    )
    problem = _first_problem(examination, bottom_line=bool(status.bottom_line))
    return replace(examination, problem=problem)


def _validate(signature: "EmbeddedPdfSignature", roots: Sequence[bytes]) -> "PdfSignatureStatus":
    from pyhanko.sign.validation import validate_pdf_signature

    context = _context(roots, signature.self_reported_timestamp)
    return validate_pdf_signature(signature, signer_validation_context=context)


def _context(roots: Sequence[bytes], reported: datetime | None) -> "ValidationContext":
    """Return whom to trust, and at which moment, for something signed at the time it reports."""
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko_certvalidator import ValidationContext

    anchors = [anchor for pem in roots for anchor in load_certs_from_pemder_data(pem)]
    return ValidationContext(
        trust_roots=anchors,
        moment=_moment(reported),
        allow_fetching=False,  # else the file would choose which URLs are requested
    )


def _moment(reported: datetime | None) -> datetime:
    """Return when the signer's certificate must be valid: at the time of signing, at most now.

    The time is reported by the signer; the register proves it.
    """
    today = datetime.now(UTC)
    return min(reported, today) if reported is not None and reported.tzinfo else today


def _common_name(signature: "EmbeddedPdfSignature") -> str:
    return str(signature.signer_cert.subject.native.get("common_name", ""))


def _first_problem(examination: Examination, *, bottom_line: bool) -> str | None:
    if not examination.intact:
        return "not_intact"
    if not examination.trusted:
        return "not_trusted"
    if not examination.covers_entire_file:
        return "not_entire_file"
    if not examination.unmodified or not bottom_line:
        return "modified"
    return None
