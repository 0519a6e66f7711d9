"""Admin of who sees the boards. Figures have no page here: they are computed."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import PortalAdmin
from boards.models import BoardReader


@admin.register(BoardReader)
class BoardReaderAdmin(PortalAdmin):
    """Positions that see the boards of their office without leading others."""

    offices = ("position__office",)
    list_display = ("position", "office")
    list_filter = ("position__office",)
    list_select_related = ("position__office",)

    @admin.display(description=_("unit penyelenggara"))
    def office(self, row: BoardReader) -> str:
        return str(row.position.office)
