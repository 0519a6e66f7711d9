"""What came by letter, telephone, counter or box: an officer writes it into the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Office
from accounts.officers import Officer
from complaints import policies, selectors
from complaints.forms.entry import AboutForm, EntryForm
from complaints.models import Complaint, ComplaintFile
from complaints.presenters import public
from complaints.services import duplicates, intake
from complaints.services.identity import Person
from complaints.services.intake import Report
from complaints.views.desk.access import complaint_page
from complaints.views.private import kept_nowhere
from complaints.views.public.sending import Ticket, carried, files_context, kept_files, to_keep
from permits.domain.lifecycle import Status
from permits.models import Application
from workflow.domain.errors import DomainError
from workflow.refusals import sentence

_CANDIDATES = 20


@complaint_page
@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def enter(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Write it down, look at it once more with the files it may be about, register it."""
    office = _office(request, officer)
    if request.method != "POST":
        return _fill(request, officer, EntryForm(office=office, now=officer.at))
    form = EntryForm(request.POST, office=office, now=officer.at)
    step = request.POST.get("langkah", "periksa")
    kept = kept_files(request, form, officer.at)
    ticket = Ticket.of(request, office)
    if not form.is_valid() or step == "ubah":
        return _fill(request, officer, form, ticket, kept)
    report = _report(request, officer, form, kept)
    earlier = intake.sent(ticket.key) if ticket else None
    if ticket and earlier and earlier.text == report.text:
        return _receipt(request, officer, earlier, ticket, again=True)
    if ticket is None or earlier or step != "kirim":
        return _check(request, officer, form, report, ticket, kept, earlier)
    named = intake.named(report, key=ticket.key, secret=ticket.secret)
    try:
        complaint = intake.register_report(named, actor=officer.user, at=officer.at)
    except DomainError as error:
        form.add_error(None, sentence(error))
        return _fill(request, officer, form, ticket, kept)
    return _receipt(request, officer, complaint, ticket)


def _receipt(
    request: HttpRequest,
    officer: Officer,
    complaint: Complaint,
    ticket: Ticket,
    *,
    again: bool = False,
) -> HttpResponse:
    context = {"desk": officer.desk, "again": again, **to_keep(complaint, ticket.secret)}
    return render(request, "complaints/desk/entry_receipt.html", context)


@complaint_page
@require_POST
@kept_nowhere
def enter_alike(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show reports of the same thing while it is written; a piece of the page."""
    office = _office(request, officer)
    reference, text = (request.POST.get(name, "")[:10_000] for name in ("reference", "text"))
    file = intake.recognise(office, reference.replace("\0", ""))
    found = duplicates.hints(office, officer.user, text=text, application=file)
    context = {"hints": found, "file": file}
    return render(request, "complaints/desk/_entry_alike.html", context)


def _office(request: HttpRequest, officer: Officer) -> Office:
    """Return the office in which this officer enters reports: the one named, else the first."""
    mine = [one for one in officer.offices if policies.may_enter(officer.user, one, officer.at)]
    if not mine:
        raise PermissionDenied(sentence("not_a_complaint_officer"))
    named = request.POST.get("kantor") or request.GET.get("kantor")
    return next((one for one in mine if one.code == named), mine[0])


def _report(
    request: HttpRequest, officer: Officer, form: EntryForm, kept: list[ComplaintFile]
) -> Report:
    chosen = _chosen(request, officer, form.office)
    return Report(
        office=form.office,
        person=Person(**form.person()),
        files=[one.pk for one in kept],
        application=chosen or intake.recognise(form.office, form.cleaned_data["reference"]),
        **form.came(),
        **form.facts(),
    )


def _chosen(request: HttpRequest, officer: Officer, office: Office) -> Application | None:
    """Return the file chosen among those that were found by name."""
    form = AboutForm(request.POST, files=_files(officer, office))
    return form.cleaned_data["application"] if form.is_valid() else None


def _files(officer: Officer, office: Office) -> Any:
    rows = Application.objects.visible_to(officer.user).filter(office=office)
    return rows.exclude(status=Status.DRAFT).select_related("service")


def _named(files: Any, holder: str) -> Any:
    """Return the latest files in which somebody has this name."""
    by_name = (
        Q(holder_name__alike=holder)
        | Q(responsible_name__alike=holder)
        | Q(applicant__full_name__alike=holder)
    )
    return files.filter(by_name).order_by("-pk")[:_CANDIDATES]


def _fill(
    request: HttpRequest,
    officer: Officer,
    form: EntryForm,
    ticket: Ticket | None = None,
    kept: Sequence[ComplaintFile] = (),
) -> HttpResponse:
    context = {
        "form": form,
        "office": form.office,
        "desk": officer.desk,
        "ticket": carried(ticket, form.office),
        **files_context(kept),
    }
    return render(request, "complaints/desk/entry.html", context)


def _check(
    request: HttpRequest,
    officer: Officer,
    form: EntryForm,
    report: Report,
    ticket: Ticket | None,
    kept: list[ComplaintFile],
    earlier: Complaint | None,
) -> HttpResponse:
    assessment = intake.assess(report)
    holder = form.cleaned_data["holder"]
    files = _files(officer, form.office)
    named = list(_named(files, holder)) if holder and report.application is None else []
    hints = duplicates.hints(
        form.office, officer.user, text=report.text, application=report.application
    )
    context = {
        "form": form,
        "office": form.office,
        "desk": officer.desk,
        "taken": public.taken_as(assessment, selectors.rules_of(form.office)),
        "file": report.application,
        "about": AboutForm(files=files, offered=named) if named else None,
        "searched": bool(holder) and report.application is None,
        "hints": hints,
        "ticket": carried(None if earlier else ticket, form.office),
        "earlier": earlier,
        "button": _("Catat saran") if assessment.kind == "saran" else _("Catat pengaduan"),
    }
    return render(request, "complaints/desk/entry_check.html", context | files_context(kept))
