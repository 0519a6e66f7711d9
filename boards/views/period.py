"""The board of the past."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Office
from accounts.officers import Officer
from boards.presenters import period, period_sheets
from boards.views.access import board_page, office_of
from boards.views.sheets import spreadsheet


@board_page
@require_safe
def board(request: HttpRequest, officer: Officer, offices: list[Office]) -> HttpResponse:
    """Are promises kept, and where does the time go? ``?lembar=xlsx`` is the same as tables."""
    office = office_of(offices, request.GET.get("kantor", ""))
    span, every = request.GET.get("periode", ""), request.GET.get("alasan") == "semua"
    shown = period.board(officer, office, span, every_reason=every)
    if request.GET.get("lembar") == "xlsx":
        title, zone = period.title_of(shown), shown.office.zone
        return spreadsheet(title, shown.counted_at, zone, period_sheets.sheets(shown))
    context = {"desk": officer.desk, "board": shown, "office": office, "offices": offices}
    return render(request, "boards/desk/period.html", context)
