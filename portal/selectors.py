"""What the home page shows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from permits.models import Application
from standards.models import Service
from standards.reading import Offer, offers

SHOWN = 6
RECENT = timedelta(days=90)


def most_asked(at: datetime, day: date) -> list[Offer]:
    """Return the services with the most recent applications, then the others by name."""
    recent = Application.objects.public().filter(
        service=OuterRef("pk"), submitted_at__gte=at - RECENT
    )
    counted = recent.order_by().values("service").annotate(n=Count("pk")).values("n")
    services = Service.objects.public().for_catalogue(day)
    ranked = services.annotate(asked=Coalesce(Subquery(counted), 0))
    return offers(ranked.order_by("-asked", "name", "pk")[:SHOWN], day)
