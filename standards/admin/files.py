"""Pages that take a version out as a file and bring one in: a draft, or a list of faults."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.administered import offices_kept
from accounts.models import Office
from standards import policies
from standards.admin.base import FreezableAdmin, person_of, whole_number
from standards.forms.importing import MappingForm, TargetForm, UploadForm
from standards.models import Service, StandardVersion
from standards.services.exporting import export_version
from standards.services.importing import Arrival, import_standard, read_arrival
from workflow.domain.errors import DomainError
from workflow.refusals import sentence
from workflow.tomlfile import FileFault

_SALT = "standards.import"
_A_DAY = 24 * 60 * 60
_FOLDER = "admin/standards/standardversion/"


class FilePages(FreezableAdmin):
    """The pages of files of a version; mixed into the page of versions.

    Between the two pages of an import the file travels in the form, signed and compressed: nothing
    is stored before the clerk has said where it belongs.
    """

    def file_urls(self) -> list[URLPattern]:
        """Return the addresses of these pages."""
        wrap = self.admin_site.admin_view
        return [
            path("impor/", wrap(self.import_view), name="standards_standardversion_impor"),
            path("impor/padankan/", wrap(self.map_view), name="standards_standardversion_padankan"),
            self.button("berkas", self.download_view),
            self.button("salin-ke", self.copy_to_view),
        ]

    def download_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answer with the file of a version, draft or published."""
        version = self._version(request, object_id)
        try:
            text = export_version(version)
        except DomainError as error:
            messages.error(request, sentence(error))
            return HttpResponseRedirect(self.page_of(version))
        response = HttpResponse(text, content_type="application/toml; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{_file_name(version)}"'
        return response

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file and its office; a sound file leads to the page of positions."""
        self._check(request)
        offices = offices_kept(person_of(request))
        form = UploadForm(request.POST or None, request.FILES or None, offices=offices)
        faults: list[FileFault] = []
        if form.is_valid():
            file, office = form.cleaned_data["file"], form.cleaned_data["office"]
            content = file.read()
            try:
                arrival = read_arrival(content, file.name, office)
            except FileFault as fault:
                faults = fault.faults
            else:
                same = arrival.sheet.service.office == office.code
                return self._ask(request, content, file.name, office, arrival, with_decree=same)
        context = {"form": form, "faults": faults, "title": _("Impor standar")}
        return self._page(request, "import.html", context)

    def copy_to_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the office that shall have a copy; then as if its file had been sent."""
        self._check(request)
        version = self._version(request, object_id)
        form = TargetForm(request.POST or None, offices=offices_kept(person_of(request)))
        faults: list[FileFault] = []
        if form.is_valid():
            office, name = form.cleaned_data["office"], _file_name(version)
            try:
                content = export_version(version).encode()
                arrival = read_arrival(content, name, office)
            except DomainError as error:
                messages.error(request, sentence(error))
                return HttpResponseRedirect(self.page_of(version))
            except FileFault as fault:
                faults = fault.faults
            else:
                return self._ask(request, content, name, office, arrival, with_decree=False)
        title = _("Salin ke layanan atau kantor lain")
        context = {"form": form, "faults": faults, "version": version, "title": title}
        return self._page(request, "import.html", context)

    def map_view(self, request: HttpRequest) -> HttpResponse:
        """Make the draft as the clerk has said."""
        self._check(request)
        again = HttpResponseRedirect(reverse("admin:standards_standardversion_impor"))
        try:
            sent = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=_A_DAY)
        except signing.BadSignature:
            messages.error(request, gettext("Berkas tidak terbaca lagi. Unggah sekali lagi."))
            return again
        offices = offices_kept(person_of(request))
        office = get_object_or_404(offices, pk=sent["office"])
        content, name = sent["text"].encode(), sent["name"]
        try:
            arrival = read_arrival(content, name, office)
            form = self._form(request, office, arrival, request.POST)
            if form.is_valid():
                version = import_standard(
                    content,
                    name,
                    office,
                    form.target(replace(arrival.sheet.service, office=office.code)),
                    form.positions,
                    with_decree=form.cleaned_data["with_decree"],
                    at=timezone.now(),
                )
                return self._done(request, version)
        except FileFault as fault:  # what the file names has gone in the meantime
            for each in fault.faults:
                messages.error(request, str(each))
            return again
        except DomainError as error:
            form.add_error("service", sentence(error))
        return self._mapping(request, office, arrival, form)

    def _done(self, request: HttpRequest, version: StandardVersion) -> HttpResponse:
        """Show what the draft changes in the standard in force; the draft, where there is none."""
        self.log_addition(request, version, gettext("Konsep dibuat dari berkas."))
        done = gettext("Konsep dibuat dari berkas. Periksa isinya sebelum ditetapkan.")
        messages.success(request, done)
        today = version.service.office.local_date(timezone.now())
        before = version.service.versions.in_force(today).first()
        if before is None:
            return HttpResponseRedirect(self.page_of(version))
        compared = reverse("admin:standards_standardversion_perbandingan", args=[version.pk])
        return HttpResponseRedirect(f"{compared}?old={before.pk}&new={version.pk}")

    def _ask(
        self,
        request: HttpRequest,
        content: bytes,
        name: str,
        office: Office,
        arrival: Arrival,
        *,
        with_decree: bool,
    ) -> HttpResponse:
        """Show the page of positions with what is suggested."""
        text = arrival.sheet.service
        services = Service.objects.filter(office=office)
        same = services.filter(slug=text.slug).first() if with_decree else None
        taken = set(services.values_list("slug", flat=True))
        sent = {"text": content.decode("utf-8-sig"), "name": name, "office": office.pk}
        initial = {
            "token": signing.dumps(sent, salt=_SALT, compress=True),
            "service": same,
            "name": text.name,
            "slug": text.slug if text.slug not in taken else "",
            "with_decree": with_decree,
        }
        form = self._form(request, office, arrival, None, initial=initial)
        return self._mapping(request, office, arrival, form)

    def _form(
        self, request: HttpRequest, office: Office, arrival: Arrival, sent: Any, **given: Any
    ) -> MappingForm:
        suggested = arrival.suggested(office)
        return MappingForm(
            sent,
            office=office,
            positions={code: (name, suggested[code]) for code, name in arrival.positions.items()},
            may_add_service=person_of(request).has_perm("standards.add_service"),
            **given,
        )

    def _mapping(
        self, request: HttpRequest, office: Office, arrival: Arrival, form: MappingForm
    ) -> HttpResponse:
        snapshot = arrival.sheet.snapshot
        context = {
            "form": form,
            "office": office,
            "service": arrival.sheet.service,
            "requirements": len(snapshot.requirements),
            "procedures": [text.name for text in snapshot.procedures],
            "title": _("Padankan jabatan dan layanan"),
        }
        return self._page(request, "import_map.html", context)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, _FOLDER + template, {**shared, **context})

    def _check(self, request: HttpRequest) -> None:
        """Only who may make standards of some office."""
        if not policies.may_import(person_of(request)):
            raise PermissionDenied

    def _version(self, request: HttpRequest, object_id: str) -> StandardVersion:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=whole_number(object_id))


def _file_name(version: StandardVersion) -> str:
    service = version.service
    return f"{service.office.code}-{service.slug}-versi-{version.number}.toml"
