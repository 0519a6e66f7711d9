"""Guessed passwords and logins, as django-axes records them."""

from __future__ import annotations

from axes.admin import AccessAttemptAdmin, AccessFailureLogAdmin, AccessLogAdmin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.http import HttpRequest

from accounts.admin_parts import OfferedFilters, TypedFields
from accounts.admin_scope import PORTAL, OfOffices

for _model in (AccessAttempt, AccessFailureLog, AccessLog):
    admin.site.unregister(_model)


class Recorded(OfOffices, OfferedFilters, TypedFields):
    """What these pages share: they are searched by address of the visitor, too."""

    offices = PORTAL

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return ["username__alike", "ip_address"]


@admin.register(AccessAttempt)
class AttemptAdmin(Recorded, AccessAttemptAdmin):
    """Guesses that still count."""


@admin.register(AccessFailureLog)
class FailureAdmin(Recorded, AccessFailureLogAdmin):
    """All failures."""


@admin.register(AccessLog)
class LoginAdmin(Recorded, AccessLogAdmin):
    """Logins and their ends."""
