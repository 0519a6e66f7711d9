"""A questionnaire filled in on paper, entered by an officer who did not work on the file."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.officers import Officer, officer_page
from surveys import policies
from surveys.forms.finding import NumberForm
from surveys.services import answers
from surveys.views.answering import fill_in
from workflow.refusals import sentence


@officer_page
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Which file, and what did its applicant tick?"""
    form = NumberForm({"number": request.GET.get("number", "")}, offices=officer.offices)
    context = {"desk": officer.desk, "finder": form}
    if "number" not in request.GET:
        return render(request, "surveys/desk/paper.html", {**context, "finder": _empty(officer)})
    if not form.is_valid() or form.invitation is None:
        return render(request, "surveys/desk/paper.html", context)
    invitation = form.invitation
    verdict = policies.may_enter_paper(officer.user, invitation, officer.at)
    why = answers.closed_because(invitation, officer.at) if verdict else verdict.reason
    if why:
        form.add_error("number", sentence(why))
        return render(request, "surveys/desk/paper.html", context)

    def save(sheet: answers.Sheet) -> None:
        answers.enter_paper(invitation, sheet, actor=officer.user, at=officer.at)
        messages.success(request, _("Lembar survei tersimpan."))

    more: dict[str, Any] = {
        **context,
        "layout": "desk.html",
        "service": invitation.application.service,
    }
    show = partial(fill_in, request, invitation.application.office, save, "surveys:paper")
    return show(template="surveys/desk/paper.html", **more)


def _empty(officer: Officer) -> NumberForm:
    return NumberForm(offices=officer.offices)
