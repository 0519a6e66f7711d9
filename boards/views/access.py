"""Access to the boards: leaders of an office and the positions named for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import Office
from accounts.officers import Officer, officer_page
from boards.policies import offices_seen


def board_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give ``view`` the officer and the offices whose boards they see; 404 without any."""

    @officer_page
    @wraps(view)
    def guarded(request: HttpRequest, officer: Officer, **key: Any) -> HttpResponseBase:
        offices = offices_seen(officer)
        if not offices:
            raise Http404
        return view(request, officer, offices, **key)

    return guarded


def office_of(offices: list[Office], code: str) -> Office:
    """Return the office of an address if its board is seen, else the first."""
    return next((one for one in offices if one.code == code), offices[0])
