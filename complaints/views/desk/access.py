"""Access to the complaint desk: who has a part in complaints, and sees those that are theirs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from accounts.officers import Officer, officer_page
from complaints import selectors
from complaints.models import Complaint


def complaint_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give ``view`` the officer who asks; without a part in complaints there is no such page."""

    @officer_page
    @wraps(view)
    def guarded(request: HttpRequest, officer: Officer, **key: Any) -> HttpResponseBase:
        if not selectors.has_part(officer.user, officer.at):
            raise Http404
        return view(request, officer, **key)

    return guarded


def get_complaint(officer: Officer, key: UUID) -> Complaint:
    """Return a complaint this officer may know of, or 404."""
    rows = Complaint.objects.visible_to(officer.user).filter(office__in=officer.offices)
    return get_object_or_404(rows.for_page(), public_id=key)
