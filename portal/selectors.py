"""What the home page shows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.cache import caches
from django.db.models import Case, Count, IntegerField, Value, When

from permits.models import Application
from standards.models import Service
from standards.reading import Offer, offers

SHOWN = 6
RECENT = timedelta(days=90)
_CACHE_SECONDS = 600  # seconds: who asks most changes slowly
_KEY = "portal.most_asked"


def most_asked(at: datetime, day: date) -> list[Offer]:
    """Return the services with the most recent applications, then the others by name."""
    ranked = caches["process"].get_or_set(_KEY, lambda: _ranked(at), _CACHE_SECONDS) or []
    rank = Case(
        *(When(pk=pk, then=Value(place)) for place, pk in enumerate(ranked)),
        default=Value(len(ranked)),
        output_field=IntegerField(),
    )
    services = Service.objects.public().for_catalogue(day)
    return offers(services.order_by(rank, "name", "pk")[:SHOWN])


def _ranked(at: datetime) -> list[int]:
    recent = Application.objects.public().filter(submitted_at__gte=at - RECENT)
    counted = recent.order_by().values("service").annotate(files=Count("pk"))
    return [row["service"] for row in counted.order_by("-files", "service")[:SHOWN]]
