"""From the study to an answer that has arrived: who agrees, what proves it, what follows."""

from __future__ import annotations

import re
import subprocess
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import translation

from accounts.models import ChannelKind, Position, User
from complaints import policies, selectors
from complaints.domain import draft
from complaints.domain.delivery import Proof
from complaints.domain.lifecycle import Status
from complaints.models import (
    Answer,
    AnswerLetter,
    Approval,
    Complaint,
    ComplaintRules,
    Escalation,
    Problem,
    StudyStep,
)
from complaints.services import answers, handling, letters, sending, study
from complaints.services.identity import Person
from complaints.services.sending import Dispatch
from notices.models import Notice
from notices.services import deliver_due
from tests.factories.complaints import (
    BUDI,
    OFFICER,
    SECTION_HEAD,
    make_complaint,
    make_complaint_desk,
    make_studied,
)
from tests.factories.permits import Cast, make_accepted, make_keys
from workflow.domain.errors import DomainError
from workflow.models import JobStatus

HEAD = "kepala-dinas"
OUTSIDE = {"with_whom": "Inspektorat", "paper": "700/12, 17-11-2026"}
BY_MAIL = Dispatch(ChannelKind.EMAIL)


@pytest.fixture(autouse=True)
def _desk(cast: Cast) -> None:
    make_complaint_desk(cast)


@pytest.fixture
def officer(cast: Cast) -> User:
    return cast.at(OFFICER)


def by_weight(cast: Cast) -> None:
    ComplaintRules.objects.filter(office=cast.office).update(ladder="bobot")


def ready(cast: Cast, at: datetime, *, consent: bool = False, **facts: Any) -> Complaint:
    """Return a complaint that is studied and classified, with every step written down."""
    subjects = facts.pop("subjects", ())
    changes = facts.pop("changes", {})
    complaint = make_studied(cast, at, **changes)
    owner = complaint.owner
    assert owner is not None
    complaint = handling.classify(
        complaint, actor=owner, at=at, problem=Problem.FEE, subjects=subjects, **facts
    )
    owner = complaint.owner
    assert owner is not None
    for step in StudyStep.Step:
        more: dict[str, Any] = {}
        if step == StudyStep.Step.INQUIRY:
            more = {"with_whom": "kepala loket", "held_on": at.date()}
        study.record_step(complaint, actor=owner, at=at, step=step, result=f"Hasil {step}.", **more)
    if consent:
        handling.request_apip(complaint, actor=owner, at=at, note="Perlu APIP")
        handling.decide_apip(complaint, actor=cast.at(HEAD), at=at, agreed=True)
    return complaint


def drafted(cast: Cast, at: datetime, **facts: Any) -> Complaint:
    """Return a complaint whose draft waits for its first level."""
    complaint = ready(cast, at, **facts)
    assert complaint.owner is not None
    text = study.prefilled(complaint, at)
    answers.draft_answer(complaint, actor=complaint.owner, at=at, text=text)
    complaint.refresh_from_db()
    return complaint


def press(complaint: Complaint, actor: User, at: datetime, level: str, **facts: Any) -> Complaint:
    """Agree as the page would: to the digest that stands there."""
    answer = complaint.answers.latest("revision")
    return answers.agree(complaint, actor=actor, at=at, level=level, digest=answer.digest, **facts)


def approved(cast: Cast, at: datetime, **changes: Any) -> Complaint:
    """Return a complaint whose answer the head has agreed to."""
    complaint = drafted(cast, at, category="internal", changes=changes)
    return press(complaint, cast.at(HEAD), at, "kepala_dinas")


# the study and the draft ---------------------------------------------------------------------


def test_the_plan_keeps_its_term(cast, monday, officer):
    complaint = make_studied(cast, monday)
    study.record_step(complaint, actor=officer, at=monday, step="rencana", result="Menelepon")
    row = complaint.deadlines.get(kind="rencana")
    assert (row.met_at, row.breached_at) == (monday, None)


