"""The board of what is open now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Office
from accounts.officers import Officer
from boards.presenters import now
from boards.views.access import board_page, office_of
from boards.views.sheets import spreadsheet


@board_page
@require_safe
def board(request: HttpRequest, officer: Officer, offices: list[Office]) -> HttpResponse:
    """Where is it stuck? ``?lembar=xlsx`` is the same as a table."""
    shown = now.board(officer, office_of(offices, request.GET.get("kantor", "")))
    if request.GET.get("lembar") == "xlsx":
        return spreadsheet(now.title_of(shown), shown.at, shown.office.zone, now.sheets(shown))
    context = {"desk": officer.desk, "board": shown, "office": shown.office, "offices": offices}
    return render(request, "boards/desk/now.html", context)
