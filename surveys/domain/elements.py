"""The elements that surveys ask about, by stable key (PermenPAN-RB 14/2017; IPAK).

Printed numbers are no keys: on the questionnaire 8 is "sarana" and 9 "pengaduan", in the list of
the same regulation they change places.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What an instrument measures."""

    SKM = "skm"  # Survei Kepuasan Masyarakat
    IPAK = "ipak"  # Indeks Persepsi Anti Korupsi


SKM_KEYS: Final = (
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "sarana",
    "pengaduan",
)
COST: Final = "biaya"  # about a service that is free the answer is always the same
IPAK_KEYS: Final = (
    "prosedur",
    "penyalahgunaan",
    "jabatan",
    "biaya_jelas",
    "biaya_tambahan",
    "gratifikasi",
    "bukti_bayar",
    "percaloan",
    "kecurangan",
    "transaksi",
)
KEYS: Final = {Kind.SKM: SKM_KEYS, Kind.IPAK: IPAK_KEYS}
GRADED: Final = frozenset({Kind.SKM})  # PermenPAN-RB 14/2017 grades SKM; no rule grades IPAK
