"""The evidence pack of an office: what is held, what is missing and where to mend it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Office
from accounts.officers import Officer, officer_page
from boards.domain.indicators import file_name
from boards.models import EvidencePack
from boards.policies import offices_with_evidence
from boards.presenters.evidence import page_of
from boards.services.pekppp import packs as services
from boards.views.access import office_of
from documents.serving import serve_private_file
from documents.uploads import PDF, ZIP
from workflow.domain.errors import DomainError
from workflow.http import answer_to_waiting
from workflow.refusals import sentence


def evidence_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give ``view`` the officer and the offices whose evidence they collect; 404 without any."""

    @officer_page
    @wraps(view)
    def guarded(request: HttpRequest, officer: Officer, **key: Any) -> HttpResponseBase:
        offices = offices_with_evidence(officer)
        if not offices:
            raise Http404
        return view(request, officer, offices, **key)

    return guarded


@evidence_page
@require_http_methods(["GET", "HEAD", "POST"])
def packs(request: HttpRequest, officer: Officer, offices: list[Office]) -> HttpResponse:
    """Which evidence does the portal hold, what is missing, and where is that mended?"""
    office = office_of(offices, request.GET.get("kantor", ""))
    if request.method == "POST":
        try:
            services.order(office, actor=officer.user, at=officer.at)
        except DomainError as error:
            messages.error(request, sentence(error))
        else:
            messages.success(request, _("Paket bukti sedang disusun."))
        return redirect(f"{reverse('boards:evidence')}?kantor={office.code}")
    page = page_of(officer, office)
    if answer := answer_to_waiting(request, ready=page.running is None):
        return answer
    context = {"desk": officer.desk, "office": office, "offices": offices, "page": page}
    return render(request, "boards/desk/evidence.html", context)


@evidence_page
@require_safe
def archive(
    request: HttpRequest, officer: Officer, offices: list[Office], key: UUID
) -> HttpResponseBase:
    """The whole pack as a ZIP."""
    pack = get_object_or_404(EvidencePack.objects.of(offices).exclude(file=""), public_id=key)
    day = pack.office.local_date(pack.composed_at or pack.asked_at)
    name = f"bukti-pekppp-{pack.office.code}-{day:%Y%m%d}.zip"
    return serve_private_file(request, pack.file, content_type=ZIP, name=name)


@evidence_page
@require_safe
def pdf(
    request: HttpRequest, officer: Officer, offices: list[Office], key: UUID, code: str
) -> HttpResponseBase:
    """The evidence of one indicator."""
    pack = get_object_or_404(EvidencePack.objects.of(offices), public_id=key)
    found = get_object_or_404(pack.files, code=code)
    name = file_name(found.code)
    return serve_private_file(request, found.file, content_type=PDF, name=name)
