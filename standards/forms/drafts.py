"""Forms for the rows of a draft. Completeness is checked at publishing."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from accounts.fields import MoneyField
from accounts.ordering import OrderedForm, OrderedFormSet
from standards.domain.facts import CHOSEN, FactKind, choices_of
from standards.domain.fees import FeeKind, units_of
from standards.domain.requirements import Need
from standards.domain.steps import RECORDING
from standards.fee_wording import fee_words
from standards.forms.conditions import NOTATION, ConditionInput, ConditionMixin
from standards.forms.keyed import KeyedForm
from standards.forms.patterns import PatternMixin
from standards.models import (
    EligibilityRule,
    Fact,
    FeeRow,
    FeeRule,
    LegalBasis,
    PermitRule,
    Regulation,
    Requirement,
    RequirementGroup,
    SopStep,
    StandardComponent,
    StandardVersion,
    TermRule,
    VersionProcedure,
)
from standards.procedure_names import told_apart

_SAME_GROUP = _("Butir induk harus berada di kelompok yang sama.")
LINES = forms.Textarea(attrs={"rows": 2, "cols": 60})


class ComponentForm(forms.ModelForm):
    """One of the 14 components: the office's own number, heading and words."""

    class Meta:
        model = StandardComponent
        fields = ("order", "printed_number", "title", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 8, "cols": 90, "wrap": "off"})}


class FeeForm(ConditionMixin, OrderedForm):
    """One fee rule; a fixed fee of nothing is a free service."""

    when = ConditionInput(label=_("Berlaku bila"))

    class Meta:
        model = FeeRule
        fields = (
            "order",
            "label",
            "kind",
            "amount",
            "units",
            "minimum",
            "maximum",
            "step",
            "multiple",
            "rounding",
            "when",
            "ground",
        )
        field_classes: ClassVar = dict.fromkeys(("amount", "minimum", "maximum"), MoneyField)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "amount" in self.fields:
            self.fields["amount"].required = False
        for name, what in (("units", "units"), ("step", "steps")):
            if name in self.fields:
                self.fields[name].widget.attrs["data-choose"] = what
        if self.instance.pk and "kind" in self.fields:
            facts = {row.key: row.asked() for row in self._facts()}
            # the administration shows help texts as HTML, and this one holds a clerk's words
            self.fields["kind"].help_text = escape(fee_words(self.instance.rule(), facts).text)

    def clean_amount(self) -> int:
        """Nothing typed is Rp 0."""
        return self.cleaned_data["amount"] or 0

    def clean(self) -> dict[str, Any]:
        """Say at the field what would keep the standard from being published."""
        given = super().clean() or {}
        kind, amount = given.get("kind"), given.get("amount")
        if kind == FeeKind.FIXED and amount == 0:
            given["kind"] = FeeKind.FREE
        if kind == FeeKind.FREE and amount:
            self.add_error("amount", _("Tarif gratis tidak mempunyai jumlah. Pilih jenis Tetap."))
        if kind == FeeKind.PER_UNIT and not units_of(given.get("units") or ""):
            self.add_error("units", _("Tulis kode isian yang dikalikan dengan tarif."))
        if kind == FeeKind.ENTERED:
            if given.get("maximum") is None and "maximum" not in self.errors:
                self.add_error("maximum", _("Isi jumlah paling banyak yang boleh ditetapkan."))
            if not given.get("step"):
                self.add_error("step", _("Isi nomor langkah SOP tempat petugas menetapkannya."))
        low, high = given.get("minimum"), given.get("maximum")
        if low is not None and high is not None and low > high:
            self.add_error("minimum", _("Jumlah paling sedikit melebihi paling banyak."))
        return given


class FeeRowForm(ConditionMixin, OrderedForm):
    typed: ClassVar = {"rule": ("fees", "label")}
    when = ConditionInput(label=_("Berlaku bila"))

    class Meta:
        model = FeeRow
        fields = ("order", "rule", "amount", "when")
        field_classes: ClassVar = {"amount": MoneyField}


class FeeRowFormSet(OrderedFormSet):
    """Lines are numbered within their table."""

    part = "rule"


class ProcedureLinkForm(OrderedForm):
    class Meta:
        model = VersionProcedure
        fields = ("order", "procedure")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("procedure")
        if isinstance(field, forms.ModelChoiceField):
            field.label_from_instance = told_apart  # type: ignore[assignment]


