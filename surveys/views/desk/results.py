"""What officers see: results of their office; of the period that still runs only how many."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Office
from accounts.officers import Officer, officer_page
from reports import policies as reports
from surveys.presenters import results
from surveys.services.results import figures, suggestions


@officer_page
@require_safe
def overview(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Are people content, with what least, and have enough answered?"""
    office = office_of(officer, request.GET.get("kantor", ""))
    today = office.local_date(officer.at)
    periods = results.all_periods(office, today)
    period = results.chosen(periods, request.GET.get("periode", ""))
    kind = results.chosen_kind(request.GET.get("jenis", ""))
    context = {
        "desk": officer.desk,
        "office": office,
        "offices": officer.offices,
        "periods": results.period_choices(periods, period),
        "period": period,
        "kind": kind,
        "kinds": results.kind_choices(kind),
        "page": results.page(figures(office, period, kind), today=today),
        "suggestions": [] if results.is_running(period, today) else suggestions(office, period),
        "may_ask": reports.may_compile(officer.user, office, officer.at),
    }
    return render(request, "surveys/desk/results.html", context)


def office_of(officer: Officer, code: str) -> Office:
    """Return the office of an address if they serve there, else their first."""
    return next((one for one in officer.offices if one.code == code), officer.offices[0])
