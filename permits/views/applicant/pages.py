"""Pages of an application for its applicant: list, progress, hand-over."""

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

from accounts.proofs import has_second_factor
from documents.serving import is_there, report_missing
from permits import policies, selectors
from permits.domain.lifecycle import CLOSED, ENDED, WITH_APPLICANT, Status
from permits.forms.applicant import StartForm, WithdrawForm
from permits.models import Application, Certificate
from permits.presenters import deadlines, last_days, mails, orders, progress, wording
from permits.presenters.charges import account
from permits.selectors.openings import openings_of
from permits.services import again, applications, certificates, filling, moving
from permits.views import deadline_page
from permits.views.applicant import application_page
from permits.views.applicant.access import SignedIn, get_own_application
from standards.domain.steps import StepKind
from standards.models import Service
from standards.selectors import published_version
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.once import say_not_done
from workflow.pagination import Key, page

PAGE = 20
_ORDER = (Key("created_at", descending=True), Key("pk", descending=True))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedIn, office: str, slug: str) -> HttpResponse:
    """Start an application for a service; show the drafts and earlier holders there are."""
    service = get_object_or_404(
        Service.objects.public().select_related("office"), office__code=office, slug=slug
    )
    now = timezone.now()
    try:
        version = filling.version_in_force(service, now)
        form = StartForm(
            selectors.earlier_holders(request.user),
            selectors.permits_to_follow(request.user, version),
            data=request.POST if request.method == "POST" else None,
            initial={"previous": request.GET.get("izin", "")},
        )
        if form.is_valid():
            draft = filling.start_draft(
                service,
                actor=request.user,
                at=now,
                like=form.earlier(),
                previous=form.number(),
            )
            return redirect(draft)
    except DomainError as error:
        say_not_done(request, error)
        return redirect(service)
    own = Application.objects.visible_to(request.user).of(request.user).filter(service=service)
    context = {
        "service": service,
        "office": service.office,
        "version": version,
        "has_questions": selectors.has_questions(published_version(version.pk, version.digest)),
        "running": own.open().first(),
        "drafts": own.filter(status=Status.DRAFT),
        "form": form,
    }
    return render(request, "permits/applicant/start.html", context)


@login_required
@require_POST
def start_again(request: SignedIn, key: UUID) -> HttpResponse:
    """Start a draft from the data of an application that ended without a product."""
    application = get_own_application(request, key)
    refuse(policies.may_start_again(request.user, application))
    try:
        draft = again.start_again(application, actor=request.user, at=timezone.now())
    except DomainError as error:
        say_not_done(request, error)
        return redirect(application)
    messages.info(request, _("Ini konsep permohonan baru Anda. Periksa semuanya, lalu kirim."))
    return redirect(draft)


@login_required
@require_safe
def my_applications(request: SignedIn) -> HttpResponse:
    """All applications of the user, the latest first."""
    now = timezone.now()
    applications_of_user = Application.objects.visible_to(request.user).of(request.user)
    rows = (
        applications_of_user.select_related(
            "service", "office", "current_step__step", "certificate"
        )
        .defer("certificate__content")
        .with_running_terms()
    )
    result_page = page(rows, _ORDER, request.GET, PAGE)
    counted = (Status.SUBMITTED, Status.IN_PROCESS)
    open_rows = [row for row in result_page.rows if row.status in counted]
    calendars = selectors.promise_calendars(open_rows)
    entries = [
        {
            "file": row,
            "badge": wording.for_applicant(row, now),
            "promise": deadlines.short_promise(row, now, calendars.get(row.pk)),
            "last_day": last_days.last_day(row, now, calendars.get(row.pk)),
            "waits": row.status in WITH_APPLICANT,
        }
        for row in result_page.rows
    ]
    context = {
        "entries": entries,
        "page": result_page,
        "offers_second_factor": entries and not has_second_factor(request.user),
    }
    return render(request, "permits/applicant/application_list.html", context)


@login_required
@require_safe
def application(request: SignedIn, key: UUID) -> HttpResponse:
    """One application: the remaining tasks, or its progress and due date."""
    visible = Application.objects.visible_to(request.user).with_related()
    application = selectors.with_standard(get_object_or_404(visible, public_id=key))
    if application.applicant_id != request.user.pk:
        return redirect(application.get_desk_url())
    if application.status in WITH_APPLICANT:
        context = _draft_context(application)
        return render(request, "permits/applicant/application_tasks.html", context)
    context = _sent_context(request, progress.load_progress(application))
    return render(request, "permits/applicant/application_detail.html", context)


def _common_context(application: Application) -> dict[str, Any]:
    now = timezone.now()
    meaning, sentence_text = wording.for_applicant(application, now)
    counting_url = reverse("permits:deadline", args=[application.public_id])
    return {
        "application": application,
        "office": application.office,
        "meaning": meaning,
        "sentence": sentence_text,
        "advice": wording.advice(application, now),
        "promise": deadlines.promise(application, now, url=counting_url),
        "last_day": last_days.last_day(application, now),
        "mails": mails.mails(application),
        "receipt": progress.receipt(application),
        "openings": openings_of(application),
    }


