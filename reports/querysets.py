"""Query sets of reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Appointment, Position, User
from reports.domain.lifecycle import AUTHORED, EDITABLE, ReportStatus
from workflow.models import DeadlineQuerySet

_COMPILER, _SECRETARY = "penyusun", "sekretaris"


def _offices_of(user: User, at: datetime) -> list[int]:
    return [row.position.office_id for row in Appointment.objects.of(user, at)]


def may_compile_in(user: User, at: datetime) -> Q:
    """Return the condition of rows of an office whose reports ``user`` compiles.

    They hold a position in the role; where nobody does, it is whoever leads others or checks the
    reports.
    """
    roles = apps.get_model("reports", "ReportRole")._default_manager
    seats = [row.position for row in Appointment.objects.of(user, at)]
    mine = roles.filter(role=_COMPILER, position__in=seats).values("position__office")
    days = {seat.position.office.local_date(at) for seat in Appointment.objects.of(user, at)}
    filled = Appointment.objects.in_force(max(days)) if days else Appointment.objects.none()
    holders = filled.values("position")
    named = roles.filter(role=_COMPILER, position__in=holders).values("position__office")
    led = Position.objects.filter(superior__in=seats).values("superior__office")
    headed = [seat.office_id for seat in seats if seat.is_head]
    checked = roles.filter(role=_SECRETARY, position__in=seats).values("position__office")
    others = Q(office__in=led) | Q(office__in=headed) | Q(office__in=checked)
    return Q(office__in=mine) | others & ~Q(office__in=named)


def may_write_in(user: User, at: datetime) -> Q:
    """Return the condition of rows of an office whose reports ``user`` writes: no head does."""
    return may_compile_in(user, at) & ~Q(office__in=_headed(user, at))


def _headed(user: User, at: datetime) -> list[int]:
    seats = [row.position for row in Appointment.objects.of(user, at)]
    return [seat.office_id for seat in seats if seat.is_head]


class ReportQuerySet(models.QuerySet[Any]):
    """Reports."""

    def visible_to(self, user: User, at: datetime) -> Self:
        """Reports of the offices in which ``user`` serves."""
        return self.filter(office__in=_offices_of(user, at))

    def public(self) -> Self:
        """Published reports whose signed paper is there."""
        return self.filter(status=ReportStatus.PUBLISHED).exclude(paper__file="")

    def waiting_for(self, user: User, at: datetime) -> Self:
        """Reports that cannot go on until ``user`` acts."""
        seats = [row.position for row in Appointment.objects.of(user, at)]
        roles = apps.get_model("reports", "ReportRole")._default_manager
        checks = roles.filter(role=_SECRETARY, position__in=seats).values("position__office")
        records = apps.get_model("reports", "ReportRecord")._default_manager
        own = records.filter(subject=OuterRef("pk"), actor=user, event__in=AUTHORED)
        turn = (
            may_write_in(user, at) & Q(status__in=EDITABLE)
            | may_compile_in(user, at) & Q(status=ReportStatus.SIGNED)
            | Q(office__in=checks, status=ReportStatus.CHECKED) & ~Exists(own)
            | Q(office__in=_headed(user, at), status=ReportStatus.APPROVED) & ~Exists(own)
        )
        return self.filter(turn)


class ReportDeadlineQuerySet(DeadlineQuerySet):
    """Terms of reports."""

    def waiting_for(self, user: User, at: datetime) -> Self:
        """Periods that are over and that ``user`` has to compile."""
        compiled = apps.get_model("reports", "Report")._default_manager
        same = compiled.filter(
            office=OuterRef("office"), kind=OuterRef("kind"), period=OuterRef("period")
        )
        rows = self.running().filter(may_write_in(user, at), started_at__lte=at)
        return rows.exclude(Exists(same))
