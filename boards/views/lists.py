"""The lists behind the figures of the past."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import Office
from accounts.officers import Officer
from boards.presenters import lists
from boards.selectors import past
from boards.views.access import board_page, office_of


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
    shown = lists.list_page(office, asked, counted, request.GET)
    context = {"desk": officer.desk, "office": office, "listed": shown}
    return render(request, "boards/desk/files.html", context)
