"""Answering by the link of a message, from one's own account, and the open survey."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from permits.models import Application
from standards.models import Service
from surveys import selectors
from surveys.models import Invitation, Response
from surveys.presenters import results
from surveys.services import answers
from surveys.views.answering import GUESSES, OPEN_ANSWERS, closed, fill_in, kept_nowhere


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """Was it good? By the link of the message, without login."""
    if refusal := GUESSES.refusal(request):
        return refusal
    invitation = selectors.invitation_by(secret)
    if invitation is None:
        GUESSES.record_failure(request)
        return closed(request, "survey_unknown", status=404)
    return _answer(request, invitation)


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The same by the QR code of the receipt, printed before there is anything to judge."""
    if refusal := GUESSES.refusal(request):
        return refusal
    file = selectors.file_by_receipt(code)
    if file is None:
        GUESSES.record_failure(request)
        return closed(request, "survey_unknown", status=404)
    invitation = selectors.invitation_about(file)
    if invitation is None:
        return closed(request, answers.why_not_asked(file, timezone.now()))
    return _answer(request, invitation)


class SignedIn(HttpRequest):
    """A request after ``login_required``: it has a user."""

    user: User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def own(request: SignedIn, key: UUID) -> HttpResponse:
    """The same from one's own account; the answer is not stored with it."""
    file = get_object_or_404(Application.objects.of(request.user), public_id=key)
    invitation = Invitation.objects.of(request.user).to_answer().filter(application=file).first()
    if invitation is None:
        return closed(request, answers.why_not_asked(file, timezone.now()))
    return _answer(request, invitation)


def _answer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    now = timezone.now()
    if why := answers.closed_because(invitation, now):
        return closed(request, why)
    file = invitation.application
    save = partial(answers.answer, invitation, source=Response.Source.LINK, at=now)
    return fill_in(
        request,
        file.office,
        save,
        "surveys:thanks",
        rules=selectors.rules_beside(invitation),
        service=file.service,
        until=invitation.ends_on,
    )


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Has it arrived?"""
    is_open = request.GET.get("asal", "") == results.OPENLY
    return render(request, "surveys/public/thanks.html", {"is_open": is_open})


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def open_survey(request: HttpRequest, office: str, slug: str) -> HttpResponse:
    """The survey of a service that anybody may answer, where the office wants it."""
    if refusal := OPEN_ANSWERS.refusal(request):
        return refusal
    services = Service.objects.public().select_related("office")
    service = get_object_or_404(services, office__code=office, slug=slug)
    if not selectors.rules_of(service.office).is_open:
        raise Http404
    if request.method == "POST":
        OPEN_ANSWERS.record_failure(request)  # each counts: nobody fills in thirty in ten minutes
    save = partial(answers.answer_openly, service, at=timezone.now())
    then = f"{reverse('surveys:thanks')}?asal={results.OPENLY}"
    return fill_in(request, service.office, save, then, service=service, is_open=True)
