"""The survey report: its five chapters, its plan, and what does not move it."""

from __future__ import annotations

import html
import subprocess
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from demo.samples import pdf_upload
from notices.models import Addressee, Notice
from reports import files
from reports.domain import content as contents
from reports.domain.lifecycle import ReportStatus
from reports.domain.periods import Period, Rhythm
from reports.kinds import KINDS
from reports.models import Report
from reports.services import compiling, signing
from surveys.content.recap import PLAN, recap_tables
from surveys.content.report import plan_table
from surveys.models import FollowUp, FollowUpDeadline, Response, Suggestion, SurveyRules
from surveys.selectors import versions_asked
from surveys.services import extra_questions, follow_ups
from tests.factories.base import base_cast
from tests.factories.permits import NOON, Cast, make_cast, make_keys
from tests.factories.reports import COMPILER, HEAD, QUARTER, SECRETARY, make_roles
from tests.factories.standards import make_service, make_standard
from tests.factories.surveys import (
    load_questionnaires,
    make_element_more,
    make_responses,
    scores,
    skm,
)
from workflow.alarms import watch_terms
from workflow.domain.errors import DomainError
from workflow.models import Holiday, HolidayKind

pytestmark = pytest.mark.django_db
SUMMER = NOON.replace(month=8)
SPRING = NOON.replace(month=5)
IPAK = "Indeks Persepsi Anti Korupsi"
NEXT = Period(QUARTER.rhythm, 2026, 4)


@pytest.fixture
def cast(time_machine: Any) -> Cast:
    time_machine.move_to(NOON, tick=False)
    load_questionnaires()
    cast = base_cast()
    make_roles(cast)
    return cast


def answer(cast: Cast, at: Any = SUMMER, many: int = 6, **other: int) -> None:
    make_responses(cast.service, many, 4, at=at)
    version = skm(cast.office)
    Response.objects.bulk_create(
        Response(
            version=version, office=cast.office, service=cast.service, source="tautan", sex="P",
            month=at.date().replace(day=1), answers=scores(version, 3, **other),
        )
        for _one in range(many)
    )  # fmt: skip


def compiled(cast: Cast) -> Report:
    actor = cast.at(COMPILER)
    return compiling.compile_report(KINDS["skm"], cast.office, QUARTER, actor=actor, at=NOON)


def table(report: Report, title: str) -> list[list[Any]]:
    rows: list[list[Any]] = next(
        block["rows"] for block in contents.blocks(report.content)
        if block["kind"] == "table" and title in block["title"]
    )  # fmt: skip
    return rows


def planned(cast: Cast, report: Report, **when: Any) -> Report:
    """Plan every element for January, as the page does."""
    rows = list(FollowUp.objects.filter(office=cast.office, period=report.period).order_by("pk"))
    one = follow_ups.Plan("Perbaiki", when.get("month", date(2027, 1, 1)), cast.at(SECRETARY))
    done = follow_ups.plan(
        rows, {row.element: one for row in rows}, consulted_on=NOON.date(), at=NOON
    )
    return compiling.change_block(report, PLAN, plan_table(done), actor=cast.at(COMPILER), at=NOON)


