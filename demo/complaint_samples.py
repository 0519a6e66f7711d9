"""Playing complaints through the portal's own services: for audits, pictures and tests.

Everything goes the way people go: no row is written around a service.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import ChannelKind, Office, User
from accounts.selectors import holders
from complaints import selectors
from complaints.domain.delivery import Proof
from complaints.domain.ladder import OUTSIDE, Ladder
from complaints.domain.lifecycle import Status
from complaints.models import Complaint, StudyStep
from complaints.services import answers, attachments, complainant, handling, intake, sending, study
from complaints.services.identity import Person
from complaints.services.intake import Report
from workflow.domain.errors import DomainError

REOPENED = "dibuka_kembali"
STATES = (
    Status.UNDECIDED,
    Status.RECEIVED,
    Status.INCOMPLETE,
    Status.STUDIED,
    Status.DRAFTED,
    Status.APPROVED,
    Status.ANSWERED,
    REOPENED,
    Status.SUGGESTION,
    Status.THANKED,
    Status.MERGED,
    Status.WITHDRAWN,
)
_RESULTS = {
    StudyStep.Step.CORE: "Berkas tidak bergerak setelah dinyatakan lengkap.",
    StudyStep.Step.LINK: "Standar pelayanan menjanjikan enam hari kerja.",
    StudyStep.Step.DOCUMENTS: "Kartu kendali dan surat permohonan.",
    StudyStep.Step.PLAN: "Meminta penjelasan pelaksana, lalu menjawab pengadu.",
    StudyStep.Step.CONCLUSION: "Pengaduan benar. Berkas diselesaikan hari ini dan kami mohon maaf.",
}
_WAYS = (ChannelKind.LETTER, ChannelKind.TELEPHONE)  # proved by what an officer writes


def photo(mark: str) -> SimpleUploadedFile:
    """Return a JPEG whose name and camera data hold ``mark``."""
    from PIL import Image

    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = mark  # ImageDescription
    exif[0x013B] = mark  # Artist
    Image.new("RGB", (320, 240), "teal").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(f"{mark}.jpg", out.getvalue(), "image/jpeg")


def paper(mark: str) -> SimpleUploadedFile:
    """Return a PDF whose name and author hold ``mark``."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Author"] = mark
        pdf.save(out)
    return SimpleUploadedFile(f"{mark}.pdf", out.getvalue(), "application/pdf")


def send(
    office: Office,
    at: datetime,
    *,
    text: str,
    person: Person,
    actor: User | None = None,
    uploads: Sequence[SimpleUploadedFile] = (),
    **more: Any,
) -> tuple[Complaint, str]:
    """Send a report; return it with the secret of its receipt."""
    file_keys = [attachments.take(upload, at=at).pk for upload in uploads]
    channel = more.pop("channel", ChannelKind.FORM)
    report = Report(
        office=office,
        channel=channel,
        received_at=at,
        text=text,
        person=person,
        files=file_keys,
        **more,
    )
    return intake.register_report(report, actor=actor, at=at), report.secret


def in_state(
    office: Office, state: str, at: datetime, *, person: Person, **more: Any
) -> tuple[Complaint, str]:
    """Return a report brought to ``state``, with its secret."""
    if state == Status.UNDECIDED:
        limit = selectors.rules_of(office).limit_days
        more["served_on"] = office.local_date(at) - timedelta(days=limit + 1)
    if state in (Status.SUGGESTION, Status.THANKED):
        person = Person(name=person.name)  # a name alone is no identity
    complaint, secret = send(office, at, person=person, **more)
    return bring(complaint, state, at), secret


def bring(complaint: Complaint, state: str, at: datetime) -> Complaint:
    """Bring a report that has just come in to ``state``."""
    owner = _owner(complaint)
    if state in (Status.UNDECIDED, Status.RECEIVED, Status.SUGGESTION):
        return complaint
    if state == Status.INCOMPLETE:
        note = "Mohon sebutkan tanggal dan loketnya."
        return handling.ask(complaint, actor=owner, at=at, note=note)
    if state == Status.THANKED:
        text = "Terima kasih, saran ini kami pakai."
        sending.answer_suggestion(
            complaint, actor=owner, at=at, text=text, dispatch=_dispatch(complaint)
        )
        return _fresh(complaint)
    if state == Status.WITHDRAWN:
        return handling.withdraw(complaint, actor=owner, at=at, note="Dicabut pengadu")
    if state == Status.MERGED:
        older, _secret = send(
            complaint.office,
            at - timedelta(minutes=1),
            text=complaint.text,
            person=Person(name="Pengadu Lama", phone="081200000000"),
            service=complaint.service,
            actor=owner,
        )
        return handling.merge(complaint, actor=owner, at=at, target=older, note="Hal yang sama")
    return _answered(complaint, state, at)


def _answered(complaint: Complaint, state: str, at: datetime) -> Complaint:
    """Go on from receipt towards the answer, as far as ``state``."""
    owner = _owner(complaint)
    handling.study(complaint, actor=owner, at=at)
    by_weight = selectors.rules_of(complaint.office).ladder == Ladder.WEIGHT
    grade = {"weight": "sedang"} if by_weight else {"category": "internal"}
    handling.classify(complaint, actor=owner, at=at, problem="waktu", **grade)  # type: ignore[arg-type]
    for step, result in _RESULTS.items():
        study.record_step(complaint, actor=owner, at=at, step=step, result=result)
    if state != Status.STUDIED:
        text = study.prefilled(_fresh(complaint), at)
        answers.draft_answer(complaint, actor=owner, at=at, text=text)
    if state not in (Status.STUDIED, Status.DRAFTED):
        agree_all(complaint, at)
    if state in (Status.ANSWERED, REOPENED):
        sending.send_answer(complaint, actor=owner, at=at, dispatch=_dispatch(complaint))
    if state == REOPENED:
        complainant.reopen(_fresh(complaint), note="Berkas saya masih belum selesai.", at=at)
    return _fresh(complaint)


def agree_all(complaint: Complaint, at: datetime) -> None:
    """Let every level agree to the draft in its turn."""
    while (answer := selectors.latest_answer(complaint)) is not None:
        level = selectors.next_level(answer)
        if level is None:
            return
        position = selectors.position_at(complaint, level)
        person = _owner(complaint) if position is None else holders(position, at)[0]
        outside = {"with_whom": "Asisten II", "paper": "800/1/2026"} if level in OUTSIDE else {}
        answers.agree(complaint, actor=person, at=at, level=level, digest=answer.digest, **outside)


def _dispatch(complaint: Complaint) -> sending.Dispatch:
    fresh = _fresh(complaint)
    ways = sending.ways_of(fresh)
    way = next((one for one in _WAYS if one in ways), ways[0])
    kind = sending.proof_of(fresh, way)
    if kind is Proof.LETTER:
        return sending.Dispatch(way, "005/17/2026", "19 November 2026", reason="Diminta pengadu")
    return sending.Dispatch(way, "Ditelepon dan diterima sendiri", reason="Diminta pengadu")


def _owner(complaint: Complaint) -> User:
    if complaint.owner is None:
        raise DomainError("not_the_owner")
    return complaint.owner


def _fresh(complaint: Complaint) -> Complaint:
    return Complaint.objects.select_related("office", "owner", "service").get(pk=complaint.pk)
