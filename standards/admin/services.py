"""Services and regulations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import PortalAdmin, PortalTabular, StaysOnRow
from accounts.admin_scope import SHARED
from standards.admin.base import badge
from standards.models import ClosedKind, Publication, Regulation, Service
from standards.services.search_index import index_service


class ClosedKindInline(PortalTabular):
    model = ClosedKind
    extra = 0
    fields = ("kind", "closed_from", "note")
    verbose_name_plural = _("Jenis permohonan yang ditutup; jenis lainnya tetap dilayani")


class PublicationInline(PortalTabular):
    model = Publication
    extra = 0
    fields = ("channel", "place", "seen_on")
    limits: ClassVar = {"seen_on": {"back": 20, "ahead": 0}}
    verbose_name_plural = _("Media publikasi standar, selain halaman portal ini")


@admin.register(Service)
class ServiceAdmin(StaysOnRow):
    offices = ("office",)
    change_form_template = "admin/standards/service/change_form.html"
    list_display = ("name", "office", "kbli", "risk", "version_count")
    list_filter = ("office", "sector", "risk")
    search_fields = ("name", "keywords", "kbli__code", "kbli__title")
    list_select_related = ("office", "kbli")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    readonly_fields = ("version_list",)
    inlines = (ClosedKindInline, PublicationInline)
    fieldsets = (
        (None, {"fields": ("office", "name", "slug", "summary", "keywords", "sector")}),
        (
            _("Perizinan berbasis risiko"),
            {
                "fields": ("kbli", "risk"),
                "description": _("Kosongkan untuk layanan yang bukan perizinan usaha."),
            },
        ),
        (_("Penutupan"), {"fields": ("closed_from", "closed_note")}),
        (_("Standar pelayanan"), {"fields": ("version_list",)}),
    )

    def save_model(self, request: HttpRequest, obj: Service, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        index_service(obj.pk, on=timezone.localdate())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Service]:
        return super().get_queryset(request).annotate(version_total=Count("versions"))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.fieldsets[:-1]

    @admin.display(description=_("versi"), ordering="version_total")
    def version_count(self, service: Any) -> int:
        return int(service.version_total)

    @admin.display(description=_("versi standar"))
    def version_list(self, service: Service) -> SafeString | str:
        rows = [
            (
                reverse("admin:standards_standardversion_change", args=[version.pk]),
                version.number,
                version.get_status_display(),
            )
            for version in service.versions.all()
        ]
        if not rows:
            return gettext("Belum ada. Tekan Mulai standar pelayanan di kanan atas.")
        return format_html_join("", '<div><a href="{}">Versi {} ({})</a></div>', rows)


@admin.register(Regulation)
class RegulationAdmin(PortalAdmin):
    offices = SHARED
    list_display = ("title", "code", "state", "successor", "since", "citation_count")
    list_filter = ("status", "kind")
    list_select_related = ("successor",)
    search_fields = ("title", "code")
    autocomplete_fields = ("successor",)
    fieldsets = (
        (None, {"fields": ("title", "code", ("kind", "number", "year"))}),
        (_("Keadaan"), {"fields": ("status", "successor", "since")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Regulation]:
        return super().get_queryset(request).annotate(citation_total=Count("citations"))

    @admin.display(description=_("keadaan"), ordering="status")
    def state(self, regulation: Regulation) -> SafeString:
        return badge("good" if regulation.stands else "late", regulation.get_status_display())

    @admin.display(description=_("dikutip"), ordering="citation_total")
    def citation_count(self, regulation: Any) -> int:
        return int(regulation.citation_total)
