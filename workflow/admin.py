"""The working calendar, kept by a clerk; and what may only be looked at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from workflow.models import CalendarYear, Heartbeat, Holiday


class LookOnly(admin.ModelAdmin):
    """Rows that services write: shown, never added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    list_display = ("on", "name", "kind", "office", "decree", "estimated")
    list_filter = ("kind", "office", "estimated")
    list_select_related = ("office",)
    search_fields = ("name", "decree")
    date_hierarchy = "on"
    ordering = ("-on",)
    save_as = True
    fields = ("on", "name", "kind", "office", "decree", "estimated")


@admin.register(CalendarYear)
class CalendarYearAdmin(admin.ModelAdmin):
    list_display = ("year", "decree")
    fieldsets = (
        (
            None,
            {
                "fields": ("year", "decree"),
                "description": _(
                    "Masukkan tahun ini hanya bila semua hari libur dan cuti bersamanya sudah "
                    "dimasukkan: tanggal janji dihitung sampai tahun terakhir yang terdaftar."
                ),
            },
        ),
    )


@admin.register(Heartbeat)
class HeartbeatAdmin(LookOnly):
    list_display = ("sweep", "started_at", "finished_at", "done", "failed")
