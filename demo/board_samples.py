"""A year of figures for the boards of the demo, which has no year of files behind it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from random import Random
from typing import Final

from accounts.models import Appointment, Office
from boards.domain.months import back, month_of
from boards.models import ClockTally, FaultTally, FileTally, HandTally, StepTally, Tallied
from standards.models import Requirement, SopStep, StandardVersion

_MONTHS: Final = 12
_A_MONTH: Final = 16  # files of each service
_PAUSES: Final = (0, 0, 0, 0, 3, 6, 11)
_RETURNS: Final = (0, 0, 0, 1, 1, 2)
_MINUTES: Final = (12, 25, 40, 90, 240, 480)


def count_past(at: datetime) -> None:
    """Write made-up figures of the twelve months before this one, for every office without any."""
    for office in Office.objects.filter(tallied=None).order_by("pk"):
        chance = Random(office.code)  # noqa: S311  a sample, the same in every demo
        month = month_of(office.local_date(at))
        versions = StandardVersion.objects.published().filter(service__office=office)
        for version in versions.order_by("service", "-effective_on"):
            for nth in range(1, _MONTHS + 1):
                _month(office, version, back(month, nth), chance)
        Tallied.objects.create(office=office, counted_at=at)


def _month(office: Office, version: StandardVersion, month: date, chance: Random) -> None:
    """Write one month of one service."""
    about = {"office": office, "service": version.service, "month": month}
    promised = version.term_amount or 1
    files: Counter[tuple[int, int, int]] = Counter()
    for _nth in range(_A_MONTH):
        net = min(chance.randint(1, promised), chance.randint(1, promised + 1))
        net += promised if chance.random() < 0.06 else 0
        files[net, net + chance.choice(_PAUSES), chance.choice(_RETURNS)] += 1
    FileTally.objects.bulk_create(
        FileTally(
            **about, unit=version.term_unit, promised=promised, net=net, gross=gross,
            on_time=net <= promised, returns=returns, number=number,
        )
        for (net, gross, returns), number in files.items()
    )  # fmt: skip
    for requirement in Requirement.objects.filter(version=version).order_by("pk")[:4]:
        FaultTally.objects.create(**about, requirement=requirement, number=chance.randint(1, 5))
    for kind, most in ((ClockTally.Kind.PAUSE, 6), (ClockTally.Kind.AGAIN, 2)):
        ClockTally.objects.create(**about, kind=kind, number=chance.randint(1, most))
    _steps(version, about, chance)


def _steps(version: StandardVersion, about: dict[str, object], chance: Random) -> None:
    steps = SopStep.objects.filter(procedure__version_links__version=version)
    for step in steps.select_related("role__position", "recorded_by__position"):
        if step.desk is None:
            continue
        each = chance.choice(_MINUTES)
        timed = _A_MONTH if step.standard_amount else 0
        StepTally.objects.create(
            **about, step=step, visits=_A_MONTH, minutes=each * _A_MONTH, longest=each * 3,
            timed=timed, over=chance.randint(0, timed // 4), sent_back=chance.randint(0, 1),
        )  # fmt: skip
        seat = Appointment.objects.filter(position=step.desk).order_by("pk").first()
        if seat is not None:
            HandTally.objects.create(
                **about, position=step.desk, officer=seat.user, held=_A_MONTH, finished=_A_MONTH,
                minutes=each * _A_MONTH,
            )  # fmt: skip
