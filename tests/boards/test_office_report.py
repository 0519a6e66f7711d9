"""The report of an office: its figures are those of the files, under each stands a sentence."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from boards.domain.changes import Change
from boards.selectors.account import OUT, account, bounds_of, is_known
from boards.services import report_words as words
from boards.services.counting import recount
from boards.services.office_report import MONTHLY, QUARTERLY, compose
from complaints.models import Complaint, ComplaintRecord
from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationRecord
from reports.domain import content
from reports.domain.periods import Period, Rhythm
from reports.kinds import KINDS
from reports.models import Report
from reports.services import compiling
from surveys.models import SurveyRules
from tests.boards.world import write_world
from tests.factories.complaints import make_complaint, make_complaint_desk
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast, make_accepted, make_cast
from tests.factories.reports import COMPILER, HEAD, SECRETARY, make_roles
from tests.factories.surveys import make_responses
from workflow import alarms
from workflow.domain.errors import DomainError

QUARTER = Period(Rhythm.QUARTER, 2026, 3)
OCTOBER = Period(Rhythm.MONTH, 2026, 10)


@pytest.fixture(scope="module")
def _world(module_world: None) -> Cast:
    with travel(NOON, tick=False):
        cast = make_cast()
        stories = write_world(cast, 60, seed=7)
        files = Application.objects.filter(office=cast.office).order_by("pk")
        for file, story in zip(files, stories, strict=True):
            if story.stop is not None and file.status != Status.IN_PROCESS:
                _end(file, story.stop)
        recount(cast.office, at=NOON)
        make_roles(cast)
        return cast


@pytest.fixture
def world(_world: Cast, db: None, time_machine: Any) -> Cast:
    """Files of the second half of the year, counted; whoever compiles and checks is named.

    It is an office of its own, written once for the module.
    """
    time_machine.move_to(NOON, tick=False)
    return deepcopy(_world)


def _end(file: Application, at: datetime) -> None:
    """Write the records of an ended file: a permit is issued, and later handed over."""
    issued = file.status == Status.COMPLETED
    for source, to, later in (
        (Status.IN_PROCESS, Status.ISSUED if issued else file.status, timedelta()),
        *([(Status.ISSUED, Status.COMPLETED, timedelta(days=40))] if issued else []),
    ):
        ApplicationRecord.objects.create(
            subject=file, event="uji", source=source, to=to, at=at + later, actor=None, note=""
        )


def slow(cast: Cast, began: datetime, ended: datetime) -> tuple[int, dict[str, int], int]:
    """Return what came, went and stood open, file by file."""
    came = stands = 0
    went: dict[str, int] = {}
    for file in Application.objects.filter(office=cast.office, submitted_at__isnull=False):
        outs = [row for row in file.records.order_by("at", "pk") if row.to in OUT]
        out = next((row for row in outs if row.source not in OUT), None)
        assert file.submitted_at is not None
        came += began <= file.submitted_at < ended
        if out is not None and began <= out.at < ended:
            went[out.to] = went.get(out.to, 0) + 1
        stands += file.submitted_at < ended and (out is None or out.at >= ended)
    return came, went, stands


@pytest.mark.django_db
@pytest.mark.parametrize("period", [QUARTER, OCTOBER, OCTOBER.previous])
def test_the_figures_are_those_of_the_files(world: Cast, period: Period) -> None:
    found = account(world.office, period)
    came, went, stands = slow(world, *bounds_of(world.office, period))
    assert found.came.total() == came
    assert {to: found.out(to) for to in OUT if found.out(to)} == went
    assert found.open.total() == stands
    before = account(world.office, period.previous)
    assert before.open.total() + came - found.all_out == found.open.total()
    assert came
    assert found.all_out


@pytest.mark.django_db
def test_a_report_says_the_same_when_files_have_gone_on_since(world: Cast) -> None:
    first = compose(world.office, OCTOBER, NOON)
    make_accepted(world, NOON)
    assert compose(world.office, OCTOBER, NOON + timedelta(days=1)) == first


@pytest.mark.django_db
def test_complaints_are_told_as_of_the_end_of_the_period(cast: Cast, time_machine: Any) -> None:
    """Compiled two days or six weeks after October, its complaints have come to the same."""
    make_complaint_desk(cast)
    first, last = NOON.replace(month=10, day=1), NOON.replace(month=10, day=30)
    for number, came in enumerate([first] * 12 + [last] * 6):
        time_machine.move_to(came, tick=False)
        complaint = make_complaint(cast, came, served_on=came.date())
        if number < 7:
            _answer(complaint, came + timedelta(days=1))
        elif number < 9:  # answered in November, a month too late
            _answer(complaint, came + timedelta(days=40))
    said = []
    for compiled in (NOON.replace(day=2), NOON.replace(month=12, day=16)):
        time_machine.move_to(compiled, tick=False)
        recount(cast.office, at=compiled)
        made = compose(cast.office, OCTOBER, compiled)
        tables = [block for block in content.blocks(made) if block["kind"] == "table"]
        [rows] = [one["rows"] for one in tables if one["title"] == "Pengaduan dan saran"]
        said.append([row[:2] for row in rows])
    assert said[0] == said[1]
    assert said[0] == [
        ["Masuk", 18],
        ["Dijawab tepat waktu", 7],
        ["Terlambat", 5],
        ["Masih ditangani", 6],
    ]


def _answer(complaint: Complaint, at: datetime) -> None:
    """Write what an answer at ``at`` leaves behind: a record, and the end of the promise."""
    ComplaintRecord.objects.create(
        subject=complaint, event="kirim_jawaban", source="disetujui", to="dijawab", at=at,
        actor=None, note="",
    )  # fmt: skip
    promise = complaint.deadlines.get(kind="jawaban")
    alarms.end(promise, at)


@pytest.mark.django_db
def test_every_table_has_a_sentence_that_an_officer_may_change(world: Cast) -> None:
    made = compose(world.office, QUARTER, NOON)
    for chapter in made["chapters"]:
        kinds = [block["kind"] for block in chapter["blocks"]]
        for place, kind in enumerate(kinds):
            if kind == "table":
                assert kinds[place + 1] == "text", chapter["title"]
    keys = [part["key"] for part in content.editable(made)]
    assert len(keys) == len(set(keys)) == 9


@pytest.mark.django_db
def test_an_office_without_files_has_a_report(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)
    recount(cast.office, at=NOON)
    made = compose(cast.office, OCTOBER, NOON)
    texts = [part["words"] for part in content.editable(made)]
    assert ("Permohonan yang masuk sebanyak 0 berkas; belum ada data pembanding.") in texts
    assert (
        "Tidak ada pengaduan atau saran yang masuk dalam periode ini; belum ada data pembanding."
    ) in texts


@pytest.mark.django_db
def test_nothing_is_compared_with_what_the_portal_does_not_know(
    cast: Cast, time_machine: Any
) -> None:
    """The first file came in August: July and the third quarter are not known as a whole."""
    time_machine.move_to(NOON, tick=False)
    make_accepted(cast, NOON.replace(month=8, day=12))
    recount(cast.office, at=NOON)
    august, october = Period(Rhythm.MONTH, 2026, 8), OCTOBER
    assert not is_known(cast.office, august.previous)
    assert is_known(cast.office, august)
    assert not is_known(cast.office, QUARTER), "it began in July"
    assert is_known(cast.office, Period(Rhythm.QUARTER, 2026, 4))
    for period, shown, said in (
        (august, ["-", "-"], "sebanyak 1 berkas; belum ada data pembanding."),
        (
            Period(Rhythm.MONTH, 2026, 9),
            [1, "-"],
            "sebanyak 0 berkas, turun 1 berkas (100 persen) dari 1 berkas pada bulan sebelumnya; "
            "belum ada data bulan yang sama tahun lalu.",
        ),
        (
            october,
            [0, "-"],
            "sebanyak 0 berkas, sama dengan bulan sebelumnya; belum ada data bulan yang sama "
            "tahun lalu.",
        ),
    ):
        made = compose(cast.office, period, NOON)
        [came] = [part["words"] for part in content.editable(made) if part["key"] == "masuk"]
        assert came == f"Permohonan yang masuk {said}"
        tables = [block["rows"] for block in content.blocks(made) if block["kind"] == "table"]
        assert tables[0][0][2:] == shown
        [complaints] = [rows for rows in tables if rows and rows[0][0] == "Masuk"]
        assert {row[3] for row in (*tables[0], *complaints)} == {"-"}


@pytest.mark.django_db
def test_a_withdrawn_file_is_named_as_everywhere_else(world: Cast) -> None:
    made = compose(world.office, OCTOBER, NOON)
    assert "- Ditarik pemohon" in str(made)
    assert "Dicabut" not in str(made), "that is a permit which was revoked"


@pytest.mark.django_db
def test_a_yearly_survey_stands_under_its_own_years_and_once(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)
    SurveyRules.objects.create(office=cast.office, rhythm=Rhythm.YEAR)
    recount(cast.office, at=NOON)
    found = content.blocks(compose(cast.office, OCTOBER, NOON))
    tables = [block for block in found if block["kind"] == "table"]
    [surveys] = [table for table in tables if table["head"][0] == "Periode survei"]
    assert [row[0] for row in surveys["rows"]] == ["Tahun 2025", "Tahun 2024"]
    named = [row for table in tables for row in table["rows"] if "Kepuasan" in str(row[0])]
    assert named == [], "no month has an index of a year"


@pytest.mark.django_db
def test_the_index_is_compared_with_earlier_ones(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)
    recount(cast.office, at=NOON)
    make_responses(cast.service, 5, 3, at=NOON.replace(month=8))
    make_responses(cast.service, 4, 4, at=NOON.replace(month=5))
    make_responses(cast.service, 6, 2, at=NOON.replace(year=2025, month=8))
    made = compose(cast.office, OCTOBER, NOON)
    said = [part["words"] for part in content.editable(made) if part["key"] == "survei"]
    assert said == [
        "Indeks Kepuasan Masyarakat Triwulan 3 tahun 2026 sebesar 75,00 dengan mutu pelayanan C, "
        "dari 5 responden, naik 25,00 dari 50,00 pada Triwulan 3 tahun 2025; Triwulan 2 tahun "
        "2026 tidak mempunyai indeks untuk dibandingkan."
    ]
    [surveys] = [block["rows"] for block in content.blocks(made)
                 if block.get("title") == "Indeks Kepuasan Masyarakat"]  # fmt: skip
    assert [row[3] for row in surveys] == [5, "kurang dari 5", 6], "nobody is one of four"


@pytest.mark.parametrize(
    ("before", "said"),
    [("80", "turun 5,00 dari 80,00 pada Tahun 2025"), ("75", "sama dengan Tahun 2025")],
)
def test_an_index_falls_or_stays(before: str, said: str) -> None:
    earlier = [("Tahun 2025", Decimal(before))]
    sentence = words.satisfaction("Tahun 2026", Decimal(75), "C", 9, earlier)
    assert sentence.endswith(f"dari 9 responden, {said}.")


@pytest.mark.django_db
def test_every_chart_has_a_table_with_its_figures(world: Cast) -> None:
    """The first table after a chart says each of its labels and figures."""
    make_responses(world.service, 6, 3, at=NOON.replace(month=8))
    for kind in (QUARTERLY, "skm"):
        made = KINDS[kind].compose(world.office, QUARTER, NOON)
        blocks = list(content.blocks(made))
        drawn = [nth for nth, block in enumerate(blocks) if block["kind"] in ("bars", "line")]
        assert drawn
        for nth in drawn:
            table = next(block for block in blocks[nth:] if block["kind"] == "table")
            cells = [{str(cell) for cell in row} for row in table["rows"]]
            for label, _value, figure, *_meaning in blocks[nth]["rows"]:
                said = {figure.removesuffix("%")}
                if blocks[nth]["kind"] == "bars":
                    said.add(label)
                assert any(said <= row for row in cells), (blocks[nth]["title"], label)


@pytest.mark.django_db
def test_what_was_not_counted_is_not_reported(cast: Cast) -> None:
    recount(cast.office, at=NOON - timedelta(days=30))
    with pytest.raises(DomainError, match="boards_not_counted"):
        compose(cast.office, OCTOBER, NOON)


@pytest.mark.django_db
def test_many_files_cost_no_more_queries(cast: Cast) -> None:
    asked = []
    for seed in (1, 2):
        write_world(cast, 20, seed=seed)
        recount(cast.office, at=NOON)
        with CaptureQueriesContext(connection) as queries:
            compose(cast.office, QUARTER, NOON)
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.django_db
def test_it_is_compiled_changed_checked_and_approved(world: Cast) -> None:
    compiler, secretary = world.at(COMPILER), world.at(SECRETARY)
    report = compiling.compile_report(
        KINDS[MONTHLY], world.office, OCTOBER, actor=compiler, at=NOON
    )
    assert report.title == "Laporan bulanan kantor, Oktober 2026"
    report = compiling.change_words(
        report, {"masuk": "Kalimat petugas."}, actor=compiler, at=NOON, seen=report.digest
    )
    report = compiling.submit(report, actor=compiler, at=NOON, seen=report.digest)
    report = compiling.send_back(report, actor=secretary, at=NOON, note="Perbaiki kalimat.")
    report = compiling.compile_again(report, actor=compiler, at=NOON)
    report = compiling.submit(report, actor=compiler, at=NOON, seen=report.digest)
    report = compiling.approve(report, actor=secretary, at=NOON, seen=report.digest)
    assert report.status == Report.Status.APPROVED
    page = signed_in(world.at(HEAD)).get(report.get_absolute_url()).content.decode()
    assert "Kalimat petugas." in page
    assert "Masih terbuka di akhir periode" in page


@pytest.mark.django_db
def test_both_kinds_are_offered_on_the_page_of_reports(world: Cast) -> None:
    page = signed_in(world.at(COMPILER)).get("/meja/laporan/").content.decode()
    assert "Laporan bulanan kantor" in page
    assert "Laporan triwulan kantor" in page
    assert {MONTHLY, QUARTERLY} <= set(KINDS)


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        (40, 28, "naik 12 berkas (43 persen) dari 28 berkas pada bulan lalu"),
        (28, 40, "turun 12 berkas (30 persen) dari 40 berkas pada bulan lalu"),
        (3, 0, "naik 3 berkas dari 0 berkas pada bulan lalu"),  # in a month that is known
        (0, 4, "turun 4 berkas (100 persen) dari 4 berkas pada bulan lalu"),
        (5, 5, "sama dengan bulan lalu"),
    ],
)
def test_a_figure_stands_beside_an_earlier_one(now: int, before: int, sentence: str) -> None:
    assert words.beside(Change(now, before), "berkas", "bulan lalu") == sentence


@pytest.mark.parametrize(
    ("now", "before", "percent"), [(3, 2, 50), (1, 8, -88), (9, 8, 13), (2, 0, None), (7, 7, 0)]
)
def test_percent_of_a_change(now: int, before: int, percent: int | None) -> None:
    assert Change(now, before).percent == percent


def test_sentences_of_shares_and_promises() -> None:
    assert words.largest([("A", 3), ("B", 1)], "layanan").endswith(
        "3 dari 4 permohonan (75 persen)."
    )
    assert "A dan B, masing-masing 2 dari 4" in words.largest([("A", 2), ("B", 2)], "sektor")
    assert words.largest([("A", 0)], "sektor").startswith("Tidak ada permohonan masuk")
    answered = "Dari 10 permohonan berjangka waktu yang dijawab, 9 dijawab tepat waktu (90 persen)"
    assert words.on_time((9, 10), (0, 0), (0, 0), OCTOBER) == f"{answered}."
    assert words.on_time((9, 10), (3, 4), (1, 2), OCTOBER) == (
        f"{answered}; pada bulan sebelumnya 75 persen dari 4 permohonan; pada bulan yang sama "
        "tahun lalu 50 persen dari 2 permohonan."
    )
    assert words.complaints(3, 5, 3, None, None, None, OCTOBER) == (
        "Pengaduan dan saran yang masuk sebanyak 3, turun 2 (40 persen) dari 5 pada bulan "
        "sebelumnya, dan sama dengan bulan yang sama tahun lalu. Ketepatan waktu jawabannya tidak "
        "dirinci karena jumlahnya sedikit."
    )
    assert words.complaints(9, 5, None, 8, 1, 0, OCTOBER).endswith(
        "dari 5 pada bulan sebelumnya; belum ada data bulan yang sama tahun lalu. Sampai akhir "
        "periode 8 dijawab tepat waktu, 1 terlambat, dan 0 masih ditangani dalam jangka waktunya."
    )
    assert words.satisfaction("Triwulan 3", None, "", 4, []).endswith("kurang dari lima.")
    assert Status.ISSUED in OUT
