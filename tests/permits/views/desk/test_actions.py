"""The desks behind the front office: minutes, draft, initials, signature, number, hand-over."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from demo import samples
from documents import uploads
from permits.domain.lifecycle import Status
from permits.models import (
    Application,
    Certificate,
    CertificateDraft,
    CertificateNumber,
    HandOver,
    Initial,
    Inspection,
)
from permits.services import drafting
from permits.services.certificates import sign_due
from permits.services.printouts import print_due
from standards.domain.steps import StepKind
from tests.factories.accounts import PASSWORD, appoint, make_officer
from tests.factories.base import on_monday
from tests.factories.permits import (
    at_step,
    lose_keys,
    make_accepted,
    make_cast,
    make_keys,
    make_submitted,
)
from tests.factories.standards import (
    STEPS,
    make_procedure,
    make_service,
    make_standard,
    position_of,
)
from tests.permits.views.at_the_desk import fresh, get, press, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


# Technical team ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def _inspecting(module_world):
    return on_monday(at_step, StepKind.INSPECT)


@pytest.fixture
def inspecting(_inspecting, db):
    """A file that waits for the technical team."""
    return Application.objects.get(pk=_inspecting)


def minutes(**changes):
    """Return the minutes as they are typed."""
    return {
        "inspected_on": "2026-11-16", "place": "Jalan Melati", "team": "Rahmat, Dewi",
        "findings": "Ruang kantor tersedia.", "recommendation": "layak", **changes,
    }  # fmt: skip


def test_each_photo_is_checked_once(cast, inspecting, monkeypatch):
    seen, check = [], uploads.check

    def counting(photo, **options):
        seen.append(photo.name)
        return check(photo, **options)

    monkeypatch.setattr(uploads, "check", counting)
    photos = {"photo_1": samples.png_upload(), "photo_2": samples.png_upload()}
    press(cast.at("tim-teknis"), "inspect", inspecting, **minutes(**photos))
    assert Inspection.objects.get().photos.count() == 2
    assert len(seen) == 2


def test_photos_of_an_officer_count_for_the_day(cast, inspecting, settings):
    settings.UPLOAD_QUOTAS = {**settings.UPLOAD_QUOTAS, "officer": (1, 5000)}
    photos = {"photo_1": samples.png_upload(), "photo_2": samples.png_upload()}
    answer = press(cast.at("tim-teknis"), "inspect", inspecting, **minutes(**photos))
    page = answer.content.decode()
    assert "satu petugas dapat mengunggah paling banyak 1 berkas" in page
    assert "bap_photo_2_error" in page
    assert "bap_photo_1_error" not in page
    assert not Inspection.objects.exists()


def test_the_minutes_with_photos_hand_the_file_on(cast, inspecting):
    answer = press(
        cast.at("tim-teknis"), "inspect", inspecting,
        **minutes(photo_1=samples.png_upload(), caption_1="Tampak depan",
                  photo_8=samples.png_upload()),
    )  # fmt: skip
    assert said(answer) == ["Berita acara tersimpan dan berkas diteruskan."]
    written = Inspection.objects.get()
    assert [photo.caption for photo in written.photos.order_by("pk")] == ["Tampak depan", ""]
    assert fresh(inspecting).current_step.step.kind == StepKind.DRAFT
    page = get(cast.at("back-office"), "desk_application", inspecting).content.decode()
    assert "Ruang kantor tersedia." in page
    assert f"/foto/{written.photos.first().public_id}/" in page


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        (
            {"inspected_on": "2026-11-17"},
            "inspected_on", "Tanggal peninjauan tidak boleh di masa depan.",
        ),
        ({"inspected_on": "31 Februari"}, "inspected_on", ""),
        ({"team": ""}, "team", ""),
        ({"recommendation": ""}, "recommendation", ""),
        ({"recommendation": "mungkin"}, "recommendation", ""),
        ({"caption_2": "Tampak samping"}, "photo_2", "Pilih foto untuk keterangan ini."),
        ({"place": "x" * 201}, "place", ""),
    ],
)  # fmt: skip
def test_faulty_minutes_keep_everything_that_was_typed(cast, inspecting, wrong, field, sentence):
    answer = press(
        cast.at("tim-teknis"), "inspect", inspecting,
        **minutes(findings="Temuan yang panjang dan teliti.", **wrong),
    )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r'id="bap_(\w+)_error"', text) == [field]
    assert sentence in text
    assert "error-summary" in text
    assert "Temuan yang panjang dan teliti." in text
    assert not Inspection.objects.exists()
    assert fresh(inspecting).current_step_id == inspecting.current_step_id


@pytest.mark.parametrize(
    "photo",
    [
        SimpleUploadedFile("foto.jpg", b"bukan gambar", "image/jpeg"),
        SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\nrusak", "image/png"),
        SimpleUploadedFile("foto.jpg", b"", "image/jpeg"),
        samples.pdf_upload("laporan.pdf"),
    ],
    ids=["text", "broken", "empty", "pdf"],
)
def test_a_photo_must_be_a_picture(cast, inspecting, photo):
    photo.seek(0)
    answer = press(
        cast.at("tim-teknis"), "inspect", inspecting,
        **minutes(photo_1=samples.png_upload(), photo_2=photo),
    )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "bap_photo_2_error" in text
    assert "bap_photo_1_error" not in text
    assert "Pilih kembali fotonya" in text
    assert not Inspection.objects.exists()


def test_not_eligible_goes_back_to_the_front_office_with_the_findings(cast, inspecting):
    answer = press(
        cast.at("tim-teknis"), "inspect", inspecting,
        **minutes(recommendation="tidak_layak", findings="Ruang kantor belum ada."),
    )  # fmt: skip
    assert said(answer) == ["Berita acara tersimpan. Berkas dikembalikan ke langkah sebelumnya."]
    after = fresh(inspecting)
    assert after.current_step.step.kind == StepKind.CHECK
    page = get(cast.at("front-office"), "desk_application", after).content.decode()
    assert "Dikembalikan dari langkah 3" in page
    assert "Ruang kantor belum ada." in page


def test_the_minutes_are_written_once(cast, inspecting):
    officer = cast.at("tim-teknis")
    press(officer, "inspect", inspecting, **minutes())
    answer = press(officer, "inspect", inspecting, **minutes())
    assert "sudah dikerjakan petugas lain" in said(answer)[0]
    assert Inspection.objects.count() == 1


def test_sending_back_needs_a_note(cast, inspecting):
    officer = cast.at("tim-teknis")
    page = get(officer, "desk_application", inspecting).content.decode()
    check = inspecting.procedure.steps.get(kind=StepKind.CHECK)
    assert f'<option value="{check.pk}" selected>2. Front Office</option>' in page
    answer = press(officer, "send_back", inspecting, note="", target=check.pk)
    assert "Tulis alasannya terlebih dahulu." in answer.content.decode()
    press(officer, "send_back", inspecting, note="Alamat tidak ditemukan", target=check.pk)
    assert fresh(inspecting).current_step.step.kind == StepKind.CHECK


# Ordinary and conditional steps --------------------------------------------------------------


@pytest.fixture
def working(monday, calendar):
    """A cast and a file at a conditional ordinary step that may go back to the front office."""
    cast = make_cast()
    steps = (*STEPS[:2], (StepKind.WORK, "Tim Teknis", "", 30, "menit_kerja", StepKind.CHECK),
             *STEPS[3:])  # fmt: skip
    procedure = make_procedure(cast.office, steps)
    procedure.steps.filter(kind=StepKind.WORK).update(optional=True, condition="jika perlu survei")
    version = make_standard(make_service(cast.office), procedure)
    sent = samples.submit(samples.draft(version.service, cast.applicant, monday), monday)
    return cast, samples.act(samples.reload(sent), monday)


def test_an_ordinary_step_is_passed_on_with_a_note(working):
    cast, application = working
    answer = press(cast.at("tim-teknis"), "pass_on", application, note="Sudah ditelaah")
    assert said(answer) == ["Langkah selesai dan berkas diteruskan."]
    assert fresh(application).current_step.step.kind == StepKind.DRAFT
    assert application.steps.get(step__kind=StepKind.WORK).note == "Sudah ditelaah"


def test_a_conditional_step_is_left_out_with_a_reason(working):
    cast, application = working
    officer = cast.at("tim-teknis")
    page = get(officer, "desk_application", application).content.decode()
    assert "Lewati: tidak diperlukan" in page
    assert "jika perlu survei" in page
    answer = press(officer, "skip", application, note="")
    assert "Tulis alasannya terlebih dahulu." in answer.content.decode()
    press(officer, "skip", application, note="Lokasi sudah pernah disurvei")
    line = application.steps.get(step__kind=StepKind.WORK)
    assert (line.outcome, line.note) == ("dilewati", "Lokasi sudah pernah disurvei")


def test_a_step_that_is_needed_offers_no_way_around(cast, inspecting):
    page = get(cast.at("tim-teknis"), "desk_application", inspecting).content.decode()
    assert "Lewati: tidak diperlukan" not in page
    assert press(cast.at("tim-teknis"), "skip", inspecting, note="x").status_code == 403


# Draft and initials --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def _drafting_file(module_world):
    return on_monday(at_step, StepKind.DRAFT)


@pytest.fixture
def drafting_file(_drafting_file, db):
    """A file that waits for its text: played once for the module."""
    return Application.objects.get(pk=_drafting_file)


def test_the_drafter_sees_the_rendered_text_before_handing_on(cast, drafting_file, now):
    officer = cast.at("back-office")
    page = get(officer, "desk_application", drafting_file).content.decode()
    assert "Diberikan tanda daftar kepada pemegang di atas." in page
    assert "Belum ada konsep" in page
    assert get(officer, "preview_pdf", drafting_file).status_code == 404
    press(officer, "draft", drafting_file, statement="Kalimat baru.")
    page = get(officer, "desk_application", drafting_file).content.decode()
    assert "Pratinjau sedang disiapkan" in page
    print_due(now + timedelta(seconds=1))
    page = get(officer, "desk_application", drafting_file).content.decode()
    assert "Buka konsep (PDF)" in page
    answer = get(officer, "preview_pdf", drafting_file)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "private, no-store"
    press(officer, "finish_draft", drafting_file)
    assert fresh(drafting_file).current_step.step.kind == StepKind.INITIAL


def test_a_preview_that_cannot_be_made_is_said_in_plain_words(cast, drafting_file, now):
    officer = cast.at("back-office")
    press(officer, "draft", drafting_file, statement="Kalimat.")
    drafting_file.printouts.filter(kind="konsep").update(
        job_status="gagal", last_error="RenderError"
    )
    page = get(officer, "desk_application", drafting_file).content.decode()
    assert "Pratinjau gagal dibuat" in page
    assert "RenderError" in page


def test_nothing_is_handed_on_without_a_text(cast, drafting_file):
    officer = cast.at("back-office")
    answer = press(officer, "finish_draft", drafting_file)
    assert "Konsep dokumen belum disusun." in answer.content.decode()
    answer = press(officer, "draft", drafting_file, statement="  ")
    assert answer.status_code == 200
    assert not CertificateDraft.objects.filter(application=drafting_file).exists()


def test_saving_the_same_words_twice_is_one_revision(cast, drafting_file):
    officer = cast.at("back-office")
    for _press in range(2):
        press(officer, "draft", drafting_file, statement="Kalimat.")
    assert CertificateDraft.objects.filter(application=drafting_file).count() == 1


def test_a_stale_page_overwrites_no_text_of_a_colleague(cast, drafting_file):
    officer = cast.at("back-office")
    colleague = make_officer(position_of(cast.office, "back-office"), full_name="Rekan Teliti")
    press(colleague, "draft", drafting_file, statement="Kalimat rekan.", seen=0)
    page = press(officer, "draft", drafting_file, statement="Kalimat saya.", seen=0)
    shown = page.content.decode()
    assert "Rekan Teliti menyimpan kalimat lain" in shown
    assert "Kalimat rekan." in shown
    assert "Kalimat saya.</textarea>" in shown
    assert CertificateDraft.objects.get(application=drafting_file).written_by == colleague
    assert re.search(r'name="seen" value="1"', shown)
    press(officer, "draft", drafting_file, statement="Kalimat saya.", seen=1)
    assert CertificateDraft.objects.get(application=drafting_file, revision=2).written_by == officer


def test_a_stale_page_hands_on_no_text_that_it_did_not_show(cast, drafting_file):
    officer = cast.at("back-office")
    press(officer, "draft", drafting_file, statement="Kalimat.")
    page = get(officer, "desk_application", drafting_file).content.decode()
    earlier = CertificateDraft.objects.get(application=drafting_file).digest
    assert earlier in page
    press(officer, "draft", drafting_file, statement="Kalimat lain.", seen=1)
    answer = press(officer, "finish_draft", drafting_file, digest=earlier)
    assert "Konsep sudah berubah" in said(answer)[0]
    assert fresh(drafting_file).current_step.step.kind == StepKind.DRAFT


def test_initials_name_the_text_that_was_shown(cast, monday):
    application = at_step(cast, StepKind.INITIAL, monday)
    officer = cast.at("sekretaris")
    draft = drafting.current_draft(application)
    page = get(officer, "desk_application", application).content.decode()
    assert draft.digest in page
    answer = press(officer, "initial", application, digest="f" * 64)
    assert "Konsep sudah berubah" in said(answer)[0]
    assert not Initial.objects.exists()
    press(officer, "initial", application, digest=draft.digest)
    assert Initial.objects.get().digest == draft.digest
    answer = press(officer, "initial", application, digest=draft.digest)
    assert "sudah dikerjakan petugas lain" in said(answer)[0]
    assert Initial.objects.count() == 1
    page = get(cast.at("kepala-dinas"), "desk_application", application).content.decode()
    assert "Petugas sekretaris" in page


def test_a_text_sent_back_shows_the_drafter_why(cast, monday):
    application = at_step(cast, StepKind.INITIAL, monday)
    draft = application.procedure.steps.get(kind=StepKind.DRAFT)
    note = "Nama lembaga salah ketik"
    press(cast.at("sekretaris"), "send_back", application, note=note, target=draft.pk)
    after = fresh(application)
    assert after.current_step.step.kind == StepKind.DRAFT
    page = get(cast.at("back-office"), "desk_application", after).content.decode()
    assert "Nama lembaga salah ketik" in page


# Signature -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def _signing(module_world):
    return on_monday(at_step, StepKind.SIGN)


@pytest.fixture
def signing(_signing, db):
    """A file that waits for the head: played once for the module."""
    return Application.objects.get(pk=_signing)


def digest(application):
    """Return the digest of the text on the page."""
    return drafting.current_draft(application).digest


def test_the_head_sees_what_the_name_is_put_to(cast, signing):
    make_keys(cast)
    page = get(cast.at("kepala-dinas"), "desk_application", signing).content.decode()
    assert "Memenuhi syarat" in page
    assert "Tidak ada catatan terbuka" in page
    assert "Petugas sekretaris" in page
    assert digest(signing) in page
    assert 'type="password"' in page


def test_open_warnings_stand_beside_the_signature(cast, signing, monday):
    signing.inspections.update(recommendation="tidak_layak")
    signing.steps.filter(step__kind=StepKind.DRAFT).update(outcome="dilewati", note="tidak perlu")
    page = get(cast.at("kepala-dinas"), "desk_application", signing).content.decode()
    assert "Perhatikan sebelum menandatangani" in page
    assert "Berita acara terakhir menyatakan tidak memenuhi syarat." in page
    assert "Langkah 4 dilewati: tidak perlu" in page


def test_a_wrong_password_signs_nothing(cast, signing):
    head = cast.at("kepala-dinas")
    for password in ("salah", "", PASSWORD + " "):
        answer = press(head, "sign", signing, digest=digest(signing), password=password)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "tanda_tangan_password_error" in text
        assert 'value="salah"' not in text
    assert not Certificate.objects.exists()


def test_somebody_elses_password_is_a_wrong_one(cast, signing):
    head = cast.at("kepala-dinas")
    head.set_password("kata-sandi-lain-sekali")
    head.save()
    answer = press(head, "sign", signing, digest=digest(signing), password=PASSWORD)
    assert "Kata sandi salah." in answer.content.decode()
    assert not Certificate.objects.exists()


def test_the_head_signs_once_and_the_worker_does_the_rest(cast, signing, now):
    make_keys(cast)
    head = cast.at("kepala-dinas")
    facts = {"digest": digest(signing), "password": PASSWORD}
    answer = press(head, "sign", signing, **facts)
    assert "Dokumen sedang ditandatangani secara elektronik" in said(answer)[0]
    answer = press(head, "sign", signing, **facts)
    assert said(answer) == ["Dokumen sudah ditandatangani."]
    assert CertificateNumber.objects.count() == 1
    page = get(head, "desk_application", signing).content.decode()
    assert "Sedang ditandatangani secara elektronik" in page
    assert "Tanda tangani dokumen" not in page
    assert 'hx-trigger="every 4s"' in page
    sign_due(now + timedelta(seconds=1))
    page = get(head, "desk_application", signing).content.decode()
    assert "Catat nomor" in page
    assert 'hx-trigger="every 4s"' not in page
    assert fresh(signing).desk == position_of(cast.office, "back-office")


def test_a_missing_key_is_said_in_plain_words_and_nothing_is_lost(cast, signing, now):
    lose_keys(cast)
    head = cast.at("kepala-dinas")
    press(head, "sign", signing, digest=digest(signing), password=PASSWORD)
    sign_due(now + timedelta(seconds=1))
    page = get(head, "desk_application", signing).content.decode()
    assert "Tanda tangan elektronik masih menunggu" in page
    assert "tidak ada yang hilang" in page
    assert Certificate.objects.get().last_error in html.unescape(page)
    assert "sedang ditandatangani" in get(head, "worklist").content.decode().lower()
    make_keys(cast)
    sign_due(now + timedelta(hours=2))
    assert Certificate.objects.get().state == Certificate.State.SIGNED


def test_who_wrote_the_text_does_not_sign_it(cast, signing):
    head = cast.at("kepala-dinas")
    CertificateDraft.objects.update(written_by=head)
    page = get(head, "desk_application", signing).content.decode()
    assert "Penyusun konsep tidak boleh menandatangani dokumen yang disusunnya." in page
    answer = press(head, "sign", signing, digest=digest(signing), password=PASSWORD)
    assert answer.status_code == 403


def test_a_text_that_changed_meanwhile_is_not_signed(cast, signing):
    head = cast.at("kepala-dinas")
    answer = press(head, "sign", signing, digest="0" * 64, password=PASSWORD)
    assert "Konsep sudah berubah" in said(answer)[0]
    assert not Certificate.objects.exists()


# Number, register, hand-over -----------------------------------------------------------------


def test_the_number_enters_the_register_once(cast, monday):
    application = at_step(cast, StepKind.NUMBER, monday)
    officer = cast.at("back-office")
    page = get(officer, "desk_application", application).content.decode()
    assert "503/0001/TD/2026" in page
    answer = press(officer, "number", application)
    assert "Nomor tercatat dalam register" in said(answer)[0]
    assert "sudah dikerjakan" in said(press(officer, "number", application))[0]
    assert fresh(application).status == Status.ISSUED
    page = get(officer, "register").content.decode()
    assert "503/0001/TD/2026" in page
    assert "Terbit" in page
    assert "503/0001/TD/2026" in get(officer, "register", cetak="1").content.decode()
    elsewhere = make_cast().at("back-office")
    assert "503/0001/TD/2026" not in get(elsewhere, "register").content.decode()


def test_handing_over_needs_a_name_and_closes_the_file(cast, monday):
    application = at_step(cast, StepKind.HAND_OVER, monday)
    officer = cast.at("front-office")
    answer = press(officer, "hand_over", application, receiver=" ")
    assert "Tulis nama orang yang menerima dokumen." in answer.content.decode()
    answer = press(officer, "hand_over", application, receiver="Budi", note="Diwakilkan")
    assert said(answer) == ["Penyerahan tercatat. Berkas selesai."]
    assert HandOver.objects.get().receiver == "Budi"
    answer = press(officer, "hand_over", application, receiver="Budi")
    assert "sudah dikerjakan" in said(answer)[0]
    page = get(officer, "desk_application", application).content.decode()
    assert "Berkas sudah selesai" in page
    assert "Diserahkan kepada Budi" in page


def test_one_person_at_two_desks_acts_for_each_in_turn(cast, monday):
    application = make_accepted(cast, monday)
    both = make_officer(position_of(cast.office, "tim-teknis"), full_name="Merangkap")
    appoint(both, position_of(cast.office, "back-office"))
    press(both, "inspect", application, **minutes())
    answer = press(both, "draft", application, statement="Kalimat.")
    assert "sudah dikerjakan" in said(answer)[0]
    press(both, "draft", fresh(application), statement="Kalimat.")
    assert CertificateDraft.objects.filter(application=application).count() == 1


def test_after_an_act_the_next_file_is_one_press_away(cast, monday):
    first, second = make_accepted(cast, monday), make_submitted(cast, monday)
    page = get(cast.at("front-office"), "desk_application", first).content.decode()
    assert f"Buka berkas berikutnya: {second.holder_name}" in page
    assert second.get_desk_url() in page
