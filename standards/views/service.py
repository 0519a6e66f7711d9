"""The public page of one service: its whole standard, without login."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from standards.changes import sentences_between
from standards.channels import readable
from standards.models import Service, StandardVersion
from standards.reading import read
from standards.selectors import choose, is_to_come, last_evaluated, published_version


@require_safe
def service(request: HttpRequest, office: str, slug: str) -> HttpResponse:
    """What to bring, how long, how much, what one gets; then everything else."""
    return render(request, "standards/service_detail.html", _page(request, office, slug))


@require_safe
def service_print(request: HttpRequest, office: str, slug: str) -> HttpResponse:
    """The same on A4, with boxes to tick."""
    return render(request, "standards/service_print.html", _page(request, office, slug))


@require_safe
def service_versions(request: HttpRequest, office: str, slug: str) -> HttpResponse:
    """Every version that was, is or will be in force, and what each changes."""
    service = _service(office, slug)
    today = service.office.local_date(timezone.now())
    versions = list(service.versions.published().order_by("-effective_on"))
    current = choose(versions, today)
    rows = [
        VersionRow(
            version,
            _standing(version, current, today),
            before,
            sentences_between(before, version) if before else [],
        )
        for version, before in zip(versions, [*versions[1:], None], strict=True)
    ]
    shown = {"service": service, "office": service.office, "rows": rows}
    return render(request, "standards/service_versions.html", shown)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list, and what it has otherwise than the one before it."""

    version: StandardVersion
    standing: str
    before: StandardVersion | None
    changes: list[str]


def _service(office: str, slug: str) -> Service:
    services = Service.objects.public().select_related("office", "kbli")
    return get_object_or_404(services, office__code=office, slug=slug)


def _page(request: HttpRequest, office: str, slug: str) -> dict[str, object]:
    service = _service(office, slug)
    today = service.office.local_date(timezone.now())
    versions = list(service.versions.published().order_by("-effective_on"))
    current = choose(versions, today)
    shown = _requested(versions, request.GET.get("versi", "")) or current
    if shown is None:  # withdrawn between the two queries
        raise Http404
    shown = published_version(shown.pk, shown.digest)
    shown.service = service
    return {
        "service": service,
        "office": service.office,
        "version": shown,
        "standard": read(shown),
        "current": current,
        "others": [version for version in versions if version != shown],
        "standing": _standing(shown, current, today),
        "channels": readable(list(service.office.channels.order_by("order"))),
        "closed": service.is_closed(today),
        "today": today,
        "consultations": shown.consultations.order_by("held_on", "pk"),
        "evaluated_on": last_evaluated(service),
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
    if is_to_come(shown, today):
        return "to_come"
    return "in_force" if shown == current else "past"
