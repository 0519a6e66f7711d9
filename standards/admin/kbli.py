"""Business lines and the pairs of their editions: each row by hand, or all of them from a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, ClassVar, Final

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import PortalAdmin
from accounts.admin_scope import SHARED
from documents.spreadsheets import XLSX
from standards.admin.base import person_of
from standards.domain.kbli import coverage
from standards.forms.kbli import KbliTableForm
from standards.models import Kbli, KbliSuccessor
from standards.services.kbli_table import (
    LINES,
    PAIRS,
    Changes,
    KbliTable,
    changes_of,
    lines_xlsx,
    pairs_xlsx,
    read_kbli,
    store,
)
from standards.services.search_index import index_line
from workflow.tomlfile import FileFault

_SALT: Final = "standards.kbli"
_A_DAY: Final = 24 * 60 * 60
_FOLDER: Final = "admin/standards/kbli/"
_IMPORT: Final = "admin:standards_kbli_impor"


class KbliPages(PortalAdmin):
    """The pages of the import; mixed into the page of business lines.

    Between the two pages the rows travel in the form, signed and compressed: nothing is stored
    before the administrator has seen what would change.
    """

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("impor/", wrap(self.import_view), name="standards_kbli_impor"),
            path("impor/simpan/", wrap(self.store_view), name="standards_kbli_impor_simpan"),
            path("unduh/", wrap(self.download_view), name="standards_kbli_unduh"),
            *super().get_urls(),
        ]

    def download_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with every line as a workbook, whose heads a table to import has as well."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return _workbook(lines_xlsx(), "kbli.xlsx")

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a table; a sound one leads to what it would change."""
        self._check(request)
        form = KbliTableForm(request.POST or None, request.FILES or None)
        faults: list[FileFault] = []
        if form.is_valid():
            file, whole = form.cleaned_data["file"], form.cleaned_data["whole"]
            try:
                table = read_kbli(file.read(), file.name)
                return self._show(request, table, whole, changes_of(table, whole=whole))
            except FileFault as fault:
                faults = fault.faults
        context = {"form": form, "faults": faults, "title": _("Impor KBLI")}
        columns = ((_("Daftar kode"), LINES), (_("Padanan dua edisi"), PAIRS))
        return self._page(request, "import.html", {**context, "tables": columns})

    def store_view(self, request: HttpRequest) -> HttpResponse:
        """Store the rows of the table that was shown."""
        self._check(request)
        again = HttpResponseRedirect(reverse(_IMPORT))
        try:
            sent = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=_A_DAY)
        except signing.BadSignature:
            messages.error(request, gettext("Berkas tidak terbaca lagi. Unggah sekali lagi."))
            return again
        table = KbliTable(**sent["table"])
        try:
            changes = changes_of(table, whole=sent["whole"])
        except FileFault as fault:  # a line that a pair names has gone in the meantime
            for each in fault.faults:
                messages.error(request, str(each))
            return again
        done = store(changes, on=timezone.localdate())
        self._log(request, table, changes)
        said = gettext("%(added)s baris ditambahkan, %(changed)s judul diperbarui.")
        messages.success(request, said % {"added": done.added, "changed": done.changed})
        name = "kblisuccessor" if table.pairs else "kbli"
        return HttpResponseRedirect(reverse(f"admin:standards_{name}_changelist"))

    def _show(
        self, request: HttpRequest, table: KbliTable, whole: bool, changes: Changes
    ) -> HttpResponse:
        token = signing.dumps({"table": asdict(table), "whole": whole}, salt=_SALT, compress=True)
        context = {"token": token, "name": table.name, "changes": changes}
        return self._page(request, "import_check.html", {**context, "title": _("Impor KBLI")})

    def _page(
        self, request: HttpRequest, template: str, context: dict[str, Any]
    ) -> TemplateResponse:
        whole = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, _FOLDER + template, whole)

    def _check(self, request: HttpRequest) -> None:
        """Administrators of the portal write what all offices share."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied

    def _log(self, request: HttpRequest, table: KbliTable, changes: Changes) -> None:
        """Record each row in its history, as if it had been typed."""
        said = gettext("Dari tabel %(name)s.") % {"name": table.name}
        added: Sequence[Model] = [*changes.lines, *changes.pairs]
        known = {line.pk: line for line, _title in changes.retitled}
        changed = {**known, **{line.pk: line for line in changes.completed}}
        for rows, act in ((added, ADDITION), (list(changed.values()), CHANGE)):
            if rows:
                LogEntry.objects.log_actions(person_of(request).pk, rows, act, change_message=said)


def _workbook(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@admin.register(Kbli)
class KbliAdmin(KbliPages):
    offices = SHARED
    change_list_template = "admin/standards/kbli/lines.html"
    list_display = ("code", "edition", "title")
    list_filter = ("edition",)
    limits: ClassVar = {"edition": {"min_value": 1990, "max_value": 2100}}
    search_fields = ("code", "title")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Say above the list how much of the official one it holds."""
        rows = Kbli.objects.order_by("edition").values_list("edition", "code", "listed")
        found = coverage(rows)
        missing = not found or any(one.partial for one in found)
        context = {"coverage": found, "missing": missing, **(extra_context or {})}
        return super().changelist_view(request, context)

    def save_model(self, request: HttpRequest, obj: Kbli, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        index_line(obj, on=timezone.localdate())


@admin.register(KbliSuccessor)
class KbliSuccessorAdmin(PortalAdmin):
    offices = SHARED
    change_list_template = "admin/standards/kbli/change_list.html"
    list_display = ("earlier", "later")
    list_select_related = ("earlier", "later")
    search_fields = ("earlier__code", "later__code", "earlier__title", "later__title")
    autocomplete_fields = ("earlier", "later")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for line in (obj.earlier, obj.later):
            index_line(line, on=timezone.localdate())

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "standards_kblisuccessor_unduh"
        return [path("unduh/", wrap(self.download_view), name=name), *super().get_urls()]

    def download_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with every pair as a workbook."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return _workbook(pairs_xlsx(), "padanan-kbli.xlsx")