def test_it_has_five_chapters_and_what_stands_in_them(cast):
    answer(cast, SPRING, waktu=1)
    answer(cast, waktu=1)
    month = SUMMER.date().replace(day=1)
    Suggestion.objects.bulk_create(
        Suggestion(office=cast.office, month=month, text=f"Saran {nth}") for nth in range(5)
    )
    report = compiled(cast)
    assert [part["number"] for part in report.content["chapters"]] == [
        "BAB I", "BAB II", "BAB III", "BAB IV", "BAB V",
    ]  # fmt: skip
    kinds = [block["kind"] for block in contents.blocks(report.content)]
    assert {"text", "table", "bars", "line", "quotes"} <= set(kinds)
    time = next(row for row in table(report, "Nilai setiap unsur") if "aktu" in row[0])
    assert time[1:4] == ["2,50", "62,50", "D"]
    assert [row[3] for row in table(report, "Sebaran") if row[0] == time[0]] == [6, 0, 0, 6]
    assert table(report, "Jenis kelamin") == [["Tidak disebutkan", 6, 50], ["Perempuan", 6, 50]]
    assert [row[1] for row in table(report, "Tren")] == ["84,72", "84,72"]
    assert len(table(report, "Rencana tindak lanjut")) == 3
    assert table(report, "Layanan") == [
        [cast.service.name, 12, 100, "84,72", "B", "biaya tetap (gratis)"]
    ]
    cost = next(row for row in table(report, "Nilai setiap unsur") if "iaya" in row[0])
    assert cost[4] == "Biaya tetap: semua jawaban tentang layanan gratis."
    weights = ["Bobot unsur dalam indeks", "sama untuk setiap unsur: 1/9"]
    assert weights in table(report, "Waktu, populasi")
    assert contents.has_quotes(report.content)


def test_suggestions_that_are_not_quoted_are_counted(cast, monkeypatch):
    monkeypatch.setattr("surveys.content.results_chapter._QUOTED", 6)
    month = SUMMER.date().replace(day=1)
    Suggestion.objects.bulk_create(
        Suggestion(office=cast.office, month=month, text=f"Saran {nth}") for nth in range(8)
    )
    report = compiled(cast)
    [quoted] = [block["rows"] for block in contents.blocks(report.content)
                if block["kind"] == "quotes"]  # fmt: skip
    assert len(quoted) == 6
    assert "6 dari 8 saran warga, dipilih acak" in str(report.content)


def test_it_says_where_when_and_in_how_many_workdays(cast):
    cast.office.address = "Jalan Contoh Nomor 1"
    cast.office.save()
    assert Holiday.objects.filter(on=date(2026, 8, 17)).exists()
    report = compiled(cast)
    assert ["Tempat", f"{cast.office.name}, Jalan Contoh Nomor 1"] in table(report, "populasi")
    collected, written = table(report, "Jadwal kegiatan")
    holidays = set(Holiday.objects.values_list("on", flat=True))

    def workdays(day: date, last: date) -> int:
        days = (day + timedelta(days=n) for n in range((last - day).days + 1))
        return sum(one.weekday() < 5 and one not in holidays for one in days)

    assert collected[1:] == [
        "1 Juli 2026", "30 September 2026", workdays(date(2026, 7, 1), date(2026, 9, 30)),
    ]  # fmt: skip
    assert written[1:] == [
        "1 Oktober 2026", "16 November 2026", workdays(date(2026, 10, 1), NOON.date()),
    ]  # fmt: skip


def test_a_yearly_report_has_the_year_at_its_chart_and_numbers_in_its_plan(cast):
    SurveyRules.objects.update_or_create(office=cast.office, defaults={"rhythm": Rhythm.YEAR})
    answer(cast, SUMMER.replace(year=2025), waktu=1)
    report = compiling.compile_report(
        KINDS["skm"], cast.office, Period(Rhythm.YEAR, 2025, 1), actor=cast.at(COMPILER), at=NOON
    )
    lines = [block["rows"] for block in contents.blocks(report.content) if block["kind"] == "line"]
    assert [row[0] for row in lines[0]] == ["2025"]
    heads = [
        block["head"][0] for block in contents.blocks(report.content) if block.get("key") == PLAN
    ]
    assert heads == ["Nomor"], "not the word of Django for the contrary of yes"


