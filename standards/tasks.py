"""Celery tasks of standards: each calls one service with the present time."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="standards.refresh_search", ignore_result=True)
def refresh_search_task() -> None:
    """Write the search entries anew whose version is no longer the one in force."""
    from standards.services.search_index import refresh

    refresh(on=timezone.localdate())


@shared_task(
    name="standards.index_services", ignore_result=True, time_limit=1800, soft_time_limit=1700
)
def index_services_task() -> None:
    """Write all search entries anew: names of offices and business lines change, too."""
    from standards.services.search_index import index_all

    index_all(on=timezone.localdate())
