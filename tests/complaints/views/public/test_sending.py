"""Filling in, looking at it once more, sending: without account, session or script."""

from __future__ import annotations

import html
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.debug import SafeExceptionReporterFilter
from time_machine import TimeMachineFixture

from complaints.domain.lifecycle import Status
from complaints.domain.secrets import digest
from complaints.models import Complaint, ComplaintFile, ComplaintRules, Identity
from complaints.services import identity, intake
from complaints.views.public import sending
from tests.complaints.services.test_attachments import a_pdf, a_photo
from tests.factories.accounts import make_office
from tests.factories.complaints import BUDI, TEXT
from tests.factories.permits import Cast, make_accepted
from workflow import throttling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def filled(cast: Cast, **changes: str) -> dict[str, str]:
    """Return the form of somebody with a name."""
    return {
        "langkah": "periksa", "identity": "ya", "name": BUDI.name, "phone": BUDI.phone,
        "email": BUDI.email, "address": BUDI.address, "national_id": BUDI.national_id,
        "service": str(cast.service.pk), "reference": "", "served_on": "2026-11-09", "text": TEXT,
        **changes,
    }  # fmt: skip


def address(cast: Cast) -> str:
    return reverse("complaints:send", args=[cast.office.code])


def press(client: Client, cast: Cast, fields: dict[str, Any]) -> Any:
    return client.post(address(cast), fields)


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def carried(answer: Any) -> dict[str, Any]:
    """Return the hidden fields of the page, as a browser would send them again."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', words(answer))
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def checked(client: Client, cast: Cast, **changes: str) -> dict[str, Any]:
    answer = press(client, cast, filled(cast, **changes))
    assert "Periksa sebelum mengirim" in words(answer)
    return carried(answer)


def sent(client: Client, cast: Cast, **changes: str) -> tuple[Complaint, str]:
    """Send and return the complaint with its secret."""
    page = words(press(client, cast, checked(client, cast, **changes) | {"langkah": "kirim"}))
    found = re.search(r'id="kode">([^<]+)<', page)
    assert found, page
    return Complaint.objects.get(secret_digest=digest(found[1])), found[1]


def test_the_reply_address_has_no_hidden_sign(desk: Cast, client: Client, now: datetime) -> None:
    complaint, _secret = sent(
        client, desk, email="budi@conto\u200bh.id", name="Bu\u00addi", text="Antre\r\nlama sekali."
    )
    person = identity.open_for_delivery(complaint, at=now, reason="Uji")
    assert person
    assert (person.name, person.email) == ("Budi", "budi@contoh.id")
    assert complaint.text == "Antre\nlama sekali."


def test_the_form_needs_no_account_and_is_kept_nowhere(desk: Cast, client: Client) -> None:
    answer = client.get(address(desk))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "sessionid" not in answer.cookies


def test_an_unknown_office_has_no_form(client: Client) -> None:
    assert client.get(reverse("complaints:send", args=["tidak-ada"])).status_code == 404


def test_looking_at_it_says_as_what_it_is_taken_and_sends_nothing(
    desk: Cast, client: Client
) -> None:
    page = words(press(client, desk, filled(desk)))
    assert "7 hari sejak pelayanan diterima; batasnya 30 hari" in page
    assert "Perpres 76/2013" in page
    assert "Kirim pengaduan" in page
    assert TEXT in page
    assert BUDI.name in page
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said", "button", "status"),
    [
        ({}, "Pengaduan", "Kirim pengaduan", Status.RECEIVED),
        ({"identity": "tidak"}, "Tidak disertai identitas", "Kirim saran", Status.SUGGESTION),
        ({"text": "Bagus sekali"}, "Tidak disertai objek", "Kirim saran", Status.SUGGESTION),
        (
            {"served_on": "2026-10-16"},
            "Disampaikan 31 hari sejak",
            "Kirim pengaduan",
            Status.UNDECIDED,
        ),
        ({"served_on": "2026-10-17"}, "30 hari sejak", "Kirim pengaduan", Status.RECEIVED),
        ({"served_on": ""}, "batas waktunya tidak berlaku", "Kirim pengaduan", Status.RECEIVED),
    ],
)
def test_it_is_taken_as_was_said(
    desk: Cast, client: Client, changes: dict[str, str], said: str, button: str, status: Status
) -> None:
    page = words(press(client, desk, filled(desk, **changes)))
    assert said in page
    assert button in page
    complaint, _secret = sent(client, desk, **changes)
    assert complaint.status == status


def test_the_receipt_shows_number_secret_and_promise(desk: Cast, client: Client) -> None:
    fields = checked(client, desk) | {"langkah": "kirim"}
    answer = press(client, desk, fields)
    page = words(answer)
    complaint = Complaint.objects.get()
    assert complaint.number in page
    assert "Jumat, 4 Desember 2026" in page
    assert "Ombudsman" in page
    assert "data-print" in page
    assert answer["Cache-Control"] == "private, no-store"
    assert complaint.due_on == date(2026, 12, 4)
    assert complaint.entered_by is None


def test_pressing_twice_is_once_and_shows_the_same(desk: Cast, client: Client) -> None:
    fields = checked(client, desk) | {"langkah": "kirim"}
    first, second = (words(press(client, desk, fields)) for _press in range(2))
    assert re.findall(r'id="kode">[^<]+', first) == re.findall(r'id="kode">[^<]+', second)
    assert Complaint.objects.count() == 1


def test_going_back_to_the_empty_form_makes_no_second_number(desk: Cast, client: Client) -> None:
    first = filled(desk) | {"tanda": carried(client.get(address(desk)))["tanda"]}
    last = carried(press(client, desk, first)) | {"langkah": "kirim"}
    pages = [words(press(client, desk, fields)) for fields in (last, first, last)]
    assert ["Laporan ini sudah tersimpan" in page for page in pages] == [False, True, True]
    assert len({number for page in pages for number in re.findall(r"PGD-[A-Z0-9-]+", page)}) == 1
    assert Complaint.objects.count() == 1


def test_something_else_from_the_same_page_is_said_to_be_a_new_report(
    desk: Cast, client: Client
) -> None:
    first = filled(desk) | {"tanda": carried(client.get(address(desk)))["tanda"]}
    press(client, desk, carried(press(client, desk, first)) | {"langkah": "kirim"})
    looked = press(client, desk, first | {"text": "Ruang tunggunya gelap dan kursinya rusak."})
    assert "Ini akan menjadi laporan baru" in words(looked)
    assert Complaint.objects.get().number in words(looked)
    press(client, desk, carried(looked) | {"langkah": "kirim"})
    assert Complaint.objects.count() == 2


def test_the_secret_is_kept_only_as_its_digest(desk: Cast, client: Client) -> None:
    complaint, secret = sent(client, desk)
    assert len(secret.replace("-", "")) * 5 >= 128
    assert secret not in str({**vars(complaint), **vars(complaint.identity)})


def test_who_it_was_can_be_opened_with_a_reason(desk: Cast, client: Client, now: datetime) -> None:
    complaint, _secret = sent(client, desk)
    found = identity.open_for_delivery(complaint, at=now, reason="Uji")
    assert found == BUDI


def test_without_identity_nothing_of_a_person_is_kept(desk: Cast, client: Client) -> None:
    complaint, _secret = sent(client, desk, identity="tidak")
    assert not Identity.objects.exists()
    assert complaint.reply_ways == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"identity": ""}, "Pilih salah satu."),
        ({"name": ""}, "Tulis nama Anda."),
        ({"phone": "", "email": "", "address": ""}, "Isi sekurangnya satu"),
        ({"phone": "12"}, "Nomor telepon tidak dikenali"),
        ({"email": "budi"}, "Tulis alamat e-mail yang lengkap"),
        ({"national_id": "123"}, "NIK terdiri atas 16 angka"),
        ({"text": ""}, "Tulis apa yang ingin disampaikan."),
        ({"served_on": "2026-11-17"}, "tidak boleh sesudah"),
        ({"served_on": "31/02/2026"}, "Tulis tanggal yang ada"),
    ],
)
def test_a_fault_is_said_at_its_field_and_nothing_is_lost(
    desk: Cast, client: Client, changes: dict[str, str], sentence: str
) -> None:
    fields = filled(desk, **changes)
    page = words(press(client, desk, fields))
    assert page.count(sentence) == 2  # in the summary, and at the field
    kept = [fields[name] for name in ("name", "text", "address") if fields[name]]
    assert all(text in page for text in kept)


def test_a_fault_in_a_name_that_is_not_sent_is_none(desk: Cast, client: Client) -> None:
    page = words(press(client, desk, filled(desk, identity="tidak", phone="12")))
    assert "Periksa sebelum mengirim" in page


def test_changing_goes_back_with_everything(desk: Cast, client: Client) -> None:
    fields = checked(client, desk, confidential="on") | {"langkah": "ubah"}
    page = words(press(client, desk, fields))
    assert 'name="langkah" value="periksa"' in page
    assert TEXT in page
    assert BUDI.national_id in page
    assert re.search(r'name="confidential"[^>]*checked', page)
    assert not re.search(r'name="hide_identity"[^>]*checked', page)


def test_files_survive_every_step(desk: Cast, client: Client) -> None:
    upload = SimpleUploadedFile("Budi-KTP.jpg", a_photo(), "image/jpeg")
    wrong = press(client, desk, filled(desk, text="") | {"attachments": upload})
    assert "Hapus lampiran 1 (JPEG" in words(wrong)
    assert "Budi-KTP" not in words(wrong)
    more = SimpleUploadedFile("b.pdf", a_pdf(), "application/pdf")
    kept = {"berkas": carried(wrong)["berkas"], "attachments": more}
    looked = press(client, desk, filled(desk) | kept)
    assert "2 berkas" in words(looked)
    press(client, desk, carried(looked) | {"langkah": "kirim"})
    complaint = Complaint.objects.get()
    assert complaint.files.count() == 2


def test_a_ticked_file_is_dropped(desk: Cast, client: Client) -> None:
    upload = SimpleUploadedFile("a.jpg", a_photo(), "image/jpeg")
    page = press(client, desk, filled(desk, text="") | {"attachments": upload})
    dropped = {"berkas": carried(page)["berkas"], "buang": str(ComplaintFile.objects.get().pk)}
    assert "berkas" not in carried(press(client, desk, filled(desk) | dropped))


def test_a_wrong_file_is_named_and_the_sixth_refused(desk: Cast, client: Client) -> None:
    bad = SimpleUploadedFile("a.html", b"<script>", "text/html")
    page = words(press(client, desk, filled(desk) | {"attachments": bad}))
    assert "Lampiran:" in page
    six = [SimpleUploadedFile(f"{n}.jpg", a_photo(), "image/jpeg") for n in range(6)]
    page = words(press(client, desk, filled(desk) | {"attachments": six}))
    assert "Paling banyak 5 berkas." in page
    assert ComplaintFile.objects.count() == 5


@pytest.mark.parametrize("ticket", ["", "bukan-tanda", "W10:1abc:xyz"])
def test_a_made_up_ticket_sends_nothing(desk: Cast, client: Client, ticket: str) -> None:
    fields = checked(client, desk) | {"langkah": "kirim", "tanda": ticket}
    assert "Belum terkirim" in words(press(client, desk, fields))
    assert not Complaint.objects.exists()


def test_a_ticket_of_another_office_sends_nothing(desk: Cast, client: Client) -> None:
    other = make_office()
    there = client.post(reverse("complaints:send", args=[other.code]), filled(desk, service=""))
    fields = checked(client, desk) | {"langkah": "kirim", "tanda": carried(there)["tanda"]}
    assert "Belum terkirim" in words(press(client, desk, fields))


def test_what_is_late_only_at_midnight_is_said_again(
    desk: Cast, client: Client, time_machine: TimeMachineFixture, monday: datetime
) -> None:
    fields = checked(client, desk, served_on="2026-10-17") | {"langkah": "kirim"}
    time_machine.move_to(monday + timedelta(hours=16), tick=False)
    page = words(press(client, desk, fields))
    assert "Belum terkirim" in page
    assert "Disampaikan 31 hari sejak" in page
    assert not Complaint.objects.exists()


def test_an_account_fills_in_the_name_and_is_never_linked(desk: Cast, client: Client) -> None:
    client.force_login(desk.applicant, "django.contrib.auth.backends.ModelBackend")
    page = words(client.get(address(desk)))
    assert desk.applicant.full_name in page
    assert "tidak dihubungkan dengan akun" in page
    complaint, _secret = sent(client, desk)
    assert complaint.entered_by is None
    assert complaint.records.get().actor is None


def test_the_own_file_is_found_by_its_code(desk: Cast, client: Client, monday: datetime) -> None:
    file = make_accepted(desk, monday)
    complaint, _secret = sent(client, desk, reference=file.tracking_code, service="")
    assert complaint.application == file
    assert complaint.version == file.version


def test_a_rule_that_the_office_does_not_have_is_not_said_to_be_its_own(
    desk: Cast, client: Client
) -> None:
    page = words(press(client, desk, filled(desk)))
    assert "Aturan portal ini; standar pelayanan kantor tidak mengaturnya." in page
    assert "Ketentuan kantor" not in page


def test_the_rule_is_said_with_the_source_of_the_office(desk: Cast, client: Client) -> None:
    rules = ComplaintRules.objects.filter(office=desk.office)
    rules.update(limit_days=20, limit_source="Standar angka 2", ground_source="Standar angka 5b")
    page = words(press(client, desk, filled(desk, served_on="2026-10-26")))
    assert "lewat batas 20 hari kalender" in page
    assert "Standar angka 2" in page
    page = words(press(client, desk, filled(desk, identity="tidak")))
    assert "Standar angka 5b" in page


# What was reported already -------------------------------------------------------------------


def hinted(client: Client, cast: Cast, **typed: str) -> str:
    return words(client.post(reverse("complaints:alike", args=[cast.office.code]), typed))


def test_the_very_same_is_said_while_typing_and_on_the_last_look(
    desk: Cast, client: Client
) -> None:
    first, _secret = sent(client, desk)
    said = "Laporan yang sama sudah kami terima pada Senin, 16 November 2026."
    piece = hinted(client, desk, text=TEXT)
    assert said in piece
    assert first.number not in piece
    assert said in words(press(client, desk, filled(desk)))
    assert said not in hinted(client, desk, text=f"{TEXT} Sungguh.")


def test_codes_are_not_guessed_through_the_hint(
    desk: Cast, client: Client, monday: datetime
) -> None:
    file = make_accepted(desk, monday)
    sent(client, desk, reference=file.tracking_code, confidential="")
    assert "sudah kami terima" in hinted(client, desk, reference=file.tracking_code)
    for _guess in range(throttling.FAILURES):
        assert "sudah kami" not in hinted(client, desk, reference="7KQM-X4TD-9RWB-2HLP")
    assert "sudah kami" not in hinted(client, desk, reference=file.tracking_code)


# When something goes wrong ---------------------------------------------------------------------


def test_a_mistyped_year_is_pointed_out(desk: Cast, client: Client) -> None:
    page = words(press(client, desk, filled(desk, served_on="0202-11-09")))
    assert "Tanggal di sini paling awal" in page
    assert TEXT in page


def test_an_error_tells_the_log_nothing_of_what_was_sent(
    desk: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    settings.ADMINS = [("Pengelola", "pengelola@contoh.test")]
    client = Client(raise_request_exception=False)
    fields = checked(client, desk) | {"langkah": "kirim"}

    def fail(*_report: Any, **_how: Any) -> None:
        raise RuntimeError("rusak")

    monkeypatch.setattr(intake, "register_report", fail)
    answer = press(client, desk, fields)
    assert answer.status_code == 500
    mailed = "".join(str(message.message()) for message in mail.outbox)
    assert "rusak" in caplog.text
    for word in (BUDI.name, BUDI.phone, BUDI.national_id, TEXT[:20], fields["tanda"]):
        assert word not in caplog.text + mailed + words(answer), word


def test_reports_of_errors_leave_out_what_was_sent(desk: Cast, rf: RequestFactory) -> None:
    request = rf.post(address(desk), filled(desk))
    request.user = AnonymousUser()
    sending.send(request, office=desk.office.code)
    shown = SafeExceptionReporterFilter().get_post_parameters(request)
    assert set(shown.values()) == {SafeExceptionReporterFilter.cleansed_substitute}
