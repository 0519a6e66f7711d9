"""Choosing the two versions of a service that are compared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standards.models import Service, StandardVersion
from workflow.formats import day
from workflow.forms.base import PortalForm


class VersionChoice(forms.ModelChoiceField):
    """One version of a service, named by its number and first day."""

    def label_from_instance(self, version: Any) -> str:
        """Return "Versi 2, berlaku mulai 1 Maret 2026"."""
        words = {"number": version.number, "day": day(version.effective_on)}
        if not version.is_published:
            return _("Versi %(number)s (konsep)") % words
        return _("Versi %(number)s, berlaku mulai %(day)s") % words


class CompareForm(PortalForm):
    """The two versions; one may be compared with itself."""

    old = VersionChoice(StandardVersion.objects.none(), label=gettext_lazy("Dari"))
    new = VersionChoice(StandardVersion.objects.none(), label=gettext_lazy("Menjadi"))

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = service.versions.order_by("-number")
        for name in ("old", "new"):
            field = self.fields[name]
            assert isinstance(field, VersionChoice)  # noqa: S101
            field.queryset = rows
            field.empty_label = None
