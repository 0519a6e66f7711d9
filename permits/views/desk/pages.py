"""Pages of officers: worklist, application, routing card, deadline, register."""

from __future__ import annotations

from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.officers import Officer, officer_page
from permits import policies, selectors
from permits.models import Opening
from permits.presenters import clock, deadlines
from permits.presenters.routing_card import routing_sheet
from permits.views import deadline_page
from permits.views.desk.access import get_application, get_application_for_page
from permits.views.desk.actions import show
from permits.views.desk.certificate_panel import preview_of
from permits.views.desk.history_page import HistoryPage
from permits.views.desk.openings_page import openings_page
from permits.views.desk.register_page import TABLE, register_page, register_sheet
from permits.views.desk.register_table import as_file
from permits.views.desk.worklist_page import worklist as read_worklist
from permits.views.recorded_files import serve_recorded_file
from workflow.models import JobStatus


@officer_page
@require_safe
def worklist(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The worklist."""
    context = {"list": read_worklist(officer, request.GET), "desk": officer.desk}
    return render(request, "permits/desk/worklist.html", context)


@officer_page
@require_safe
def application(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """The page of an application."""
    return show(request, officer, key)


@officer_page
@require_safe
def history(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """Every act on an application; ``?jenis`` shows one kind."""
    application = get_application_for_page(officer, key)
    with timezone.override(application.office.zone):
        context = {
            "application": application,
            "office": application.office,
            "desk": officer.desk,
            "history": HistoryPage(application, request.GET.get("jenis", "")),
            "heads": application.office_id in officer.headed,
        }
        return render(request, "permits/desk/history.html", context)


@officer_page
@require_safe
def routing_card(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """The routing card (kartu kendali), for the screen and for A4."""
    application = get_application(officer, key)
    with timezone.override(application.office.zone):
        context = {
            "application": application,
            "office": application.office,
            "sheet": routing_sheet(application, officer.at),
        }
        return render(request, "permits/desk/routing_card.html", context)


@officer_page
@require_safe
def deadline(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """The explanation of a deadline, day by day: the legal term, or the one in ``?janji``."""
    application = get_application(officer, key)
    prefetch_related_objects([application], "clock_events", "deadlines")
    rows = application.deadlines.order_by("-pk")
    chosen = request.GET.get("janji", "")
    shown = rows.filter(kind=deadline_page.Kind.SERVICE)
    if chosen:
        opened = rows.filter(kind__in=deadline_page.OPENED)
        shown = opened.filter(pk=int(chosen)) if chosen.isdecimal() else opened.none()
    row = shown.first()
    if chosen and row is None:
        raise Http404
    if row is not None:
        row.application = application
    calendar = selectors.promise_calendar(application)
    context = {
        "application": application,
        "desk": officer.desk,
        "deadline": row,
        "promise": deadlines.promise(
            application, officer.at, audience="officer", calendar=calendar
        ),
        "account": deadline_page.explanation_of(row, officer.at) if row else None,
        "adjustments": clock.adjustments(application),
        "may_adjust": policies.may_adjust_clock(officer.user, application, officer.at),
        "norms": clock.norms(application, officer.at, calendar),
        "steps": clock.steps(application, officer.at, calendar),
    }
    return render(request, "permits/desk/deadline.html", context)


@officer_page
@require_safe
def preview_pdf(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
    """The PDF of the latest draft."""
    application = get_application(officer, key)
    preview = preview_of(application)
    if preview is None or preview.job_status != JobStatus.DONE:
        raise Http404
    name = f"konsep-{application.number}.pdf"
    return serve_recorded_file(request, preview.file, application, Opening.Kind.DRAFT, name=name)


@officer_page
@require_safe
def letter_pdf(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
    """The letter to a holder who has not collected the product: to print, sign and post."""
    application = get_application(officer, key)
    letter = selectors.collection_letter(application)
    if letter is None:
        raise Http404
    name = f"surat-{application.number}.pdf"
    return serve_recorded_file(request, letter.file, application, Opening.Kind.LETTER, name=name)


@officer_page
@require_safe
def register(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The numbers of the office by year.

    ``?cetak`` is the sheet for the printer, ``?lembar=xlsx`` or ``csv`` a table.
    """
    if (kind := request.GET.get("lembar")) in ("xlsx", "csv"):
        return as_file(register_sheet(officer, request.GET, TABLE), kind)
    if request.GET.get("cetak"):
        sheet = register_sheet(officer, request.GET)
        context = {"sheet": sheet, "office": sheet.office, "now": officer.at}
        return render(request, "permits/desk/register_print.html", context)
    context = {
        "register": register_page(officer, request.GET),
        "desk": officer.desk,
        "heads": bool(officer.headed),
    }
    return render(request, "permits/desk/register.html", context)


@officer_page
@require_safe
def openings(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Who opened applicants' data, for the head of the office, by person, day or application."""
    if not officer.headed:
        raise Http404
    page = openings_page(officer, request.GET)
    return render(request, "permits/desk/openings.html", {"page": page, "desk": officer.desk})
