"""Versions of standards: a draft is edited on one page and published by name."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import without_popups
from standards import policies
from standards.admin.base import badge, person_of
from standards.admin.comparing import ComparesVersions
from standards.admin.files import FilePages
from standards.admin.publishing import Publishes
from standards.admin.requirement_tables import RequirementTables
from standards.admin.sections import SectionPages
from standards.admin.version_lists import (
    BUILT_IN,
    CERTIFICATE,
    LISTS,
    PRINT,
    PROMISE,
    REFUSAL,
    SECTIONS,
)
from standards.forms.built_in import VersionForm, VersionStartForm
from standards.models import StandardVersion
from standards.proposals import is_outdated, open_proposal
from standards.services import built_in, drafting, linting, publishing


@admin.register(StandardVersion)
class StandardVersionAdmin(SectionPages, FilePages, RequirementTables, Publishes, ComparesVersions):
    """Versions of standards.

    Why so many: the administration of Django calls one method for each hook and column.
    """

    offices = ("service__office",)
    change_form_template = "admin/standards/standardversion/change_form.html"
    list_display = ("title", "office", "number", "standing", "effective_on", "published_at")
    list_display_links = ("title",)
    list_filter = ("status", "service__office")
    search_fields = ("service__name", "decree", "product")
    list_select_related = ("service__office",)
    actions = ("publish_selected",)
    limits: ClassVar = {
        "effective_on": {"back": 20, "ahead": 5},
        "decreed_on": {"back": 30, "ahead": 1},
    }
    inlines = LISTS
    sections = SECTIONS
    readonly_fields = (
        "service",
        "number",
        "status",
        "published_at",
        "publisher",
        "corrects",
        "digest",
        "integrity",
    )
    _head = (
        None,
        {
            "fields": (("service", "number", "status"), "effective_on"),
            "description": _(
                "Versi berlaku sejak tanggal ini sampai ada versi lain yang berlaku. Permohonan "
                "yang sudah diterima tetap memakai versi lamanya."
            ),
        },
    )
    _seal = (
        _("Penetapan di portal"),
        {"fields": (("published_at", "publisher"), "corrects", "digest", "integrity")},
    )

    @admin.display(description=_("Ditetapkan oleh"))
    def publisher(self, version: StandardVersion) -> str:
        """Who has published it; empty for loaded standards."""
        return str(version.published_by or "-")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StandardVersion]:
        """Each version with the one of its service that is in force today."""
        current = (
            StandardVersion.objects.published()
            .filter(service=OuterRef("service"), effective_on__lte=timezone.localdate())
            .order_by("-effective_on")
            .values("pk")[:1]
        )
        return (
            super()
            .get_queryset(request)
            .annotate(
                current=Subquery(current),
                corrected=Exists(StandardVersion.objects.filter(corrects=OuterRef("pk"))),
            )
        )

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = VersionStartForm
            form = super().get_form(request, obj, change, **kwargs)
            without_popups(form.base_fields["service"])
            return form
        section = self.section_of(request)
        kwargs.setdefault("form", (section.form or ModelForm) if section else VersionForm)
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ((None, {"fields": ("service",)}),)
        section = self.section_of(request)
        seal = (self._seal,) if obj.is_published else ()
        whole = (self._head, *seal, PROMISE, BUILT_IN, CERTIFICATE, REFUSAL, PRINT)
        shown = section.fieldsets if section else whole
        if self.has_change_permission(request, obj):
            return shown
        return [part for part in shown if not _is_typed_only(part)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"service": request.GET.get("service", "")}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new draft is begun by the service: with its 14 components and the next number."""
        if change:
            super().save_model(request, obj, form, change)
            return
        draft = drafting.start_draft(obj.service, actor=person_of(request), at=timezone.now())
        obj.pk, obj.number = draft.pk, draft.number

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What is ticked is written last, so that it holds against the rows below."""
        super().save_related(request, form, formsets, change)
        if isinstance(form, VersionForm):
            built_in.set_built_in(
                form.instance,
                form.kinds(),
                represented=form.ticked("represented"),
                previous=form.ticked("previous"),
                holder=form.ticked("holder"),
            )

    def get_urls(self) -> list[URLPattern]:
        own = [
            self.button("tetapkan", self.publish_view),
            self.button("konsep-baru", self.copy_view),
            self.button("perbandingan", self.compare_view),
        ]
        return own + self.section_urls() + self.file_urls() + self.table_urls() + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Say on the page itself what is still missing and which buttons there are."""
        version = self.get_object(request, object_id)
        shown: dict[str, Any] = {}
        if version is not None:
            proposal = open_proposal(version)
            section = self.section_of(request)
            shown = {
                "section": section,
                "outline": self.outline(version, section),
                "procedures": [link.procedure for link in version.procedure_links.all()],
                "report": linting.lint(version, timezone.now()),
                "may_publish": policies.may_publish_version(person_of(request), version),
                "open_proposal": proposal,
                "outdated": proposal is not None and is_outdated(proposal),
                "may_import": policies.may_import(person_of(request)),
                "may_copy": policies.may_copy_version(person_of(request), version),
            }
            if section is not None:
                shown |= {"title": section.title, "show_delete": False}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.copy(
            request,
            object_id,
            policies.may_copy_version,
            drafting.new_draft,
            gettext("Konsep baru dibuat dari versi ini. Isi tanggal mulai berlakunya."),
        )

    @admin.display(description=_("jenis pelayanan"), ordering="service__name")
    def title(self, version: StandardVersion) -> str:
        return version.service.name

    @admin.display(description=_("unit penyelenggara"), ordering="service__office")
    def office(self, version: StandardVersion) -> str:
        return version.service.office.short_name

    @admin.display(description=_("keadaan"), ordering="status")
    def standing(self, version: Any) -> SafeString:
        return badge(*_standing(version))

    @admin.display(description=_("pemeriksaan sidik"))
    def integrity(self, version: StandardVersion) -> SafeString:
        if publishing.is_intact(version):
            return badge("good", gettext("Cocok: isinya sama dengan saat ditetapkan."))
        return badge("late", gettext("Tidak cocok: isinya berubah di luar portal."))


def _is_typed_only(part: Any) -> bool:
    """Whether a part of the page has no columns to be read: ticks, and where lists are pasted."""
    fields = flatten_fieldsets((part,))
    return "pasted" in fields or "represented" in fields


def _standing(version: Any) -> tuple[str, str]:
    if not version.is_published:
        return "attention", gettext("Konsep")
    if version.current == version.pk:
        return "good", gettext("Berlaku")
    if version.corrected:
        return "neutral", gettext("Dikoreksi sebelum dipakai")
    if version.effective_on > timezone.localdate():
        return "neutral", gettext("Akan berlaku")
    return "neutral", gettext("Digantikan")