def test_an_inquiry_says_with_whom_and_when(cast, monday, officer):
    complaint = make_studied(cast, monday)
    facts: dict[str, Any] = {"actor": officer, "at": monday, "step": "klarifikasi", "result": "Ya"}
    with pytest.raises(DomainError, match="inquiry_incomplete"):
        study.record_step(complaint, **facts, with_whom="loket")
    with pytest.raises(DomainError, match="held_in_future"):
        study.record_step(
            complaint, **facts, with_whom="loket", held_on=monday.date() + timedelta(days=1)
        )
    with pytest.raises(DomainError, match="result_missing"):
        study.record_step(complaint, **{**facts, "result": " "})
    assert not StudyStep.objects.exists()


def test_the_draft_is_made_of_the_study_and_ends_as_every_answer(cast, monday):
    complaint = drafted(cast, monday, category="internal")
    text = Answer.objects.get().text
    assert "Hasil kesimpulan." in text
    assert "bersama kepala loket: Hasil klarifikasi." in text
    assert text.endswith(draft.closing(14))
    assert "Ombudsman" in text
    assert complaint.number in text
    assert BUDI.name not in text


def test_without_study_there_is_no_draft(cast, monday, officer):
    complaint = make_studied(cast, monday)
    handling.classify(complaint, actor=officer, at=monday, problem=Problem.FEE, category="internal")
    with pytest.raises(DomainError, match="study_incomplete"):
        answers.draft_answer(complaint, actor=officer, at=monday, text="Sudah.")
    assert not Answer.objects.exists()


def test_what_is_not_classified_has_no_ladder(cast, monday, officer):
    with pytest.raises(DomainError, match="complaint_not_classified"):
        answers.draft_answer(make_studied(cast, monday), actor=officer, at=monday, text="Sudah.")


# ladders --------------------------------------------------------------------------------------


def test_light_is_answered_at_once(cast, monday, officer):
    by_weight(cast)
    complaint = make_studied(cast, monday)
    handling.classify(complaint, actor=officer, at=monday, problem=Problem.FEE, weight="ringan")
    for step in ("inti_masalah", "kesimpulan"):
        study.record_step(complaint, actor=officer, at=monday, step=step, result="Jelas.")
    answers.draft_answer(complaint, actor=officer, at=monday, text="Biayanya nol rupiah.")
    complaint.refresh_from_db()
    assert complaint.status == Status.APPROVED
    assert list(Approval.objects.values_list("level", flat=True)) == ["petugas_pengaduan"]
    assert AnswerLetter.objects.get().signer == officer


def test_medium_goes_to_the_section_head_and_the_head(cast, monday):
    by_weight(cast)
    complaint = drafted(cast, monday, weight="sedang")
    assert complaint.desk == Position.objects.get(office=cast.office, code=SECTION_HEAD)
    with pytest.raises(DomainError, match="not_your_level"):
        press(complaint, cast.at(HEAD), monday, "kepala_bidang")
    tuesday = monday + timedelta(days=1)
    complaint = press(complaint, cast.at(SECTION_HEAD), tuesday, "kepala_bidang")
    assert complaint.desk.is_head
    share = complaint.deadlines.running().get(kind="tingkat")
    assert (share.of, share.started_at) == ("kepala_dinas", tuesday)
    assert complaint.deadlines.get(kind="tingkat", of="kepala_bidang").met_at == tuesday
    assert complaint.deadlines.running().filter(kind="jawaban").exists()  # the whole clock runs on
    complaint = press(complaint, cast.at(HEAD), tuesday, "kepala_dinas")
    assert (complaint.status, complaint.desk) == (Status.APPROVED, None)
    assert AnswerLetter.objects.get().signer == cast.at(HEAD)
    causes = set(Escalation.objects.values_list("cause", "level"))
    assert causes == {("bobot", "kepala_bidang"), ("bobot", "kepala_dinas")}


