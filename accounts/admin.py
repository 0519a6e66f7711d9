"""Offices, positions and people, for the clerk who keeps them."""

from __future__ import annotations

import base64
import io
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, Office, OfficeChannel, OfficeHours, Position, User
from accounts.ordering import OrderedForm, OrderedFormSet

EMBLEM_MAX_BYTES = 300 * 1024
EMBLEM_MAX_SIDE = 4000  # a small file can unfold to a picture that no printer of ours can hold


class PersonCreationForm(AdminUserCreationForm):
    """A new account: who, and with which first password."""

    class Meta:
        model = User
        fields = ("email", "full_name")

    def clean_email(self) -> str:
        """Addresses are compared in lower case, as they are when signing in."""
        return self.cleaned_data["email"].strip().lower()


class PersonChangeForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
        field_classes: ClassVar[dict[str, Any]] = {}  # Django's own names a username


class AppointmentForm(forms.ModelForm):
    """A term of office that ends after it began."""

    class Meta:
        model = Appointment
        fields = ("user", "position", "capacity", "started_on", "ended_on", "decree")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields.get("position")
        if isinstance(position, forms.ModelChoiceField):
            position.queryset = Position.objects.select_related("office").order_by("office", "name")
            position.label_from_instance = _with_office  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        """Say at the field what the database would refuse."""
        given = super().clean() or {}
        started, ended = given.get("started_on"), given.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", _("Tanggal selesai harus sama atau setelah tanggal mulai."))
        return given


def _with_office(position: Any) -> str:
    return f"{position.office} - {position}"


def offer(form: type[forms.Form | forms.ModelForm], name: str, rows: QuerySet[Any]) -> None:
    """Let the choice field ``name`` of a form class offer ``rows`` only."""
    field = form.base_fields.get(name)  # absent when the page is read-only
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
        without_popups(field)


def without_popups(field: forms.Field) -> None:
    """Take away the small buttons beside a choice: rows made there miss the limits."""
    if isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget.can_add_related = field.widget.can_change_related = False
        field.widget.can_delete_related = field.widget.can_view_related = False


class UserAppointments(admin.TabularInline):
    """What a person holds."""

    model = Appointment
    form = AppointmentForm
    extra = 0
    show_change_link = True
    verbose_name = _("jabatan yang dipegang")
    verbose_name_plural = _("jabatan yang dipegang")


class PositionAppointments(admin.TabularInline):
    """Who holds a position."""

    model = Appointment
    form = AppointmentForm
    extra = 0
    autocomplete_fields = ("user",)


class NamesNoOthers:
    """What stands in the way of deleting is listed as far as it has a page here.

    The rest is said in one line: rows of complaints would tell who handles or is named in which.
    """

    admin_site: admin.AdminSite

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        listed, counts, needed, protected = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        known = {model._meta.verbose_name_plural for model in self.admin_site._registry}
        kept = {name: count for name, count in counts.items() if name in known}
        return _with_page(listed), kept, needed, _with_page(protected)


def _with_page(listed: list[Any]) -> list[Any]:
    """Return the lines that link to a page, and one for all others."""
    other = str(_("Catatan lain di portal ini"))
    kept: list[Any] = []
    for line in listed:
        if isinstance(line, list):
            kept.append(_with_page(line))
        elif isinstance(line, SafeString):
            kept.append(line)
        elif other not in kept:
            kept.append(other)
    return kept


