"""Recomputation of complaint deadlines after a change of the calendar, as for applications.

A date that has passed never moves. An estimate for a year that has a decree now, and a date that
does not change, are updated at once. Other changes wait until an administrator applies them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Office
from complaints.models import ComplaintDeadline
from complaints.services import deadlines, messages
from complaints.services.events import add_record
from workflow import recounting, transitions
from workflow.calendars import calendars_of
from workflow.domain.dates import weekday_date
from workflow.domain.errors import DomainError
from workflow.domain.workdays import WorkCalendar, confirmed_by
from workflow.sweeps import SweepResult, each

MOVED = "tanggal_bergeser"
SWEEP = "complaints.recount"
_NOTIFIED = (ComplaintDeadline.Kind.ANSWER, ComplaintDeadline.Kind.SUGGESTION)


def _ahead(calendars: Mapping[int, WorkCalendar], at: datetime) -> QuerySet[ComplaintDeadline]:
    """Return running deadlines, not yet due or undated, computed with another calendar.

    ``calendars`` are the present ones of some offices, by their keys.
    """
    changed = Q(pk__in=[])
    for office, calendar in calendars.items():
        changed |= Q(complaint__office=office) & ~Q(calendar_version=calendar.version)
    ahead = Q(due_at__gt=at) | Q(due_at=None)
    return ComplaintDeadline.objects.running().filter(ahead).filter(changed)


class ComplaintRecounter:
    """Adapter of complaint deadlines for ``workflow.recounting``."""

    def outdated(self, calendars: Mapping[int, WorkCalendar], at: datetime) -> int:
        """Return the number of deadlines computed with an older calendar."""
        return _ahead(calendars, at).count()

    def recount(self, office: Office, at: datetime, most: int, *, everything: bool) -> SweepResult:
        """Recompute the next batch of at most ``most``, each row in its own transaction."""
        rows = _ahead(calendars_of([office]), at)
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
        return each(SWEEP, keys, lambda pk: _again(pk, at, everything=everything))


@transaction.atomic
def _again(pk: int, at: datetime, *, everything: bool) -> bool:
    """Recompute one deadline; return whether it uses the current calendar now."""
    row = ComplaintDeadline.objects.select_related("complaint__office").get(pk=pk)
    complaint = transitions.lock(row.complaint)
    row = ComplaintDeadline.objects.get(pk=pk)
    row.complaint = complaint
    if row.met_at is not None:
        return False  # met meanwhile
    try:
        computed = deadlines.reckoning_of(row, row.started_at)
    except DomainError:
        return False  # no decree for that year
    earlier = row.due_on
    moves = earlier is not None and computed.due_on != earlier
    if computed.due_at is None or (moves and computed.due_at <= at):
        deadlines.stamp(row)
        return True
    sure_until = confirmed_by(row.calendar_version)
    estimate = sure_until is not None and earlier is not None and earlier > sure_until
    if moves and not everything and not (estimate and not computed.provisional):
        return False
    deadlines.recompute(row)
    if moves and earlier is not None and computed.due_on is not None:
        note = (
            f"{row.get_kind_display()}: {weekday_date(earlier)} - {weekday_date(computed.due_on)}"
        )
        add_record(complaint, MOVED, actor=None, at=at, note=note)
        if row.kind in _NOTIFIED:
            complaint.refresh_from_db()
            messages.notify_complainant(complaint, "moved", at, nth=f"{pk}:{computed.due_on}")
    return True


def register() -> None:
    """Register the recomputation of complaint deadlines."""
    recounting.register_recounter("complaints", ComplaintRecounter())
