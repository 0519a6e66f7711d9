"""Data for access checks: every kind of object and state, for two applicants, with canaries."""

from __future__ import annotations

import secrets
from base64 import b32encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import Appointment, User
from complaints.services.identity import Person
from complaints.services.letters import print_letters
from demo import complaint_samples, paper_samples, samples
from permits.domain.lifecycle import Status
from permits.models import Application, Certificate, CertificateOrder
from permits.services import applications, certificates, drafting, printouts, visits
from standards.domain.steps import StepKind
from standards.models import Service

_SERVICES = (
    ("pekanbaru", "tanda-daftar-bkk"),
    ("kampar", "rekomendasi-pelatih-anak-putus-sekolah"),
)


@dataclass(slots=True)
class World:
    """What ``seed_world`` prints."""

    people: list[dict[str, str]] = field(default_factory=list)
    objects: list[dict[str, str]] = field(default_factory=list)
    canaries: list[dict[str, str]] = field(default_factory=list)


def seed(password: str, at: datetime, *, small: bool = False) -> World:
    """Play one file per state for the first and the second applicant; return what was made.

    ``small`` plays for the first one at the first service alone.

    Expects the demo samples. Every call adds a new set of files.
    """
    made = World()
    applicants = list(
        User.objects.filter(is_demo=True, is_active=True, is_staff=False, appointments=None)[
            : 1 if small else 2
        ]
    )
    for number, applicant in enumerate(applicants, start=1):
        _add_person(made, applicant, password, f"applicant-{number}")
        for office, slug in _SERVICES[:1] if small else _SERVICES:
            service = Service.objects.get(office__code=office, slug=slug)
            for state, play in _plays():
                _play(made, service, applicant, state, play, at)
            for state in complaint_samples.STATES:
                for hidden in (False, True):
                    _complain(made, service, applicant, state, at, hidden=hidden)
    printouts.print_due(at)
    print_letters(at)
    for user in User.objects.filter(is_demo=True).exclude(pk__in=[a.pk for a in applicants]):
        held = Appointment.objects.filter(user=user).select_related("position__office").first()
        kind = f"{held.position.office.code}:{held.position.code}" if held else "admin"
        _add_person(made, user, password, kind)
    return made


def _plays() -> Iterator[tuple[str, Callable[[Application, datetime], Application]]]:
    """Yield each state of an application with the play that reaches it from a filled draft."""
    yield Status.DRAFT, lambda draft, at: draft
    yield Status.SUBMITTED, lambda draft, at: samples.submit(draft, at)
    yield Status.INCOMPLETE, lambda draft, at: samples.return_for_completion(_sent(draft, at), at)
    for kind in (
        StepKind.INSPECT,
        StepKind.WORK,
        StepKind.DRAFT,
        StepKind.INITIAL,
        StepKind.SIGN,
        StepKind.NUMBER,
    ):
        yield f"{Status.IN_PROCESS}:{kind}", _until(kind)
    yield Status.RETURNED, _returned
    yield f"{Status.IN_PROCESS}:requested", _requested
    yield Status.ISSUED, _until(StepKind.HAND_OVER)
    yield Status.COMPLETED, lambda draft, at: samples.advance(_sent(draft, at), None, at)
    yield f"{Status.COMPLETED}:revoked", _ended(paper_samples.revoke)
    yield f"{Status.COMPLETED}:replaced", _ended(_replaced)
    yield f"{Status.COMPLETED}:order", _ended(_order_proposed)
    yield f"{Status.IN_PROCESS}:refusal", _refusal_proposed
    yield Status.REJECTED, _rejected
    yield (
        Status.WITHDRAWN,
        lambda draft, at: applications.withdraw_application(
            _sent(draft, at), actor=draft.applicant, at=at, note="Salah layanan"
        ),
    )


def _sent(draft: Application, at: datetime) -> Application:
    return samples.reload(samples.submit(draft, at))


def _until(kind: StepKind) -> Callable[[Application, datetime], Application]:
    def play(draft: Application, at: datetime) -> Application:
        if not draft.procedure.steps.filter(kind=kind).exists():
            return draft
        return samples.advance(_sent(draft, at), kind, at)

    return play


def _returned(draft: Application, at: datetime) -> Application:
    accepted = samples.act(_sent(draft, at), at)
    if accepted.current_step is None or not accepted.current_step.step.returns_to_id:
        return accepted
    officer = samples.officer_at(accepted, at)
    visits.send_back(accepted, actor=officer, at=at, note="Perlu dilengkapi pemohon")
    return samples.return_for_completion(samples.reload(accepted), at)


def _requested(draft: Application, at: datetime) -> Application:
    waiting = samples.advance(_sent(draft, at), StepKind.SIGN, at)
    text = drafting.current_draft(waiting)
    head = samples.officer_at(waiting, at)
    certificates.sign_certificate(waiting, actor=head, at=at, digest=text.digest if text else "")
    return waiting


