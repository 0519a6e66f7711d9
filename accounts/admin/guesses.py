"""Guessed passwords and logins, as django-axes records them."""

from __future__ import annotations

from axes.admin import AccessAttemptAdmin, AccessFailureLogAdmin, AccessLogAdmin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin

from accounts.admin_parts import OfferedFilters, TypedFields

for _model in (AccessAttempt, AccessFailureLog, AccessLog):
    admin.site.unregister(_model)


@admin.register(AccessAttempt)
class AttemptAdmin(OfferedFilters, TypedFields, AccessAttemptAdmin):
    """Guesses that still count."""


@admin.register(AccessFailureLog)
class FailureAdmin(OfferedFilters, TypedFields, AccessFailureLogAdmin):
    """All failures."""


@admin.register(AccessLog)
class LoginAdmin(OfferedFilters, TypedFields, AccessLogAdmin):
    """Logins and their ends."""
