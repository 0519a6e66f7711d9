"""Admin pages: the working calendar, edited by a clerk, and read-only rows."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import LookOnly, PortalAdmin
from accounts.admin_scope import PORTAL, SHARED
from accounts.administered import keeps_portal
from accounts.models import User
from workflow import admin_tasks, alarms
from workflow.forms.marks import TermMarkForm
from workflow.models import (
    AdminTask,
    Alarm,
    CalendarYear,
    Heartbeat,
    Holiday,
    Recount,
    TermMark,
)


@admin.register(Holiday)
class HolidayAdmin(PortalAdmin):
    """Days of all offices, and of single ones; only administrators of the portal change them."""

    offices = ("office",)
    shared_rows = Q(office=None)
    limits: ClassVar = {"on": {"back": 10, "ahead": 10}}
    list_display = ("on", "name", "kind", "office", "decree", "certainty")
    list_filter = ("kind", "office", "estimated")
    list_select_related = ("office",)
    search_fields = ("name", "decree")
    date_hierarchy = "on"
    ordering = ("-on",)
    save_as = True
    fields = ("on", "name", "kind", "office", "decree", "estimated")
    actions = ("settle",)

    def may_write(self, request: HttpRequest, obj: Any = None) -> bool:
        return keeps_portal(request.user)

    def save_model(self, request: HttpRequest, obj: Holiday, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._say_what_is_kept(request)

    def delete_model(self, request: HttpRequest, obj: Holiday) -> None:
        super().delete_model(request, obj)
        self._say_what_is_kept(request)

    def _say_what_is_kept(self, request: HttpRequest) -> None:
        text = gettext(
            "Tanggal janji yang sudah diberikan belum berubah. Lihat dampaknya, lalu terapkan."
        )
        self.message_user(request, text, messages.INFO)

    @admin.display(description=_("kepastian"), ordering="estimated")
    def certainty(self, holiday: Holiday) -> str:
        return gettext("Perkiraan") if holiday.estimated else gettext("Ditetapkan")

    @admin.action(description=_("Sesuai keputusan: bukan perkiraan lagi"), permissions=["change"])
    def settle(self, request: HttpRequest, queryset: QuerySet[Holiday]) -> None:
        settled = queryset.filter(estimated=True).update(estimated=False)
        words = ngettext("%(days)s hari dipastikan.", "%(days)s hari dipastikan.", settled)
        self.message_user(request, words % {"days": settled})


@admin.register(CalendarYear)
class CalendarYearAdmin(PortalAdmin):
    offices = SHARED
    limits: ClassVar = {"year": {"min_value": 2000, "max_value": 2100}}
    list_display = ("year", "decree", "holidays", "estimates")
    fieldsets = (
        (
            None,
            {
                "fields": ("year", "decree"),
                "description": _(
                    "Masukkan tahun ini hanya bila semua hari libur dan cuti bersamanya sudah "
                    "dimasukkan: tanggal janji pasti sampai tahun terakhir yang terdaftar, dan "
                    "perkiraan sesudahnya."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[CalendarYear]:
        days = Holiday.objects.filter(on__year=OuterRef("year"), office=None).order_by()
        total = days.values("office").annotate(total=Count("pk")).values("total")
        guesses = total.filter(estimated=True)
        return (
            super()
            .get_queryset(request)
            .annotate(days=Coalesce(Subquery(total), 0), guesses=Coalesce(Subquery(guesses), 0))
        )

    @admin.display(description=_("hari libur"))
    def holidays(self, year: Any) -> int:
        return int(year.days)

    @admin.display(description=_("masih perkiraan"))
    def estimates(self, year: Any) -> int:
        return int(year.guesses)


@admin.register(Heartbeat)
class HeartbeatAdmin(LookOnly):
    offices = PORTAL
    list_display = ("sweep", "started_at", "finished_at", "done", "failed")


class WaitingFilter(admin.SimpleListFilter):
    """Open tasks first; closed ones by filter."""

    title = _("keadaan")
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("terbuka", _("Terbuka")), ("ditutup", _("Ditutup"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AdminTask]) -> QuerySet[AdminTask]:
        if self.value() is None:
            return queryset
        return queryset.filter(closed_at__isnull=self.value() == "terbuka")


@admin.register(AdminTask)
class AdminTaskAdmin(LookOnly):
    """What waits for an administrator; the portal closes most of them itself."""

    offices = ("office",)
    list_display = ("what", "office", "opened_at", "closed")
    list_display_links = None
    list_filter = (WaitingFilter, "office")
    list_select_related = ("office", "closed_by")
    actions = ("close",)

    def has_close_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("workflow.change_admintask"))

    @admin.display(description=_("yang harus dilakukan"))
    def what(self, admin_task: AdminTask) -> str:
        text = admin_tasks.sentence(admin_task)
        if not admin_task.path or admin_task.closed_at:
            return text
        return format_html('{} <a href="{}">{}</a>', text, admin_task.path, _("Buka halamannya"))

    @admin.display(description=_("ditutup"), ordering="closed_at", empty_value="-")
    def closed(self, admin_task: AdminTask) -> str:
        if admin_task.closed_at is None:
            return ""
        closed_at = date_format(timezone.localtime(admin_task.closed_at), "DATETIME_FORMAT")
        return ", ".join([closed_at, str(admin_task.closed_by or gettext("oleh portal"))])

    @admin.action(description=_("Tutup tugas yang dipilih"), permissions=["close"])
    def close(self, request: HttpRequest, queryset: QuerySet[AdminTask]) -> None:
        person = cast("User", request.user)
        at = timezone.now()
        keys = list(queryset.values_list("key", flat=True))
        closed = sum(admin_tasks.close_task(key, at=at, actor=person) for key in keys)
        words = ngettext("%(closed)s tugas ditutup.", "%(closed)s tugas ditutup.", closed)
        self.message_user(request, words % {"closed": closed})


def _term(name: str) -> str:
    """Return the name of a kind of term as people read it."""
    return str(alarms.TERMS[name].label) if name in alarms.TERMS else name


class TermFilter(admin.SimpleListFilter):
    """Kinds of terms by their names."""

    title = _("jangka waktu")
    parameter_name = "term"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(term.name, term.label) for term in alarms.TERMS.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset if self.value() is None else queryset.filter(term=self.value())


@admin.register(TermMark)
class TermMarkAdmin(PortalAdmin):
    """The marks of an office; as soon as it has one for a term, only its own hold."""

    form = TermMarkForm
    offices = ("office",)
    list_display = ("office", "term_label", "share", "days", "act_label", "above")
    list_display_links = ("term_label",)
    list_filter = ("office", TermFilter)
    list_select_related = ("office",)
    fieldsets = (
        (
            None,
            {
                "fields": ("office", "term", "act", "share", "days", "level"),
                "description": _(
                    "Kantor yang mempunyai tanda sendiri untuk suatu jangka waktu hanya memakai "
                    "tanda-tanda itu. Masukkan semuanya, juga tindakan saat waktunya lewat."
                ),
            },
        ),
    )

    @admin.display(description=_("jangka waktu"), ordering="term")
    def term_label(self, mark: TermMark) -> str:
        return _term(mark.term)

    @admin.display(description=_("tingkat atasan"), ordering="level")
    def above(self, mark: TermMark) -> int | None:
        return mark.level or None

    @admin.display(description=_("tindakan"))
    def act_label(self, mark: TermMark) -> str:
        return str(alarms.ACTS.get(mark.act, mark.act))

    def save_model(self, request: HttpRequest, obj: TermMark, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        touched = {(obj.term, obj.office_id)}
        if change:
            touched.add((form.initial["term"], form.initial["office"]))
        for term, office in touched:
            alarms.plan_again(term, office, timezone.now())

    def delete_model(self, request: HttpRequest, obj: TermMark) -> None:
        super().delete_model(request, obj)
        alarms.plan_again(obj.term, obj.office_id, timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[TermMark]) -> None:
        for mark in queryset.select_related("office"):
            self.delete_model(request, mark)


@admin.register(Alarm)
class AlarmAdmin(LookOnly):
    """Marks that were reached; one that keeps failing is seen here with its reason."""

    offices = PORTAL  # terms of all kinds: a row does not know the office of its subject
    list_display = (
        "mark_at",
        "term_label",
        "about",
        "due_at",
        "job_status",
        "attempts",
        "last_error",
    )
    list_filter = ("job_status", TermFilter)
    list_per_page = 50
    show_full_result_count = False
    fields = (
        "term_label",
        "about",
        "due_at",
        "mark_at",
        "job_status",
        "attempts",
        "next_try_at",
        "lease_until",
        "last_error",
    )

    @admin.display(description=_("jangka waktu"), ordering="term")
    def term_label(self, alarm: Alarm) -> str:
        return _term(alarm.term)

    @admin.display(description=_("tentang"))
    def about(self, alarm: Alarm) -> str:
        term = alarms.TERMS.get(alarm.term)
        row = term.rows().filter(pk=alarm.object_id).first() if term else None
        return gettext("sudah dihapus") if row is None else str(row)


@admin.register(Recount)
class RecountAdmin(LookOnly):
    """Calendars that were applied: by whom, how far, and what would not be counted."""

    offices = ("office",)
    list_display = ("office", "asked_at", "actor", "course", "moved", "state")
    list_filter = ("job_status", "office")
    list_select_related = ("office", "actor")
    fields = (
        "office",
        "calendar_version",
        "actor",
        "asked_at",
        "course",
        "moved",
        "left",
        "finished_at",
        "overtaken",
        "job_status",
        "attempts",
        "last_error",
    )

    @admin.display(description=_("dihitung ulang"))
    def course(self, recount: Recount) -> str:
        return gettext("%(done)s dari %(total)s") % {
            "done": number_format(recount.done, force_grouping=True),
            "total": number_format(recount.total, force_grouping=True),
        }

    @admin.display(description=_("keadaan pekerjaan"), ordering="job_status")
    def state(self, recount: Recount) -> str:
        if recount.overtaken:
            return gettext("Kalender berubah lagi")
        return str(recount.get_job_status_display())

    @admin.display(description=_("tidak dapat dihitung"))
    def left(self, recount: Recount) -> int:
        return len(recount.broken)
