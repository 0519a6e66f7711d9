"""Open data: all published standards at stable addresses, and the page that describes them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import condition, require_safe

from documents.open_data import as_csv, as_json
from standards import open_data


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the files hold, how to fetch them, and under which licence."""
    context = {"licence": settings.OPEN_DATA_LICENCE, "format": open_data.FORMAT}
    return render(request, "standards/open_data.html", context)


def _etag(request: HttpRequest) -> str:
    """Name the state of the data.

    There is no Last-Modified: names of services and offices change without a day of change.
    """
    return f'"{open_data.state()}"'


@require_safe
@condition(etag_func=_etag)
def standards_json(request: HttpRequest) -> StreamingHttpResponse:
    """Every published version with its requirements, components, fees and grounds."""
    lines = open_data.as_json(settings.SITE_URL, settings.OPEN_DATA_LICENCE)
    return as_json(lines, "standar.json")


@require_safe
@condition(etag_func=_etag)
def standards_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a table: one version a line."""
    return as_csv(open_data.as_csv(settings.SITE_URL), "standar.csv")