def test_ipak_has_a_chapter_of_its_own_where_it_is_asked(cast):
    rules, _new = SurveyRules.objects.get_or_create(office=cast.office)
    rules.asks_ipak = True
    rules.save()
    answer(cast, waktu=1)
    ipak = versions_asked(cast.office)[1]
    for month, score, many in ((SPRING, 2, 5), (SUMMER, 3, 6), (SUMMER, 4, 2)):
        Response.objects.bulk_create(
            Response(
                version=ipak, office=cast.office, service=cast.service, source="tautan",
                month=month.date().replace(day=1), answers=scores(ipak, score),
            )
            for _one in range(many)
        )  # fmt: skip
    chapters = {part["title"]: part for part in compiled(cast).content["chapters"]}
    assert [part["number"] for part in chapters.values()][3:] == ["BAB IV", "BAB V", "BAB VI"]
    chapter = {block.get("title", ""): block for block in chapters[IPAK]["blocks"]}
    assert "81,25 dari 100, dari 8 responden" in chapter[""]["words"]  # (6 x 75 + 2 x 100) / 8
    statements = chapter["Nilai setiap pernyataan IPAK (25 sampai 100)"]["rows"]
    assert [row[1:] for row in statements] == [["81,25", 8]] * 10
    assert [row[1:] for row in chapter["Tren indeks"]["rows"]] == [["50,00", 5], ["81,25", 8]]
    rules.asks_ipak = False
    rules.save()
    again = compiling.compile_again(Report.objects.get(), actor=cast.at(COMPILER), at=NOON)
    assert IPAK not in str(again.content)


def test_extra_questions_stand_in_an_annex_and_never_in_the_index(cast):
    extra = extra_questions.Extra("Loket", "Apakah loket mudah ditemukan?", ["Tidak", "Ya"])
    version = extra_questions.add(cast.office, extra, actor=cast.at(COMPILER), at=NOON)
    key = version.questions.get(in_index=False).key
    for said, many in ((1, 6), (2, 7)):
        Response.objects.bulk_create(
            Response(
                version=version, office=cast.office, service=cast.service, source="tautan",
                month=SUMMER.date(), answers={**scores(version, 4), key: said},
            )
            for _one in range(many)
        )  # fmt: skip
    *five, annex = compiled(cast).content["chapters"]
    assert (len(five), annex["number"]) == (5, "LAMPIRAN")
    assert annex["blocks"][1]["title"] == "Apakah loket mudah ditemukan?"
    assert annex["blocks"][1]["rows"] == [["Tidak", 6], ["Ya", 7]]
    assert "loket mudah ditemukan" not in str(five)
    assert table(Report.objects.get(), "Tren") == [["Triwulan 3 tahun 2026", "100,00", "A", 13]]


def test_an_office_without_files_has_a_report_that_says_so_and_can_be_signed(cast):
    report = compiled(cast)
    words = " ".join(part["words"] for part in contents.editable(report.content))
    assert "Tidak ada berkas yang selesai" in words
    assert table(report, "Rencana") == []
    report = compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    report = compiling.approve(report, actor=cast.at(SECRETARY), at=NOON, seen=report.digest)
    report = signing.sign(report, actor=cast.at(HEAD), at=NOON, seen=report.digest)
    assert report.status == ReportStatus.SIGNED


def test_fewer_than_five_answers_show_neither_index_nor_number(cast):
    make_responses(cast.service, 4, 1, at=SUMMER)
    report = compiled(cast)
    assert "Kurang dari lima orang" in str(report.content)
    assert ["Jawaban yang diperoleh", "< 5"] in table(report, "populasi")
    assert not FollowUp.objects.exists()


def test_answers_and_holidays_that_come_later_do_not_move_it(cast):
    answer(cast, waktu=1)
    report = planned(cast, compiled(cast))
    frozen = (report.content, report.digest)
    answer(cast, many=20, waktu=4)
    day = date(2026, 9, 16)
    Holiday.objects.create(on=day, name="Libur baru", kind=HolidayKind.NATIONAL)
    report = compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    report = compiling.approve(report, actor=cast.at(SECRETARY), at=NOON, seen=report.digest)
    report = signing.sign(report, actor=cast.at(HEAD), at=NOON, seen=report.digest)
    report.refresh_from_db()
    assert (report.content, report.digest) == frozen
    assert report.paper.content["chapters"] == frozen[0]["chapters"]