def test_heavy_goes_to_the_region_by_a_paper(cast, monday, officer):
    by_weight(cast)
    complaint = drafted(cast, monday, weight="berat")
    complaint = press(complaint, cast.at(HEAD), monday, "kepala_dinas")
    level = "asisten_atau_sekretaris_daerah"
    assert complaint.desk is None
    with pytest.raises(DomainError, match="paper_missing"):
        press(complaint, officer, monday, level, with_whom="Asisten II")
    with pytest.raises(DomainError, match="not_the_owner"):
        press(complaint, cast.at(SECTION_HEAD), monday, level, **OUTSIDE)
    complaint = press(complaint, officer, monday, level, **OUTSIDE)
    assert complaint.status == Status.APPROVED
    row = Approval.objects.get(level=level)
    assert (row.with_whom, row.paper) == ("Inspektorat", "700/12, 17-11-2026")


def test_internal_goes_to_the_head(cast, monday):
    complaint = drafted(cast, monday, category="internal")
    assert Answer.objects.get().levels == ["petugas_pengaduan", "kepala_dinas"]
    assert complaint.desk.is_head


def test_another_agency_agrees_before_the_head(cast, monday, officer):
    complaint = drafted(cast, monday, category="tim_teknis_atau_perangkat_daerah")
    complaint = press(complaint, officer, monday, "perangkat_daerah", **OUTSIDE)
    assert complaint.desk.is_head


def test_apip_without_consent_has_no_draft(cast, monday, officer):
    complaint = ready(cast, monday, category="apip")
    with pytest.raises(DomainError, match="apip_without_consent"):
        answers.draft_answer(complaint, actor=officer, at=monday, text="Jawaban.")
    handling.request_apip(complaint, actor=officer, at=monday, note="Perlu")
    handling.decide_apip(complaint, actor=cast.at(HEAD), at=monday, agreed=False, note="Belum")
    with pytest.raises(DomainError, match="apip_without_consent"):
        answers.draft_answer(complaint, actor=officer, at=monday, text="Jawaban.")


def test_apip_with_consent_agrees_last(cast, monday, officer):
    complaint = drafted(cast, monday, category="apip", consent=True)
    complaint = press(complaint, cast.at(HEAD), monday, "kepala_dinas")
    complaint = press(complaint, officer, monday, "apip", **OUTSIDE)
    assert complaint.status == Status.APPROVED


def test_of_a_head_who_is_complained_about_the_region_agrees(cast, monday):
    drafted(cast, monday, category="internal", subjects=[cast.at(HEAD)])
    levels = Answer.objects.get().levels
    assert levels == ["petugas_pengaduan", "asisten_atau_sekretaris_daerah"]


def test_a_head_who_wrote_it_does_not_agree_to_it(cast, monday, officer):
    complaint = drafted(cast, monday, category="internal", subjects=[officer])
    assert complaint.owner == cast.at(HEAD)
    levels = Answer.objects.get().levels
    assert levels == ["petugas_pengaduan", "asisten_atau_sekretaris_daerah"]


def test_the_writer_may_not_agree_from_another_chair(cast, monday, officer):
    complaint = drafted(cast, monday, category="internal")
    head = Position.objects.get(office=cast.office, is_head=True)
    officer.appointments.create(position=head, started_on=date(2025, 1, 1), capacity="plh")
    with pytest.raises(DomainError, match="answer_four_eyes"):
        press(complaint, officer, monday, "kepala_dinas")


def test_who_wrote_an_earlier_revision_may_not_agree_either(cast, monday, officer):
    complaint = drafted(cast, monday, category="internal")
    answer = Answer.objects.get()
    answers.send_back(
        complaint, actor=cast.at(HEAD), at=monday, level="kepala_dinas", digest=answer.digest,
        note="Lebih jelas",
    )  # fmt: skip
    colleague = cast.at("front-office")
    desk = cast.at(OFFICER).appointments.get().position
    colleague.appointments.create(position=desk, started_on=date(2025, 1, 1), capacity="plh")
    Complaint.objects.update(owner=colleague)
    complaint = Complaint.objects.get()
    answers.draft_answer(complaint, actor=colleague, at=monday, text="Jawaban lebih jelas.")
    complaint = Complaint.objects.get()
    assert Answer.objects.get(revision=2).written_by == colleague
    head = Position.objects.get(office=cast.office, is_head=True)
    officer.appointments.create(position=head, started_on=date(2025, 1, 1), capacity="plh")
    officer = User.objects.get(pk=officer.pk)
    assert policies.may_agree(officer, complaint, monday).reason == "answer_four_eyes"
    with pytest.raises(DomainError, match="answer_four_eyes"):
        press(complaint, officer, monday, "kepala_dinas")
    press(complaint, cast.at(HEAD), monday, "kepala_dinas")
    assert AnswerLetter.objects.get().signer == cast.at(HEAD)


