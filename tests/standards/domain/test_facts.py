"""Facts: for every kind, what is read as a value and what is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from standards.domain.conditions import parse
from standards.domain.facts import Fact, FactKind, choices_of, deciding, read

CHOICES = ("Kecil", "Besar; sekali")
TYPED = [kind for kind in FactKind if kind is not FactKind.DOCUMENT]  # a document is uploaded
GOOD: dict[FactKind, dict[str, Any]] = {
    FactKind.YES_NO: {"ya": True, " Tidak ": False},
    FactKind.CHOICE: {"Kecil": "Kecil", "Besar; sekali": "Besar; sekali"},
    FactKind.CHOICES: {
        "Kecil": frozenset({"Kecil"}), "Kecil\nBesar; sekali\n": frozenset(CHOICES),
    },
    FactKind.TEXT: {" Jalan\n Melati ": "Jalan Melati"},
    FactKind.LONG_TEXT: {"satu\r\ndua": "satu\ndua"},
    FactKind.WHOLE: {"1.500": Decimal(1500), "-3": Decimal(-3), "0": Decimal(0)},
    FactKind.DECIMAL: {"24,5": Decimal("24.5"), "1.500,25": Decimal("1500.25")},
    FactKind.RUPIAH: {"150.000": Decimal(150000), "Rp 150.000,-": Decimal(150000)},
    FactKind.DATE: {"2026-02-28": date(2026, 2, 28)},
    FactKind.EMAIL: {"Siti@Contoh.ID": "siti@contoh.id"},
    FactKind.PHONE: {"0812 3456 7890": "+6281234567890", "(0264) 8224794": "+622648224794"},
    FactKind.NIK: {
        "1471015507900001": "1471015507900001", "14.71.01.150790.0001": "1471011507900001",
    },
    FactKind.NIB: {"1234567890123": "1234567890123", "1234 5678 90123": "1234567890123"},
    FactKind.NPWP: {
        "01.312.166.0-091.000": "0013121660091000", "0013121660091000": "0013121660091000",
        "1471015507900001": "1471015507900001",
    },
    FactKind.KBLI: {"01111": "01111", "78.422": "78422"},
    FactKind.AREA: {"100": Decimal(100), "72,25": Decimal("72.25")},
    FactKind.PLACE: {"Sail,Sail , Pekanbaru": "Sail, Sail, Pekanbaru"},
}  # fmt: skip
BAD: dict[FactKind, tuple[str, ...]] = {
    FactKind.YES_NO: ("yes", "1", "mungkin"),
    FactKind.CHOICE: ("kecil", "Menengah", "Kecil\nBesar; sekali"),
    FactKind.CHOICES: ("Kecil\nMenengah", "Kecil, Besar; sekali"),
    FactKind.TEXT: ("\u200b",),
    FactKind.LONG_TEXT: ("\n \n",),
    FactKind.WHOLE: ("1,5", "1.5", "seribu", "1e3"),
    FactKind.DECIMAL: ("-1", "1.2.3", "1,2,3", "NaN", "inf"),
    FactKind.RUPIAH: ("-150.000", "150,5", "USD 5"),
    FactKind.DATE: ("2026-02-29", "28/02/2026", "kemarin"),
    FactKind.EMAIL: ("siti", "siti@contoh", "siti@@contoh.id", "a b@contoh.id"),
    FactKind.PHONE: ("123", "telepon", "0812"),
    FactKind.NIK: (
        "147101550790000", "14710155079000012", "147101550790000x", "1471013202900001",
        "1471017302900001", "0071015507900001", "1471015513900001",
        "9971015507900001", "1471015507900000",
    ),
    FactKind.NIB: ("123456789012", "12345678901234", "123456789012x"),
    FactKind.NPWP: ("013121661091000", "1234567890123456", "12345", "0013121661091000"),
    FactKind.KBLI: ("7842", "784222", "7842a"),
    FactKind.AREA: ("-5", "luas", "100 m2"),
    FactKind.PLACE: ("Pekanbaru", "Sail, Pekanbaru", ",,,", "a, b, c", "1, 2, 3", "Sail, -, Riau"),
}  # fmt: skip


@pytest.mark.parametrize("kind", TYPED)
def test_good_answers_of_every_kind_are_read(kind: FactKind) -> None:
    for text, value in GOOD[kind].items():
        assert read(kind, text, CHOICES) == value, text


@pytest.mark.parametrize("kind", TYPED)
def test_bad_answers_of_every_kind_are_none(kind: FactKind) -> None:
    assert len(BAD[kind]) > 0
    for text in ("", " ", *BAD[kind]):
        assert read(kind, text, CHOICES) is None, text


def test_choices_stand_on_a_line_each() -> None:
    assert choices_of(" Kecil \n\nBesar\r\nKecil") == ("Kecil", "Besar")


def test_what_decides_and_what_depends_is_asked_together() -> None:
    facts = [
        Fact("baru", "", FactKind.YES_NO), Fact("nama", "", FactKind.TEXT),
        Fact("asal", "", FactKind.TEXT, when=parse("baru = ya")), Fact("luas", "", FactKind.AREA),
    ]  # fmt: skip
    assert deciding(facts, []) == {"baru", "asal"}
    assert deciding(facts, [parse("luas >= 5")]) == {"baru", "asal", "luas"}
