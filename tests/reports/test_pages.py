"""Reports on their pages and as files."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from reports.domain.lifecycle import ReportStatus
from reports.models import Report
from reports.services import compiling, signing
from tests.factories.accounts import PASSWORD
from tests.factories.permits import NOON, Cast, make_cast, make_keys
from tests.factories.reports import (
    COMPILER,
    HEAD,
    KIND,
    QUARTER,
    QUOTE,
    SECRETARY,
    make_approved,
    make_report,
)

pytestmark = pytest.mark.django_db
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def as_officer(cast: Cast, desk: str) -> Client:
    client = Client()
    client.force_login(cast.at(desk), "django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, report: Report) -> str:
    return reverse(f"reports:{name}", args=[report.public_id])


def approved(report: Report, cast: Cast) -> Report:
    report = compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    return compiling.approve(report, actor=cast.at(SECRETARY), at=NOON, seen=report.digest)


def test_a_report_is_compiled_and_shown(cast, django_assert_max_num_queries):
    client = as_officer(cast, COMPILER)
    sent = client.post(reverse("reports:list"), {"kind": "uji", "period": QUARTER.code})
    report = Report.objects.get(kind="uji")
    assert sent["Location"] == report.get_absolute_url()
    with django_assert_max_num_queries(20):
        shown = client.get(report.get_absolute_url()).content.decode()
    for words in ("BAB I", "Pendahuluan", "<svg", "<polyline", "Kursi kurang.", "belum dibaca"):
        assert words in shown, words
    assert "Paraf dan ajukan" not in shown, "the words of citizens are not read yet"
    listed = client.get(reverse("reports:list")).content.decode()
    assert report.title in listed


def test_another_period_is_refused_at_its_field(cast):
    client = as_officer(cast, COMPILER)
    for period in ("2026-triwulan-4", "", "%00", "2026-bulan-1"):
        shown = client.post(reverse("reports:list"), {"kind": "uji", "period": period})
        assert shown.status_code == 200
        assert not Report.objects.filter(kind="uji").exists()


def test_who_reads_words_may_empty_them_but_not_a_sentence(cast):
    report = make_report(cast)
    client = as_officer(cast, COMPILER)
    page = client.get(url("words", report))
    names = list(page.context["form"].fields)
    assert page.context["form"].fields[names[0]].label == "Pendahuluan: kalimat 1"
    sent = {"digest": report.digest, **dict.fromkeys(names, "")}
    shown = client.post(url("words", report), sent)
    assert list(shown.context["form"].errors) == [names[0]]
    sent[names[0]] = "Pembuka baru."
    assert client.post(url("words", report), sent)["Location"] == report.get_absolute_url()
    report.refresh_from_db()
    assert "Pembuka baru." in str(report.content)
    stale = client.post(url("words", report), sent)
    assert "berubah sejak halaman ini dibuka" in stale.content.decode()


def test_the_head_signs_with_the_password(cast):
    make_keys(cast)
    report = make_approved(cast)
    client = as_officer(cast, HEAD)
    assert "Tanda tangani" in client.get(report.get_absolute_url()).content.decode()
    wrong = client.post(url("sign", report), {"digest": report.digest, "password": "salah"})
    assert "Kata sandi salah" in wrong.content.decode()
    report.refresh_from_db()
    assert report.status == ReportStatus.APPROVED
    client.post(url("sign", report), {"digest": report.digest, "password": PASSWORD})
    report.refresh_from_db()
    assert report.status == ReportStatus.SIGNED
    assert client.get(url("pdf", report))["Location"] == report.get_absolute_url()
    signing.sign_papers(NOON)
    assert client.get(url("pdf", report))["Content-Type"] == "application/pdf"
    assert Client().get(url("published", report)).status_code == 404
    as_officer(cast, COMPILER).post(url("publish", report))
    assert Client().get(url("published", report))["Content-Type"] == "application/pdf"
    office = reverse("standards:office", args=[cast.office.code])
    listed = reverse("reports:office", args=[cast.office.code])
    assert listed in Client().get(office).content.decode()
    assert url("published", report) in Client().get(listed).content.decode()


def test_the_secretary_returns_with_a_note_and_not_without(cast):
    report = make_report(cast)
    compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    client = as_officer(cast, SECRETARY)
    assert client.post(url("send_back", report), {"note": ""}).status_code == 200
    client.post(url("send_back", report), {"note": "Lengkapi"})
    shown = as_officer(cast, COMPILER).get(report.get_absolute_url()).content.decode()
    assert "Lengkapi" in shown


def test_another_office_finds_nothing(cast):
    report = make_report(cast)
    other = as_officer(make_cast(), "kepala-dinas")
    for name in ("report", "words", "pdf", "docx", "xlsx"):
        assert other.get(url(name, report)).status_code == 404


def test_the_word_file_is_well_formed_and_says_what_the_page_says(cast):
    report = make_report(cast)
    compiling.change_words(
        report, {"pembuka": "Tanda < & \x0b lain."}, actor=cast.at(COMPILER), at=NOON,
        seen=report.digest,
    )  # fmt: skip
    sent = as_officer(cast, "front-office").get(url("docx", report))
    with ZipFile(BytesIO(sent.content)) as archive:
        assert archive.testzip() is None
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314
    words = [node.text for node in parts["word/document.xml"].iter(f"{_WORD}t")]
    assert "BAB I. Pendahuluan" in words
    assert QUOTE in words
    assert any("Tanda < &" in (one or "") for one in words)
    tables = list(parts["word/document.xml"].iter(f"{_WORD}tbl"))
    assert [len(list(table.iter(f"{_WORD}tr"))) for table in tables] == [3]


def test_the_spreadsheet_has_a_sheet_for_each_table(cast):
    report = make_report(cast)
    sent = as_officer(cast, "front-office").get(url("xlsx", report))
    book = load_workbook(BytesIO(sent.content))
    assert book.sheetnames == ["Nilai"]
    assert [[cell.value for cell in row] for row in book["Nilai"].iter_rows(min_row=3)] == [
        ["Unsur", "Jumlah"], ["Waktu", 7], ["Biaya [x]", 8],
    ]  # fmt: skip


def test_unread_words_of_citizens_are_for_who_compiles(cast):
    report = compiling.compile_report(KIND, cast.office, QUARTER, actor=cast.at(COMPILER), at=NOON)
    for desk, reads in ((COMPILER, True), ("front-office", False), (HEAD, False)):
        client = as_officer(cast, desk)
        shown = client.get(report.get_absolute_url()).content.decode()
        with ZipFile(BytesIO(client.get(url("docx", report)).content)) as archive:
            filed = archive.read("word/document.xml").decode()
        assert [QUOTE in shown, QUOTE in filed] == [reads, reads], desk


def test_the_word_file_names_the_head_and_is_indonesian(cast):
    def text(report: Report) -> str:
        client = as_officer(cast, "front-office")
        client.cookies["django_language"] = "en"
        with ZipFile(BytesIO(client.get(url("docx", report)).content)) as archive:
            return archive.read("word/document.xml").decode()

    report = make_report(cast)
    assert "Petugas kepala-dinas" in text(report)
    assert ">Head<" not in text(report)
    signing.sign(approved(report, cast), actor=cast.at(HEAD), at=NOON, seen=report.digest)
    cast.at(HEAD).appointments.update(ended_on=NOON.date() - timedelta(days=1))
    assert "Petugas kepala-dinas" in text(report), "who signed stays"


def test_a_word_file_of_an_office_without_a_head_names_nobody(cast):
    report = make_report(cast)
    cast.at(HEAD).appointments.update(ended_on=NOON.date() - timedelta(days=1))
    sent = as_officer(cast, "front-office").get(url("docx", report))
    with ZipFile(BytesIO(sent.content)) as archive:
        assert "Petugas" not in archive.read("word/document.xml").decode()


def test_an_office_without_published_reports_says_so(cast):
    page = Client().get(reverse("reports:office", args=[cast.office.code]))
    assert "Belum ada laporan yang diterbitkan" in page.content.decode()
