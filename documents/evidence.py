"""The heads of the audit chains, signed and put outside the database every day.

One file a chain and day in ``AUDIT_DIR``, which is copied to another machine, and one mail to the
administrators. ``manage.py verify_audit`` compares the database with the files, checks what signed
them and says when they end too early. With a time stamp authority each head also gets a stamp; a
head without one is what is owed.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Office, User
from documents import timestamps
from documents.signing import LocalKeySigner, SigningError, signer_for
from documents.timestamps import TimestampError
from documents.verification import signer_of
from workflow import audit

logger = logging.getLogger(__name__)
HEAD, SIGNATURE, STAMP = ".json", ".p7s", ".tsr"
LATE_STAMP = timedelta(days=2)  # a head that was stamped later may have been made later
LATE_HEAD = timedelta(days=2)  # they leave every night: if none did for so long, some are missing
_STAMPS_AT_ONCE = 100


def publish_heads(at: datetime) -> list[Path]:
    """Write and mail the head of every chain; return the files.

    A file is signed with the key of its office, that of the chain of no office with the key of the
    first office that has one; the file says whose (``signed_by``). Without a usable key it goes out
    unsigned. A time stamp that cannot be had now is asked for later. A second run on the same day
    writes the later heads. Raises ``OSError`` and ``SMTPException``.
    """
    folder = Path(settings.AUDIT_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    for head in audit.heads():
        office, signer = _signer(head.chain, at)
        told = {**head._asdict(), "at": at.isoformat(), "signed_by": office}
        text = json.dumps(told, indent=1).encode() + b"\n"
        path = folder / f"{at:%Y-%m-%d}-{head.chain}{HEAD}"
        for ending in (SIGNATURE, STAMP):  # of an earlier head of this day
            path.with_suffix(ending).unlink(missing_ok=True)
        files.append(_write(path, text))
        if signer is not None:
            files.append(_write(path.with_suffix(SIGNATURE), signer.sign_text(text)))
    try:
        files += stamp_heads()
    except TimestampError as error:
        logger.warning("heads wait for their time stamp: %s", error)
    _mail(files, at)
    return files


def _signer(chain: str, at: datetime) -> tuple[str, LocalKeySigner | None]:
    """Return whose key signs the heads of a chain, and that key; "" and nothing without one."""
    codes: Iterable[str] = [chain]
    if chain == audit.NO_OFFICE:
        codes = Office.objects.order_by("code").values_list("code", flat=True)
    for code in codes:
        with suppress(SigningError):
            signer = signer_for(code)
            if signer.problem_at(at) is None:
                return code, signer
    return "", None


def stamp_heads() -> list[Path]:
    """Have heads stamped that are not yet; return the files of the stamps.

    Raises ``TimestampError`` at the first that is not given: the others would wait for nothing.
    """
    stamps: list[Path] = []
    for path in unstamped(Path(settings.AUDIT_DIR))[:_STAMPS_AT_ONCE]:
        head = path.read_bytes()
        stamp = timestamps.stamp(head)
        if path.read_bytes() == head:  # not replaced by a later one meanwhile
            stamps.append(_write(_stamp_of(path), stamp))
    return stamps


def unstamped(folder: Path) -> list[Path]:
    """Return the heads that owe a stamp, oldest first; none without an authority."""
    if not timestamps.is_wanted():
        return []
    return [path for path in _heads_in(folder) if not _stamp_of(path).exists()]


def _stamp_of(path: Path) -> Path:
    return path.with_suffix(STAMP)


def _write(path: Path, content: bytes) -> Path:
    """Write whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    return part.replace(path)


def _mail(files: list[Path], at: datetime) -> None:
    people = User.objects.filter(is_superuser=True, is_active=True)
    addresses = [address for address in people.values_list("email", flat=True) if address]
    if not files or not addresses:
        return
    with translation.override("id"):
        message = EmailMessage(
            _("Ujung rantai bukti %(day)s") % {"day": f"{at:%d-%m-%Y}"},
            _(
                "Simpan surat ini. Dengan berkas terlampir dapat dibuktikan bahwa catatan sampai "
                "hari ini tidak diubah: manage.py verify_audit membandingkannya."
            ),
            settings.DEFAULT_FROM_EMAIL,
            addresses,
        )
    for path in files:
        message.attach_file(str(path), "application/octet-stream")
    message.send()


def published_heads(folder: Path) -> Iterator[audit.Head]:
    """Yield the heads in ``folder``. Raises ``ValueError`` for a file that holds none."""
    for path in _heads_in(folder):
        yield _read(path)[0]


def _heads_in(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{HEAD}"))


def _read(path: Path) -> tuple[audit.Head, datetime]:
    """Return the head in a file and when it was written."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        head = audit.Head(str(told["chain"]), int(told["number"]), str(told["hash"]))
        return head, datetime.fromisoformat(told["at"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} holds no head of an audit chain") from error


def overdue_chains(folder: Path, at: datetime) -> dict[str, datetime | None]:
    """Return the chains of which ``folder`` holds no head of the last two days before ``at``.

    With each comes when its last head was written; ``None`` if there is none, though the chain
    began more than two days ago. Raises ``ValueError`` for a file that holds no head.
    """
    last: dict[str, datetime] = {}
    for head, written_at in map(_read, _heads_in(folder)):
        last[head.chain] = max(written_at, last.get(head.chain, written_at))
    return {
        chain: last.get(chain)
        for chain, began_at in audit.beginnings().items()
        if at - last.get(chain, began_at) > LATE_HEAD
    }


@dataclass(frozen=True, slots=True)
class Signatures:
    """What the signatures of a folder say.

    ``signers`` counts the files by the name in the certificate, ``missing`` names the heads without
    a signature, ``broken`` says why one does not hold.
    """

    signers: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)


def check_signatures(folder: Path) -> Signatures:
    """Check the signature of every head in ``folder`` against the trust anchors of the portal.

    Raises ``ValueError`` for a file that holds no head.
    """
    found = Signatures()
    for path in _heads_in(folder):
        signature, (_head, written_at) = path.with_suffix(SIGNATURE), _read(path)
        if not signature.exists():
            found.missing.append(path.name)
            continue
        try:
            found.signers[signer_of(path.read_bytes(), signature.read_bytes(), written_at)] += 1
        except ValueError as error:
            found.broken[path.name] = str(error)
    return found


@dataclass(frozen=True, slots=True)
class Stamps:
    """What the stamps of a folder say: names of heads, and why a stamp does not hold."""

    held: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)


def check_stamps(folder: Path) -> Stamps:
    """Check the stamp of every head in ``folder`` that has one."""
    found = Stamps()
    for path in _heads_in(folder):
        if not _stamp_of(path).exists():
            continue
        head = path.read_bytes()
        try:
            stamped_at = timestamps.stamped_at(head, _stamp_of(path).read_bytes())
            made_at = datetime.fromisoformat(json.loads(head)["at"])
        except (TimestampError, KeyError, TypeError, ValueError) as error:
            found.broken[path.name] = str(error)
            continue
        (found.late if stamped_at - made_at > LATE_STAMP else found.held).append(path.name)
    return found