# agreeing -------------------------------------------------------------------------------------


def test_agreeing_names_the_text_that_was_shown(cast, monday):
    complaint = drafted(cast, monday, category="internal")
    with pytest.raises(DomainError, match="answer_changed"):
        answers.agree(
            complaint, actor=cast.at(HEAD), at=monday, level="kepala_dinas", digest="0" * 64
        )
    complaint = press(complaint, cast.at(HEAD), monday, "kepala_dinas")
    assert set(Approval.objects.values_list("digest", flat=True)) == {Answer.objects.get().digest}
    with pytest.raises(DomainError, match="nothing_to_agree"):  # pressed twice
        press(complaint, cast.at(HEAD), monday, "kepala_dinas")
    assert Approval.objects.count() == 2


def test_a_returned_draft_needs_every_level_again(cast, monday, officer):
    by_weight(cast)
    complaint = drafted(cast, monday, weight="sedang")
    complaint = press(complaint, cast.at(SECTION_HEAD), monday, "kepala_bidang")
    first = Answer.objects.get()
    with pytest.raises(DomainError, match="note_missing"):
        answers.send_back(
            complaint, actor=cast.at(HEAD), at=monday, level="kepala_dinas", digest=first.digest,
            note=" ",
        )  # fmt: skip
    due = complaint.due_at
    complaint = answers.send_back(
        complaint, actor=cast.at(HEAD), at=monday, level="kepala_dinas", digest=first.digest,
        note="Sebutkan dasar hukumnya",
    )  # fmt: skip
    assert (complaint.status, complaint.desk, complaint.due_at) == (Status.STUDIED, None, due)
    assert Notice.objects.filter(template="complaints/returned", recipient=officer).exists()
    assert study.prefilled(complaint, monday) == draft.body_of(first.text, draft.closing(14))
    answers.draft_answer(complaint, actor=officer, at=monday, text="Dasar hukum: UU 25/2009.")
    complaint.refresh_from_db()
    second = complaint.answers.latest("revision")
    assert second.revision == 2
    assert complaint.desk == Position.objects.get(office=cast.office, code=SECTION_HEAD)


# sending --------------------------------------------------------------------------------------


def test_a_mail_closes_it_only_when_it_has_left(cast, monday, officer, settings):
    make_keys(cast)
    complaint = approved(cast, monday, channel=ChannelKind.EMAIL)
    tuesday = monday + timedelta(days=1)
    sending.send_answer(complaint, actor=officer, at=tuesday, dispatch=BY_MAIL)
    sending.confirm_deliveries(tuesday)
    complaint.refresh_from_db()
    assert complaint.status == Status.APPROVED  # owed, not delivered
    with pytest.raises(DomainError, match="already_sending"):
        sending.send_answer(complaint, actor=officer, at=tuesday, dispatch=BY_MAIL)
    letters.print_letters(tuesday)
    deliver_due(tuesday + timedelta(hours=1))
    sending.confirm_deliveries(tuesday)
    complaint.refresh_from_db()
    answer = Answer.objects.get()
    message = Notice.objects.get(template="complaints/answer")
    assert complaint.status == Status.ANSWERED
    assert message.message_id
    assert answer.proof == message.message_id
    assert answer.reopen_until
    assert answer.sent_at == message.sent_at == complaint.closed_at
    assert answer.sent_at is not None
    assert answer.workdays == selectors.workdays_until(complaint, answer.sent_at)
    sending.confirm_deliveries(tuesday)
    assert complaint.records.filter(event="kirim_jawaban").count() == 1


