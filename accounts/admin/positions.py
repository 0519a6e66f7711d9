"""Positions and appointments to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin_parts import NamesNoOthers, PortalAdmin, PortalTabular, offer
from accounts.models import Appointment, Office, Position
from accounts.selectors import clashing

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


def point_out(request: HttpRequest, rows: Iterable[Appointment]) -> None:
    """Warn of appointments to one chair that overlap although there is room for one."""
    for row in rows:
        for other in clashing(row):
            text = _(
                "%(position)s: masa jabatan %(one)s (%(as)s) bertumpang tindih dengan %(other)s."
            )
            facts = {"position": row.position, "one": row.user, "as": row.get_capacity_display()}
            facts["other"] = f"{other.user} ({other.get_capacity_display()})"
            messages.warning(request, text % facts)


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

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        point_out(request, (row for formset in formsets for row in _changed(formset)))

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

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        point_out(request, [obj])

    @admin.display(description=_("unit penyelenggara"))
    def office(self, appointment: Appointment) -> Office:
        return appointment.position.office


def _changed(formset: Any) -> list[Appointment]:
    """Return the appointments that a form set has just added or changed."""
    rows = [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]
    return [row for row in rows if isinstance(row, Appointment)]
