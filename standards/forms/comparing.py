"""Choosing the two versions of a standard, or of one SOP, that are compared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standards.models import Procedure, StandardVersion
from standards.procedure_names import told_apart
from workflow.formats import day
from workflow.forms.base import PortalForm


class CompareForm(PortalForm):
    """The two rows; one may be compared with itself."""

    old = forms.ModelChoiceField(StandardVersion.objects.none(), label=gettext_lazy("Dari"))
    new = forms.ModelChoiceField(StandardVersion.objects.none(), label=gettext_lazy("Menjadi"))

    def __init__(self, *args: Any, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = rows
            field.empty_label = None
            field.label_from_instance = self.named  # type: ignore[assignment]

    def named(self, row: Any) -> str:
        """Return what ``row`` is called in the choice."""
        raise NotImplementedError


class CompareVersions(CompareForm):
    """Two versions of a service."""

    def named(self, row: StandardVersion) -> str:
        """Return "Versi 2, berlaku mulai 1 Maret 2026"."""
        words = {"number": row.number, "day": day(row.effective_on)}
        if not row.is_published:
            return _("Versi %(number)s (konsep)") % words
        return _("Versi %(number)s, berlaku mulai %(day)s") % words


class CompareProcedures(CompareForm):
    """Two versions of an SOP."""

    def named(self, row: Procedure) -> str:
        """Return its name with code, number and day."""
        return told_apart(row)
