"""Forms for the rows of a draft. Completeness is checked at publishing."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.fields import MoneyField
from accounts.ordering import OrderedForm, OrderedFormSet
from standards.models import (
    Fee,
    FormField,
    LegalBasis,
    ProcedureRole,
    Question,
    Requirement,
    RequirementGroup,
    Service,
    SopStep,
    StandardComponent,
    StandardVersion,
    TermUnit,
    VersionProcedure,
)

_KEY_HELP = _("Kosongkan: dibuat dari tulisannya. Jangan diubah tanpa perlu.")
_LINES = forms.Textarea(attrs={"rows": 2, "cols": 60})


class VersionStartForm(forms.ModelForm):
    """A new standard needs only its service; the next page has the rest."""

    class Meta:
        model = StandardVersion
        fields = ("service",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Service.objects.select_related("office")
            field.label_from_instance = _with_office  # type: ignore[assignment]
        field.help_text = _(
            "Satu layanan hanya boleh mempunyai satu konsep. Jika layanan sudah mempunyai standar "
            "yang berlaku, lebih mudah membuka versi itu lalu menekan Buat konsep baru dari versi "
            "ini."
        )

    def clean_service(self) -> Service:
        """One draft per service: two at once would race to be the next standard."""
        service: Service = self.cleaned_data["service"]
        draft = service.versions.filter(status=StandardVersion.Status.DRAFT).first()
        if draft is not None:
            raise forms.ValidationError(
                _("Layanan ini sudah mempunyai konsep (versi %(number)s). Lanjutkan konsep itu."),
                params={"number": draft.number},
            )
        return service


def _with_office(service: Any) -> str:
    return f"{service.office} - {service}"


class ComponentForm(forms.ModelForm):
    """One of the 14 components: the office's own number, heading and words."""

    class Meta:
        model = StandardComponent
        fields = ("order", "printed_number", "title", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 8, "cols": 90, "wrap": "off"})}


class FeeForm(OrderedForm):
    class Meta:
        model = Fee
        fields = ("order", "label", "amount")
        field_classes: ClassVar = {"amount": MoneyField}


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


class _KeyedForm(OrderedForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = _KEY_HELP


class QuestionForm(_KeyedForm):
    class Meta:
        model = Question
        fields = ("order", "text", "help_text", "asked_if", "key")
        widgets = {"text": _LINES, "help_text": _LINES}


class FormFieldForm(_KeyedForm):
    class Meta:
        model = FormField
        fields = (
            "order",
            "label",
            "kind",
            "required",
            "on_certificate",
            "help_text",
            "choices_text",
            "key",
        )
        widgets = {"choices_text": _LINES}

    def clean(self) -> dict[str, Any]:
        """A choice without choices is a mistake that can be seen at once."""
        given = super().clean() or {}
        if given.get("kind") == FormField.Kind.CHOICE and not given.get("choices_text", "").strip():
            self.add_error("choices_text", _("Tulis pilihannya, satu per baris."))
        return given


class GroupForm(OrderedForm):
    class Meta:
        model = RequirementGroup
        fields = ("order", "printed_number", "title", "lead", "question", "applies_when")
        widgets = {"lead": _LINES}


class RequirementForm(OrderedForm):
    """One requirement; what it hangs below lies in the same group."""

    class Meta:
        model = Requirement
        fields = (
            "order",
            "printed_number",
            "text",
            "kind",
            "group",
            "parent",
            "question",
            "applies_when",
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


class StepForm(_NumberedForm):
    """One row of the SOP table."""

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
            "standard_amount",
            "standard_unit",
            "standard_text",
            "output",
            "returns_to",
            "optional",
            "condition",
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
        amount, unit = given.get("standard_amount"), given.get("standard_unit")
        if amount is not None and not unit:
            self.add_error("standard_unit", _("Pilih satuan waktunya."))
        if unit and amount is None:
            self.add_error("standard_amount", _("Tulis waktunya, atau kosongkan satuannya."))
        if amount is not None and unit and not given.get("standard_text"):
            given["standard_text"] = f"{amount} {TermUnit(unit).label}"
        return given
