"""Making standards: a draft is edited on one page, published by name, and never touched again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Verdict
from accounts.admin import offer, stay, without_popups
from accounts.models import Position, User
from accounts.ordering import OrderedFormSet
from standards import policies
from standards.forms import drafts
from standards.models import (
    Evaluation,
    Fee,
    FormField,
    Kbli,
    LegalBasis,
    Procedure,
    ProcedureRole,
    Question,
    Regulation,
    Requirement,
    RequirementGroup,
    Service,
    SopStep,
    StandardComponent,
    StandardVersion,
    VersionProcedure,
)
from standards.services import drafting, evaluation, publishing
from workflow.domain.errors import DomainError
from workflow.refusals import sentence


def _person(request: HttpRequest) -> User:
    """Whoever reached an administration page is signed in."""
    return cast(User, request.user)


def _is_frozen(row: Any) -> bool:
    if isinstance(row, StandardVersion):
        return row.is_published
    return isinstance(row, Procedure) and row.published_at is not None


class FreezableAdmin(admin.ModelAdmin):
    """A page that closes for good: what is frozen can be read, and nothing else."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_frozen(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_frozen(obj)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Hold the row while it is edited, so that nobody publishes it in the same moment."""
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            self.model._default_manager.select_for_update().filter(pk=unquote(object_id)).first()
        return super().get_object(request, object_id, from_field)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """What hangs below a row can be entered once the row is there."""
        return self.inlines if obj else ()

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        return stay(self, request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        """Saving stays on the page: a standard is entered in many sittings."""
        messages.success(request, gettext("Tersimpan."))
        return HttpResponseRedirect(request.path)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kw: Any) -> Any:
        context.update(show_save_and_continue=False, show_save_and_add_another=False)
        return super().render_change_form(request, context, *args, **kw)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refusals of a service become a message instead of an error page."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DomainError as error:
            messages.error(request, sentence(error))
            return HttpResponseRedirect(request.get_full_path())

    def button(self, name: str, view: Callable[..., HttpResponse]) -> URLPattern:
        """Return the address ``<pk>/<name>/`` of a page or button of one row."""
        return path(
            f"<path:object_id>/{name}/", self.admin_site.admin_view(view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_{name.replace('-', '_')}",
        )  # fmt: skip

    def copy(
        self,
        request: HttpRequest,
        object_id: str,
        may: Callable[..., Verdict],
        make: Callable[..., Any],
        done: str,
    ) -> HttpResponse:
        """Answer a button that makes a copy: go on at the copy, or say why there is none."""
        original = get_object_or_404(self.model, pk=_whole(object_id))
        landing = original
        verdict = may(_person(request), original)
        if request.method != "POST":
            pass
        elif not verdict:
            messages.error(request, sentence(verdict.reason))
        else:
            try:
                landing = make(original, actor=_person(request), at=timezone.now())
            except DomainError as error:
                messages.error(request, sentence(error))
            else:
                self.log_addition(request, landing, done)
                messages.success(request, done)
        return HttpResponseRedirect(self.page_of(landing))

    def page_of(self, row: Any) -> str:
        """Return the address of the page of ``row``."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])


def _whole(object_id: str) -> int:
    try:
        return int(unquote(object_id))
    except ValueError as error:
        raise Http404 from error


class Below:
    """Rows below a version or procedure: whoever may edit that page may edit them."""

    extra = 0
    classes: Sequence[str] | None = ("collapse",)
    limited: ClassVar[dict[str, Callable[[Any], QuerySet[Any]]]] = {}
    popups: tuple[str, ...] = ()  # fields beside which a new row may be made in a small window

    def _may_edit(self, request: HttpRequest, obj: Any) -> bool:
        label = f"standards.change_{obj._meta.model_name}" if obj else ""
        return bool(obj) and not _is_frozen(obj) and request.user.has_perm(label)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the page itself asks

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Choices stay within the page: nothing can point into another version or office."""
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        for name, rows in self.limited.items():
            offer(formset.form, name, rows(obj))
        for name, field in formset.form.base_fields.items():
            without_popups(field)
            if name in self.popups:
                field.widget.can_add_related = True
        return formset


class FeeInline(Below, admin.TabularInline):
    model = Fee
    form = drafts.FeeForm
    formset = OrderedFormSet
    verbose_name_plural = _("Tarif (layanan gratis: satu baris Rp 0)")


class ProcedureLinkInline(Below, admin.TabularInline):
    model = VersionProcedure
    form = drafts.ProcedureLinkForm
    formset = OrderedFormSet
    limited: ClassVar = {
        "procedure": lambda version: Procedure.objects.filter(office=version.service.office_id)
    }
    verbose_name_plural = _("Prosedur (SOP) yang dipakai; baris pertama adalah yang biasa")


class ComponentInline(Below, admin.StackedInline):
    model = StandardComponent
    form = drafts.ComponentForm
    fields = (("order", "printed_number", "title"), "body")
    verbose_name_plural = _("Empat belas komponen standar pelayanan")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a draft begins with all of them

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class QuestionInline(Below, admin.StackedInline):
    model = Question
    form = drafts.QuestionForm
    formset = drafts.KeyedFormSet
    fields = (("order", "text"), ("asked_if", "key"), "help_text")
    limited: ClassVar = {"asked_if": lambda version: version.questions.all()}
    verbose_name_plural = _("Pertanyaan penentu (ya/tidak) bagi pemohon")


class GroupInline(Below, admin.StackedInline):
    model = RequirementGroup
    form = drafts.GroupForm
    formset = OrderedFormSet
    fields = (("order", "printed_number", "title"), "lead", ("question", "applies_when"))
    limited: ClassVar = {"question": lambda version: version.questions.all()}
    verbose_name_plural = _("Kelompok persyaratan (umum, khusus)")


class RequirementInline(Below, admin.StackedInline):
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


class FormFieldInline(Below, admin.StackedInline):
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


class LegalBasisInline(Below, admin.TabularInline):
    model = LegalBasis
    form = drafts.LegalBasisForm
    formset = drafts.LegalBasisFormSet
    popups = ("regulation",)
    verbose_name_plural = _("Dasar hukum, satu baris satu peraturan")


class RoleInline(Below, admin.TabularInline):
    model = ProcedureRole
    form = drafts.RoleForm
    formset = OrderedFormSet
    limited: ClassVar = {
        "position": lambda procedure: Position.objects.filter(office=procedure.office_id)
    }
    verbose_name_plural = _("Pelaksana: kolom-kolom tabel SOP")


class StepInline(Below, admin.StackedInline):
    model = SopStep
    form = drafts.StepForm
    formset = drafts.NumberedFormSet
    fields = (
        ("order", "printed_number", "kind"),
        "activity",
        ("role", "recorded_by", "returns_to"),
        ("standard_amount", "standard_unit", "standard_text"),
        ("completeness", "output"),
        ("optional", "condition", "remark"),
    )
    limited: ClassVar = {
        "role": lambda procedure: procedure.roles.all(),
        "recorded_by": lambda procedure: procedure.roles.all(),
        "returns_to": lambda procedure: procedure.steps.all(),
    }
    verbose_name_plural = _("Langkah SOP (simpan pelaksana lebih dahulu)")


@admin.register(StandardVersion)
class StandardVersionAdmin(FreezableAdmin):
    """Versions of standards."""

    change_form_template = "admin/standards/standardversion/change_form.html"
    list_display = ("title", "office", "number", "standing", "effective_on", "published_at")
    list_display_links = ("title",)
    list_filter = ("status", "service__office")
    search_fields = ("service__name", "decree", "product")
    list_select_related = ("service__office",)
    actions = ("publish_selected",)
    inlines = (
        FeeInline, ProcedureLinkInline, ComponentInline, QuestionInline, GroupInline,
        RequirementInline, FormFieldInline, LegalBasisInline,
    )  # fmt: skip
    readonly_fields = (
        "service", "number", "status", "published_at", "publisher", "digest", "integrity",
    )  # fmt: skip
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
                "certificate_title", "certificate_statement", "number_pattern", "validity_months",
            ),
            "description": _(
                "Pola nomor memakai {nomor:04} untuk nomor urut, {bulan} atau {bulan_romawi}, dan "
                "{tahun}; selebihnya tercetak apa adanya."
            ),
        },
    )  # fmt: skip
    _print = (
        _("Naskah tercetak dan penetapan"),
        {
            "fields": (
                "heading", "preamble", "decree", ("decreed_on", "decreed_at_place"),
                ("decreed_by", "decreed_by_rank", "decreed_by_number"),
            ),
            "classes": ("collapse",),
        },
    )  # fmt: skip
    _seal = (
        _("Penetapan di portal"),
        {"fields": (("published_at", "publisher"), "digest", "integrity")},
    )

    @admin.display(description=_("Ditetapkan oleh"))
    def publisher(self, version: StandardVersion) -> str:
        """Who has published it; loaded standards name nobody."""
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
        draft = drafting.start_draft(obj.service, actor=_person(request), at=timezone.now())
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
                "warnings": publishing.warnings(version, timezone.localdate()),
                "may_publish": policies.may_publish_version(_person(request), version),
                "may_copy": policies.may_copy_version(_person(request), version),
            }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask once more, then publish."""
        version = get_object_or_404(StandardVersion, pk=_whole(object_id))
        verdict = policies.may_publish_version(_person(request), version)
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
            request, object_id, policies.may_copy_version, drafting.new_draft,
            gettext("Konsep baru dibuat dari versi ini. Isi tanggal mulai berlakunya."),
        )  # fmt: skip

    def _publish(self, request: HttpRequest, version: StandardVersion) -> None:
        try:
            publishing.publish_version(version, actor=_person(request), at=timezone.now())
        except DomainError as error:
            messages.error(request, f"{version.service}: {sentence(error)}")
            return
        done = gettext("%(version)s ditetapkan dan tidak dapat diubah lagi.")
        self.log_change(request, version, gettext("Standar ditetapkan."))
        messages.success(request, done % {"version": f"{version.service} versi {version.number}"})

    def _confirm(
        self, request: HttpRequest, versions: list[StandardVersion], back_url: str
    ) -> HttpResponse:
        today = timezone.localdate()
        subjects = [
            {
                "version": version,
                "url": self.page_of(version),
                "faults": [sentence("standard_published")]
                if version.is_published
                else publishing.faults(version),
                "warnings": publishing.warnings(version, today),
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
        return _badge(*_standing(version))

    @admin.display(description=_("pemeriksaan sidik"))
    def integrity(self, version: StandardVersion) -> SafeString:
        if publishing.is_intact(version):
            return _badge("good", gettext("Cocok: isinya sama dengan saat ditetapkan."))
        return _badge("late", gettext("Tidak cocok: isinya berubah di luar portal."))


def _standing(version: Any) -> tuple[str, str]:
    if not version.is_published:
        return "attention", gettext("Konsep")
    if version.current == version.pk:
        return "good", gettext("Berlaku")
    if version.effective_on > timezone.localdate():
        return "neutral", gettext("Akan berlaku")
    return "neutral", gettext("Digantikan")


def _badge(meaning: str, label: str) -> SafeString:
    return format_html('<span class="state state--{}">{}</span>', meaning, label)


@admin.register(Procedure)
class ProcedureAdmin(FreezableAdmin):
    """SOPs. Frozen with the first published standard that uses them; copied to be changed."""

    change_form_template = "admin/standards/procedure/change_form.html"
    list_display = ("name", "office", "sop_number", "state", "provisional", "used_by")
    list_filter = ("office", ("published_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "sop_number", "code")
    list_select_related = ("office",)
    prepopulated_fields: ClassVar = {"code": ("name",)}
    inlines = (RoleInline, StepInline)
    fieldsets = (
        (None, {"fields": ("office", "name", "code", "sop_number", "total_text")}),
        (
            _("Alur sementara"),
            {"fields": ("provisional_reason",), "classes": ("collapse",)},
        ),
        (_("Riwayat"), {"fields": ("published_at", "original")}),
    )
    readonly_fields = ("published_at", "original")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Procedure]:
        used = Count("version_links", filter=Q(version_links__version__status="ditetapkan"))
        return super().get_queryset(request).annotate(used=used)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The columns name posts of one office: a procedure cannot move to another."""
        return (*self.readonly_fields, "office") if obj else self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.fieldsets[:2]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Every SOP begins with the applicant's column."""
        super().save_model(request, obj, form, change)
        if not change:
            ProcedureRole.objects.create(procedure=obj, order=1, label="Pemohon")

    def get_urls(self) -> list[URLPattern]:
        return [self.button("salin", self.copy_view), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        procedure = self.get_object(request, object_id)
        shown: dict[str, Any] = {}
        if procedure is not None:
            frozen = _is_frozen(procedure)
            shown = {
                "faults": [] if frozen else publishing.procedure_faults(procedure),
                "frozen": frozen,
                "may_copy": policies.may_copy_procedure(_person(request), procedure),
            }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.copy(
            request, object_id, policies.may_copy_procedure, drafting.copy_procedure,
            gettext("Salinan prosedur dibuat dan dapat diubah. Pilih salinan ini pada konsep "
                      "standar yang akan memakainya."),
        )  # fmt: skip

    @admin.display(description=_("keadaan"), ordering="published_at")
    def state(self, procedure: Procedure) -> SafeString:
        if procedure.published_at is None:
            return _badge("attention", gettext("Dapat diubah"))
        return _badge("good", gettext("Dibekukan"))

    @admin.display(description=_("disalin dari"))
    def original(self, procedure: Procedure) -> Procedure | str:
        return procedure.copied_from or "-"

    @admin.display(description=_("sementara"), boolean=True)
    def provisional(self, procedure: Procedure) -> bool:
        return procedure.provisional

    @admin.display(description=_("dipakai standar"), ordering="used")
    def used_by(self, procedure: Any) -> int:
        return int(procedure.used)


@admin.register(Service)
class ServiceAdmin(admin.ModelAdmin):
    change_form_template = "admin/standards/service/change_form.html"
    list_display = ("name", "office", "kbli", "risk", "version_count")
    list_filter = ("office", "risk")
    search_fields = ("name", "keywords", "kbli__code", "kbli__title")
    list_select_related = ("office", "kbli")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    readonly_fields = ("version_list",)
    fieldsets = (
        (None, {"fields": ("office", "name", "slug", "summary", "keywords")}),
        (
            _("Perizinan berbasis risiko"),
            {
                "fields": ("kbli", "risk"),
                "description": _("Kosongkan untuk layanan yang bukan perizinan usaha."),
            },
        ),
        (_("Standar pelayanan"), {"fields": ("version_list",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Service]:
        return super().get_queryset(request).annotate(version_total=Count("versions"))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.fieldsets[:2]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return stay(self, request, obj)

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
class RegulationAdmin(admin.ModelAdmin):
    list_display = ("title", "repealed_by", "citation_count")
    list_filter = (("repealed_by", admin.EmptyFieldListFilter),)
    search_fields = ("title", "repealed_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Regulation]:
        return super().get_queryset(request).annotate(citation_total=Count("citations"))

    @admin.display(description=_("dikutip"), ordering="citation_total")
    def citation_count(self, regulation: Any) -> int:
        return int(regulation.citation_total)


@admin.register(Kbli)
class KbliAdmin(admin.ModelAdmin):
    list_display = ("code", "edition", "title")
    list_filter = ("edition",)
    search_fields = ("code", "title")


class EvaluatedFilter(admin.SimpleListFilter):
    """What is still to be evaluated, and what has been."""

    title = _("keadaan")
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("belum", _("Belum dievaluasi")), ("sudah", _("Sudah dievaluasi"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(met_at__isnull=self.value() == "belum")


@admin.register(Evaluation)
class EvaluationAdmin(admin.ModelAdmin):
    """Yearly evaluations: the result is written once, then the next one is due in a year."""

    list_display = ("service", "office", "due", "done_at", "done_by")
    list_filter = ("service__office", EvaluatedFilter)
    list_select_related = ("service__office", "done_by")
    ordering = ("met_at", "due_on")
    fields = ("service", "due", "done_at", "done_by", "result")
    readonly_fields = ("service", "due", "done_at", "done_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Evaluation | None = None) -> bool:
        done = obj is not None and obj.met_at is not None
        return not done and super().has_change_permission(request, obj)

    @admin.display(description=_("jatuh tempo"), ordering="due_on")
    def due(self, row: Evaluation) -> date | None:
        return row.due_on

    @admin.display(description=_("dievaluasi"), ordering="met_at")
    def done_at(self, row: Evaluation) -> datetime | None:
        return row.met_at

    @admin.display(description=_("unit penyelenggara"), ordering="service__office")
    def office(self, row: Evaluation) -> str:
        return str(row.service.office)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        if "result" in form.base_fields:
            form.base_fields["result"].required = True
        return form

    def save_model(self, request: HttpRequest, obj: Evaluation, form: Any, change: bool) -> None:
        evaluation.record_evaluation(
            obj, actor=_person(request), at=timezone.now(), result=obj.result
        )
