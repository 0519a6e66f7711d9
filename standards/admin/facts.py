"""The facts of a version, below its page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import PortalStacked
from standards.admin.base import Below
from standards.forms import drafts, keyed
from standards.models import Fact


class FactInline(Below, PortalStacked):
    model = Fact
    form = drafts.FactForm
    formset = keyed.FactFormSet
    fields = (
        ("order", "label"),
        ("kind", "required", "on_certificate", "carried"),
        "help_text",
        "choices_text",
        "asked_at",
        ("key", "when"),
    )
    verbose_name_plural = _("Isian pemohon (selain data pemegang izin) dan pertanyaan penentu")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The steps that may record a fact are those of the SOPs that the version names."""
        formset = super().get_formset(request, obj, **kwargs)
        if obj and "asked_at" in formset.form.base_fields:
            formset.form.base_fields["asked_at"].choices = drafts.moments(obj)
        return formset
