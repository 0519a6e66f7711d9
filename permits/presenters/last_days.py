"""The last day of the term that runs in a status, and what happens after it.

A draft is deleted, a returned application lapses, the office posts a letter about a permit that is
not collected; the completeness check is the office's own. The service term: ``deadlines``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from permits.models import Application, ApplicationDeadline
from permits.presenters.deadlines import Promise
from permits.selectors import status_term
from workflow.calendar_versions import calendar_by
from workflow.domain.clock import Unit, counted_after
from workflow.domain.deadline_status import DeadlineStatus, running, running_days
from workflow.domain.workdays import WorkCalendar

Kind = ApplicationDeadline.Kind
_LABELS = {
    Kind.DRAFT: _("Konsep disimpan sampai"),
    Kind.CHECK: _("Kelengkapan diperiksa paling lambat"),
    Kind.COMPLETION: _("Dilengkapi paling lambat"),
    Kind.COLLECTION: _("Diambil paling lambat"),
}
_AFTERWARDS = {
    Kind.DRAFT: _(
        "Sesudah hari itu konsep beserta berkasnya dihapus. Setiap kali Anda melanjutkan mengisi, "
        "hari itu mundur."
    ),
    Kind.CHECK: _(
        "Sampai hari itu kantor menyatakan berkas lengkap dan benar, atau memberitahukan semua "
        "kekurangannya sekaligus."
    ),
    Kind.COMPLETION: _(
        "Bila sampai hari itu tidak dikirim kembali, permohonan gugur dan harus diajukan dari awal."
    ),
    Kind.COLLECTION: _(
        "Bila sampai hari itu tidak diambil, kantor mengirim surat. Dokumen tetap dapat diambil."
    ),
}
_IN_SHORT = {
    Kind.DRAFT: _("Sesudahnya konsep dihapus"),
    Kind.CHECK: _("Pemeriksaan kelengkapan"),
    Kind.COMPLETION: _("Sesudahnya permohonan gugur"),
    Kind.COLLECTION: _("Sesudahnya kantor mengirim surat"),
}


@dataclass(frozen=True, slots=True)
class LastDay:
    """A term: its name before the day, the day, what happens then, and the same for a list."""

    label: str | LazyText
    promise: Promise
    afterwards: str | LazyText
    in_short: str | LazyText


def last_day(
    application: Application, at: datetime, calendar: WorkCalendar | None = None
) -> LastDay | None:
    """Return the last day of the term of the present status; ``None`` if no term runs.

    It is counted with the calendar of that term; ``calendar`` saves the query for it where it is
    the same.
    """
    term = status_term(application)
    if term is None:
        return None
    kind = Kind(term.kind)
    promise = Promise.of(_status(term, application, at, calendar))
    return LastDay(_LABELS[kind], promise, _AFTERWARDS[kind], _IN_SHORT[kind])


def _status(
    term: ApplicationDeadline,
    application: Application,
    at: datetime,
    calendar: WorkCalendar | None,
) -> DeadlineStatus:
    assert term.due_on is not None  # noqa: S101  status_term
    assert term.due_at is not None  # noqa: S101
    zone = application.office.zone
    if term.term_unit == Unit.CALENDAR_DAY:
        return running_days(term.due_on, term.due_at, at=at, zone=zone)
    if calendar is None or calendar.version != term.calendar_version:
        calendar = calendar_by(term.calendar_version, application.office)
    first = counted_after(term.started_at, calendar, calendar.rules)
    return running(calendar, term.due_on, term.due_at, at=at, zone=zone, counted_after=first)