def moments(version: StandardVersion) -> list[tuple[str, Any]]:
    """Return when a fact of ``version`` may be asked: at the filing, or at a step that records."""
    steps = SopStep.objects.filter(
        procedure__version_links__version=version, kind__in=RECORDING
    ).order_by("procedure__version_links__order", "order")
    named: dict[str, str] = {}
    for step in steps:
        words = _("langkah %(number)s: %(activity)s")
        said = {"number": step.printed_number, "activity": step.activity[:60]}
        named.setdefault(step.printed_number, str(words) % said)
    known = version.facts.exclude(asked_at="").values_list("asked_at", flat=True)
    for number in known:
        named.setdefault(number, _("langkah %(number)s") % {"number": number})
    return [("", _("pengajuan, oleh pemohon")), *named.items()]


class FactForm(ConditionMixin, KeyedForm):
    when = ConditionInput(label=_("Ditanyakan bila"))
    asked_at = forms.ChoiceField(
        label=_("Diisi pada"),
        required=False,
        help_text=_(
            "Langkah pekerjaan biasa atau pemeriksaan tim teknis yang petugasnya mencatat isian "
            "ini. Simpan dahulu SOP yang dipakai agar langkahnya dapat dipilih."
        ),
    )

    class Meta:
        model = Fact
        fields = (
            "order",
            "label",
            "kind",
            "required",
            "on_certificate",
            "carried",
            "help_text",
            "choices_text",
            "key",
            "when",
            "asked_at",
        )
        widgets = {"label": LINES, "help_text": LINES, "choices_text": LINES}

    def clean(self) -> dict[str, Any]:
        """A choice without choices is a mistake that can be seen at once."""
        given = super().clean() or {}
        if given.get("kind") in CHOSEN and not choices_of(given.get("choices_text", "")):
            self.add_error("choices_text", _("Tulis pilihannya, satu per baris."))
        if given.get("kind") == FactKind.DOCUMENT:
            self._refuse_document(given)
        if not given.get("asked_at"):
            return given
        if given.get("kind") == FactKind.NIK:
            self.add_error("asked_at", _("NIK hanya ditanyakan kepada pemohon."))
        if given.get("carried"):
            self.add_error("carried", _("Hanya isian pemohon yang dibawa."))
        return given

    def _refuse_document(self, given: dict[str, Any]) -> None:
        """A document is attached by an officer, and is no text of a permit."""
        if not given.get("asked_at"):
            self.add_error(
                "asked_at",
                _(
                    "Pilih langkah yang petugasnya melampirkan dokumen ini. Dokumen dari pemohon "
                    "ditulis sebagai persyaratan."
                ),
            )
        if given.get("on_certificate"):
            self.add_error("on_certificate", _("Dokumen tidak tercetak pada dokumen izin."))


class EligibilityForm(ConditionMixin, OrderedForm):
    """One kind of application that cannot succeed; without a condition it would be every one."""

    when = ConditionInput(label=_("Tidak dapat diajukan bila"), help_text=NOTATION)

    class Meta:
        model = EligibilityRule
        fields = ("order", "sentence", "when", "ground")
        widgets = {"sentence": LINES}

    def clean(self) -> dict[str, Any]:
        """Say at the field what would keep the standard from being published."""
        given = super().clean() or {}
        if "when" in given and not given["when"]:
            self.add_error("when", _("Tulis syaratnya, misalnya modal_asing = ya."))
        return given


class TermForm(ConditionMixin, OrderedForm):
    """Another term; without a condition it would be the usual one."""

    when = ConditionInput(label=_("Berlaku bila"), help_text=NOTATION)

    class Meta:
        model = TermRule
        fields = ("order", "minimum", "amount", "when")

    def clean(self) -> dict[str, Any]:
        """Say at the field what would keep the standard from being published."""
        given = super().clean() or {}
        if "when" in given and not given["when"]:
            self.add_error("when", _("Tulis syaratnya, misalnya modal_asing = ya."))
        return given


