"""Named filters of proposals."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from authority.domain.lifecycle import Status

if TYPE_CHECKING:
    from accounts.models import User


class ProposalQuerySet(models.QuerySet[Any]):
    """Filters of proposals."""

    def open(self) -> Self:
        """Those that nobody has settled."""
        return self.filter(status=Status.PROPOSED)

    def visible_to(self, user: User, offices: Collection[int] = ()) -> Self:
        """Those that ``user`` may read: of the ``offices`` which they administer or head.

        Whoever is concerned reads their own: the person, who holds the position, and the one who
        is superseded.
        """
        rows = self.model._base_manager
        own = Q(person=user) | Q(proposed_by=user)
        for way in ("superseded", "concerned"):
            own |= Q(pk__in=rows.filter(**{way: user}).values("pk"))
        return self.filter(own | Q(office__in=offices))

    def with_related(self) -> Self:
        """With the rows that a page shows."""
        related = ("office", "person", "position__office", "appointment", "proposed_by")
        return self.select_related(*related)
