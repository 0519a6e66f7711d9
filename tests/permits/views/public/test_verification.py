"""The page behind the QR code, the search by number, and the comparison of a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Office
from demo import paper_samples
from permits.domain.certificates import OrderKind
from permits.models import Application, Certificate
from standards.domain.steps import StepKind
from tests.factories.filing import named, plain_pdf
from tests.factories.permits import Cast, at_step, make_issued
from workflow import throttling

pytestmark = pytest.mark.django_db
VERIFY = "/periksa-dokumen/"


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    cache.clear()
    with time_machine.travel(monday, tick=False):
        yield
    cache.clear()


@pytest.fixture
def issued(issued: Application) -> Certificate:
    """A permit that was issued this morning."""
    return certificate_of(issued)


def certificate_of(application: Application) -> Certificate:
    found: Certificate = Certificate.objects.get(application=application)
    return found


def page_of(certificate: Certificate) -> str:
    return reverse("permits:verified", args=[certificate.token])


def content_of(certificate: Certificate) -> bytes:
    with certificate.file.open() as handle:
        return bytes(handle.read())


def compare(client: Client, certificate: Certificate, content: bytes) -> str:
    answer = client.post(page_of(certificate), {"berkas": named("izin.pdf", content)})
    assert answer.status_code == 200
    return answer.content.decode()


# Behind the QR code ------------------------------------------------------------------------------


def test_it_says_genuine_for_what_for_whom_and_until_when(
    client: Client, issued: Certificate
) -> None:
    page = client.get(page_of(issued)).content.decode()
    for words in ("Asli dan berlaku", issued.content["title"], "BKK SMK Contoh",
                  str(issued.number), issued.application.office.name, "16 Nov 2026",
                  "Selama tidak ada perubahan"):  # fmt: skip
        assert words in page
    assert "127.0.0.1:8000" in page, "the reader is told which address is ours"


def test_it_shows_no_more_than_the_paper(client: Client, issued: Certificate) -> None:
    page = client.get(page_of(issued)).content.decode()
    file = issued.application
    for secret in (file.national_id, file.phone, file.address, file.tracking_code,
                   file.applicant.email):  # fmt: skip
        assert secret not in page


def test_past_its_last_day_it_is_genuine_but_not_valid(
    client: Client, issued: Certificate, monday: datetime
) -> None:
    last_day = monday.date() + timedelta(days=30)
    Certificate.objects.filter(pk=issued.pk).update(valid_until=last_day)
    with time_machine.travel(monday + timedelta(days=30), tick=False):
        assert "Asli dan berlaku" in client.get(page_of(issued)).content.decode()
    with time_machine.travel(monday + timedelta(days=31), tick=False):
        page = client.get(page_of(issued)).content.decode()
    assert "Asli, tetapi tidak berlaku lagi" in page
    assert "Asli dan berlaku" not in page


def ended_page(client: Client, paper: Certificate | None) -> str:
    assert paper is not None
    return " ".join(client.get(page_of(paper)).content.decode().split())


def test_a_revoked_document_says_since_when_and_by_which_decree(
    client: Client, issued: Certificate, monday: datetime
) -> None:
    order = paper_samples.propose_ending(issued.application, monday)
    before = ended_page(client, issued)
    assert "Asli dan berlaku" in before, "a proposal is not in force"
    assert "<dt>Berlaku sampai</dt>" in before
    paper_samples.confirm(order, monday)
    page = ended_page(client, issued)
    assert "<dt>Berlaku sampai</dt>" not in page, "its last day is no longer true"
    for words in ("verdict-banner--late", "Dicabut", "16 Nov 2026 09.00 WIB",
                  f"Nomor {order.decree_number}, 16 Nov 2026", order.ground,
                  "Berlaku sampai saat itu"):  # fmt: skip
        assert words in page
    assert "Asli dan berlaku" not in page
    assert order.reason not in page, "the reason is for the holder"
    assert order.proposed_by.full_name not in page


def test_a_voided_document_was_never_valid(
    client: Client, issued: Certificate, monday: datetime
) -> None:
    paper_samples.revoke(issued.application, monday, OrderKind.VOID)
    page = ended_page(client, issued)
    for words in ("verdict-banner--late", "Dibatalkan", "Dianggap tidak pernah berlaku"):
        assert words in page
    assert "Asli dan berlaku" not in page


def test_a_replaced_document_leads_to_the_one_that_counts(
    client: Client, issued: Certificate, monday: datetime
) -> None:
    after = paper_samples.replace(issued.application, monday, "BKK SMK Contoh Jaya")
    page = ended_page(client, issued)
    for words in ("verdict-banner--attention", "Diganti, tidak berlaku lagi",
                  f"Lihat dokumen pengganti, nomor {after.certificate}"):  # fmt: skip
        assert words in page
    new = ended_page(client, after.certificate)
    for words in ("Asli dan berlaku", "BKK SMK Contoh Jaya", "Menggantikan dokumen",
                  str(issued.number)):  # fmt: skip
        assert words in new
    assert reverse("permits:verified", args=[after.certificate.token]) in page


def test_who_knows_only_the_number_learns_no_more_of_the_replacement(
    client: Client, issued: Certificate, monday: datetime
) -> None:
    after = paper_samples.replace(issued.application, monday, "BKK SMK Contoh Jaya")
    page = client.get(VERIFY, {"nomor": str(issued.number)}).content.decode()
    assert "Diganti, tidak berlaku lagi" in page
    assert str(after.certificate.number) in page
    assert after.certificate.token not in page
    assert "BKK SMK Contoh Jaya" not in page
    by_number = client.get(VERIFY, {"nomor": str(after.certificate.number)}).content.decode()
    assert "Asli dan berlaku" in by_number


def test_a_signed_document_is_not_yet_issued(cast: Cast, client: Client, monday: datetime) -> None:
    signed = certificate_of(at_step(cast, StepKind.NUMBER, monday))
    page = client.get(page_of(signed)).content.decode()
    assert "Belum terbit" in page
    assert "Asli dan berlaku" not in page


@pytest.mark.parametrize("token", ["x", "a" * 32, "é", "%00", "-" * 300])
def test_an_unknown_address_is_explained(client: Client, token: str) -> None:
    answer = client.get(f"/v/{token}/")
    assert answer.status_code == 404
    assert "Dokumen ini tidak dikenal" in answer.content.decode()


def test_the_page_stays_out_of_search_engines(client: Client, issued: Certificate) -> None:
    for address in (page_of(issued), VERIFY, "/v/x/"):
        assert client.get(address)["X-Robots-Tag"] == "noindex, nofollow"
    assert client.head(page_of(issued)).status_code == 200
    assert client.put(page_of(issued)).status_code == 405


def test_a_scan_works_for_somebody_who_guessed_elsewhere(
    client: Client, issued: Certificate
) -> None:
    for _miss in range(throttling.FAILURES):
        client.post(VERIFY, {"nomor": "salah"})
    assert client.get(page_of(issued)).status_code == 200
    answer = client.post(page_of(issued), {"berkas": named("a.pdf", b"x")})
    assert answer.status_code == 429
    assert client.get(VERIFY).status_code == 429


# The file compared -------------------------------------------------------------------------------


def test_the_very_file_is_genuine(client: Client, issued: Certificate) -> None:
    page = compare(client, issued, content_of(issued))
    assert "Berkas ini asli" in page


def test_one_changed_byte_is_refused(client: Client, issued: Certificate) -> None:
    content = bytearray(content_of(issued))
    content[len(content) // 2] ^= 1
    page = compare(client, issued, bytes(content))
    assert "Berkas ini bukan dokumen asli" in page
    assert "Berkas ini asli" not in page


def test_something_added_at_the_end_is_refused(client: Client, issued: Certificate) -> None:
    page = compare(client, issued, content_of(issued) + b"\n% tambahan\n")
    assert "Berkas ini bukan dokumen asli" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "berkas ini bukan PDF"),
        (b"\x89PNG\r\n", "Foto tidak dapat dibandingkan"),
        (b"\xff\xd8\xff\xe0 foto", "Foto tidak dapat dibandingkan"),
        (b"\0\0\0\x18ftypheic", "Foto tidak dapat dibandingkan"),
        (b"PK\x03\x04 docx", "berkas ini bukan PDF"),
        (b"%PDF-1.7\nxxx", "rusak atau bukan PDF"),
        (plain_pdf(), "tidak memuat tanda tangan"),
        (b"%PDF-" + b"0" * (10 * 1024 * 1024), "terlalu besar"),
    ],
    ids=["empty", "png", "jpeg", "heic", "docx", "broken", "unsigned", "large"],
)
def test_what_cannot_be_compared_is_not_called_false(
    client: Client, issued: Certificate, content: bytes, words: str
) -> None:
    page = compare(client, issued, content)
    assert words in page
    assert "verdict-banner--attention" in page
    assert "verdict-banner--late" not in page
    assert "bukan dokumen asli" not in page
    assert "ketik nomor atau kode yang tercetak" in page
    assert "Asli dan berlaku" in page, "the register still says what the number is worth"
    answer = client.post(VERIFY, {"berkas": named("foto.jpg", content)}).content.decode()
    assert words in answer
    assert "verdict-banner--late" not in answer


def test_issuer_and_holder_are_those_of_the_signed_paper(
    client: Client, issued: Certificate
) -> None:
    office = issued.application.office
    signed = office.name
    Office.objects.filter(pk=office.pk).update(name="Dinas Perizinan Baru")
    Application.objects.filter(pk=issued.application_id).update(holder_name="Nama Lain")
    page = client.get(page_of(issued)).content.decode()
    assert page.count(signed) >= 1
    assert "BKK SMK Contoh" in page
    for today in ("Dinas Perizinan Baru", "Nama Lain"):
        assert today not in page
    page = client.post(VERIFY, {"nomor": str(issued.number)}).content.decode()
    assert "B*** S*** C***" in page


def test_a_valid_signature_outside_the_register_is_told_apart(
    client: Client, issued: Certificate
) -> None:
    content = content_of(issued)
    Certificate.objects.filter(pk=issued.pk).update(sha256="0" * 64)
    page = client.post(VERIFY, {"berkas": named("surat.pdf", content)}).content.decode()
    assert "Bukan dokumen izin" in page
    assert "Tanda tangannya sah" in page


def test_another_genuine_document_is_not_this_one(
    cast: Cast, client: Client, issued: Certificate, monday: datetime
) -> None:
    other = certificate_of(make_issued(cast, monday, applicant=cast.stranger))
    page = compare(client, issued, content_of(other))
    assert "Bukan berkas dari dokumen ini" in page
    assert "Berkas ini asli" not in page


def test_comparing_nothing_asks_for_a_file(client: Client, issued: Certificate) -> None:
    page = client.post(page_of(issued)).content.decode()
    assert "Pilih berkas terlebih dahulu." in page


# The search --------------------------------------------------------------------------------------


def test_a_number_finds_the_document_but_masks_its_holder(
    client: Client, issued: Certificate
) -> None:
    for typed in (str(issued.number), f"  {str(issued.number).lower()} "):
        page = client.post(VERIFY, {"nomor": typed}).content.decode()
        assert "Asli dan berlaku" in page
        assert "B*** S*** C***" in page
        assert "BKK SMK Contoh" not in page


def test_an_unknown_number_is_said_to_be_unknown(client: Client, issued: Certificate) -> None:
    page = client.post(VERIFY, {"nomor": "<b>503/9999"}).content.decode()
    assert "Nomor atau kode ini tidak ditemukan" in page
    assert "<b>503" not in page


def test_a_reserved_number_is_unknown(cast: Cast, client: Client, monday: datetime) -> None:
    waiting = certificate_of(at_step(cast, StepKind.NUMBER, monday))
    Certificate.objects.filter(pk=waiting.pk).update(signed_at=None, state="diminta")
    page = client.post(VERIFY, {"nomor": str(waiting.number)}).content.decode()
    assert "Nomor atau kode ini tidak ditemukan" in page


def test_a_file_finds_its_document_by_its_fingerprint(client: Client, issued: Certificate) -> None:
    content = content_of(issued)
    page = client.post(VERIFY, {"berkas": named("x.pdf", content)}).content.decode()
    assert "Berkas ini asli" in page
    assert "BKK SMK Contoh" in page
    page = client.post(VERIFY, {"berkas": named("x.pdf", content + b"\n")}).content.decode()
    assert "Berkas ini bukan dokumen asli" in page
    assert "BKK SMK Contoh" not in page


def test_a_revoked_file_is_genuine_and_revoked(
    client: Client, issued: Certificate, monday: datetime
) -> None:
    paper_samples.revoke(issued.application, monday)
    content = content_of(issued)
    found = client.post(VERIFY, {"berkas": named("x.pdf", content)}).content.decode()
    for page in (found, compare(client, issued, content)):
        assert "Berkas ini asli, dokumennya tidak berlaku" in page
        assert "Dicabut" in page
        assert "Asli dan berlaku" not in page
        assert "verdict-banner--good" not in page, "nothing green stands over a revoked paper"


def test_a_file_without_anchors_is_not_called_false(
    client: Client, issued: Certificate, settings: object, tmp_path: object
) -> None:
    settings.TRUST_DIR = tmp_path  # type: ignore[attr-defined]
    page = client.post(VERIFY, {"berkas": named("x.pdf", content_of(issued))}).content.decode()
    assert "Belum dapat diperiksa" in page
    assert "bukan dokumen asli" not in page


def test_pressing_without_anything_says_so(client: Client) -> None:
    assert "Belum ada yang diperiksa" in client.post(VERIFY).content.decode()
    assert client.get(VERIFY).status_code == 200


def test_a_number_with_a_nul_is_looked_up_like_any_other(client: Client, db: None) -> None:
    answer = client.post("/periksa-dokumen/", {"nomor": "503/\x00/2026"})
    assert answer.status_code == 200


# Every printed number ----------------------------------------------------------------------------


def test_the_printed_code_leads_to_the_page_behind_the_qr_code(
    client: Client, issued: Certificate
) -> None:
    printed = issued.content["verification"]
    assert printed["page"] == "127.0.0.1:8000/periksa-dokumen/"
    for typed in (printed["code"], printed["code"].lower().replace("-", " ")):
        answer = client.post(VERIFY, {"nomor": typed})
        assert answer["Location"] == page_of(issued)
    assert client.get(VERIFY, {"nomor": printed["code"]})["Location"] == page_of(issued)


def test_a_number_is_found_however_it_is_typed(client: Client, issued: Certificate) -> None:
    text = str(issued.number)
    for typed in (text.lower(), text.replace("/", "-"), text.replace("/", " "),
                  text.replace("0", "O"), text.replace("/", "")):  # fmt: skip
        page = client.post(VERIFY, {"nomor": typed}).content.decode()
        assert "Asli dan berlaku" in page, typed
        assert "B*** S*** C***" in page


def test_other_numbers_lead_to_their_pages(client: Client, issued: Certificate) -> None:
    file = issued.application
    answer = client.post(VERIFY, {"nomor": file.tracking_code.lower()})
    assert answer["Location"] == reverse("permits:tracked", args=[file.tracking_code])
    answer = client.post(VERIFY, {"nomor": "PGD-KANTOR-1-2026-00001"})
    assert answer["Location"].startswith(reverse("complaints:track"))
    answer = client.post(VERIFY, {"nomor": file.number})
    assert answer["Location"].startswith(reverse("permits:track"))


def test_an_earlier_code_is_kept_in_the_form_in_which_codes_are_compared(
    client: Client, issued: Certificate
) -> None:
    content = {**issued.content, "verification": {"url": "", "code": issued.token[:8]}}
    Certificate.objects.filter(pk=issued.pk).update(content=content, code="")
    migration = import_module("permits.migrations.0004_document_codes")
    migration.keep_printed_codes(apps, SimpleNamespace(connection=connection))
    answer = client.post(VERIFY, {"nomor": issued.token[:8].lower()})
    assert answer["Location"] == page_of(issued)
