"""What officers see: results of their office; of the period that still runs only how many."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Office
from accounts.officers import Officer, officer_page
from reports import policies as reports
from reports.domain.periods import Period
from surveys.models import Suggestion
from surveys.presenters import results
from surveys.selectors import rules_of
from surveys.services.results import figures, suggestions
from workflow.pagination import Key, Page, page

_WORDS = 50  # suggestions on a page


@officer_page
@require_safe
def overview(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Are people content, with what least, and have enough answered?"""
    office = office_of(officer, request.GET.get("kantor", ""))
    today = office.local_date(officer.at)
    periods = results.all_periods(office, today)
    period = results.chosen(periods, request.GET.get("periode", ""))
    kind = results.chosen_kind(request.GET.get("jenis", ""))
    openly = request.GET.get("asal", "") == results.OPENLY
    found = figures(office, period, kind, openly=openly)
    may_ask = reports.may_compile(officer.user, office, officer.at)
    written = _written(request, office, period, today, openly=openly) if may_ask else None
    context = {
        "desk": officer.desk,
        "office": office,
        "offices": officer.offices,
        "periods": results.period_choices(periods, period),
        "period": period,
        "kind": kind,
        "kinds": results.kind_choices(office, kind),
        "origin": results.OPENLY if openly else "",
        "origins": results.origin_choices(found, offered=rules_of(office).is_open),
        "page": results.page(found, today=today),
        "suggestions": written,
        "may_ask": may_ask,
    }
    return render(request, "surveys/desk/results.html", context)


def _written(
    request: HttpRequest, office: Office, period: Period, today: date, *, openly: bool
) -> Page[Suggestion] | None:
    """Return a page of what respondents wrote; ``None`` while the period runs.

    For who compiles the report: these words are as they were written, and may name somebody. The
    others read them in the report, once they were read and redacted (reports.policies.readable).
    """
    if results.is_running(period, today):
        return None
    return page(suggestions(office, period, openly=openly), [Key("pk")], request.GET, _WORDS)


def office_of(officer: Officer, code: str) -> Office:
    """Return the office of an address if they serve there, else their first."""
    return next((one for one in officer.offices if one.code == code), officer.offices[0])
