"""Watching the sweeps from outside: when one stops, its operators get a mail (``watch_sweeps``).

A worker or beat that is dead cannot say so. This is a process of its own, it sends its mail itself,
and it reports each silence once: ``Heartbeat.alarmed_at`` survives a restart.
"""

from __future__ import annotations

import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from portal import health
from workflow.models import Heartbeat

logger = logging.getLogger(__name__)


def expect_sweeps(at: datetime) -> None:
    """Begin to wait for every sweep that beat rings, also for one that never ran."""
    for name in health.expected():
        Heartbeat.objects.get_or_create(sweep=name, defaults={"started_at": at})


def watch(at: datetime) -> list[str]:
    """Notify operators once of every sweep that has stopped, and of those that run again.

    Returns the names reported. A mail that fails is retried at the next check.
    """
    late = {sweep.name for sweep in health.sweeps(at) if sweep.late}
    rows = Heartbeat.objects.all()
    silent = sorted(rows.filter(sweep__in=late, alarmed_at=None).values_list("sweep", flat=True))
    back = sorted(
        rows.exclude(sweep__in=late).exclude(alarmed_at=None).values_list("sweep", flat=True)
    )
    reported = []
    if silent and _mail(_silent(silent)):
        rows.filter(sweep__in=silent).update(alarmed_at=at)
        reported += silent
    if back and _mail(_back(back)):
        rows.filter(sweep__in=back).update(alarmed_at=None)
        reported += back
    return reported


def _silent(names: list[str]) -> tuple[str, str]:
    with translation.override("id"):
        minutes = int(health.LATE_AFTER.total_seconds() // 60)
        return (
            _("Pekerjaan berkala berhenti: %(names)s") % {"names": ", ".join(names)},
            _(
                "Pekerjaan berikut tidak berjalan lebih dari %(minutes)s menit: %(names)s.\n\n"
                "Selama berhenti, tenggat, surat, dan penerbitan dokumen tertunda; tidak ada yang "
                "hilang. Periksa proses beat dan worker, lalu lihat: %(address)s"
            )
            % {"minutes": minutes, "names": ", ".join(names), "address": _address()},
        )


def _back(names: list[str]) -> tuple[str, str]:
    with translation.override("id"):
        return (
            _("Pekerjaan berkala berjalan lagi: %(names)s") % {"names": ", ".join(names)},
            _("Sudah berjalan lagi: %(names)s. Yang tertunda dikerjakan sekarang.")
            % {"names": ", ".join(names)},
        )


def _address() -> str:
    return settings.SITE_URL + reverse("portal:health")


def _mail(words: tuple[str, str]) -> bool:
    people = User.objects.filter(is_superuser=True, is_active=True)
    addresses = [address for address in people.values_list("email", flat=True) if address]
    if not addresses:
        logger.error("no administrator to tell: %s", words[0])
        return False
    try:
        send_mail(words[0], words[1], settings.DEFAULT_FROM_EMAIL, addresses)
    except (SMTPException, OSError) as error:
        logger.warning("%s; mail has not left: %s", words[0], error)
        return False
    return True
