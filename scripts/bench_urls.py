"""The portal's addresses and what ``make bench`` compares them with in the same run.

A bare page: one query, a list of twenty rows, no more. And Django admin over the same applications.
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from permits.models import Application
from portal.urls import urlpatterns as portal_urls
from scripts import bench_admin

_LIST = (
    "<ul>{% for row in rows %}"
    "<li>{{ row.number }} {{ row.holder_name }} {{ row.submitted_at }}</li>{% endfor %}</ul>"
)
_BARE = engines["django"].from_string(f"<!doctype html><title>x</title>{_LIST}")


def bare(request: HttpRequest) -> HttpResponse:
    """One query and a template, behind the same middleware; the session is read as on each page."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    rows = Application.objects.order_by("pk")[:20]
    return HttpResponse(_BARE.render({"rows": rows}, request))


_CRISPY = engines["django"].from_string(
    "{% load crispy_forms_filters %}<!doctype html><title>x</title>{{ form|crispy }}"
)


def crispy(_request: HttpRequest) -> HttpResponse:
    """A form of a hundred fields, drawn by crispy as it comes."""
    form = forms.Form()
    for number in range(100):
        form.fields[f"f{number}"] = forms.CharField(label=f"Isian {number}", help_text="Bantuan.")
    return HttpResponse(_CRISPY.render({"form": form}))


urlpatterns = [
    *portal_urls,
    path("bench/bare/", bare),
    path("bench/crispy/", crispy),
    path("bench/admin/", bench_admin.site.urls),
]
