"""Holidays and decreed years: the rows of the working calendar."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from workflow.domain import workdays
from workflow.guards import Guard, register


class HolidayKind(models.TextChoices):
    """Kinds of special days (SKB 3 Menteri; regional decrees)."""

    NATIONAL = workdays.HolidayKind.NATIONAL, _("Libur nasional")
    JOINT_LEAVE = workdays.HolidayKind.JOINT_LEAVE, _("Cuti bersama")
    REGIONAL = workdays.HolidayKind.REGIONAL, _("Libur daerah")
    REPLACEMENT = workdays.HolidayKind.REPLACEMENT, _("Hari kerja pengganti")


class Holiday(models.Model):
    """A day that differs from its weekday, for all offices or for one."""

    on = models.DateField(_("tanggal"))
    name = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=30, choices=HolidayKind.choices)
    office = models.ForeignKey(
        Office,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("hanya untuk unit"),
        related_name="holidays",
    )
    decree = models.CharField(_("dasar penetapan"), max_length=200, blank=True)
    estimated = models.BooleanField(_("perkiraan"), default=False)

    class Meta:
        verbose_name = _("hari libur")
        verbose_name_plural = _("hari libur")
        ordering = ("on",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["on", "kind", "office"], name="workflow_holiday_once"),
            models.UniqueConstraint(
                fields=["on", "kind"],
                condition=Q(office=None),
                name="workflow_holiday_for_all_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d-%m-%Y} {self.name}"


class CalendarVersion(models.Model):
    """A calendar with which promises were counted, kept as it was (``workflow.calendar_versions``).

    ``facts`` is JSON. The database refuses to change a row.
    """

    version = models.CharField(max_length=40, unique=True)
    facts = models.TextField()

    class Meta:
        verbose_name = _("versi kalender")
        verbose_name_plural = _("versi kalender")

    def __str__(self) -> str:
        return self.version


register(
    Guard(
        "guard_calendarversion",
        "workflow_calendarversion",
        ("UPDATE", "DELETE"),
        "versi kalender tidak dapat diubah atau dihapus",
    )
)


class CalendarYear(models.Model):
    """A year whose holidays are decreed: dates are certain up to the last one without a gap."""

    year = models.PositiveSmallIntegerField(_("tahun"), unique=True)
    decree = models.CharField(_("dasar penetapan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("tahun kalender yang ditetapkan")
        verbose_name_plural = _("tahun kalender yang ditetapkan")
        ordering = ("year",)

    def __str__(self) -> str:
        return str(self.year)
