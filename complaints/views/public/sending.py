"""The form for anybody: fill in, look at it once more, send. Without account, session or script.

Between the steps everything stands in the page itself: what was typed in hidden fields, which files
were kept and under which key and secret it will be known in signed ones. The key is made with the
empty form, so whoever goes back and sends the same once more gets the same number.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import ChannelKind, Office
from complaints import selectors
from complaints.domain import secrets
from complaints.forms.intake import DropForm, PublicForm
from complaints.models import Complaint, ComplaintFile
from complaints.presenters import public
from complaints.services import attachments, duplicates, intake
from complaints.services.identity import Person
from complaints.services.intake import Report
from complaints.views.private import GUESSES, kept_nowhere
from workflow.domain.errors import DomainError
from workflow.refusals import sentence
from workflow.throttling import hashed_address

_FILES, _TICKET = "complaints.files", "complaints.ticket"
_HELD = timedelta(days=1)  # as long as files wait for their report


@dataclass(frozen=True, slots=True)
class Ticket:
    """Under which key and secret a report will be known."""

    key: uuid.UUID
    secret: str

    @classmethod
    def new(cls) -> Ticket:
        """Return one that nobody else has."""
        return cls(uuid.uuid4(), secrets.new_secret())

    @classmethod
    def of(cls, request: HttpRequest, office: Office) -> Ticket | None:
        """Return what the form carries; ``None`` if too old, changed, or another office's."""
        try:
            text = request.POST.get("tanda", "")
            pk, key, secret = signing.loads(text, salt=_TICKET, max_age=_HELD)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(uuid.UUID(key), secret) if pk == office.pk else None


def carried(ticket: Ticket | None, office: Office) -> str:
    """Return the hidden field with a ticket, else with a new one."""
    ticket = ticket or Ticket.new()
    return signing.dumps([office.pk, ticket.key.hex, ticket.secret], salt=_TICKET)


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def send(request: HttpRequest, office: str) -> HttpResponse:
    """Fill in, check, send: ``langkah`` says which of them was pressed."""
    here = get_object_or_404(Office.objects.public(), code=office)
    now = timezone.now()
    today = here.local_date(now)
    if request.method != "POST":
        form = PublicForm(office=here, today=today, initial=_known(request))
        return _fill(request, here, form, None)
    form = PublicForm(request.POST, office=here, today=today)
    step = request.POST.get("langkah", "periksa")
    kept = kept_files(request, form, now)
    ticket = Ticket.of(request, here)
    if not form.is_valid() or step == "ubah":
        return _fill(request, here, form, ticket, kept)
    report = _report(form, here, now, kept)
    earlier = intake.sent(ticket.key) if ticket else None
    if ticket and earlier and earlier.text == report.text:
        return receipt(request, earlier, ticket.secret, again=True)
    as_shown = request.POST.get("sebagai") == intake.assess(report).kind
    if ticket and not earlier and step == "kirim" and as_shown:
        named = intake.named(report, key=ticket.key, secret=ticket.secret)
        return receipt(request, intake.register_report(named, actor=None, at=now), ticket.secret)
    return _check(request, form, report, ticket, kept, earlier=earlier, again=step == "kirim")


def _known(request: HttpRequest) -> dict[str, str]:
    """Return what an account knows of its person: for the form alone, the report never names it."""
    if not request.user.is_authenticated:
        return {}
    return {
        "name": request.user.full_name,
        "email": request.user.email,
        "phone": request.user.phone,
    }


def kept_files(
    request: HttpRequest, form: forms.Form, at: datetime, to: Complaint | None = None
) -> list[ComplaintFile]:
    """Keep the files that came along with those kept before; a fault stands at their field.

    ``to``: the report to which they will be added.
    """
    form.full_clean()
    try:
        keys = signing.loads(request.POST.get("berkas", ""), salt=_FILES, max_age=_HELD)
    except (signing.BadSignature, ValueError):
        keys = []
    dropped = set(request.POST.getlist("buang"))
    kept = [one for one in attachments.waiting(keys) if str(one.pk) not in dropped]
    for upload in request.FILES.getlist("attachments"):
        if fault := _keep(request, upload, kept, at, to):
            form.add_error("attachments", fault)
    return kept


