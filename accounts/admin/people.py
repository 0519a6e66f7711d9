"""Accounts, and their second factors."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.positions import TERM_LIMITS, AppointmentForm
from accounts.admin_parts import (
    NamesNoOthers,
    OfferedFilters,
    PortalAdmin,
    PortalTabular,
    TypedFields,
)
from accounts.fields import PhoneField
from accounts.invitations import invite
from accounts.models import Appointment, User


class PersonCreationForm(forms.ModelForm):
    """A new account: who. The person makes the password, with the link of the invitation."""

    class Meta:
        model = User
        fields = ("email", "full_name")

    def clean_email(self) -> str:
        """Return the address as accounts keep it."""
        return str(self.cleaned_data["email"]).lower()


class PersonChangeForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
        field_classes: ClassVar[dict[str, Any]] = {"phone": PhoneField}


class UserAppointments(PortalTabular):
    """What a person holds."""

    model = Appointment
    form = AppointmentForm
    limits = TERM_LIMITS
    extra = 0
    show_change_link = True
    verbose_name = _("jabatan yang dipegang")
    verbose_name_plural = _("jabatan yang dipegang")


@admin.register(User)
class PersonAdmin(NamesNoOthers, OfferedFilters, TypedFields, UserAdmin):
    """Accounts. Only a superuser makes administrators; anybody else may not touch them."""

    add_form = PersonCreationForm
    form = PersonChangeForm
    ordering = ("full_name", "email")
    list_display = ("full_name", "email", "positions", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "is_demo", "appointments__position__office")
    search_fields = ("full_name", "email", "employee_number", "phone_e164")
    readonly_fields = ("last_login", "date_joined", "is_demo")
    inlines = (UserAppointments,)
    actions = ("invite_again",)
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
                "fields": ("full_name", "email"),
                "description": _(
                    "Orang ini mendapat undangan lewat e-mail dengan tautan untuk membuat kata "
                    "sandinya sendiri. Tautan itu berlaku 14 hari."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("appointments__position")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Invite a new person; nobody else chooses their password."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            invite(request, obj)

    @admin.action(description=_("Kirim undangan lagi"), permissions=["change"])
    def invite_again(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Send the link again to those who have made no password yet."""
        waiting = [each for each in queryset if each.is_active and not each.has_usable_password()]
        for each in waiting:
            invite(request, each)
        said = _("Undangan dikirim: %(n)s. Yang sudah punya kata sandi tidak diundang lagi.")
        messages.info(request, said % {"n": len(waiting)})

    def get_inlines(self, request: HttpRequest, obj: Any) -> tuple[Any, ...]:
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Staff cannot give administrator rights to themselves."""
        own = ("is_staff", "is_superuser", "groups", "user_permissions")
        readonly = tuple(self.readonly_fields)
        return readonly if request.user.is_superuser else (*readonly, *own)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    @admin.display(description=_("jabatan"))
    def positions(self, user: User) -> str:
        return ", ".join(row.position.name for row in user.appointments.all()) or "-"


def _may_touch(request: HttpRequest, person: User | None) -> bool:
    return person is None or not person.is_superuser or request.user.is_superuser


for _model in (Authenticator, EmailAddress, Group):
    admin.site.unregister(_model)


@admin.register(EmailAddress)
class AddressAdmin(OfferedFilters, TypedFields, EmailAddressAdmin):
    """Addresses that people proved to be theirs."""


@admin.register(Group)
class AuthorityAdmin(OfferedFilters, TypedFields, GroupAdmin):
    """Groups of authorities in the administration."""


@admin.register(Authenticator)
class SecondFactorAdmin(PortalAdmin):
    """Delete a row when a user has lost the telephone. The secret is never shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    search_fields = ("user__full_name", "user__email")
    fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
