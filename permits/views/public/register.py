"""The public register of issued permits: searched by everybody, and as open data."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from accounts.models import Office
from documents.open_data import as_csv, as_json
from permits.content import open_data
from permits.forms.lists import PublicRegisterForm
from permits.presenters.public_register import public_permit
from permits.selectors.public_register import issued_permits, register_state
from workflow.pagination import Key, page

SIZE = 50
_NEWEST = (Key("issued_at", descending=True), Key("pk", descending=True))


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Which permits were issued, to whom, and whether they are in force."""
    offices = list(Office.objects.public())
    form = PublicRegisterForm(request.GET, offices=offices)
    if "kantor" in form.errors:
        raise Http404
    words = form.answers["q"]
    office = next((row for row in offices if row.code == form.answers["kantor"]), None)
    found = page(issued_permits(office, words), _NEWEST, request.GET, SIZE)
    context = {
        "form": form,
        "asked": bool(office or words),
        "page": found,
        "permits": [public_permit(row, timezone.now()) for row in found.rows],
    }
    return render(request, "permits/public/register.html", context)


def _etag(request: HttpRequest) -> str:
    """Name the state of the data; what is in force, and names of offices, may change by the day."""
    return f'"{register_state()}-{timezone.localdate()}"'


@require_safe
@condition(etag_func=_etag)
def register_json(request: HttpRequest) -> StreamingHttpResponse:
    """Every issued permit with the minimum of data."""
    lines = open_data.permits_json(timezone.now(), settings.OPEN_DATA_LICENCE)
    return as_json(lines, "izin.json")


@require_safe
@condition(etag_func=_etag)
def register_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a table: one permit a line."""
    return as_csv(open_data.permits_csv(timezone.now()), "izin.csv")
