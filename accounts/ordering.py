"""Rows of an inline that keep their own order: a clerk types where a row shall stand.

Django's own formset would refuse to exchange two rows whose order is unique, and would make a
clerk renumber nineteen steps to insert one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import F
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

PASTED = "pasted"  # the field of a page whose lines become rows beside those of its formset
_ASIDE = 10_000  # where rows wait while others take their places
HINT = _("Kosongkan untuk menaruh di akhir; ketik angka lain untuk memindahkan baris.")
_STALE = _(
    "Belum disimpan: sejak halaman ini dibuka, barisnya ditambah atau dihapus, oleh orang lain "
    "atau karena tombol tertekan dua kali. Buka halaman ini di tab lain, lalu lengkapi di sana."
)


class _RowOfThisPage(forms.Field):
    """Stands in for the choice of a saved row where a row typed on the same page was chosen."""

    def __init__(self, chosen: forms.ModelChoiceField, row: str, words: str) -> None:
        saved: Any = chosen.choices
        choices = [*saved, (row, words)]
        widget = forms.Select(attrs=_attrs(chosen), choices=choices)
        super().__init__(
            required=False, widget=widget, label=chosen.label, help_text=chosen.help_text
        )

    def to_python(self, value: Any) -> None:
        """The row has no key yet: ``OrderedForm.chosen_rows`` knows which it is."""


def _attrs(field: forms.Field) -> dict[str, Any]:
    # the administration wraps its choices in a control of its own
    widget: Any = getattr(field.widget, "widget", field.widget)
    attrs: dict[str, Any] = widget.attrs
    return attrs


class OrderedForm(forms.ModelForm):
    """A row whose ``order`` may stay empty: its formset gives it a place.

    ``typed`` names choices that offer rows of the page before they are saved, each with the list
    they are typed in and the field that names them: ``{"role": ("roles", "label")}``. Such a row is
    chosen as "roles-3"; ``chosen_rows`` keeps it until the list is saved (``OrderedFormSet``).
    """

    typed: ClassVar[dict[str, tuple[str, str]]] = {}
    wanted_place: int | None = None  # as typed, from 1; ``None``: at the end

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen_rows: dict[str, str] = {}
        for name, (rows, naming) in self.typed.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ModelChoiceField):
                _attrs(field).update({"data-rows": rows, "data-naming": naming})
                row = str(self.data.get(self.add_prefix(name), ""))
                words = str(self.data.get(f"{row}-{naming}", "")).strip()
                is_there = words and not self.data.get(f"{row}-DELETE")
                if re.fullmatch(rf"{rows}-\d{{1,4}}", row) and is_there:
                    self.fields[name] = _RowOfThisPage(field, row, words[:60])
                    self.chosen_rows[name] = row
        if "order" in self.fields:
            self.fields["order"].required = False
            self.fields["order"].widget.attrs.update(title=HINT, placeholder=_("akhir"))
        if self.instance.pk is None:
            self.initial["order"] = None

    def clean(self) -> dict[str, Any]:
        """Take the wanted place out of the values: the row has its own from its formset."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        self.wanted_place = given.pop("order", None)
        return given


class OrderedFormSet(BaseInlineFormSet):
    """Numbers its rows 1, 2, 3, … within each ``part`` whenever one was added, moved or deleted."""

    part = ""  # the field whose value divides the rows into lists of their own
    beside: Sequence[BaseInlineFormSet] = ()  # the lists of the page, in the order they are saved

    def clean(self) -> None:
        """Give every row its place.

        A page that does not know all rows is refused: it was sent twice, or somebody else has saved
        one meanwhile. It would enter rows twice, or put two in one place.
        """
        super().clean()
        sent = {form.instance.pk for form in self.initial_forms}
        there = {row.pk for row in self.get_queryset()}
        touched = self.has_changed() or (self.data and self.data.get(PASTED))
        if touched and sent != there:
            raise forms.ValidationError(_STALE, code="stale")
        if any(self.errors):
            return
        parts: dict[object, list[Any]] = defaultdict(list)
        for form in self.kept_forms():
            chosen = form.chosen_rows.get(self.part) if self.part else None
            parts[chosen or form.cleaned_data.get(self.part)].append(form)
        for forms_of_part in parts.values():
            _number(forms_of_part, {"order", self.part}, anyway=bool(self.deleted_forms))

    def kept_forms(self) -> list[Any]:
        """Return the forms whose rows will be there after saving."""
        gone = set(map(id, self.deleted_forms))
        return [
            form
            for form in self.forms
            if id(form) not in gone and (form.instance.pk or form.has_changed())
        ]

    def save(self, commit: bool = True) -> Any:
        """Save, with every row that changes its place out of the way of the others."""
        rows = self.get_queryset().model._default_manager
        remaining = self.kept_forms()
        waiting = [
            form.instance.pk for form in (*remaining, *self.deleted_forms) if form.instance.pk
        ]
        if not self.has_changed():
            return super().save(commit)
        rows.filter(pk__in=waiting).update(order=F("order") + _ASIDE)
        for form in remaining:
            for name, row in self._chosen(form).items():
                if row.pk:  # of a list that is saved already
                    setattr(form.instance, name, row)
        saved = super().save(commit)
        for form in remaining:
            rows.filter(pk=form.instance.pk).update(**self._chosen(form), **self.placed(form))
        return saved

    def _chosen(self, form: Any) -> dict[str, Any]:
        """Return the rows of this page that ``form`` points to, by field."""
        wanted = getattr(form, "chosen_rows", {})
        there = {each.prefix: each.instance for lists in self.beside for each in lists.forms}
        return {name: there[row] for name, row in wanted.items() if row in there}

    def placed(self, form: Any) -> dict[str, Any]:
        """Return the columns that follow from the place of a row, also of an unchanged row."""
        return {"order": form.instance.order}


def _number(forms_of_part: list[Any], moving: set[str], *, anyway: bool) -> None:
    moved = [f for f in forms_of_part if f.instance.pk is None or moving & set(f.changed_data)]
    if not (moved or anyway):
        return
    line = [form for form in forms_of_part if form not in moved]
    line.sort(key=lambda form: form.instance.order)
    moved.sort(key=lambda form: (form.wanted_place is None, form.wanted_place or 0))
    for form in moved:
        wanted = form.wanted_place
        line.insert(len(line) if wanted is None else max(wanted - 1, 0), form)
    for place, form in enumerate(line, start=1):
        form.instance.order = place
