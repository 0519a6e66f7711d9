"""What pages say about a deadline: how urgent it is, how far away, and why nothing runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from workflow.domain.clock import Unit

NEARLY_LATE = 2  # working days left from which a running deadline is highlighted
NEARLY_OVER = 7  # the same in calendar days


@dataclass(frozen=True, slots=True)
class DeadlineText:
    """The words about one deadline, in the language of the reader.

    ``state`` is not_started, running, paused, late or met. ``remaining`` counts days of ``unit``
    (negative: past). ``audience`` is who reads it, applicant or officer. ``provisional``: the
    holidays of that year are not decreed yet. ``url`` leads to the day-by-day count. ``paused_by``
    says why a clock stands that does not wait for a completed application.
    """

    state: str = "not_started"
    due_on: date | None = None
    remaining: int | None = None
    provisional: bool = False
    audience: str = ""
    url: str = ""
    unit: str = Unit.WORKDAY
    paused_by: str = ""

    @property
    def is_late(self) -> bool:
        """Whether the day has passed, also for what ended after it."""
        return self.state == "late" or (self.remaining is not None and self.remaining < 0)

    @property
    def meaning(self) -> str:
        """Return good, attention, late or neutral."""
        if self.is_late:
            return "late"
        if self.state == "met":
            return "good"
        few = NEARLY_OVER if self.unit == Unit.CALENDAR_DAY else NEARLY_LATE
        near = self.remaining is not None and self.remaining <= few
        return "attention" if self.state == "running" and near else "neutral"

    @property
    def icon(self) -> str:
        """Return the name of the picture beside the words."""
        if self.is_late:
            return "exclamation-octagon"
        icons = {"running": "clock", "paused": "pause-circle", "met": "check-circle"}
        return icons.get(self.state, "hourglass-split")

    @property
    def distance(self) -> str:
        """Return how far away the day is; nothing where no days are counted."""
        if self.remaining is None:
            return ""
        days = self._days(abs(self.remaining))
        if self.state == "met":
            if self.remaining >= 0:
                return gettext("tepat waktu")
            return gettext("lewat %(days)s") % {"days": days}
        if self.is_late:
            if not self.remaining:
                return gettext("lewat waktu")
            return gettext("terlambat %(days)s") % {"days": days}
        if self.state == "paused":
            return gettext("sisa %(days)s") % {"days": days}
        if not self.remaining:
            return gettext("hari terakhir")
        return gettext("%(days)s lagi") % {"days": days}

    def _days(self, number: int) -> str:
        if self.unit == Unit.CALENDAR_DAY:
            return ngettext("%(n)s hari", "%(n)s hari", number) % {"n": number}
        return ngettext("%(n)s hari kerja", "%(n)s hari kerja", number) % {"n": number}

    @property
    def without_date(self) -> str:
        """Return the text when there is no date: no deadline runs."""
        for_officer = self.audience == "officer"
        if self.state == "paused":
            if self.paused_by:
                return gettext("Waktu berhenti: %(reason)s") % {"reason": self.paused_by}
            if for_officer:
                return gettext("Waktu berhenti: menunggu pemohon")
            return gettext("Waktu berhenti sampai Anda melengkapi berkas")
        if self.state == "met":
            return gettext("Selesai")
        if for_officer:
            return gettext("Belum berjalan: berkas belum dinyatakan lengkap")
        return gettext("Mulai dihitung setelah berkas dinyatakan lengkap dan benar")

    @property
    def short(self) -> str:
        """Return the distance for a table cell, or the state where no days are counted."""
        distance = self.distance
        if self.state == "paused" and distance:
            return gettext("berhenti, %(left)s") % {"left": distance}
        if distance:
            return distance
        states = {
            "paused": self.paused_by or gettext("menunggu pemohon"),
            "met": gettext("selesai"),
            "running": gettext("berjalan"),
        }
        return states.get(self.state, gettext("belum berjalan"))
