"""What citizens said: results of the periods that are over, for everybody, also as data."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Office
from reports.domain.periods import Period
from surveys.content.open_data import COLUMNS, document, records
from surveys.models import Instrument
from surveys.presenters import results
from surveys.selectors import laws_of, published_report
from surveys.services.results import figures

_PAPERS = ("a4", "a3")


@require_safe
def office(request: HttpRequest, office: str) -> HttpResponse:
    """Are people content with this office?"""
    found = get_object_or_404(Office.objects.public(), code=office)
    today = found.local_date(timezone.now())
    periods = _published(found)
    period = results.chosen(periods, request.GET.get("periode", ""))
    kind = results.chosen_kind(request.GET.get("jenis", ""))
    context = {
        "office": found,
        "periods": results.period_choices(periods, period),
        "kind": kind,
        "kinds": results.kind_choices(found, kind),
        "page": results.page(figures(found, period, kind), today=today),
        "period": period,
        "report": published_report(found, period),
    }
    return render(request, "surveys/public/results.html", context)


@require_safe
def banner(request: HttpRequest, office: str) -> HttpResponse:
    """The result of a period on one sheet, to print and hang up."""
    found = get_object_or_404(Office.objects.public(), code=office)
    period = results.chosen(_published(found), request.GET.get("periode", ""))
    kind = results.chosen_kind(request.GET.get("jenis", ""))
    paper = request.GET.get("kertas", "")
    context = {
        "office": found,
        "title": Instrument.Kind(kind).label,
        "law": laws_of(found).get(kind, ""),
        "page": results.page(figures(found, period, kind), today=found.local_date(timezone.now())),
        "paper": paper if paper in _PAPERS else _PAPERS[0],
        "sizes": _PAPERS,
        "address": request.build_absolute_uri(reverse("surveys:office", args=[found.code])),
    }
    return render(request, "surveys/public/banner.html", context)


@require_safe
def data_json(request: HttpRequest, office: str) -> HttpResponse:
    """The published results as JSON."""
    found = get_object_or_404(Office.objects.public(), code=office)
    periods = _published(found)
    response = JsonResponse(document(found, periods), json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"  # open data: other sites may read it
    return response


@require_safe
def data_csv(request: HttpRequest, office: str) -> HttpResponse:
    """The published results as CSV, a row an element."""
    found = get_object_or_404(Office.objects.public(), code=office)
    periods = _published(found)
    name = f"survei-{found.code}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    writer = csv.DictWriter(response, COLUMNS)
    writer.writeheader()
    writer.writerows(records(found, periods))
    return response


def _published(office: Office) -> list[Period]:
    return results.finished_periods(office, office.local_date(timezone.now()))
