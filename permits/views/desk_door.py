"""The door of the desk: who holds a position comes in, and sees the files of their offices."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.selectors import held
from permits import selectors
from permits.models import Application
from permits.worklist import Officer


def officer_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give ``view`` the officer who asks; to everybody else the desk does not exist (404)."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, **key: Any) -> HttpResponseBase:
        assert not isinstance(request.user, AnonymousUser)  # noqa: S101  login_required
        at = timezone.now()
        officer = Officer(request.user, at, held(request.user, at))
        if not officer.seats:
            raise Http404
        with timezone.override(officer.offices[0].zone):
            return view(request, officer, **key)

    return guarded


def find(officer: Officer, key: UUID) -> Application:
    """Return a sent file of one of the officer's offices, or 404."""
    found = selectors.sent_file(officer.offices, key)
    if found is None:
        raise Http404
    return found
