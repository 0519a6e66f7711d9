"""The lists of a version, and the short page of each, in the order of the law."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import PortalStacked, PortalTabular
from accounts.ordering import OrderedFormSet
from standards.admin.base import Below
from standards.admin.facts import FactInline
from standards.admin.papers import PaperInline
from standards.admin.sections import Section
from standards.forms import drafts, pasting
from standards.models import (
    EligibilityRule,
    Fact,
    FeeRow,
    FeeRule,
    LegalBasis,
    PermitRule,
    Procedure,
    Requirement,
    RequirementGroup,
    StandardComponent,
    TermRule,
    VersionProcedure,
)


class FeeInline(Below, PortalStacked):
    model = FeeRule
    form = drafts.FeeForm
    formset = OrderedFormSet
    fields = (
        ("order", "label"),
        ("kind", "amount", "units"),
        ("step", "minimum", "maximum"),
        ("multiple", "rounding"),
        "when",
        "ground",
    )
    verbose_name_plural = _("Tarif (layanan gratis: satu aturan Rp 0; yang berlaku dijumlahkan)")


class FeeRowInline(Below, PortalStacked):
    model = FeeRow
    form = drafts.FeeRowForm
    formset = drafts.FeeRowFormSet
    fields = (("order", "rule", "amount"), "when")
    limited: ClassVar = {"rule": lambda version: version.fees.filter(kind=FeeRule.Kind.TABLE)}
    verbose_name_plural = _("Baris tabel tarif; yang berlaku baris pertama yang sesuai")


class ProcedureLinkInline(Below, PortalTabular):
    model = VersionProcedure
    form = drafts.ProcedureLinkForm
    formset = OrderedFormSet
    limited: ClassVar = {
        "procedure": lambda version: Procedure.objects.filter(
            office=version.service.office_id
        ).select_related("office")
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


class EligibilityInline(Below, PortalStacked):
    model = EligibilityRule
    form = drafts.EligibilityForm
    formset = OrderedFormSet
    fields = (("order", "sentence"), "when", "ground")
    verbose_name = _("keadaan yang tidak dapat diajukan")
    verbose_name_plural = _("Yang tidak dapat diajukan: dikatakan sebelum pemohon mengirim")


class TermInline(Below, PortalStacked):
    model = TermRule
    form = drafts.TermForm
    formset = OrderedFormSet
    fields = (("order", "minimum", "amount"), "when")
    verbose_name_plural = _("Jangka waktu lain menurut jawaban; selain itu jangka waktu biasa")


class PermitInline(Below, PortalStacked):
    model = PermitRule
    form = drafts.PermitForm
    formset = OrderedFormSet
    fields = (
        ("order", "title"), "statement", ("on_behalf_of", "number_pattern"),
        ("validity_months", "is_closure"), "when",
    )  # fmt: skip
    verbose_name = _("dokumen izin menurut jawaban")
    verbose_name_plural = _("Dokumen izin lain menurut jawaban; selain itu dokumen izin biasa")


class GroupInline(Below, PortalStacked):
    model = RequirementGroup
    form = drafts.GroupForm
    formset = OrderedFormSet
    fields = (("order", "printed_number", "title"), "lead", "when")
    verbose_name_plural = _("Kelompok persyaratan (umum, khusus)")


class RequirementInline(Below, PortalStacked):
    model = Requirement
    form = drafts.RequirementForm
    formset = drafts.RequirementFormSet
    fields = (
        ("order", "printed_number", "kind", "mandatory"),
        "text",
        ("group", "parent"),
        "when",
        "help_text",
    )
    limited: ClassVar = {
        "group": lambda version: version.requirement_groups.all(),
        "parent": lambda version: version.requirements.all(),
    }
    verbose_name_plural = _("Persyaratan")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        group = formset.form.base_fields.get("group")
        if group is not None:
            group.initial = obj.requirement_groups.values_list("pk", flat=True).first()
        return formset


class LegalBasisInline(Below, PortalTabular):
    model = LegalBasis
    form = drafts.LegalBasisForm
    formset = drafts.LegalBasisFormSet
    popups = ("regulation",)
    verbose_name_plural = _("Dasar hukum, satu baris satu peraturan")


PROMISE = (
    _("Janji layanan"),
    {"fields": (("term_minimum", "term_amount", "term_unit"), "target_amount", "product")},
)
CERTIFICATE = (
    _("Dokumen izin"),
    {
        "fields": (
            "certificate_title",
            "certificate_statement",
            "certificate_on_behalf_of",
            "number_pattern",
            "validity_months",
        ),
        "description": _(
            "Pola nomor memakai {nomor:04} untuk nomor urut, {bulan} atau {bulan_romawi}, dan "
            "{tahun}; selebihnya tercetak apa adanya."
        ),
    },
)
REFUSAL = (
    _("Surat penolakan"),
    {
        "fields": (
            "refusal_title",
            "refusal_statement",
            "refusal_on_behalf_of",
            "refusal_number_pattern",
        ),
        "description": _(
            "Yang kosong memakai judul, kalimat, dan buku nomor surat dari portal. Yang memutus "
            "dan menandatangani adalah jabatan pada langkah tanda tangan."
        ),
    },
)
BUILT_IN = (
    _("Jenis permohonan dan wakil"),
    {
        "fields": (
            ("kind_new", "kind_extension", "kind_change", "kind_closure"),
            ("previous", "represented", "holder"),
        ),
        "description": _(
            "Jenis yang dicentang ditanyakan kepada pemohon; yang tidak dicentang tidak "
            "dilayani. Tanpa centang, jenis tidak ditanyakan. Syarat memakai "
            "jenis_permohonan = Perpanjangan, diwakili = ya, dan jenis_pemegang = Perorangan. "
            "Jenis pemegang selalu dijawab di formulir. Isian yang dibawa dari izin sebelumnya "
            "ditandai pada isiannya."
        ),
    },
)
PRINT = (
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


def _paste(*more: str) -> tuple[Any, Any]:
    return _("Tempel dari dokumen"), {"fields": ("pasted", *more), "classes": ("collapse",)}


SECTIONS = (
    Section(
        "persyaratan",
        _("Persyaratan"),
        _("apa yang dibawa pemohon, dan kelompoknya"),
        Requirement,
        (GroupInline, RequirementInline),
        (_paste("pasted_into"),),
        pasting.RequirementPage,
    ),
    Section(
        "isian",
        _("Isian pemohon"),
        _("jenis permohonan, pertanyaan penentu, dan data lain"),
        Fact,
        (FactInline,),
        (BUILT_IN, _paste()),
        pasting.FactPage,
        may_be_empty=True,
    ),
    Section(
        "kelayakan",
        _("Yang tidak dapat diajukan"),
        _("jawaban yang membuat permohonan tidak mungkin berhasil, dengan dasarnya"),
        EligibilityRule,
        (EligibilityInline,),
        may_be_empty=True,
    ),
    Section(
        "prosedur",
        _("Prosedur dan jangka waktu"),
        _("SOP yang dipakai, dan janji waktunya"),
        VersionProcedure,
        (ProcedureLinkInline, TermInline),
        (PROMISE,),
    ),
    Section(
        "dokumen",
        _("Dokumen"),
        _("judul, pernyataan, pola nomor, masa berlaku, dan dokumen lain"),
        None,
        (PermitInline, PaperInline),
        (CERTIFICATE, REFUSAL),
    ),
    Section(
        "tarif",
        _("Biaya"),
        _("tarif, atau satu aturan gratis"),
        FeeRule,
        (FeeInline, FeeRowInline),
        (_paste(),),
        pasting.FeePage,
    ),
    Section(
        "komponen",
        _("Komponen standar"),
        _("empat belas komponen dan naskah tercetak"),
        StandardComponent,
        (ComponentInline,),
        (PRINT,),
    ),
    Section(
        "dasar-hukum",
        _("Dasar hukum"),
        _("peraturan yang disebut standar ini"),
        LegalBasis,
        (LegalBasisInline,),
        (_paste(),),
        pasting.GroundPage,
    ),
)
LISTS = tuple(inline for section in SECTIONS for inline in section.inlines)
