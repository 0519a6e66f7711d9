"""Maklumat pelayanan and public consultations, each with a paper as evidence."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import PortalAdmin
from accounts.models import Office
from documents.serving import refuse_closed, serve_private_file
from standards.admin.base import badge, person_of, whole_number
from standards.forms.publicity import ConsultationForm, PledgeForm, ProofForm
from standards.models import OfficeProof, PublicConsultation, ServicePledge, StandardVersion
from standards.services.publicity import keep_document
from workflow.domain.errors import DomainError
from workflow.refusals import sentence


class WithDocument(PortalAdmin):
    """A page whose rows have a paper, named in ``document_field``; only administrators open it."""

    document_field: ClassVar[str]

    def office_of(self, row: Any) -> Office:
        """Return the office to which the paper of ``row`` belongs."""
        office: Office = row.office
        return office

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the paper."""
        own = path(
            "<path:object_id>/berkas/",
            self.admin_site.admin_view(self.document_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_berkas",
        )
        return [own, *super().get_urls()]

    def document_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Serve the paper of one row of the administrator's offices."""
        row = get_object_or_404(self.get_queryset(request), pk=whole_number(object_id))
        found = getattr(row, self.document_field)
        if found is None or not self.has_view_permission(request, row):
            raise Http404
        return refuse_closed(request, found) or serve_private_file(
            request, found.file, content_type=found.content_type, name=found.original_name
        )

    @admin.display(description=_("dokumen tersimpan"))
    def stored(self, row: Any) -> SafeString | str:
        """Return a link to the paper, and its state while it may not be opened."""
        found = getattr(row, self.document_field)
        if found is None:
            return "-"
        name = f"{self.opts.app_label}_{self.opts.model_name}_berkas"
        address = reverse(f"admin:{name}", args=[row.pk])
        return format_html(
            '<a href="{}">{}</a> {}', address, found.original_name, found.closed_because
        )

    def keep_upload(self, request: HttpRequest, row: Any, form: Any) -> None:
        """Store the paper that was uploaded and name it in the row. Raises ``DomainError``."""
        checked = form.cleaned_data.get("upload")
        if checked is not None:
            kept = keep_document(
                self.office_of(row), checked, actor=person_of(request), at=timezone.now()
            )
            setattr(row, self.document_field, kept)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refusals of a service become a message instead of an error page."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DomainError as error:
            messages.error(request, sentence(error))
            return HttpResponseRedirect(request.get_full_path())


@admin.register(ServicePledge)
class ServicePledgeAdmin(WithDocument):
    """Versions of the maklumat: closed once set, except where it hangs and when it was reviewed."""

    form = PledgeForm
    document_field = "document"
    offices = ("office",)
    list_display = ("office", "number", "state", "effective_on", "signed_by", "reviewed_on")
    list_display_links = ("number",)
    list_filter = ("office", "status")
    list_select_related = ("office",)
    limits: ClassVar = {
        "signed_on": {"back": 20, "ahead": 0},
        "effective_on": {"back": 20, "ahead": 1},
        "reviewed_on": {"back": 20, "ahead": 0},
    }
    closed = (
        "office", "text", "decree", "signed_on", "signed_by", "signed_by_position",
        "signed_by_number", "effective_on", "status",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("office", "text")}),
        (
            _("Penetapan"),
            {
                "fields": (
                    "decree", "signed_on", "signed_by", "signed_by_position", "signed_by_number",
                    "effective_on", "status",
                ),
                "description": _(
                    "Sesudah ditetapkan, bagian ini dan isinya tidak dapat diubah lagi; perubahan "
                    "menjadi versi baru."
                ),
            },
        ),
        (
            _("Pengumuman dan peninjauan"),
            {"fields": ("places", "reviewed_on", "stored", "upload")},
        ),
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        closed = self.closed if obj is not None and obj.is_published else ()
        return (*closed, "stored")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        set_already = obj is not None and obj.is_published
        return not set_already and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}  # the database refuses to delete what was set

    @admin.display(description=_("keadaan"), ordering="status")
    def state(self, row: ServicePledge) -> SafeString:
        return badge("good" if row.is_published else "neutral", row.get_status_display())

    def save_model(self, request: HttpRequest, obj: ServicePledge, form: Any, change: bool) -> None:
        with transaction.atomic():
            if not change:
                Office.objects.select_for_update().get(pk=obj.office_id)
                latest = ServicePledge.objects.filter(office=obj.office).order_by("-number").first()
                obj.number = latest.number + 1 if latest else 1
            self.keep_upload(request, obj, form)
            super().save_model(request, obj, form, change)


@admin.register(PublicConsultation)
class PublicConsultationAdmin(WithDocument):
    """Forums with the public: day, who was invited, who came, what came of it, the minutes."""

    form = ConsultationForm
    document_field = "minutes"
    offices = ("office",)
    list_display = ("held_on", "topic", "office", "attendance", "has_minutes")
    list_display_links = ("topic",)
    list_filter = ("office",)
    list_select_related = ("office",)
    search_fields = ("topic",)
    date_hierarchy = "held_on"
    readonly_fields = ("stored",)
    limits: ClassVar = {"held_on": {"back": 20, "ahead": 0}}
    fields = (
        "office", "held_on", "place", "topic", "versions", "groups", "attendance", "outcome",
        "stored", "upload",
    )  # fmt: skip

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        """Offer the versions of the administrator's offices as boxes to tick."""
        kwargs["widget"] = forms.CheckboxSelectMultiple()
        kwargs["queryset"] = StandardVersion.objects.select_related("service").order_by(
            "service__office", "service__name", "-number"
        )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("berita acara"), boolean=True)
    def has_minutes(self, row: PublicConsultation) -> bool:
        return row.minutes_id is not None

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublicConsultation]:
        return super().get_queryset(request).select_related("minutes")

    def save_model(
        self, request: HttpRequest, obj: PublicConsultation, form: Any, change: bool
    ) -> None:
        self.keep_upload(request, obj, form)
        super().save_model(request, obj, form, change)


@admin.register(OfficeProof)
class OfficeProofAdmin(WithDocument):
    """Decrees and photos of an office for the yearly evaluation, each with its paper."""

    form = ProofForm
    document_field = "document"
    offices = ("office",)
    list_display = ("title", "kind", "office", "dated_on")
    list_filter = ("office", "kind")
    list_select_related = ("office",)
    readonly_fields = ("stored",)
    limits: ClassVar = {"dated_on": {"back": 20, "ahead": 0}}
    fields = ("office", "kind", "title", "dated_on", "stored", "upload")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OfficeProof]:
        return super().get_queryset(request).select_related("document")

    def save_model(self, request: HttpRequest, obj: OfficeProof, form: Any, change: bool) -> None:
        self.keep_upload(request, obj, form)
        super().save_model(request, obj, form, change)
