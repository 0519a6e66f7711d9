"""Run inside a portal of its own: files at every step of their way, and who may look at them.

Prints JSON: ``files`` (name -> address for the applicant, address at the desk, tracking code),
``cookies`` (e-mail -> session), and what else a picture needs.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import time as clock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")

import django

django.setup()

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY  # noqa: E402
from allauth.mfa.models import Authenticator  # noqa: E402
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.text import slugify  # noqa: E402

from accounts.models import Office, User  # noqa: E402
from accounts.officers import officer_of  # noqa: E402
from archives.models import DataRequest  # noqa: E402
from archives.services import requests  # noqa: E402
from boards.presenters import prints  # noqa: E402
from boards.services import papers as board_papers  # noqa: E402
from boards.services.pekppp import packs  # noqa: E402
from complaints.domain.lifecycle import Status  # noqa: E402
from complaints.services import reports  # noqa: E402
from complaints.services.identity import Person  # noqa: E402
from complaints.services.letters import print_letters  # noqa: E402
from demo import complaint_samples, paper_samples, samples  # noqa: E402
from notices.models import Notice  # noqa: E402
from notices.services import deliver_due  # noqa: E402
from permits import selectors  # noqa: E402
from permits.domain.certificates import OrderKind  # noqa: E402
from permits.models import Application, Certificate, CertificateOrder, Opening  # noqa: E402
from permits.services import (  # noqa: E402
    applications,
    checking,
    documents,
    drafting,
    filling,
    openings,
    rehearsals,
    trials,
    visits,
)
from permits.services.printouts import print_due  # noqa: E402
from permits.views.trials import by_itself, walk  # noqa: E402
from reports.models import Report  # noqa: E402
from reports.services.signing import sign_papers  # noqa: E402
from standards.domain.requirements import Need  # noqa: E402
from standards.domain.steps import StepKind  # noqa: E402
from standards.models import Service, StandardVersion  # noqa: E402
from standards.services import drafting as standards_drafting  # noqa: E402
from surveys.domain.secrets import digest, new_secret  # noqa: E402
from surveys.models import (  # noqa: E402
    FollowUp,
    Invitation,
    InvitationLink,
    Response,
    Suggestion,
    SurveyRules,
)
from surveys.selectors import receipt_code, versions_asked  # noqa: E402
from surveys.services import extra_questions, invitations  # noqa: E402
from surveys.services.extra_questions import Extra  # noqa: E402
from tests.journeys.papers import write_pdf  # noqa: E402
from workflow.models import Holiday, HolidayKind  # noqa: E402

BKK = ("pekanbaru", "tanda-daftar-bkk")
KAMPAR = ("kampar", "rekomendasi-pelatih-anak-putus-sekolah")
TRAINING = ("purwakarta", "kbli-78422")
BRISK, SLOW = timedelta(minutes=3), timedelta(hours=3)
ANSWERS = {
    "jenis_lembaga": "Sekolah kejuruan",
    "nomor_izin_operasional": "420/112/2019",
    "luas_ruangan": "24",
    "rencana_penempatan": "120",
    "nama_anak": "Rizki Maulana",
    "tempat_lahir": "Bangkinang",
    "tanggal_lahir": "2009-04-12",
    "sekolah_terakhir": "SMP Negeri 2 Bangkinang, kelas IX",
    "pelatihan": "Menjahit",
}


def main() -> None:
    """Play the files, tell the world about them, print the addresses."""
    with tempfile.TemporaryDirectory() as folder:
        files = dict(play(Path(folder)))
    now = timezone.now()
    print_due(now)
    Holiday.objects.create(
        on=now.date() + timedelta(days=1),
        name="Hari Jadi Provinsi Riau",
        kind=HolidayKind.REGIONAL,
        office=Office.objects.get(code="pekanbaru"),
        decree="Keputusan Gubernur Riau (contoh)",
    )
    while deliver_due(now).done:
        pass
    complaints = dict(complain(files))
    report = reports.compile_report(
        Office.objects.get(code="pekanbaru"),
        date(2026, 10, 1),
        actor=User.objects.get(email="pengaduan@pekanbaru.demo.invalid"),
        at=day(3, 9),
    )
    print_letters(now)
    open_data(files["paraf"])
    grant_correction(files["terlambat"])
    protect(User.objects.get(email="admin@demo.invalid"))
    head = User.objects.get(email="kepala@pekanbaru.demo.invalid")
    if settings.SECOND_FACTOR_REQUIRED:
        TOTP.activate(head, generate_totp_secret())
    evidence = figures_of_office(head, now)
    survey, answered = survey_about(files["terbit"]), survey_about(files["selesai"])
    Invitation.objects.filter(application=files["selesai"]).update(answered=True)
    open_survey()
    certificate = Certificate.objects.get(application=files["selesai"])
    message = Notice.objects.filter(recipient=files["selesai"].applicant, in_account=True)[0]
    version = StandardVersion.objects.get(service=files["selesai"].service)
    print(
        json.dumps(
            {
                "files": {name: addresses(file) for name, file in files.items()},
                "complaints": complaints,
                "report": report.get_absolute_url(),
                **evidence,
                "cookies": {
                    **{user.email: session_of(user) for user in User.objects.exclude(pk=head.pk)},
                    # some time ago: a signature asks for the code again
                    head.email: session_of(head, clock() - 3600),
                    "tablet": tablet_session(),
                    "tablet-in-use": tablet_session(files["terbit"]),
                },
                "token": certificate.token,
                "survey": survey,
                "answered": answered,
                "receipt": receipt_code(files["tinjau"]),
                "surveyed": files["terbit"].number,
                "number": str(certificate.number),
                "version": version.pk,
                "tried": tried_draft(now),
                "message": message.pk,
                "pdf": Path(certificate.file.path).as_posix(),
            }
        )
    )


def tried_draft(at: datetime) -> int:
    """Return the key of a new draft of a standard that was tried to its end."""
    office, slug = KAMPAR
    version = StandardVersion.objects.get(service__office__code=office, service__slug=slug)
    draft = standards_drafting.new_draft(version, actor=None, at=at)
    trial = trials.begin(draft, actor=User.objects.get(email="admin@demo.invalid"), at=at)
    with rehearsals.rehearsal(draft, at) as stage:
        done, _halt = by_itself.run(walk.play(stage, trial), at)
    trials.add(trial, 0, done, at=at)
    return draft.pk


def figures_of_office(head: User, at: datetime) -> dict[str, object]:
    """Ask a question more, make an evidence pack, plan a follow-up; return where they are."""
    office = Office.objects.get(code="pekanbaru")
    compiler = User.objects.get(email="bo@pekanbaru.demo.invalid")
    asked = Extra("Pungutan liar", "Apakah Anda diminta membayar di luar tarif?", ["Ya", "Tidak"])
    extra_questions.add(office, asked, actor=compiler, at=at)
    pack = packs.order(office, actor=head, at=at)
    packs.make_packs(at)
    sign_papers(at)
    reports = {row.status: row for row in Report.objects.filter(office=office).order_by("begins")}
    owed = FollowUp.objects.filter(office=office).order_by("-owed", "pk")[0]
    return {
        "reports": {status: row.get_absolute_url() for status, row in reports.items()},
        "plan": f"/meja/survei/rencana/{reports['disusun'].public_id}/",
        "follow_up": owed.pk,
        "pack": str(pack.public_id),
        "board_papers": printed_boards(head, office, at),
        "pledge": office.pledges.get().pk,
        "consultation": office.consultations.all()[0].pk,
    }


def open_survey() -> None:
    """Let Pekanbaru have an open survey, with answers of last year."""
    service = Service.objects.select_related("office").get(office__code=BKK[0], slug=BKK[1])
    office = service.office
    SurveyRules.objects.filter(office=office).update(is_open=True)
    version = versions_asked(office)[0]
    keys = [question.key for question in version.questions.all() if question.in_index]
    Response.objects.bulk_create(
        Response(
            version=version,
            office=office,
            service=service,
            month=date(2025, 9, 1),
            source=Response.Source.OPEN,
            answers={key: 2 + (nth + len(key)) % 3 for key in keys},
        )
        for nth in range(8)
    )
    Suggestion.objects.bulk_create(
        Suggestion(office=office, month=date(2025, 9, 1), text=text, is_open=True)
        for text in ("Buka juga hari Sabtu.",) * 5
    )


def printed_boards(head: User, office: Office, at: datetime) -> dict[str, str]:
    """Order the board of now twice: one is printed, the turn of the other does not come today."""
    officer = officer_of(head, at)
    content = prints.of_now(officer, office)
    made = {}
    for name, when in (("printed", at), ("waiting", at + timedelta(days=1))):
        order = board_papers.order(office, content, name="Papan", actor=head, at=when)
        made[name] = str(order.public_id)
    board_papers.print_papers(at)
    return made


def tablet_session(file: Application | None = None) -> str:
    """Return the session of a survey tablet of Pekanbaru: at its start, or asking about a file."""
    session = SessionStore()
    session["survey_tablet"] = "pekanbaru"
    if file is not None:
        session["survey_file"] = Invitation.objects.get(application=file).pk
    session.create()
    return str(session.session_key)


def survey_about(file: Application) -> str:
    """Return the secret of an invitation to the survey about ``file``."""
    invitations.invite(file.pk, at=timezone.now())
    secret = new_secret()
    invitation = Invitation.objects.get(application=file)
    InvitationLink.objects.create(invitation=invitation, digest=digest(secret))
    return secret


def play(folder: Path) -> Iterator[tuple[str, Application]]:
    """Yield a name and a file for every state that has a page of its own."""
    for name, holder, at in (
        ("diajukan", "BKK SMK Negeri 1 Pekanbaru", day(18, 13)),
        ("diajukan2", "BKK SMK Muhammadiyah 2 Pekanbaru", day(18, 15)),
        ("diajukan3", "BKK SMK Labor Binaan FKIP Universitas Riau", day(19, 8)),
    ):
        yield name, sent(BKK, holder, at, folder)
    half = sent(BKK, "BKK SMK Farmasi Ikasari", day(17, 10), folder)
    yield "diperiksa", half_checked(half, day(17, 13))
    short = sent(BKK, "BKK SMK Taruna Pekanbaru", day(12, 10), folder)
    yield "belum_lengkap", samples.return_for_completion(short, day(12, 14))
    yield "dikembalikan", returned(sent(BKK, "BKK SMK Dirgantara Riau", day(11, 9), folder))
    yield (
        "usul",
        samples.propose_refusal(
            sent(BKK, "BKK SMA Negeri 9 Pekanbaru", day(10, 9), folder), day(10, 13)
        ),
    )
    yield "ditolak", refused(sent(BKK, "BKK SMA Negeri 8 Pekanbaru", day(10, 9), folder))
    wrong = refused(sent(BKK, "BKK SMK Negeri 2 Pekanbaru", day(10, 10), folder))
    yield "penolakan_batal", paper_samples.revoke(wrong, day(18, 10), OrderKind.VOID)
    yield "ditarik", withdrawn(sent(BKK, "BKK SMK Migas Inovasi Riau", day(10, 11), folder))
    for name, holder, began, pace, kind in (
        ("tinjau", "BKK SMK Negeri 6 Pekanbaru", day(17, 9), BRISK, StepKind.INSPECT),
        ("terlambat", "BKK SMK Telkom Pekanbaru", day(5, 9), SLOW, StepKind.INSPECT),
        ("konsep_izin", "BKK SMK Negeri 3 Pekanbaru", day(19, 9), BRISK, StepKind.DRAFT),
        ("paraf", "BKK SMK Kansai Pekanbaru", day(19, 8), BRISK, StepKind.INITIAL),
        ("tanda_tangan", "BKK SMK Negeri 5 Pekanbaru", day(18, 14), BRISK, StepKind.SIGN),
        ("tanda_tangan2", "BKK SMK Hasanah Pekanbaru", day(6, 9), SLOW, StepKind.SIGN),
        ("nomor", "BKK SMK Pertanian Terpadu Riau", day(18, 15), BRISK, StepKind.NUMBER),
        ("terbit", "BKK SMK Negeri 7 Pekanbaru", day(16, 9), BRISK, StepKind.HAND_OVER),
        ("selesai", "BKK SMK Keuangan Pekanbaru", day(9, 9), SLOW, None),
    ):
        yield name, walked(sent(BKK, holder, began, folder), kind, began, pace)
    for name, holder, order in (
        ("dicabut", "BKK SMK Global Cendekia", paper_samples.revoke),
        ("dibatalkan", "BKK SMK Nusantara Riau", _voided),
        ("diganti", "BKK SMK Perbankan Raiu", _mended),
        ("usul_cabut", "BKK SMK Teknologi Migas", paper_samples.propose_ending),
        ("usul_ganti", "BKK SMK Yabri Terpadau", _mending),
    ):
        done = walked(sent(BKK, holder, day(9, 10), folder), None, day(9, 10), SLOW)
        order(done, day(18, 10))
        yield name, samples.reload(done)
    written = walked(
        sent(BKK, "BKK SMK Bina Profesi", day(12, 9), folder), StepKind.DRAFT, day(12, 9), SLOW
    )
    drafting.write_draft(written, actor=samples.officer_at(written, day(18, 9)), at=day(18, 9))
    yield "konsep_ditulis", written
    for name, child, kind in (
        ("kerjakan", "Yayasan Bina Anak Kampar", StepKind.WORK),
        ("kuesioner", "LKP Modes Rapi Bangkinang", StepKind.SURVEY),
    ):
        yield name, walked(sent(KAMPAR, child, day(16, 9), folder), kind, day(16, 9), SLOW)
    # last: whoever has a draft of a service goes on with it
    yield "konsep", draft(BKK, "BKK SMK Negeri 4 Pekanbaru", day(19, 8), folder, papers=3)
    yield "siap", draft(KAMPAR, "Yayasan Pelita Kampar", day(18, 9), folder)
    yield "pertanyaan", draft(TRAINING, "LPK Cipta Terampil", day(18, 9), folder, papers=2)


def _voided(done: Application, at: datetime) -> Application:
    return paper_samples.revoke(done, at, OrderKind.VOID)


def _mended(done: Application, at: datetime) -> Application:
    return paper_samples.replace(done, at, "BKK SMK Perbankan Riau")


def _mending(done: Application, at: datetime) -> CertificateOrder:
    return paper_samples.propose_replacement(done, at, "BKK SMK Yabri Terpadu")


def complain(files: dict[str, Application]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield a name and the way to a complaint in every state that has a page of its own."""
    office = Office.objects.get(code="pekanbaru")
    person = Person("Rina Marlina", phone="081234567890", address="Jalan Melati Nomor 7, Pekanbaru")
    for number in range(7):  # of the month before, for the report and the figures of the year
        at = datetime(2026, 10, 5 + number % 5, 10, number, tzinfo=office.zone)
        complaint_samples.in_state(
            office,
            Status.ANSWERED if number < 5 else Status.THANKED,
            at,
            person=person,
            text="Petugas loket tidak menjelaskan persyaratan yang berubah.",
        )
    for name, state, file, more in (
        ("ditimbang", Status.UNDECIDED, "", {}),
        ("baru", Status.RECEIVED, "terlambat", {}),
        ("kurang", Status.INCOMPLETE, "", {}),
        ("telaah", Status.STUDIED, "terlambat", {}),
        ("konsep", Status.DRAFTED, "tinjau", {}),
        ("disetujui", Status.APPROVED, "", {}),
        ("dijawab", Status.ANSWERED, "selesai", {}),
        ("saran", Status.SUGGESTION, "", {}),
        ("rahasia", Status.RECEIVED, "tinjau", {"hide_identity": True, "confidential": True}),
        ("digabung", Status.MERGED, "", {}),
    ):
        application = files.get(file)
        complaint, secret = complaint_samples.in_state(
            office,
            state,
            day(16, 9),
            person=person,
            application=application,
            text="Berkas saya sudah lewat dari waktu yang dijanjikan dan tidak ada kabar.",
            uploads=[complaint_samples.photo("foto")] if application else (),
            **more,
        )
        yield (
            name,
            {
                "desk": complaint.get_absolute_url(),
                "number": complaint.number,
                "secret": secret,
            },
        )


