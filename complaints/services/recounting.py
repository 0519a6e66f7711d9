"""The promises about complaints under a changed calendar: counted again as those of files are.

A date that has passed never moves. An estimate whose year has been decreed, and a date that stays,
need nobody; what moves waits until an administrator applies the calendar.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Office
from complaints.models import ComplaintDeadline
from complaints.services import deadlines, messages
from complaints.services.events import write_down
from workflow import recounting, transitions
from workflow.calendars import calendar_of, confirmed_by
from workflow.domain.dates import weekday_date
from workflow.domain.errors import DomainError
from workflow.sweeps import SweepResult, each

MOVED = "tanggal_bergeser"
SWEEP = "complaints.recount"
_TOLD = (ComplaintDeadline.Kind.ANSWER, ComplaintDeadline.Kind.SUGGESTION)


def _ahead(office: Office, at: datetime) -> QuerySet[ComplaintDeadline]:
    """Running promises still ahead, or without a date, that another calendar has counted."""
    rows = ComplaintDeadline.objects.running().filter(complaint__office=office)
    ahead = Q(due_at__gt=at) | Q(due_at=None)
    return rows.filter(ahead).exclude(calendar_version=calendar_of(office).version)


class Keeper:
    """Complaints among those who keep promises (``workflow.recounting``)."""

    def outdated(self, office: Office, at: datetime) -> int:
        """Return how many wait for the present calendar."""
        return _ahead(office, at).count()

    def recount(self, office: Office, at: datetime, most: int, *, everything: bool) -> SweepResult:
        """Count the next part again, each promise in a transaction of its own."""
        keys = list(_ahead(office, at).order_by("pk").values_list("pk", flat=True)[:most])
        return each(SWEEP, keys, lambda pk: _again(pk, at, everything=everything))


@transaction.atomic
def _again(pk: int, at: datetime, *, everything: bool) -> bool:
    """Count one promise again; return whether it has the present calendar now."""
    row = ComplaintDeadline.objects.select_related("complaint__office").get(pk=pk)
    complaint = transitions.lock(row.complaint)
    row = ComplaintDeadline.objects.get(pk=pk)
    row.complaint = complaint
    if row.met_at is not None:
        return False  # kept meanwhile
    try:
        said = deadlines.reckoning_of(row, row.started_at)
    except DomainError:
        return False  # no decree for that year yet
    earlier = row.due_on
    moves = earlier is not None and said.due_on != earlier
    if said.due_at is None or (moves and said.due_at <= at):
        deadlines.stamp(row)
        return True
    sure_until = confirmed_by(row.calendar_version)
    estimate = sure_until is not None and earlier is not None and earlier > sure_until
    if moves and not everything and not (estimate and not said.provisional):
        return False
    deadlines.recompute(row)
    if moves and earlier is not None and said.due_on is not None:
        words = f"{row.get_kind_display()}: {weekday_date(earlier)} - {weekday_date(said.due_on)}"
        write_down(complaint, MOVED, actor=None, at=at, words=words)
        if row.kind in _TOLD:
            complaint.refresh_from_db()
            messages.tell_complainant(complaint, "moved", at, nth=f"{pk}:{said.due_on}")
    return True


def watch() -> None:
    """Be asked whenever a calendar is applied."""
    recounting.register_recounter("complaints", Keeper())
