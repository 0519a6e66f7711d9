"""The requirements of a version as a table: downloaded, and put in place of those of a draft."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from documents.spreadsheets import CSV, XLSX
from standards.admin.base import FreezableAdmin, whole_number
from standards.forms.importing import RequirementTableForm
from standards.models import StandardVersion
from standards.services.requirement_table import (
    COLUMNS,
    replace_requirements,
    requirements_csv,
    requirements_xlsx,
)
from workflow.domain.errors import DomainError
from workflow.refusals import sentence
from workflow.tomlfile import FileFault


class RequirementTables(FreezableAdmin):
    """The two pages of the table; mixed into the page of versions."""

    def table_urls(self) -> list[URLPattern]:
        """Return the addresses of these pages."""
        return [
            self.button("persyaratan", self.csv_view),
            self.button("persyaratan-xlsx", self.xlsx_view),
            self.button("ganti-persyaratan", self.replace_view),
        ]

    def csv_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answer with the groups and requirements as CSV."""
        return self._table(request, object_id, requirements_csv, "csv", CSV)

    def xlsx_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answer with the groups and requirements as a workbook."""
        return self._table(request, object_id, requirements_xlsx, "xlsx", XLSX)

    def _table(
        self,
        request: HttpRequest,
        object_id: str,
        write: Callable[[StandardVersion], bytes],
        ending: str,
        content_type: str,
    ) -> HttpResponse:
        version = get_object_or_404(self.get_queryset(request), pk=whole_number(object_id))
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        try:
            content = write(version)
        except DomainError as error:
            messages.error(request, sentence(error))
            return HttpResponseRedirect(self.page_of(version))
        name = f"{version.service.slug}-versi-{version.number}-persyaratan.{ending}"
        response = HttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def replace_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a table; what is wrong is listed by row and column, and nothing is stored."""
        version = get_object_or_404(self.get_queryset(request), pk=whole_number(object_id))
        if not self.has_change_permission(request, version):
            raise PermissionDenied
        form = RequirementTableForm(request.POST or None, request.FILES or None)
        faults: list[FileFault] = []
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                total = replace_requirements(version, file.read(), file.name)
            except FileFault as fault:
                faults = fault.faults
            except DomainError as error:
                messages.error(request, sentence(error))
                return HttpResponseRedirect(self.page_of(version))
            else:
                self.log_change(request, version, gettext("Persyaratan diganti dari tabel."))
                done = ngettext(
                    "%(total)s persyaratan dimasukkan.", "%(total)s persyaratan dimasukkan.", total
                )
                messages.success(request, done % {"total": total})
                return HttpResponseRedirect(self.page_of(version))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Ganti persyaratan dari tabel"),
            "form": form,
            "faults": faults,
            "version": version,
            "back_url": self.page_of(version),
            "total": version.requirements.count(),
            "columns": COLUMNS,
        }
        template = "admin/standards/standardversion/requirement_table.html"
        return TemplateResponse(request, template, context)
