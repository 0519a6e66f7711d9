"""Pages of the complaint desk."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from complaints import worklist as lists
from complaints.views.door import complaint_page, find
from permits.views.desk_door import officer_page
from permits.worklist import Officer
from workflow.calendars import read_once


@complaint_page
@require_safe
def worklist(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What do I take next?"""
    with read_once():
        context = {"list": lists.worklist(officer, request.GET), "desk": officer.desk}
    return render(request, "complaints/desk/list.html", context)


@officer_page
@require_safe
def complaint(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """One complaint: what was promised, what happened, what is answered."""
    return render(request, "complaints/desk/complaint.html", {"complaint": find(officer, key)})
