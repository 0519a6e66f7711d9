"""The head of the office extends, restarts or corrects the clock of one application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.officers import Officer, officer_page
from permits import policies
from permits.forms import clock as forms
from permits.services import clock_acts
from permits.views.desk.access import get_application
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.refusals import sentence

_ACTS: dict[str, Callable[..., Any]] = {
    forms.EXTEND: clock_acts.extend_term,
    forms.RESTART: clock_acts.restart_term,
    forms.CORRECT: clock_acts.correct_event,
}


@officer_page
@require_http_methods(["GET", "POST"])
def adjust_clock(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """Show the form; on POST record the change."""
    application = get_application(officer, key)
    refuse(policies.may_adjust_clock(officer.user, application, officer.at))
    form = forms.ClockForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid():
        act = _ACTS[form.cleaned_data["act"]]
        try:
            act(application, actor=officer.user, at=officer.at, **form.facts())
        except DomainError as error:
            form.add_error(
                "right_at" if error.code.startswith("correction") else None, sentence(error)
            )
        else:
            messages.success(request, _("Tercatat. Tanggal janji dihitung ulang."))
            return redirect(reverse("permits:desk_deadline", args=[application.public_id]))
    context = {"application": application, "form": form, "desk": officer.desk}
    return render(request, "permits/desk/adjust_clock.html", context)
