"""Forms for the columns and steps of an SOP."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import LongTextField
from accounts.ordering import OrderedForm, OrderedFormSet
from accounts.selectors import position_text
from standards.domain.steps import RECORDING, StepClock, StepKind, is_range, time_words
from standards.forms.conditions import ConditionInput, StepConditionMixin
from standards.forms.drafts import LINES, NumberedForm
from standards.models import ProcedureRole, SopStep, TermUnit


class RoleForm(OrderedForm):
    class Meta:
        model = ProcedureRole
        fields = ("order", "label", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("position"):
            field.label_from_instance = position_text  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """A row that a new page comes with is saved as it stands."""
        return super().has_changed() or (
            self.instance.pk is None and bool(self.initial.get("label"))
        )


class RoleFormSet(OrderedFormSet):
    """The columns of one office and its partner bodies."""

    def clean(self) -> None:
        """Refuse a position of another office: where a page is new, all are offered."""
        super().clean()
        for form in self.forms:
            position = getattr(form, "cleaned_data", {}).get("position")
            if position is None:
                continue
            if self.instance.office_id not in (position.office_id, position.office.partner_of_id):
                form.add_error("position", _("Jabatan ini milik unit lain."))


class PerformersField(LongTextField):
    """The headings of columns, one a line; those typed on the same page count as well."""

    def prepare_value(self, value: Any) -> Any:
        """Show the columns of a saved step by their headings."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return lines_of(self.prepare_value(initial)) != lines_of(data)


def lines_of(text: str | None) -> list[str]:
    """Return the lines of ``text`` that say something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


class StepForm(StepConditionMixin, NumberedForm):
    """One row of the SOP table."""

    typed: ClassVar = {
        "role": ("roles", "label"),
        "recorded_by": ("roles", "label"),
        "returns_to": ("steps", "activity"),
    }
    when = ConditionInput(label=_("Hanya bila"))
    performers = PerformersField(
        label=_("Pelaksana lain"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60, "data-choose": "roles"}),
        help_text=_(
            "Judul kolom yang ikut mengerjakan langkah ini, satu per baris, misalnya lembaga yang "
            "dimintai pendapat. Mereka bekerja bersamaan; pelaksana langkah meneruskan berkas "
            "setelah semua bagian masuk. Hanya untuk pekerjaan biasa dan pemeriksaan tim teknis."
        ),
    )

    class Meta:
        model = SopStep
        fields = (
            "order",
            "printed_number",
            "kind",
            "activity",
            "role",
            "recorded_by",
            "performers",
            "parallel",
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
            "completeness": LINES,
            "output": LINES,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("kind"):
            field.initial = StepKind.WORK  # most steps of an SOP are ordinary work

    def clean_performers(self) -> str:
        """Every line is the heading of a column: a saved one, or one typed on this page."""
        text: str = self.cleaned_data["performers"]
        known = {label.casefold() for label in (*self._saved(), *self._typed_columns())}
        for line in lines_of(text):
            if line.casefold() not in known:
                said = _("Tidak ada kolom “%(line)s” pada SOP ini. Tulis seperti judul kolomnya.")
                raise forms.ValidationError(said, params={"line": line})
        return text

    def _saved(self) -> dict[str, int]:
        """Return the keys of the saved columns by their headings before this page."""
        if not hasattr(self, "_columns"):
            rows = ProcedureRole.objects.filter(procedure=self.instance.procedure_id)
            self._columns = {label: pk for pk, label in rows.values_list("pk", "label")}
        return self._columns

    def _typed_columns(self) -> list[str]:
        return [
            str(label).strip()
            for name, label in self.data.items()
            if name.startswith("roles-") and name.endswith("-label")
        ]

    def save(self, commit: bool = True) -> Any:
        """The columns are saved by now, perhaps under new headings."""
        before = {label.casefold(): pk for label, pk in self._saved().items()}
        now = {row.label.casefold(): row.pk for row in self.instance.procedure.roles.all()}
        wanted = [line.casefold() for line in lines_of(self.cleaned_data["performers"])]
        keys = [now.get(line) or before.get(line) for line in wanted]
        self.cleaned_data["performers"] = ProcedureRole.objects.filter(
            procedure=self.instance.procedure_id, pk__in=[key for key in keys if key]
        )
        return super().save(commit=commit)

    def clean(self) -> dict[str, Any]:
        """A time has a unit; its printed words follow from both unless they are given."""
        given = super().clean() or {}
        least = given.get("standard_minimum")
        amount, unit = given.get("standard_amount"), given.get("standard_unit")
        if least is not None and amount is None:
            self.add_error("standard_amount", _("Tulis juga waktu paling lamanya."))
        if amount is not None and not is_range(least, amount):
            self.add_error("standard_minimum", _("Harus kurang dari waktu paling lama."))
        kind = given.get("kind")
        stands = StepClock(given.get("clock") or "").stands
        if stands and kind and not StepKind(kind).is_auxiliary:
            self.add_error("clock", _("Pada langkah jenis ini jam layanan selalu berjalan."))
        if given.get("optional") and kind and not StepKind(kind).is_auxiliary:
            self.add_error("optional", _("Langkah jenis ini tidak boleh dilewati."))
        if given.get("performers") and kind and kind not in RECORDING:
            self.add_error("performers", _("Langkah jenis ini dikerjakan satu jabatan saja."))
        if given.get("parallel"):
            self._check_parallel(given)
        if amount is not None and not unit:
            self.add_error("standard_unit", _("Pilih satuan waktunya."))
        if unit and amount is None:
            self.add_error("standard_amount", _("Tulis waktunya, atau kosongkan satuannya."))
        if amount is not None and unit and not given.get("standard_text"):
            given["standard_text"] = time_words(least, amount, str(TermUnit(unit).label))
        return given

    def _check_parallel(self, given: dict[str, Any]) -> None:
        """A row beside others is ordinary work of one position, and sends nothing back."""
        if given.get("kind") not in (None, StepKind.WORK):
            self.add_error("parallel", _("Hanya pekerjaan biasa yang dikerjakan bersamaan."))
        if given.get("performers"):
            said = _("Beri setiap pelaksana langkah yang bersamaan langkahnya sendiri.")
            self.add_error("performers", said)
        if given.get("returns_to"):
            said = _("Langkah yang bersamaan tidak mengembalikan berkas. Kosongkan.")
            self.add_error("returns_to", said)
