"""Versions of standards: a draft is edited on one page and published by name."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import PortalStacked, PortalTabular
from accounts.ordering import OrderedFormSet
from standards import policies
from standards.admin.base import Below, FreezableAdmin, badge, person_of, whole_number
from standards.forms import drafts
from standards.models import (
    Fee,
    FormField,
    LegalBasis,
    Procedure,
    Question,
    Requirement,
    RequirementGroup,
    StandardComponent,
    StandardVersion,
    VersionProcedure,
)
from standards.services import drafting, publishing
from workflow.domain.errors import DomainError
from workflow.refusals import sentence


class FeeInline(Below, PortalTabular):
    model = Fee
    form = drafts.FeeForm
    formset = OrderedFormSet
    verbose_name_plural = _("Tarif (layanan gratis: satu baris Rp 0)")


class ProcedureLinkInline(Below, PortalTabular):
    model = VersionProcedure
    form = drafts.ProcedureLinkForm
    formset = OrderedFormSet
    limited: ClassVar = {
        "procedure": lambda version: Procedure.objects.filter(office=version.service.office_id)
    }
    verbose_name_plural = _("Prosedur (SOP) yang dipakai; baris pertama adalah yang biasa")


class ComponentInline(Below, PortalStacked):
    model = StandardComponent
    limits: ClassVar = {"body": {"printed": False}}  # shown on pages only
    form = drafts.ComponentForm
    fields = (("order", "printed_number", "title"), "body")
    verbose_name_plural = _("Empat belas komponen standar pelayanan")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a draft begins with all of them

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class QuestionInline(Below, PortalStacked):
    model = Question
    form = drafts.QuestionForm
    formset = drafts.KeyedFormSet
    fields = (("order", "text"), ("asked_if", "key"), "help_text")
    limited: ClassVar = {"asked_if": lambda version: version.questions.all()}
    verbose_name_plural = _("Pertanyaan penentu (ya/tidak) bagi pemohon")


class GroupInline(Below, PortalStacked):
    model = RequirementGroup
    form = drafts.GroupForm
    formset = OrderedFormSet
    fields = (("order", "printed_number", "title"), "lead", ("question", "applies_when"))
    limited: ClassVar = {"question": lambda version: version.questions.all()}
    verbose_name_plural = _("Kelompok persyaratan (umum, khusus)")


class RequirementInline(Below, PortalStacked):
    model = Requirement
    form = drafts.RequirementForm
    formset = drafts.RequirementFormSet
    fields = (
        ("order", "printed_number", "kind", "mandatory"),
        "text",
        ("group", "parent"),
        ("question", "applies_when"),
        "help_text",
    )
    limited: ClassVar = {
        "group": lambda version: version.requirement_groups.all(),
        "parent": lambda version: version.requirements.all(),
        "question": lambda version: version.questions.all(),
    }
    verbose_name_plural = _("Persyaratan")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        group = formset.form.base_fields.get("group")
        if group is not None:
            group.initial = obj.requirement_groups.values_list("pk", flat=True).first()
        return formset


class FormFieldInline(Below, PortalStacked):
    model = FormField
    form = drafts.FormFieldForm
    formset = drafts.KeyedFormSet
    fields = (
        ("order", "label", "kind"),
        ("required", "on_certificate"),
        "help_text",
        "choices_text",
        "key",
    )
    verbose_name_plural = _("Isian formulir (selain data pemegang izin)")


class LegalBasisInline(Below, PortalTabular):
    model = LegalBasis
    form = drafts.LegalBasisForm
    formset = drafts.LegalBasisFormSet
    popups = ("regulation",)
    verbose_name_plural = _("Dasar hukum, satu baris satu peraturan")


@admin.register(StandardVersion)
class StandardVersionAdmin(FreezableAdmin):
    """Versions of standards.

    Why so many: the administration of Django calls one method for each hook and column.
    """

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
    inlines = (
        FeeInline,
        ProcedureLinkInline,
        ComponentInline,
        QuestionInline,
        GroupInline,
        RequirementInline,
        FormFieldInline,
        LegalBasisInline,
    )
    readonly_fields = (
        "service",
        "number",
        "status",
        "published_at",
        "publisher",
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
    _promise = (
        _("Janji layanan"),
        {"fields": (("term_amount", "term_unit"), "target_amount", "product")},
    )
    _certificate = (
        _("Dokumen izin"),
        {
            "fields": (
                "certificate_title",
                "certificate_statement",
                "number_pattern",
                "validity_months",
            ),
            "description": _(
                "Pola nomor memakai {nomor:04} untuk nomor urut, {bulan} atau {bulan_romawi}, dan "
                "{tahun}; selebihnya tercetak apa adanya."
            ),
        },
    )
    _print = (
        _("Naskah tercetak dan penetapan"),
        {
            "fields": (
                "heading",
                "preamble",
                "decree",
                ("decreed_on", "decreed_at_place"),
                ("decreed_by", "decreed_by_rank", "decreed_by_number"),
            ),
            "classes": ("collapse",),
        },
    )
    _seal = (
        _("Penetapan di portal"),
        {"fields": (("published_at", "publisher"), "digest", "integrity")},
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
        return super().get_queryset(request).annotate(current=Subquery(current))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            return drafts.VersionStartForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ((None, {"fields": ("service",)}),)
        seal = (self._seal,) if obj.is_published else ()
        return (self._head, *seal, self._promise, self._certificate, self._print)

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

    def get_urls(self) -> list[URLPattern]:
        own = [
            self.button("tetapkan", self.publish_view),
            self.button("konsep-baru", self.copy_view),
        ]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Say on the page itself what is still missing and which buttons there are."""
        version = self.get_object(request, object_id)
        shown: dict[str, Any] = {}
        if version is not None:
            shown = {
                "faults": [] if version.is_published else publishing.faults(version),
                "warnings": publishing.warnings(version, timezone.now()),
                "may_publish": policies.may_publish_version(person_of(request), version),
                "may_copy": policies.may_copy_version(person_of(request), version),
            }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask once more, then publish."""
        version = get_object_or_404(StandardVersion, pk=whole_number(object_id))
        verdict = policies.may_publish_version(person_of(request), version)
        if not verdict:
            messages.error(request, sentence(verdict.reason))
            return HttpResponseRedirect(self.page_of(version))
        if request.method == "POST":
            self._publish(request, version)
            return HttpResponseRedirect(self.page_of(version))
        return self._confirm(request, [version], self.page_of(version))

    @admin.action(description=_("Tetapkan standar yang dipilih"), permissions=["publish"])
    def publish_selected(
        self, request: HttpRequest, queryset: QuerySet[StandardVersion]
    ) -> HttpResponse | None:
        """The same for several: the complete ones are published, the others say what is missing."""
        chosen = queryset.select_related("service__office")
        if "confirmed" not in request.POST:
            return self._confirm(request, list(chosen), "")
        for version in chosen:
            self._publish(request, version)
        return None

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("standards.publish_standardversion")

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.copy(
            request,
            object_id,
            policies.may_copy_version,
            drafting.new_draft,
            gettext("Konsep baru dibuat dari versi ini. Isi tanggal mulai berlakunya."),
        )

    def _publish(self, request: HttpRequest, version: StandardVersion) -> None:
        try:
            publishing.publish_version(version, actor=person_of(request), at=timezone.now())
        except DomainError as error:
            messages.error(request, f"{version.service}: {sentence(error)}")
            return
        done = gettext("%(version)s ditetapkan dan tidak dapat diubah lagi.")
        self.log_change(request, version, gettext("Standar ditetapkan."))
        messages.success(request, done % {"version": f"{version.service} versi {version.number}"})

    def _confirm(
        self, request: HttpRequest, versions: list[StandardVersion], back_url: str
    ) -> HttpResponse:
        now = timezone.now()
        subjects = [
            {
                "version": version,
                "url": self.page_of(version),
                "faults": [sentence("standard_published")]
                if version.is_published
                else publishing.faults(version),
                "warnings": publishing.warnings(version, now),
                "procedures": [str(link.procedure) for link in version.procedure_links.all()],
                "requirements": version.requirements.count(),
                "replaced": publishing.replaces(version),
            }
            for version in versions
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Tetapkan standar pelayanan"),
            "opts": self.opts,
            "subjects": subjects,
            "ready": [subject for subject in subjects if not subject["faults"]],
            "back_url": back_url or reverse("admin:standards_standardversion_changelist"),
            "is_action": not back_url,
        }
        template = "admin/standards/standardversion/publish.html"
        return TemplateResponse(request, template, context)

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


def _standing(version: Any) -> tuple[str, str]:
    if not version.is_published:
        return "attention", gettext("Konsep")
    if version.current == version.pk:
        return "good", gettext("Berlaku")
    if version.effective_on > timezone.localdate():
        return "neutral", gettext("Akan berlaku")
    return "neutral", gettext("Digantikan")