def day(of_november: int, hour: int) -> datetime:
    """Return a moment of November 2026 in Pekanbaru."""
    zone = Office.objects.get(code="pekanbaru").zone
    return datetime(2026, 11, of_november, hour, 12, tzinfo=zone)


def draft(
    which: tuple[str, str], holder: str, at: datetime, folder: Path, papers: int | None = None
) -> Application:
    """Return a draft with the form filled and all papers, or the first few."""
    office, slug = which
    service = Service.objects.get(office__code=office, slug=slug)
    applicant = User.objects.get(email="pemohon1@demo.invalid")
    file = filling.start_draft(service, actor=applicant, at=at)
    file = filling.save_form(
        file,
        at=at,
        identity={
            "holder_kind": "badan",
            "holder_name": holder,
            "responsible_name": "Siti Rahmawati",
            "national_id": "1471014507900001",
            "address": "Jalan Melati Nomor 2, Kelurahan Simpang Baru",
            "phone": "081234567890",
        },
        answers={
            fact.key: "tidak" if fact.kind == fact.Kind.YES_NO else ANSWERS.get(fact.key, holder)
            for fact in file.version.facts.all()
        }
        | {"permohonan_baru": "ya"},
    )
    lines = [line for line in selectors.checklist(file).lines() if line.applies]
    if papers is None:
        declared = [line.requirement.pk for line in lines if line.need is Need.DECLARE]
        file = filling.save_declarations(file, declared, at=at)
    for line in [one for one in lines if one.need is Need.UPLOAD and one.missing][:papers]:
        name = slugify(line.requirement.text)[:32].strip("-") or "berkas"
        content = write_pdf(folder / "berkas.pdf", line.requirement.text[:60]).read_bytes()
        upload = SimpleUploadedFile(f"{name}.pdf", content, "application/pdf")
        documents.attach(file, line.requirement.pk, upload, actor=applicant, at=at)
    return samples.reload(file)


