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
from accounts.ordering import OrderedFormSet
from standards import policies, selectors
from standards.admin.base import Below, FreezableAdmin, badge, is_frozen, person_of
from standards.forms import drafts
from standards.models import Procedure, ProcedureRole, SopStep, StandardVersion
from standards.services import drafting, publishing


class RoleInline(Below, PortalTabular):
    model = ProcedureRole
    form = drafts.RoleForm
    formset = OrderedFormSet
    limited: ClassVar = {
        "position": lambda procedure: Position.objects.filter(office=procedure.office_id)
    }
    verbose_name_plural = _("Pelaksana: kolom-kolom tabel SOP")


class StepInline(Below, PortalStacked):
    model = SopStep
    form = drafts.StepForm
    formset = drafts.NumberedFormSet
    fields = (
        ("order", "printed_number", "kind"),
        "activity",
        ("role", "recorded_by", "returns_to"),
        ("standard_minimum", "standard_amount", "standard_unit", "standard_text"),
        "clock",
        ("completeness", "output"),
        "when",
        ("optional", "condition", "remark"),
    )
    limited: ClassVar = {
        "role": lambda procedure: procedure.roles.all(),
        "recorded_by": lambda procedure: procedure.roles.all(),
        "returns_to": lambda procedure: procedure.steps.all(),
    }
    verbose_name_plural = _("Langkah SOP (simpan pelaksana lebih dahulu)")


@admin.register(Procedure)
class ProcedureAdmin(FreezableAdmin):
    """SOPs. Frozen with the first published standard that uses them; copied to be changed."""

    change_form_template = "admin/standards/procedure/change_form.html"
    offices = ("office",)
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
        published = Q(version_links__version__status=StandardVersion.Status.PUBLISHED)
        used = Count("version_links", filter=published)
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

    def get_urls(self) -> list[URLPattern]:
        return [self.button("salin", self.copy_view), *super().get_urls()]

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

    @admin.display(description=_("keadaan"), ordering="published_at")
    def state(self, procedure: Procedure) -> SafeString:
        if procedure.published_at is None:
            return badge("attention", gettext("Dapat diubah"))
        return badge("good", gettext("Dibekukan"))

    @admin.display(description=_("disalin dari"))
    def original(self, procedure: Procedure) -> Procedure | str:
        return procedure.copied_from or "-"

    @admin.display(description=_("sementara"), boolean=True)
    def provisional(self, procedure: Procedure) -> bool:
        return procedure.provisional

    @admin.display(description=_("dipakai standar"), ordering="used")
    def used_by(self, procedure: Any) -> int:
        return int(procedure.used)
