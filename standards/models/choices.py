"""Units of terms and levels of risk."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.domain.clock import Unit


class TermUnit(models.TextChoices):
    """Units in which a standard promises."""

    WORKDAY = Unit.WORKDAY, _("hari kerja")
    CALENDAR_DAY = Unit.CALENDAR_DAY, _("hari kalender")
    WORK_MINUTE = Unit.WORK_MINUTE, _("menit")


class Risk(models.TextChoices):
    """Risk levels of PP 28/2025 (and PP 5/2021 before it)."""

    NONE = "", _("Bukan perizinan berbasis risiko")
    LOW = "rendah", _("Rendah")
    MEDIUM_LOW = "menengah_rendah", _("Menengah rendah")
    MEDIUM_HIGH = "menengah_tinggi", _("Menengah tinggi")
    HIGH = "tinggi", _("Tinggi")
