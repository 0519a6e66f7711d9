"""What officers look at: the list of complaints, one complaint, its files and its letter."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.officers import Officer, officer_page
from complaints import policies, selectors
from complaints.models import ComplaintFile
from complaints.services.letters import file_name
from complaints.views.desk import worklist_page as lists
from complaints.views.desk.access import complaint_page, get_complaint
from complaints.views.desk.actions import show
from documents.serving import refuse_closed, serve_private_file
from documents.uploads import PDF
from workflow.http import refuse


@complaint_page
@require_safe
def worklist(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What do I take next?"""
    context = {"list": lists.worklist(officer, request.GET), "desk": officer.desk}
    context["may_enter"] = any(
        policies.may_enter(officer.user, one, officer.at) for one in officer.offices
    )
    return render(request, "complaints/desk/list.html", context)


@officer_page
@require_safe
def complaint(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """What did we promise, what happened to that file, what do we answer?"""
    return show(request, officer, get_complaint(officer, key))


@officer_page
@require_safe
def file(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
    """One file of a complaint; what its sender attached may show who they are."""
    rows = ComplaintFile.objects.visible_to(officer.user).select_related("complaint__office")
    found = get_object_or_404(rows, public_id=key)
    if found.complaint is not None and found.purpose == ComplaintFile.Purpose.EVIDENCE:
        refuse(policies.may_read_files(officer.user, found.complaint, officer.at))
    if closed := refuse_closed(request, found):
        return closed
    kind = found.content_type.rpartition("/")[2]
    name = f"{found.get_purpose_display()} {found.pk}.{kind}"
    return serve_private_file(request, found.file, content_type=found.content_type, name=name)


@officer_page
@require_safe
def letter_pdf(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
    """The last letter of this complaint that the worker has printed and signed."""
    found = selectors.last_letter(get_complaint(officer, key))
    if found is None:
        raise Http404
    return serve_private_file(request, found.file, content_type=PDF, name=file_name(found))
