"""Pages of the administration show and accept the rows of the administrator's offices only.

Every page names in ``offices`` the paths from its rows to their offices, or ``SHARED`` or
``PORTAL``; nothing else is asked. Lists, search, change pages, history, completion of names, other
rows that can be chosen, filters, rows below a page and actions all go through ``OfOffices.kept``.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.filters import FieldListFilter, RelatedFieldListFilter
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.administered import keeps, keeps_portal, rows_kept
from accounts.models import User


class Scope(Enum):
    """Pages whose rows belong to no office."""

    SHARED = "shared"  # administrators of offices may look, those of the portal may change
    PORTAL = "portal"  # for administrators of the portal only


SHARED, PORTAL = Scope.SHARED, Scope.PORTAL


class KeptChoices:
    """Offers other rows only as far as the page of these rows shows them to the administrator."""

    admin_site: admin.AdminSite

    def choices(self, user: User | AnonymousUser, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the part of ``rows`` that may be chosen."""
        if not self.admin_site.is_registered(rows.model):
            return rows  # they hang below a page, which limits them (``offer``)
        return page_of(self.admin_site, rows).kept(user, rows)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        return self._narrowed(field, request)

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]
        return self._narrowed(field, request)

    def _narrowed(self, field: Any, request: HttpRequest) -> Any:
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            field.queryset = self.choices(request.user, field.queryset)
        return field


class KeptBelow(KeptChoices):
    """Rows below a page: as far as their own page shows them, if they have one."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.choices(request.user, super().get_queryset(request))  # type: ignore[misc]


class OfOffices(KeptChoices):
    """A page whose rows belong to offices. One without ``offices`` shows nothing and fails."""

    offices: ClassVar[tuple[str, ...] | Scope]
    shared_rows: ClassVar[Q | None] = None  # rows of all offices in a page of offices: look only

    def kept(self, user: User | AnonymousUser, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the part of ``rows`` of this page's model that the administrator may see."""
        if self.offices is Scope.SHARED:
            return rows
        if self.offices is Scope.PORTAL:
            return rows if keeps_portal(user) else rows.none()
        return rows_kept(user, rows, *self.offices, shared=self.shared_rows)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.kept(request.user, super().get_queryset(request))  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """A row of no office would be one of all: who keeps one office must name it."""
        if self._of_office(db_field.name) and not keeps_portal(request.user):
            kwargs["required"] = True
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        allowed: bool = super().has_module_permission(request)  # type: ignore[misc]
        return allowed and (self.offices is not PORTAL or keeps_portal(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_view_permission(request, obj)  # type: ignore[misc]
        return allowed and (self.offices is not PORTAL or keeps_portal(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and self.may_write(request)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)  # type: ignore[misc]
        return allowed and self.may_write(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return allowed and self.may_write(request, obj)

    def may_write(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the administrator may change rows of this page, or ``obj`` of those shown."""
        if isinstance(self.offices, Scope):
            return keeps_portal(request.user)
        if obj is not None and self.shared_rows is not None:
            return keeps(request.user, obj.office_id)
        return True

    def _of_office(self, name: str) -> bool:
        return not isinstance(self.offices, Scope) and name in self.offices


def page_of(site: admin.AdminSite, rows: QuerySet[Any]) -> OfOffices:
    """Return the page of these rows; every page is one ``OfOffices``."""
    page = site.get_model_admin(rows.model)
    assert isinstance(page, OfOffices)  # noqa: S101  checked by the tests of the administration
    return page


class KeptFilter(RelatedFieldListFilter):
    """Filters by other rows: by those which the administrator may see."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        rows = field.remote_field.model._default_manager.all()
        kept = model_admin.choices(request.user, rows).order_by().values("pk")
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(
            include_blank=False, ordering=ordering, limit_choices_to={"pk__in": kept}
        )


FieldListFilter.register(lambda field: field.remote_field, KeptFilter, take_priority=True)