def sent(which: tuple[str, str], holder: str, at: datetime, folder: Path) -> Application:
    """Return a file that lies at the front office."""
    return samples.reload(samples.submit(draft(which, holder, at, folder), at))


def walked(
    file: Application, until: StepKind | None, began: datetime, pace: timedelta
) -> Application:
    """Let the officers do their work, each in the same time, until a kind of step."""
    at = began
    while file.current_step and file.current_step.step.kind != until:
        at = in_office(at + pace)
        file = samples.act(file, at)
    if file.current_step and file.desk and until is not StepKind.INSPECT:
        visits.receive(file, actor=samples.officer_at(file, at), at=in_office(at))
    return samples.reload(file)


def in_office(at: datetime) -> datetime:
    """Return the moment, or nine o'clock of the next workday when the office is closed."""
    if at.hour >= 16 or at.weekday() >= 5:
        at = datetime.combine(at.date() + timedelta(days=1), time(9, 12), at.tzinfo)
        while at.weekday() >= 5:
            at += timedelta(days=1)
    return at


def half_checked(file: Application, at: datetime) -> Application:
    """Let the front office accept two papers and refuse a third."""
    officer = samples.officer_at(file, at)
    visits.receive(file, actor=officer, at=at)
    for index, line in enumerate(selectors.checklist(file).unchecked()[:3]):
        result, reason = (
            ("tidak_sesuai", "Cap sekolah tidak terbaca.") if index == 2 else ("sesuai", "")
        )
        checking.give_verdict(
            file, line.requirement.pk, result, actor=officer, at=at, reason=reason
        )
    return samples.reload(file)


