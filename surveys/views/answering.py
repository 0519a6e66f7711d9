"""What the public pages of surveys share: kept nowhere, guesses counted, one way to fill in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from accounts.models import Office
from surveys import selectors
from surveys.forms.answers import AnswerForm
from surveys.models import SurveyRules
from surveys.services.answers import Sheet
from workflow.domain.errors import DomainError
from workflow.refusals import sentence
from workflow.throttling import Throttle, hashed_address, not_cached

# no address is stored: each row holds a keyed hash of it and is deleted when it expires
GUESSES = Throttle("surveys-links", hashed_address)
OPEN_ANSWERS = Throttle("surveys-open", hashed_address)

View = Callable[..., HttpResponseBase]


def kept_nowhere(view: View) -> View:
    """Have the answer stored by nobody, and what was sent left out of reports of errors."""

    kept: View = sensitive_post_parameters()(not_cached(view))
    return kept


def closed(
    request: HttpRequest, why: str, *, status: int = 200, layout: str = "public.html"
) -> HttpResponse:
    """Say in one sentence why nothing can be filled in (code of a refusal, or a sentence)."""
    context = {"why": sentence(why), "layout": layout}
    return render(request, "surveys/public/closed.html", context, status=status)


def fill_in(
    request: HttpRequest,
    office: Office,
    save: Callable[[Sheet], None],
    then: str,
    *,
    rules: SurveyRules | None = None,
    template: str = "surveys/public/answer.html",
    **more: Any,
) -> HttpResponse:
    """Show the questionnaire of ``office``; store it by ``save`` and go on to ``then``.

    ``then`` is the name of a URL, or a path.
    What a robot sends is thanked for and not stored.
    """
    layout = more.setdefault("layout", "public.html")
    versions = selectors.versions_asked(office, rules)
    if not versions:
        return closed(request, "survey_none_published", layout=layout)
    posted = request.method == "POST"
    form = AnswerForm(request.POST if posted else None, versions=versions)
    if posted and form.is_robot:
        return redirect(then)
    if posted and form.is_valid():
        try:
            save(form.sheet())
        except DomainError as error:
            return closed(request, error.code, layout=layout)
        return redirect(then)
    return render(request, template, {"office": office, "form": form, **more})
