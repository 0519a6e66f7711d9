"""Positions and appointments to them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import NamesNoOthers, PortalAdmin, PortalTabular, offer
from accounts.models import Appointment, Office, Position

TERM_LIMITS: dict[str, dict[str, int]] = {
    "started_on": {"back": 50, "ahead": 5},
    "ended_on": {"back": 50, "ahead": 20},
}


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
            position.label_from_instance = with_office  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        """Say at the field what the database would refuse."""
        given = super().clean() or {}
        started, ended = given.get("started_on"), given.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", _("Tanggal selesai harus sama atau setelah tanggal mulai."))
        return given


def with_office(position: Any) -> str:
    return f"{position.office} - {position}"


class PositionAppointments(PortalTabular):
    """Who holds a position."""

    model = Appointment
    form = AppointmentForm
    limits = TERM_LIMITS
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(Position)
class PositionAdmin(NamesNoOthers, PortalAdmin):
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
class AppointmentAdmin(PortalAdmin):
    form = AppointmentForm
    limits = TERM_LIMITS
    list_display = ("user", "position", "office", "capacity", "started_on", "ended_on")
    list_filter = ("position__office", "capacity")
    search_fields = ("user__full_name", "user__email", "position__name", "decree")
    list_select_related = ("user", "position__office")
    autocomplete_fields = ("user",)

    @admin.display(description=_("unit penyelenggara"))
    def office(self, appointment: Appointment) -> Office:
        return appointment.position.office
