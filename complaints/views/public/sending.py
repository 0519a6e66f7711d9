"""The form for anybody: fill in, look at it once more, send. Without account, session or script.

Between the steps everything stands in the page itself: what was typed in hidden fields, which files
were kept and under which number and secret it will be known in signed ones.
"""

from __future__ import annotations

import uuid
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
from complaints.forms.intake import PublicForm
from complaints.models import Complaint, ComplaintFile
from complaints.presenters import public
from complaints.services import attachments, duplicates, intake
from complaints.services.identity import Person
from complaints.services.intake import Report
from complaints.views.private import GUESSES, UPLOADS, kept_nowhere
from workflow.domain.errors import DomainError
from workflow.refusals import sentence

_FILES, _TICKET = "complaints.files", "complaints.ticket"
_HELD = timedelta(days=1)  # as long as files wait for their report


@dataclass(frozen=True, slots=True)
class Ticket:
    """Under which key and secret a report will be known, and as what it was going to be taken."""

    key: uuid.UUID
    secret: str
    kind: str

    @classmethod
    def new(cls, kind: str) -> Ticket:
        """Return one that nobody else has."""
        return cls(uuid.uuid4(), secrets.new_secret(), kind)

    def signed(self, office: Office) -> str:
        """Return it as a hidden field carries it."""
        return signing.dumps([office.pk, self.key.hex, self.secret, self.kind], salt=_TICKET)

    @classmethod
    def read(cls, text: str, office: Office) -> Ticket | None:
        """Return what the field carries; ``None`` if too old, changed, or another office's."""
        try:
            pk, key, secret, kind = signing.loads(text, salt=_TICKET, max_age=_HELD)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(uuid.UUID(key), secret, kind) if pk == office.pk else None


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def send(request: HttpRequest, office: str) -> HttpResponse:
    """Fill in, check, send: ``langkah`` says which of them was pressed."""
    here = get_object_or_404(Office.objects.public(), code=office)
    now = timezone.now()
    today = here.local_date(now)
    if request.method != "POST":
        return _fill(request, here, PublicForm(office=here, today=today, initial=_known(request)))
    form = PublicForm(request.POST, office=here, today=today)
    step = request.POST.get("langkah", "periksa")
    kept = kept_files(request, form, now)
    if not form.is_valid() or step == "ubah":
        return _fill(request, here, form, kept)
    report = _report(form, here, now, kept)
    if step == "kirim":
        ticket = Ticket.read(request.POST.get("tanda", ""), here)
        if ticket and (sent := _sent(report, ticket, now)):
            return receipt(request, sent, ticket.secret)
    return _check(request, form, report, kept, again=step == "kirim")


def _known(request: HttpRequest) -> dict[str, str]:
    """Return what an account knows of its person: for the form alone, the report never names it."""
    if not request.user.is_authenticated:
        return {}
    return {
        "name": request.user.full_name, "email": request.user.email, "phone": request.user.phone,
    }  # fmt: skip


def kept_files(request: HttpRequest, form: forms.Form, at: datetime) -> list[ComplaintFile]:
    """Keep the files that came along with those kept before; a fault stands at their field."""
    form.full_clean()
    try:
        keys = signing.loads(request.POST.get("berkas", ""), salt=_FILES, max_age=_HELD)
    except (signing.BadSignature, ValueError):
        keys = []
    dropped = set(request.POST.getlist("buang"))
    kept = [one for one in attachments.waiting(keys) if str(one.pk) not in dropped]
    for upload in request.FILES.getlist("attachments"):
        if fault := _keep(request, upload, kept, at):
            form.add_error("attachments", fault)
    return kept


def _keep(
    request: HttpRequest, upload: UploadedFile, kept: list[ComplaintFile], at: datetime
) -> str:
    """Keep one more file; return what is wrong instead."""
    if len(kept) >= attachments.MOST:
        return sentence(DomainError("too_many_files", most=attachments.MOST))
    if UPLOADS.is_blocked(request):
        return sentence("too_many_uploads")
    UPLOADS.record_failure(request)
    try:
        kept.append(attachments.take(upload, at=at))
    except DomainError as error:
        return sentence(error)
    return ""


def files_context(kept: list[ComplaintFile]) -> dict[str, Any]:
    """Return what the pages say of kept files, and the field that carries them."""
    return {
        "files": kept,
        "files_signed": signing.dumps([one.pk for one in kept], salt=_FILES) if kept else "",
    }


def _fill(
    request: HttpRequest, office: Office, form: PublicForm, kept: list[ComplaintFile] | None = None
) -> HttpResponse:
    context = {"office": office, "form": form, "prefilled": bool(form.initial)}
    return render(request, "complaints/public/send.html", context | files_context(kept or []))


def _report(form: PublicForm, office: Office, now: datetime, kept: list[ComplaintFile]) -> Report:
    return Report(
        office=office, channel=ChannelKind.FORM, received_at=now, person=Person(**form.person()),
        files=[one.pk for one in kept], **form.facts(),
    )  # fmt: skip


def _sent(report: Report, ticket: Ticket, now: datetime) -> Complaint | None:
    """Send it, once for each ticket; ``None`` if it would be taken otherwise than was shown."""
    if intake.assess(report).kind != ticket.kind:
        # the last day of the term ended between looking and sending, unless it was sent before
        return intake.sent(ticket.key)
    named = intake.named(report, key=ticket.key, secret=ticket.secret)
    return intake.register_report(named, actor=None, at=now)


def _check(
    request: HttpRequest, form: PublicForm, report: Report, kept: list[ComplaintFile], *,
    again: bool,
) -> HttpResponse:  # fmt: skip
    assessment = intake.assess(report)
    context = {
        "office": report.office,
        "form": form,
        "again": again,
        "taken": public.taken_as(assessment, selectors.rules_of(report.office)),
        "known_since": duplicates.known_since(
            report.office, text=report.text, reference=report.reference
        ),
        "ticket": Ticket.new(assessment.kind).signed(report.office),
        "button": _("Kirim saran") if assessment.kind == "saran" else _("Kirim pengaduan"),
    }
    return render(request, "complaints/public/check.html", context | files_context(kept))


def receipt(request: HttpRequest, complaint: Complaint, secret: str) -> HttpResponse:
    """Show the number and, this once, the secret."""
    context = {"office": complaint.office, "ombudsman": public.OMBUDSMAN}
    return render(request, "complaints/public/receipt.html", context | to_keep(complaint, secret))


def to_keep(complaint: Complaint, secret: str) -> dict[str, Any]:
    """Return what a receipt says: number, secret, and where they are typed in."""
    where = f"{settings.SITE_URL}{reverse('complaints:track')}"
    return {"complaint": complaint, "secret": secret, "where": where}


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
