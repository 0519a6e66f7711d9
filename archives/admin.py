"""The retention schedule, edited as versions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.admin_parts import PortalAdmin
from archives.models import RetentionRule


@admin.register(RetentionRule)
class RetentionRuleAdmin(PortalAdmin):
    """A row in force is read-only: a new schedule is a new row, from a later day on."""

    offices = ("office",)
    shared_rows = Q(office=None)  # the schedule of offices without one of their own
    limits: ClassVar = {"effective_on": {"back": 20, "ahead": 5}}
    list_display = (
        "kind",
        "office",
        "effective_on",
        "active_years",
        "inactive_years",
        "fate",
        "set_by",
    )
    list_filter = ("kind", "office", ("source", admin.EmptyFieldListFilter))
    list_select_related = ("office",)
    save_as = True

    @admin.display(description=_("sumber angka"))
    def set_by(self, rule: RetentionRule) -> str:
        """Return the decree that sets the figures, or say that they are an assumption."""
        return rule.source or _("asumsi")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _open(obj) and super().has_delete_permission(request, obj)


def _open(rule: RetentionRule | None) -> bool:
    return rule is None or not rule.in_force(timezone.localdate())
