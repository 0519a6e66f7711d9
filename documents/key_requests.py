"""Requests of a signing key in the pages: asked for, made, certified elsewhere, put into use.

The web process never sees a private key (ADR 0028, ADR 0058): it writes what is asked for into a
row, and the signing worker, which alone can read the keys, does it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_pem_x509_certificates
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.models import Office, User
from authority.kinds import register
from authority.kinds.base import Kind, Lines
from authority.models import KindOf, OperatorAct, Proposal
from authority.services import operator
from documents.key_files import (
    KEY_FILE_SENTENCES,
    KeyFileError,
    KeyFileProblem,
    as_pem,
    fitting,
    make_request,
    requested_key,
    take_certificate,
)
from documents.keys import key_detail, look_at_key
from documents.models import KeyRequest, SigningKey
from documents.signing import SigningError, common_name, signer_for
from workflow import admin_tasks
from workflow.domain.dates import long_date
from workflow.domain.errors import DomainError
from workflow.sweeps import SweepResult, sweep

TASK = "documents.work_key_requests"
State = KeyRequest.State
admin_tasks.add(
    {
        "key_request": pgettext_lazy(
            "admin task",
            "Kunci tanda tangan baru untuk %(office_name)s tidak dapat dikerjakan. %(problem)s",
        )
    }
)


def latest(office: Office) -> KeyRequest | None:
    """Return the last request of ``office``."""
    return office.key_requests.select_related("asked_by").first()


def ask(office: Office, *, name: str, actor: User, at: datetime) -> KeyRequest:
    """Ask the signing worker for a new key of ``office`` and the request for its certificate.

    The key in use goes on signing. Raises ``DomainError``: key_request_open.
    """
    try:
        with transaction.atomic():
            asked = KeyRequest.objects.create(office=office, name=name, asked_by=actor, asked_at=at)
            admin_tasks.close_task(_task_of(office), at=at)
    except IntegrityError as error:
        raise DomainError("key_request_open") from error
    return asked


@transaction.atomic
def cancel(request: KeyRequest, *, at: datetime) -> None:
    """Take a request back. The key that was made stays, and is used by the next request.

    Raises ``DomainError``: key_request_agreed, key_request_settled.
    """
    fresh = KeyRequest.objects.select_for_update().get(pk=request.pk)
    if fresh.state == State.AGREED:
        raise DomainError("key_request_agreed")
    if fresh.state not in KeyRequest.OPEN:
        raise DomainError("key_request_settled")
    fresh.state, fresh.settled_at = State.CANCELLED, at
    fresh.save(update_fields=["state", "settled_at"])


def certificate_facts(request: KeyRequest, data: bytes, at: datetime) -> dict[str, str]:
    """Return the facts of the proposal to use the certificate in ``data`` for this request.

    Raises ``KeyFileError`` for what does not fit, ``DomainError`` (key_request_settled) when the
    request does not wait for a certificate.
    """
    if request.state != State.MADE:
        raise DomainError("key_request_settled")
    chain = fitting(data, requested_key(request.csr), at)
    own = chain[0]
    local = request.office.local_date
    return {
        "part": str(request.pk),
        "certificate": as_pem(chain),
        "subject": common_name(own)[:200],
        "issuer": own.issuer.rfc4514_string()[:300],
        "serial": f"{own.serial_number:X}",
        "fingerprint": own.fingerprint(SHA256()).hex(),
        "first": long_date(local(own.not_valid_before_utc)),
        "last": long_date(local(own.not_valid_after_utc)),
    }


def open_proposal(request: KeyRequest) -> Proposal | None:
    """Return the proposal for this request that waits for its second person."""
    rows = Proposal.objects.open().filter(kind=KindOf.SIGNING_KEY, facts__part=str(request.pk))
    return rows.first()


# What the signing worker does -----------------------------------------------------------------


def work_key_requests(at: datetime) -> SweepResult:
    """Make the keys that were asked for, use the certificates that were agreed on.

    Only for the signing worker. Every part may be done twice, or be broken off at any place.
    """
    waiting = KeyRequest.objects.filter(state__in=(State.ASKED, State.AGREED)).order_by("pk")
    return sweep(TASK, waiting.values_list("pk", flat=True), lambda pk: _work(pk, at))


def _work(pk: int, at: datetime) -> bool:
    row = KeyRequest.objects.select_related("office").get(pk=pk)
    try:
        if row.state == State.ASKED:
            return _make(row)
        return row.state == State.AGREED and _install(row, at)
    except KeyFileError as error:
        return _fail(row, error.problem, at)


def _make(row: KeyRequest) -> bool:
    folder, office = Path(settings.SIGNING_DIR), row.office
    csr = make_request(folder, office.code, name=row.name, organisation=office.short_name)
    rows = KeyRequest.objects.filter(pk=row.pk, state=State.ASKED)
    return bool(rows.update(state=State.MADE, csr=csr.decode()))


def _install(row: KeyRequest, at: datetime) -> bool:
    office = row.office
    if not _in_use(row):  # else a worker was stopped after the files and before the row
        take_certificate(Path(settings.SIGNING_DIR), office.code, row.certificate.encode(), at)
    signer = signer_for(office.code)
    with transaction.atomic():
        rows = KeyRequest.objects.filter(pk=row.pk, state=State.AGREED)
        if not rows.update(state=State.DONE, settled_at=at):
            return False
        detail = key_detail(signer.name[:200], signer.serial)
        operator.record(OperatorAct.What.KEY, names=row.names, at=at, office=office, detail=detail)
    return look_at_key(office, at)


def _in_use(row: KeyRequest) -> bool:
    [own, *_links] = load_pem_x509_certificates(row.certificate.encode())
    try:
        return signer_for(row.office.code).fingerprint == own.fingerprint(SHA256()).hex()
    except SigningError:
        return False


@transaction.atomic
def _fail(row: KeyRequest, problem: KeyFileProblem, at: datetime) -> bool:
    rows = KeyRequest.objects.filter(pk=row.pk, state=row.state)
    if not rows.update(state=State.FAILED, problem=problem, settled_at=at):
        return False
    admin_tasks.open_task(
        _task_of(row.office),
        "key_request",
        at=at,
        office=row.office,
        path=reverse("documents:key", args=[row.office.code]),
        office_name=row.office.short_name,
        problem=str(KEY_FILE_SENTENCES[problem]),
    )
    return True


def _task_of(office: Office) -> str:
    return f"key-request:{office.pk}"


# The proposal that puts a certificate into use ------------------------------------------------


def _request_of(proposal: Proposal) -> KeyRequest | None:
    rows = KeyRequest.objects.select_related("office")
    return rows.filter(pk=int(proposal.facts["part"])).first()


def _sentence(proposal: Proposal) -> str:
    words = {"office": proposal.office.short_name, "subject": proposal.facts["subject"]}
    return _("Kunci tanda tangan %(office)s diganti dengan kunci atas nama %(subject)s") % words


def _lines(proposal: Proposal) -> Lines:
    facts = proposal.facts
    term = _("%(first)s sampai %(last)s") % facts
    lines: Lines = [
        (_("Atas nama"), facts["subject"]),
        (_("Penerbit"), facts["issuer"]),
        (_("Nomor seri sertifikat"), facts["serial"]),
        (_("Masa berlaku"), term),
        (_("Sidik sertifikat (SHA-256)"), facts["fingerprint"]),
    ]
    used = SigningKey.objects.filter(office=proposal.office).exclude(serial="").first()
    if used is not None and used.fingerprint != facts["fingerprint"]:
        lines.append((_("Kunci yang dipakai sekarang"), f"{used.subject}, {used.serial}"))
    return lines


def _premise(proposal: Proposal, at: datetime) -> str:
    request = _request_of(proposal)
    if request is None or request.state != State.MADE:
        return "key_certificate_unfit"
    try:
        fitting(proposal.facts["certificate"].encode(), requested_key(request.csr), at)
    except KeyFileError:
        return "key_certificate_unfit"
    return ""


def _execute(proposal: Proposal, by: User | None, at: datetime) -> None:
    names = [str(proposal.proposed_by), str(by) if by else _("Pengelola server")]
    rows = KeyRequest.objects.filter(pk=int(proposal.facts["part"]), state=State.MADE)
    values = {"certificate": proposal.facts["certificate"], "names": names}
    if not rows.update(state=State.AGREED, **values):
        raise DomainError("key_certificate_unfit")


register(KindOf.SIGNING_KEY, Kind(_sentence, _lines, _premise, _execute))
