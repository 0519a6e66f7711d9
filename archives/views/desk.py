"""The archives at the desk: for the head and for those who lead others in the office."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.officers import Officer, officer_page
from accounts.selectors import leads_in
from archives.domain.retention import Act
from archives.forms import AnswerForm
from archives.models import DataRequest, Disposal, LegalHold
from archives.policies import may_answer
from archives.schedule import due_in
from archives.services import requests
from workflow.domain.errors import DomainError
from workflow.refusals import sentence

SHOWN = 20


def offices_led(officer: Officer) -> set[int]:
    """Return the keys of the offices whose archives the officer answers for; 404 if there are none.

    Raises ``Http404``.
    """
    offices = leads_in(officer.user, officer.at)
    if not offices:
        raise Http404
    return offices


@officer_page
@require_safe
def overview(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What waits: requests about personal data, files that are due, lists, holds."""
    offices, at, me = offices_led(officer), officer.at, officer.user
    sent = DataRequest.objects.sent_to(offices)
    rows = sent.select_related("person", "office", "application")
    context = {
        "desk": officer.desk,
        "now": officer.at,
        "requests": rows.open(),
        "due": [
            (
                act.value,
                Disposal.Act(act).label,
                sum(len(one) for one in due_in(offices, act, at, viewer=me)),
            )
            for act in Act
        ],
        "disposals": Disposal.objects.sent_to(offices).select_related("office")[:SHOWN],
        "holds": LegalHold.objects.sent_to(offices).filter(lifted_at=None)[:SHOWN],
        "answered": rows.exclude(answered_at=None).order_by("-answered_at")[:SHOWN],
    }
    return render(request, "archives/desk.html", context)


@officer_page
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """Show a request with the file it is about, and answer it."""
    sent = DataRequest.objects.sent_to(offices_led(officer))
    row = get_object_or_404(
        sent.select_related("person", "office", "application__service", "answered_by"),
        public_id=key,
    )
    verdict = may_answer(officer.user, row, officer.at)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            requests.answer(row, actor=officer.user, at=officer.at, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Jawaban terkirim kepada pemohon."))
            return redirect("archives:desk")
    reason = "" if verdict or row.answered_at else sentence(verdict.reason)
    context = {"desk": officer.desk, "row": row, "form": form, "may": verdict, "reason": reason}
    return render(request, "archives/request.html", context)
