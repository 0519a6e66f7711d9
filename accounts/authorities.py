"""The group of authorities of an office's administrators: whatever pages of offices can do.

Which office is said by ``User.administers``; this says only what. After each migration the group
has exactly these permissions: who wants fewer makes a group of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts.admin_scope import SHARED, OfOffices, Scope

OFFICE_ADMINISTRATORS: Final = "Administrator unit"


def keep_group() -> Group:
    """Make the group, or give it the permissions that today's pages need."""
    group, _new = Group.objects.get_or_create(name=OFFICE_ADMINISTRATORS)
    group.permissions.set(Permission.objects.filter(pk__in=list(_permissions())))
    return group


def _permissions() -> Iterator[int]:
    for model in apps.get_models():
        if not admin.site.is_registered(model):
            continue
        page: Any = admin.site.get_model_admin(model)
        offices = page.offices if isinstance(page, OfOffices) else Scope.PORTAL
        if offices is SHARED:
            yield from _of(model).filter(codename__startswith="view_").values_list("pk", flat=True)
        elif not isinstance(offices, Scope):
            for each in (model, *(inline.model for inline in page.inlines)):
                yield from _of(each).values_list("pk", flat=True)


def _of(model: type[models.Model]) -> models.QuerySet[Permission]:
    return Permission.objects.filter(content_type=ContentType.objects.get_for_model(model))
