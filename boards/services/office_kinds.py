"""The two kinds of report of an office: each month, and each quarter."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from boards.services.office_report import MONTHLY, QUARTERLY, compose
from reports.domain.periods import Rhythm
from reports.kinds import ReportKind
from reports.services.registering import register


def register_kinds() -> None:
    """Have both compiled, and their terms watched. Called at startup."""
    register(ReportKind(MONTHLY, _("Laporan bulanan kantor"), lambda office: Rhythm.MONTH, compose))
    register(
        ReportKind(QUARTERLY, _("Laporan triwulan kantor"), lambda office: Rhythm.QUARTER, compose)
    )