def _ended(act: Callable[[Application, datetime], object]) -> Callable[..., Application]:
    """Return the play that completes a file and then acts on its certificate."""

    def play(draft: Application, at: datetime) -> Application:
        completed = samples.advance(_sent(draft, at), None, at)
        act(completed, at)
        return completed

    return play


def _replaced(completed: Application, at: datetime) -> Application:
    return paper_samples.replace(completed, at, f"{completed.holder_name} Jaya")


def _order_proposed(completed: Application, at: datetime) -> CertificateOrder:
    return paper_samples.propose_ending(completed, at)


def _refusal_proposed(draft: Application, at: datetime) -> Application:
    return samples.propose_refusal(samples.act(_sent(draft, at), at), at)


def _rejected(draft: Application, at: datetime) -> Application:
    sent = _sent(draft, at)
    return samples.refuse(sent, at, reason="Bukan kewenangan kantor ini")


def _play(
    made: World,
    service: Service,
    applicant: User,
    state: str,
    play: Callable[[Application, datetime], Application],
    at: datetime,
) -> None:
    canary = f"kenari{secrets.token_hex(6)}"
    application = samples.reload(play(samples.draft(service, applicant, at, mark=canary), at))
    owner, office = applicant.email, service.office.code
    if application.status == Status.DRAFT and state != Status.DRAFT:
        return  # this SOP has no such step; the filled draft goes on with the next state
    _add(
        made,
        "application",
        state,
        str(application.public_id),
        application.get_absolute_url(),
        owner,
        office,
    )
    for document in application.documents.all():
        url = reverse("permits:document", args=[document.public_id])
        _add(made, "document", state, str(document.public_id), url, owner, office)
    for certificate in Certificate.objects.filter(application=application):
        url = reverse("permits:verified", args=[certificate.token])
        _add(made, "certificate", certificate.state, certificate.token, url, owner, office)
    made.canaries.append(
        {
            "value": canary,
            "owner": owner,
            "office": office,
            "where": "holder, responsible, address, form fields, file names, file bodies",
        }
    )


def _complain(
    made: World, service: Service, applicant: User, state: str, at: datetime, *, hidden: bool
) -> None:
    """Complain about an application; ``hidden`` sets both kinds of confidentiality."""
    marks = {part: f"kenari{secrets.token_hex(6)}" for part in _PARTS}
    digits = {part: str(secrets.randbelow(9 * 10**8) + 10**8) for part in ("nik", "phone")}
    file = Application.objects.filter(applicant=applicant, service=service).exclude(
        status=Status.DRAFT
    )[0]
    person = Person(
        f"Pengadu {marks['name']}",
        f"1471010{digits['nik']}",
        f"0812{digits['phone']}",
        address=f"Jalan Kenari {marks['address']}",
    )
    complaint, secret = complaint_samples.in_state(
        service.office,
        state,
        at,
        person=person,
        text=f"Berkas saya tidak bergerak dan tidak ada penjelasan. {marks['text']}",
        service=service,
        application=file,
        hide_identity=hidden,
        confidential=hidden,
        uploads=[complaint_samples.photo(marks["photo"]), complaint_samples.paper(marks["paper"])],
    )
    owner, office = applicant.email, service.office.code
    kind = f"{state}:rahasia" if hidden else str(state)
    _add(
        made,
        "complaint",
        kind,
        str(complaint.public_id),
        complaint.get_absolute_url(),
        owner,
        office,
    )
    made.objects[-1] |= {"number": complaint.number, "secret": secret}
    for attached in complaint.files.all():
        url = reverse("complaints:file", args=[attached.public_id])
        _add(made, "complaint-file", kind, str(attached.public_id), url, owner, office)
    for part, value in (marks | digits).items():
        made.canaries.append(
            {
                "value": value,
                "owner": owner,
                "office": office,
                "where": f"complaint, {kind}: {part}",
            }
        )


# a photo and a document carry theirs in the file name and in EXIF or the author
_PARTS = ("name", "address", "text", "photo", "paper")


def _add(made: World, noun: str, state: str, key: str, url: str, owner: str, office: str) -> None:
    made.objects.append(
        {"noun": noun, "state": str(state), "id": key, "url": url, "owner": owner, "office": office}
    )


def _add_person(made: World, user: User, password: str, kind: str) -> None:
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator

    secret = ""
    if not kind.startswith("applicant"):
        Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
        secret = b32encode(secrets.token_bytes(20)).decode()
        data = {"secret": get_adapter().encrypt(secret)}
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    made.people.append(
        {"email": user.email, "password": password, "totp_secret": secret, "kind": kind}
    )


def as_json(made: World) -> dict[str, Any]:
    """Return the data as plain values."""
    return {"people": made.people, "objects": made.objects, "canaries": made.canaries}
