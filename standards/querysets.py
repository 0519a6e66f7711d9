"""Named filters of services, versions and procedures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Length

from standards import fulltext
from standards.domain.regulations import read_title, same_law
from standards.domain.sop_versions import origin


class VersionQuerySet(models.QuerySet[Any]):
    """Versions of standards."""

    def published(self) -> Self:
        """Versions that were set and stand: none that a correction has replaced unused."""
        return self.frozen().filter(corrected_by=None)

    def frozen(self) -> Self:
        """Versions that can no longer be changed."""
        return self.filter(status=self.model.Status.PUBLISHED)

    def in_force(self, day: date) -> Self:
        """For each service the latest published version that is in force on ``day``."""
        latest = (
            self.model._default_manager.published()
            .filter(service=OuterRef("service"), effective_on__lte=day)
            .order_by("-effective_on")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(latest))


class RegulationQuerySet(models.QuerySet[Any]):
    """Laws that standards cite."""

    def cited_by(self, text: str) -> Any | None:
        """Return the one regulation that a ground cites; ``None`` if none or several fit."""
        said = read_title(text)
        if not said.number:
            return None
        named = self.filter(kind=said.kind, number=said.number, year=said.year)
        found = [law for law in named.select_related("successor") if same_law(law.title, text)]
        return found[0] if len(found) == 1 else None


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
        return self.filter(versions__in=current).with_standard(day).order_by("office__name", "name")

    def with_standard(self, day: date) -> Self:
        """The same services with office, KBLI and, as ``in_force``, the version in force."""
        current = self._versions().in_force(day)
        return self.select_related("office", "kbli").prefetch_related(
            Prefetch("versions", queryset=current, to_attr="in_force")
        )


class PledgeQuerySet(models.QuerySet[Any]):
    """Versions of the maklumat pelayanan."""

    def in_force(self, day: date) -> Self:
        """Those that were set and hold on ``day`` or held before, the latest first."""
        published = self.filter(status=self.model.Status.PUBLISHED, effective_on__lte=day)
        return published.order_by("-effective_on")


class SearchEntryQuerySet(models.QuerySet[Any]):
    """Services as the catalogue finds them."""

    def in_catalogue(self, day: date) -> Self:
        """Services that have a standard in force on ``day``."""
        return self.filter(since__lte=day)

    def sectors(self) -> list[str]:
        """The sectors of these services, each once."""
        named = self.exclude(service__sector="").order_by("service__sector")
        return list(named.values_list("service__sector", flat=True).distinct())

    def containing(self, words: Sequence[str]) -> Self:
        """Those that have, for each of ``words``, a word that begins like it."""
        return self.filter(fulltext.containing(words))

    def best_first(self, words: Sequence[str]) -> Self:
        """All words in the name or keywords first, then in the description, then in the standard.

        Within these by office and name: the same order on both databases.
        """
        title, about = Q(), Q()
        for word in words:
            title &= Q(title__contains=f" {word}")
            about &= Q(title__contains=f" {word}") | Q(about__contains=f" {word}")
        part = Case(When(title, then=0), When(about, then=1), default=2) if words else Value(0)
        return self.alias(part=part).order_by("part", "place", "pk")

    def stale(self, day: date) -> Self:
        """Those whose words are not those of the version in force on ``day``."""
        versions = self.model._meta.get_field("version").related_model.objects
        other = ~Q(version__in=versions.in_force(day), since__lte=day) & Q(since__lte=day)
        return self.filter(other | Q(content=""))


class SearchWordQuerySet(models.QuerySet[Any]):
    """The vocabulary of the catalogue."""

    def beginning(self, words: Sequence[str]) -> Self:
        """Words that begin like any of ``words``."""
        return self.filter(reduce(or_, (Q(word__startswith=word) for word in words)))

    def near(self, words: Sequence[str]) -> Self:
        """Words that any of ``words`` may be a slip for; ``close`` of the domain chooses."""
        rows = self.annotate(size=Length("word"))
        return rows.filter(reduce(or_, map(fulltext.near, words)))


class ProcedureQuerySet(models.QuerySet[Any]):
    """SOPs."""

    def named_like(self, procedure: Any) -> Self:
        """All versions of the SOP ``procedure``: they have its name in its office."""
        return self.filter(office=procedure.office_id, name=procedure.name)

    def of_other_sop(self, office: int, name: str, procedure: Any) -> Self:
        """Those of ``office`` with ``name`` if ``procedure`` is no version of their SOP; else none.

        Versions of one SOP are copies of copies of one another (ADR 0087).
        """
        copied_from = dict(self.filter(office=office).values_list("pk", "copied_from"))
        named = self.filter(office=office, name=name).exclude(pk=procedure.pk)
        own = origin(procedure.pk or procedure.copied_from_id, copied_from)
        kin = any(origin(key, copied_from) == own for key in named.values_list("pk", flat=True))
        return self.none() if kin else named

    def with_first_day(self) -> Self:
        """With ``since``, the first day of the first standard that was set with it, or ``None``."""
        versions = apps.get_model("standards", "StandardVersion").objects.published()
        rows = versions.filter(procedure_links__procedure=OuterRef("pk")).order_by("effective_on")
        return self.annotate(since=Subquery(rows.values("effective_on")[:1]))

    def provisional(self) -> Self:
        """Procedures whose real text the office has not yet supplied."""
        return self.exclude(provisional_reason="")
