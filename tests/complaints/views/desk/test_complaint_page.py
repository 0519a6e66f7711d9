"""The page of one complaint: what each person sees and may press, from receipt to proof."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import ChannelKind, User
from complaints.domain.lifecycle import Status
from complaints.models import (
    Answer,
    Complaint,
    ComplaintFile,
    ComplaintRules,
    IdentityOpening,
    StudyStep,
)
from complaints.services import handling, sending
from complaints.services.identity import Person
from tests.factories.complaints import (
    BUDI,
    OFFICER,
    SECTION_HEAD,
    TEXT,
    make_complaint,
    make_complaint_desk,
    make_studied,
)
from tests.factories.filing import signed_in
from tests.factories.permits import Cast, make_accepted

HEAD = "kepala-dinas"
CLASS = {"problem": "biaya", "category": "internal"}


@pytest.fixture(autouse=True)
def _desk(cast: Cast) -> None:
    make_complaint_desk(cast)


@pytest.fixture
def officer(cast: Cast) -> User:
    return cast.at(OFFICER)


def press(complaint: Complaint, user: User, act: str, **typed: Any) -> Any:
    """Press a button of the page and follow to where it leads."""
    return signed_in(user).post(
        reverse(f"complaints:{act}", args=[complaint.public_id]), typed, follow=True
    )


def look(complaint: Complaint, user: User) -> Any:
    return signed_in(user).get(complaint.get_absolute_url())


def status(complaint: Complaint) -> str:
    return Complaint.objects.get(pk=complaint.pk).status


def study_all(complaint: Complaint, user: User) -> None:
    for step in StudyStep.Step:
        typed = {"step": step, "result": f"Hasil {step}"}
        if step == StudyStep.Step.INQUIRY:
            typed |= {"with_whom": "loket", "held_on": "2026-11-16"}
        assert press(complaint, user, "record_step", **typed).status_code == 200
    assert StudyStep.objects.count() == len(StudyStep.Step)


def shown(complaint: Complaint) -> dict[str, str]:
    """Return what the page of the draft carries hidden: the level and the text it shows."""
    answer = complaint.answers.latest("revision")
    return {"level": "kepala_dinas", "digest": answer.digest}


def test_from_receipt_to_the_proof_by_buttons_alone(cast, monday, officer):
    complaint = make_complaint(cast, monday, channel=ChannelKind.TELEPHONE)
    press(complaint, officer, "study")
    assert status(complaint) == Status.STUDIED
    press(complaint, officer, "classify", **CLASS)
    study_all(complaint, officer)
    html = look(complaint, officer).content.decode()
    assert "Hasil kesimpulan" in html
    assert "Ombudsman" in html
    press(complaint, officer, "draft_answer", text="Biaya layanan ini nol rupiah.")
    assert status(complaint) == Status.DRAFTED
    press(complaint, cast.at(HEAD), "agree", **shown(complaint))
    assert status(complaint) == Status.APPROVED
    answer = press(complaint, officer, "send_answer", way="telepon")
    assert "Tulis catatan percakapan telepon" in answer.content.decode()
    assert status(complaint) == Status.APPROVED
    press(complaint, officer, "send_answer", way="telepon", proof="17-11 pukul 10.00")
    assert status(complaint) == Status.ANSWERED
    html = look(complaint, officer).content.decode()
    assert "17-11 pukul 10.00" in html


def test_nothing_typed_is_lost(cast, monday, officer):
    complaint = make_studied(cast, monday)
    answer = press(complaint, officer, "record_step", step="klarifikasi", result="Panjang sekali")
    html = answer.content.decode()
    assert "Panjang sekali" in html
    assert "Tulis dengan siapa" in html
    assert 'href="#langkah_klarifikasi_with_whom"' in html


BUTTONS = {
    "study": (Status.RECEIVED, {}),
    "ask": (Status.RECEIVED, {"note": "Mana?"}),
    "treat_as_suggestion": (Status.RECEIVED, {"note": "Usul"}),
    "classify": (Status.RECEIVED, CLASS),
    "add_note": (Status.RECEIVED, {"note": "Catatan"}),
    "withdraw": (Status.RECEIVED, {"note": "Diminta"}),
    "bring_up": (Status.RECEIVED, {"note": "Perlu"}),
    "request_apip": (Status.RECEIVED, {"note": "Perlu"}),
    "record_step": (Status.STUDIED, {"step": "rencana", "result": "Menelepon"}),
    "draft_answer": (Status.STUDIED, {"text": "Jawaban"}),
}


def test_the_head_alone_decides_on_apip(cast, monday, officer):
    complaint = make_studied(cast, monday)
    handling.request_apip(complaint, actor=officer, at=monday, note="Perlu")
    typed = {"agreed": "ya", "note": ""}
    refused = {OFFICER: 403, "sekretaris": 403, SECTION_HEAD: 404, "front-office": 404}
    for desk, code in refused.items():
        assert press(complaint, cast.at(desk), "decide_apip", **typed).status_code == code, desk
    assert complaint.apip_requests.get().agreed is None
    assert "Permintaan pelibatan APIP" in look(complaint, cast.at(HEAD)).content.decode()
    answer = press(complaint, cast.at(HEAD), "decide_apip", agreed="tidak", note="")
    assert "Tulis alasannya terlebih dahulu" in answer.content.decode()
    press(complaint, cast.at(HEAD), "decide_apip", **typed)
    assert complaint.apip_requests.get().agreed is True


def test_only_the_level_whose_turn_it_is_agrees(cast, monday, officer):
    from tests.complaints.services.test_answers import drafted

    complaint = drafted(cast, monday, category="internal")
    refused = {OFFICER: 403, "sekretaris": 403, SECTION_HEAD: 404, "front-office": 404}
    for act, note in (("agree", ""), ("send_back", "Perbaiki")):
        for desk, code in refused.items():
            typed = {**shown(complaint), "note": note}
            answer = press(complaint, cast.at(desk), act, **typed)
            assert answer.status_code in (code, 200), (act, desk)
            assert status(complaint) == Status.DRAFTED, (act, desk)
    press(complaint, cast.at(HEAD), "send_back", **shown(complaint), note="Perbaiki")
    assert status(complaint) == Status.STUDIED
    assert "Perbaiki" in look(complaint, officer).content.decode()


def test_who_names_another_owner(cast, monday, officer):
    from tests.complaints.services.test_handling import second_officer

    other = second_officer(cast)
    complaint = make_complaint(cast, monday)
    Complaint.objects.filter(pk=complaint.pk).update(owner=officer)
    typed = {"owner": other.pk, "reason": "Cuti"}
    for user, code in ((cast.at("sekretaris"), 403), (other, 403), (cast.at(SECTION_HEAD), 404)):
        assert press(complaint, user, "name_owner", **typed).status_code == code
    press(complaint, cast.at(HEAD), "name_owner", **typed)
    assert Complaint.objects.get(pk=complaint.pk).owner == other


@pytest.mark.parametrize(
    ("act", "made"),
    [("accept", "late"), ("complete", "incomplete"), ("send_answer", "suggestion")],
)
def test_the_other_buttons_are_the_owners_too(cast, monday, officer, act, made):
    complaint = make_complaint(cast, monday, served_on=_served(monday, made))
    if made == "incomplete":
        handling.ask(complaint, actor=officer, at=monday, note="Mana?")
    elif made == "suggestion":
        complaint = make_complaint(cast, monday, person=Person())
    before = status(complaint)
    typed = {"note": "Alasan", "way": "web", "text": "Terima kasih."}
    for desk, code in {HEAD: 403, "sekretaris": 403, "front-office": 404}.items():
        assert press(complaint, cast.at(desk), act, **typed).status_code == code
    assert status(complaint) == before
    press(complaint, officer, act, **typed)
    assert status(complaint) != before


@pytest.mark.parametrize("act", BUTTONS)
def test_only_the_owner_presses(cast, monday, officer, act):
    wanted, typed = BUTTONS[act]
    complaint = make_complaint(cast, monday)
    if wanted == Status.STUDIED:
        handling.study(complaint, actor=officer, at=monday)
    before = Complaint.objects.get(pk=complaint.pk)
    records = complaint.records.count()
    refused = {HEAD: 403, "sekretaris": 403, SECTION_HEAD: 404, "front-office": 404}
    for desk, code in refused.items():
        assert press(complaint, cast.at(desk), act, **typed).status_code == code, desk
    for user in (cast.applicant, cast.stranger):
        assert press(complaint, user, act, **typed).status_code == 404
    assert Complaint.objects.get(pk=complaint.pk).status == before.status
    assert complaint.records.count() == records
    assert press(complaint, officer, act, **typed).status_code == 200


def test_who_is_complained_about_finds_nothing_anywhere(cast, monday, officer):
    from tests.complaints.services.test_handling import second_officer

    second_officer(cast)
    complaint = make_studied(cast, monday)
    answer = press(complaint, officer, "classify", **CLASS, subjects=[officer.pk])
    assert answer.redirect_chain[-1][0] == reverse("complaints:list")
    assert complaint.number not in signed_in(officer).get("/meja/pengaduan/").content.decode()
    assert look(complaint, officer).status_code == 404
    assert press(complaint, officer, "add_note", note="Saya").status_code == 404
    search = signed_in(officer).get(reverse("complaints:list"), {"q": complaint.number})
    assert "data-row-link" not in search.content.decode()


def test_pressed_twice_is_once(cast, monday, officer):
    complaint = make_complaint(cast, monday)
    press(complaint, officer, "study")
    again = press(complaint, officer, "study")
    assert "keadaan berkas sudah berubah" in again.content.decode()
    assert complaint.records.filter(event="telaah").count() == 1


def test_a_level_agrees_and_whoever_has_no_part_afterwards_lands_on_the_list(cast, monday):
    ComplaintRules.objects.filter(office=cast.office).update(ladder="bobot")
    complaint = make_studied(cast, monday, confidential=True)
    owner = complaint.owner
    assert owner is not None
    press(complaint, owner, "classify", problem="biaya", weight="sedang")
    study_all(complaint, owner)
    press(complaint, owner, "draft_answer", text="Jawaban rahasia.")
    section = cast.at(SECTION_HEAD)
    assert "Jawaban rahasia." in look(complaint, section).content.decode()
    answer = press(complaint, section, "agree", **{**shown(complaint), "level": "kepala_bidang"})
    assert answer.redirect_chain[-1][0] == reverse("complaints:list")
    assert look(complaint, section).status_code == 404


# identity -------------------------------------------------------------------------------------


def test_the_identity_is_closed_until_somebody_says_why(cast, monday, officer):
    complaint = make_complaint(cast, monday)
    html = look(complaint, officer).content.decode()
    assert TEXT[:40] in html
    for word in (BUDI.name, BUDI.phone, BUDI.national_id, BUDI.email, BUDI.address):
        assert word not in html
    refused = press(complaint, officer, "identity", reason=" ")
    assert BUDI.name not in refused.content.decode()
    assert not IdentityOpening.objects.exists()
    answer = press(complaint, officer, "identity", reason="Menelepon pengadu")
    assert BUDI.name in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert BUDI.name not in look(complaint, officer).content.decode()
    assert "Menelepon pengadu" in look(complaint, officer).content.decode()  # who opened it and why


def test_the_secretary_reads_the_complaint_and_not_the_name(cast, monday):
    complaint = make_complaint(cast, monday)
    assert look(complaint, cast.at("sekretaris")).status_code == 200
    answer = press(complaint, cast.at("sekretaris"), "identity", reason="Ingin tahu")
    assert answer.status_code == 403
    assert not IdentityOpening.objects.exists()


def test_attachments_that_may_show_the_sender_need_the_right_to_the_name(cast, monday, officer):
    complaint = make_complaint(cast, monday, hide_identity=True)
    file = ComplaintFile.objects.create(
        complaint=complaint, file="complaint-files/x.pdf", content_type="application/pdf", size=1,
        sha256="0" * 64, added_at=monday,
    )  # fmt: skip
    address = reverse("complaints:file", args=[file.public_id])
    assert signed_in(cast.at("sekretaris")).get(address).status_code == 403
    assert address not in look(complaint, cast.at("sekretaris")).content.decode()
    assert address in look(complaint, officer).content.decode()
    assert signed_in(cast.at("front-office")).get(address).status_code == 404


def test_papers_of_the_inquiry_are_kept_without_their_names(cast, monday, officer):
    complaint = make_studied(cast, monday)
    photo = SimpleUploadedFile("Budi Pengadu.png", _png(), content_type="image/png")
    press(
        complaint, officer, "record_step", step="klarifikasi", result="Ya", with_whom="loket",
        held_on="2026-11-16", papers=[photo],
    )  # fmt: skip
    file = ComplaintFile.objects.get()
    assert file.purpose == ComplaintFile.Purpose.STUDY
    assert "Budi" not in str(file.file.name)
    assert signed_in(officer).get(
        reverse("complaints:file", args=[file.public_id])
    ).status_code == (200)


def _png() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG")
    return out.getvalue()


# the page itself ------------------------------------------------------------------------------


def test_the_card_of_a_delayed_file_marks_the_step_that_took_too_long(cast, monday, officer):
    from tests.factories.permits import NOON

    file = make_accepted(cast, NOON - timedelta(days=14))
    complaint = make_studied(cast, monday, application=file)
    html = look(complaint, officer).content.decode()
    assert "Langkah yang melewati waktu baku" in html
    press(complaint, officer, "classify", **CLASS)
    assert "Langkah yang melewati waktu baku" not in look(complaint, officer).content.decode()
    press(complaint, officer, "classify", **{**CLASS, "problem": "waktu"}, reason="Soal waktu")
    assert "Langkah yang melewati waktu baku" in look(complaint, officer).content.decode()


@pytest.mark.parametrize("made", ["late", "incomplete", "suggestion", "withdrawn", "merged"])
def test_every_state_has_a_page(cast, monday, officer, made):
    complaint = make_complaint(cast, monday, served_on=_served(monday, made))
    if made == "incomplete":
        handling.ask(complaint, actor=officer, at=monday, note="Mana?")
    elif made == "suggestion":
        complaint = make_complaint(cast, monday, person=Person())
    elif made == "withdrawn":
        handling.withdraw(complaint, actor=officer, at=monday, note="Diminta")
    elif made == "merged":
        other = make_complaint(cast, monday)
        handling.merge(other, actor=officer, at=monday, target=complaint, note="Sama")
        complaint = other
    for user in (officer, cast.at(HEAD), cast.at("sekretaris")):
        assert look(complaint, user).status_code == 200


def _served(monday: datetime, made: str) -> Any:
    return monday.date() - timedelta(days=40 if made == "late" else 3)


def test_a_suggestion_is_answered_on_one_form(cast, monday, officer):
    complaint = make_complaint(cast, monday, person=Person())
    html = look(complaint, officer).content.decode()
    assert "halaman lacak" in html
    press(complaint, officer, "send_answer", way="web", text="Terima kasih banyak.")
    assert status(complaint) == Status.THANKED
    assert Answer.objects.get().text.startswith("Terima kasih banyak.")


def test_merging_by_a_number_one_may_not_see_tells_nothing(cast, monday, officer):
    from tests.complaints.services.test_handling import second_officer

    other = second_officer(cast)
    hidden = make_complaint(cast, monday, confidential=True)
    Complaint.objects.filter(pk=hidden.pk).update(owner=other)
    complaint = make_complaint(cast, monday + timedelta(hours=1))
    Complaint.objects.filter(pk=complaint.pk).update(owner=officer)
    for number in (hidden.number, "PGD-TIDAK-ADA-1"):
        answer = press(complaint, officer, "merge", number=number, note="Sama")
        assert "Tidak ada pengaduan dengan nomor itu" in answer.content.decode()
    assert status(complaint) == Status.RECEIVED


def test_nobody_comes_without_signing_in(cast, monday):
    complaint = make_complaint(cast, monday)
    answer = Client().get(complaint.get_absolute_url())
    assert answer.status_code == 302


def test_the_page_does_not_grow_dear(cast, monday, officer, django_assert_max_num_queries):
    complaint = make_studied(cast, monday)
    browser = signed_in(officer)
    browser.get(complaint.get_absolute_url())
    with django_assert_max_num_queries(19):
        browser.get(complaint.get_absolute_url())


def test_the_noon_of_a_nameless_report_is_no_hour(cast, monday, officer):
    complaint = make_complaint(cast, monday, person=Person())
    for page in (complaint.get_absolute_url(), f"{reverse('complaints:list')}?tampil=semua"):
        html = signed_in(officer).get(page).content.decode()
        assert "16 November 2026" in html or "16 Nov 2026" in html
        assert "12.00 WIB" not in html


def test_who_cannot_act_is_not_told_to(cast, monday, officer):
    complaint = make_complaint(cast, monday)
    for page in (complaint.get_absolute_url(), f"{reverse('complaints:list')}?tampil=semua"):
        mine, others = (
            signed_in(person).get(page).content.decode()
            for person in (officer, cast.at("kepala-dinas"))
        )
        assert "Periksa kelengkapan, lalu mulai telaah" in mine
        assert "Periksa kelengkapan, lalu mulai telaah" not in others
        assert "Diterima, menunggu pemeriksaan kelengkapan" in others


def test_while_the_portal_delivers_nobody_is_told_to_send(cast, monday, officer):
    from tests.complaints.services.test_answers import BY_MAIL, approved

    complaint = approved(cast, monday, channel=ChannelKind.EMAIL)
    person = signed_in(officer)
    pages = [complaint.get_absolute_url(), reverse("complaints:list")]
    for page in pages:
        assert "kirim sekarang" in person.get(page).content.decode()
    sending.send_answer(complaint, actor=officer, at=monday, dispatch=BY_MAIL)
    for page in pages:
        html = person.get(page).content.decode()
        assert "Jawaban sedang dikirim" in html
        assert "kirim sekarang" not in html