@admin.register(User)
class PersonAdmin(NamesNoOthers, UserAdmin):
    """Accounts. Only a superuser makes administrators; anybody else may not touch them."""

    add_form = PersonCreationForm
    form = PersonChangeForm
    ordering = ("full_name", "email")
    list_display = ("full_name", "email", "positions", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "is_demo", "appointments__position__office")
    search_fields = ("full_name", "email", "employee_number")
    readonly_fields = ("last_login", "date_joined", "is_demo")
    inlines = (UserAppointments,)
    fieldsets = (
        (None, {"fields": ("full_name", "email", "phone", "password")}),
        (
            _("Kepegawaian"),
            {
                "fields": (("employee_number", "rank"),),
                "description": _("Tercetak pada dokumen izin yang ditandatangani orang ini."),
            },
        ),
        (
            _("Wewenang di halaman administrasi"),
            {
                "fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions"),
                "description": _(
                    "Wewenang atas berkas permohonan tidak diatur di sini, melainkan oleh jabatan "
                    "yang dipegang."
                ),
                "classes": ("collapse",),
            },
        ),
        (_("Riwayat"), {"fields": ("date_joined", "last_login", "is_demo")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": ("full_name", "email", "usable_password", "password1", "password2"),
                "description": _(
                    "Saat pertama masuk, orang ini diminta membuktikan bahwa alamat e-mail itu "
                    "miliknya."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("appointments__position")

    def get_inlines(self, request: HttpRequest, obj: Any) -> tuple[Any, ...]:
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nobody can make themselves an administrator."""
        own = ("is_staff", "is_superuser", "groups", "user_permissions")
        kept = tuple(self.readonly_fields)
        return kept if request.user.is_superuser else (*kept, *own)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    @admin.display(description=_("jabatan"))
    def positions(self, user: User) -> str:
        return ", ".join(row.position.name for row in user.appointments.all()) or "-"


def _may_touch(request: HttpRequest, person: User | None) -> bool:
    return person is None or not person.is_superuser or request.user.is_superuser


class HoursForm(forms.ModelForm):
    """Opening hours of one weekday."""

    class Meta:
        model = OfficeHours
        fields = (
            "weekday", "opens_at", "closes_at", "break_starts_at", "break_ends_at", "season",
            "first_on", "last_on",
        )  # fmt: skip
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


class HoursInline(admin.TabularInline):
    model = OfficeHours
    form = HoursForm
    extra = 0
    classes = ("collapse",)


class ChannelInline(admin.TabularInline):
    model = OfficeChannel
    form = OrderedForm
    formset = OrderedFormSet
    extra = 0
    classes = ("collapse",)


class PositionInline(admin.TabularInline):
    """The posts of an office; a superior is chosen among the posts that are already saved."""

    model = Position
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
        label=_("lambang (gambar PNG)"), required=False,
        help_text=_("Tercetak pada kop surat; paling besar 300 kB. Kosong: tidak berubah."),
        widget=forms.FileInput(attrs={"accept": "image/png"}),
    )  # fmt: skip

    class Meta:
        model = Office
        fields = (
            "name", "short_name", "code", "government", "motto", "address", "city", "phone",
            "email", "website", "time_zone", "counts_first_day", "cut_off",
            "late_arrivals_roll", "calendar_warning_months",
        )  # fmt: skip

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
class OfficeAdmin(admin.ModelAdmin):
    form = OfficeForm
    list_display = ("name", "government", "city", "time_zone")
    search_fields = ("name", "short_name", "government")
    prepopulated_fields: ClassVar = {"code": ("short_name",)}
    readonly_fields = ("emblem_preview",)
    inlines = (PositionInline, HoursInline, ChannelInline)
    fieldsets = (
        (None, {"fields": ("name", "short_name", "code", "government", "motto")}),
        (
            _("Kop surat dan kontak"),
            {
                "fields": (
                    "address", "city", ("phone", "email", "website"),
                    "emblem_picture", "emblem_preview",
                )
            },
        ),
        (
            _("Cara menghitung hari"),
            {
                "fields": (
                    "time_zone", "counts_first_day", "cut_off", "late_arrivals_roll",
                    "calendar_warning_months",
                ),
                "description": _(
                    "Menentukan tanggal janji penyelesaian. Hari libur diatur pada halaman Hari "
                    "libur; jam kerja di bawah ini. Tanpa jam kerja berlaku jam kerja Perpres "
                    "21/2023."
                ),
            },
        ),
    )  # fmt: skip

    def get_inlines(self, request: HttpRequest, obj: Any) -> tuple[Any, ...]:
        return self.inlines if obj else ()

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        return stay(self, request, obj)

    @admin.display(description=_("lambang sekarang"))
    def emblem_preview(self, office: Office) -> SafeString | str:
        if not office.emblem:
            return "-"
        return format_html('<img src="{}" alt="" height="96">', office.emblem)


@admin.register(Position)
class PositionAdmin(NamesNoOthers, admin.ModelAdmin):
    list_display = ("name", "office", "superior", "is_head", "holders")
    list_filter = ("office", "is_head")
    search_fields = ("name", "code")
    list_select_related = ("office", "superior")
    prepopulated_fields: ClassVar = {"code": ("name",)}
    inlines = (PositionAppointments,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Position]:
        return super().get_queryset(request).prefetch_related("appointments__user")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if obj is not None:
            own = Position.objects.filter(office=obj.office_id).exclude(pk=obj.pk)
            offer(form, "superior", own)
        return form

    @admin.display(description=_("pelaksana"))
    def holders(self, position: Position) -> str:
        rows = position.appointments.all()
        return ", ".join(row.user.full_name for row in rows if row.ended_on is None) or "-"


@admin.register(Appointment)
class AppointmentAdmin(admin.ModelAdmin):
    form = AppointmentForm
    list_display = ("user", "position", "office", "capacity", "started_on", "ended_on")
    list_filter = ("position__office", "capacity")
    search_fields = ("user__full_name", "user__email", "position__name", "decree")
    list_select_related = ("user", "position__office")
    autocomplete_fields = ("user",)

    @admin.display(description=_("unit penyelenggara"))
    def office(self, appointment: Appointment) -> Office:
        return appointment.position.office


admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class SecondFactorAdmin(admin.ModelAdmin):
    """Deleted when somebody lost their telephone; the secret itself is never shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    search_fields = ("user__full_name", "user__email")
    fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def stay(
    page: admin.ModelAdmin[Any], request: HttpRequest, row: models.Model
) -> HttpResponseRedirect:
    """After adding, go on at the same row: what hangs below it can be entered only now."""
    page.message_user(request, _("Tersimpan. Lanjutkan dengan mengisi bagian di bawah."))
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return HttpResponseRedirect(reverse(name, args=[row.pk]))
