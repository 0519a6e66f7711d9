"""Named filters of services, versions and procedures."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery


class VersionQuerySet(models.QuerySet[Any]):
    """Versions of standards."""

    def published(self) -> Self:
        """Versions that can no longer be changed."""
        return self.filter(status=self.model.Status.PUBLISHED)

    def in_force(self, day: date) -> Self:
        """For each service the latest published version that is in force on ``day``."""
        latest = (
            self.model._default_manager.filter(
                service=OuterRef("service"),
                status=self.model.Status.PUBLISHED,
                effective_on__lte=day,
            )
            .order_by("-effective_on")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(latest))


class ServiceQuerySet(models.QuerySet[Any]):
    """Kinds of service."""

    def public(self) -> Self:
        """Services with a published standard: anybody may read them."""
        return self.filter(versions__status=self._versions().model.Status.PUBLISHED).distinct()

    def _versions(self) -> VersionQuerySet:
        rows: VersionQuerySet = self.model._meta.get_field("versions").related_model.objects.all()
        return rows

    def for_catalogue(self, day: date) -> Self:
        """Public services with office, KBLI and the version in force, fit for a list."""
        current = self._versions().in_force(day)
        return (
            self.filter(versions__in=current)
            .select_related("office", "kbli")
            .prefetch_related(Prefetch("versions", queryset=current, to_attr="in_force"))
            .order_by("office__name", "name")
        )

    def matching(self, words: str) -> Self:
        """Services whose name, keywords, KBLI or office contain every word."""
        matches = self
        for word in words.split()[:8]:
            matches = matches.filter(
                Q(name__alike=word)
                | Q(summary__alike=word)
                | Q(keywords__alike=word)
                | Q(kbli__code__startswith=word)
                | Q(kbli__title__alike=word)
                | Q(office__name__alike=word)
                | Q(office__short_name__alike=word)
            )
        return matches


class ProcedureQuerySet(models.QuerySet[Any]):
    """SOPs."""

    def provisional(self) -> Self:
        """Procedures whose real text the office has not yet supplied."""
        return self.exclude(provisional_reason="")
