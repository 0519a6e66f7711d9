"""Admin of the rules for complaints. Administrators have no access to complaints themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import LookOnly, PortalAdmin
from complaints.domain import terms
from complaints.models import ComplaintRole, ComplaintRules, ComplaintTerm


@admin.register(ComplaintRules)
class ComplaintRulesAdmin(PortalAdmin):
    """Ladder and limits of an office."""

    offices = ("office",)
    list_display = ("office", "ladder", "limit_days", "reopen_days")


@admin.register(ComplaintRole)
class ComplaintRoleAdmin(LookOnly):
    """Roles of positions in the handling of complaints: proposed by one, confirmed by another."""

    offices = ("office",)
    list_display = ("office", "role", "position")
    list_filter = ("office",)
    list_select_related = ("office", "position")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("authority.add_proposal"))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return redirect("complaints:propose_role")


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
    offices = ("office",)
    list_display = ("office", "kind", "of", "amount", "source")
    list_filter: ClassVar[tuple[str, ...]] = ("office", "kind")
    list_select_related = ("office",)