def _draft_context(application: Application) -> dict[str, Any]:
    checklist = selectors.checklist(application)
    returned = application.status != Status.DRAFT
    return {
        **_common_context(application),
        "left": application_page.remaining_tasks(application, checklist),
        "returned": returned,
        "moved": moving.changes_of(application),
        "faults": checklist.refused() if returned else [],
        "wrong": [
            (line, application_page.answer_url(application, line))
            for line in checklist.refused_answers()
        ],
        "note": mails.officer_note(application) if returned else "",
        "closed": application.service.is_closed(application.office.local_date(timezone.now())),
    }


def _sent_context(request: SignedIn, application: Application) -> dict[str, Any]:
    certificate = _certificate(application)
    kind = application.current_step.step.kind if application.current_step else ""
    ended = application.status in ENDED
    order = selectors.latest_order(application)
    return {
        **_common_context(application),
        "stages": progress.progress(application),
        "place": progress.whereabouts(application),
        "account": account(application),
        "paying": kind == StepKind.PAY,
        "ended": ended,
        "closed": application.status in CLOSED,
        "ending_note": application_page.ending_note(application) if ended else "",
        "certificate": certificate,
        "order": orders.order_text(order),
        "earlier": selectors.earlier_papers(application) if order else [],
        "further": selectors.further_papers(application),
        "refusal": application_page.refusal_of(certificate),
        "may_follow": certificate is not None
        and selectors.is_followed(application, timezone.now()),
        "may_collect": certificate is not None
        and bool(policies.may_collect(request.user, application)),
        "collected": application.status == Status.COMPLETED,
        "survey": kind == StepKind.SURVEY,
        "may_withdraw": bool(policies.may_withdraw(request.user, application)),
        "documents": [d for d in application.documents.all() if not d.superseded_at],
    }


def _certificate(application: Application) -> Certificate | None:
    """Return the certificate once it is signed."""
    certificate = application.certificate
    return certificate if certificate is not None and certificate.signed_at else None


@login_required
@require_safe
def receipt(request: SignedIn, key: UUID) -> HttpResponse:
    """The receipt page: number, next step, due date, contact."""
    application = get_own_application(request, key)
    if application.number is None:
        return redirect(application)
    context = _common_context(progress.load_progress(application))
    printout = context["receipt"]
    context["promised_term"] = deadlines.term_in_words(application)
    context["waiting"] = printout is not None and not printout.file
    if request.headers.get("HX-Request"):
        return render(request, "permits/applicant/_receipt_paper.html", context)
    return render(request, "permits/applicant/receipt.html", context)


@login_required
@require_safe
def deadline(request: SignedIn, key: UUID) -> HttpResponse:
    """The explanation of the due date, day by day."""
    application = progress.load_progress(get_own_application(request, key))
    now = timezone.now()
    calendar = selectors.promise_calendar(application)
    context = {
        "application": application,
        "office": application.office,
        "promise": deadlines.promise(application, now, calendar=calendar),
        "account": deadline_page.explanation(application, now, calendar=calendar),
    }
    return render(request, "permits/applicant/deadline.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedIn, key: UUID) -> HttpResponse:
    """Withdraw the application, with the reason."""
    application = get_own_application(request, key)
    if application.status == Status.WITHDRAWN:
        return redirect(application)
    refuse(policies.may_withdraw(request.user, application))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            applications.withdraw_application(
                application, actor=request.user, at=timezone.now(), note=form.cleaned_data["note"]
            )
        except DomainError as error:
            say_not_done(request, error)
        else:
            messages.success(request, _("Permohonan ditarik. Kantor tidak memprosesnya lagi."))
        return redirect(application)
    context = {"application": application, "office": application.office, "form": form}
    return render(request, "permits/applicant/withdraw.html", context)


@login_required
@require_POST
def collect(request: SignedIn, key: UUID) -> HttpResponse:
    """Download the document; the first download is the hand-over."""
    application = get_own_application(request, key)
    refuse(policies.may_collect(request.user, application))
    certificate = _certificate(application)
    if certificate is None or not is_there(certificate.file):
        if certificate is not None:
            report_missing(certificate.file, timezone.now())
        messages.error(
            request,
            _(
                "Dokumen tercatat terbit, tetapi berkasnya sedang tidak dapat dibuka. "
                "Hubungi kantor dengan menyebut nomor permohonan Anda."
            ),
        )
        return redirect(application)
    try:
        certificates.collect(application, actor=request.user, at=timezone.now())
    except DomainError as error:
        say_not_done(request, error)
        return redirect(application)
    return redirect(f"{reverse('permits:certificate_pdf', args=[key])}?unduh=1")
