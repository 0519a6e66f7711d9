"""The monthly report: compile, check, approve, hand to the head."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Office
from accounts.officers import Officer
from complaints import policies
from complaints.forms.reports import CompileForm, ReturnForm
from complaints.models import BookPaper, MonthlyReport, MonthlyReportRecord
from complaints.services import book_papers, reports
from complaints.views.desk.access import complaint_page
from complaints.views.desk.book_page import offices_read_by
from reports.domain.lifecycle import HANDED_OVER_LIFECYCLE, RENEWABLE, ReportEvent
from workflow.domain.errors import DomainError
from workflow.once import say_not_done
from workflow.refusals import sentence

_MONTHS = 12  # as far back as a report may be compiled
_SHOWN = 60


@complaint_page
@require_http_methods(["GET", "POST"])
def report_list(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Which months are reported, and which not yet? POST compiles one."""
    office = _office(officer, request)
    found = list(
        MonthlyReport.objects.visible_to(officer.user)
        .filter(office=office)
        .select_related("office", "compiled_by")
        .defer("content")[:_SHOWN]
    )
    form = CompileForm(request.POST or None, months=_open_months(found, office, officer.at))
    may_compile = policies.may_compile(officer.user, office, officer.at)
    if request.method == "POST" and form.is_valid():
        month = form.cleaned_data["month"]
        try:
            made = reports.compile_report(office, month, actor=officer.user, at=officer.at)
        except DomainError as error:
            form.add_error(None, sentence(error))
        else:
            words = _("Laporan %(month)s tersusun. Periksa isinya, lalu paraf.")
            messages.success(request, words % {"month": date_format(month, "F Y")})
            return redirect(made)
    context = {
        "office": office,
        "offices": offices_read_by(officer),
        "reports": found,
        "form": form,
        "may_compile": may_compile,
        "desk": officer.desk,
        "has_secretary": reports.has_secretary(office),
    }
    return render(request, "complaints/books/report_list.html", context)


@complaint_page
@require_safe
def report(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """What came in and what became of it, and who has put their initials under it."""
    return _show(request, officer, _find(officer, key), ReturnForm())


Do = Callable[[MonthlyReport, Officer, str], Any]


def _press(
    request: HttpRequest, found: MonthlyReport, do: Callable[[], Any], done: str | LazyText
) -> HttpResponse:
    """Do it, say so or why not, and return to the report."""
    try:
        do()
    except DomainError as error:
        say_not_done(request, error)
    else:
        messages.success(request, str(done))
    return redirect(found)


def _act(do: Do, done: str | LazyText) -> Callable[..., HttpResponseBase]:
    """Make the view of a button.

    ``do`` takes the report, the officer, and the digest of what the officer has seen.
    """

    @complaint_page
    @require_POST
    def act(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
        found, seen = _find(officer, key), request.POST.get("digest", "")
        return _press(request, found, lambda: do(found, officer, seen), done)

    return act


compile_again = _act(
    lambda found, officer, _seen: reports.compile_report(
        found.office, found.month, actor=officer.user, at=officer.at
    ),
    gettext_lazy("Isi disusun ulang. Paraf sebelumnya tidak berlaku lagi."),
)
submit = _act(
    lambda found, officer, seen: reports.submit_report(
        found, actor=officer.user, at=officer.at, seen=seen
    ),
    gettext_lazy("Paraf Anda tercatat. Laporan diteruskan."),
)
approve = _act(
    lambda found, officer, seen: reports.approve_report(
        found, actor=officer.user, at=officer.at, seen=seen
    ),
    gettext_lazy("Laporan disetujui dengan paraf Anda."),
)
hand_over = _act(
    lambda found, officer, _seen: reports.hand_over(found, actor=officer.user, at=officer.at),
    gettext_lazy("Laporan diserahkan kepada kepala."),
)


@complaint_page
@require_POST
def send_back(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """Remarks for who compiled it."""
    found = _find(officer, key)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _show(request, officer, found, form)
    note = form.cleaned_data["note"]
    return _press(
        request,
        found,
        lambda: reports.return_report(found, actor=officer.user, at=officer.at, note=note),
        _("Laporan dikembalikan kepada penyusun."),
    )


@complaint_page
@require_POST
def report_pdf(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """Order the report on paper."""
    found = _find(officer, key)
    ordered = book_papers.order(
        BookPaper.Kind.REPORT,
        found.office,
        reports.paper_content(found, officer.user, officer.at),
        name=_("Laporan pengaduan %(month)s") % {"month": date_format(found.month, "F Y")},
        actor=officer.user,
        at=officer.at,
    )
    return redirect("complaints:book_paper", ordered.public_id)


def _history(report: MonthlyReport) -> list[tuple[str, MonthlyReportRecord]]:
    """Return what happened to it, the latest first, in words."""
    rows = report.records.select_related("actor").order_by("-at", "-pk")
    return [(str(MonthlyReport.Status(row.to).label), row) for row in rows]


def _find(officer: Officer, key: UUID) -> MonthlyReport:
    rows = MonthlyReport.objects.visible_to(officer.user).select_related("office", "compiled_by")
    return get_object_or_404(rows, public_id=key)


def _office(officer: Officer, request: HttpRequest) -> Office:
    found = offices_read_by(officer)
    if not found:
        raise Http404
    return next((one for one in found if one.code == request.GET.get("kantor")), found[0])


def _open_months(found: list[MonthlyReport], office: Office, at: datetime) -> list[date]:
    """Return the months that are over and have no report yet, the latest first."""
    reported = {one.month for one in found}
    month = office.local_date(at).replace(day=1)
    months = []
    for _one in range(_MONTHS):
        month = (month - timedelta(days=1)).replace(day=1)
        if month not in reported:
            months.append(month)
    return months


def _show(
    request: HttpRequest, officer: Officer, found: MonthlyReport, form: ReturnForm
) -> HttpResponse:
    user, status = officer.user, found.status
    compiler = bool(policies.may_compile(user, found.office, officer.at))
    checker = bool(policies.may_check(user, found, officer.at))
    secretary = reports.has_secretary(found.office)
    submits = ReportEvent.SUBMIT if secretary else ReportEvent.APPROVE_ALONE
    allows = HANDED_OVER_LIFECYCLE.allows
    context = {
        "report": found,
        "content": found.content,
        "form": form,
        "desk": officer.desk,
        "month": date_format(found.month, "F Y"),
        "initials": reports.valid_initials(found),
        "records": _history(found),
        "has_secretary": secretary,
        "may_submit": compiler and allows(submits, status),
        "may_renew": compiler and status in RENEWABLE,
        "may_check": checker and allows(ReportEvent.APPROVE, status),
        "may_hand_over": policies.may_hand_over(user, found, officer.at)
        and allows(ReportEvent.HAND_OVER, status),
    }
    return render(request, "complaints/books/report.html", context)
