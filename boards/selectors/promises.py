"""What everybody may read about the promises of an office, of twelve months and the running one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from accounts.models import Office
from boards.domain.figures import FEWEST, share
from boards.domain.months import year_until
from boards.selectors import past
from boards.selectors.past import ServiceFigures
from complaints.domain.figures import published
from complaints.models import Complaint
from complaints.services.figures import IN_TIME, LATE, OVERDUE, outcome_counts
from standards.domain.terms import printed
from standards.models import Service, StandardVersion


@dataclass(frozen=True, slots=True)
class ServicePromise:
    """What one public service promised and kept, in ``figures.unit``.

    ``printed`` says how the standard in force prints its terms, by their figures ("3-5" of 5).
    """

    service: Service
    figures: ServiceFigures
    printed: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Promises:
    """The promises of one office; ``few`` services had too few files.

    ``complaints`` is the percentage answered in time, of ``answered`` ones; ``None`` if that would
    tell of single complaints.
    """

    office: Office
    first: date
    counted_at: datetime | None
    services: Sequence[ServicePromise]
    few: int
    complaints: int | None
    answered: int


def promises_of(office: Office, at: datetime) -> Promises:
    """Return the promises of ``office`` and how they were kept in the last twelve months.

    The running month counts besides.
    """
    first, last = year_until(office.local_date(at))
    services = {row.pk: row for row in Service.objects.public().filter(office=office)}
    rows = StandardVersion.objects.in_force(office.local_date(at)).filter(service__in=services)
    versions = {row.service_id: row for row in rows.prefetch_related("terms")}
    found = [
        ServicePromise(services[one.service], one, _printed(versions.get(one.service), one.unit))
        for one in past.promised(first, last, office=office)
        if one.service in services and one.answered >= FEWEST
    ]
    shown = {one.service.pk for one in found}
    kept, answered = _complaints(office, first, at)
    return Promises(
        office, first, past.counted_at(office), found, len(services) - len(shown), kept, answered
    )


def _printed(version: StandardVersion | None, unit: str) -> dict[int, str]:
    """Return how the standard in force prints its terms; {} where it counts in another unit."""
    if version is None or version.term_unit != unit:
        return {}
    return printed(version, version.terms.all())


def usual_time(service: Service, at: datetime) -> ServiceFigures | None:
    """Return the figures of one service, the unit with the most files; ``None`` if they are few."""
    first, last = year_until(service.office.local_date(at))
    rows = past.promised(first, last, service=service.pk)
    most = max(rows, key=lambda one: one.answered, default=None)
    return most if most is not None and most.answered >= FEWEST else None


def _complaints(office: Office, first: date, at: datetime) -> tuple[int | None, int]:
    """Return the share of complaints answered in time, and of how many; nothing of few.

    Those of today are left out: who looks again and again would see the hour of a report.
    """
    began = datetime.combine(first, time(), office.zone)
    midnight = datetime.combine(office.local_date(at), time(), office.zone)
    rows = Complaint.objects.filter(office=office, received_at__gte=began, received_at__lt=midnight)
    counts = outcome_counts(rows, at)
    in_time, late = counts[IN_TIME], counts[LATE] + counts[OVERDUE]
    hidden = published({IN_TIME: in_time, LATE: late}).hides
    if hidden or in_time + late < FEWEST:
        return None, 0
    return share(in_time, in_time + late), in_time + late
