"""What was done to the clock, by facts written by hand: which act, for whom, when."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Position
from boards.selectors import past
from boards.services.counting import recount
from permits.domain.lifecycle import Event
from permits.models import (
    Application,
    ApplicationClockEvent,
    ApplicationDeadline,
    ApplicationRecord,
)
from standards.models import Service
from tests.factories.permits import Cast
from tests.factories.standards import make_procedure, make_service, make_standard, position_of
from workflow.domain.clock import ClockKind, Unit
from workflow.models import Holiday

pytestmark = pytest.mark.django_db
TERM = 5  # working days from Monday, 2 November 2026: due on Monday, 9 November
NOVEMBER = date(2026, 11, 1)


def on(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """Return an hour of a day of November 2026 in Jakarta."""
    return datetime.fromisoformat(f"2026-11-{day:02}T{hour:02}:{minute:02}:00+07:00")


def accepted(cast: Cast, service: Service | None = None) -> Application:
    """Write a file whose clock began on 2 November at eight."""
    service = service or cast.service
    version = service.versions.get()
    row = Application.objects.create(
        applicant=cast.applicant, office=cast.office, service=service, version=version,
        procedure=version.procedure_links.get().procedure, status="diproses",
        number=f"TANGAN-{Application.objects.count()}", created_at=on(2, 8),
        submitted_at=on(2, 8), accepted_at=on(2, 8),
    )  # fmt: skip
    ApplicationDeadline.objects.create(
        application=row, kind="layanan", term_amount=TERM, term_unit=Unit.WORKDAY,
        started_at=on(2, 8),
    )  # fmt: skip
    note(row, ClockKind.START, on(2, 8))
    return row


def note(
    row: Application,
    kind: str,
    at: datetime,
    actor: Any = None,
    *,
    recorded: datetime | None = None,
) -> None:
    """Write an event of the clock."""
    ApplicationClockEvent.objects.create(
        application=row, kind=kind, at=at, recorded_at=recorded or at, actor=actor,
        key="pemohon" if kind in (ClockKind.PAUSE, ClockKind.RESUME) else "",
    )  # fmt: skip


def asked_for_papers(row: Application, event: str, at: datetime, actor: Any) -> None:
    ApplicationRecord.objects.create(
        subject=row, event=event, source="diproses", to="dikembalikan", actor=actor, at=at
    )


def acts_of(cast: Cast, at: datetime | None = None) -> dict[str, Counter[str]]:
    """Count, and return the acts by service."""
    at = at or on(30, 18)
    recount(cast.office, at=at)
    rows = past.clock_by_service(cast.office, NOVEMBER, NOVEMBER)
    return {name: acts for _key, name, acts in rows}


def acts_by_officer(cast: Cast) -> dict[str, dict[str, int]]:
    """Return the acts by the name of the officer, as a superior of everybody sees them."""
    everybody = Position.objects.filter(office=cast.office).values_list("pk", flat=True)
    rows = past.officers(cast.office, NOVEMBER, NOVEMBER, list(everybody), on(30, 18))
    return {row.name: {kind: n for kind, n in row.acts.items() if n} for row in rows}


def test_pauses_are_counted_for_the_officer_and_the_service(cast: Cast) -> None:
    other = make_service(cast.office)
    make_standard(other, make_procedure(cast.office))
    front, team = cast.at("front-office"), cast.at("tim-teknis")
    first, second = accepted(cast), accepted(cast, other)
    for row, officer in ((first, front), (second, front), (second, team)):
        note(row, ClockKind.PAUSE, on(3), officer)
        note(row, ClockKind.RESUME, on(3, 11), officer)
    note(first, ClockKind.PAUSE, on(4))  # a rule did it
    found = acts_of(cast)
    assert found[cast.service.name] == {"jeda": 2}
    assert found[other.name] == {"jeda": 2}
    assert acts_by_officer(cast) == {front.full_name: {"jeda": 2}, team.full_name: {"jeda": 1}}


def test_the_second_request_for_papers_counts_not_the_first(cast: Cast) -> None:
    front, back = cast.at("front-office"), cast.at("back-office")
    once, thrice = accepted(cast), accepted(cast)
    asked_for_papers(once, Event.RETURN, on(3), front)
    asked_for_papers(thrice, Event.REFUSE_INTAKE, on(3), front)
    asked_for_papers(thrice, Event.RETURN, on(4), back)
    asked_for_papers(thrice, Event.RETURN, on(5), back)
    assert acts_of(cast)[cast.service.name] == {"kedua": 2}
    assert acts_by_officer(cast) == {back.full_name: {"kedua": 2}}


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (9, True),  # the promised day
        (6, True),  # the working day before it, over a weekend
        (5, False),  # two working days are left
        (10, False),  # it is late already: nothing is saved by it
    ],
)
def test_a_stop_right_before_the_due_date(cast: Cast, day: int, *, counts: bool) -> None:
    note(accepted(cast), ClockKind.PAUSE, on(day), cast.at("front-office"))
    assert acts_of(cast)[cast.service.name] == {"jeda": 1, **({"menjelang": 1} if counts else {})}


def test_a_holiday_before_the_due_date_is_no_working_day_left(cast: Cast) -> None:
    Holiday.objects.create(on=date(2026, 11, 9), name="Libur uji", kind="libur_nasional")
    note(accepted(cast), ClockKind.PAUSE, on(6), cast.at("front-office"))  # due on the tenth
    assert acts_of(cast)[cast.service.name]["menjelang"] == 1


def test_the_due_date_is_the_one_that_earlier_pauses_left(cast: Cast) -> None:
    row = accepted(cast)
    note(row, ClockKind.PAUSE, on(3))
    note(row, ClockKind.RESUME, on(6))  # three closings later: due on 12 November
    note(row, ClockKind.PAUSE, on(9), cast.at("front-office"))
    note(row, ClockKind.RESUME, on(9, 11))
    note(row, ClockKind.PAUSE, on(11), cast.at("front-office"))
    assert acts_of(cast)[cast.service.name] == {"jeda": 3, "menjelang": 1}


def test_what_is_recorded_later_than_it_took_effect_is_dated_back(cast: Cast) -> None:
    row, front = accepted(cast), cast.at("front-office")
    note(row, ClockKind.PAUSE, on(3), front, recorded=on(5))
    note(row, ClockKind.RESUME, on(4), front, recorded=on(5, 10, 1))
    note(row, ClockKind.PAUSE, on(5, 12), front)
    assert acts_of(cast)[cast.service.name] == {"jeda": 2, "mundur": 2}
    assert acts_by_officer(cast) == {front.full_name: {"jeda": 2, "mundur": 2}}


def test_an_act_counts_in_the_month_in_which_it_was_recorded(cast: Cast) -> None:
    last_night, next_month = on(30, 23, 59), on(30, 23, 59) + timedelta(minutes=1)
    note(accepted(cast), ClockKind.PAUSE, on(30), recorded=last_night)
    note(accepted(cast), ClockKind.PAUSE, on(30), recorded=next_month)
    found = acts_of(cast, next_month + timedelta(hours=1))
    assert found[cast.service.name] == {"jeda": 1, "mundur": 1}


def test_an_act_belongs_to_the_position_that_the_officer_held_then(cast: Cast) -> None:
    front = cast.at("front-office")
    note(accepted(cast), ClockKind.PAUSE, on(3), front)
    front.appointments.update(ended_on=date(2026, 11, 3))
    front.appointments.create(position=position_of(cast.office, "loket"), started_on=on(4).date())
    note(accepted(cast), ClockKind.PAUSE, on(4), front)
    acts_of(cast)
    for code in ("front-office", "loket"):
        rows = past.officers(
            cast.office, NOVEMBER, NOVEMBER, [position_of(cast.office, code).pk], on(30)
        )
        assert [(row.name, row.acts["jeda"]) for row in rows] == [(front.full_name, 1)]
