"""The desk's pages of a certificate: proposed, confirmed with the password, seen everywhere."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from demo import paper_samples, samples
from permits.domain.certificates import OrderKind
from permits.models import Certificate, CertificateOrder
from permits.services import certificates, printouts
from tests.factories.accounts import PASSWORD
from tests.factories.filing import signed_in
from tests.factories.permits import lose_keys, make_cast, make_completed, make_keys, make_submitted
from tests.permits.views.at_the_desk import fresh, get, press, said, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
WHY: dict[str, Any] = {
    "reason": "Lembaga ini sudah bubar.",
    "ground": "Cacat substansi, Pasal 64 UU 30/2014",
    "found_on": "2026-11-16",
    "decree_number": "800.1/77/DPMPTSP/2026",
    "decree_date": "2026-11-16",
}
CLERK, HEAD = "back-office", "kepala-dinas"


@pytest.fixture
def done(completed):
    return completed


def proposed(cast, application, kind: str = "dicabut", **more: Any) -> CertificateOrder:
    press(
        cast.at(CLERK), "propose_ending", application, kind=kind,
        paper=application.certificate_id, **{**WHY, **more},
    )  # fmt: skip
    return CertificateOrder.objects.latest("pk")


def confirm(user: User, application, order: CertificateOrder, **more: Any) -> Any:
    digest = order.draft.digest if order.draft else ""
    data = {"order": order.pk, "digest": digest, "password": PASSWORD, **more}
    return press(user, "confirm_order", application, **data)


def open_page(user: User | None, address: str) -> str:
    browser = signed_in(user) if user else Client()
    return words(browser.get(address))


def corrected(application, name: str) -> dict[str, Any]:
    """Return the form of a replacement as the page fills it in, with another name."""
    content = application.certificate.content
    data = {f"data_{i}": value for i, (_label, value) in enumerate(content["data"])}
    holder = {f"holder_{i}": value for i, (_label, value) in enumerate(content["holder"])}
    return {
        **WHY, **data, **holder, "holder_0": name, "statement": content["statement"],
        "paper": application.certificate_id,
    }  # fmt: skip


def test_the_page_of_the_file_leads_to_it(cast, done):
    page = words(get(cast.at(CLERK), "desk_application", done))
    assert "Cabut atau ganti dokumen izin" in page
    page = words(get(cast.at(CLERK), "paper", done))
    for text in ("Asli dan berlaku", "Cabut atau batalkan dokumen", "Ganti karena ada kesalahan"):
        assert text in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": ""}, "Pilih pencabutan atau pembatalan."),
        ({"reason": " "}, "Tulis alasannya terlebih dahulu."),
        ({"decree_date": "2026-11-17"}, "Tanggal tidak boleh di masa depan."),
        ({"found_on": "2026-11-17"}, "Tanggal tidak boleh di masa depan."),
    ],
)
def test_a_wrong_proposal_is_shown_again_at_its_field(cast, done, wrong, sentence):
    data = {"kind": "dicabut", **WHY, "decree_number": "800.1/78", **wrong}
    answer = press(cast.at(CLERK), "propose_ending", done, **data)
    page = words(answer)
    assert answer.status_code == 200
    assert sentence in page
    assert "800.1/78" in page  # what was typed stays
    assert f'id="cabut_{next(iter(wrong))}_error' in page or sentence in page
    assert not CertificateOrder.objects.exists()


def test_an_officer_proposes_and_only_the_head_sees_the_button(cast, done):
    answer = press(cast.at(CLERK), "propose_ending", done, kind="dicabut", **WHY)
    assert said(answer) == ["Usul Anda menunggu putusan kepala kantor. Dokumen masih berlaku."]
    clerk, head = (words(get(cast.at(desk), "paper", done)) for desk in (CLERK, HEAD))
    for page in (clerk, head):
        assert WHY["reason"] in page
        assert WHY["decree_number"] in page
        assert "paling lambat Senin, 23 November 2026" in page
    assert "Setujui dan cabut dokumen" in head
    assert "Setujui dan cabut dokumen" not in clerk
    assert "Hanya kepala kantor yang dapat memutuskan" in clerk
    assert "Tarik usul ini" in clerk
    assert "Tidak setuju: tutup usul ini" in head


def test_the_head_confirms_with_the_password_and_everybody_reads_it(cast, done):
    order = proposed(cast, done)
    head = cast.at(HEAD)
    answer = confirm(head, done, order, password="bukan")
    assert "Kata sandi salah." in answer.content.decode()
    assert fresh(done).certificate.state == Certificate.State.ISSUED
    answer = confirm(head, done, order)
    assert said(answer) == ["Keputusan berlaku sejak sekarang. Pemohonnya diberi tahu."]
    paper = fresh(done).certificate
    assert paper.state == Certificate.State.REVOKED
    verified = open_page(None, reverse("permits:verified", args=[paper.token]))
    assert "Dicabut" in verified
    desk = words(get(cast.at(CLERK), "desk_application", done))
    assert "Izin dicabut - berkas ditutup" in desk
    tracked = open_page(None, reverse("permits:tracked", args=[done.tracking_code]))
    assert "Izin dicabut" in tracked


def test_who_may_not_confirm_gets_403_with_the_reason(cast, done):
    order = proposed(cast, done)
    for desk in (CLERK, "sekretaris"):
        answer = confirm(cast.at(desk), done, order)
        assert answer.status_code == 403
        assert "Hanya kepala kantor yang dapat memutuskan" in answer.content.decode()
    assert fresh(done).certificate.state == Certificate.State.ISSUED


def test_pressing_twice_says_so_and_does_it_once(cast, done):
    order = proposed(cast, done)
    head = cast.at(HEAD)
    confirm(head, done, order)
    answer = confirm(head, done, order)
    assert answer.status_code == 302
    assert said(answer) == ["Usul ini sudah diputus atau tombol tertekan dua kali."]


def test_an_old_page_proposes_nothing(cast, done, monday):
    shown = done.certificate_id
    paper_samples.replace(done, monday, "BKK SMK Contoh Jaya")
    data = {"kind": "dicabut", **WHY, "paper": shown}
    answer = press(cast.at(CLERK), "propose_ending", done, **data)
    assert "Keadaan dokumen ini berubah" in said(answer)[0]
    assert not CertificateOrder.objects.open().exists()


def test_a_proposal_is_closed_with_a_reason(cast, done):
    order = proposed(cast, done)
    answer = press(cast.at(HEAD), "close_order", done, order=order.pk, note=" ")
    assert "Tulis alasannya terlebih dahulu." in words(answer)
    answer = press(cast.at(HEAD), "close_order", done, order=order.pk, note="Belum terbukti")
    assert said(answer) == ["Usul ditutup. Dokumen tetap berlaku."]
    page = words(get(cast.at(CLERK), "paper", done))
    assert "Belum terbukti" in page
    assert "Asli dan berlaku" in page
    assert "Cabut atau batalkan dokumen" in page  # another may be proposed


def test_a_correction_shows_old_and_new_and_its_preview(cast, done, now):
    page = words(get(cast.at(CLERK), "paper", done))
    assert "BKK SMK Contoh" in page
    answer = press(
        cast.at(CLERK), "propose_replacement", done, **corrected(done, "BKK SMK Contoh Jaya")
    )
    assert answer.status_code == 302
    order = CertificateOrder.objects.get()
    page = words(get(cast.at(HEAD), "paper", done))
    assert "Semula:" in page
    assert "BKK SMK Contoh Jaya" in page
    assert "Halaman ini menampilkannya sendiri" in page
    printouts.print_due(now)
    page = words(get(cast.at(HEAD), "paper", done))
    assert "Buka konsep dokumen pengganti" in page
    assert get(cast.at(HEAD), "preview_pdf", done)["Content-Type"] == "application/pdf"
    answer = confirm(cast.at(HEAD), done, order)
    assert said(answer) == [
        "Putusan Anda tercatat. Dokumen penggantinya sedang ditandatangani."
    ]  # fmt: skip
    certificates.sign_due(now)
    assert fresh(done).certificate.content["holder"][0][1] == "BKK SMK Contoh Jaya"


def test_without_a_correction_nothing_is_proposed(cast, done):
    same = done.certificate.content["holder"][0][1]
    answer = press(cast.at(CLERK), "propose_replacement", done, **corrected(done, same))
    assert "Belum ada yang diperbaiki." in words(answer)


def test_a_missing_key_is_said_before_and_after(cast, done, monday):
    lose_keys(cast)
    order = paper_samples.propose_replacement(done, monday, "BKK SMK Contoh Jaya")
    assert "Dokumen akan menunggu setelah Anda menandatangani." in words(
        get(cast.at(HEAD), "paper", done)
    )
    paper_samples.confirm(order, monday)
    page = words(get(cast.at(CLERK), "paper", done))
    assert "Dokumen pengganti sedang ditandatangani" in page
    assert "Asli dan berlaku" in page


def test_the_history_of_the_file_names_proposer_and_decider(cast, done):
    order = proposed(cast, done)
    confirm(cast.at(HEAD), done, order)
    page = words(get(cast.at(CLERK), "history", done))
    for text in (f"Pencabutan nomor {done.certificate} diusulkan", "Pencabutan: Disetujui",
                 str(cast.at(HEAD)), str(order.proposed_by)):  # fmt: skip
        assert text in page


# The register ------------------------------------------------------------------------------------


def test_the_register_and_its_sheet_name_state_decree_and_replacement(cast, done, monday):
    order = proposed(cast, done)
    confirm(cast.at(HEAD), done, order)
    other = paper_samples.replace(make_completed(cast, monday), monday, "BKK SMK Contoh Jaya")
    new, old = other.certificate, other.certificates.order_by("pk")[0]
    officer = signed_in(cast.at(CLERK))
    for query in ("", "?cetak=1"):
        page = words(officer.get(reverse("permits:register") + query))
        for text in (
            "Dicabut", f"keputusan nomor {WHY['decree_number']} tanggal 16 Nov 2026",
            "Diganti", f"(diganti dengan {new.number})", f"Menggantikan {old.number}",
            "BKK SMK Contoh Jaya",
        ):  # fmt: skip
            assert text in page, (query, text)


def test_the_register_as_a_table_names_what_ended_a_paper(cast, done):
    order = proposed(cast, done)
    confirm(cast.at(HEAD), done, order)
    officer = signed_in(cast.at(CLERK))
    address = reverse("permits:register")
    sheet = load_workbook(BytesIO(officer.get(address, {"lembar": "xlsx"}).content)).active
    table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    mine = next(row for row in table if row[0] == str(done.certificate))
    line = dict(zip(table[0], mine, strict=True))
    assert line["Keadaan"] == "Dicabut"
    assert line["Nomor keputusan"] == WHY["decree_number"]
    assert line["Tidak berlaku sejak"].date().isoformat() == "2026-11-16"
    answer = officer.get(address, {"lembar": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    told = answer.content.decode("utf-8-sig").splitlines()
    assert told[0].startswith("Nomor,Pemegang,Diwakili,Layanan")
    assert any(WHY["decree_number"] in row and "2026-11-16" in row for row in told[1:])


def test_the_table_is_of_the_own_office(cast, done):
    elsewhere = signed_in(make_cast().at(CLERK))
    told = elsewhere.get(reverse("permits:register"), {"lembar": "csv"}).content.decode()
    assert str(done.certificate) not in told


def test_the_register_opens_each_paper_itself(cast, done, monday):
    old = done.certificate
    after = paper_samples.replace(done, monday, "BKK SMK Contoh Jaya")
    page = words(get(cast.at(CLERK), "register"))
    officer = signed_in(cast.at(CLERK))
    read = []
    for paper in (old, after.certificate):
        address = reverse("permits:paper_pdf", args=[done.public_id, paper.pk])
        assert address in page
        read.append(officer.get(address).getvalue())
    assert read[0] != read[1]


def test_all_orders_of_the_office_are_listed(cast, done):
    assert "Tidak ada usul yang menunggu." in words(get(cast.at(CLERK), "orders"))
    order = proposed(cast, done)
    assert "Menunggu kepala kantor" in words(get(cast.at(CLERK), "orders"))
    assert "Putuskan usul ini" in words(get(cast.at(HEAD), "orders"))
    confirm(cast.at(HEAD), done, order)
    page = words(get(cast.at(CLERK), "orders"))
    assert f"Pencabutan {done.certificate}" in page
    assert "Disetujui" in page


# The holder --------------------------------------------------------------------------------------


def test_the_holder_reads_why_what_to_do_and_keeps_the_paper(cast, done):
    order = proposed(cast, done)
    confirm(cast.at(HEAD), done, order)
    page = open_page(cast.applicant, done.get_absolute_url())
    for text in (
        "Izin Anda dicabut", WHY["reason"], WHY["ground"], WHY["decree_number"],
        "Bila Anda tidak setuju", "21 hari kerja", "Selasa, 15 Desember 2026",
        "Unduh izin (tidak berlaku lagi)",
    ):  # fmt: skip
        assert text in page
    assert "Izin dicabut - baca alasannya" in open_page(
        cast.applicant, reverse("permits:my_applications")
    )
    browser = signed_in(cast.applicant)
    answer = browser.get(reverse("permits:certificate_pdf", args=[done.public_id]))
    assert answer["Content-Type"] == "application/pdf"
    assert "noindex" in answer["X-Robots-Tag"]


def test_the_holder_gets_the_new_paper_and_keeps_the_old_one_marked(cast, done, monday):
    old = done.certificate
    after = paper_samples.replace(done, monday, "BKK SMK Contoh Jaya")
    page = open_page(cast.applicant, done.get_absolute_url())
    for text in ("Dokumen Anda diganti", str(after.certificate.number), "Unduh izin",
                 "Dokumen lama, tidak berlaku lagi", str(old.number)):  # fmt: skip
        assert text in page
    assert "(tidak berlaku lagi)" not in page
    address = reverse("permits:paper_pdf", args=[done.public_id, old.pk])
    assert signed_in(cast.applicant).get(address)["Content-Type"] == "application/pdf"
    assert signed_in(cast.stranger).get(address).status_code == 404


def test_the_paper_of_another_file_is_not_opened_under_this_one(cast, done, monday):
    other = make_completed(cast, monday)
    address = reverse("permits:paper_pdf", args=[done.public_id, other.certificate_id])
    assert signed_in(cast.applicant).get(address).status_code == 404


def test_a_voided_letter_of_refusal_is_said_everywhere(cast, monday):
    make_keys(cast)
    refused = samples.refuse(make_submitted(cast, monday), monday, reason="Di luar wilayah.")
    letter = refused.certificate
    page = words(get(cast.at(CLERK), "desk_application", refused))
    assert "Batalkan surat penolakan" in page
    page = words(get(cast.at(CLERK), "paper", refused))
    assert "Cabut atau batalkan surat penolakan" in page
    assert "Ganti karena ada kesalahan" not in page
    paper_samples.revoke(refused, monday, OrderKind.VOID)
    page = words(Client().get(reverse("permits:verified", args=[letter.token])))
    assert "Kantor membatalkan dokumen ini" in page
    assert "Dianggap tidak pernah berlaku" in page
    page = words(signed_in(cast.applicant).get(refused.get_absolute_url()))
    for text in ("Penolakan dibatalkan", "Ajukan lagi dari data ini", "tidak berlaku lagi)"):
        assert text in page
    assert "Penolakan dibatalkan - berkas ditutup" in words(
        get(cast.at(CLERK), "desk_application", refused)
    )
    page = words(signed_in(cast.at(CLERK)).get(reverse("permits:register")))
    assert str(letter.number) in page
    assert "Dibatalkan" in page
