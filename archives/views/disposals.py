"""Lists of files to delete or destroy, their reports, and legal holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Office
from accounts.officers import Officer, officer_page
from archives.domain.retention import Act
from archives.forms import DecisionForm, HoldForm, LiftForm, ProposalForm
from archives.models import Disposal, LegalHold
from archives.policies import may_decide
from archives.schedule import due_files
from archives.selectors import find_complaint, find_file
from archives.services import disposals, holds
from archives.views.desk import offices_led
from documents.serving import serve_private_file
from documents.uploads import PDF
from workflow.domain.errors import DomainError
from workflow.once import say_not_done
from workflow.refusals import sentence


def _office(officer: Officer, code: str) -> Office:
    offices = Office.objects.public().filter(pk__in=offices_led(officer)).order_by("pk")
    found = offices.filter(code=code).first() if code else offices.first()
    if found is None:
        raise Http404
    return found


@officer_page
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, officer: Officer, act: str) -> HttpResponse:
    """List what is due (daftar arsip usul hapus, usul musnah), and propose it."""
    if act not in set(Act):  # Python 3.11 cannot ask an enumeration for a text
        raise Http404
    chosen, office = Act(act), _office(officer, request.GET.get("kantor", ""))
    due = due_files(office, chosen, officer.at, viewer=officer.user)
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        due=due,
        destroys=chosen is Act.DESTROY,
    )
    if form.is_valid():
        try:
            proposal = disposals.propose(
                office,
                chosen,
                form.cleaned_data["berkas"],
                actor=officer.user,
                at=officer.at,
                approval=form.cleaned_data.get("approval", ""),
            )
        except DomainError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Usul tersimpan dan menunggu persetujuan orang kedua."))
            return redirect(proposal)
    context = {
        "desk": officer.desk,
        "office": office,
        "due": due,
        "form": form,
        "destroys": chosen is Act.DESTROY,
    }
    return render(request, "archives/propose.html", context)


@officer_page
@require_http_methods(["GET", "HEAD", "POST"])
def disposal(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """Show a list with what became of it, and let the second person decide."""
    rows = Disposal.objects.sent_to(offices_led(officer))
    row = get_object_or_404(
        rows.select_related("office", "proposed_by", "decided_by", "report"), public_id=key
    )
    verdict = may_decide(officer.user, row, officer.at)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            disposals.decide(row, actor=officer.user, at=officer.at, **form.facts())
        except DomainError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("Putusan Anda tersimpan."))
            return redirect(row)
    proposed = row.state == Disposal.State.PROPOSED
    context = {
        "desk": officer.desk,
        "row": row,
        "items": row.items.all(),
        "form": form,
        "may": verdict,
        "reason": sentence(verdict.reason) if proposed and not verdict else "",
    }
    return render(request, "archives/disposal.html", context)


@officer_page
@require_safe
def report(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponseBase:
    """Hand out the signed report."""
    rows = Disposal.objects.sent_to(offices_led(officer)).select_related("report")
    row = get_object_or_404(rows, public_id=key, report__signed_at__isnull=False)
    name = f"Berita acara {row.number}.pdf"
    return serve_private_file(request, row.report.file, content_type=PDF, name=name)


@officer_page
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, officer: Officer) -> HttpResponse:
    """List what is held, and hold a file or all files of its applicant."""
    offices = offices_led(officer)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        facts = form.cleaned_data
        subject = _held(offices, facts["number"], whole_person=facts["whole_person"])
        if isinstance(subject, str):
            form.add_error("whole_person" if facts["whole_person"] else "number", subject)
        else:
            office, what = subject
            holds.place(
                office,
                ground=facts["ground"],
                until=facts["until"],
                actor=officer.user,
                at=officer.at,
                **what,
            )
            messages.success(request, _("Arsip ditahan."))
            return redirect("archives:hold")
    return _holds_page(request, officer, form)


def _holds_page(
    request: HttpRequest, officer: Officer, form: HoldForm, *refused: LiftForm
) -> HttpResponse:
    """Show what is held, each with the form that lifts it; ``refused`` one that was sent."""
    sent = {lifting.hold: lifting for lifting in refused}
    rows = LegalHold.objects.sent_to(offices_led(officer)).select_related(
        "application", "complaint", "person", "placed_by", "lifted_by", "office"
    )
    held = [(row, sent.get(row.pk) or LiftForm(hold=row.pk)) for row in rows]
    context = {"desk": officer.desk, "form": form, "held": held, "refused": refused}
    return render(request, "archives/holds.html", context)


def _held(
    offices: set[int], number: str, *, whole_person: bool
) -> tuple[Office, dict[str, Any]] | str:
    """Return the office and what is held there, or the sentence of why there is nothing."""
    if (file := find_file(offices, number)) is not None:
        what = {"person": file.applicant} if whole_person else {"application": file}
        return file.office, what
    if (complaint := find_complaint(offices, number)) is None:
        return _("Tidak ada permohonan atau pengaduan dengan nomor ini di kantor Anda.")
    if whole_person:
        return _("Pengaduan tidak terhubung dengan akun: hanya berkas ini yang dapat ditahan.")
    return complaint.office, {"complaint": complaint}


@officer_page
@require_POST
def lift(request: HttpRequest, officer: Officer, key: int) -> HttpResponse:
    """Lift a hold."""
    row = get_object_or_404(LegalHold.objects.sent_to(offices_led(officer)), pk=key)
    form = LiftForm(request.POST, hold=row.pk)
    if not form.is_valid():
        return _holds_page(request, officer, HoldForm(), form)
    try:
        holds.lift(row, reason=form.cleaned_data["reason"], actor=officer.user, at=officer.at)
    except DomainError as error:
        say_not_done(request, error)
    else:
        messages.success(request, _("Penahanan dicabut."))
    return redirect("archives:hold")
