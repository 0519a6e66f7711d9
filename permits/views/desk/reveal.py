"""Opening the applicant's data on a desk page: the reason, and identity numbers one at a time."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from accounts.officers import Officer, officer_page
from permits import policies
from permits.forms.openings import OpeningReasonForm
from permits.models import Application, Opening
from permits.services import openings
from permits.views import opening_reasons
from permits.views.desk.access import get_application
from permits.views.desk.actions import show


@officer_page
@require_http_methods(["GET", "POST"])
def opening_reason(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """Ask why the officer opens data of a file that lies at another desk; then go on.

    Sending it twice keeps the later reason; nothing is recorded before something is opened.
    """
    application = get_application(officer, key)
    way_on = _way_on(request, application)
    if not policies.reason_asked(officer.user, application, Opening.Kind.UPLOAD, officer.at):
        return redirect(way_on)
    form = OpeningReasonForm(request.POST or None, initial={"lanjut": way_on})
    if request.method == "POST" and form.is_valid():
        opening_reasons.keep(request, application, form.cleaned_data["reason"], officer.at)
        return redirect(way_on)
    context = {"application": application, "form": form, "desk": officer.desk}
    return render(request, "permits/desk/opening_reason.html", context)


@officer_page
@require_POST
def show_number(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """Record the opening of one identity number, then return the page that shows it this once.

    Each press is an opening of its own, so a repeated one is a second row.
    """
    application = get_application(officer, key)
    reason = opening_reasons.reason_for(request, application, Opening.Kind.NUMBER, officer.at)
    if reason is None:
        return opening_reasons.ask(application, f"{application.get_desk_url()}#data")
    name = request.POST.get("nomor", "")
    found = openings.open_number(
        application, name, actor=officer.user, at=officer.at, reason=reason
    )
    if not found:
        raise Http404
    return show(request, officer, key, shown=name)


def _way_on(request: HttpRequest, application: Application) -> str:
    path = request.POST.get("lanjut") or request.GET.get("lanjut", "")
    safe = url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe and path.startswith("/") else application.get_desk_url()
