"""The promise board: for everybody, also as data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Office
from boards.presenters import promises as presenter
from boards.selectors.promises import promises_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every office with its promise board."""
    return render(request, "boards/public/home.html", {"offices": Office.objects.public()})


@require_safe
def office(request: HttpRequest, office: str) -> HttpResponse:
    """Does this office keep its word?"""
    found = get_object_or_404(Office.objects.public(), code=office)
    promises = promises_of(found, timezone.now())
    context = {
        "office": found,
        "promises": promises,
        "rows": presenter.rows(promises),
        "chart": presenter.chart(promises),
    }
    return render(request, "boards/public/office.html", context)


@require_safe
def data_json(request: HttpRequest, office: str) -> HttpResponse:
    """The same figures as JSON."""
    found = get_object_or_404(Office.objects.public(), code=office)
    document = presenter.document(promises_of(found, timezone.now()))
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"  # open data: other sites may read it
    return response
