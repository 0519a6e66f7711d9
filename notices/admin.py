"""Admin of the outbox, of message templates and of quiet hours.

The text of a sent message is not shown, because it may contain a secret link.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import LookOnly, PortalAdmin, without_popups
from notices import kinds, wording
from notices.models import MessageHours, MessageTemplate, Notice, Shape
from notices.services import enqueue_again


@admin.register(Notice)
class NoticeAdmin(LookOnly):
    offices = ("office",)
    list_display = (
        "created_at",
        "kind_name",
        "channel",
        "address",
        "job_status",
        "sent_at",
        "attempts",
        "last_error",
    )
    list_filter = ("job_status", "channel", "template", "office")
    search_fields = ("address", "about")
    date_hierarchy = "created_at"
    actions = ("resend",)
    fields = (
        "created_at",
        "kind_name",
        "channel",
        "address",
        "office",
        "about",
        "job_status",
        "sent_at",
        "read_at",
        "gathered_in",
        "next_try_at",
        "attempts",
        "last_error",
        "message_id",
        "resent_by",
        "resent_at",
    )

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("notices.change_notice"))

    @admin.display(description=_("jenis pesan"), ordering="template")
    def kind_name(self, notice: Notice) -> str:
        kind = kinds.find(notice.template)
        return str(kind.name) if kind else notice.template

    @admin.action(description=_("Kirim ulang yang gagal"), permissions=["resend"])
    def resend(self, request: HttpRequest, chosen: QuerySet[Notice]) -> None:
        """Enqueue the failed messages again and record the user."""
        at, resent = timezone.now(), 0
        for notice in chosen:
            if enqueue_again(notice, actor=request.user, at=at):  # type: ignore[arg-type]
                self.log_change(request, notice, gettext("Diminta kirim ulang."))
                resent += 1
        summary = ngettext("%(n)s pesan dikirim ulang.", "%(n)s pesan dikirim ulang.", resent) % {
            "n": resent
        }
        self.message_user(request, summary, messages.SUCCESS if resent else messages.WARNING)


class MessageTemplateForm(forms.ModelForm):
    """Template of an office; the model validates it."""

    class Meta:
        model = MessageTemplate
        fields = ("kind", "language", "shape", "office", "subject", "body", "in_use")
        widgets = {"body": forms.Textarea(attrs={"rows": 16, "cols": 80})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "office" in self.fields:
            without_popups(self.fields["office"])


@admin.register(MessageTemplate)
class MessageTemplateAdmin(PortalAdmin):
    form = MessageTemplateForm
    offices = ("office",)
    shared_rows = Q(office=None)
    limits: ClassVar = {"subject": {"printed": False}, "body": {"printed": False}}
    list_display = ("kind", "language", "shape", "office", "in_use")
    list_filter = ("kind", "language", "shape", "in_use", "office")
    list_select_related = ("office",)
    change_form_template = "admin/notices/messagetemplate/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.preview)
        name = "notices_messagetemplate_preview"
        return [path("<int:pk>/pratinjau/", page, name=name), *super().get_urls()]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Prefill the default template when a kind is selected."""
        given: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        kind = kinds.find(str(given.get("kind", "")))
        if kind is not None and given.get("shape", Shape.LETTER) == Shape.LETTER:
            language = "en" if given.get("language") == "en" else "id"
            default = wording.default(kind, language)
            given = {"subject": default.subject, "body": default.text, **given}
        return given

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        row = self.get_object(request, object_id) if object_id else None
        code = row.kind if row else request.POST.get("kind") or request.GET.get("kind", "")
        more = {"message_kind": kinds.find(code), "message_kinds": [] if row else kinds.every()}
        return super().changeform_view(
            request, object_id, form_url, {**(extra_context or {}), **more}
        )

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Render the template with sample values."""
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "row": row,
            "title": gettext("Pratinjau"),
            "words": wording.preview(row),
        }
        return TemplateResponse(request, "admin/notices/messagetemplate/preview.html", context)


@admin.register(MessageHours)
class MessageHoursAdmin(PortalAdmin):
    offices = ("office",)
    list_display = ("office", "quiet_from", "quiet_until", "digest_at")
    list_select_related = ("office",)
    fieldsets = (
        (
            None,
            {
                "fields": ("office", ("quiet_from", "quiet_until"), "digest_at"),
                "description": _(
                    "Dalam jam tenang, pesan yang dapat menunggu baru dikirim sesudahnya. Pesan "
                    "mendesak dan surat akun (kata sandi, pendaftaran) tetap dikirim. Rangkuman "
                    "harian hanya untuk orang yang memilihnya."
                ),
            },
        ),
    )
