"""Facts: what a standard asks, of which kind each answer is, and what a typed answer means.

An answer is kept as text by the key of its fact, "" while there is none. ``read`` turns that text
into a value that conditions compare. Several choices stand on a line each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from accounts.domain.figures import decimal_figure, rupiah, whole_number
from accounts.domain.identifiers import bare, is_kbli, is_nib, nik_fault, tax_number
from accounts.domain.phones import e164
from accounts.domain.text import clean_email, clean_line, clean_text
from standards.domain.conditions import ALWAYS, Condition, holds

Value: TypeAlias = "bool | Decimal | date | frozenset[str] | str"

YES, NO = "ya", "tidak"
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PLACE_PARTS = 3  # village, district, regency or city
_LETTERS = 2  # no name of a village is shorter


class FactKind(StrEnum):
    """Kinds of facts. A document is one that an officer attaches; the applicant's are requirements.

    Its answer is the name of the file.
    """

    YES_NO = "ya_tidak"
    CHOICE = "pilihan"
    CHOICES = "beberapa_pilihan"
    TEXT = "teks"
    LONG_TEXT = "teks_panjang"
    WHOLE = "bilangan_bulat"
    DECIMAL = "angka"
    RUPIAH = "rupiah"
    DATE = "tanggal"
    EMAIL = "email"
    PHONE = "telepon"
    NIK = "nik"
    NIB = "nib"
    NPWP = "npwp"
    KBLI = "kbli"
    AREA = "luas"
    PLACE = "tempat"
    DOCUMENT = "dokumen"


CHOSEN = (FactKind.CHOICE, FactKind.CHOICES)
ORDERED = (FactKind.WHOLE, FactKind.DECIMAL, FactKind.RUPIAH, FactKind.AREA, FactKind.DATE)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; ``when`` says whether it is asked at all.

    ``asked_at`` is the printed number of the SOP step at which an officer records it; "" is the
    filing, where the applicant answers.
    """

    key: str
    label: str
    kind: FactKind
    choices: tuple[str, ...] = ()
    required: bool = True
    when: Condition = field(default=ALWAYS)
    asked_at: str = ""
    step_when: Condition = field(default=ALWAYS)  # of the step that records it


def choices_of(text: str) -> tuple[str, ...]:
    """Return the choices typed one a line."""
    return tuple(dict.fromkeys(line for line in map(clean_line, text.splitlines()) if line))


def read(kind: FactKind, text: str, choices: Sequence[str] = ()) -> Value | None:
    """Return the value of an answer; ``None`` if there is none or it is not one of its kind.

    Numbers, money (whole rupiah) and areas (square metres) are ``Decimal``, several choices a set.
    """
    if not text.strip():
        return None
    if kind is FactKind.CHOICE:
        return text if text in choices else None
    if kind is FactKind.CHOICES:
        chosen = frozenset(choices_of(text))
        return chosen if chosen <= frozenset(choices) else None
    return _READERS[kind](text)


def _yes_no(text: str) -> bool | None:
    return {YES: True, NO: False}.get(text.strip().lower())


def _whole(text: str) -> Decimal | None:
    number = whole_number(text)
    return None if number is None else Decimal(number)


def _rupiah(text: str) -> Decimal | None:
    amount = rupiah(text)
    return None if amount is None or amount < 0 else Decimal(amount)


def _decimal(text: str) -> Decimal | None:
    figure = decimal_figure(text)
    return None if figure is None else Decimal(figure.replace(",", "."))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _email(text: str) -> str | None:
    address = clean_email(text)
    return address if _EMAIL.fullmatch(address) else None


def _nik(text: str) -> str | None:
    number = bare(text)
    return None if nik_fault(number) else number


def _nib(text: str) -> str | None:
    number = bare(text)
    return number if is_nib(number) else None


def _kbli(text: str) -> str | None:
    code = bare(text)
    return code if is_kbli(code) else None


def _place(text: str) -> str | None:
    """Three names or more. Whether there is such a place is not known here: no list is held."""
    parts = [part for part in map(clean_line, text.split(",")) if part]
    names = [part for part in parts if sum(sign.isalpha() for sign in part) >= _LETTERS]
    return ", ".join(parts) if len(names) >= _PLACE_PARTS else None


_READERS: dict[FactKind, Callable[[str], Value | None]] = {
    FactKind.YES_NO: _yes_no,
    FactKind.TEXT: lambda text: clean_line(text) or None,
    FactKind.LONG_TEXT: lambda text: clean_text(text) or None,
    FactKind.WHOLE: _whole,
    FactKind.DECIMAL: _decimal,
    FactKind.RUPIAH: _rupiah,
    FactKind.DATE: _day,
    FactKind.EMAIL: _email,
    FactKind.PHONE: lambda text: e164(text) or None,
    FactKind.NIK: _nik,
    FactKind.NIB: _nib,
    FactKind.NPWP: lambda text: tax_number(text) or None,
    FactKind.KBLI: _kbli,
    FactKind.AREA: _decimal,
    FactKind.PLACE: _place,
    FactKind.DOCUMENT: lambda text: clean_line(text) or None,
}


def asked(facts: Sequence[Fact], answers: Mapping[str, str]) -> tuple[list[Fact], dict[str, Value]]:
    """Return the facts that are asked, in their order, and the values of those that are answered.

    ``answers`` are texts by key. An answer to a fact that is not asked (any more) counts as none,
    and so does, for the condition of a fact, the answer to one that comes after it.
    """
    open_facts: list[Fact] = []
    values: dict[str, Value] = {}
    for fact in facts:
        if not (holds(fact.when, values) and holds(fact.step_when, values)):
            continue
        open_facts.append(fact)
        value = read(fact.kind, answers.get(fact.key, ""), fact.choices)
        if value is not None:
            values[fact.key] = value
    return open_facts, values


def deciding(facts: Sequence[Fact], conditions: Sequence[Condition]) -> frozenset[str]:
    """Return the keys of the facts on which something depends, and of those that depend.

    They are asked on a page of their own: there an answer opens or closes what follows.
    """
    named = {key for condition in conditions for key in condition.named()}
    named |= {key for fact in facts for key in fact.when.named()}
    return frozenset(fact.key for fact in facts if fact.key in named or fact.when)