def test_a_mail_that_fails_asks_for_another_way(cast, monday, officer):
    complaint = approved(cast, monday, channel=ChannelKind.EMAIL)
    sending.send_answer(complaint, actor=officer, at=monday, dispatch=BY_MAIL)
    Notice.objects.filter(template="complaints/answer").update(job_status=JobStatus.FAILED)
    sending.confirm_deliveries(monday)
    complaint.refresh_from_db()
    assert complaint.status == Status.APPROVED
    assert Notice.objects.filter(template="complaints/undelivered", recipient=officer).exists()
    sending.send_answer(complaint, actor=officer, at=monday, dispatch=BY_MAIL)
    assert Notice.objects.filter(template="complaints/answer").count() == 2


@pytest.mark.parametrize(
    ("channel", "code", "proof"),
    [
        (ChannelKind.TELEPHONE, "proof_missing_call", "17-11 pukul 10, disampaikan langsung"),
        (ChannelKind.COUNTER, "proof_missing_meeting", "Diterima di loket, tanda terima 3"),
        (ChannelKind.BOX, "proof_missing_posting", "Papan pengumuman, 17-11-2026"),
        (ChannelKind.SOCIAL, "proof_missing_posting", "Balasan 8891"),
        (ChannelKind.LAPOR, "proof_missing_posting", "Tindak lanjut 5521"),
        (ChannelKind.SMS, "proof_missing_message", "Pesan 77"),
        (ChannelKind.WHATSAPP, "proof_missing_message", "Pesan 78"),
        (ChannelKind.FAX, "proof_missing_message", "Laporan faks 4"),
    ],
)
def test_each_channel_has_its_own_proof(cast, monday, officer, channel, code, proof):
    complaint = approved(cast, monday, channel=channel)
    with pytest.raises(DomainError, match=code):
        sending.send_answer(
            complaint, actor=officer, at=monday, dispatch=Dispatch(channel, proof=" ")
        )
    fresh = sending.send_answer(
        complaint, actor=officer, at=monday, dispatch=Dispatch(channel, proof=proof)
    )
    answer = Answer.objects.get()
    assert (fresh.status, answer.proof, answer.sent_through) == (Status.ANSWERED, proof, channel)
    assert answer.reopen_until == date(2026, 11, 30)


def test_with_a_gateway_the_portal_sends_the_sms_itself(cast, monday, officer, settings):
    complaint = approved(cast, monday, channel=ChannelKind.SMS)
    assert sending.proof_of(complaint, ChannelKind.SMS) is Proof.MESSAGE
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/"
    assert sending.proof_of(complaint, ChannelKind.SMS) is Proof.PORTAL
    by_sms = Dispatch(ChannelKind.SMS)
    fresh = sending.send_answer(complaint, actor=officer, at=monday, dispatch=by_sms)
    row = Notice.objects.get(template="complaints/answer")
    assert (row.channel, row.attachments, fresh.status) == ("sms", [], Status.APPROVED)


def test_what_was_withdrawn_while_its_mail_was_under_way_stays_withdrawn(cast, monday, officer):
    complaint = approved(cast, monday, channel=ChannelKind.EMAIL)
    sending.send_answer(complaint, actor=officer, at=monday, dispatch=BY_MAIL)
    handling.withdraw(complaint, actor=officer, at=monday, note="Diminta pengadu")
    Notice.objects.filter(template="complaints/answer").update(
        job_status=JobStatus.DONE, sent_at=monday, message_id="<1@uji>"
    )
    assert sending.confirm_deliveries(monday).failed == 0
    complaint.refresh_from_db()
    assert complaint.status == Status.WITHDRAWN


