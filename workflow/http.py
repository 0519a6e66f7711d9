"""The one shape of a button that changes something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_POST

from accounts.access import Verdict
from workflow.domain.errors import DomainError
from workflow.refusals import sentence


def refuse(verdict: Verdict) -> None:
    """Raise 403 with the reason unless the verdict is yes."""
    if not verdict:
        raise PermissionDenied(sentence(verdict.reason))


def action(
    model: type[models.Model],
    *,
    may: Callable[..., Verdict],
    do: Callable[..., Any],
    done: str | Promise,
    back: Callable[[Any], str] | None = None,
    lookup: str = "public_id",
) -> Callable[..., HttpResponse]:
    """Return a POST view: find what the person may see, ask the policy, call the service, answer.

    ``do(subject, actor=, at=, note=)`` may raise ``DomainError``: it becomes a message, and the
    person lands on the page of the subject either way.
    """

    @login_required
    @require_POST
    def view(request: HttpRequest, **key: Any) -> HttpResponse:
        subject = get_object_or_404(
            model._default_manager.visible_to(request.user),  # type: ignore[attr-defined]
            **{lookup: key["key"]},
        )
        refuse(may(request.user, subject))
        try:
            do(
                subject,
                actor=request.user,
                at=timezone.now(),
                note=request.POST.get("note", "").replace("\0", "").strip(),
            )
        except DomainError as error:
            messages.error(request, sentence(error))
        else:
            messages.success(request, str(done))
        return redirect(back(subject) if back else subject.get_absolute_url())

    return view
