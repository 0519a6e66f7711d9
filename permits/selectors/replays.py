"""Closed files of a service, counted again with another term by the rules of their due date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch

from permits.domain.lifecycle import Status
from permits.domain.replay import Stay, Summary, outcome, summed
from permits.models import Application, ApplicationStep, StepPart
from permits.selectors.service_clock import clock, promise_calendars
from standards.models import Service
from workflow.domain.clock import ClockKind, ClockStatus, Term

MOST = 1000  # files: the latest ones, each counted twice for one page
YEAR = timedelta(days=365)
_ANSWERED = (Status.ISSUED, Status.COMPLETED, Status.REJECTED)  # by the office


@dataclass(frozen=True, slots=True)
class Replay:
    """The same files under the term of their own standard and under another one.

    ``cut``: there are more files than ``MOST``, and only the latest were counted.
    """

    since: datetime
    promised: Summary
    tried: Summary
    cut: bool


def replay(service: Service, term: Term, at: datetime) -> Replay:
    """Return what ``term`` would have meant for the files answered in the year before ``at``.

    Events, pauses, extensions and calendar are those by which each due date was counted.
    """
    rows = list(_closed(service, at))
    cut = len(rows) > MOST
    rows = rows[:MOST]
    for row in rows:
        row.office = service.office
    calendars = promise_calendars(rows)
    promised, tried = [], []
    for row in rows:
        events = [event.as_domain() for event in row.clock_events.all()]
        stays = list(_stays(row))
        calendar = calendars[row.pk]
        own = clock(row, at, events=events, calendar=calendar)
        if own.state is not ClockStatus.STOPPED:
            continue
        other = clock(row, at, term, events, calendar)
        promised.append(outcome(own, stays))
        tried.append(outcome(other, stays))
    return Replay(at - YEAR, summed(promised), summed(tried), cut)


def _closed(service: Service, at: datetime) -> Iterator[Application]:
    """The files of ``service`` whose clock was stopped in the year before ``at``, latest first."""
    stopped = Application.objects.filter(
        version__service=service,
        status__in=_ANSWERED,
        clock_events__kind=ClockKind.STOP,
        clock_events__at__gt=at - YEAR,
        clock_events__at__lte=at,
    )
    keys = stopped.order_by("-pk").values_list("pk", flat=True).distinct()[: MOST + 1]
    steps = ApplicationStep.objects.select_related("step").order_by("pk")
    rows = Application.objects.filter(pk__in=list(keys)).select_related("version")
    beside = StepPart.objects.exclude(step=None).select_related("step").order_by("pk")
    rows = rows.prefetch_related(
        "clock_events", "deadlines", Prefetch("steps", steps), Prefetch("parts", beside)
    )
    return iter(rows.defer("answers", "declared").order_by("-pk"))


def _stays(row: Application) -> Iterator[Stay]:
    for visit in row.steps.all():
        name = f"{visit.step.printed_number} {visit.step.activity}".strip()
        yield Stay(name[:120], visit.begun_at)
    for part in row.parts.all():
        if part.step is not None:
            name = f"{part.step.printed_number} {part.step.activity}".strip()
            yield Stay(name[:120], part.asked_at)
