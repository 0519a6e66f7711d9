"""Shapes that permits and complaints share: records of transitions, clock events, deadlines."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow.domain import clock
from workflow.domain.machine import Machine
from workflow.domain.workdays import confirmed_by


class LifecycleModel(models.Model):
    """A model whose status only ``workflow.transitions`` writes, by the table ``lifecycle``.

    Its records are a ``TransitionRecord`` whose key ``subject`` has the related name ``records``.
    """

    lifecycle: ClassVar[Machine]
    status: models.CharField[Any, str]
    records: Any

    class Meta:
        abstract = True


class TransitionRecord(models.Model):
    """One change of status: who, in which capacity, when, from what to what, why. Never edited."""

    event = models.CharField(max_length=40)
    source = models.CharField(max_length=30)
    to = models.CharField(max_length=30)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ("at", "pk")


class ClockEventRow(models.Model):
    """One recorded event of a service clock (ADR 0004); corrected only by a new row."""

    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in clock.ClockKind])
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    key = models.CharField(max_length=60, blank=True)
    amount = models.SmallIntegerField(default=0)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    ground = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ("at", "pk")

    def as_domain(self) -> clock.ClockEvent:
        """Return the event as the pure function reads it."""
        return clock.ClockEvent(
            kind=clock.ClockKind(self.kind),
            at=self.at,
            seq=self.pk,
            key=self.key,
            amount=self.amount,
            corrects=self.corrects_id,  # type: ignore[attr-defined]
            reason=self.reason,
        )


class DeadlineQuerySet(models.QuerySet[Any]):
    """Filters of the sweeps."""

    def running(self) -> Self:
        """Deadlines neither met nor ended."""
        return self.filter(met_at=None)

    def overdue(self, at: datetime) -> Self:
        """Everything late and not yet flagged, however long ago it fell due."""
        return self.overdue_at(at).filter(breached_at=None)

    def overdue_at(self, at: datetime) -> Self:
        """Everything late, flagged or not."""
        return self.filter(met_at=None, due_at__lte=at)


class Deadline(models.Model):
    """One promise. ``due_on`` is what people see, ``due_at`` the instant that day is over there.

    Both are a cache of ``reckon()`` and empty while the clock is paused.
    """

    term_amount = models.PositiveIntegerField()
    term_unit = models.CharField(max_length=15, choices=[(u.value, u.value) for u in clock.Unit])
    started_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    calendar_version = models.CharField(max_length=40, blank=True)
    # set by workflow.alarms.plan() alone: until when marks are answered, and when the next one is
    marked_at = models.DateTimeField(null=True, blank=True)
    next_mark_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def term(self) -> clock.Term:
        """The promise as the pure function reads it."""
        return clock.Term(self.term_amount, clock.Unit(self.term_unit))

    @property
    def provisional(self) -> bool:
        """Whether the date is an estimate: when it was counted, its year had no holiday decree.

        Calendar days need no decree.
        """
        until = confirmed_by(self.calendar_version)
        counted = self.term_unit != clock.Unit.CALENDAR_DAY
        return bool(counted and until and self.due_on and self.due_on > until)

    @property
    def in_minutes(self) -> bool:
        """Whether it is counted in minutes: recorded, but nobody is told and nothing escalates."""
        return self.term_unit == clock.Unit.WORK_MINUTE

    @property
    def term_name(self) -> str:
        """The name under which this kind of term is watched (``workflow.alarms``)."""
        raise NotImplementedError

    @classmethod
    def term_names(cls) -> Any:
        """The same for each row, as an expression of the database."""
        raise NotImplementedError


def marked_index(name: str) -> models.Index:
    """Return the index over running rows of a subclass of ``Deadline``, by their next mark."""
    return models.Index(
        fields=["next_mark_at"],
        condition=Q(met_at=None, next_mark_at__isnull=False),
        name=name,
    )
