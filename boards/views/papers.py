"""Boards on paper: each officer prints what their own page shows."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Office
from accounts.officers import Officer
from boards.models import BoardPaper
from boards.presenters import prints
from boards.services import papers
from boards.views.access import board_page, office_of
from documents.serving import serve_private_file
from documents.uploads import PDF
from workflow.http import answer_to_waiting
from workflow.models import JobStatus


@board_page
@require_POST
def order_now(request: HttpRequest, officer: Officer, offices: list[Office]) -> HttpResponse:
    """Order the board of what is open."""
    office = office_of(offices, request.GET.get("kantor", ""))
    return _order(officer, office, prints.of_now(officer, office))


@board_page
@require_POST
def order_period(request: HttpRequest, officer: Officer, offices: list[Office]) -> HttpResponse:
    """Order the board of the past, of the months that were shown."""
    office = office_of(offices, request.GET.get("kantor", ""))
    content = prints.of_period(officer, office, request.GET.get("periode", ""))
    return _order(officer, office, content)


@board_page
@require_safe
def paper(
    request: HttpRequest, officer: Officer, offices: list[Office], key: UUID
) -> HttpResponseBase:
    """The PDF that this officer ordered; until the worker has made it, a page that says so."""
    mine = BoardPaper.objects.visible_to(officer.user).filter(office__in=offices)
    found = get_object_or_404(mine, public_id=key)
    done, failed = found.job_status == JobStatus.DONE, found.job_status == JobStatus.FAILED
    if answer := answer_to_waiting(request, ready=done, failed=failed):
        return answer
    if not done:
        context = {"failed": failed, "desk": officer.desk, "layout": "desk.html"}
        return render(request, "boards/desk/paper_waiting.html", context)
    return serve_private_file(request, found.file, content_type=PDF, name=found.name)


def _order(officer: Officer, office: Office, content: dict[str, object]) -> HttpResponse:
    name = str(content["title"])[:120]
    made = papers.order(office, content, name=name, actor=officer.user, at=officer.at)
    return redirect("boards:paper", made.public_id)