def _keep(
    request: HttpRequest,
    upload: UploadedFile,
    kept: list[ComplaintFile],
    at: datetime,
    to: Complaint | None,
) -> str:
    """Keep one more file; return what is wrong instead."""
    if len(kept) >= attachments.MOST:
        return sentence(DomainError("too_many_files", most=attachments.MOST))
    try:
        kept.append(attachments.take(upload, at=at, address=hashed_address(request), to=to))
    except DomainError as error:
        return sentence(error)
    return ""


def files_context(kept: Sequence[ComplaintFile]) -> dict[str, Any]:
    """Return what the pages say of kept files, and the field that carries them."""
    return {
        "files": kept,
        "dropping": DropForm(kept) if kept else None,
        "files_signed": signing.dumps([one.pk for one in kept], salt=_FILES) if kept else "",
    }


def _fill(
    request: HttpRequest,
    office: Office,
    form: PublicForm,
    ticket: Ticket | None,
    kept: Sequence[ComplaintFile] = (),
) -> HttpResponse:
    context = {
        "office": office,
        "form": form,
        "prefilled": bool(form.initial),
        "ticket": carried(ticket, office),
        **files_context(kept),
    }
    return render(request, "complaints/public/send.html", context)


def _report(form: PublicForm, office: Office, now: datetime, kept: list[ComplaintFile]) -> Report:
    return Report(
        office=office,
        channel=ChannelKind.FORM,
        received_at=now,
        person=Person(**form.person()),
        files=[one.pk for one in kept],
        **form.facts(),
    )


def _check(
    request: HttpRequest,
    form: PublicForm,
    report: Report,
    ticket: Ticket | None,
    kept: list[ComplaintFile],
    *,
    earlier: Complaint | None,
    again: bool,
) -> HttpResponse:
    assessment = intake.assess(report)
    context = {
        "office": report.office,
        "form": form,
        "again": again,
        "earlier": earlier,
        "kind": assessment.kind,
        "taken": public.taken_as(assessment, selectors.rules_of(report.office)),
        "known_since": duplicates.known_since(
            report.office, text=report.text, reference=report.reference
        ),
        "ticket": carried(None if earlier else ticket, report.office),
        "button": _("Kirim saran") if assessment.kind == "saran" else _("Kirim pengaduan"),
    }
    return render(request, "complaints/public/check.html", context | files_context(kept))


def receipt(
    request: HttpRequest, complaint: Complaint, secret: str, *, again: bool = False
) -> HttpResponse:
    """Show the number and, this once, the secret; ``again``: it had been sent before."""
    context = {"office": complaint.office, "ombudsman": public.OMBUDSMAN, "again": again}
    return render(request, "complaints/public/receipt.html", context | to_keep(complaint, secret))


def to_keep(complaint: Complaint, secret: str) -> dict[str, Any]:
    """Return what a receipt says: number, secret, and where they are typed in."""
    where = f"{settings.SITE_URL}{reverse('complaints:track')}"
    spelled = secrets.spelled(secret)
    return {"complaint": complaint, "secret": secret, "spelled": spelled, "where": where}


@require_POST
@kept_nowhere
def alike(request: HttpRequest, office: str) -> HttpResponse:
    """Say while it is typed that the very same was reported already; a piece of the page."""
    here = get_object_or_404(Office.objects.public(), code=office)
    reference, text = (request.POST.get(name, "")[:10_000] for name in ("reference", "text"))
    day = (
        None
        if GUESSES.is_blocked(request)
        else duplicates.known_since(here, text=text, reference=reference)
    )
    if day is None and duplicates.is_code(reference):
        GUESSES.record_failure(request)
    return render(request, "complaints/public/_known.html", {"known_since": day})
