"""A random world written as rows, and the slow, obvious figures of it: day by day, file by file."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from accounts.models import Office, Position
from permits.domain.lifecycle import OPEN, WITH_APPLICANT, Event, Status
from permits.models import (
    Application,
    ApplicationClockEvent,
    ApplicationDeadline,
    ApplicationRecord,
    ApplicationStep,
    RequirementVerdict,
    StepPart,
)
from standards.models import Requirement, SopStep, StandardVersion
from tests.factories.permits import Cast
from workflow.calendar_versions import keep
from workflow.calendars import calendar_of
from workflow.domain.clock import ClockKind, Unit
from workflow.domain.workdays import WorkCalendar

BEGAN = date(2026, 7, 1)
TERM = 5
Outcome = ApplicationStep.Outcome


@dataclass
class Story:
    """One file as it was invented: what the oracle counts from."""

    start: datetime
    stop: datetime | None
    answered: bool
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    visits: list[Any] = field(default_factory=list)
    parts: list[Any] = field(default_factory=list)
    returns: list[datetime] = field(default_factory=list)


def write_world(cast: Cast, files: int, seed: int = 1) -> list[Story]:
    """Write random files of the office of ``cast`` in its second half of 2026."""
    random = Random(seed)
    calendar = calendar_of(cast.office)
    version = keep(calendar)
    steps = list(SopStep.objects.filter(procedure__office=cast.office).order_by("order"))
    wanted = list(Requirement.objects.filter(version=cast.version))
    return [_file(cast, random, version, steps, wanted, nth) for nth in range(files)]


def _moment(random: Random, after: datetime, hours: int) -> datetime:
    return after + timedelta(minutes=random.randint(7, hours * 60), seconds=random.randint(1, 50))


def _file(
    cast: Cast, random: Random, version: str, steps: list[Any], wanted: list[Any], nth: int
) -> Story:
    """Write one file: its clock with pauses, its visits, what was returned and found wrong."""
    day = datetime.combine(BEGAN + timedelta(days=random.randint(0, 110)), time(), cast.office.zone)
    start = day + timedelta(hours=random.randint(6, 18), minutes=random.randint(1, 59))
    at, pauses = start, []
    for _nth in range(random.choice((0, 0, 1, 1, 2, 3))):
        paused = _moment(random, at, 60)
        at = _moment(random, paused, 120)
        pauses.append((paused, at))
    finished = random.random() < 0.85
    stop = _moment(random, at, 150) if finished else None
    answered = finished and random.random() < 0.85
    status = Status.IN_PROCESS
    if finished:
        status = (
            random.choice((Status.COMPLETED, Status.REJECTED)) if answered else Status.WITHDRAWN
        )
    row = Application.objects.create(
        applicant=cast.applicant, office=cast.office, service=cast.service, version=cast.version,
        procedure=steps[0].procedure, status=status, number=f"ACAK-{uuid.uuid4().hex[:20]}",
        public_id=uuid.uuid4(), created_at=start, submitted_at=start, accepted_at=start,
        closed_at=stop,
    )  # fmt: skip
    ApplicationDeadline.objects.create(
        application=row, kind=ApplicationDeadline.Kind.SERVICE, term_amount=TERM,
        term_unit=Unit.WORKDAY, started_at=start, calendar_version=version, met_at=stop,
    )  # fmt: skip
    story = Story(start, stop, answered, pauses)
    _events(cast, random, row, story)
    _visits(cast, random, row, story, steps, wanted)
    return story


def _events(cast: Cast, random: Random, row: Application, story: Story) -> None:
    desk = cast.at("front-office")
    rows = [(ClockKind.START, story.start, "")]
    for paused, resumed in story.pauses:
        key = random.choice(("pemohon", "lembaga_lain:7"))
        rows += [(ClockKind.PAUSE, paused, key), (ClockKind.RESUME, resumed, key)]
        if key == "pemohon":
            story.returns.append(paused)
            ApplicationRecord.objects.create(
                subject=row, event=Event.RETURN, source="diproses", to="dikembalikan", actor=desk,
                at=paused,
            )  # fmt: skip
    if story.stop:
        rows.append((ClockKind.STOP, story.stop, ""))
    for kind, at, key in rows:
        noted = at
        if kind == ClockKind.PAUSE and random.random() < 0.2:
            noted += timedelta(hours=1)
        ApplicationClockEvent.objects.create(
            application=row,
            kind=kind,
            at=at,
            recorded_at=noted,
            key=key,
            actor=desk,
        )


def _visits(
    cast: Cast, random: Random, row: Application, story: Story, steps: list[Any], wanted: list[Any]
) -> None:
    handed, people = story.start, list(cast.officers.values())
    for step in steps[:4]:
        ended = _moment(random, handed, 20)
        receiver = random.choice((None, *people))
        received = handed + (ended - handed) / 3 if receiver else None
        visit = ApplicationStep.objects.create(
            application=row, step=step, handed_over_at=handed, received_by=receiver,
            received_at=received, finished_by=random.choice(people), finished_at=ended,
            outcome=random.choice((Outcome.DONE, Outcome.DONE, Outcome.RETURNED, Outcome.SKIPPED)),
            calendar_version=_kept(cast.office, step.desk),
        )  # fmt: skip
        if random.random() < 0.7:
            ApplicationDeadline.objects.create(
                application=row, visit=visit, kind=ApplicationDeadline.Kind.STEP, term_amount=60,
                term_unit=Unit.WORK_MINUTE, started_at=handed, met_at=ended,
                due_at=_moment(random, handed, 20),
            )  # fmt: skip
        if wanted and random.random() < 0.4:
            RequirementVerdict.objects.create(
                application=row, requirement=random.choice(wanted), visit=visit, officer=people[0],
                at=ended, result=RequirementVerdict.Result.REFUSED, reason="Kabur",
            )  # fmt: skip
        story.parts += _parts(visit, people)
        story.visits.append(visit)
        handed = ended


def _parts(visit: Any, people: list[Any]) -> list[Any]:
    """Write what further performers owed at some visits: given, or ended with the visit."""
    random = Random(visit.pk)
    if random.random() < 0.6:
        return []
    visit.asked = 2
    visit.save(update_fields=["asked"])
    spent = visit.finished_at - visit.handed_over_at
    roles = visit.step.procedure.roles.exclude(position=None).exclude(position=visit.step.desk)
    made = []
    for role in random.sample(list(roles), 2):
        given = random.random() < 0.8
        made.append(
            StepPart.objects.create(
                application=visit.application, visit=visit, role=role, position=role.position,
                asked_at=visit.handed_over_at,
                finished_at=visit.handed_over_at + spent * random.random(),
                finished_by=random.choice(people) if given else None,
                outcome=StepPart.Outcome.DONE if given else StepPart.Outcome.ENDED,
                opinion=StepPart.Opinion.NO_OBJECTION if given else "",
                calendar_version=_kept(visit.application.office, role.position),
            )
        )  # fmt: skip
    return made


def _kept(office: Office, desk: Position | None) -> str:
    """Return what is kept at the hand-over to a partner body: the version of its calendar."""
    if desk is None or desk.office_id == office.pk:
        return ""
    return keep(calendar_of(desk.office))


# The oracle ----------------------------------------------------------------------------------


def closing(day: date, zone: Any) -> datetime:
    """Return when the office closes: on Fridays half an hour later."""
    return datetime.combine(day, time(16, 30) if day.weekday() == 4 else time(16), zone)


def slow_days(story: Story, calendar: WorkCalendar, *, pauses: bool) -> tuple[int, bool]:
    """Return the days used and whether the promise was broken, walking day by day."""
    zone = calendar.rules.zone
    assert story.stop
    day = story.start.astimezone(zone).date()
    while not calendar.is_workday(day) or story.start > closing(day, zone):
        day += timedelta(days=1)
    used, broken_at = 0, None
    while True:
        day += timedelta(days=1)
        close = closing(day, zone)
        if close > story.stop:
            break
        stands = pauses and any(a < close < b for a, b in story.pauses)
        if calendar.is_workday(day) and not stands:
            used += 1
            if used == TERM:
                broken_at = datetime.combine(day + timedelta(days=1), time(), zone)
    return used, broken_at is not None and story.stop >= broken_at


def slow_minutes(began: datetime, ended: datetime, calendar: WorkCalendar) -> int:
    """Return the working minutes between two instants, adding up the hours of each day."""
    zone = calendar.rules.zone
    day, seconds = began.astimezone(zone).date(), 0.0
    while day <= ended.astimezone(zone).date():
        friday = day.weekday() == 4
        noon = time(11, 30) if friday else time(12)
        spans = ((time(7, 30), noon), (time(13), closing(day, zone).time()))
        for opens, closes in spans if calendar.is_workday(day) else ():
            first = max(began, datetime.combine(day, opens, zone))
            last = min(ended, datetime.combine(day, closes, zone))
            seconds += max(0.0, (last - first).total_seconds())
        day += timedelta(days=1)
    return int(seconds) // 60


# Open files ------------------------------------------------------------------------------------


def write_open_files(cast: Cast, files: int, at: datetime, seed: int = 2) -> None:
    """Write random files that are open ``at`` this instant, some with parts that are owed."""
    random = Random(seed)
    calendar = keep(calendar_of(cast.office))
    versions = list(StandardVersion.objects.filter(service__office=cast.office))
    for nth in range(files):
        version = random.choice(versions)
        procedure = version.procedure_links.get().procedure
        status = random.choice((*[Status.IN_PROCESS] * 6, *sorted(OPEN)))
        came = at - timedelta(hours=random.randint(1, 900))
        runs = status == Status.IN_PROCESS and random.random() < 0.85
        due = at + timedelta(hours=random.randint(-120, 240)) if runs else None
        row = Application.objects.create(
            applicant=cast.applicant, office=cast.office, service=version.service, version=version,
            procedure=procedure, status=status, number=f"BUKA-{seed}-{nth}", created_at=came,
            submitted_at=came, accepted_at=came if status == Status.IN_PROCESS else None,
            due_at=due, due_on=due.astimezone(cast.office.zone).date() if due else None,
        )  # fmt: skip
        if status in WITH_APPLICANT:
            continue
        steps = list(procedure.steps.select_related("role", "recorded_by").order_by("order"))
        _open_visit(random, row, random.choice(steps), came, at, calendar)


def _open_visit(
    random: Random, row: Application, step: SopStep, came: datetime, at: datetime, version: str
) -> None:
    here = came + (at - came) * random.random()
    roles = step.procedure.roles.exclude(position=None).exclude(pk=step.role_id)
    asked = list(roles.exclude(position=step.desk)) if random.random() < 0.4 else []
    visit = ApplicationStep.objects.create(
        application=row, step=step, handed_over_at=here, asked=len(asked)
    )
    others = list(step.procedure.steps.exclude(pk=step.pk))
    for role in asked:
        given = random.random() < 0.5
        beside = others.pop(random.randrange(len(others))) if random.random() < 0.5 else None
        StepPart.objects.create(
            application=row, visit=visit, step=beside, role=role, position=role.position,  # type: ignore[misc]
            asked_at=here, finished_at=at if given else None,
            outcome=StepPart.Outcome.DONE if given else "",
            opinion=StepPart.Opinion.NO_OBJECTION if given else "",
        )  # fmt: skip
    if random.random() < 0.6:
        ApplicationDeadline.objects.create(
            application=row, visit=visit, kind=ApplicationDeadline.Kind.STEP, term_amount=60,
            term_unit=Unit.WORK_MINUTE, started_at=here, calendar_version=version,
            due_at=at + timedelta(hours=random.randint(-50, 50)),
        )  # fmt: skip
    row.current_step, row.desk = visit, step.desk
    row.save(update_fields=["current_step", "desk"])
