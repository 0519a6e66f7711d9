"""The 14 components of a service standard (PermenPAN-RB 15/2014; UU 25/2009 art. 21)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Key(StrEnum):
    """Stable names; the printed number and order are each office's own."""

    REQUIREMENTS = "persyaratan"
    PROCEDURE = "prosedur"
    TERM = "waktu"
    FEE = "biaya"
    PRODUCT = "produk"
    COMPLAINTS = "pengaduan"
    LEGAL_BASIS = "dasar_hukum"
    FACILITIES = "sarana"
    COMPETENCE = "kompetensi"
    SUPERVISION = "pengawasan"
    STAFFING = "jumlah_pelaksana"
    GUARANTEE = "jaminan_layanan"
    SAFETY = "jaminan_keamanan"
    EVALUATION = "evaluasi"


SERVICE_DELIVERY = (
    Key.REQUIREMENTS, Key.PROCEDURE, Key.TERM, Key.FEE, Key.PRODUCT, Key.COMPLAINTS,
)  # fmt: skip
MANUFACTURING = tuple(key for key in Key if key not in SERVICE_DELIVERY)


def missing(present: Iterable[str]) -> list[Key]:
    """Return the components that are not ``present``, in the order of the regulation."""
    known = set(present)
    return [key for key in Key if key not in known]
