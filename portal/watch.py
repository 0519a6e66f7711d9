"""Watching the sweeps from outside: when one stops, its operators get a mail (``watch_sweeps``).

A worker or beat that is dead cannot say so. This is a process of its own, it sends its mail itself,
and it reports each silence once: ``Heartbeat.alarmed_at`` survives a restart.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
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
BACKUP = "portal.backup"
BACKUP_LATE_AFTER = timedelta(hours=26)  # one a night, and two hours for a long one


def expect_sweeps(at: datetime) -> None:
    """Begin to wait for every sweep that beat starts, also for one that never ran."""
    for name in health.expected():
        Heartbeat.objects.get_or_create(sweep=name, defaults={"started_at": at})


def watch(at: datetime) -> list[str]:
    """Notify operators once of every sweep that has stopped, and of those that run again.

    Returns the names reported. A mail that fails is retried at the next check.
    """
    late = {sweep.name for sweep in health.sweeps(at) if sweep.late}
    rows = Heartbeat.objects.exclude(sweep=BACKUP)
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
    return reported + _watch_backup(at)


def backup_made(at: datetime) -> None:
    """Record that a backup was made and read back ``at`` this instant."""
    times = {"started_at": at, "finished_at": at, "alarmed_at": None}
    Heartbeat.objects.update_or_create(sweep=BACKUP, defaults=times)


def _watch_backup(at: datetime) -> list[str]:
    """Notify operators once when the last backup is too old, or none was ever made."""
    if not settings.BACKUPS_AWAITED:
        return []
    row, _new = Heartbeat.objects.get_or_create(sweep=BACKUP, defaults={"started_at": at})
    late = at - (row.finished_at or row.started_at) > BACKUP_LATE_AFTER
    if not late or row.alarmed_at or not _mail(_no_backup()):
        return []
    row.alarmed_at = at
    row.save(update_fields=["alarmed_at"])
    return [BACKUP]


def _no_backup() -> tuple[str, str]:
    with translation.override("id"):
        hours = int(BACKUP_LATE_AFTER.total_seconds() // 3600)
        return (
            _("Cadangan data terlambat"),
            _(
                "Sudah lebih dari %(hours)s jam tidak ada cadangan yang selesai dan terbaca "
                "kembali. Bila server rusak sekarang, yang masuk sejak itu hilang. Periksa jadwal "
                "manage.py backup dan ruang disknya."
            )
            % {"hours": hours},
        )


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
