"""Pages for anybody who complains or suggests."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def track(request: HttpRequest) -> HttpResponse:
    """Come back by number and secret."""
    return render(request, "complaints/public/track.html")