def test_page_paper_and_word_file_say_the_same(cast):
    answer(cast, SPRING, waktu=1)
    answer(cast, waktu=1)
    make_keys(cast)
    report = planned(cast, compiled(cast))
    client = Client()
    client.force_login(cast.at(COMPILER), "django.contrib.auth.backends.ModelBackend")
    page = html.unescape(client.get(report.get_absolute_url()).content.decode())
    report = compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    report = compiling.approve(report, actor=cast.at(SECRETARY), at=NOON, seen=report.digest)
    report = signing.sign(report, actor=cast.at(HEAD), at=NOON, seen=report.digest)
    signing.sign_papers(NOON)
    report.refresh_from_db()
    with report.paper.file.open("rb") as stored:
        paper = stored.read()
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True,
                          check=True).stdout.decode()  # fmt: skip
    with ZipFile(BytesIO(files.document(report.paper.content))) as archive:
        written = html.unescape(archive.read("word/document.xml").decode())
    said = {word for text in said_by(report) for word in text.split()}
    assert len(said) > 150
    for name, text in (("page", page), ("paper", read), ("word file", written)):
        assert [word for word in said if word not in text] == [], name


def said_by(report: Report) -> list[str]:
    """Return every sentence and every cell of the tables of a report."""
    found = [part["words"] for part in contents.editable(report.content)]
    for block in contents.blocks(report.content):
        if block["kind"] == "table" and block["rows"]:
            cells = [*block["head"], *(cell for row in block["rows"] for cell in row)]
            found += [block["title"], *map(str, cells)]
    return found


def test_a_plan_with_gaps_is_not_submitted(cast):
    answer(cast, waktu=1)
    report = compiled(cast)
    with pytest.raises(DomainError, match="survey_plan_missing"):
        compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    report = planned(cast, report)
    assert table(report, "Rencana")[0][3:6] == ["Perbaiki", "Januari 2027", "Petugas sekretaris"]
    report = compiling.submit(report, actor=cast.at(COMPILER), at=NOON, seen=report.digest)
    assert report.status == ReportStatus.CHECKED


def test_the_recap_has_a_row_for_the_service_and_one_for_the_office(cast):
    answer(cast, waktu=1)
    report = planned(cast, compiled(cast))
    book = load_workbook(BytesIO(files.workbook(report.content, recap_tables(report.content))))
    head, *rows = book["Rekapitulasi"].iter_rows(min_row=3, values_only=True)
    assert head[4:13] == (
        "Persyaratan", "Sistem, mekanisme, dan prosedur", "Waktu penyelesaian", "Biaya/tarif",
        "Produk spesifikasi jenis pelayanan", "Kompetensi pelaksana", "Perilaku pelaksana",
        "Sarana dan prasarana", "Penanganan pengaduan, saran dan masukan",
    )  # fmt: skip
    assert [row[3] for row in rows] == [cast.service.name, "Seluruh layanan"]
    assert rows[1][13:15] == ("84,72", 12)
    assert "Perbaiki" in str(rows[1][17])
    assert not rows[0][17], "the plan is the agency's"


def test_the_recap_names_the_ways_that_five_took(cast):
    other = make_standard(make_service(cast.office)).service
    for service, counts in ((cast.service, (6, 5, 0)), (other, (7, 2, 3))):
        for source, many in zip(("tautan", "kertas", "tablet"), counts, strict=True):
            make_responses(service, many, at=SUMMER, source=source)
    rows = compiled(cast).content["facts"]["recap"]
    ways = {row[3]: row[15] for row in rows}
    assert ways == {
        cast.service.name: "Tautan undangan, Kertas, dicatat petugas",
        other.name: "Tautan undangan, cara lain",
        "Seluruh layanan": "Tautan undangan, cara lain",
    }


# Follow-ups ----------------------------------------------------------------------------------


