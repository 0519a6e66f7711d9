"""The questions of an office's own, which never enter the index."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Office
from accounts.officers import Officer, officer_page
from reports import policies as reports
from surveys.forms.extras import ExtraForm
from surveys.services import extra_questions
from surveys.views.desk.results import office_of
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.refusals import sentence


@officer_page
@require_http_methods(["GET", "HEAD", "POST"])
def extras(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What else do we ask, and what shall we ask more?"""
    office = _office(request, officer)
    form = ExtraForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            extra_questions.add(office, form.extra(), actor=officer.user, at=officer.at)
        except DomainError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Pertanyaan ditambahkan. Mulai sekarang ikut ditanyakan."))
            return _back(office)
    context = {
        "desk": officer.desk,
        "office": office,
        "form": form,
        "questions": extra_questions.asked(office),
        "most": extra_questions.MOST,
    }
    return render(request, "surveys/desk/extras.html", context)


@officer_page
@require_POST
def remove(request: HttpRequest, officer: Officer, question: str) -> HttpResponse:
    """Ask it no more."""
    office = _office(request, officer)
    try:
        extra_questions.remove(office, question, actor=officer.user, at=officer.at)
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Pertanyaan itu tidak ditanyakan lagi. Jawabannya tetap ada."))
    return _back(office)


def _office(request: HttpRequest, officer: Officer) -> Office:
    office = office_of(officer, request.GET.get("kantor", ""))
    refuse(reports.may_compile(officer.user, office, officer.at))
    return office


def _back(office: Office) -> HttpResponse:
    return redirect(f"{reverse('surveys:extras')}?kantor={office.code}")
