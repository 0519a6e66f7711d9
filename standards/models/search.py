"""What the catalogue is searched in: copies of words that stand elsewhere, written anew at will."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from standards.models.services import Service
from standards.models.versions import StandardVersion
from standards.querysets import SearchEntryQuerySet, SearchWordQuerySet


class SearchEntry(models.Model):
    """One service as the catalogue finds it; ``manage.py index_services`` writes all of them anew.

    The three texts are words of ``standards.domain.search``, each after a blank. ``version`` is the
    one whose words they are; ``since`` is the first day on which the service has a standard.
    """

    service = models.OneToOneField(
        Service, models.CASCADE, primary_key=True, related_name="search_entry"
    )
    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="+")
    since = models.DateField()
    section = models.CharField(max_length=1, blank=True)
    title = models.TextField()
    about = models.TextField()
    content = models.TextField()
    place = models.CharField(max_length=500)
    vector = SearchVectorField(null=True, editable=False)  # PostgreSQL; SQLite has a table of FTS5

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        ordering = ("place", "pk")
        indexes: ClassVar = [models.Index(fields=["place"], name="standards_search_place")]

    def __str__(self) -> str:
        return self.title.strip()


class SearchWord(models.Model):
    """One word of an entry: what a slip of the pen may have meant."""

    word = models.CharField(max_length=40, unique=True)

    objects = SearchWordQuerySet.as_manager()

    def __str__(self) -> str:
        return self.word