class PermitForm(PatternMixin, ConditionMixin, OrderedForm):
    """Another permit; without a condition it would be the usual one."""

    when = ConditionInput(label=_("Berlaku bila"), help_text=NOTATION)

    class Meta:
        model = PermitRule
        fields = (
            "order",
            "title",
            "statement",
            "on_behalf_of",
            "number_pattern",
            "validity_months",
            "is_closure",
            "when",
        )
        widgets = {"statement": LINES}

    def clean(self) -> dict[str, Any]:
        """Say at the field what would keep the standard from being published."""
        given = super().clean() or {}
        if "when" in given and not given["when"]:
            self.add_error("when", _("Tulis syaratnya, misalnya jenis_permohonan = Penutupan."))
        if given.get("is_closure") and given.get("validity_months"):
            self.add_error("validity_months", _("Kosongkan: dokumen ini mengakhiri izin."))
        return given


class GroupForm(ConditionMixin, OrderedForm):
    when = ConditionInput(label=_("Berlaku bila"))

    class Meta:
        model = RequirementGroup
        fields = ("order", "printed_number", "title", "lead", "when")
        widgets = {"lead": LINES}


class RequirementForm(ConditionMixin, OrderedForm):
    """One requirement; what it hangs below lies in the same group."""

    typed: ClassVar = {"group": ("requirement_groups", "title"), "parent": ("requirements", "text")}
    when = ConditionInput(label=_("Berlaku bila"))

    class Meta:
        model = Requirement
        fields = (
            "order",
            "printed_number",
            "text",
            "kind",
            "group",
            "parent",
            "when",
            "mandatory",
            "help_text",
        )
        widgets = {"text": forms.Textarea(attrs={"rows": 2, "cols": 90})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("kind"):
            field.initial = Need.UPLOAD  # most requirements are papers

    def clean(self) -> dict[str, Any]:
        """Say at the field what would keep the standard from being published."""
        given = super().clean() or {}
        parent = given.get("parent")
        own = self.chosen_rows.get("parent") == self.prefix
        if own or (parent is not None and parent.pk == self.instance.pk):
            self.add_error("parent", _("Butir tidak dapat menjadi induk dirinya sendiri."))
        elif parent is not None and given.get("group") not in (None, parent.group):
            self.add_error("parent", _SAME_GROUP)
        return given


class RequirementFormSet(OrderedFormSet):
    """Requirements are numbered within their group."""

    part = "group"

    def clean(self) -> None:
        """What hangs below a row of this page lies in the group of that row."""
        super().clean()
        typed: list[Any] = list(self.forms)
        groups = {
            form.prefix: form.chosen_rows.get("group") or form.cleaned_data.get("group")
            for form in typed
            if hasattr(form, "cleaned_data")
        }
        for form in typed:
            parent = form.chosen_rows.get("parent")
            if parent in groups and groups[parent] != groups.get(form.prefix):
                form.add_error("parent", _SAME_GROUP)


class NumberedForm(OrderedForm):
    """A row whose printed number may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "printed_number" in self.fields:
            self.fields["printed_number"].required = False
            self.fields["printed_number"].help_text = _("Kosongkan: sama dengan urutan.")


class NumberedFormSet(OrderedFormSet):
    """Rows print their order unless the original prints something else."""

    printed = "{}"

    def clean(self) -> None:
        """Fill the numbers that were left empty; those that were filled so follow their row."""
        super().clean()
        if any(self.errors):
            return
        for form in self.kept_forms():
            number = form.instance.printed_number
            if not number or number == self.printed.format(form.initial.get("order")):
                form.instance.printed_number = self.printed.format(form.instance.order)

    def placed(self, form: Any) -> dict[str, Any]:
        """Return the place of a row and its printed number."""
        return {**super().placed(form), "printed_number": form.instance.printed_number}


class LegalBasisForm(NumberedForm):
    """A ground; without a chosen regulation it is joined to the one that its words cite."""

    class Meta:
        model = LegalBasis
        fields = ("order", "printed_number", "text", "regulation")
        widgets = {"text": LINES}

    def clean(self) -> dict[str, Any]:
        """Find the regulation, except where a person has just taken it out."""
        given = super().clean()
        if not given.get("regulation") and "regulation" not in self.changed_data:
            given["regulation"] = Regulation.objects.cited_by(given.get("text", ""))
        return given


class LegalBasisFormSet(NumberedFormSet):
    """Grounds are printed as "1.", "2.", …"""

    printed = "{}."
