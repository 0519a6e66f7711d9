"""Positions and appointments to them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import LookOnly, NamesNoOthers, PortalAdmin, ReadTabular, offer
from accounts.models import Appointment, Office, Position


def with_office(position: Any) -> str:
    return f"{position.office} - {position}"


class Appointments(ReadTabular):
    """Who holds what. Shown only: appointments are proposed by one and confirmed by another."""

    model = Appointment
    show_change_link = True


class PositionAppointments(Appointments):
    """Who holds a position."""

    fields = ("user", "capacity", "started_on", "ended_on", "decree")


class PositionForm(forms.ModelForm):
    """A post, free to change until somebody holds it: then two people change it (``authority``)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.appointments.exists():
            for field in self.fields.values():
                field.disabled = True


@admin.register(Position)
class PositionAdmin(NamesNoOthers, PortalAdmin):
    form = PositionForm
    offices = ("office",)
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
class AppointmentAdmin(LookOnly):
    """Appointments. Who adds or changes one is led to the page that proposes it."""

    offices = ("position__office",)
    list_display = ("user", "position", "office", "capacity", "started_on", "ended_on")
    list_filter = ("position__office", "capacity")
    search_fields = ("user__full_name", "user__email", "position__name", "decree")
    list_select_related = ("user", "position__office")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("authority.add_proposal"))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return redirect("authority:appoint")

    @admin.display(description=_("unit penyelenggara"))
    def office(self, appointment: Appointment) -> Office:
        return appointment.position.office
