"""Read-only admin of applications and certificates; officers change them at the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.admin_parts import LookOnly
from permits.forms.openings import OpeningReasonForm
from permits.models import (
    Application,
    Certificate,
    CertificateNumber,
    Opening,
    SamplePaper,
    Trial,
)
from permits.policies import may_rehearse
from permits.services import openings
from permits.views import opening_reasons
from permits.views.trials import preview, trial
from standards.models import StandardVersion
from workflow.refusals import sentence


@admin.register(Application)
class ApplicationAdmin(LookOnly):
    """The only personal data is the holder's name; the pages of the desk show the rest.

    Each opening of a row is recorded, for a reason that is asked first.
    """

    offices = ("office",)
    list_display = ("number", "service", "holder_name", "status", "submitted_at", "due_on")
    list_filter = ("office", "status")
    list_select_related = ("service",)
    search_fields = ("number", "holder_name")
    date_hierarchy = "submitted_at"
    show_full_result_count = False
    fields = (
        "number",
        "office",
        "service",
        "version",
        "procedure",
        "holder_name",
        "status",
        "submitted_at",
        "accepted_at",
        "due_on",
        "closed_at",
    )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Record the opening, then show the row; the reason comes first, by POST."""
        application = self.get_object(request, object_id)
        if application is None or not self.has_view_permission(request, application):
            return super().change_view(request, object_id, form_url, extra_context)
        actor: Any = request.user
        now = timezone.now()
        kind = Opening.Kind.ADMIN
        reason = opening_reasons.reason_for(request, application, kind, now)
        if reason is None:
            return self._ask_reason(request, application)
        if request.method == "GET":
            what = _("Halaman administrasi permohonan")
            openings.record(application, kind, actor=actor, at=now, what=what, reason=reason)
        return super().change_view(request, object_id, form_url, extra_context)

    def _ask_reason(self, request: HttpRequest, application: Application) -> HttpResponse:
        form = OpeningReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            opening_reasons.keep(request, application, reason, timezone.now())
            return redirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Alasan membuka data pemohon"),
            "form": form,
            "application": application,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/permits/application/opening_reason.html", context)


@admin.register(Certificate)
class CertificateAdmin(LookOnly):
    offices = ("application__office",)
    list_display = ("number", "application", "state", "job_status", "issued_at", "valid_until")
    list_filter = ("state", "job_status")
    list_select_related = ("number", "application")
    search_fields = ("number__text", "application__number")
    show_full_result_count = False
    fields = (
        "number",
        "application",
        "state",
        "signer_capacity",
        "requested_at",
        "signed_at",
        "issued_at",
        "valid_from",
        "valid_until",
        "ended_by",
        "sha256",
        "job_status",
        "attempts",
        "last_error",
    )


@admin.register(CertificateNumber)
class CertificateNumberAdmin(LookOnly):
    offices = ("register__office",)
    list_display = ("text", "register", "application", "state", "reserved_at", "settled_at")
    list_filter = ("state", "register__office")
    list_select_related = ("register__office", "application")
    search_fields = ("text", "application__number")
    show_full_result_count = False
    fields = (
        "text",
        "register",
        "value",
        "application",
        "state",
        "reserved_at",
        "settled_at",
        "reason",
    )


def _of_draft(page: LookOnly, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Pass the draft with the key ``version`` to ``view``, for who may rehearse it."""

    def guarded(request: HttpRequest, version: int, **key: Any) -> HttpResponse:
        rows = StandardVersion.objects.select_related("service__office")
        versions = page.choices(request.user, rows)
        draft = get_object_or_404(versions, pk=version)
        actor: Any = request.user
        verdict = may_rehearse(actor, draft)
        if verdict.reason == "standard_published":
            messages.info(request, sentence(verdict.reason))
            return redirect("admin:standards_standardversion_change", draft.pk)
        if not verdict:
            raise PermissionDenied(sentence(verdict.reason))
        return view(request, draft, **key)

    return page.admin_site.admin_view(guarded)


@admin.register(SamplePaper)
class SamplePaperAdmin(LookOnly):
    """Drafts of standards as people will see them: service page, form, receipt, papers."""

    offices = ("version__service__office",)
    list_display = ("version", "template", "created_at", "job_status")
    list_select_related = ("version__service",)
    show_full_result_count = False
    fields = ("version", "template", "created_at", "job_status", "attempts", "last_error")

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("layanan/<int:version>/", preview.service, "service"),
            ("formulir/<int:version>/", preview.form, "form"),
            ("tanda-terima/<int:version>/", preview.receipt, "receipt"),
            ("dokumen/<int:version>/", preview.papers, "papers"),
            ("dokumen/<int:version>/<uuid:key>/", preview.paper_pdf, "pdf"),
        )
        own = [
            path(address, _of_draft(self, view), name=f"permits_samplepaper_{name}")
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]


@admin.register(Trial)
class TrialAdmin(LookOnly):
    """Trial runs of drafts of standards."""

    offices = ("version__service__office",)
    list_display = ("version", "started_by", "started_at")
    list_select_related = ("version__service", "started_by")
    show_full_result_count = False
    fields = ("version", "started_by", "started_at")

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("jalan/<int:version>/", _of_draft(self, trial.page), name="permits_trial_page"),
            path(
                "hasil/<int:version>/", _of_draft(self, trial.papers), name="permits_trial_papers"
            ),
        ]
        return [*own, *super().get_urls()]
