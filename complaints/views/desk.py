"""Pages of the complaint desk."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from complaints.views.door import find
from permits.views.desk_door import officer_page
from permits.worklist import Officer


@officer_page
def complaint(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """One complaint: what was promised, what happened, what is answered."""
    return render(request, "complaints/desk/complaint.html", {"complaint": find(officer, key)})
