"""The indicators of the yearly evaluation of public services (PEKPPP), and what a state means.

Basis: PermenPAN-RB 29/2022 (changed by 4/2023), instrument Pedoman Menteri PANRB 5/2023. Weights
are those inside the aspect. Only what a portal can hold evidence of is listed by number; the rest
is named in ``NOT_HELD``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """How far the portal holds the evidence of an indicator."""

    HELD = "ada"
    PARTLY = "sebagian"
    MISSING = "belum"
    NOT_HELD = "luar"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: ``code`` names its files; ``weight`` is 0 for what only supplements."""

    code: str
    name: str
    aspect: str
    weight: int = 0

    @property
    def title(self) -> str:
        """Number and name; what only supplements has no number."""
        return f"{self.code}. {self.name}" if self.code.isdigit() else self.name


OVERVIEW: Final = "00"  # the list of all indicators
POLICY: Final = "Kebijakan pelayanan (bobot 24)"
STAFF: Final = "Profesionalisme SDM (bobot 25)"
INFORMATION: Final = "Sistem informasi pelayanan publik (bobot 11)"
COMPLAINTS: Final = "Konsultasi dan pengaduan (bobot 10)"
MORE: Final = "Pelengkap"

INDICATORS: Final = (
    Indicator("01", "Standar pelayanan sesuai 14 komponen", POLICY, 17),
    Indicator("02", "Keikutsertaan masyarakat dalam penyusunan standar", POLICY, 14),
    Indicator("03", "Jumlah media publikasi standar pelayanan", POLICY, 7),
    Indicator("04", "Peninjauan berkala standar pelayanan dan tindak lanjutnya", POLICY, 14),
    Indicator("05", "Maklumat pelayanan", POLICY, 10),
    Indicator("06", "Survei kepuasan masyarakat menurut aturan", POLICY, 17),
    Indicator("07", "Media publikasi hasil survei kepuasan masyarakat", POLICY, 7),
    Indicator("08", "Persentase tindak lanjut survei yang selesai", POLICY, 7),
    Indicator("09", "Kecepatan tindak lanjut survei", POLICY, 7),
    Indicator("10", "Waktu pelayanan", STAFF),
    Indicator("21", "Informasi yang terbuka bagi masyarakat", INFORMATION, 30),
    Indicator("22", "Berfungsinya sistem informasi", INFORMATION, 20),
    Indicator("23", "Mutu informasi", INFORMATION, 20),
    Indicator("24", "Kemutakhiran informasi", INFORMATION, 30),
    Indicator("25", "Konsultasi dan pengaduan tatap muka", COMPLAINTS, 20),
    Indicator("26", "Saluran konsultasi dan pengaduan bagi semua", COMPLAINTS, 25),
    Indicator("27", "Pencatatan pengaduan", COMPLAINTS, 25),
    Indicator("28", "Tindak lanjut pengaduan", COMPLAINTS, 30),
    Indicator("sop", "Kepatuhan terhadap SOP dan jangka waktu", MORE),
)
NOT_HELD: Final = (
    ("11-20", "Profesionalisme SDM (selain waktu pelayanan) dan sarana prasarana"),
    ("31", "Sistem antrean (hanya informasi)"),
    ("Aspek", "Inovasi (bobot 12)"),
)


def state_of(*, found: bool, gaps: int) -> State:
    """Return the state of an indicator: nothing found, something with gaps, or all of it."""
    if not found:
        return State.MISSING
    return State.PARTLY if gaps else State.HELD


def standard_code(number: int) -> str:
    """Return the code of the print of a standard, which belongs to indicator 1."""
    return f"01-{number}"


def file_name(code: str) -> str:
    """Return the name of the PDF of an indicator, or of a standard, in the ZIP."""
    if code == OVERVIEW:
        return "00-daftar-indikator.pdf"
    number, _dash, standard = code.partition("-")
    if standard:
        return f"indikator-{number}-standar-{standard}.pdf"
    return f"indikator-{code}.pdf" if code.isdigit() else f"pelengkap-{code}.pdf"
