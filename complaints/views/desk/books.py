"""The complaint book: on the screen, as a spreadsheet, on paper; identities only for a reason."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.officers import Officer
from complaints import policies
from complaints.forms.books import PDF, PrintForm
from complaints.models import BookPaper
from complaints.services import book_papers, books, identity
from complaints.services.books import Sheet
from complaints.views.desk.access import complaint_page
from complaints.views.desk.book_page import book_page, read_filter
from documents.spreadsheets import XLSX, workbook
from workflow.domain.errors import DomainError
from workflow.http import answer_to_waiting, refuse
from workflow.models import JobStatus
from workflow.refusals import sentence


@complaint_page
@require_safe
def book(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What came in, about what, and how and when was it answered? ``?lembar=xlsx`` is a table."""
    if request.GET.get("lembar") == "xlsx":
        return _spreadsheet(_sheet(officer, request), None)
    found = book_page(officer, request.GET)
    if found is None:
        raise Http404
    context = {
        "book": found,
        "desk": officer.desk,
        "query": urlencode(found.query),
        "may_print_identities": policies.may_print_identities(
            officer.user, found.chosen.office, officer.at
        ),
    }
    return render(request, "complaints/books/book.html", context)


@complaint_page
@require_POST
def book_pdf(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Order the chosen part of the book on paper, without identities."""
    return _order(_sheet(officer, request), None, officer)


@complaint_page
@require_http_methods(["GET", "POST"])
def book_identities(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask why; on POST open what may be opened, write that down, and print."""
    sheet = _sheet(officer, request)
    refuse(policies.may_print_identities(officer.user, sheet.office, officer.at))
    form = PrintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people = identity.open_many(
                [row.complaint for row in sheet.entries],
                sheet.office,
                actor=officer.user,
                at=officer.at,
                reason=form.cleaned_data["reason"],
            )
        except DomainError as error:
            form.add_error("reason", sentence(error))
        else:
            words = books.printed_identities(sheet.entries, people)
            if form.cleaned_data["form"] == PDF:
                return _order(sheet, words, officer)
            return _spreadsheet(sheet, words)
    context = {
        "form": form,
        "sheet": sheet,
        "desk": officer.desk,
        "query": request.GET.urlencode(),
        "openable": len(
            policies.identities_open_to(
                officer.user,
                [row.complaint for row in sheet.entries if row.complaint.has_identity],
                sheet.office,
                officer.at,
            )
        ),
    }
    return render(request, "complaints/books/book_identities.html", context)


@complaint_page
@require_safe
def paper(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
    """The PDF that this officer ordered; while the worker has not made it, a page that says so."""
    found = get_object_or_404(BookPaper.objects.visible_to(officer.user), public_id=key)
    done, failed = found.job_status == JobStatus.DONE, found.job_status == JobStatus.FAILED
    if answer := answer_to_waiting(request, ready=done, failed=failed):
        return answer
    if not done:
        context = {"failed": failed, "desk": officer.desk, "layout": "desk.html"}
        return render(request, "complaints/books/paper_waiting.html", context)
    return _download(book_papers.read(found), "application/pdf", f"{found.name}.pdf")


def _sheet(officer: Officer, request: HttpRequest) -> Sheet:
    found = read_filter(officer, request.GET)
    if found is None:
        raise Http404
    return books.sheet_of(found[0], officer.user, officer.at)


def _order(sheet: Sheet, identities: list[str] | None, officer: Officer) -> HttpResponse:
    content = books.paper_content(sheet, identities, officer.user, officer.at)
    ordered = book_papers.order(
        BookPaper.Kind.BOOK,
        sheet.office,
        content,
        name=sheet.title,
        actor=officer.user,
        at=officer.at,
    )
    return redirect("complaints:book_paper", ordered.public_id)


def _spreadsheet(sheet: Sheet, identities: list[str] | None) -> HttpResponse:
    head, rows = books.table(sheet, identities)
    return _download(workbook(sheet.title, head, rows), XLSX, f"{sheet.title}.xlsx")


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers: dict[str, Any] = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
