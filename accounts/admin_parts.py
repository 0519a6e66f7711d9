"""Parts of administration pages that other apps use too."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts import fields
from accounts.admin_scope import KeptBelow, OfOffices
from accounts.domain.text import clean_line


class FigureWidget(fields.FigureInput):
    """A control for digits, as wide as those of Django."""

    def __init__(self, width: str = "vIntegerField") -> None:
        super().__init__({"class": width})


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


class TypedFields:
    """Gives a page or inline of the administration the fields of ``accounts.fields``.

    ``limits`` are more arguments of a field, by the name of its column: ``{"on": {"back": 10}}``.
    """

    limits: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    formfield_overrides: ClassVar[Mapping[type[models.Field[Any, Any]], Mapping[str, Any]]] = {
        models.CharField: {"form_class": fields.OneLineField},
        models.TextField: {"form_class": fields.LongTextField},
        models.SlugField: {"form_class": fields.SlugField},
        models.EmailField: {"form_class": fields.EmailField},
        models.IntegerField: {"form_class": fields.WholeNumberField, "widget": FigureWidget},
        models.BigIntegerField: {
            "form_class": fields.WholeNumberField,
            "widget": FigureWidget("vBigIntegerField"),
        },
        models.DateField: {"form_class": fields.DayField},
        models.TimeField: {"form_class": fields.TimeOfDayField},
    }

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Return the form field of a column, within its limits."""
        more = {**self.limits.get(db_field.name, {}), **kwargs}
        return super().formfield_for_dbfield(db_field, request, **more)  # type: ignore[misc]

    def get_search_fields(self, request: Any) -> list[str]:
        """Look for words as every search does."""
        return [f"{name}__alike" for name in super().get_search_fields(request)]  # type: ignore[misc]

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> Any:
        """Take the parts of one number together: "1471 0145 0790 0001" is one word."""
        words = re.sub(r"(?<=\d)[\s.-]+(?=\d)", "", clean_line(search_term))
        return super().get_search_results(request, queryset, words)  # type: ignore[misc]


class OfferedFilters:
    """Lets an address filter a list by what its filters offer, and by nothing else.

    Django lets an address filter by any column with any operator: ``?national_id__startswith=1``
    and its like tell, letter by letter, what a page does not show.
    """

    model: Any  # these two are those of the page
    get_list_filter: Callable[..., Any]

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Return whether a filter or the dates of this page make such an address."""
        days = getattr(self, "date_hierarchy", None)
        if days and lookup in {f"{days}__{part}" for part in ("year", "month", "day")}:
            return True
        for item in self.get_list_filter(request):
            if isinstance(item, type):
                if lookup == getattr(item, "parameter_name", None):
                    return True
                continue
            name = item if isinstance(item, str) else item[0]
            ends = _ENDS_OF_DAYS if self._is_day(name) else _FILTER_ENDS
            if lookup in {name, *(name + end for end in ends)}:
                return True
        return False

    def _is_day(self, name: str) -> bool:
        fields = self.model._meta.fields
        return any(isinstance(field, models.DateField) for field in fields if field.name == name)


# what the filters of Django write behind the name of a column
_FILTER_ENDS = ("__exact", "__id__exact", "__isnull", "__isempty")
_ENDS_OF_DAYS = ("__gte", "__lt", "__isnull", "__isempty")


class PortalAdmin(OfOffices, OfferedFilters, TypedFields, admin.ModelAdmin):
    """A page of the administration; it names the ``offices`` of its rows."""

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Say at the top what is wrong with a list of rows: its group may be folded."""
        for inline in context["inline_admin_formsets"]:
            for said in inline.formset.non_form_errors():
                messages.error(request, said)
        return super().render_change_form(request, context, *args, **kwargs)


class PortalTabular(KeptBelow, TypedFields, admin.TabularInline):
    """Rows below a page, one a line."""


class PortalStacked(KeptBelow, TypedFields, admin.StackedInline):
    """Rows below a page, one a block."""


class NamesNoOthers:
    """List the rows that block deletion, as far as they have an admin page.

    The rest is one line: rows of complaints would disclose who handles or is named in which.
    """

    admin_site: admin.AdminSite

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        listed, counts, needed, protected = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        known = {
            model._meta.verbose_name_plural
            for model in apps.get_models()
            if self.admin_site.is_registered(model)
        }
        counted = {name: count for name, count in counts.items() if name in known}
        return _with_page(listed), counted, needed, _with_page(protected)


def _with_page(listed: list[Any]) -> list[Any]:
    """Return the lines that link to a page, and one for all others."""
    other = str(_("Catatan lain di portal ini"))
    lines: list[Any] = []
    for line in listed:
        if isinstance(line, list):
            lines.append(_with_page(line))
        elif isinstance(line, SafeString):
            lines.append(line)
        elif other not in lines:
            lines.append(other)
    return lines


class StaysOnRow(PortalAdmin):
    """A page that is entered in many sittings: saving stays at the row."""

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """What hangs below a row can be entered once the row is there."""
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(request, _("Tersimpan. Lanjutkan dengan mengisi bagian di bawah."))
        name = f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[obj.pk]))

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        if "_popup" in request.POST:
            return super().response_change(request, obj)
        self.message_user(request, _("Tersimpan."), messages.SUCCESS)
        return HttpResponseRedirect(request.path)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kw: Any) -> Any:
        context.update(show_save_and_continue=False, show_save_and_add_another=False)
        return super().render_change_form(request, context, *args, **kw)


class LookOnly(PortalAdmin):
    """Rows that services write: shown, never added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadTabular(PortalTabular):
    """Rows below a page that are shown, never added, changed or deleted by hand."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
