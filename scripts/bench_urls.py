"""The portal's addresses and one bare page beside them: one query, a list of twenty rows, no more.

Only ``make bench`` serves these, to have a figure of the same run to compare with.
"""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from permits.models import Application
from portal.urls import urlpatterns as portal_urls

_PAGE = engines["django"].from_string(
    "<!doctype html><title>x</title><ul>{% for row in rows %}"
    "<li>{{ row.number }} {{ row.holder_name }} {{ row.submitted_at }}</li>{% endfor %}</ul>"
)


def bare(request: HttpRequest) -> HttpResponse:
    """One query and a template, behind the same middleware; the session is read as on each page."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    rows = Application.objects.order_by("pk")[:20]
    return HttpResponse(_PAGE.render({"rows": rows}, request))


urlpatterns = [*portal_urls, path("bench/bare/", bare)]
