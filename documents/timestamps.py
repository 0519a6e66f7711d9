"""Time stamps of somebody else (RFC 3161): what is stamped existed at that time.

The authority gets a hash and nothing else. Its answer is kept as it came;
``openssl ts -verify -data FILE -in ANSWER -CAfile …`` reads it without the portal.
"""

from __future__ import annotations

import http.client
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_PATIENCE = 10.0  # seconds
_LONGEST_ANSWER = 64 * 1024  # bytes
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"


class TimestampError(Exception):
    """No time stamp was given, or one does not hold; the message gives the reason, for the log."""


def is_wanted() -> bool:
    """Whether an authority is configured."""
    return bool(settings.TIMESTAMP_URL)


def stamp(content: bytes) -> bytes:
    """Return the answer of the authority for ``content``, already checked.

    Raises ``TimestampError`` when it does not answer, refuses, or answers something else.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    query = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = _ask(query.as_bytes())
    _check(content, answer, query.nonce)
    return answer


def stamped_at(content: bytes, answer: bytes) -> datetime:
    """Return when ``content`` was stamped.

    Raises ``TimestampError`` when ``answer`` is for something else, was changed, or comes from
    nobody in ``TIMESTAMP_CA``. The certificate of the authority must have been valid then, not now.
    """
    return _check(content, answer, None)


def _check(content: bytes, answer: bytes, nonce: int | None) -> datetime:
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    verifier = VerifierBuilder(roots=list(_trusted()), nonce=nonce).build()
    try:
        reply = decode_timestamp_response(answer)
        verifier.verify_message(reply, content)
        return reply.tst_info.gen_time
    except (VerificationError, ValueError) as error:
        raise TimestampError(f"the time stamp does not hold: {error}") from error


def _trusted() -> Sequence[Certificate]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(Path(settings.TIMESTAMP_CA).read_bytes())
    except (OSError, ValueError) as error:
        raise TimestampError(f"TIMESTAMP_CA: {error}") from error


def _ask(query: bytes) -> bytes:
    parts = urlsplit(settings.TIMESTAMP_URL)
    maker = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = maker(parts.hostname or "", parts.port, timeout=_PATIENCE)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, query, {"Content-Type": _QUERY, "Accept": _REPLY})
        answer = connection.getresponse()
        body = answer.read(_LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        raise TimestampError(f"{type(error).__name__}: {error}") from error
    finally:
        connection.close()
    if answer.status != 200:
        raise TimestampError(f"HTTP {answer.status}")
    return body
