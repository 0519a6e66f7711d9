"""Heartbeats of sweeps, counters of throttles, tasks of administrators."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office


class Heartbeat(models.Model):
    """The last run of each sweep, for the health page."""

    sweep = models.CharField(_("pekerjaan"), max_length=60, unique=True)
    started_at = models.DateTimeField(_("mulai"))
    finished_at = models.DateTimeField(_("selesai"), null=True)
    done = models.PositiveIntegerField(_("dikerjakan"), default=0)
    failed = models.PositiveIntegerField(_("gagal"), default=0)
    # when operators were notified that it is silent; empty while it runs
    alarmed_at = models.DateTimeField(_("petugas diberi tahu"), null=True)

    class Meta:
        verbose_name = _("pekerjaan berkala")
        verbose_name_plural = _("pekerjaan berkala")

    def __str__(self) -> str:
        return self.sweep


class ThrottleCounter(models.Model):
    """The failures of one client that still count (``workflow.throttling`` alone writes here)."""

    key = models.CharField(max_length=120, unique=True)
    count = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class AdminTask(models.Model):
    """Something only an administrator can settle: a missing superior, a year without a decree.

    Written by ``workflow.admin_tasks`` only; ``key`` names the cause: one task each.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("jenis"), max_length=60)
    facts = models.JSONField(default=dict)
    office = models.ForeignKey(
        Office,
        models.CASCADE,
        null=True,
        related_name="admin_tasks",
        verbose_name=_("unit penyelenggara"),
    )
    path = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(_("muncul"))
    closed_at = models.DateTimeField(_("ditutup"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ditutup oleh"),
    )

    class Meta:
        verbose_name = _("tugas administrator")
        verbose_name_plural = _("tugas administrator")
        ordering = ("-opened_at", "-pk")
        indexes: ClassVar = [
            models.Index(
                fields=["opened_at"], condition=Q(closed_at=None), name="workflow_admin_tasks_open"
            )
        ]

    def __str__(self) -> str:
        return self.key
