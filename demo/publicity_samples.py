"""Maklumat, consultations and an evaluation of the demo: each says that it is a sample."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Appointment, Office, User
from documents import uploads
from standards.models import OfficeDocument, PublicConsultation, ServicePledge, StandardVersion
from standards.services import evaluation
from standards.services.publicity import keep_document

_WHOLE, _WITHOUT_COPY = "pekanbaru", "kampar"
# the words that maklumat are written with everywhere (UU 25/2009, art. 22)
_TEXT: Final = (
    "Dengan ini kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar pelayanan yang "
    "telah ditetapkan, dan apabila tidak menepati janji ini, kami siap menerima sanksi sesuai "
    "peraturan perundang-undangan yang berlaku.\n(Contoh peragaan, bukan maklumat kantor ini.)"
)
_PLACES: Final = "Loket pelayanan\nHalaman kantor di portal ini"
_GROUPS: Final = "Pelaku usaha\nLembaga pendidikan\nOrganisasi masyarakat\nMedia"
_SIGNED, _FORUM, _PLANNED, _REVIEWED = (
    timedelta(days=days) for days in (200, 120, 20, 30)
)  # fmt: skip


def publish(at: datetime) -> None:
    """Add what an administrator records, once: of one office everything, of another with a gap."""
    actor = User.objects.filter(is_demo=True, is_superuser=True).first()
    for office in Office.objects.filter(code__in=(_WHOLE, _WITHOUT_COPY)):
        head = _head(office)
        if actor is None or head is None or office.pledges.exists():
            continue
        whole = office.code == _WHOLE
        _pledge(office, head, actor if whole else None, at)
        if whole:
            _consultations(office, actor, at)
            _evaluation(office, actor, at)


def _head(office: Office) -> Appointment | None:
    rows = Appointment.objects.filter(position__office=office, position__is_head=True)
    return rows.select_related("user", "position").order_by("pk").first()


def _pledge(office: Office, head: Appointment, actor: User | None, at: datetime) -> None:
    signed = office.local_date(at) - _SIGNED
    copy = None
    if actor is not None:
        words = ["Maklumat pelayanan", office.name, *_TEXT.splitlines(), head.user.full_name]
        copy = _paper(office, "maklumat.pdf", words, actor, at)
    ServicePledge.objects.create(
        office=office,
        number=1,
        status=ServicePledge.Status.PUBLISHED,
        text=_TEXT,
        signed_on=signed,
        signed_by=head.user.full_name,
        signed_by_position=head.position.name,
        signed_by_number=head.user.employee_number,
        effective_on=signed,
        places=_PLACES,
        document=copy,
    )


def _consultations(office: Office, actor: User, at: datetime) -> None:
    today = office.local_date(at)
    versions = StandardVersion.objects.in_force(today).filter(service__office=office)
    for ago, topic, outcome, attended, discussed in (
        (
            _FORUM,
            "Standar pelayanan",
            "Jangka waktu dan persyaratan disepakati tanpa perubahan.",
            24,
            list(versions),
        ),
        (
            _PLANNED,
            "Rencana tindak lanjut survei kepuasan",
            "Waktu penyelesaian didahulukan; hasilnya dibahas pada forum berikutnya.",
            19,
            [],
        ),
    ):
        held = today - ago
        words = ["Berita acara Forum Konsultasi Publik (contoh peragaan)", office.name, topic]
        row = PublicConsultation.objects.create(
            office=office,
            held_on=held,
            place="Ruang rapat kantor",
            topic=topic,
            groups=_GROUPS,
            attendance=attended,
            outcome=f"{outcome} (Contoh peragaan.)",
            minutes=_paper(office, f"berita-acara-{held}.pdf", [*words, outcome], actor, at),
        )
        row.versions.set(discussed)


def _evaluation(office: Office, actor: User, at: datetime) -> None:
    for service in office.services.all():
        for due in service.evaluations.running():
            review = evaluation.Review(
                office.local_date(at) - _REVIEWED,
                "Tim penilai (contoh peragaan)",
                "Standar masih sesuai dengan pelaksanaannya. (Contoh peragaan.)",
                "tetap",
            )
            evaluation.record_evaluation(due, review, actor=actor, at=at)


def _paper(
    office: Office, name: str, lines: Sequence[str], actor: User, at: datetime
) -> OfficeDocument:
    upload = SimpleUploadedFile(name, _pdf(lines), "application/pdf")
    return keep_document(office, uploads.check(upload), actor=actor, at=at)


def _pdf(lines: Sequence[str]) -> bytes:
    """Return one page of A4 on which ``lines`` (without accents) can be read."""
    import pikepdf

    out, shown = io.BytesIO(), []
    for line in lines:
        words = line.replace("\\", "").replace("(", "").replace(")", "")
        shown += [words[start : start + 80] for start in range(0, len(words), 80)]
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        drawn = " T* ".join(f"({words}) Tj" for words in shown)
        text = f"BT /F1 12 Tf 18 TL 60 760 Td {drawn} ET"
        page.Contents = pdf.make_stream(text.encode("ascii", "replace"))
        pdf.docinfo["/Title"] = lines[0]
        pdf.save(out)
    return out.getvalue()
