"""Officers: people who hold a position now, and the decorator of the pages that are theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.models import Appointment, Office, Position, User
from accounts.selectors import held


class OfficerRequest(HttpRequest):
    """A request whose officer has been read."""

    officer: Officer


@dataclass(frozen=True, slots=True)
class Officer:
    """A user who holds a position now: the user, the instant, the desks."""

    user: User
    at: datetime
    seats: dict[int, Appointment]

    @property
    def offices(self) -> list[Office]:
        """The offices in which they serve, each once."""
        return list(
            {row.position.office_id: row.position.office for row in self.seats.values()}.values()
        )

    @property
    def file_offices(self) -> list[Office]:
        """The offices whose files come to them: their own, for a partner body that of its SOPs."""
        found = [office.partner_of or office for office in self.offices]
        return list({office.pk: office for office in found}.values())

    @property
    def positions(self) -> list[Position]:
        """The positions they hold."""
        return [row.position for row in self.seats.values()]

    @property
    def only_partner(self) -> bool:
        """Whether they serve in partner bodies only, not in a permit office."""
        return all(office.partner_of_id for office in self.offices)

    @property
    def headed(self) -> set[int]:
        """The keys of the offices that they head."""
        return {position.office_id for position in self.positions if position.is_head}

    @property
    def desk(self) -> dict[str, object]:
        """What the layout shows of them: the office and the position of the first seat."""
        first = next(iter(self.seats.values()))
        return {
            "office": first.position.office,
            "position": first.position,
            "only_partner": self.only_partner,
        }


def officer_of(user: User, at: datetime) -> Officer:
    """Return ``user`` as an officer at ``at``; without ``seats`` if they hold no position.

    Their appointments are read once and kept.
    """
    prefetch_related_objects([user], "appointments")
    return Officer(user, at, held(user, at))


def officer_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Pass the officer of the request to ``view``, also as ``request.officer``.

    The positions are read here, once for the request. Who holds none gets a 404.
    """

    @login_required
    @wraps(view)
    def guarded(request: OfficerRequest, **key: Any) -> HttpResponseBase:
        assert not isinstance(request.user, AnonymousUser)  # noqa: S101  login_required
        officer = officer_of(request.user, timezone.now())
        if not officer.seats:
            raise Http404
        request.officer = officer
        with timezone.override(officer.offices[0].zone):
            return view(request, officer, **key)

    return guarded
