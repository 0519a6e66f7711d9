"""The lists behind the figures of the past."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import Office
from accounts.officers import Officer
from boards.domain.listed import Asked
from boards.presenters import lists, past_complaints
from boards.selectors import past
from boards.services import lists as services
from boards.views.access import board_page, office_of
from workflow.pagination import page


@board_page
@require_safe
def files(request: HttpRequest, officer: Officer, offices: list[Office]) -> HttpResponse:
    """Which files does this figure count?"""
    office = office_of(offices, request.GET.get("kantor", ""))
    counted = past.counted_at(office.partner_of or office)
    asked = lists.asked_in(officer, office, request.GET)
    if asked is None:
        raise Http404
    if counted is None:  # the board says why there is nothing
        return redirect(f"{reverse('boards:period')}?kantor={office.code}")
    shown = list_page(office, asked, counted, request.GET)
    context = {"desk": officer.desk, "office": office, "listed": shown}
    return render(request, "boards/desk/files.html", context)


@board_page
@require_safe
def complaints(request: HttpRequest, officer: Officer, offices: list[Office]) -> HttpResponse:
    """Which complaints does this figure count?"""
    office = office_of(offices, request.GET.get("kantor", ""))
    asked = past_complaints.asked_in(officer, office, request.GET)
    found = past_complaints.rows_of(officer, office, asked) if asked else None
    if asked is None or found is None:
        raise Http404
    rows, keys = found
    part = page(rows, keys, request.GET, services.SHOWN)
    shown = past_complaints.list_page(office, asked, rows.count(), part, request.GET)
    context = {"desk": officer.desk, "office": office, "listed": shown}
    return render(request, "boards/desk/files.html", context)


def list_page(
    office: Office, asked: Asked, counted: datetime, parameters: QueryDict
) -> lists.ListPage:
    """Return the page of a list; ``counted`` is until when the board was counted."""
    window = lists.window_of(office, asked, counted)
    rows = services.candidates(window, asked, counted)
    size = services.LOOKED if asked.is_rare else services.SHOWN
    found = page(rows.rows, rows.keys, parameters, size)
    told = services.lines(window, asked, rows, found.rows)
    return lists.list_page(office, asked, counted, told, found, parameters)
