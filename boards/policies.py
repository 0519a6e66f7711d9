"""Who sees the boards of an office, and whose time."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from accounts.models import Appointment, Office, Position
from accounts.officers import Officer
from accounts.selectors import below, leading
from boards.models import BoardReader
from reports.policies import may_collect_evidence


def offices_seen(officer: Officer) -> list[Office]:
    """Return the offices whose boards ``officer`` sees.

    The head, whoever holds a position that is the superior of another, and the positions which the
    administrators of the office have named.
    """
    named = Exists(BoardReader.objects.filter(position=OuterRef("pk")))
    seats = Position.objects.filter(leading() | Q(named), pk__in=list(officer.seats))
    keys = set(seats.values_list("office", flat=True))
    return [office for office in officer.offices if office.pk in keys]


def positions_led(officer: Officer) -> set[int]:
    """Return the keys of the positions whose holders' time ``officer`` may see: all below theirs.

    Never their own: a superior sees it.
    """
    return below(officer.seats) - set(officer.seats)


def may_see_work(officer: Officer, person: int, position: int | None) -> bool:
    """Whether ``officer`` may see what ``person`` (keys) did in ``position``.

    The position is below theirs, and the person holds it or held it: the name of nobody else is
    shown.
    """
    if position is None or position not in positions_led(officer):
        return False
    return Appointment.objects.filter(user=person, position=position).exists()


def offices_with_evidence(officer: Officer) -> list[Office]:
    """Return the offices whose evidence ``officer`` may collect."""
    return [
        office
        for office in officer.offices
        if office.partner_of_id is None and may_collect_evidence(officer.user, office, officer.at)
    ]
