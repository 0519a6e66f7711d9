"""Admin of the rules for complaints. Administrators have no access to complaints themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import PortalAdmin
from complaints.domain import terms
from complaints.models import ComplaintRole, ComplaintRules, ComplaintTerm


@admin.register(ComplaintRules)
class ComplaintRulesAdmin(PortalAdmin):
    """Ladder and limits of an office."""

    list_display = ("office", "ladder", "limit_days", "reopen_days")


class RoleForm(forms.ModelForm):
    """Validates that the position belongs to the office of the role."""

    class Meta:
        model = ComplaintRole
        fields = ("office", "role", "position")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        office, position = cleaned.get("office"), cleaned.get("position")
        if office and position and position.office_id != office.pk:
            self.add_error("position", _("Pilih jabatan di unit yang sama."))
        return cleaned


@admin.register(ComplaintRole)
class ComplaintRoleAdmin(PortalAdmin):
    """Roles of positions in the handling of complaints."""

    form = RoleForm
    list_display = ("office", "role", "position")
    list_filter = ("office",)
    list_select_related = ("office", "position")


class TermForm(forms.ModelForm):
    """Validates that the kind of term can be set for the class or level."""

    class Meta:
        model = ComplaintTerm
        fields = ("office", "kind", "of", "amount", "source")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, of = cleaned.get("kind"), cleaned.get("of", "")
        if kind and not terms.refines(terms.ComplaintTermKind(kind), of):
            self.add_error("of", _("Jangka waktu ini tidak dibedakan menurut pilihan itu."))
        return cleaned


@admin.register(ComplaintTerm)
class ComplaintTermAdmin(PortalAdmin):
    """Lengths of the terms."""

    form = TermForm
    list_display = ("office", "kind", "of", "amount", "source")
    list_filter: ClassVar[tuple[str, ...]] = ("office", "kind")
    list_select_related = ("office",)
