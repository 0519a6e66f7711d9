"""Who sees the boards of an office, and whose time."""

from __future__ import annotations

from accounts.models import Office
from accounts.officers import Officer
from accounts.selectors import below, leads_in
from boards.models import BoardReader
from reports.policies import may_collect_evidence


def offices_seen(officer: Officer) -> list[Office]:
    """Return the offices whose boards ``officer`` sees.

    The head, whoever holds a position that is the superior of another, and the positions which the
    administrators of the office have named.
    """
    named = BoardReader.objects.filter(position__in=list(officer.seats))
    keys = leads_in(officer.user, officer.at)
    keys |= set(named.values_list("position__office", flat=True))
    return [office for office in officer.offices if office.pk in keys]


def positions_led(officer: Officer) -> set[int]:
    """Return the keys of the positions whose holders' time ``officer`` may see: all below theirs.

    Never their own: a superior sees it.
    """
    return below(officer.seats) - set(officer.seats)


def offices_with_evidence(officer: Officer) -> list[Office]:
    """Return the offices whose evidence ``officer`` may collect."""
    return [
        office
        for office in officer.offices
        if office.partner_of_id is None and may_collect_evidence(officer.user, office, officer.at)
    ]
