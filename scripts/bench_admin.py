"""Django admin over applications, as an office without this portal would set it up.

Twice: as it comes, with the columns and the form of the application alone, and as an office would
need it for the same work (``work_site``): the columns of the worklist, counts beside the filters,
and documents, verdicts, routing card, clock, deadlines and history below the form.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from permits.models import (
    AnswerVerdict,
    Application,
    ApplicationClockEvent,
    ApplicationDeadline,
    ApplicationRecord,
    ApplicationStep,
    Document,
    RequirementVerdict,
)
from standards.models import Requirement, Service, StandardVersion

site = admin.AdminSite(name="bench_admin")
work_site = admin.AdminSite(name="bench_work")


@admin.register(Application, site=site)
class ApplicationAdmin(admin.ModelAdmin):
    """A worklist of the admin: the same columns, filters and number of rows."""

    list_display: tuple[str, ...] = (
        "number", "holder_name", "service", "status", "current_step", "due_on",
    )  # fmt: skip
    list_select_related = ("service", "current_step__step", "current_step__application")
    list_filter = ("status", ("service", admin.RelatedFieldListFilter))  # not of one office only
    list_per_page = 30
    search_fields = ("number", "holder_name")
    # each of these as a list of choices would ask for every row that could be chosen
    raw_id_fields = (
        "applicant", "office", "service", "version", "moved_from", "procedure", "current_step",
        "desk", "certificate",
    )  # fmt: skip


class Below(admin.TabularInline):
    """Rows that belong to an application, to read; ``related`` are read with them."""

    extra = 0
    can_delete = False
    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.related)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Documents(Below):
    model = Document
    fields = ("requirement", "link", "size", "uploaded_at", "scan")
    readonly_fields = ("link",)
    related = ("requirement",)

    def link(self, row: Document) -> str:
        url = reverse("permits:document", args=[row.public_id])
        return format_html('<a href="{}">{}</a>', url, row.original_name)


class Steps(Below):
    model = ApplicationStep
    fk_name = "application"
    fields = (
        "step", "handed_over_by", "handed_over_at", "received_by", "received_at", "finished_by",
        "finished_at", "outcome", "note",
    )  # fmt: skip
    related = ("step__procedure", "handed_over_by", "received_by", "finished_by")


class Clock(Below):
    model = ApplicationClockEvent
    fields = ("kind", "at", "recorded_at", "actor", "reason", "ground")
    related = ("actor",)


class Deadlines(Below):
    model = ApplicationDeadline
    fields = ("kind", "due_on", "due_at", "met_at")


class History(Below):
    model = ApplicationRecord
    fields = ("event", "at", "actor", "note")
    related = ("actor",)


class Verdicts(admin.TabularInline):
    """The verdicts on documents, with one empty row to give another."""

    model = RequirementVerdict
    extra = 1
    fields = ("requirement", "document", "result", "reason")
    raw_id_fields = ("requirement", "document")


class AnswerVerdicts(admin.TabularInline):
    """The verdicts on answers, likewise."""

    model = AnswerVerdict
    extra = 1
    fields = ("key", "value", "result", "reason")


@admin.register(Application, site=work_site)
class WorkAdmin(ApplicationAdmin):
    """The admin with which the same work could be done."""

    list_display = (
        "number", "holder_name", "service", "status", "step", "desk", "step_due_at", "due_on",
        "days_left", "since", "received",
    )  # fmt: skip
    list_select_related = ("service", "desk", "current_step__step")
    show_facets = admin.ShowFacets.ALWAYS  # the worklist counts beside its filters, too
    inlines = (Documents, Verdicts, AnswerVerdicts, Steps, Clock, Deadlines, History)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        running = ApplicationDeadline.objects.filter(met_at=None)
        return super().get_queryset(request).prefetch_related(Prefetch("deadlines", running))

    def step(self, row: Application) -> str:
        return row.current_step.step.printed_number if row.current_step else ""

    def step_due_at(self, row: Application) -> Any:
        of_steps = (term for term in row.deadlines.all() if term.kind == term.Kind.STEP)
        term = next(of_steps, None)
        return term and term.due_at

    def days_left(self, row: Application) -> int | None:
        return (row.due_on - timezone.localdate()).days if row.due_on else None

    def since(self, row: Application) -> Any:
        return row.current_step.handed_over_at if row.current_step else row.closed_at

    @admin.display(boolean=True)
    def received(self, row: Application) -> bool:
        return bool(row.current_step and row.current_step.received_at)


@admin.register(Service, site=site)
class ServiceAdmin(admin.ModelAdmin):
    """The services with the search of the portal's own administration, sixty rows a page."""

    list_display = ("name", "office", "kbli", "risk")
    list_select_related = ("office", "kbli")
    list_per_page = 60
    search_fields = ("name", "summary", "keywords", "kbli__code", "kbli__title", "office__name")


class RequirementInline(admin.TabularInline):
    """The requirements of a version as one table."""

    model = Requirement
    extra = 0
    fields = ("order", "kind", "text", "help_text")


@admin.register(StandardVersion, site=site)
class StandardVersionAdmin(admin.ModelAdmin):
    """A version as the admin shows it by itself."""

    change_form_template = "admin/change_form.html"
    inlines = (RequirementInline,)
    fields = ("effective_on", "term_amount", "product")
