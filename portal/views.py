"""The pages that belong to no single app: home, search, a new password, health, error pages."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from urllib.parse import urlsplit

from allauth.account import views as account
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django.views.defaults import server_error as django_server_error

from accounts import proofs
from accounts.invitations import invited
from accounts.models import Office
from accounts.officers import Officer, officer_of, officer_page
from authority.selectors import definitive_offices
from authority.services.acts import mark_seen
from demo.mailbox import read_box
from portal import acting, waiting
from portal.account_forms import ResetPasswordKeyForm
from portal.health import examine
from portal.search import look, understand
from portal.search_forms import SearchForm
from portal.selectors import most_asked
from portal.waiting_counts import counts
from workflow.http import page_above, page_shown
from workflow.once import say_not_done


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Which service do I need, or where is my file?"""
    now = timezone.now()
    return render(
        request,
        "portal/home.html",
        {
            "offers": most_asked(now, timezone.localdate(now)),
            "offices": Office.objects.public(),
        },
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box for a service name, a KBLI code, and every code and number that the portal prints."""
    form = SearchForm(request.GET)
    query = understand(form.answers["q"])
    if query.page:
        return redirect(query.page)
    return render(
        request,
        "portal/search.html",
        {"search_form": form, "asked": query, "found": look(query, timezone.localdate())},
    )


@login_required
@require_safe
def after_login(request: HttpRequest) -> HttpResponse:
    """Take everybody to where they were led away from, or to where their work lies."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101  login_required
    way_back = request.session.pop(proofs.WAY_BACK, "")
    if way_back and way_back != request.path:
        return redirect(way_back)
    officer = officer_of(request.user, timezone.now())
    if officer.seats:
        return redirect(waiting.landing(counts(officer)))
    return redirect("admin:index" if request.user.is_staff else "permits:my_applications")


@officer_page
@require_safe
def waiting_page(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What waits for me? Files, complaints, reports, tasks: the first of each kind."""
    found = counts(officer)
    context = {"found": found, "groups": waiting.groups(officer, found), "desk": officer.desk}
    return render(request, "portal/waiting.html", context)


@officer_page
@require_safe
def waiting_counts(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Answer the side bar, which asks once its page is there: how much waits of each kind?"""
    return render(request, "portal/_waiting_counts.html", {"found": counts(officer)})


@officer_page
@require_http_methods(["GET", "HEAD", "POST"])
def acting_page(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What did Plt. and Plh. do in my chair? For the definitive head, who marks it as seen."""
    offices = definitive_offices(officer.user, officer.at)
    wanted = request.GET.get("kantor", "")
    office = next((one for one in offices if not wanted or one.code == wanted), None)
    if office is None:
        raise Http404
    here = f"{reverse('portal:acting')}?{urlencode({'kantor': office.code})}"
    if request.method == "POST":
        until = acting.instant(request.POST.get("until", ""))
        if until is None:
            return HttpResponseBadRequest()
        mark_seen(office, actor=officer.user, at=officer.at, until=until)
        messages.success(request, _("Dicatat sudah dilihat. Daftarnya tetap ada."))
        return redirect(here)
    page = acting.ActingPage(office, officer.user, officer.at, request.GET.get("sebelum", ""))
    context = {"page": page, "offices": offices, "here": here, "desk": officer.desk}
    with timezone.override(office.zone):
        return render(request, "portal/acting.html", context)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Health check: JSON for a monitor, a page for a person; 503 when it needs action."""
    request.user = AnonymousUser()  # the user does not matter, and the database may be down
    state = examine(timezone.now())
    code = 200 if state.serving else 503
    wanted = request.get_preferred_type(["application/json", "text/html"])
    if wanted != "text/html":
        return JsonResponse(state.as_json(), status=code)
    return render(request, "portal/health.html", {"health": state}, status=code)


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The mails of the demo, so that one can confirm an address that does not exist."""
    if not settings.DEMO:
        raise Http404
    hosts = {request.get_host(), urlsplit(settings.SITE_URL).netloc}
    mails = read_box(Path(settings.EMAIL_FILE_PATH), hosts)
    return render(request, "portal/mailbox.html", {"mails": mails})


def after_second_factor(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show a page of passwords to whoever has a second factor only when it was just shown.

    allauth would keep in the session what was sent meanwhile: here there are passwords in it.
    """

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        if not proofs.has_second_factor(request.user) or proofs.is_fresh(request):
            return view(request)
        if request.method == "POST":
            say_not_done(request, "password_needs_second_factor", messages.WARNING)
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")

    return wrapped


change_password = after_second_factor(account.password_change)
set_password = after_second_factor(account.password_set)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of an invitation: make a password, and be inside."""
    person = invited(token)
    if person is None:
        return render(request, "account/invitation.html", status=410)
    form = ResetPasswordKeyForm(
        data=request.POST if request.method == "POST" else None, user=person
    )
    if form.is_valid():
        form.save()
        return perform_login(request, person)
    return render(request, "account/invitation.html", {"form": form, "person": person})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a page was open for too long, and lead back to it."""
    context = {"page": page_shown(request) or page_above(request.path), "stale": True}
    part = bool(request.headers.get("HX-Request"))
    template = "components/session_over.html" if part else "403_csrf.html"
    return render(request, template, context, status=403)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read the catalogue, not the files of people; a demo not at all."""
    closed = ["/admin/", "/akun/", "/cari/", "/v/", reverse("permits:track")]
    if settings.DEMO:
        closed = ["/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address by themselves."""
    return redirect(static("portal/img/mark.svg"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the database cannot be reached or is busy, else 500.

    Django calls it inside its ``except`` clause. The next request finds the database by itself:
    a connection is tested before it is used again.
    """
    if not isinstance(sys.exc_info()[1], InterfaceError | OperationalError):
        return django_server_error(request)
    page = render_to_string("503.html")
    return HttpResponse(page, status=503, headers={"Retry-After": "30"})
