"""A draft standard as people will see it: service page, form, receipt, papers.

The administration has checked who may see the draft. Nothing that these pages do is kept, but the
papers that the worker renders (``SamplePaper``).
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from documents.serving import POLICY
from permits import selectors
from permits.forms.applicant import ApplicationForm, QuestionsForm
from permits.models import Application, SamplePaper
from permits.services import filling, rehearsals, sample_papers
from standards import branches
from standards.channels import readable
from standards.models import StandardVersion
from standards.reading import needed, read
from workflow.domain.errors import DomainError
from workflow.refusals import sentence

Template = SamplePaper.Template
_OPENED = time(9)  # the hour of the sample walk: the same papers all day


@require_safe
def service(request: HttpRequest, version: StandardVersion) -> HttpResponse:
    """The page of the service, as anybody will read it."""
    office = version.service.office
    context = {
        **_context(version, "service"),
        "standard": read(version),
        "current": None,
        "others": [],
        "standing": "draft",
        "channels": readable(list(office.channels.order_by("order"))),
        "closed": False,
        "today": office.local_date(timezone.now()),
    }
    return render(request, "permits/trials/service.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, version: StandardVersion) -> HttpResponse:
    """The form of the applicant: what is answered opens further questions and requirements."""
    context = _context(version, "form")
    at = timezone.now()
    try:
        with rehearsals.rehearsal(version, at) as stage:
            application = stage.begin()
            forms = _filled_forms(application, request, at)
            asked = selectors.asked_facts(application)
            draft, values = application.version, asked.values
            made, others = branches.papers(draft, values)
            context |= {
                "forms": forms,
                "blocks": needed(draft, values),
                "papers": made,
                "left_out": [*branches.requirements_left_out(draft, values), *others],
            }
            return render(request, "permits/trials/form.html", context)
    except DomainError as error:
        return _refused(request, context, error)


def _filled_forms(application: Application, request: HttpRequest, at: datetime) -> list[Any]:
    """Save what was typed, inside the rehearsal; return the forms that are then asked."""
    kinds = (QuestionsForm, ApplicationForm)
    data = request.POST if request.method == "POST" else None
    for kind in kinds if data else ():
        typed = kind(application, selectors.asked_facts(application), data=data)
        typed.full_clean()
        holder = typed.identity() if isinstance(typed, ApplicationForm) else {}
        saved = filling.save_form(application, at=at, identity=holder, answers=typed.answers())
        application.answers, application.holder_kind = saved.answers, saved.holder_kind
    asked = selectors.asked_facts(application)
    forms = [kind(application, asked, data=data) for kind in kinds]
    return [each for each in forms if each.fields]


@require_safe
def receipt(request: HttpRequest, version: StandardVersion) -> HttpResponse:
    """The receipt with sample facts."""
    return _papers(request, version, "receipt", {Template.RECEIPT})


@require_safe
def papers(request: HttpRequest, version: StandardVersion) -> HttpResponse:
    """Every paper that is signed, with sample facts."""
    signed = {Template.CERTIFICATE, Template.REFUSAL, Template.FURTHER}
    return _papers(request, version, "papers", signed)


def _papers(
    request: HttpRequest, version: StandardVersion, tab: str, wanted: set[Template]
) -> HttpResponse:
    context = _context(version, tab)
    zone = version.service.office.zone
    at = datetime.combine(timezone.localdate(timezone=zone), _OPENED, zone)
    try:
        found = sample_papers.contents_of(version, at)
    except DomainError as error:
        return _refused(request, context, error)
    rows = [
        sample_papers.ask_for(version, template, text, timezone.now())
        for template, text in found
        if template in wanted
    ]
    shown = {**context, "papers": rows, "sometimes": branches.papers(version)[1]}
    return render(request, "permits/trials/papers.html", shown)


@require_safe
def paper_pdf(request: HttpRequest, version: StandardVersion, key: UUID) -> HttpResponse:
    """One paper as PDF, once the worker has rendered it."""
    paper = get_object_or_404(version.sample_papers, public_id=key)
    if paper.pdf is None:
        raise Http404
    headers = {
        "Content-Disposition": 'inline; filename="uji.pdf"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": POLICY,
    }
    return HttpResponse(bytes(paper.pdf), content_type="application/pdf", headers=headers)


def _context(version: StandardVersion, tab: str) -> dict[str, Any]:
    service = version.service
    return {
        "version": version,
        "service": service,
        "office": service.office,
        "tab": tab,
        "desk": {},
    }


def _refused(request: HttpRequest, context: dict[str, Any], error: DomainError) -> HttpResponse:
    """Say why there is nothing to see yet."""
    faults = error.facts.get("missing") if error.code == "standard_incomplete" else None
    shown = {**context, "faults": faults or [sentence(error)]}
    return render(request, "permits/trials/incomplete.html", shown)
