"""The public page of one service: its whole standard, without login."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from standards.channels import readable
from standards.models import Service, StandardVersion
from standards.reading import choose, read


@require_safe
def service(request: HttpRequest, office: str, slug: str) -> HttpResponse:
    """What to bring, how long, how much, what one gets; then everything else."""
    return render(request, "standards/service_detail.html", _page(request, office, slug))


@require_safe
def service_print(request: HttpRequest, office: str, slug: str) -> HttpResponse:
    """The same on A4, with boxes to tick."""
    return render(request, "standards/service_print.html", _page(request, office, slug))


def _page(request: HttpRequest, office: str, slug: str) -> dict[str, object]:
    service = get_object_or_404(
        Service.objects.public().select_related("office", "kbli"), office__code=office, slug=slug
    )
    today = service.office.local_date(timezone.now())
    versions = list(service.versions.published().order_by("-effective_on"))
    current = choose(versions, today)
    shown = _requested(versions, request.GET.get("versi", "")) or current
    if shown is None:  # withdrawn between the two queries
        raise Http404
    return {
        "service": service,
        "office": service.office,
        "version": shown,
        "standard": read(shown),
        "current": current,
        "others": [version for version in versions if version != shown],
        "standing": _standing(shown, current, today),
        "channels": readable(list(service.office.channels.order_by("order"))),
        "today": today,
    }


def _requested(versions: list[StandardVersion], number: str) -> StandardVersion | None:
    if not number:
        return None
    requested = next((version for version in versions if str(version.number) == number), None)
    if requested is None:
        raise Http404
    return requested


def _standing(shown: StandardVersion, current: StandardVersion | None, today: date) -> str:
    """Whether one may apply under the version shown: only under the one in force."""
    if shown.effective_on is not None and shown.effective_on > today:
        return "to_come"
    return "in_force" if shown == current else "past"
