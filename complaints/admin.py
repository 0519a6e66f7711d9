"""What administrators set for complaints. Complaints themselves they neither see nor change."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from complaints.domain import terms
from complaints.models import ComplaintRole, ComplaintRules, ComplaintTerm


@admin.register(ComplaintRules)
class ComplaintRulesAdmin(admin.ModelAdmin):
    """Ladder and limits of an office."""

    list_display = ("office", "ladder", "limit_days", "reopen_days")


class RoleForm(forms.ModelForm):
    """A part belongs to a position of the same office."""

    class Meta:
        model = ComplaintRole
        fields = ("office", "role", "position")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        office, position = found.get("office"), found.get("position")
        if office and position and position.office_id != office.pk:
            self.add_error("position", _("Pilih jabatan di unit yang sama."))
        return found


@admin.register(ComplaintRole)
class ComplaintRoleAdmin(admin.ModelAdmin):
    """Who has which part."""

    form = RoleForm
    list_display = ("office", "role", "position")
    list_filter = ("office",)
    list_select_related = ("office", "position")


class TermForm(forms.ModelForm):
    """Only answers have classes, only levels have shares."""

    class Meta:
        model = ComplaintTerm
        fields = ("office", "kind", "of", "amount", "source")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        kind, of = found.get("kind"), found.get("of", "")
        if kind and not terms.refines(terms.ComplaintTermKind(kind), of):
            self.add_error("of", _("Jangka waktu ini tidak dibedakan menurut pilihan itu."))
        return found


@admin.register(ComplaintTerm)
class ComplaintTermAdmin(admin.ModelAdmin):
    """Lengths of the terms."""

    form = TermForm
    list_display = ("office", "kind", "of", "amount", "source")
    list_filter: ClassVar[tuple[str, ...]] = ("office", "kind")
    list_select_related = ("office",)
