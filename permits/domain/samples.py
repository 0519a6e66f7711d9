"""Sample values: what stands in an answer when nobody has given one yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from standards.domain.facts import CHOSEN, FactKind

HOLDER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "holder_kind": "badan",
        "holder_name": "BKK SMK Contoh",
        "responsible_name": "Siti Pemohon",
        "national_id": "1471014507900001",
        "address": "Jalan Melati Nomor 2",
        "phone": "081234567890",
    }
)
_VALUES: Final[Mapping[FactKind, str]] = MappingProxyType(
    {
        FactKind.YES_NO: "tidak",
        FactKind.WHOLE: "12",
        FactKind.DECIMAL: "12",
        FactKind.RUPIAH: "150000",
        FactKind.DATE: "2026-01-02",
        FactKind.EMAIL: "siti@contoh.id",
        FactKind.PHONE: "081234567890",
        FactKind.NIK: "1471014507900001",
        FactKind.NIB: "1234567890123",
        FactKind.NPWP: "0013121660091000",
        FactKind.KBLI: "78422",
        FactKind.AREA: "72",
        FactKind.PLACE: "Simpang Baru, Binawidya, Pekanbaru",
        FactKind.DOCUMENT: "Berkas contoh.pdf",
    }
)


def sample(kind: str, choices: Sequence[str], mark: str = "") -> str:
    """Return a valid answer to a fact of ``kind``; of several choices the first.

    ``mark`` is written behind a text.
    """
    known = FactKind(kind)
    if known in CHOSEN:
        return choices[0] if choices else ""
    return _VALUES.get(known) or f"Contoh isian{mark}"
