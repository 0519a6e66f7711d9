"""The tablet at the counter: a session that knows an office, and who opened it.

An officer opens it and is logged out by that: whoever holds the tablet can answer surveys of files
whose receipt they have, and reach nothing of the officer. The key of the officer is kept for one
question: whether they worked on the file.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Final

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Office
from accounts.officers import Officer, officer_page
from surveys import policies
from surveys.forms.finding import ReceiptForm
from surveys.models import Invitation, Response
from surveys.selectors import rules_beside
from surveys.services import answers
from surveys.views.answering import GUESSES, closed, fill_in, kept_nowhere
from workflow.refusals import sentence

_OFFICE, _OPENER, _FILE = "survey_tablet", "survey_tablet_opener", "survey_file"
_OPEN: Final = timedelta(hours=12)  # a day at the counter
_LAYOUT: Final = "surveys/tablet.html"


@officer_page
@require_POST
def open_tablet(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Leave this browser to citizens: log the officer out, keep the office that was shown."""
    code, opener = request.POST.get("kantor", ""), officer.user.pk
    office = next((one for one in officer.offices if code in ("", one.code)), None)
    if office is None:
        raise Http404
    logout(request)
    request.session[_OFFICE], request.session[_OPENER] = office.code, opener
    request.session.set_expiry(_OPEN)
    return redirect("surveys:tablet")


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def start(request: HttpRequest) -> HttpResponse:
    """Which file? Number and code on the receipt. Every visit here forgets the one before."""
    office = _office(request)
    if office is None:
        signed_in = request.user.is_authenticated
        why = "survey_tablet_signed_in" if signed_in else "survey_tablet_closed"
        return closed(request, why, layout=_LAYOUT)
    if refusal := GUESSES.refusal(request):
        return refusal
    request.session.pop(_FILE, None)
    form = ReceiptForm(request.POST or None, offices=[office])
    if request.method == "POST":
        if not form.is_valid() or form.invitation is None:
            GUESSES.record_failure(request)
        elif verdict := policies.may_answer_here(request.session.get(_OPENER), form.invitation):
            request.session[_FILE] = form.invitation.pk
            return redirect("surveys:tablet_answer")
        else:
            form.add_error(None, sentence(verdict.reason))
    return render(request, "surveys/public/tablet_start.html", {"office": office, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def fill(request: HttpRequest) -> HttpResponse:
    """The questions, with large buttons."""
    office, key = _office(request), request.session.get(_FILE)
    if office is None or key is None:
        return redirect("surveys:tablet")
    rows = Invitation.objects.sent_to([office]).to_answer()
    invitation = rows.filter(pk=key).first()
    if invitation is None:
        return redirect("surveys:tablet")
    now = timezone.now()
    if why := answers.closed_because(invitation, now):
        return closed(request, why, layout=_LAYOUT)
    verdict = policies.may_answer_here(request.session.get(_OPENER), invitation)
    if not verdict:  # who opened it has worked on the file since
        return closed(request, verdict.reason, layout=_LAYOUT)
    save = partial(answers.answer, invitation, source=Response.Source.TABLET, at=now)
    return fill_in(
        request,
        office,
        save,
        "surveys:tablet_thanks",
        layout=_LAYOUT,
        rules=rules_beside(invitation),
        service=invitation.application.service,
    )


@require_safe
@kept_nowhere
def done(request: HttpRequest) -> HttpResponse:
    """Thank you; after a moment the tablet is ready for the next."""
    request.session.pop(_FILE, None)
    return render(request, "surveys/public/tablet_thanks.html")


def _office(request: HttpRequest) -> Office | None:
    """Return the office of the tablet; ``None`` if it is not open.

    Signing in closes it: whoever signs in could have worked on the files of its citizens.
    """
    if request.user.is_authenticated:
        return None
    code = request.session.get(_OFFICE)
    return Office.objects.public().filter(code=code).first() if code else None
