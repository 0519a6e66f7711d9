""" "Data saya": what the portal keeps about the signed-in person, and what they can do about it."""

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Office, User
from archives.content.person import copy_of
from archives.forms import AccountForm, RequestForm
from archives.models import DataCopy
from archives.policies import may_change_account, may_erase_account
from archives.services import copies, erasure, people, requests
from archives.views import own_page
from documents.serving import serve_private_file
from documents.uploads import PDF
from permits.models import Application
from workflow.domain.errors import DomainError
from workflow.http import refuse
from workflow.models import JobStatus
from workflow.once import say_not_done
from workflow.refusals import sentence


class SignedIn(HttpRequest):
    """A request behind ``login_required``."""

    user: User


@login_required
@require_safe
def own(request: SignedIn) -> HttpResponse:
    """Show what is kept, who opened it, and the ways to copy, correct and delete."""
    page = own_page.own_data(request.user, timezone.now())
    return render(request, "archives/own.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedIn) -> HttpResponse:
    """Correct name and telephone of the account."""
    refuse(may_change_account(request.user))
    form = AccountForm(
        request.POST if request.method == "POST" else None,
        initial={"full_name": request.user.full_name, "phone": request.user.phone},
    )
    if form.is_valid():
        people.change_account(request.user, **form.cleaned_data)
        messages.success(request, _("Data akun Anda sudah diubah."))
        return redirect("archives:own")
    return render(request, "archives/change.html", {"form": form})


@login_required
@reauthentication_required
@require_safe
def copy_json(request: SignedIn) -> HttpResponse:
    """Hand out everything as JSON, after the password was asked for again."""
    now = timezone.now()
    response = JsonResponse(
        copy_of(request.user, now), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response["Content-Disposition"] = (
        f'attachment; filename="data-saya-{timezone.localdate(now)}.json"'
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@reauthentication_required
@require_POST
def order_copy(request: SignedIn) -> HttpResponse:
    """Have the worker make the copy as PDF; a message says when it is ready."""
    copies.order(request.user, at=timezone.now())
    messages.success(
        request, _("Salinan sedang dibuat. Anda mendapat pesan begitu salinan itu siap.")
    )
    return redirect("archives:own")


@login_required
@reauthentication_required
@require_safe
def copy_pdf(request: SignedIn, key: UUID) -> HttpResponseBase:
    """Hand out the copy within its day, to the person alone."""
    copy = get_object_or_404(DataCopy.objects.of(request.user), public_id=key)
    if copy.job_status != JobStatus.DONE or copy.expires_at <= timezone.now():
        return render(request, "archives/copy_over.html", {"copy": copy}, status=404)
    return serve_private_file(
        request, copy.file, content_type=PDF, name=f"data-saya-{copy.asked_at:%Y-%m-%d}.pdf"
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedIn) -> HttpResponse:
    """Ask an office for a correction, an erasure or an answer."""
    sent = Application.objects.of(request.user).exclude(number=None)
    form = RequestForm(
        request.POST if request.method == "POST" else None,
        files=sent.select_related("office", "service").order_by("-created_at")[: own_page.SHOWN],
        offices=Office.objects.public().order_by("name"),
    )
    if form.is_valid():
        try:
            requests.ask(request.user, at=timezone.now(), **form.facts())
        except DomainError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(
                request, _("Permintaan Anda terkirim dan dijawab paling lambat dalam 3 x 24 jam.")
            )
            return redirect("archives:own")
    return render(request, "archives/ask.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: SignedIn) -> HttpResponse:
    """Say what happens when the account is deleted, or why it cannot be; mail the link."""
    verdict = may_erase_account(request.user)
    if request.method == "POST":
        try:
            erasure.ask_to_erase(request.user, at=timezone.now())
        except DomainError as error:
            say_not_done(request, error)
        else:
            messages.success(
                request, _("Kami mengirim tautan ke e-mail Anda. Akun baru dihapus sesudahnya.")
            )
        return redirect("archives:erase")
    reason = "" if verdict else sentence(verdict.reason)
    return render(request, "archives/erase.html", {"reason": reason})


@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase_confirmed(request: SignedIn, token: str) -> HttpResponse:
    """Delete the account behind the mailed link, after the password was asked for again."""
    if not erasure.is_confirmed(request.user, token):
        return render(request, "archives/erase_over.html", status=404)
    if request.method != "POST":
        return render(request, "archives/erase_confirm.html")
    try:
        erasure.erase_account(request.user)
    except DomainError as error:
        say_not_done(request, error)
        return redirect("archives:erase")
    logout(request)
    messages.success(request, _("Akun Anda dan data di dalamnya sudah dihapus."))
    return redirect("portal:home")