def returned(file: Application) -> Application:
    """Let the technical team and then the front office send an accepted file back."""
    file = samples.act(file, day(11, 13))
    team = samples.officer_at(file, day(12, 9))
    note = "Luas ruangan pada surat keterangan berbeda dengan keadaan di lapangan."
    visits.send_back(file, actor=team, at=day(12, 9), note=note)
    return samples.return_for_completion(samples.reload(file), day(12, 11))


def refused(file: Application) -> Application:
    """Let the front office propose to refuse the file, and the head refuse it."""
    return samples.refuse(file, day(10, 13), reason="BKK hanya untuk sekolah kejuruan.")


def withdrawn(file: Application) -> Application:
    """Let the applicant take the file back."""
    return applications.withdraw_application(
        file, actor=file.applicant, at=day(11, 9), note="Salah memilih layanan."
    )


def addresses(file: Application) -> dict[str, str]:
    """Return where people find a file, and its first paper."""
    papers = file.certificates.order_by("pk")
    return {
        "mine": file.get_absolute_url(),
        "desk": file.get_desk_url(),
        "code": file.tracking_code,
        "token": file.certificate.token if file.certificate else "",
        "first": papers[0].token if papers else "",
    }


def grant_correction(application: Application) -> None:
    """The applicant asks for a correction of what was sent, and the head grants it."""
    asked = requests.ask(
        application.applicant,
        application.office,
        kind=DataRequest.Kind.CORRECTION,
        text="Nama jalan salah tulis: seharusnya Jalan Melati Raya Nomor 2.",
        at=day(6, 9),
        application=application,
    )
    requests.answer(
        asked,
        outcome=DataRequest.Outcome.GRANTED,
        answer="Alamat dibaca sebagai Jalan Melati Raya Nomor 2.",
        actor=User.objects.get(email=f"kepala@{application.office.code}.demo.invalid"),
        at=day(6, 10),
    )