def test_the_superior_of_a_confidential_one_is_the_head(cast, monday, officer):
    section = Position.objects.get(office=cast.office, code=SECTION_HEAD)
    Position.objects.filter(office=cast.office, code=OFFICER).update(superior=section)
    for confidential, person in ((False, cast.at(SECTION_HEAD)), (True, cast.at(HEAD))):
        complaint = approved(cast, monday, channel=ChannelKind.TELEPHONE, confidential=confidential)
        by_call = Dispatch(ChannelKind.TELEPHONE, "Ditelepon")
        sending.send_answer(complaint, actor=officer, at=monday, dispatch=by_call)
        row = Notice.objects.get(template="complaints/result", about=f"complaint:{complaint.pk}")
        assert row.recipient == person


def test_a_letter_is_proved_by_number_and_date(cast, monday, officer):
    complaint = approved(cast, monday, channel=ChannelKind.LETTER)
    by_post = Dispatch(ChannelKind.LETTER, proof="005/1")
    with pytest.raises(DomainError, match="proof_missing_letter"):
        sending.send_answer(complaint, actor=officer, at=monday, dispatch=by_post)
    whole = Dispatch(ChannelKind.LETTER, proof="005/1", day="17-11-2026")
    sending.send_answer(complaint, actor=officer, at=monday, dispatch=whole)
    assert Answer.objects.get().proof == "Surat nomor 005/1, 17-11-2026"


def test_leaving_its_channel_needs_a_reason(cast, monday, officer):
    complaint = approved(cast, monday, channel=ChannelKind.COUNTER)
    with pytest.raises(DomainError, match="note_missing"):
        sending.send_answer(complaint, actor=officer, at=monday, dispatch=BY_MAIL)
    with pytest.raises(DomainError, match="way_unknown"):
        sending.send_answer(
            complaint, actor=officer, at=monday, dispatch=Dispatch(ChannelKind.LAPOR, proof="1")
        )
    sending.send_answer(
        complaint, actor=officer, at=monday,
        dispatch=Dispatch(ChannelKind.EMAIL, reason="Diminta pengadu"),
    )  # fmt: skip
    assert complaint.records.filter(event="saluran_lain").exists()


def test_the_superior_learns_the_result_and_no_name(cast, monday, officer):
    complaint = approved(cast, monday, channel=ChannelKind.TELEPHONE)
    sending.send_answer(
        complaint, actor=officer, at=monday, dispatch=Dispatch(ChannelKind.TELEPHONE, "Ditelepon")
    )
    row = Notice.objects.get(template="complaints/result")
    assert row.recipient == cast.at(HEAD)
    assert "tepat waktu" in row.context["outcome"]
    assert BUDI.name not in str(row.context)


def test_what_is_written_down_is_indonesian_whoever_presses(cast, monday, officer):
    with translation.override("en"):
        complaint = approved(cast, monday, channel=ChannelKind.EMAIL)
        sending.send_answer(
            complaint, actor=officer, at=monday,
            dispatch=Dispatch(ChannelKind.TELEPHONE, "Ditelepon", reason="Diminta"),
        )  # fmt: skip
    notes = dict(complaint.records.values_list("event", "note"))
    assert notes["saluran_lain"] == "Telepon. Diminta"
    assert notes[handling.CLASSIFIED] == "Biaya/tarif - Internal kantor"
    row = Notice.objects.get(template="complaints/result")
    assert row.context["outcome"] == "Internal kantor, tepat waktu"


def test_a_draft_counts_late_steps_in_indonesian_whoever_opens_it(cast, monday, officer):
    late = monday + timedelta(days=14)
    complaint = handling.classify(
        make_studied(cast, late, application=make_accepted(cast, monday)),
        actor=officer, at=late, problem=Problem.TERM, category="internal",
    )  # fmt: skip
    with translation.override("en"):
        text = study.prefilled(complaint, late)
    assert re.search(r"- langkah \d+ \(.+\): waktu baku .+, terpakai \d+ (hari|jam|menit)", text)


def test_those_merged_into_it_are_told(cast, monday, officer):
    complaint = approved(cast, monday, channel=ChannelKind.TELEPHONE)
    other = make_complaint(cast, monday)
    handling.merge(other, actor=officer, at=monday, target=complaint, note="Sama")
    sending.send_answer(
        complaint, actor=officer, at=monday, dispatch=Dispatch(ChannelKind.TELEPHONE, "Ditelepon")
    )
    told = Notice.objects.get(template="complaints/answer")
    assert told.about == f"complaint:{other.pk}"


