"""Admin of who compiles and who checks the reports of an office."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import PortalAdmin
from reports.models import ReportRole


@admin.register(ReportRole)
class ReportRoleAdmin(PortalAdmin):
    """Positions that compile reports, and the secretary who checks them."""

    offices = ("position__office",)
    list_display = ("position", "role", "office")
    list_filter = ("position__office", "role")
    list_select_related = ("position__office",)

    @admin.display(description=_("unit penyelenggara"))
    def office(self, row: ReportRole) -> str:
        return str(row.position.office)