def test_an_element_graded_c_or_d_opens_a_follow_up_with_a_term(cast):
    answer(cast, waktu=1, biaya=1)
    compiled(cast)
    owed = FollowUp.objects.filter(owed=True).order_by("element")
    assert [(row.element, row.grade) for row in owed] == [("biaya", "D"), ("waktu", "D")]
    assert {row.deadline.due_on for row in owed} == {date(2026, 12, 31)}
    assert FollowUpDeadline.objects.count() == 2, "good elements have a term once it is planned"


def test_compiled_again_the_rows_are_the_same(cast):
    answer(cast, waktu=1)
    report = compiled(cast)
    before = list(FollowUp.objects.order_by("pk").values_list("pk", "element"))
    report = planned(cast, report)
    report = compiling.compile_again(report, actor=cast.at(COMPILER), at=NOON)
    assert list(FollowUp.objects.order_by("pk").values_list("pk", "element")) == before
    assert table(report, "Rencana")[0][3] == "Perbaiki", "the plan stays"


def test_who_is_in_charge_is_reminded_and_the_superior_hears_when_it_is_late(cast):
    answer(cast, waktu=1)
    planned(cast, compiled(cast))
    Addressee.objects.create(user=cast.at(SECRETARY), language="en")

    def told(what: str) -> set[str]:
        rows = Notice.objects.filter(template=f"surveys/{what}").select_related("recipient")
        return {row.recipient.full_name for row in rows}

    watch_terms(NOON.replace(year=2027, month=1, day=25))
    assert (told("follow_up_due"), told("follow_up_late")) == ({"Petugas sekretaris"}, set())
    due = Notice.objects.filter(template="surveys/follow_up_due").first()
    assert due is not None
    assert due.context["until"].endswith(" January 2027"), "in the language of the reader"
    late = NOON.replace(year=2027, month=2, day=15)
    watch_terms(late)
    watch_terms(late + timedelta(days=1))
    row = FollowUpDeadline.objects.get(follow_up__element="waktu")
    assert row.breached_at is not None
    assert {"Petugas sekretaris", "Petugas back-office", "Petugas kepala-dinas"} <= told(
        "follow_up_late"
    )


def test_it_is_done_once_with_evidence_and_stands_in_the_next_report(cast):
    answer(cast, waktu=1)
    planned(cast, compiled(cast))
    row = FollowUp.objects.get(element="waktu")
    facts: dict[str, Any] = {"actor": cast.at(SECRETARY), "at": NOON}
    for day, evidence, code in (
        (NOON.date() + timedelta(days=1), "SK 1", "follow_up_day"),
        (NOON.date(), " ", "follow_up_evidence"),
    ):
        with pytest.raises(DomainError, match=code):
            follow_ups.finish(row, done_on=day, evidence=evidence, **facts)
    with pytest.raises(DomainError, match="report_not_compiler"):
        follow_ups.finish(
            row, done_on=NOON.date(), evidence="SK 1", actor=cast.at("front-office"), at=NOON
        )
    follow_ups.finish(row, done_on=NOON.date(), evidence="SK 1", **facts)
    with pytest.raises(DomainError, match="follow_up_done"):
        follow_ups.finish(row, done_on=NOON.date(), evidence="SK 2", **facts)
    assert FollowUpDeadline.objects.get(follow_up=row).met_at == NOON
    later = NOON.replace(year=2027, month=1, day=4)
    report = compiling.compile_report(
        KINDS["skm"], cast.office, NEXT, actor=cast.at(COMPILER), at=later
    )
    assert [r[3] for r in table(report, "survei sebelumnya") if r[0] == row.name] == ["SK 1"]


# Pages ---------------------------------------------------------------------------------------