# suggestions ----------------------------------------------------------------------------------


def test_a_nameless_suggestion_is_answered_on_the_tracking_page(cast, monday, officer):
    complaint = make_complaint(cast, monday, person=Person())
    assert sending.ways_of(complaint) == ("web",)
    fresh = sending.answer_suggestion(
        complaint, actor=officer, at=monday, text="Terima kasih.", dispatch=Dispatch("web")
    )
    answer = Answer.objects.get()
    assert fresh.status == Status.THANKED
    assert "halaman lacak" in answer.proof
    assert answer.reopen_until is None
    assert not AnswerLetter.objects.exists()
    with pytest.raises(DomainError, match="complaint_closed"):
        sending.answer_suggestion(
            fresh, actor=officer, at=monday, text="Lagi.", dispatch=Dispatch("web")
        )


def test_a_suggestion_with_an_address_is_delivered_likewise(cast, monday, officer):
    make_keys(cast)
    complaint = handling.treat_as_suggestion(
        make_complaint(cast, monday), actor=officer, at=monday, note="Usul"
    )
    sending.answer_suggestion(
        complaint, actor=officer, at=monday, text="Terima kasih.", dispatch=BY_MAIL
    )
    complaint.refresh_from_db()
    assert complaint.status == Status.SUGGESTION
    letters.print_letters(monday)
    deliver_due(monday + timedelta(hours=1))
    sending.confirm_deliveries(monday)
    complaint.refresh_from_db()
    assert complaint.status == Status.THANKED


# the letter -----------------------------------------------------------------------------------


def test_the_letter_is_signed_and_names_nobody(cast, monday):
    from documents import verification

    make_keys(cast)
    complaint = approved(cast, monday)
    letter = AnswerLetter.objects.get()
    assert (letter.signer, letter.signed_at) == (cast.at(HEAD), None)
    assert BUDI.name not in str(letter.content)
    letters.print_letters(monday)
    letter.refresh_from_db()
    assert letter.job_status == JobStatus.DONE
    with letter.file.open() as file:
        pdf = file.read()
    assert verification.examine(pdf).valid
    assert verification.sha256(pdf) == letter.sha256
    words = _words(pdf)
    assert complaint.number in words
    assert "Ombudsman" in words
    assert BUDI.name not in words


def _words(pdf: bytes) -> str:
    """Return what a reader sees, and what stands in the metadata."""
    tools = (["pdftotext", "-layout", "-", "-"], ["pdfinfo", "-"])
    found = [subprocess.run(tool, input=pdf, capture_output=True, check=True) for tool in tools]
    return b" ".join(one.stdout for one in found).decode()


def test_without_a_key_the_letter_waits(cast, monday, settings, tmp_path):
    settings.SIGNING_DIR = tmp_path
    approved(cast, monday)
    letters.print_letters(monday)
    letter = AnswerLetter.objects.get()
    assert (letter.job_status, letter.last_error) == (JobStatus.QUEUED, "SigningKeyMissing")
    assert letter.next_try_at > monday


def test_a_worker_that_dies_after_writing_the_file_leaves_it_owed(cast, monday, monkeypatch):
    make_keys(cast)
    approved(cast, monday)
    letter = AnswerLetter.objects.get()

    class Died(BaseException):
        pass

    def die(*args: object) -> None:
        raise Died

    from documents import verification

    with monkeypatch.context() as patch:
        patch.setattr("documents.verification.sha256", die)
        work = letters._print(letter, monday)
        with pytest.raises(Died):
            work()
    assert default_storage.exists(letters.path_of(letter))
    letters.print_letters(monday + timedelta(minutes=2))
    letter.refresh_from_db()
    assert letter.job_status == JobStatus.DONE
    with letter.file.open() as file:
        assert verification.sha256(file.read()) == letter.sha256
    assert letter.file.name == letters.path_of(letter)
