"""Offices with their hours, channels and positions."""

from __future__ import annotations

import base64
import io
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.positions import PositionForm
from accounts.admin_parts import PortalTabular, StaysOnRow, offer
from accounts.administered import keeps_portal
from accounts.models import Office, OfficeChannel, OfficeHours, Position
from accounts.ordering import OrderedForm, OrderedFormSet

EMBLEM_MAX_BYTES = 300 * 1024
EMBLEM_MAX_SIDE = 4000  # a small file can unfold to a picture that no printer of ours can hold


class HoursForm(forms.ModelForm):
    """Opening hours of one weekday."""

    class Meta:
        model = OfficeHours
        fields = (
            "weekday",
            "opens_at",
            "closes_at",
            "break_starts_at",
            "break_ends_at",
            "season",
            "first_on",
            "last_on",
        )
        help_texts: ClassVar = {
            "weekday": _("Hari tanpa baris bukan hari kerja kantor ini."),
            "season": _(
                "Jam kerja musiman, misalnya Ramadan: isi nama dan kedua tanggalnya. Kosongkan "
                "untuk jam kerja biasa. Hari yang tidak disebut dalam musim memakai jam biasa."
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Say at the field what the database would refuse."""
        given = super().clean() or {}
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Jam tutup harus setelah jam buka."))
        first, last = given.get("first_on"), given.get("last_on")
        if bool(first) != bool(last) or (first and last and last < first):
            self.add_error("last_on", _("Musim memerlukan tanggal mulai dan tanggal sampai."))
        starts, ends = given.get("break_starts_at"), given.get("break_ends_at")
        if opens and closes and starts and ends and not opens <= starts < ends <= closes:
            self.add_error("break_ends_at", _("Istirahat harus di antara jam buka dan jam tutup."))
        if bool(given.get("break_starts_at")) != bool(given.get("break_ends_at")):
            self.add_error("break_ends_at", _("Isi kedua jam istirahat atau kosongkan keduanya."))
        return given


class HoursInline(PortalTabular):
    model = OfficeHours
    form = HoursForm
    limits: ClassVar = {"first_on": {"back": 5, "ahead": 5}, "last_on": {"back": 5, "ahead": 5}}
    extra = 0
    classes = ("collapse",)


class ChannelInline(PortalTabular):
    model = OfficeChannel
    form = OrderedForm
    formset = OrderedFormSet
    extra = 0
    classes = ("collapse",)


class PositionInline(PortalTabular):
    """The posts of an office; a superior is chosen among the posts that are already saved."""

    model = Position
    form = PositionForm
    extra = 0
    fields = ("name", "code", "superior", "is_head")
    prepopulated_fields: ClassVar = {"code": ("name",)}
    show_change_link = True
    classes = ("collapse",)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        offer(formset.form, "superior", Position.objects.filter(office=obj))
        return formset


class OfficeForm(forms.ModelForm):
    """An office whose emblem is uploaded as a picture."""

    emblem_picture = forms.FileField(
        label=_("lambang (gambar PNG)"),
        required=False,
        help_text=_("Tercetak pada kop surat; paling besar 300 kB. Kosong: tidak berubah."),
        widget=forms.FileInput(attrs={"accept": "image/png"}),
    )

    class Meta:
        model = Office
        fields = (
            "name",
            "short_name",
            "code",
            "number_code",
            "government",
            "motto",
            "address",
            "city",
            "phone",
            "email",
            "website",
            "time_zone",
            "counts_first_day",
            "cut_off",
            "late_arrivals_roll",
            "calendar_warning_months",
            "check_workdays",
            "completion_days",
            "draft_days",
            "letter_pattern",
            "initials_bar_signing",
            "partner_of",
        )
        help_texts: ClassVar = {
            "partner_of": _(
                "Isi hanya untuk instansi lain, misalnya dinas teknis, yang jabatannya berdiri "
                "dalam SOP kantor ini. Petugasnya hanya melihat berkas yang sedang ada di mejanya. "
                "Tidak dapat diganti sesudah disimpan."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "partner_of" in self.fields:
            bodies = cast(forms.ModelChoiceField, self.fields["partner_of"])
            bodies.queryset = Office.objects.public()

    def clean_number_code(self) -> str:
        """Refuse a code that would be read or heard as another one."""
        code = str(self.cleaned_data["number_code"])
        if code == "PGD":
            raise ValidationError(_("PGD menandai nomor pengaduan. Pilih kode lain."))
        for other in Office.objects.exclude(pk=self.instance.pk):
            if other.number_code.replace("L", "I") == code.replace("L", "I"):
                raise ValidationError(
                    _("Terlalu mirip dengan kode %(code)s milik %(office)s."),
                    params={"code": other.number_code, "office": other},
                )
        return code

    def clean_emblem_picture(self) -> UploadedFile | None:
        """Only a real PNG of modest size can go on a letterhead."""
        from PIL import Image

        picture: UploadedFile | None = self.cleaned_data["emblem_picture"]
        if not picture:
            return None
        if (picture.size or 0) > EMBLEM_MAX_BYTES:
            raise ValidationError(_("Gambar lambang paling besar 300 kB."))
        try:
            with Image.open(io.BytesIO(picture.read()), formats=["PNG"]) as image:
                image.verify()
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise ValidationError(_("Berkas ini bukan gambar PNG yang utuh.")) from error
        if max(image.size) > EMBLEM_MAX_SIDE:
            raise ValidationError(_("Gambar lambang paling besar 4000 x 4000 titik."))
        return picture

    def save(self, commit: bool = True) -> Office:
        """Keep the picture beside the name, so that letterheads need no file."""
        picture = self.cleaned_data.get("emblem_picture")
        if picture:
            picture.seek(0)
            content = base64.b64encode(picture.read()).decode()
            self.instance.emblem = f"data:image/png;base64,{content}"
        office: Office = super().save(commit)
        return office


@admin.register(Office)
class OfficeAdmin(StaysOnRow):
    form = OfficeForm
    offices = ("pk",)
    list_display = ("name", "government", "partner_of", "city", "time_zone")
    list_select_related = ("partner_of",)
    search_fields = ("name", "short_name", "government")
    prepopulated_fields: ClassVar = {"code": ("short_name",)}
    readonly_fields = ("emblem_preview",)
    inlines = (PositionInline, HoursInline, ChannelInline)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "short_name",
                    "code",
                    "number_code",
                    "partner_of",
                    "government",
                    "motto",
                )
            },
        ),
        (
            _("Kop surat dan kontak"),
            {
                "fields": (
                    "address",
                    "city",
                    ("phone", "email", "website"),
                    "emblem_picture",
                    "emblem_preview",
                )
            },
        ),
        (
            _("Cara menghitung hari"),
            {
                "fields": (
                    "time_zone",
                    "counts_first_day",
                    "cut_off",
                    "late_arrivals_roll",
                    "calendar_warning_months",
                ),
                "description": _(
                    "Menentukan tanggal janji penyelesaian. Hari libur diatur pada halaman Hari "
                    "libur; jam kerja di bawah ini. Tanpa jam kerja berlaku jam kerja Perpres "
                    "21/2023."
                ),
            },
        ),
        (
            _("Tenggat sebelum layanan dihitung"),
            {
                "fields": ("check_workdays", "completion_days", "draft_days"),
                "description": _("Tenggat yang sudah berjalan tidak berubah."),
            },
        ),
        (_("Nomor surat"), {"fields": ("letter_pattern",)}),
        (_("Tanda tangan"), {"fields": ("initials_bar_signing",)}),
        (
            _("Pembayaran"),
            {
                "fields": ("payment_note", "payment_days"),
                "description": _(
                    "Hari kalender sejak pemohon diminta membayar, bila petugas tidak menetapkan "
                    "hari lain pada tagihan."
                ),
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and keeps_portal(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and keeps_portal(request.user)

    def get_inlines(self, request: HttpRequest, obj: Any) -> tuple[Any, ...]:
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Numbers that were given out name the code; a body stands in the SOPs of its office."""
        fixed = ("number_code", "partner_of")
        return (*self.readonly_fields, *fixed) if obj else self.readonly_fields

    @admin.display(description=_("lambang sekarang"))
    def emblem_preview(self, office: Office) -> SafeString | str:
        if not office.emblem:
            return "-"
        return format_html('<img src="{}" alt="" height="96">', office.emblem)
