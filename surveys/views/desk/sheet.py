"""The questionnaire of an office on paper, to hand out at the counter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.officers import Officer, officer_page
from surveys.presenters.sheets import sheet
from surveys.selectors import versions_asked
from surveys.views.desk.results import office_of


@officer_page
@require_safe
def blank(request: HttpRequest, officer: Officer) -> HttpResponse:
    """An empty sheet of what the office asks now."""
    office = office_of(officer, request.GET.get("kantor", ""))
    back = {"back_url": reverse("surveys:results"), "back_label": _("Survei kepuasan")}
    context = {**sheet(office, versions_asked(office)), **back}
    return render(request, "surveys/desk/sheet.html", context)
