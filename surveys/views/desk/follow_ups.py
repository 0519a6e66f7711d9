"""The follow-up plan of a report, and the register of follow-ups."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.officers import Officer, officer_page
from documents.serving import refuse_closed, serve_private_file
from reports import policies as reports
from reports.models import Report
from reports.services import compiling
from surveys import policies, selectors
from surveys.content.recap import PLAN
from surveys.content.report import plan_table
from surveys.forms.plans import ConsultationForm, ElementPlanForm, FinishForm
from surveys.models import FollowUp
from surveys.services import follow_ups
from surveys.views.desk.results import office_of
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.refusals import sentence

_SHOWN = 100
# at which field a refusal is shown; the others stand above the form
_FIELDS = {"follow_up_day": "done_on", "file_infected": "upload", "storage_full": "upload"}


@officer_page
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """What is done about the lowest elements, when, by whom, and was it discussed in public?"""
    rows_of = Report.objects.visible_to(officer.user, officer.at).filter(kind="skm")
    report = get_object_or_404(rows_of.select_related("office"), public_id=key)
    office = report.office
    refuse(reports.may_compile(officer.user, office, officer.at))
    rows = list(
        FollowUp.objects.sent_to([office])
        .filter(period=report.period, element__in=_planned(report))
        .select_related("office", "owner")
        .order_by("grade", "pk")
    )
    sent = request.POST or None
    people = selectors.officers_of(office, officer.at)
    forms = [
        ElementPlanForm(sent, row=row, people=people, today=office.local_date(officer.at))
        for row in rows
    ]
    discussed = next((row for row in rows if row.consulted_on), None)
    consultation = ConsultationForm(
        sent,
        offered=office.consultations.filter(held_on__gte=report.span.ends_before),
        initial={
            "consulted_on": discussed.consulted_on if discussed else None,
            "consultation": discussed.consultation_id if discussed else None,
        },
    )
    valid = [form.is_valid() for form in (consultation, *forms)] if sent else [False]
    if all(valid):
        plans = {form.row.element: form.plan() for form in forms}
        try:
            with transaction.atomic():
                planned = follow_ups.plan(
                    rows,
                    plans,
                    consulted_on=consultation.cleaned_data["consulted_on"],
                    consultation=consultation.cleaned_data["consultation"],
                    at=officer.at,
                )
                compiling.change_block(
                    report, PLAN, plan_table(planned), actor=officer.user, at=officer.at
                )
        except DomainError as error:
            consultation.add_error(None, sentence(error))
        else:
            messages.success(request, _("Rencana tindak lanjut tersimpan."))
            return redirect(report)
    context = {
        "desk": officer.desk,
        "report": report,
        "forms": forms,
        "consultation": consultation,
    }
    return render(request, "surveys/desk/plan.html", context)


@officer_page
@require_safe
def register(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Which low elements are followed up, by whom, until when, and which are done?"""
    office = office_of(officer, request.GET.get("kantor", ""))
    rows = FollowUp.objects.sent_to([office]).select_related("owner", "deadline")
    context = {
        "desk": officer.desk,
        "office": office,
        "offices": officer.offices,
        "rows": list(rows.order_by("done_on", "-period", "pk")[:_SHOWN]),
        "at": officer.at,
        "may_finish_all": reports.may_compile(officer.user, office, officer.at),
    }
    return render(request, "surveys/desk/follow_ups.html", context)


@officer_page
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, officer: Officer, key: int) -> HttpResponse:
    """When was it done, and what shows it?"""
    rows = FollowUp.objects.sent_to(officer.offices).select_related("office", "owner", "deadline")
    row = get_object_or_404(rows, pk=key)
    refuse(policies.may_finish(officer.user, row, officer.at))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FinishForm(*sent, sent_by=officer.user, at=officer.at)
    if request.method == "POST" and form.is_valid():
        try:
            follow_ups.finish(row, **form.cleaned_data, actor=officer.user, at=officer.at)
        except DomainError as error:
            form.add_error(_FIELDS.get(error.code), sentence(error))
        else:
            messages.success(request, _("Tindak lanjut tercatat selesai."))
            return redirect(f"{reverse('surveys:follow_ups')}?kantor={row.office.code}")
    context = {"desk": officer.desk, "row": row, "form": form}
    return render(request, "surveys/desk/finish.html", context)


@officer_page
@require_safe
def evidence(request: HttpRequest, officer: Officer, key: int) -> HttpResponseBase:
    """The document that shows what was done: for the officers of the office."""
    rows = FollowUp.objects.sent_to(officer.offices).select_related("document")
    found = get_object_or_404(rows, pk=key).document
    if found is None:
        raise Http404
    return refuse_closed(request, found) or serve_private_file(
        request, found.file, content_type=found.content_type, name=found.original_name
    )


def _planned(report: Report) -> list[str]:
    """Return the keys of the elements that the report plans for."""
    names = [
        row[1]
        for chapter in report.content["chapters"]
        for block in chapter["blocks"]
        if block.get("key") == PLAN
        for row in block["rows"]
    ]
    known = FollowUp.objects.sent_to([report.office]).filter(period=report.period, name__in=names)
    return list(known.values_list("element", flat=True))
