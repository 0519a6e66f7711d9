"""Rows of an inline that keep their own order: a clerk types where a row shall stand.

Django's own formset would refuse to exchange two rows whose order is unique, and would make a
clerk renumber nineteen steps to insert one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django import forms
from django.db.models import F
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

_ASIDE = 10_000  # where rows wait while others take their places
HINT = _("Kosongkan untuk menaruh di akhir; ketik angka lain untuk memindahkan baris.")
_STALE = _(
    "Belum disimpan: sejak halaman ini dibuka, barisnya ditambah atau dihapus, oleh orang lain "
    "atau karena tombol tertekan dua kali. Buka halaman ini di tab lain, lalu lengkapi di sana."
)


class OrderedForm(forms.ModelForm):
    """A row whose ``order`` may stay empty: its formset gives it a place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "order" in self.fields:
            self.fields["order"].required = False
            self.fields["order"].widget.attrs.update(title=HINT, placeholder=_("akhir"))
        if self.instance.pk is None:
            self.initial["order"] = None

    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), "order"}  # type: ignore[misc]


class OrderedFormSet(BaseInlineFormSet):
    """Numbers its rows 1, 2, 3, … within each ``part`` whenever one was added, moved or deleted."""

    part = ""  # the field whose value divides the rows into lists of their own

    def clean(self) -> None:
        """Give every row its place.

        A page that does not know all rows is refused: it was sent twice, or somebody else has saved
        one meanwhile. It would enter rows twice, or put two in one place.
        """
        super().clean()
        sent = {form.instance.pk for form in self.initial_forms}
        there = {row.pk for row in self.get_queryset()}
        if self.has_changed() and sent != there:
            raise forms.ValidationError(_STALE, code="stale")
        if any(self.errors):
            return
        parts: dict[object, list[Any]] = defaultdict(list)
        for form in self.kept_forms():
            parts[form.cleaned_data.get(self.part)].append(form)
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
        saved = super().save(commit)
        for form in remaining:
            rows.filter(pk=form.instance.pk).update(**self.placed(form))
        return saved

    def placed(self, form: Any) -> dict[str, Any]:
        """Return the columns that follow from the place of a row, also of an unchanged row."""
        return {"order": form.instance.order}


def _number(forms_of_part: list[Any], moving: set[str], *, anyway: bool) -> None:
    moved = [f for f in forms_of_part if f.instance.pk is None or moving & set(f.changed_data)]
    if not (moved or anyway):
        return
    line = [form for form in forms_of_part if form not in moved]
    line.sort(key=lambda form: form.instance.order)
    moved.sort(key=lambda form: (_wanted(form) is None, _wanted(form) or 0))
    for form in moved:
        wanted = _wanted(form)
        line.insert(len(line) if wanted is None else max(wanted - 1, 0), form)
    for place, form in enumerate(line, start=1):
        form.instance.order = place


def _wanted(form: Any) -> int | None:
    order: int | None = form.cleaned_data.get("order")
    return order
