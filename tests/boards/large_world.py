"""A random world of many files, written in bulk: services, terms, pauses, corrections, holidays.

Nothing in it happens after ``NOON``: what would have is left out, and the file is open.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from accounts.models import Position
from permits.domain.lifecycle import OPEN, WITH_APPLICANT, Event, Status
from permits.models import (
    AnswerVerdict,
    Application,
    ApplicationClockEvent,
    ApplicationDeadline,
    ApplicationRecord,
    ApplicationStep,
    RequirementVerdict,
    StepPart,
)
from standards.domain.steps import StepKind
from standards.models import Requirement, SopStep, StandardVersion
from tests.factories.permits import NOON, Cast
from tests.factories.standards import STEPS, make_procedure, make_service, make_standard
from workflow.calendar_versions import keep
from workflow.calendars import calendar_of
from workflow.domain.clock import ClockKind, Unit
from workflow.models import Holiday

BEGAN, DAYS = date(2025, 8, 1), 470  # sixteen months: the first ones are no part of a year
HEARING = (StepKind.WORK, "Back Office", "", 2, "hari_kerja", None)
PAY = (StepKind.PAY, "Pemohon", "Front Office", None, "", None)
# what each service promises; None is a file of before the portal, without a promise
TERMS = (
    ((5, Unit.WORKDAY), (5, Unit.WORKDAY), (8, Unit.WORKDAY)),
    ((10, Unit.CALENDAR_DAY), (10, Unit.CALENDAR_DAY), None),
    ((900, Unit.WORK_MINUTE), (1500, Unit.WORK_MINUTE)),
    ((3, Unit.WORKDAY), (20, Unit.CALENDAR_DAY)),
)  # fmt: skip
Outcome = ApplicationStep.Outcome
Result = RequirementVerdict.Result


@dataclass(frozen=True)
class Line:
    """One service: its standard, the steps of its SOP, and what is promised."""

    version: StandardVersion
    steps: Sequence[SopStep]
    wanted: Sequence[Requirement]
    terms: Sequence[tuple[int, Unit] | None]


@dataclass
class Rows:
    """What is written, by table, in the order in which rows name each other."""

    files: list[Any] = field(default_factory=list)
    visits: list[Any] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    corrections: list[Any] = field(default_factory=list)

    def add(self, row: Any) -> None:
        """Keep a row of one of the other tables."""
        self.others.append(row)


def write(cast: Cast, files: int, seed: int = 1) -> None:
    """Write ``files`` random files of the office of ``cast``; everybody is below its head.

    A holiday is entered after half of them: their promises keep the calendar of before.
    """
    random = Random(seed)
    office = cast.office
    lines = _lines(cast)
    seats = office.positions.exclude(is_head=True)
    seats.update(superior=Position.objects.get(office=office, is_head=True))
    _move(cast)
    rows, versions = Rows(), [keep(calendar_of(office))]
    Holiday.objects.create(
        on=date(2026, 6, 9), name="Hari jadi", kind="libur_daerah", office=office
    )
    versions.append(keep(calendar_of(office)))
    for nth in range(files):
        line = lines[nth % len(lines)]
        _File(cast, random, line, versions[2 * nth // files], rows).write(nth)
    _store(rows)


def _lines(cast: Cast) -> list[Line]:
    """Make three services beside that of ``cast``, one of them with a payment and a hearing."""
    longer = (*STEPS[:2], HEARING, PAY, *STEPS[2:])
    versions = [cast.version]
    for steps, fee in ((STEPS, 0), (longer, 50_000), (STEPS, 0)):
        procedure = make_procedure(cast.office, steps)
        versions.append(make_standard(make_service(cast.office), procedure, fee=fee))
    return [
        Line(version, _steps(version), list(Requirement.objects.filter(version=version)), terms)
        for version, terms in zip(versions, TERMS, strict=True)
    ]


def _steps(version: StandardVersion) -> list[SopStep]:
    procedure = version.procedure_links.get().procedure
    rows = procedure.steps.select_related("role__position", "recorded_by__position", "procedure")
    return list(rows.order_by("order"))


def _move(cast: Cast) -> None:
    """Let one officer go from one desk to another in the middle of the world."""
    front, day = cast.at("front-office"), date(2026, 4, 15)
    front.appointments.update(ended_on=day)
    desk = Position.objects.get(office=cast.office, code="back-office")
    front.appointments.create(position=desk, started_on=day + timedelta(days=1))


def moment(random: Random, after: datetime, hours: int) -> datetime:
    """Return an instant at most so many hours later, in whole seconds."""
    return after + timedelta(minutes=random.randint(7, hours * 60), seconds=random.randint(1, 50))


@dataclass
class _File:
    """One file while it is invented."""

    cast: Cast
    random: Random
    line: Line
    calendar: str
    rows: Rows

    def write(self, nth: int) -> None:
        """Write the file, its clock, its way, and what was found wrong."""
        random, office = self.random, self.cast.office
        back = random.randint(3, 25) if random.random() < 0.2 else random.randint(3, DAYS)
        day = datetime.combine(NOON.date() - timedelta(days=back), time(), office.zone)
        start = day + timedelta(hours=random.randint(6, 18), minutes=random.randint(1, 59))
        events, stop = self._clock(start)
        status = self._status(stop)
        runs = status == Status.IN_PROCESS and random.random() < 0.85
        due = NOON + timedelta(hours=random.randint(-120, 240)) if runs else None
        self.row = Application(
            applicant=self.cast.applicant, office=office, service=self.line.version.service,
            version=self.line.version, procedure=self.line.steps[0].procedure, status=status,
            number=f"ACAK-{nth}", public_id=uuid.UUID(int=random.getrandbits(128), version=4),
            created_at=start, submitted_at=start,
            accepted_at=None if status == Status.SUBMITTED else start, closed_at=stop, due_at=due,
            due_on=due.astimezone(office.zone).date() if due else None,
        )  # fmt: skip
        self.rows.files.append(self.row)
        self._events(events)
        self._promise(start, stop)
        self._visits(start, waits=status in WITH_APPLICANT)

    def _status(self, stop: datetime | None) -> str:
        if stop is None:
            return self.random.choice((*[Status.IN_PROCESS] * 4, *sorted(OPEN - {Status.ISSUED})))
        answers = (Status.COMPLETED, Status.COMPLETED, Status.ISSUED, Status.REJECTED)
        others = (Status.WITHDRAWN, Status.LAPSED)
        return self.random.choice(answers if self.random.random() < 0.85 else others)

    def _clock(self, start: datetime) -> tuple[list[tuple[Any, ...]], datetime | None]:
        """Return kind, instant, key and amount of each event before ``NOON``, and the stop."""
        random, at, open_until = self.random, start, start
        events: list[tuple[Any, ...]] = [(ClockKind.START, start, "", 0)]
        acts = ["pause"] * random.choice((0, 0, 1, 1, 2, 3))
        acts += ["extend"] * (random.random() < 0.1) + ["restart"] * (random.random() < 0.06)
        random.shuffle(acts)
        for nth, act in enumerate(acts):
            if act == "pause":
                within = at < open_until and random.random() < 0.5  # two stand at the same time
                paused = moment(random, at, 2) if within else moment(random, open_until, 60)
                whom = "pemohon" if not within and random.random() < 0.5 else f"lembaga_lain:{nth}"
                at, until = paused, moment(random, paused, 120)
                open_until = max(open_until, until)
                events += [(ClockKind.PAUSE, paused, whom, 0)]
                if random.random() > 0.02:  # the others stand until the file is stopped
                    events += [(ClockKind.RESUME, until, whom, 0)]
            else:
                at = open_until = moment(random, open_until, 30)
                kind = ClockKind.EXTEND if act == "extend" else ClockKind.RESTART
                amount = random.randint(1, 4) if act == "extend" else 0
                events.append((kind, at, "", amount))
        stop = moment(random, open_until, 200) if random.random() < 0.88 else None
        if stop:
            events.append((ClockKind.STOP, stop, "", 0))
        events = sorted((one for one in events if one[1] < NOON), key=lambda one: one[1])
        return events, stop if stop and stop < NOON else None

    def _events(self, events: list[tuple[Any, ...]]) -> None:
        random, people = self.random, list(self.cast.officers.values())
        if random.random() < 0.15:
            self._returned(Event.REFUSE_INTAKE, events[0][1] - timedelta(hours=2), people[0])
        made = []
        for kind, at, key, amount in events:
            late = at + timedelta(hours=1)
            recorded = late if random.random() < 0.1 and late < NOON else at
            actor = random.choice((None, *people))
            made.append(
                ApplicationClockEvent(
                    application=self.row, kind=kind, at=at, recorded_at=recorded, key=key,
                    amount=amount, actor=actor,
                )
            )  # fmt: skip
            if kind == ClockKind.PAUSE and key == "pemohon":
                self._returned(Event.RETURN, at, actor or people[0])
        self.rows.events += made
        for _nth in range(random.choice((0, 0, 0, 0, 0, 1, 2))):
            self._correct(made, people)

    def _correct(self, made: list[Any], people: list[Any]) -> None:
        """Correct an event that is no stop: it took effect earlier, and was still after the last.

        A second correction of the same event holds instead of the first.
        """
        places = [nth for nth, row in enumerate(made) if row.kind != ClockKind.STOP]
        nth = self.random.choice(places)
        row = made[nth]
        before = made[nth - 1].at if nth else row.at - timedelta(hours=30)
        noted = row.recorded_at + timedelta(hours=2)
        if noted < NOON:
            ahead = (row.at - before) * self.random.random() / 2
            right = (row.at - ahead).replace(microsecond=0)
            self.rows.corrections.append((row, right, noted, self.random.choice(people)))

    def _returned(self, event: Event, at: datetime, actor: Any) -> None:
        self.rows.add(
            ApplicationRecord(
                subject=self.row, event=event, source="diproses", to="dikembalikan", actor=actor,
                at=at,
            )
        )  # fmt: skip

    def _promise(self, start: datetime, stop: datetime | None) -> None:
        term, kind = self.random.choice(self.line.terms), ApplicationDeadline.Kind.SERVICE
        if term is None:
            return
        kept = {"application": self.row, "kind": kind, "started_at": start}
        if self.random.random() < 0.05:  # one that was made anew
            self.rows.add(
                ApplicationDeadline(
                    **kept, term_amount=1, term_unit=term[1], met_at=start,
                    calendar_version=self.calendar,
                )
            )  # fmt: skip
        self.rows.add(
            ApplicationDeadline(
                **kept, term_amount=term[0], term_unit=term[1], met_at=stop,
                calendar_version=self.calendar,
            )
        )  # fmt: skip

    def _visits(self, start: datetime, *, waits: bool) -> None:
        """Write the visits of the file; of an open one the last may be going on."""
        random, people, handed = self.random, list(self.cast.officers.values()), start
        for step in random.sample(self.line.steps, 4):
            ended: datetime | None = moment(random, handed, 20)
            assert ended is not None
            is_open = self.row.closed_at is None and not waits and random.random() < 0.35
            if is_open:
                ended = None
            elif ended >= NOON:
                return
            receiver = random.choice((None, *people))
            outcomes = (Outcome.DONE, Outcome.DONE, Outcome.RETURNED, Outcome.SKIPPED)
            visit = ApplicationStep(
                application=self.row, step=step, handed_over_at=handed, received_by=receiver,
                received_at=handed + timedelta(minutes=5) if receiver else None,
                finished_by=random.choice(people) if ended else None, finished_at=ended,
                outcome=random.choice(outcomes) if ended else "",
            )  # fmt: skip
            self.rows.visits.append(visit)
            self._at(visit, people)
            if ended is None:
                self.row.current_step, self.row.desk = visit, step.desk
                return
            handed = ended

    def _at(self, visit: ApplicationStep, people: list[Any]) -> None:
        """Write what belongs to a visit: its standard time, parts, what was found wrong."""
        random, ended = self.random, visit.finished_at
        about = {"application": self.row, "visit": visit}
        if random.random() < 0.7:
            around = ended or NOON
            self.rows.add(
                ApplicationDeadline(
                    **about, kind=ApplicationDeadline.Kind.STEP, term_amount=60,
                    term_unit=Unit.WORK_MINUTE, started_at=visit.handed_over_at, met_at=ended,
                    due_at=around + timedelta(minutes=random.randint(-900, 900)),
                )
            )  # fmt: skip
        if random.random() < 0.3:
            self._parts(visit, people)
        if ended is None:
            return
        for requirement in random.sample(self.line.wanted, random.choice((0, 0, 1, 2))):
            result = random.choice(Result.values)
            self.rows.add(
                RequirementVerdict(
                    **about, requirement=requirement, officer=people[0], at=ended, result=result,
                    reason="" if result == Result.ACCEPTED else "Kabur",
                )
            )  # fmt: skip
        if random.random() < 0.1:
            self.rows.add(
                AnswerVerdict(
                    **about, key="nama_bkk", officer=people[0], at=ended, reason="Salah",
                    result=AnswerVerdict.Result.REFUSED,
                )
            )  # fmt: skip

    def _parts(self, visit: ApplicationStep, people: list[Any]) -> None:
        random, since = self.random, visit.handed_over_at
        desks = {
            step.role.position_id: step.role
            for step in self.line.steps
            if step.role.position and step.role.position != visit.step.desk
        }
        for role in random.sample(list(desks.values()), 2):
            owed = visit.finished_at is None and random.random() < 0.5
            given = not owed and random.random() < 0.8
            ended = None if owed else since + ((visit.finished_at or NOON) - since) / 2
            self.rows.add(
                StepPart(
                    application=self.row, visit=visit, role=role, position=role.position,
                    asked_at=since, finished_at=ended,
                    finished_by=random.choice(people) if given else None,
                    outcome="" if owed else StepPart.Outcome.DONE if given else "dihentikan",
                    opinion=StepPart.Opinion.NO_OBJECTION if given else "",
                )
            )  # fmt: skip
            visit.asked += 1


def _store(rows: Rows) -> None:
    present = [(row, row.current_step) for row in rows.files if row.current_step]
    for row, _visit in present:
        row.current_step = None  # a visit names its file: files first
    Application.objects.bulk_create(rows.files)
    ApplicationStep.objects.bulk_create(rows.visits)
    for row, visit in present:
        row.current_step = visit
    Application.objects.bulk_update(
        [row for row, _visit in present], ["current_step"], batch_size=200
    )
    tables: dict[Any, list[Any]] = {}
    for row in rows.others:
        tables.setdefault(type(row), []).append(row)
    for table, listed in tables.items():
        table.objects.bulk_create(listed)
    ApplicationClockEvent.objects.bulk_create(rows.events)
    ApplicationClockEvent.objects.bulk_create(
        ApplicationClockEvent(
            application=event.application, kind=ClockKind.CORRECT, at=right, recorded_at=noted,
            corrects=event, actor=actor,
        )
        for event, right, noted, actor in rows.corrections
    )  # fmt: skip
