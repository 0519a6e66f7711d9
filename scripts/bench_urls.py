"""The portal's addresses and what ``make bench`` compares them with in the same run.

A bare page: one query, a list of twenty rows, no more. And Django admin over the same applications.
"""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from permits.models import Application
from portal.urls import urlpatterns as portal_urls
from scripts import bench_admin
from standards.models import Service
from surveys.models import InstrumentVersion, Response

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


def crispy(request: HttpRequest) -> HttpResponse:
    """A form of a hundred fields, or of as many as ``fields`` says, drawn by crispy as it comes."""
    form = forms.Form()
    for number in range(int(request.GET.get("fields", "100"))):
        form.fields[f"f{number}"] = forms.CharField(label=f"Isian {number}", help_text="Bantuan.")
    return HttpResponse(_CRISPY.render({"form": form}))


class _Nine(forms.Form):
    """Nine questions with four answers each, as Django has them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, 10):
            self.fields[f"q{number}"] = forms.TypedChoiceField(
                label=f"Pertanyaan {number}", coerce=int, widget=forms.RadioSelect,
                choices=[(score, f"Jawaban {score}") for score in range(1, 5)],
            )  # fmt: skip


_NINE = engines["django"].from_string(
    "<!doctype html><title>x</title><form method=post>{% csrf_token %}{{ form }}</form>"
)


def nine(request: HttpRequest) -> HttpResponse:
    """A form of nine questions; an answer is one row of the table of the portal's answers."""
    form = _Nine(request.POST or None)
    if form.is_valid():
        version = InstrumentVersion.objects.order_by("pk")[0]
        service = Service.objects.order_by("pk")[0]
        Response.objects.create(
            version=version, office_id=service.office_id, service=service, source="terbuka",
            month=date(2026, 1, 1), answers=form.cleaned_data,
        )  # fmt: skip
        return redirect("/bench/nine/")
    return HttpResponse(_NINE.render({"form": form}, request))


urlpatterns = [
    *portal_urls,
    path("bench/bare/", bare),
    path("bench/crispy/", crispy),
    path("bench/nine/", nine),
    path("bench/admin/", bench_admin.site.urls),
    path("bench/work/", bench_admin.work_site.urls),
]
