"""Django admin over applications, as an office without this portal would set it up.

The list shows what the worklist shows, thirty rows a page; the change page is the plain form.
"""

from __future__ import annotations

from django.contrib import admin

from permits.models import Application
from standards.models import Requirement, Service, StandardVersion

site = admin.AdminSite(name="bench_admin")


@admin.register(Application, site=site)
class ApplicationAdmin(admin.ModelAdmin):
    """A worklist of the admin: the same columns, filters and number of rows."""

    list_display = ("number", "holder_name", "service", "status", "current_step", "due_on")
    list_select_related = ("service", "current_step__step", "current_step__application")
    list_filter = ("status", ("service", admin.RelatedFieldListFilter))  # not of one office only
    list_per_page = 30
    search_fields = ("number", "holder_name")
    raw_id_fields = (
        "applicant", "office", "service", "version", "procedure", "current_step", "desk",
    )  # fmt: skip


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
