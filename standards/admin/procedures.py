"""Procedures (SOP), their columns and steps."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import PortalStacked, PortalTabular
from accounts.models import Position
from standards import policies, selectors
from standards.admin.base import Below, badge, is_frozen, person_of
from standards.admin.comparing import ComparesProcedures
from standards.admin.sections import enter_pasted
from standards.forms import drafts, procedures
from standards.forms.pasting import ProcedurePage
from standards.models import Procedure, ProcedureRole, SopStep, StandardVersion
from standards.procedure_names import edition, frozen_on, told_apart
from standards.services import drafting, publishing


class _OfProcedure(Below):
    """A list of an SOP; it can be filled on the page of a new one."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return request.user.has_perm("standards.add_procedure")
        return super().has_add_permission(request, obj)


class RoleInline(_OfProcedure, PortalTabular):
    model = ProcedureRole
    form = procedures.RoleForm
    formset = procedures.RoleFormSet
    limited: ClassVar = {
        "position": lambda procedure: (
            Position.objects.in_procedures_of(procedure.office_id) if procedure else None
        )
    }

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Every SOP begins with the applicant's column."""
        return 0 if obj else 1

    verbose_name_plural = _("Pelaksana: kolom-kolom tabel SOP")


class StepInline(_OfProcedure, PortalStacked):
    model = SopStep
    form = procedures.StepForm
    formset = drafts.NumberedFormSet
    fields = (
        ("order", "printed_number", "kind"),
        "activity",
        ("role", "recorded_by", "returns_to"),
        "performers",
        "parallel",
        ("standard_minimum", "standard_amount", "standard_unit", "standard_text"),
        "clock",
        ("completeness", "output"),
        "when",
        ("optional", "condition", "remark"),
    )
    limited: ClassVar = {
        "role": lambda procedure: _rows(ProcedureRole, procedure),
        "recorded_by": lambda procedure: _rows(ProcedureRole, procedure),
        "returns_to": lambda procedure: _rows(SopStep, procedure),
    }
    verbose_name_plural = _("Langkah SOP")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SopStep]:
        return super().get_queryset(request).prefetch_related("performers")


def _rows(model: type[ProcedureRole] | type[SopStep], procedure: Procedure | None) -> Any:
    return model.objects.filter(procedure=procedure) if procedure else model.objects.none()


@admin.register(Procedure)
class ProcedureAdmin(ComparesProcedures):
    """SOPs. Frozen with the first published standard that uses them; copied to be changed."""

    change_form_template = "admin/standards/procedure/change_form.html"
    offices = ("office",)
    list_display = (
        "name", "edition", "code", "office", "sop_number", "state", "provisional", "used_by",
    )  # fmt: skip
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
        (_("Riwayat"), {"fields": ("edition", "published_at", "original")}),
        (
            _("Tempel langkah dari dokumen"),
            {"fields": ("pasted_role", "pasted"), "classes": ("collapse",)},
        ),
    )
    form = ProcedurePage
    readonly_fields = ("edition", "published_at", "original")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Procedure]:
        published = Q(version_links__version__status=StandardVersion.Status.PUBLISHED)
        used = Count("version_links", filter=published)
        return super().get_queryset(request).annotate(used=used).with_first_day()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The columns name posts of one office: a procedure cannot move to another."""
        return (*self.readonly_fields, "office") if obj else self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.fieldsets[:2]
        return self.fieldsets if self.has_change_permission(request, obj) else self.fieldsets[:3]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> Any:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk is None and isinstance(inline, RoleInline):
            kwargs["initial"] = [{"label": "Pemohon"}]
        return kwargs

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Facts and fees name a step by its printed number: say which to look at when it moves."""
        rows = form.instance.steps.order_by("order")
        before = dict(rows.values_list("pk", "printed_number"))
        super().save_related(request, form, formsets, change)
        after = dict(rows.values_list("pk", "printed_number"))
        moved = [number for pk, number in before.items() if after.get(pk) != number]
        for item in selectors.naming_steps(form.instance, moved):
            said = gettext("Nomor langkah berubah. Periksa langkah yang dipakai %(item)s.")
            messages.warning(request, said % {"item": item})
        enter_pasted(request, form)

    def get_urls(self) -> list[URLPattern]:
        own = [
            self.button("salin", self.copy_view),
            self.button("perbandingan", self.compare_view),
        ]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        procedure = self.get_object(request, object_id)
        shown: dict[str, Any] = {}
        if procedure is not None:
            frozen = is_frozen(procedure)
            shown = {
                "faults": [] if frozen else publishing.procedure_faults(procedure),
                "frozen": frozen,
                "may_copy": policies.may_copy_procedure(person_of(request), procedure),
            }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.copy(
            request,
            object_id,
            policies.may_copy_procedure,
            drafting.copy_procedure,
            gettext(
                "Salinan prosedur dibuat dan dapat diubah. Pilih salinan ini pada konsep "
                "standar yang akan memakainya."
            ),
        )

    @admin.display(description=_("versi"), ordering="number")
    def edition(self, procedure: Any) -> str:
        return edition(procedure, procedure.since) or "-"

    @admin.display(description=_("keadaan"), ordering="published_at")
    def state(self, procedure: Procedure) -> SafeString:
        if procedure.published_at is None:
            return badge("attention", gettext("Dapat diubah"))
        return badge("good", gettext("Dibekukan %(day)s") % {"day": frozen_on(procedure)})

    @admin.display(description=_("disalin dari"))
    def original(self, procedure: Procedure) -> str:
        return told_apart(procedure.copied_from) if procedure.copied_from else "-"

    @admin.display(description=_("sementara"), boolean=True)
    def provisional(self, procedure: Procedure) -> bool:
        return procedure.provisional

    @admin.display(description=_("dipakai standar"), ordering="used")
    def used_by(self, procedure: Any) -> int:
        return int(procedure.used)
