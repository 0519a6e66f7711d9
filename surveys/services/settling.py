"""Answers and used invitations are written anew together: the database joins no two of them.

A database remembers in which order rows came (SQLite: rowid, PostgreSQL: ctid) and which
transaction wrote each (PostgreSQL: xmin). Laid beside the hour at which the step of a file closed,
that would say who answered what. Five or more rows that are taken out and put back in a random
order say it no longer. Once a period is over, what is too rare to be anonymous goes as well: the
service that fewer than five answered about, and the months if fewer than five answered in one.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from accounts.models import Office
from reports.domain.periods import Period, Rhythm, period_of
from surveys import selectors
from surveys.domain import groups
from surveys.models import Invitation, Response, Suggestion, Trace

_CHANCE = secrets.SystemRandom()
Change = Callable[[Any], None]


def settle(at: datetime) -> int:
    """Write anew what came in since the last time; return how many rows. It may run twice."""
    return sum(_settle_office(office, at) for office in Office.objects.order_by("pk"))


@transaction.atomic
def _settle_office(office: Office, at: datetime) -> int:
    rhythm = Rhythm(selectors.rules_of(office).rhythm)
    running = period_of(office.local_date(at), rhythm)
    done = _settle_invitations(office)
    for model in (Response, Suggestion):
        done += _mix(model.objects.in_period(office, running).filter(trace=Trace.FRESH))
    for period in _unsealed(office, rhythm, running):
        done += _seal(office, period)
    return done


def _settle_invitations(office: Office) -> int:
    used = Invitation.objects.filter(application__office=office, answered=True, settled=False)
    keys = list(used.values_list("pk", flat=True))
    if not groups.may_show(len(keys)):
        return 0
    return Invitation.objects.filter(pk__in=keys).update(settled=True)


def _unsealed(office: Office, rhythm: Rhythm, running: Period) -> list[Period]:
    """Return the periods that are over and have rows that are not sealed."""
    months: set[Any] = set()
    for model in (Response, Suggestion):
        rows = model.objects.filter(office=office, month__lt=running.begins)
        months.update(rows.exclude(trace=Trace.SEALED).values_list("month", flat=True))
    return sorted({period_of(month, rhythm) for month in months}, key=lambda one: one.begins)


def _mix(rows: models.QuerySet[Any]) -> int:
    if not groups.may_show(rows.count()):
        return 0
    return _write_anew(rows, lambda row: setattr(row, "trace", Trace.MIXED))


def _seal(office: Office, period: Period) -> int:
    answers = Response.objects.in_period(office, period)
    written = Suggestion.objects.in_period(office, period)
    invited = _close(period, answers.counted(), written.filter(is_open=False))
    return invited + _close(period, answers.openly(), written.filter(is_open=True))


def _close(period: Period, answers: models.QuerySet[Any], written: models.QuerySet[Any]) -> int:
    """Seal the answers and words of one survey, the open one or the other: they are never mixed."""
    rare = _rare_services(answers)
    by_month = Counter(answers.values_list("month", flat=True))
    keeps_months = all(groups.may_show(count) for count in by_month.values())

    def close(row: Any) -> None:
        row.trace = Trace.SEALED
        if not keeps_months:
            row.month = period.begins
        if isinstance(row, Response) and (row.version.instrument.kind, row.service_id) in rare:
            row.service = None

    unsealed = answers.exclude(trace=Trace.SEALED).select_related("version__instrument")
    return _write_anew(unsealed, close) + _write_anew(written.exclude(trace=Trace.SEALED), close)


def _rare_services(rows: models.QuerySet[Any]) -> set[tuple[str, int]]:
    """Return the pairs of instrument and service that fewer than five answered about."""
    counts = Counter(rows.values_list("version__instrument__kind", "service"))
    return {pair for pair, count in counts.items() if pair[1] and not groups.may_show(count)}


def _write_anew(rows: models.QuerySet[Any], change: Change) -> int:
    """Take rows out and put them back changed, in a random order; return how many."""
    found = list(rows.select_for_update(of=("self",)))
    for row in found:
        change(row)
    _CHANCE.shuffle(found)
    rows.model.objects.filter(pk__in=[row.pk for row in found]).delete()
    rows.model.objects.bulk_create(found)
    return len(found)
