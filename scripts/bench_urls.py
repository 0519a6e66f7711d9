"""The portal's addresses and two pages beside them: one query, a list of twenty rows, no more.

One is bare, the other has the layout of the desk around the same list: what every page of an
officer costs before it says anything. Only ``make bench`` serves these, to have figures of the
same run to compare with.
"""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from permits.models import Application
from portal.urls import urlpatterns as portal_urls

_LIST = (
    "<ul>{% for row in rows %}"
    "<li>{{ row.number }} {{ row.holder_name }} {{ row.submitted_at }}</li>{% endfor %}</ul>"
)
_BARE = engines["django"].from_string(f"<!doctype html><title>x</title>{_LIST}")
_LAID_OUT = engines["django"].from_string(
    f'{{% extends "desk.html" %}}{{% block content %}}{_LIST}{{% endblock %}}'
)


def bare(request: HttpRequest) -> HttpResponse:
    """One query and a template, behind the same middleware; the session is read as on each page."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    rows = Application.objects.order_by("pk")[:20]
    return HttpResponse(_BARE.render({"rows": rows}, request))


def laid_out(request: HttpRequest) -> HttpResponse:
    """The same list in the layout, which asks who the officer is and where they serve."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    rows = Application.objects.order_by("pk")[:20]
    return HttpResponse(_LAID_OUT.render({"rows": rows}, request))


urlpatterns = [
    *portal_urls, path("bench/bare/", bare), path("bench/laid-out/", laid_out),
]  # fmt: skip
