"""Tracking a file by its code, without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from permits import selectors
from permits.domain.lifecycle import ENDED, WITH_APPLICANT
from permits.domain.numbering import normalise_tracking_code
from permits.forms.applicant import TrackForm
from permits.models import Application
from permits.presenters import applicant, wording
from permits.views import deadline_page
from workflow.calendars import read_once
from workflow.throttling import guarded, miss


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def track(request: HttpRequest) -> HttpResponse:
    """Ask for the code; one that is typed (or comes from the search box) leads to its file."""
    sent = request.POST if request.method == "POST" else request.GET
    typed = sent.get("kode", "").strip()
    if not typed:
        empty = request.method == "POST"
        context = {"form": TrackForm(wrong=empty), "empty": empty}
        return render(request, "permits/public/track.html", context)
    found = _find(typed)
    if found is None:
        return _unknown(request, typed)
    return redirect("permits:tracked", code=found.tracking_code)


@require_safe
@guarded
def tracked(request: HttpRequest, code: str) -> HttpResponse:
    """Where is it, who has it, when at the latest, must I do anything?"""
    application = _find(code)
    if application is None:
        return _unknown(request, code)
    if code != application.tracking_code:
        return redirect("permits:tracked", code=application.tracking_code)
    with read_once():
        context = _seen(applicant.load_way(application))
    context["own"] = application.applicant_id == request.user.pk
    return render(request, "permits/public/tracked.html", context)


def _seen(application: Application) -> dict[str, Any]:
    """Return what everybody who has the code may know."""
    now = timezone.now()
    meaning, sentence = wording.for_applicant(application, now)
    return {
        "application": application,
        "office": application.office,
        "meaning": meaning,
        "sentence": sentence,
        "holder": applicant.masked(application.holder_name),
        "place": applicant.whereabouts(application),
        "with_applicant": application.status in WITH_APPLICANT,
        "advice": wording.advice(application, now),
        "stages": applicant.progress(application),
        "promise": applicant.promise(application, now),
        "promised": application.status not in ENDED,
        "account": deadline_page.account(application, now, private=False),
    }


def _find(typed: str) -> Application | None:
    code = normalise_tracking_code(typed)
    if not code:
        return None
    files = Application.objects.public().for_reading()
    found: Application | None = files.filter(tracking_code=code).first()
    return selectors.complete(found) if found else None


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    """One answer for a code that cannot be one and for one that nobody has."""
    miss(request)
    context = {"form": TrackForm(initial={"kode": typed[:60]}, wrong=True), "unknown": True}
    return render(request, "permits/public/track.html", context, status=404)
