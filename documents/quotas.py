"""How much one sender may upload: what is counted, and when a file is one too many.

The numbers are ``settings.UPLOAD_QUOTAS`` (docs/operations.md). What lies in a draft or a complaint
is summed from its rows; what a person or an address sends within a period has counters
(``workflow.throttling``). Every file that is looked at counts, also a refused one: looking costs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workflow import refusals
from workflow.domain.errors import DomainError
from workflow.throttling import count_up, counted

_MEGABYTE = 1024 * 1024
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)

refusals.add(
    {
        "quota_draft": _(
            "Satu permohonan memuat paling banyak %(files)s berkas dan %(megabytes)s MB. Hapus "
            "berkas yang tidak perlu, atau perkecil berkas ini, lalu unggah lagi."
        ),
        "quota_person": _(
            "Dalam sehari satu akun dapat mengunggah paling banyak %(files)s berkas dan "
            "%(megabytes)s MB, dan batas itu sudah tercapai. Unggah lagi %(wait)s lagi; berkas dan "
            "isian yang sudah tersimpan tetap ada."
        ),
        "quota_officer": _(
            "Dalam sehari satu petugas dapat mengunggah paling banyak %(files)s berkas dan "
            "%(megabytes)s MB, dan batas itu sudah tercapai. Unggah lagi %(wait)s lagi, atau minta "
            "pengelola portal menaikkan batasnya."
        ),
        "quota_address": _(
            "Dari jaringan internet yang Anda pakai paling banyak %(files)s berkas dan "
            "%(megabytes)s MB dapat diunggah dalam satu jam, dan batas itu sudah tercapai. Unggah "
            "lagi %(wait)s lagi, atau pakai jaringan lain; isian yang sudah tersimpan tetap ada."
        ),
        "quota_complaint": _(
            "Satu laporan memuat paling banyak %(files)s berkas dan %(megabytes)s MB. Kirim tanpa "
            "berkas ini, atau perkecil berkasnya."
        ),
        "quota_sender": _(
            "Dari jaringan internet yang Anda pakai paling banyak %(files)s berkas dan "
            "%(megabytes)s MB dapat dilampirkan dalam satu jam, dan batas itu sudah tercapai. "
            "Kirim laporan tanpa berkas ini; tambahkan berkasnya %(wait)s lagi dengan nomor dan "
            "kode rahasia laporan."
        ),
        "quota_unsent": _(
            "Saat ini terlalu banyak lampiran menunggu dikirim. Kirim laporan tanpa berkas ini; "
            "tambahkan berkasnya nanti dengan nomor dan kode rahasia laporan."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Meter:
    """What one sender has had looked at within a period.

    ``name`` is the quota, ``key`` names the sender as it is stored: of an address a keyed hash.
    """

    name: str
    key: str
    period: timedelta

    def refuse(self, size: int, at: datetime) -> None:
        """Raise ``DomainError("quota_<name>")`` when one more file of ``size`` is too much."""
        files, wait = counted(self._key("files"), at)
        kilobytes, _same = counted(self._key("kb"), at)
        if _is_over(self.name, files + 1, (kilobytes + _kilobytes(size)) * 1024):
            raise _refusal(self.name, wait=_words(wait or self.period))

    def count(self, size: int, at: datetime) -> None:
        """Count one file of ``size`` bytes."""
        count_up(self._key("files"), 1, at, self.period)
        count_up(self._key("kb"), _kilobytes(size), at, self.period)

    def _key(self, what: str) -> str:
        return f"uploads-{self.name}-{what}:{self.key}"


def of_person(pk: int) -> Meter:
    """Return the meter of an account."""
    return Meter("person", str(pk), _DAY)


def of_officer(pk: int) -> Meter:
    """Return the meter of the account of an officer, for what is uploaded at a desk."""
    return Meter("officer", str(pk), _DAY)


def of_address(hashed: str) -> Meter:
    """Return the meter of the address of an applicant, given as ``hashed_address``."""
    return Meter("address", hashed, _HOUR)


def of_sender(hashed: str) -> Meter:
    """Return the meter of the address of a complainant, given as ``hashed_address``."""
    return Meter("sender", hashed, _HOUR)


@contextmanager
def metered(size: int, at: datetime, *meters: Meter) -> Iterator[None]:
    """Look at a file of ``size`` bytes within the quotas of its sender, and count it after.

    Raises ``DomainError``: quota_person, quota_officer, quota_address, quota_sender.
    """
    for meter in meters:
        meter.refuse(size, at)
    try:
        yield
    finally:
        for meter in meters:
            meter.count(size, at)


def refuse_too_much(name: str, rows: QuerySet[Any], size: int) -> None:
    """Raise ``DomainError("quota_<name>")`` when ``rows`` (column ``size``) leave no room."""
    kept = rows.aggregate(files=Count("pk"), bytes=Sum("size", default=0))
    if _is_over(name, kept["files"] + 1, kept["bytes"] + size):
        raise _refusal(name)


def _is_over(name: str, files: int, size: int) -> bool:
    most, megabytes = settings.UPLOAD_QUOTAS[name]
    return files > most or size > megabytes * _MEGABYTE


def _refusal(name: str, **facts: str) -> DomainError:
    files, megabytes = settings.UPLOAD_QUOTAS[name]
    code = f"quota_{name}"
    return DomainError(code, files=files, megabytes=megabytes, **facts)


def _kilobytes(size: int) -> int:
    return math.ceil(size / 1024)


def _words(wait: timedelta) -> str:
    minutes: Final = max(1, math.ceil(wait.total_seconds() / 60))
    if minutes < 100:
        return ngettext("%(n)s menit", "%(n)s menit", minutes) % {"n": minutes}
    hours: Final = math.ceil(minutes / 60)
    return ngettext("%(n)s jam", "%(n)s jam", hours) % {"n": hours}
