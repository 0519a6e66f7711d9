"""A step that several perform: an office hears its secretary and a partner body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Position, User
from demo import samples
from permits.models import Application, StepPart
from permits.services import parts
from standards.domain.conditions import parse
from standards.domain.steps import StepKind
from tests.factories.accounts import make_office, make_officer, make_user
from tests.factories.partners import with_body
from tests.factories.permits import NOON, Cast, make_accepted
from tests.factories.standards import (
    STEPS,
    make_procedure,
    make_service,
    make_standard,
    position_of,
)
from workflow.models import Holiday

DESKS = ("front-office", "back-office", "sekretaris", "kepala-dinas")
HEARING = (StepKind.WORK, "Back Office", "", 2, "hari_kerja", None)
SOP = (*STEPS[:2], HEARING, *STEPS[2:])
COLLECTS = (
    StepKind.WORK, "Back Office", "", 1, "hari_kerja", None, {"activity": "Mengumpulkan hasil."},
)  # fmt: skip
LATER = (
    StepKind.WORK, "Back Office", "", 1, "hari_kerja", None,
    {"activity": "Menelaah bangunan besar.", "when": parse("luas_ukur >= 100")},
)  # fmt: skip
AREA = {"key": "luas_ukur", "label": "Luas hasil ukur", "kind": "luas", "asked_at": "3"}
FINE = StepPart.Opinion.NO_OBJECTION


@dataclass(frozen=True)
class Hearing:
    """An office that hears its secretary and a partner body, and a file at that step."""

    cast: Cast
    body: User
    superior: User
    desk: Position
    file: Application

    @property
    def secretary(self) -> User:
        return self.cast.at("sekretaris")

    @property
    def coordinator(self) -> User:
        return self.cast.at("back-office")

    def fresh(self) -> Application:
        return samples.reload(self.file)

    def part(self, label: str) -> StepPart:
        return self.file.parts.filter(role__label=label).latest("pk")

    def give(self, label: str, **facts: Any) -> StepPart:
        part = self.part(label)
        actor = self.secretary if label == "Sekretaris" else self.body
        given = {"actor": actor, "at": NOON, "part": part.pk, "opinion": FINE, **facts}
        return parts.give_part(self.file, **given)


def make_hearing(*, free: date | None = None) -> Hearing:
    """Return the hearing; on the day ``free`` the body does not work, but the office does."""
    return _hearing(SOP, ("Tim Teknis", "Sekretaris"), free)


def make_side_by_side(
    *,
    free: date | None = None,
    heard: tuple[str, ...] = (),
    asks: str = "tenaga_asing = tidak",
    **first: Any,
) -> Hearing:
    """Return an office in whose SOP body and secretary work side by side, and a file there.

    The body measures (``luas_ukur``) within two days, the secretary is asked where ``asks`` holds
    (here it does) and may be left out; back office collects within a day. ``first`` are columns of
    the row of the body, ``heard`` further performers of the row at which they meet.
    """
    secretary = (
        StepKind.WORK, "Sekretaris", "", 3, "hari_kerja", None,
        {"parallel": True, "optional": True, "activity": "Memberi pendapat lingkungan.",
         "when": parse(asks)},
    )  # fmt: skip
    body = (
        StepKind.WORK, "Tim Teknis", "", 2, "hari_kerja", None,
        {"parallel": True, "activity": "Mengukur bangunan.", **first},
    )  # fmt: skip
    sop = (*STEPS[:2], body, secretary, COLLECTS, LATER, *STEPS[2:])
    return _hearing(sop, heard, free, (AREA,))


def _hearing(
    sop: tuple[Any, ...],
    heard: tuple[str, ...],
    free: date | None,
    facts: tuple[dict[str, Any], ...] = (),
) -> Hearing:
    """``heard`` are the further performers of the back office's first step."""
    office = make_office()
    body = make_office(partner_of=office, short_name="Dinas PUPR", name="Dinas Pekerjaan Umum")
    service, procedure = make_service(office), make_procedure(office, sop)
    desk = with_body(office, procedure, "Tim Teknis", body)
    step = procedure.steps.filter(kind=StepKind.WORK, role__label="Back Office").earliest("order")
    step.performers.set(procedure.roles.filter(label__in=heard))
    version = make_standard(service, procedure, facts=facts)
    officers = {
        code: make_officer(position_of(office, code), full_name=f"Petugas {code}") for code in DESKS
    }
    applicant = make_user(full_name="Siti Pemohon")
    cast = Cast(office, version.service, version, applicant, make_user(), officers)
    if free is not None:
        close(body, free)
    assert desk.superior is not None
    person, above = make_officer(desk, full_name="Tono Teknis"), make_officer(desk.superior)
    return Hearing(cast, person, above, desk, make_accepted(cast))


def close(body: Any, on: date) -> None:
    """Enter a holiday that only ``body`` has."""
    Holiday.objects.create(on=on, name="Hari jadi dinas", kind="libur_daerah", office=body)
