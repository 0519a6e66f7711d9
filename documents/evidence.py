"""The heads of the audit chains, signed and put outside the database every day.

One file a chain and day in ``AUDIT_DIR``, which is copied to another machine, and one mail to the
administrators. ``manage.py verify_audit`` compares the database with the files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from documents.signing import SigningError, signer_for
from workflow import audit

HEAD, SIGNATURE = ".json", ".p7s"


def publish_heads(at: datetime) -> list[Path]:
    """Write and mail the head of every chain; return the files.

    A file is signed with the key of its office; without a usable key it goes out unsigned. A second
    run on the same day writes the later heads. Raises ``OSError`` and ``SMTPException``.
    """
    folder = Path(settings.AUDIT_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    for head in audit.heads():
        text = json.dumps({**head._asdict(), "at": at.isoformat()}, indent=1).encode() + b"\n"
        path = folder / f"{at:%Y-%m-%d}-{head.chain}{HEAD}"
        files.append(_write(path, text))
        with suppress(SigningError):
            signature = signer_for(head.chain).sign_text(text)
            files.append(_write(path.with_suffix(SIGNATURE), signature))
    _mail(files, at)
    return files


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
    for path in sorted(folder.glob(f"*{HEAD}")):
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            yield audit.Head(str(told["chain"]), int(told["number"]), str(told["hash"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path} holds no head of an audit chain") from error
