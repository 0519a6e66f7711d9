"""Coming back with number and secret. No account, no session: a signed cookie, for half an hour.

The cookie holds the random key of the report and nothing else; no row says that somebody looked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from complaints.domain.lifecycle import LIFECYCLE, Event, Status
from complaints.forms.tracking import (
    ActForm,
    AddForm,
    RateForm,
    ReopenForm,
    TrackForm,
    WithdrawForm,
)
from complaints.models import Complaint
from complaints.presenters import public
from complaints.services import complainant
from complaints.views.private import GUESSES, kept_nowhere
from complaints.views.public import tracking_page
from complaints.views.public.sending import files_context, kept_files
from documents.serving import serve_private_file
from documents.uploads import PDF
from workflow.domain.errors import DomainError
from workflow.refusals import sentence

_SALT, _PATH = "complaints.shown", "/pengaduan/"
MINUTES = 30
DONE = {
    "tambah": _("Keterangan Anda sudah kami terima."),
    "nilai": _("Terima kasih atas penilaian Anda."),
    "buka": _("Pengaduan dibuka kembali. Petugas menelaahnya sekali lagi."),
    "cabut": _("Laporan ini dicabut."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and secret; what is wrong and what is unknown get the same answer."""
    if refusal := GUESSES.refusal(request):
        return refusal
    if request.method != "POST":
        return _ask(request)
    found = complainant.find_own(request.POST.get("number", ""), request.POST.get("secret", ""))
    if found is None:
        GUESSES.record_failure(request)
        return _ask(request, status=404, unknown=True)
    response = redirect("complaints:mine")
    _let_in(response, found)
    return response


def _ask(request: HttpRequest, *, status: int = 200, **said: Any) -> HttpResponse:
    typed = {"number": (request.POST.get("number") or request.GET.get("nomor", ""))[:60]}
    context = {"form": TrackForm(initial=typed), **said}
    return render(request, "complaints/public/track.html", context, status=status)


def _let_in(response: HttpResponseBase, complaint: Complaint) -> None:
    response.set_signed_cookie(
        settings.COMPLAINT_COOKIE_NAME,
        complaint.public_id.hex,
        salt=_SALT,
        max_age=MINUTES * 60,
        path=_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _shown(request: HttpRequest) -> Complaint | None:
    key = request.get_signed_cookie(
        settings.COMPLAINT_COOKIE_NAME, "", salt=_SALT, max_age=MINUTES * 60
    )
    return complainant.find_shown(key) if key else None


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def mine(request: HttpRequest) -> HttpResponse:
    """The report: where it stands, what to do, the answer, and what may be done with it."""
    complaint = _shown(request)
    act = request.POST.get("tindakan", "")
    if act == "selesai":
        out = redirect("complaints:track")
        out.delete_cookie(settings.COMPLAINT_COOKIE_NAME, path=_PATH, samesite="Strict")
        return out
    if complaint is None:
        typed = request.POST.get("text") or request.POST.get("note") or ""
        return _ask(
            request,
            ended=bool(act) or settings.COMPLAINT_COOKIE_NAME in request.COOKIES,
            typed=typed,
        )
    if request.method == "POST":
        response = _ACTS.get(act, _no_such)(request, complaint, timezone.now())
    else:
        response = _page(request, complaint)
    _let_in(response, complaint)
    return response


@require_safe
@kept_nowhere
def letter(request: HttpRequest) -> HttpResponseBase:
    """The last answer as a signed letter."""
    complaint = _shown(request)
    if complaint is None:
        return redirect("complaints:track")
    letters = [
        said.letter
        for said in tracking_page.tracking_of(complaint, timezone.now()).answers
        if said.letter
    ]
    if not letters:
        raise Http404
    name = f"{letters[-1].number.replace('/', '-')}.pdf"
    return serve_private_file(request, letters[-1].file, content_type=PDF, name=name)


def _page(request: HttpRequest, complaint: Complaint, **forms_: Any) -> HttpResponse:
    now = timezone.now()
    told = tracking_page.tracking_of(complaint, now)
    may_reopen = complaint.status == Status.ANSWERED and not complainant.why_not_reopen(
        complaint, now
    )
    context = {
        "story": told,
        "done": DONE.get(request.GET.get("sudah", ""), ""),
        "ombudsman": public.OMBUDSMAN,
        "add": AddForm(),
        "rate": RateForm() if told.to_rate else None,
        "reopen": ReopenForm(initial=told.why_low) if may_reopen else None,
        "withdraw": WithdrawForm() if LIFECYCLE.allows(Event.WITHDRAW, complaint.status) else None,
        **forms_,
    }
    return render(request, "complaints/public/mine.html", context)


Act = Callable[[HttpRequest, Complaint, datetime], HttpResponse]


def _act(form_class: type[ActForm], name: str) -> Callable[[Callable[..., Any]], Act]:
    """Make an act of the page from its form and what is done with what was typed."""

    def made(do: Callable[..., Any]) -> Act:
        @wraps(do)
        def act(request: HttpRequest, complaint: Complaint, now: datetime) -> HttpResponse:
            form = form_class(request.POST)
            kept = kept_files(request, form, now, complaint) if "attachments" in form.fields else []
            if form.is_valid():
                try:
                    do(complaint, form, [one.pk for one in kept], now)
                except DomainError as error:
                    form.add_error(None, sentence(error))
                else:
                    return redirect(f"{reverse('complaints:mine')}?sudah={form_class.name}")
            return _page(request, complaint, **{name: form}, **files_context(kept))

        return act

    return made


@_act(AddForm, "add")
def _add(complaint: Complaint, form: AddForm, files: list[int], now: datetime) -> None:
    complainant.add_information(complaint, text=form.cleaned_data["text"], files=files, at=now)


@_act(RateForm, "rate")
def _rate(complaint: Complaint, form: RateForm, _files: list[int], now: datetime) -> None:
    complainant.rate(complaint, **form.cleaned_data, at=now)


@_act(ReopenForm, "reopen")
def _reopen(complaint: Complaint, form: ReopenForm, _files: list[int], now: datetime) -> None:
    complainant.reopen(complaint, note=form.cleaned_data["note"], at=now)


@_act(WithdrawForm, "withdraw")
def _withdraw(complaint: Complaint, form: WithdrawForm, _files: list[int], now: datetime) -> None:
    complainant.withdraw(complaint, note=form.cleaned_data["note"], at=now)


def _no_such(request: HttpRequest, complaint: Complaint, _now: datetime) -> HttpResponse:
    return _page(request, complaint)


_ACTS: dict[str, Act] = {"tambah": _add, "nilai": _rate, "buka": _reopen, "cabut": _withdraw}
