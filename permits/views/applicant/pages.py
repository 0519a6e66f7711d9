"""What an applicant sees of a file: the list, the way it goes, and its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.serving import is_there
from permits import policies, selectors
from permits.domain.lifecycle import CLOSED, ENDED, WITH_APPLICANT, Status
from permits.forms.applicant import WithdrawForm
from permits.models import Application, Certificate
from permits.presenters import deadlines, mails, progress, wording
from permits.services import applications, certificates, filling, visits
from permits.views import deadline_page
from permits.views.applicant import application_page
from permits.views.applicant.access import SignedIn, get_own_application
from standards.domain.steps import StepKind
from standards.models import Service
from workflow.calendars import calendar_of, calendars_of
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.pagination import Key, page
from workflow.refusals import sentence

PAGE = 20
_ORDER = (Key("created_at", descending=True), Key("pk", descending=True))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedIn, office: str, slug: str) -> HttpResponse:
    """Begin an application of a service, or go on with the draft that is already there."""
    service = get_object_or_404(
        Service.objects.public().select_related("office"), office__code=office, slug=slug
    )
    mine = Application.objects.visible_to(request.user).of(request.user).filter(service=service)
    if draft := mine.filter(status=Status.DRAFT).first():
        return redirect(draft)
    now = timezone.now()
    try:
        if request.method == "POST":
            return redirect(filling.start_draft(service, actor=request.user, at=now))
        version = filling.version_in_force(service, now)
    except DomainError as error:
        messages.error(request, sentence(error))
        return redirect(service)
    running = mine.open().first()
    context = {"service": service, "office": service.office, "version": version, "running": running}
    return render(request, "permits/applicant/start.html", context)


@login_required
@require_safe
def my_applications(request: SignedIn) -> HttpResponse:
    """Every file of the person, the latest first."""
    now = timezone.now()
    files = Application.objects.visible_to(request.user).of(request.user)
    rows = files.select_related("service", "office", "current_step__step")
    found = page(rows, _ORDER, request.GET, PAGE)
    calendars = calendars_of({row.office for row in found.rows})
    entries = [
        {
            "file": row,
            "badge": wording.for_applicant(row, now),
            "promise": deadlines.short_promise(row, now, calendars[row.office_id]),
            "waits": row.status in WITH_APPLICANT,
        }
        for row in found.rows
    ]
    context = {"entries": entries, "page": found}
    return render(request, "permits/applicant/application_list.html", context)


@login_required
@require_safe
def application(request: SignedIn, key: UUID) -> HttpResponse:
    """One file: what is left to do, or where it is and when it will be ready."""
    files = Application.objects.visible_to(request.user).with_related()
    found = selectors.with_standard(get_object_or_404(files, public_id=key))
    if found.applicant_id != request.user.pk:
        return redirect(found.get_desk_url())
    if found.status in WITH_APPLICANT:
        context = _to_do(found)
        return render(request, "permits/applicant/application_tasks.html", context)
    context = _on_its_way(request, progress.load_way(found))
    return render(request, "permits/applicant/application_detail.html", context)


def _shared(found: Application) -> dict[str, Any]:
    now = timezone.now()
    meaning, words = wording.for_applicant(found, now)
    counting_url = reverse("permits:deadline", args=[found.public_id])
    return {
        "application": found,
        "office": found.office,
        "meaning": meaning,
        "sentence": words,
        "advice": wording.advice(found, now),
        "promise": deadlines.promise(found, now, url=counting_url),
        "mails": mails.mails(found),
        "receipt": progress.receipt(found),
    }


def _to_do(found: Application) -> dict[str, Any]:
    checklist = selectors.checklist(found)
    returned = found.status != Status.DRAFT
    return {
        **_shared(found),
        "left": application_page.left(found, checklist),
        "returned": returned,
        "faults": checklist.refused() if returned else [],
        "note": mails.officer_note(found) if returned else "",
    }


def _on_its_way(request: SignedIn, found: Application) -> dict[str, Any]:
    certificate = _certificate(found)
    kind = found.current_step.step.kind if found.current_step else ""
    ended = found.status in ENDED
    return {
        **_shared(found),
        "stages": progress.progress(found),
        "place": progress.whereabouts(found),
        "ended": ended,
        "closed": found.status in CLOSED,
        "ending_note": application_page.ending_note(found) if ended else "",
        "certificate": certificate,
        "may_collect": bool(policies.may_collect(request.user, found)) and certificate is not None,
        "collected": found.status == Status.COMPLETED,
        "survey": kind == StepKind.SURVEY,
        "may_withdraw": bool(policies.may_withdraw(request.user, found)),
        "documents": [d for d in found.documents.all() if not d.superseded_at],
    }


def _certificate(found: Application) -> Certificate | None:
    """Return the permit once it is signed."""
    certificate: Certificate | None = getattr(found, "certificate", None)
    return certificate if certificate is not None and certificate.signed_at else None


@login_required
@require_safe
def receipt(request: SignedIn, key: UUID) -> HttpResponse:
    """What number, what happens next, when at the latest, how do I ask?"""
    found = get_own_application(request, key)
    if found.number is None:
        return redirect(found)
    context = _shared(progress.load_way(found))
    paper = context["receipt"]
    context["waiting"] = paper is not None and not paper.file
    if request.headers.get("HX-Request"):
        return render(request, "permits/applicant/_receipt_paper.html", context)
    return render(request, "permits/applicant/receipt.html", context)


@login_required
@require_safe
def deadline(request: SignedIn, key: UUID) -> HttpResponse:
    """How the promised day was counted, day by day."""
    found = progress.load_way(get_own_application(request, key))
    now = timezone.now()
    calendar = calendar_of(found.office)
    context = {
        "application": found,
        "office": found.office,
        "promise": deadlines.promise(found, now, calendar=calendar),
        "account": deadline_page.explanation(found, now, calendar=calendar),
    }
    return render(request, "permits/applicant/deadline.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedIn, key: UUID) -> HttpResponse:
    """Take the file back, with the reason."""
    found = get_own_application(request, key)
    if found.status == Status.WITHDRAWN:
        return redirect(found)
    refuse(policies.may_withdraw(request.user, found))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            applications.withdraw_application(
                found, actor=request.user, at=timezone.now(), note=form.cleaned_data["note"]
            )
        except DomainError as error:
            messages.error(request, sentence(error))
        else:
            messages.success(request, _("Permohonan ditarik. Kantor tidak memprosesnya lagi."))
        return redirect(found)
    context = {"application": found, "office": found.office, "form": form}
    return render(request, "permits/applicant/withdraw.html", context)


@login_required
@require_POST
def survey(request: SignedIn, key: UUID) -> HttpResponse:
    """Record that the questionnaire is filled in."""
    files = Application.objects.visible_to(request.user)
    found = get_object_or_404(files, public_id=key)
    refuse(policies.may_answer_survey(request.user, found))
    try:
        visits.answer_survey(found, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(
            request, _("Terima kasih. Kuesioner tercatat; dokumen Anda dapat diserahkan.")
        )
    return redirect(found)


@login_required
@require_POST
def collect(request: SignedIn, key: UUID) -> HttpResponse:
    """Download the document: the first time this is the hand-over. Twice is once."""
    found = get_own_application(request, key)
    refuse(policies.may_collect(request.user, found))
    certificate = _certificate(found)
    if certificate is None or not is_there(certificate.file):
        messages.error(
            request,
            _(
                "Dokumen tercatat terbit, tetapi berkasnya sedang tidak dapat dibuka. "
                "Hubungi kantor dengan menyebut nomor permohonan Anda."
            ),
        )
        return redirect(found)
    try:
        certificates.collect(found, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, sentence(error))
        return redirect(found)
    return redirect(f"{reverse('permits:certificate_pdf', args=[key])}?unduh=1")
