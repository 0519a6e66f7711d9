"""Forms of the import: which file, for which office; then which service and which positions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import CodeField, OneLineField, SlugField
from accounts.models import Office, Position
from standards.domain.standard_file import MOST_BYTES, ServiceText
from standards.models import Service, StandardVersion

TABLES = ".xlsx,.csv"  # what a browser offers for the upload of a table
_WIDE = forms.TextInput(attrs={"class": "vTextField"})


class TargetForm(forms.Form):
    """For which office a standard is copied; who keeps one office is not asked."""

    office = forms.ModelChoiceField(
        Office.objects.none(), label=gettext_lazy("Unit penyelenggara yang menerima")
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = offices
        if len(offices) == 1:
            field.initial = offices[0]


class SmallFile(forms.Form):
    """A file of at most 1 MB; a larger one is refused by its size, before it is read."""

    def clean_file(self) -> Any:
        """Refuse a large file."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Berkas ini berukuran %(size)s; paling besar 1 MB."),
                code="large",
                params={"size": filesizeformat(file.size)},
            )
        return file


class RequirementTableForm(SmallFile):
    """The table of requirements, and that the clerk means to put it in place of what stands."""

    file = forms.FileField(
        label=gettext_lazy("Tabel persyaratan (.xlsx atau .csv)"),
        help_text=gettext_lazy("Paling besar 1 MB, dengan kolom seperti pada unduhan."),
        widget=forms.FileInput(attrs={"accept": TABLES}),
    )
    agreed = forms.BooleanField(label=gettext_lazy("Ganti seluruh kelompok dan persyaratan"))


class UploadForm(SmallFile, TargetForm):
    """Which file, and for which office."""

    file = forms.FileField(
        label=gettext_lazy("Berkas standar (.toml)"),
        help_text=gettext_lazy("Paling besar 1 MB. Berkas ini berasal dari Unduh sebagai berkas."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )
    field_order = ("file", "office")


class MappingForm(forms.Form):
    """Which service of the office the draft is for, and which position each of the file is."""

    token = CodeField(widget=forms.HiddenInput)
    service = forms.ModelChoiceField(
        Service.objects.none(),
        required=False,
        label=gettext_lazy("Layanan"),
        empty_label=gettext_lazy("Layanan baru (isi nama dan kode di bawah)"),
    )
    name = OneLineField(
        label=gettext_lazy("Nama layanan baru"), max_length=250, required=False, widget=_WIDE
    )
    slug = SlugField(
        label=gettext_lazy("Kode alamat layanan baru"), max_length=80, required=False, widget=_WIDE
    )
    with_decree = forms.BooleanField(
        required=False,
        label=gettext_lazy("Pakai juga tanggal berlaku dan penetapan yang tertulis di berkas"),
    )

    def __init__(
        self,
        *args: Any,
        office: Office,
        positions: Mapping[str, tuple[str, Position | None]],
        may_add_service: bool,
        **kwargs: Any,
    ) -> None:
        """``positions`` are those of the file by code: name and the suggested one of ``office``."""
        super().__init__(*args, **kwargs)
        self._office = office
        service = self.fields["service"]
        assert isinstance(service, forms.ModelChoiceField)  # noqa: S101
        services = Service.objects.filter(office=office).order_by("name")
        service.queryset = services
        if not may_add_service:
            service.required, service.empty_label = True, "---------"
            del self.fields["name"], self.fields["slug"]
        self._codes = list(positions)
        for number, (code, (name, suggested)) in enumerate(positions.items(), 1):
            label = name if name == code else f"{name} ({code})"
            self.fields[f"position_{number}"] = forms.ModelChoiceField(
                Position.objects.in_procedures_of(office),
                required=False,
                initial=suggested,
                label=label,
                empty_label=_("Belum dipadankan: alurnya menjadi sementara"),
            )

    def clean(self) -> dict[str, Any]:
        """A service has one draft; a new one needs a name and a code that is free."""
        given = super().clean() or {}
        service = given.get("service")
        if "service" in self.errors:
            return given
        if service is not None:
            draft = service.versions.filter(status=StandardVersion.Status.DRAFT).first()
            if draft is not None:
                what = _("Layanan ini sudah mempunyai konsep (versi %(number)s).")
                self.add_error("service", what % {"number": draft.number})
            return given
        for name in ("name", "slug"):
            if name in self.fields and not given.get(name) and name not in self.errors:
                self.add_error(name, _("Wajib diisi untuk layanan baru."))
        slug = given.get("slug")
        if slug and Service.objects.filter(office=self._office, slug=slug).exists():
            self.add_error("slug", _("Kode ini sudah dipakai layanan lain di kantor ini."))
        return given

    def target(self, text: ServiceText) -> Service | ServiceText:
        """Return the chosen service, or ``text`` (of the file) with name and code of a new one."""
        given = self.cleaned_data
        if given["service"]:
            return cast(Service, given["service"])
        return replace(text, name=given["name"], slug=given["slug"])

    @property
    def positions(self) -> dict[str, Position | None]:
        """The position of the office for each code of the file."""
        return {
            code: self.cleaned_data[f"position_{number}"]
            for number, code in enumerate(self._codes, 1)
        }
