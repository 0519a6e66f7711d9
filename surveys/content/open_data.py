"""Published results as open data: a row an element, nothing about fewer than five answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.models import Office
from reports.domain.periods import Period
from surveys.domain.elements import GRADED, Kind
from surveys.selectors import laws_of
from surveys.services.results import figures_of

COLUMNS = (
    "kantor", "periode", "instrumen", "jawaban", "berkas_selesai", "target_sampel", "indeks",
    "mutu", "unsur", "nrr", "nilai_unsur", "mutu_unsur",
    "bobot",
)  # fmt: skip
FORMAT = "portal-perizinan/survei"


def records(office: Office, periods: Sequence[Period]) -> list[dict[str, Any]]:
    """Return a row for each element of each period that may be shown, as plain values.

    IPAK has no grades: they are ``None`` there. ``bobot`` is a fraction, "1/9": the index is the
    sum of NRR by weight, divided by the sum of the weights, times 25.
    """
    return [
        {
            "kantor": office.code,
            "periode": found.period.code,
            "instrumen": str(found.kind),
            "jawaban": found.answered,
            "berkas_selesai": found.finished,
            "target_sampel": found.target,
            "indeks": str(found.result.index),
            "mutu": found.result.grade if found.kind in GRADED else None,
            "unsur": element.key,
            "nrr": str(element.rounded),
            "nilai_unsur": str(element.value),
            "mutu_unsur": element.grade if found.kind in GRADED else None,
            "bobot": str(found.weights[element.key]),
        }
        for found in figures_of(office, periods, list(Kind))
        if found.result is not None
        for element in found.result.elements
    ]


def document(office: Office, periods: Sequence[Period]) -> dict[str, Any]:
    """Return the whole as one document; its shape has a name and a version.

    ``dasar`` is the legal basis of each instrument.
    """
    return {
        "format": FORMAT,
        "versi": 3,
        "kantor": office.name,
        "dasar": laws_of(office),
        "baris": records(office, periods),
    }
