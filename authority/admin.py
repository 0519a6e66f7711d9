"""Proposals, and what was done by command, in the administration: to look at.

A row leads to the page of the proposal, "add" to the page that proposes.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.admin_parts import LookOnly
from authority.models import OperatorAct, Proposal


@admin.register(Proposal)
class ProposalAdmin(LookOnly):
    """Proposals: the list; everything else has its own page."""

    offices = ("office",)
    list_display = ("kind", "person", "office", "proposed_by", "proposed_at", "status")
    list_filter = ("status", "kind", "office")
    list_select_related = ("person", "office", "proposed_by")
    search_fields = ("person__full_name", "person__email", "decree_number")
    fields = ("kind", "person", "office", "status")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("authority.add_proposal"))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return redirect("authority:appoint")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        return redirect(row) if row else redirect("admin:authority_proposal_changelist")


@admin.register(OperatorAct)
class OperatorActAdmin(LookOnly):
    """What the operator of the server did by command."""

    offices = ("office",)
    list_display = ("what", "person", "office", "named", "at")
    list_filter = ("what", "office")
    list_select_related = ("person", "office")
    search_fields = ("person__full_name", "detail")
    fields = ("what", "person", "office", "named", "detail", "at")

    @admin.display(description=OperatorAct._meta.get_field("names").verbose_name)
    def named(self, act: OperatorAct) -> str:
        return ", ".join(act.names)
