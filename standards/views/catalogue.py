"""Which services there are, and who gives them. Public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Office, OfficeHours
from standards.channels import readable
from standards.forms.catalogue import CatalogueForm
from standards.models import Service
from standards.reading import offers
from standards.search import Found, Wanted, find, sectors

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
    offices = list(Office.objects.public())
    form = CatalogueForm(request.GET, offices=offices, sectors=sectors(timezone.localdate()))
    if "kantor" in form.errors:
        raise Http404
    asked = form.answers
    office = next((row.pk for row in offices if row.code == asked["kantor"]), None)
    wanted = Wanted(asked["q"], office, asked["sektor"], asked["risiko"], asked["kategori"])
    context = {"form": form, "asked": asked, "page": _page(wanted, asked, request.GET)}
    return render(request, "standards/service_list.html", context)


def _page(wanted: Wanted, asked: dict[str, str], query: QueryDict) -> Page:
    text = query.get("hal", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if number < 1:
        raise Http404
    found = find(wanted, timezone.localdate(), first=(number - 1) * PAGE, most=PAGE)
    if not found.offers and number > 1:
        raise Http404
    return Page(
        found=found,
        previous_url=_url(asked, number - 1) if number > 1 else "",
        next_url=_url(asked, number + 1) if found.more else "",
        label=_("Halaman %(number)s") % {"number": number},
    )


def _url(asked: dict[str, str], page: int) -> str:
    """Return the address of another page of the same search."""
    parameters = {**asked, "hal": str(page) if page > 1 else ""}
    return f"?{urlencode({name: value for name, value in parameters.items() if value})}"


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
