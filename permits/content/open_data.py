"""The public register of permits as open data: one record a permit, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from documents.open_data import csv_lines, json_lines
from permits.domain.certificates import Validity
from permits.presenters.public_register import PublicPermit, public_permit
from permits.selectors.public_register import issued_permits

FORMAT = 1  # raised when a field changes its meaning or goes
_BATCH = 500
_STATES = {
    Validity.VALID: "berlaku",
    Validity.EXPIRED: "habis",
    Validity.REVOKED: "dicabut",
    Validity.VOIDED: "dibatalkan",
    Validity.REPLACED: "diganti",
}
COLUMNS = (
    "kantor", "nomor", "layanan", "jenis_pemegang", "pemegang", "terbit", "berlaku_sampai",
    "keadaan",
)  # fmt: skip


def records(at: datetime) -> Iterator[dict[str, Any]]:
    """Yield every issued permit as plain values, the newest first; days in ISO."""
    rows = issued_permits().order_by("-issued_at", "-pk")
    for row in rows.iterator(chunk_size=_BATCH):
        yield _record(public_permit(row, at))


def _record(permit: PublicPermit) -> dict[str, Any]:
    until = permit.valid_until
    values = (
        permit.office_code,
        permit.number,
        permit.service,
        "badan" if permit.holder else "perorangan",
        permit.holder,
        permit.issued_on.isoformat(),
        until.isoformat() if until else "",
        _STATES[Validity(permit.validity.code)],
    )
    return dict(zip(COLUMNS, values, strict=True))


def permits_json(at: datetime, licence: dict[str, str]) -> Iterator[str]:
    """Yield one JSON object, a record at a time."""
    return json_lines({"format": FORMAT, "lisensi": licence}, "izin", records(at))


def permits_csv(at: datetime) -> Iterator[str]:
    """Yield the lines of a table: one permit a line."""
    return csv_lines(COLUMNS, (list(record.values()) for record in records(at)))