def test_the_plan_is_written_on_its_page(cast):
    answer(cast, waktu=1)
    report = compiled(cast)
    client = Client()
    client.force_login(cast.at(COMPILER), "django.contrib.auth.backends.ModelBackend")
    assert "Rencana tindak lanjut" in client.get(report.get_absolute_url()).content.decode()
    page = reverse("surveys:plan", args=[report.public_id])
    shown = client.get(page)
    client.cookies["django_language"] = "en"
    english = client.get(page).content.decode()
    assert "December 2026" in english
    assert "Desember" not in english
    client.cookies["django_language"] = "id"
    sent: dict[str, Any] = {"consulted_on": "2026-11-20"}
    for form in shown.context["forms"]:
        prefix = form.row.element
        sent |= {
            f"{prefix}-programme": "Loket baru", f"{prefix}-month": "2026-12-01",
            f"{prefix}-owner": cast.at(SECRETARY).pk,
        }  # fmt: skip
    wrong = client.post(page, {**sent, "waktu-month": "2020-01-01", "consulted_on": ""})
    assert wrong.status_code == 200
    assert "Loket baru" in wrong.content.decode(), "nothing typed is lost"
    assert client.post(page, sent)["Location"] == report.get_absolute_url()
    report.refresh_from_db()
    assert {row[3] for row in table(report, "Rencana")} == {"Loket baru"}
    register = client.get(reverse("surveys:follow_ups")).content.decode()
    assert "Loket baru" in register
    row = FollowUp.objects.get(element="waktu")
    finish = reverse("surveys:finish", args=[row.pk])
    assert client.post(finish, {"done_on": "2026-11-16", "evidence": ""}).status_code == 200
    day = {"done_on": "2026-11-16", "evidence": ""}
    script = SimpleUploadedFile("foto.pdf", b"#!/bin/sh", "application/pdf")
    wrong = client.post(finish, {**day, "upload": script})
    assert wrong.context["form"].errors.keys() == {"upload"}
    paper = reverse("surveys:evidence", args=[row.pk])
    assert client.get(paper).status_code == 404
    assert client.post(finish, {**day, "upload": pdf_upload("foto loket.pdf")}).status_code == 302
    row.refresh_from_db()
    assert row.document is not None
    assert row.evidence == row.document.original_name
    assert f'href="{paper}"' in client.get(reverse("surveys:follow_ups")).content.decode()
    assert client.get(paper)["Content-Type"] == "application/pdf"
    stranger = Client()
    stranger.force_login(make_cast().at(SECRETARY), "django.contrib.auth.backends.ModelBackend")
    assert stranger.get(paper).status_code == 404


def test_an_element_that_fewer_than_five_answered_is_named_and_not_judged(cast):
    answer(cast)
    make_element_more(cast.office)
    answer(cast, many=2, antrean=1)
    report = compiled(cast)
    assert "kurang dari lima orang: Antrean." in str(report.content)
    for title in ("Nilai setiap unsur", "Sebaran", "Peringkat", "Rencana tindak lanjut"):
        assert "Antrean" not in str(table(report, title)), title


@pytest.mark.parametrize(
    ("earlier", "found"),
    [
        (["2026-triwulan-2"], "2026-triwulan-2"),
        (["2025-triwulan-4"], "2025-triwulan-4"),  # two quarters without a plan
        (["2025-tahun-1", "2026-semester-1"], "2026-semester-1"),  # reported less often before
        (["2026-semester-1", "2026-triwulan-2"], "2026-triwulan-2"),
        (["2026-triwulan-4", "2026-semester-2", "2026-tahun-1"], ""),  # not over before it
        ([], ""),
    ],
)
def test_the_last_plan_is_that_of_the_latest_earlier_period(cast, earlier, found):
    answer(cast)
    for code in earlier:
        FollowUp.objects.create(
            office=cast.office, period=code, element="waktu", name="Waktu", grade="D", owed=True,
            opened_at=SPRING, programme=f"Rencana {code}",
        )  # fmt: skip
    report = compiled(cast)
    rows = table(report, "Tindak lanjut survei sebelumnya")
    assert [row[1] for row in rows] == ([f"Rencana {found}"] if found else [])
    none = "Tidak ada rencana tindak lanjut dari periode-periode sebelumnya."
    assert (none in str(report.content)) == (not found)
