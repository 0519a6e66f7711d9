"""Tracking an application by its code, without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from permits import selectors
from permits.domain.printed import (
    is_application_number,
    is_complaint_number,
    tracking_readings,
)
from permits.forms.applicant import TrackForm
from permits.models import Application
from permits.presenters import progress
from permits.presenters.printed_pages import with_query
from permits.views.public import tracking_page
from workflow.throttling import CODES, throttled_by


@require_http_methods(["GET", "HEAD", "POST"])
@throttled_by(CODES)
def track(request: HttpRequest) -> HttpResponse:
    """Show the form; a typed code (or one from the search box) redirects to its application."""
    sent = request.POST if request.method == "POST" else request.GET
    typed = sent.get("kode", "").strip()
    if not typed:
        empty = request.method == "POST"
        context = {"form": TrackForm(wrong=empty), "empty": empty}
        return render(request, "permits/public/track.html", context)
    application = _get_public_application(typed)
    if application is not None:
        return redirect("permits:tracked", code=application.tracking_code)
    return _other_number(request, typed) or _unknown(request, typed)


@require_safe
@throttled_by(CODES)
def tracked(request: HttpRequest, code: str) -> HttpResponse:
    """The tracking page: progress, desk, due date, advice."""
    application = _get_public_application(code)
    if application is None:
        return _unknown(request, code)
    if code != application.tracking_code:
        return redirect("permits:tracked", code=application.tracking_code)
    context = tracking_page.tracking_context(progress.load_progress(application))
    context["own"] = application.applicant_id == request.user.pk
    return render(request, "permits/public/tracked.html", context)


def _get_public_application(typed: str) -> Application | None:
    codes = tracking_readings(typed)
    if not codes:
        return None
    applications = Application.objects.public().with_related()
    application: Application | None = applications.filter(tracking_code__in=codes).first()
    return selectors.with_standard(application) if application else None


def _other_number(request: HttpRequest, typed: str) -> HttpResponse | None:
    """Lead to the page of another printed number: a complaint, a document, one's own file."""
    if is_complaint_number(typed):
        return redirect(with_query("complaints:track", nomor=typed))
    if selectors.documents_printed_as(typed).exists():
        return redirect(with_query("permits:verify", nomor=typed))
    application = selectors.own_application(typed, request.user)
    return redirect(application) if application is not None else None


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    """Return the same response for a malformed code and for an unknown one.

    The number of an application can be guessed: the response says so, whether there is one or not.
    """
    CODES.record_failure(request)
    form = TrackForm(initial={"kode": typed[:60]}, wrong=True)
    context = {"form": form, "unknown": True, "numbered": is_application_number(typed)}
    context["back"] = with_query("permits:track", kode=typed)
    return render(request, "permits/public/track.html", context, status=404)
