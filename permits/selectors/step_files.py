"""The files that officers attached to the steps of an application."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet, prefetch_related_objects

from documents.scans import ScanStatus
from permits.models import Application, ApplicationStep, StepFile


def load_papers(visits: Iterable[ApplicationStep]) -> None:
    """Read the files of visits of ``for_routing_card`` in one query; in none where no file is."""
    with_papers = [visit for visit in visits if getattr(visit, "has_papers", True)]
    prefetch_related_objects(with_papers, "documents")


def step_files(application: Application) -> QuerySet[StepFile]:
    """Return every file of its steps, the first one first."""
    return StepFile.objects.filter(visit__application=application)


def kept_documents(application: Application) -> dict[str, StepFile]:
    """Return the latest file of each document that a step records, by the key of its fact.

    One in which a virus was found does not count.
    """
    rows = step_files(application).exclude(key="").exclude(scan=ScanStatus.INFECTED)
    return {row.key: row for row in rows}
