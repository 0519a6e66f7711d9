"""Forms for the rows of a draft. Completeness is checked at publishing."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.fields import MoneyField
from accounts.ordering import OrderedForm, OrderedFormSet
from standards.domain.facts import CHOSEN, FactKind, choices_of
from standards.domain.fees import FeeKind, units_of
from standards.domain.steps import RECORDING, StepClock, StepKind, time_words
from standards.fee_wording import fee_words
from standards.forms.conditions import ConditionInput, ConditionMixin, StepConditionMixin
from standards.models import (
    Fact,
    FeeRow,
    FeeRule,
    LegalBasis,
    ProcedureRole,
    Requirement,
    RequirementGroup,
    SopStep,
    StandardComponent,
    StandardVersion,
    TermUnit,
    VersionProcedure,
)

_KEY_HELP = _("Kosongkan: dibuat dari tulisannya. Jangan diubah tanpa perlu.")
_LINES = forms.Textarea(attrs={"rows": 2, "cols": 60})


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


class KeyedFormSet(OrderedFormSet):
    """Rows with a generated key."""

    def clean(self) -> None:
        """Make the missing keys from the words, each only once."""
        super().clean()
        if any(self.errors):
            return
        remaining = self.kept_forms()
        taken = {form.instance.key for form in remaining if form.instance.key}
        for form in remaining:
            if not form.instance.key:
                form.instance.key = _free_key(str(form.instance), taken)
                taken.add(form.instance.key)


def _free_key(words: str, taken: set[str]) -> str:
    stem = slugify(words).replace("-", "_")[:34].strip("_") or "isian"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}_{number}", number + 1
    return key


class KeyedForm(OrderedForm):
    """A row whose key may be left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = _KEY_HELP


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
        widgets = {"label": _LINES, "help_text": _LINES, "choices_text": _LINES}

    def clean(self) -> dict[str, Any]:
        """A choice without choices is a mistake that can be seen at once."""
        given = super().clean() or {}
        if given.get("kind") in CHOSEN and not choices_of(given.get("choices_text", "")):
            self.add_error("choices_text", _("Tulis pilihannya, satu per baris."))
        if not given.get("asked_at"):
            return given
        if given.get("kind") == FactKind.NIK:
            self.add_error("asked_at", _("NIK hanya ditanyakan kepada pemohon."))
        if given.get("carried"):
            self.add_error("carried", _("Hanya isian pemohon yang dibawa."))
        return given


class GroupForm(ConditionMixin, OrderedForm):
    when = ConditionInput(label=_("Berlaku bila"))

    class Meta:
        model = RequirementGroup
        fields = ("order", "printed_number", "title", "lead", "when")
        widgets = {"lead": _LINES}


class RequirementForm(ConditionMixin, OrderedForm):
    """One requirement; what it hangs below lies in the same group."""

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

    def clean(self) -> dict[str, Any]:
        """Say at the field what would keep the standard from being published."""
        given = super().clean() or {}
        parent = given.get("parent")
        if parent is not None and parent.pk == self.instance.pk:
            self.add_error("parent", _("Butir tidak dapat menjadi induk dirinya sendiri."))
        elif parent is not None and given.get("group") not in (None, parent.group):
            self.add_error("parent", _("Butir induk harus berada di kelompok yang sama."))
        return given


class RequirementFormSet(OrderedFormSet):
    """Requirements are numbered within their group."""

    part = "group"


class _NumberedForm(OrderedForm):
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


class LegalBasisForm(_NumberedForm):
    class Meta:
        model = LegalBasis
        fields = ("order", "printed_number", "text", "regulation")
        widgets = {"text": _LINES}


class LegalBasisFormSet(NumberedFormSet):
    """Grounds are printed as "1.", "2.", …"""

    printed = "{}."


class RoleForm(OrderedForm):
    class Meta:
        model = ProcedureRole
        fields = ("order", "label", "position")


class StepForm(StepConditionMixin, _NumberedForm):
    """One row of the SOP table."""

    when = ConditionInput(label=_("Hanya bila"))

    class Meta:
        model = SopStep
        fields = (
            "order",
            "printed_number",
            "kind",
            "activity",
            "role",
            "recorded_by",
            "completeness",
            "standard_minimum",
            "standard_amount",
            "standard_unit",
            "standard_text",
            "clock",
            "output",
            "returns_to",
            "optional",
            "condition",
            "when",
            "remark",
        )
        help_texts: ClassVar = {
            "remark": _(
                "Seperti tercetak. Yang diawali “Catatan portal:” hanya dilihat administrator."
            )
        }
        widgets = {
            "activity": forms.Textarea(attrs={"rows": 3, "cols": 90}),
            "completeness": _LINES,
            "output": _LINES,
        }

    def clean(self) -> dict[str, Any]:
        """A time has a unit; its printed words follow from both unless they are given."""
        given = super().clean() or {}
        least = given.get("standard_minimum")
        amount, unit = given.get("standard_amount"), given.get("standard_unit")
        if least is not None and amount is None:
            self.add_error("standard_amount", _("Tulis juga waktu paling lamanya."))
        if least is not None and amount is not None and least >= amount:
            self.add_error("standard_minimum", _("Harus kurang dari waktu paling lama."))
        kind = given.get("kind")
        stands = StepClock(given.get("clock") or "").stands
        if stands and kind and not StepKind(kind).is_auxiliary:
            self.add_error("clock", _("Pada langkah jenis ini jam layanan selalu berjalan."))
        if given.get("optional") and kind and not StepKind(kind).is_auxiliary:
            self.add_error("optional", _("Langkah jenis ini tidak boleh dilewati."))
        if amount is not None and not unit:
            self.add_error("standard_unit", _("Pilih satuan waktunya."))
        if unit and amount is None:
            self.add_error("standard_amount", _("Tulis waktunya, atau kosongkan satuannya."))
        if amount is not None and unit and not given.get("standard_text"):
            given["standard_text"] = time_words(least, amount, str(TermUnit(unit).label))
        return given
