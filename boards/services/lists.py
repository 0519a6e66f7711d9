"""The lists behind the figures of the past: the same rules (``files``), asked of single files.

A page takes the latest rows that may belong to the list, found by an index of their instants, and
asks of each what the count asks. Where few of them belong, it takes more rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, QuerySet

from boards.domain.listed import ANSWERS, MANY, VISITS, Asked, Listed
from boards.services.files import (
    ANSWERED,
    NOT_WORKED,
    RETURNS,
    Act,
    Answer,
    File,
    Reader,
    Visit,
    Window,
)
from permits.models import (
    Application,
    ApplicationClockEvent,
    ApplicationDeadline,
    ApplicationRecord,
    ApplicationStep,
    StepPart,
)
from standards.models import SopStep
from workflow.domain.clock import ClockKind
from workflow.pagination import Key

SHOWN: Final = 50  # rows of a page
LOOKED: Final = 200  # rows that a page looks through where few belong to the list
_NOTED = timedelta(days=31)  # a stop is looked for until so long after the months
Fact = Answer | Visit | Act


@dataclass(frozen=True, slots=True)
class Line:
    """One file of a list, what is counted of it, and when that was."""

    file: Application
    at: datetime
    fact: Fact


@dataclass(frozen=True, slots=True)
class Candidates:
    """The rows that may belong to a list, and the names of their instant and of their file."""

    rows: QuerySet[Any]
    instant: str
    about: str

    @property
    def keys(self) -> tuple[Key, ...]:
        """Their order, the latest first."""
        return Key(self.instant, descending=True), Key("pk", descending=True)


def candidates(window: Window, asked: Asked, counted: datetime) -> Candidates:
    """Return the rows that may belong to the list of a figure of ``window.office``.

    ``counted`` is until when the figure was counted.
    """
    rows, instant, about = _candidates(window, asked, counted)
    narrowed: dict[str, Any] = {f"{about}__office": window.office, f"{about}__deleted_at": None}
    if asked.service is not None:
        narrowed[f"{about}__service"] = asked.service
    rows = rows.filter(**narrowed).select_related(f"{about}__service")
    rows = rows.defer(f"{about}__answers", f"{about}__declared")
    return Candidates(rows, instant, about)


def lines(window: Window, asked: Asked, found: Candidates, rows: Iterable[Any]) -> list[Line]:
    """Return the lines of a page of candidates: of ``rows`` those that the figure counts."""
    instant, about, listed = found.instant, found.about, list(rows)
    reader = Reader(window)
    read = reader.routes if asked.figure in VISITS else reader.clocks
    files = {getattr(row, about).pk: getattr(row, about) for row in listed}
    facts = {key: fact for file in read(files) for key, fact in _facts(file, asked)}
    return [
        Line(getattr(row, about), getattr(row, instant), facts[row.pk])
        for row in listed
        if row.pk in facts
    ]


def _candidates(window: Window, asked: Asked, counted: datetime) -> tuple[QuerySet[Any], str, str]:
    """Return the rows that may belong to a list, the name of their instant and of their file."""
    span = (window.begins, window.until)
    if asked.figure in ANSWERS:
        stops = ApplicationClockEvent.objects.filter(
            kind=ClockKind.STOP,
            at__gte=window.begins,
            at__lt=window.until,
            recorded_at__gte=window.begins,
            recorded_at__lt=min(counted, window.until + _NOTED),
        )
        return stops.filter(application__status__in=ANSWERED), "recorded_at", "application"
    if asked.figure in VISITS:
        return (
            _visits(asked).filter(finished_at__gte=span[0], finished_at__lt=span[1]),
            ("finished_at"),
            "application",
        )
    done_by = {} if asked.officer is None else {"actor": asked.officer}
    if asked.figure == Listed.AGAIN:
        records = ApplicationRecord.objects.filter(event__in=RETURNS, **done_by)
        return records.filter(at__gte=span[0], at__lt=span[1]), "at", "subject"
    events = ApplicationClockEvent.objects.filter(**done_by)
    if asked.figure == Listed.DATED_BACK:
        events = events.filter(at__lt=F("recorded_at"))
    else:
        events = events.filter(kind=ClockKind.PAUSE)
    events = events.filter(recorded_at__gte=span[0], recorded_at__lt=span[1])
    return events, "recorded_at", "application"


def _visits(asked: Asked) -> QuerySet[Any]:
    if SopStep.objects.filter(pk__in=[asked.step], parallel=True).exists():
        return _parts(asked)
    rows = ApplicationStep.objects.filter(step=asked.step).exclude(outcome__in=NOT_WORKED)
    if asked.figure == Listed.SENT_BACK:
        return rows.filter(outcome=ApplicationStep.Outcome.RETURNED)
    if asked.figure == Listed.OVER:
        missed = ApplicationDeadline.objects.filter(
            visit=OuterRef("pk"), due_at__lt=OuterRef("finished_at")
        )
        return rows.filter(Exists(missed))
    return rows


def _parts(asked: Asked) -> QuerySet[Any]:
    """Return what was given of a row that runs side by side with others; none was sent back."""
    rows = StepPart.objects.filter(step=asked.step, outcome=StepPart.Outcome.DONE)
    if asked.figure == Listed.SENT_BACK:
        return rows.none()
    if asked.figure == Listed.OVER:
        missed = ApplicationDeadline.objects.filter(
            part=OuterRef("pk"), due_at__lt=OuterRef("finished_at")
        )
        return rows.filter(Exists(missed))
    return rows


def _facts(file: File, asked: Asked) -> Iterator[tuple[int, Fact]]:
    """Yield what is counted of a file in the figure, with the key of its row."""
    if asked.figure in ANSWERS:
        answer = file.answer()
        if answer and _is_asked(answer, asked):
            yield answer.stop.pk, answer
    elif asked.figure in VISITS:
        for visit in file.visits():
            if visit.row.step_id != asked.step:
                continue
            if asked.figure != Listed.OVER or visit.is_over:
                yield visit.row.pk, visit
    else:
        for act in file.acts():
            if act.kind.value != asked.figure.value:
                continue
            if asked.officer is None or _is_in_seat(file, act, asked):
                yield act.row.pk, act


def _is_asked(answer: Answer, asked: Asked) -> bool:
    if asked.figure == Listed.LATE and answer.on_time is not False:
        return False
    if asked.unit and answer.unit != asked.unit:
        return False
    if asked.times is None:
        return True
    return min(answer.returns, MANY) == asked.times


def _is_in_seat(file: File, act: Act, asked: Asked) -> bool:
    seat = file.reader.seat_of(act.officer, act.at)
    return act.officer == asked.officer and seat == asked.position
