"""Facts that the portal knows by their key: the kind of application, of which permit, for whom.

A standard switches them on; they are facts like any other, so conditions ask them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from standards.domain.conditions import Condition, parse
from standards.domain.facts import YES, Fact, FactKind, read
from standards.domain.versions import FactText

KIND_OF_APPLICATION = "jenis_permohonan"
REPRESENTED = "diwakili"
NAME, NATIONAL_ID, UNTIL = "wakil_nama", "wakil_nik", "kuasa_sampai"
PREVIOUS = "izin_sebelumnya"
HOLDER = "jenis_pemegang"
KEYS = (KIND_OF_APPLICATION, HOLDER, PREVIOUS, REPRESENTED, NAME, NATIONAL_ID, UNTIL)
BY_REPRESENTATIVE = parse(f"{REPRESENTED} = {YES}")


class ApplicationKind(StrEnum):
    """What is applied for; the value is the answer that conditions compare."""

    NEW = "Baru"
    EXTENSION = "Perpanjangan"
    CHANGE = "Perubahan"
    CLOSURE = "Penutupan"


class HolderAnswer(StrEnum):
    """Whom a permit is for, as conditions compare it. The application form asks it always."""

    PERSON = "Perorangan"
    BODY = "Badan usaha/lembaga"


def of_existing(kinds: Collection[ApplicationKind]) -> list[ApplicationKind]:
    """Return the ``kinds`` that are about a permit which was issued before."""
    return [kind for kind in ApplicationKind if kind in kinds and kind is not ApplicationKind.NEW]


def when_previous(kinds: Collection[ApplicationKind]) -> Condition:
    """Return the condition under which the number of the previous permit is asked."""
    return parse(f"{KIND_OF_APPLICATION} = {' | '.join(of_existing(kinds))}")


def facts(
    kinds: Collection[ApplicationKind],
    *,
    represented: bool,
    previous: bool = False,
    holder: bool = False,
) -> list[FactText]:
    """Return the facts of a standard that accepts these ``kinds`` (none: it does not ask).

    ``previous``: kinds about an existing permit ask its number, which is printed on the new one.
    ``holder``: conditions may ask whether the permit is for a person or a body.
    """
    found = []
    if kinds:
        choices = "\n".join(kind for kind in ApplicationKind if kind in kinds)
        found.append(
            FactText(
                order=0,
                key=KIND_OF_APPLICATION,
                label="Jenis permohonan",
                kind=FactKind.CHOICE,
                choices_text=choices,
            )
        )
    if holder:
        found.append(_OF_HOLDER)
    if previous and of_existing(kinds):
        found.append(replace(_PREVIOUS, when=when_previous(kinds)))
    return [*found, *_OF_REPRESENTATIVES] if represented else found


_OF_HOLDER = FactText(
    order=0,
    key=HOLDER,
    label="Izin ini untuk",
    kind=FactKind.CHOICE,
    choices_text="\n".join(HolderAnswer),
)
_PREVIOUS = FactText(
    order=0,
    key=PREVIOUS,
    label="Nomor izin sebelumnya",
    kind=FactKind.TEXT,
    help_text="Seperti tercetak pada izin itu. Isian yang kosong diambil dari izin Anda sendiri.",
    on_certificate=True,
)


_OF_REPRESENTATIVES = (
    FactText(
        order=0,
        key=REPRESENTED,
        label="Apakah permohonan ini diwakili orang lain?",
        kind=FactKind.YES_NO,
    ),
    FactText(order=0, key=NAME, label="Nama wakil", kind=FactKind.TEXT, when=BY_REPRESENTATIVE),
    FactText(
        order=0, key=NATIONAL_ID, label="NIK wakil", kind=FactKind.NIK, when=BY_REPRESENTATIVE
    ),
    FactText(
        order=0,
        key=UNTIL,
        label="Surat kuasa berlaku sampai",
        kind=FactKind.DATE,
        required=False,
        help_text="Kosongkan bila surat kuasa tidak menyebut tanggal.",
        when=BY_REPRESENTATIVE,
    ),
)


@dataclass(frozen=True, slots=True)
class Representative:
    """Who applies for the holder; ``until`` is the last day of the power of attorney, if any."""

    name: str
    national_id: str
    until: date | None

    def ended(self, day: date) -> bool:
        """Whether the power of attorney has ended before ``day``."""
        return self.until is not None and self.until < day


def representative(answers: Mapping[str, str]) -> Representative | None:
    """Return the representative that ``answers`` (texts by key) name; ``None`` without one."""
    if answers.get(REPRESENTED) != YES:
        return None
    until = read(FactKind.DATE, answers.get(UNTIL, ""))
    return Representative(
        name=answers.get(NAME, ""),
        national_id=answers.get(NATIONAL_ID, ""),
        until=until if isinstance(until, date) else None,
    )


def is_sound(fact: Fact) -> bool:
    """Whether a fact with a key of the portal is what the portal takes it for."""
    if fact.key not in KEYS:
        return True
    if fact.key == KIND_OF_APPLICATION:
        plain = fact.required and not fact.when and not fact.asked_at
        chosen = fact.kind is FactKind.CHOICE and set(fact.choices) <= set(ApplicationKind)
        return plain and chosen
    if fact.key == PREVIOUS:
        return fact.kind is FactKind.TEXT and not fact.asked_at
    portals = (_OF_HOLDER, *_OF_REPRESENTATIVES)
    expected = next(each for each in portals if each.key == fact.key).asked()
    return replace(expected, label=fact.label) == fact
