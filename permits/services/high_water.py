"""The highest number of each register that is on a signed document, kept outside the database.

When an older backup was restored, a register stands behind the papers that are in people's hands.
Its next number is refused until an operator has advanced it (docs/operations.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import pgettext_lazy

from permits.models import CertificateNumber, NumberRegister
from workflow import admin_tasks

admin_tasks.add(
    {
        "register_behind": pgettext_lazy(
            "admin task",
            "Buku nomor %(register)s tertinggal: nomor urut %(mark)s sudah tercetak pada dokumen "
            "bertanda tangan, buku baru sampai %(last)s. Basis data mungkin dipulihkan dari "
            "cadangan lama. Nomor baru ditolak sampai pengelola server memajukan buku itu.",
        )
    }
)


def note_signed(number: CertificateNumber) -> None:
    """Keep the value of a number that is on a signed document. Raises ``OSError``."""
    path = _file(number.register)
    if number.value > _read(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_text(f"{number.value}\n")
        part.replace(path)


def is_behind(register: NumberRegister, value: int) -> bool:
    """Return whether ``value``, the next of the register, is on a signed document already."""
    return value <= _read(_file(register))


def registers_behind() -> Iterator[tuple[NumberRegister, int]]:
    """Yield every register that stands behind, with the highest value that was signed."""
    for register in NumberRegister.objects.select_related("office").order_by("pk"):
        mark = _read(_file(register))
        if register.last < mark:
            yield register, mark


def watch_registers(at: datetime) -> int:
    """Open an administrator's task for every register that stands behind; return how many."""
    behind = list(registers_behind())
    for register, mark in behind:
        admin_tasks.open_task(
            f"register_behind:{register.pk}:{mark}",
            "register_behind",
            at=at,
            office=register.office,
            register=str(register),
            mark=mark,
            last=register.last,
        )
    return len(behind)


def _file(register: NumberRegister) -> Path:
    name = f"{register.office.code}-{register.kind}-{register.year}"
    return Path(settings.AUDIT_DIR) / "registers" / name


def _read(path: Path) -> int:
    """Return the value in a file; 0 when nothing was signed yet. Raises ``ValueError``."""
    try:
        return int(path.read_text())
    except FileNotFoundError:
        return 0
