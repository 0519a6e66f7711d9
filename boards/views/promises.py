"""The promise board: for everybody, also as data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Office
from boards.presenters import promises as presenter
from boards.selectors.promises import promises_of
from boards.views.sheets import spreadsheet


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every office with its promise board."""
    return render(request, "boards/public/home.html", {"offices": Office.objects.public()})


@require_safe
def office(request: HttpRequest, office: str) -> HttpResponse:
    """Does this office keep its word? ``?cetak`` is a sheet for the printer, ``?lembar=xlsx`` data.

    All three are the same figures, under the same rule about few files.
    """
    found = get_object_or_404(Office.objects.public(), code=office)
    at = timezone.now()
    promises = promises_of(found, at)
    if request.GET.get("lembar") == "xlsx":
        title, sheets = presenter.title_of(promises), presenter.sheets(promises)
        return spreadsheet(title, promises.counted_at, found.zone, sheets)
    context = {
        "office": found,
        "promises": promises,
        "rows": presenter.rows(promises),
        "chart": presenter.chart(promises),
    }
    if request.GET.get("cetak"):
        address = request.build_absolute_uri(reverse("boards:promises", args=[found.code]))
        context |= {"today": found.local_date(at), "address": address}
        return render(request, "boards/public/office_print.html", context)
    return render(request, "boards/public/office.html", context)


@require_safe
def data_json(request: HttpRequest, office: str) -> HttpResponse:
    """The same figures as JSON."""
    found = get_object_or_404(Office.objects.public(), code=office)
    document = presenter.document(promises_of(found, timezone.now()))
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"  # open data: other sites may read it
    return response
