"""What officers record about an application at the steps of its SOP."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from permits.models.application import Application
from permits.models.steps import ApplicationStep


class RecordedFact(models.Model):
    """One answer that an officer gave at one visit to a step; never changed.

    The latest one is also in ``Application.answers``, where conditions and papers read it.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="recorded_facts")
    visit = models.ForeignKey(ApplicationStep, models.CASCADE, related_name="recorded_facts")
    key = models.CharField(max_length=40)
    value = models.TextField(blank=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("isian yang dicatat petugas")
        verbose_name_plural = _("isian yang dicatat petugas")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "key"], name="permits_recorded_fact_once")
        ]

    def __str__(self) -> str:
        return self.key
