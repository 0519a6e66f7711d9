"""Accounts, and their second factors."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin.positions import Appointments
from accounts.admin_parts import (
    LookOnly,
    NamesNoOthers,
    OfferedFilters,
    TypedFields,
)
from accounts.admin_scope import PORTAL, OfOffices
from accounts.administered import PEOPLE, keeps, keeps_portal, offices_kept, rows_kept
from accounts.fields import PhoneField
from accounts.invitations import invite
from accounts.models import Appointment, User


class PersonCreationForm(forms.ModelForm):
    """A new account: who. The person makes the password, with the link of the invitation."""

    class Meta:
        model = User
        fields = ("email", "full_name", "workplace")
        error_messages: ClassVar = {
            "email": {
                "unique": _(
                    "Alamat ini sudah dipakai suatu akun. Jika orang itu akan bertugas di unit "
                    "Anda, minta administrator portal mencatat unit kerjanya."
                )
            }
        }

    def clean_email(self) -> str:
        """Return the address as accounts keep it."""
        return str(self.cleaned_data["email"]).lower()


class PersonChangeForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
        field_classes: ClassVar[dict[str, Any]] = {"phone": PhoneField}


class UserAppointments(Appointments):
    """What a person holds."""

    fields = ("position", "capacity", "started_on", "ended_on", "decree")
    verbose_name = _("jabatan yang dipegang")
    verbose_name_plural = _("jabatan yang dipegang")


@admin.register(User)
class PersonAdmin(NamesNoOthers, OfOffices, OfferedFilters, TypedFields, UserAdmin):
    """Accounts. Power over them (address, password, rights) is proposed and confirmed by two.

    Only administrators of the portal touch administrators and delete accounts.

    An administrator of an office sees who is employed, appointed or administrator there, and
    changes those who serve no other office: an e-mail address opens everything its owner has.
    """

    offices = PEOPLE
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
        (None, {"fields": ("full_name", "email", "phone")}),
        (
            _("Kepegawaian"),
            {
                "fields": ("workplace", ("employee_number", "rank")),
                "description": _("Tercetak pada dokumen izin yang ditandatangani orang ini."),
            },
        ),
        (
            _("Wewenang di halaman administrasi"),
            {
                "fields": (
                    "is_active",
                    "is_staff",
                    "administers",
                    "groups",
                    "user_permissions",
                    "is_superuser",
                ),
                "description": _(
                    "Wewenang atas berkas permohonan tidak diatur di sini, melainkan oleh jabatan "
                    "yang dipegang. Administrator satu unit memakai kelompok Administrator unit."
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
                "fields": ("full_name", "email", "workplace"),
                "description": _(
                    "Orang ini mendapat undangan lewat e-mail dengan tautan untuk membuat kata "
                    "sandinya sendiri. Tautan itu berlaku 14 hari."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        held = rows_kept(request.user, Appointment.objects.all(), "position__office")
        return super().get_queryset(request).prefetch_related(Prefetch("appointments", held))

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
        """What gives power over the account is proposed on its own page."""
        readonly = tuple(self.readonly_fields)
        return (*readonly, "email", *_RIGHTS) if obj else readonly

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """Nobody chooses the password of another."""
        raise PermissionDenied(
            _("Kata sandi orang lain tidak dapat dipasang. Usulkan pembatalannya.")
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Authorities may name other offices."""
        parts = super().get_fieldsets(request, obj)
        if obj is None or keeps_portal(request.user):
            return parts
        fields = ("is_active", "is_staff")
        return [
            (title, {**part, "fields": fields} if "is_superuser" in part["fields"] else part)
            for title, part in parts
        ]

    def may_write(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or keeps_portal(request.user) or not _serves_elsewhere(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only an account that was never used: a mistake in the invitation."""
        may = super().has_delete_permission(request, obj) and keeps_portal(request.user)
        return may and (obj is None or _never_used(obj))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """The history of a person who has served elsewhere names posts of that office."""
        person = self.get_object(request, object_id)
        held = Appointment.objects.filter(user=person)
        elsewhere = held.exclude(position__office__in=offices_kept(request.user)).exists()
        if person and (elsewhere or not self.may_write(request, person)):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    @admin.display(description=_("jabatan"))
    def positions(self, user: User) -> str:
        return ", ".join(row.position.name for row in user.appointments.all()) or "-"


_RIGHTS = ("is_active", "is_staff", "is_superuser", "administers", "groups", "user_permissions")


def _never_used(person: User) -> bool:
    used = person.last_login or person.has_usable_password() or person.is_staff
    return not used and not person.appointments.exists()


def _serves_elsewhere(request: HttpRequest, person: User) -> bool:
    """Whether a person keeps the portal, or has to do with an office that is not kept here."""
    kept = offices_kept(request.user)
    # of all offices: "person.appointments" has been read for the list, as far as it is shown
    held = Appointment.objects.filter(user=person).exclude(ended_on__lt=timezone.localdate())
    return (
        person.is_superuser
        or held.exclude(position__office__in=kept).exists()
        or person.administers.exclude(pk__in=kept).exists()
        or not (person.workplace is None or keeps(request.user, person.workplace.pk))
    )


for _model in (Authenticator, EmailAddress, Group):
    admin.site.unregister(_model)


@admin.register(EmailAddress)
class AddressAdmin(LookOnly):
    """Addresses that people proved to be theirs: each opens an account, so none is added here."""

    offices = PORTAL
    list_display = ("email", "user", "primary", "verified")
    list_filter = ("primary", "verified")
    search_fields = ("email", "user__full_name")
    list_select_related = ("user",)


@admin.register(Group)
class AuthorityAdmin(OfOffices, OfferedFilters, TypedFields, GroupAdmin):
    """Groups of authorities: one with members stays as it was when they were confirmed."""

    offices = PORTAL

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _without_members(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _without_members(obj)


def _without_members(group: Group | None) -> bool:
    return group is None or not group.user_set.exists()


@admin.register(Authenticator)
class SecondFactorAdmin(LookOnly):
    """Who has a second factor. The secret is never shown; its removal is proposed and confirmed."""

    offices = PORTAL
    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    search_fields = ("user__full_name", "user__email")
    fields = ("user", "type", "created_at", "last_used_at")
