"""Rows by the code or number that is printed on their papers."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from accounts.models import User
from permits.domain.printed import folded
from permits.models import Application, Certificate
from permits.querysets import CertificateQuerySet


def documents_printed_as(text: str) -> CertificateQuerySet:
    """Return the public documents with this number or code."""
    key = folded(text)
    found = Certificate.objects.public().filter(Q(number__key=key) | Q(code=key))
    return found if key else found.none()


def own_application(text: str, user: User | AnonymousUser) -> Application | None:
    """Return the application with this number, if ``user`` may see it."""
    if not user.is_authenticated:
        return None
    visible = Application.objects.visible_to(user)
    application: Application | None = visible.filter(number_key=folded(text)).first()
    return application
