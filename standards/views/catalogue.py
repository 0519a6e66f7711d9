"""Which services there are, and who gives them. Public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Office, OfficeHours
from standards.channels import readable
from standards.models import Service
from standards.reading import offers
from standards.search import Found, find, sectors
from standards.views.catalogue_filter import CatalogueFilter

PAGE = 60


@dataclass(frozen=True, slots=True)
class Page:
    """One page of services, without a total count."""

    found: Found
    previous_url: str
    next_url: str
    label: str


@dataclass(frozen=True, slots=True)
class OpenDay:
    """When the office is open on one weekday."""

    weekday: str
    opens_at: object
    closes_at: object
    break_starts_at: object
    break_ends_at: object


@require_safe
def service_list(request: HttpRequest) -> HttpResponse:
    """Every service, by words and filters."""
    public_offices = list(Office.objects.public())
    code = request.GET.get("kantor", "")
    office = next((row for row in public_offices if row.code == code), None)
    if code and office is None:
        raise Http404
    filters = CatalogueFilter.read(request.GET, office)
    return render(
        request,
        "standards/service_list.html",
        {
            "filters": filters,
            "choices": filters.choices(public_offices, sectors(timezone.localdate())),
            "page": _page(filters, request.GET),
        },
    )


def _page(filters: CatalogueFilter, query: QueryDict) -> Page:
    text = query.get("hal", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if number < 1:
        raise Http404
    found = find(filters.wanted, timezone.localdate(), first=(number - 1) * PAGE, most=PAGE)
    if not found.offers and number > 1:
        raise Http404
    return Page(
        found=found,
        previous_url=filters.url(number - 1) if number > 1 else "",
        next_url=filters.url(number + 1) if found.more else "",
        label=_("Halaman %(number)s") % {"number": number},
    )


@require_safe
def office(request: HttpRequest, code: str) -> HttpResponse:
    """One office: where, when, how to reach it, and what it does."""
    chosen = get_object_or_404(Office.objects.public(), code=code)
    today = chosen.local_date(timezone.now())
    services = Service.objects.public().for_catalogue(today).filter(office=chosen)
    return render(
        request,
        "standards/office_detail.html",
        {
            "office": chosen,
            "channels": readable(list(chosen.channels.order_by("order"))),
            "hours": opening_hours(list(chosen.hours.order_by("weekday")), today),
            "offers": offers(services, today),
            "pledge": chosen.pledges.in_force(today).first(),
        },
    )


@require_safe
def pledge(request: HttpRequest, code: str) -> HttpResponse:
    """What this office is bound to, on one sheet, and what it was bound to before."""
    chosen = get_object_or_404(Office.objects.public(), code=code)
    found = list(chosen.pledges.in_force(chosen.local_date(timezone.now())))
    if not found:
        raise Http404
    shown = {"office": chosen, "pledge": found[0], "earlier": found[1:]}
    return render(request, "standards/pledge.html", shown)


def opening_hours(rows: list[OfficeHours], today: date) -> list[OpenDay]:
    """Return the week that holds ``today``: a season (Ramadan) replaces the ordinary rows."""
    season = [
        row
        for row in rows
        if row.first_on and row.first_on <= today and (not row.last_on or today <= row.last_on)
    ]
    week = season or [row for row in rows if row.first_on is None]
    return [
        OpenDay(
            row.get_weekday_display(),
            row.opens_at,
            row.closes_at,
            row.break_starts_at,
            row.break_ends_at,
        )
        for row in week
    ]