def open_data(file: Application) -> None:
    """Let three people open data of one application, two of them from another desk."""
    name, kinds = file.documents.all()[0].original_name, Opening.Kind
    for desk, at, kind, what, reason in (
        ("analis-muda", day(17, 9), kinds.UPLOAD, name, ""),
        ("fo", day(17, 14), kinds.NUMBER, "NIK penanggung jawab", "menjawab telepon pemohon"),
        ("kepala", day(18, 8), kinds.UPLOAD, name, "memeriksa sebelum rapat"),
    ):
        actor = User.objects.get(email=f"{desk}@pekanbaru.demo.invalid")
        openings.record(file, kind, actor=actor, at=at, what=what, reason=reason)


def protect(person: User) -> None:
    """Give somebody an authenticator app, a passkey and recovery codes."""
    TOTP.activate(person, generate_totp_secret())
    data = {"name": "Ponsel kantor", "credential": {}}
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)
    RecoveryCodes.activate(person)


def session_of(user: User, at: float | None = None) -> str:
    """Return the session of somebody who logged in ``at``, or whose proof is fresh for an hour."""
    session = SessionStore()
    proved = {"method": "password", "at": at or clock() + 3600, "email": user.email}
    factors = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        proved,
        *({"method": "mfa", "at": proved["at"], "type": row.type, "id": row.pk} for row in factors),
    ]
    session["account_authentication_methods_user"] = str(user.pk)  # whose proofs these are
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    main()
