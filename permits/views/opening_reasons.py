"""Why somebody opens the data of an application: asked once, kept in the session for a while."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from permits import policies
from permits.domain.openings import reason_holds
from permits.models import Application

_KEPT = "opening_reasons"  # in the session: key of the application -> reason and instant


def keep(request: HttpRequest, application: Application, reason: str, at: datetime) -> None:
    """Keep the reason for the next openings of this application, and forget those of old."""
    rows = {key: row for key, row in _kept(request).items() if _holds(row, at)}
    rows[str(application.public_id)] = [reason, at.isoformat()]
    request.session[_KEPT] = rows


def given(request: HttpRequest, application: Application, at: datetime) -> str:
    """Return the reason that still holds for this application; "" if there is none."""
    row = _kept(request).get(str(application.public_id))
    return row[0] if row and _holds(row, at) else ""


def reason_for(
    request: HttpRequest, application: Application, kind: str, at: datetime
) -> str | None:
    """Return what to record; "" where no reason is asked, ``None`` if it must be given first."""
    user: Any = request.user
    if not policies.reason_asked(user, application, kind, at):
        return ""
    return given(request, application, at) or None


def ask(application: Application, way_on: str) -> HttpResponseRedirect:
    """Lead to the page that asks; from there ``way_on`` (a path) goes on."""
    page = reverse("permits:opening_reason", args=[application.public_id])
    return redirect(f"{page}?{urlencode({'lanjut': way_on})}")


def _kept(request: HttpRequest) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = request.session.get(_KEPT, {})
    return rows


def _holds(row: list[str], at: datetime) -> bool:
    return reason_holds(datetime.fromisoformat(row[1]), at)
