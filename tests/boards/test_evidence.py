"""Evidence packs: what is held, what is missing, frozen, read back, for the right people."""

from __future__ import annotations

import json
import subprocess
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import Office
from boards.domain.indicators import INDICATORS, State, state_of
from boards.models import EvidencePack
from boards.services.pekppp import citizens, packs
from documents.scans import ScanStatus
from reports.domain import content as contents
from reports.domain.lifecycle import ReportStatus
from reports.domain.periods import Period, Rhythm
from reports.kinds import KINDS
from reports.models import Report
from standards.models import OfficeDocument
from standards.services import evaluation
from surveys.models import FollowUp
from tests.factories.complaints import make_answered, make_complaint, make_complaint_desk
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast, make_issued
from tests.factories.publicity import make_consultation, make_office_document, make_pledge
from tests.factories.reports import COMPILER, SECRETARY, make_roles
from tests.factories.surveys import make_responses

pytestmark = pytest.mark.django_db
ADDRESS = "/meja/laporan/pekppp/"
STANDARDS = 1  # in force, each printed in a PDF of its own


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


def found(office: Office) -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in packs.compose(office, NOON)["indicators"]}


def words(pdf: bytes) -> str:
    """Return the text of a PDF as another program reads it."""
    command = ["pdftotext", "-layout", "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return " ".join(text.split())


def test_a_state_says_nothing_something_or_all() -> None:
    assert state_of(found=False, gaps=0) == State.MISSING
    assert state_of(found=True, gaps=1) == State.PARTLY
    assert state_of(found=True, gaps=0) == State.HELD


def test_what_is_missing_is_named_with_the_page_where_it_is_mended(cast: Cast) -> None:
    held = found(cast.office)
    assert held["05"]["state"] == State.MISSING
    add = reverse("admin:standards_servicepledge_add")
    assert held["05"]["gaps"] == [{"words": "Maklumat pelayanan belum ditetapkan.", "url": add}]
    assert held["02"]["state"] == State.MISSING
    assert held["02"]["gaps"][0]["url"] == reverse("admin:standards_publicconsultation_add")
    assert held["06"]["state"] == State.MISSING
    assert held["08"]["gaps"][0]["url"].startswith(reverse("surveys:follow_ups"))
    for one in held.values():
        if one["state"] != State.HELD:
            assert one["gaps"], one["code"]
        assert all(gap["url"] for gap in one["gaps"]), one["code"]


@pytest.mark.parametrize("desk", ["kepala-dinas", COMPILER, SECRETARY])
def test_every_link_of_a_gap_opens_and_others_read_who_mends_it(cast: Cast, desk: str) -> None:
    make_roles(cast)
    make_complaint_desk(cast)
    make_complaint(cast)
    FollowUp.objects.create(
        office=cast.office, period="2026-T3", element="unsur1", name="Unsur 1", grade="C",
        owed=True, opened_at=NOON, owner=cast.at("kepala-dinas"),
    )  # fmt: skip
    packs.order(cast.office, actor=cast.at("kepala-dinas"), at=NOON)
    packs.make_packs(NOON)
    browser = signed_in(cast.at(desk))
    page = browser.get(ADDRESS).context["page"]
    gaps = [gap for row in page.rows for gap in row.gaps]
    links = {gap.url for gap in gaps if gap.url}
    assert links
    assert {url: browser.get(url).status_code for url in links} == dict.fromkeys(links, 200)
    assert all(gap.url or gap.who for gap in gaps)
    assert any("administrator kantor" in str(gap.who) for gap in gaps)


def test_media_are_counted_by_standard_and_proofs_are_attached(cast: Cast) -> None:
    clerk = cast.at("kepala-dinas")
    service = reverse("admin:standards_service_change", args=[cast.service.pk])
    assert found(cast.office)["03"]["gaps"][0]["url"] == f"{service}#publications-group"
    for channel in ("loket", "sippn"):
        cast.service.publications.create(channel=channel, place="Lobi", seen_on=date(2026, 10, 1))
    for weekday in range(5):
        cast.office.hours.create(weekday=weekday, opens_at=time(8), closes_at=time(15))
    cast.office.channels.create(kind="loket", label="Loket pengaduan", order=1)
    add = reverse("admin:standards_officeproof_add")
    held = found(cast.office)
    kinds = {"10": "jam", "22": "sistem", "23": "mutu", "25": "loket", "26": "saluran"}
    for code, kind in kinds.items():
        assert [gap["url"] for gap in held[code]["gaps"]] == [
            f"{add}?office={cast.office.pk}&kind={kind}"
        ]
        cast.office.proofs.create(kind=kind, title=f"Bukti {kind}", dated_on=date(2026, 2, 1),
                                  document=make_office_document(cast.office, clerk))  # fmt: skip
    held = found(cast.office)
    states = {code: held[code]["state"] for code in ("03", *kinds)}
    assert states == dict.fromkeys(states, State.HELD)
    assert held["03"]["chapters"][0]["blocks"][0]["rows"][0][2] == 3, "two, and the portal"
    assert [paper["name"] for paper in held["10"]["papers"]] == ["10-jam-1.pdf"]
    assert "Bukti saluran" in str(held["26"]["chapters"])


def test_a_check_of_the_information_system_is_of_the_last_year(cast: Cast) -> None:
    clerk = cast.at("kepala-dinas")
    cast.office.proofs.create(kind="sistem", title="Log 2024", dated_on=date(2025, 1, 5),
                              document=make_office_document(cast.office, clerk))  # fmt: skip
    old = found(cast.office)["22"]
    assert old["state"] == State.PARTLY
    assert "5 Januari 2025" in old["gaps"][0]["words"]
    cast.office.proofs.create(kind="sistem", title="Log 2026", dated_on=date(2026, 1, 5),
                              document=make_office_document(cast.office, clerk))  # fmt: skip
    assert found(cast.office)["22"]["state"] == State.HELD


def test_surveys_of_two_years_are_asked_in_whatever_rhythm_they_were_reported(cast: Cast) -> None:
    def missing() -> list[str]:
        gaps = [gap["words"] for gap in found(cast.office)["06"]["gaps"]]
        return [words for words in gaps if words.endswith("belum ditandatangani.")]

    assert [words.split(" belum")[0] for words in missing()] == [
        *(f"Laporan SKM Triwulan {nth} tahun 2025" for nth in (1, 2, 3, 4)),
        *(f"Laporan SKM Triwulan {nth} tahun 2026" for nth in (1, 2, 3)),
    ]
    half = Period(Rhythm.SEMESTER, 2025, 1)
    Report.objects.create(
        office=cast.office, kind="skm", period=half.code, begins=half.begins, title="Laporan SKM",
        status=ReportStatus.SIGNED, content={}, compiled_at=NOON,
        compiled_by=cast.at("kepala-dinas"),
    )  # fmt: skip
    assert len(missing()) == 5
    assert "Triwulan 3 tahun 2025" in missing()[0]


def test_a_standard_is_printed_whole(cast: Cast) -> None:
    version = cast.service.versions.published().get()
    [printed] = packs.compose(cast.office, NOON)["standards"]
    said = json.dumps(printed, ensure_ascii=False)
    for row in version.requirements.all():
        assert row.text in said
    for component in version.components.all():
        assert f"{component.printed_number} {component.title}" in said
        assert all(line.strip() in said for line in component.body.splitlines()[:1])
    for link in version.procedure_links.all():
        for step in link.procedure.steps.all():
            assert step.activity in said
    assert version.decree in str(found(cast.office)["01"])


def test_the_decree_of_the_maklumat_is_named(cast: Cast) -> None:
    make_pledge(cast.office, decree="SK Kepala Dinas 12/2026")
    assert "SK Kepala Dinas 12/2026" in str(found(cast.office)["05"]["chapters"])


def test_what_was_mended_is_held(cast: Cast) -> None:
    clerk = cast.at("kepala-dinas")
    version = cast.service.versions.published().get()
    make_pledge(cast.office, reviewed_on=date(2026, 10, 1),
                document=make_office_document(cast.office, clerk))  # fmt: skip
    minutes = make_office_document(cast.office, clerk, "daftar-hadir.pdf")
    make_consultation(cast.office, minutes=minutes).versions.add(version)
    evaluation.begin(cast.service, at=NOON - timedelta(days=300))
    [due] = cast.service.evaluations.running()
    review = evaluation.Review(date(2026, 10, 2), "Tim penilai", "Sesuai.", "tetap")
    evaluation.record_evaluation(due, review, actor=clerk, at=NOON)
    held = found(cast.office)
    for code in ("02", "04", "05"):
        assert held[code]["state"] == State.HELD, held[code]["gaps"]
    assert held["05"]["papers"][0]["name"] == "05-maklumat.pdf"
    OfficeDocument.objects.filter(pk=minutes.pk).update(scan=ScanStatus.INFECTED)
    again = found(cast.office)["02"]
    assert again["state"] == State.PARTLY
    assert "Mengandung virus" in again["gaps"][0]["words"]
    assert not again["papers"]


def test_follow_ups_are_counted_by_hand(cast: Cast) -> None:
    for number, done in enumerate((None, date(2026, 11, 10), date(2026, 11, 12))):
        FollowUp.objects.create(
            office=cast.office, period="2026-T3", element=f"unsur{number}", name=f"Unsur {number}",
            grade="C", owed=True, opened_at=NOON - timedelta(days=20), done_on=done,
            evidence="Foto" if done else "",
        )  # fmt: skip
    held = found(cast.office)
    assert "2 dari 3 tindak lanjut selesai (66%)." in str(held["08"]["chapters"])
    assert held["08"]["state"] == State.PARTLY
    opened = cast.office.local_date(NOON - timedelta(days=20))
    days = [row[-1] for row in held["09"]["chapters"][0]["blocks"][0]["rows"]]
    assert days == [(date(2026, 11, 10) - opened).days, (date(2026, 11, 12) - opened).days]


def test_an_office_with_good_grades_is_credited_with_what_it_planned(cast: Cast) -> None:
    facts: dict[str, Any] = {
        "office": cast.office,
        "period": "2026-triwulan-3",
        "grade": "A",
        "opened_at": NOON,
    }
    written: list[dict[str, Any]] = [
        {},  # offered with the report, and never planned
        {"programme": "Pelatihan"},
        {"programme": "Kursi", "done_on": NOON.date(), "evidence": "Foto"},
        {"done_on": NOON.date(), "evidence": "Berita acara"},
    ]
    for nth, more in enumerate(written):
        FollowUp.objects.create(element=f"unsur{nth}", name=f"Unsur {nth}", **facts, **more)
    held = found(cast.office)
    assert "2 dari 3 tindak lanjut selesai (66%)." in str(held["08"]["chapters"])
    assert len(held["09"]["chapters"][0]["blocks"][0]["rows"]) == 2
    report = KINDS["skm"].compose(cast.office, Period(Rhythm.QUARTER, 2026, 4), NOON)
    [before] = [block["rows"] for block in contents.blocks(report)
                if "Tindak lanjut survei sebelumnya" in block.get("title", "")]  # fmt: skip
    assert [row[0] for row in before] == ["Unsur 1", "Unsur 2", "Unsur 3"]
    make_responses(cast.service, 5, 4)
    report = KINDS["skm"].compose(cast.office, Period(Rhythm.QUARTER, 2026, 4), NOON)
    assert [row[-1] for row in report["facts"]["recap"]] == ["", 66], "the agency's, in its row"


def test_the_pack_is_frozen_at_its_cut_off_and_read_back(cast: Cast) -> None:
    make_complaint_desk(cast)
    complaint = make_complaint(cast)
    application = make_issued(cast)
    make_pledge(cast.office, document=make_office_document(cast.office, cast.at("kepala-dinas")))
    head = signed_in(cast.at("kepala-dinas"))
    assert head.post(ADDRESS).status_code == 302
    assert "sedang disusun" in head.get(ADDRESS).content.decode()
    assert packs.make_packs(NOON).done == 1 + 1 + len(INDICATORS) + STANDARDS + 1
    make_consultation(cast.office)  # what comes later is not in it
    assert packs.make_packs(NOON + timedelta(minutes=1)).done == 0
    page = head.get(ADDRESS)
    rows = {row.code: row for row in page.context["page"].rows}
    assert rows["05"].state == "Ada"
    assert rows["02"].state == "Belum ada"
    pack = EvidencePack.objects.get()
    answer = head.get(reverse("boards:evidence_zip", args=[pack.public_id]))
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with ZipFile(BytesIO(body)) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        named = {one["nama"] for one in manifest["berkas"]}
        assert named == set(archive.namelist()) - {"manifest.json"}
        assert "bukti/05-maklumat.pdf" in named
        pdfs = {name: archive.read(name) for name in named if not name.startswith("bukti/")}
    assert len(pdfs) == 1 + len(INDICATORS) + STANDARDS
    every = ""
    for name, pdf in pdfs.items():
        assert len(pikepdf.open(BytesIO(pdf)).pages) >= 1
        said = words(pdf)
        assert pack.content["as_of"] in said, name
        every += said
    assert "Kami sanggup melayani" in words(pdfs["indikator-05.pdf"])
    assert complaint.number in words(pdfs["indikator-27.pdf"])
    printed = words(pdfs["indikator-01-standar-1.pdf"])
    assert cast.version.requirements.all()[0].text in printed
    assert cast.version.components.all()[0].title in printed
    assert "Sistem antrean" in words(pdfs["00-daftar-indikator.pdf"])
    for secret in (application.holder_name, application.national_id, application.number,
                   cast.applicant.full_name, complaint.text):  # fmt: skip
        assert str(secret) not in every
    one = head.get(reverse("boards:evidence_pdf", args=[pack.public_id, "05"]))
    assert one["Content-Type"] == "application/pdf"


def test_pressed_twice_is_one_pack_and_a_dead_worker_begins_again(cast: Cast) -> None:
    head = cast.at("kepala-dinas")
    pack = packs.order(cast.office, actor=head, at=NOON)
    assert packs.order(cast.office, actor=head, at=NOON) == pack
    packs.make_packs(NOON)
    pack.refresh_from_db()
    frozen = pack.content
    pack.files.filter(code="07").delete()  # stored, but the worker died before its row was
    EvidencePack.objects.update(
        job_status="terutang", file="", next_try_at=NOON, lease_until=NOON - timedelta(hours=1)
    )
    make_pledge(cast.office)
    assert packs.make_packs(NOON + timedelta(minutes=5)).done == 2
    pack.refresh_from_db()
    assert pack.content == frozen
    assert default_storage.exists(str(pack.file.name))
    assert pack.files.count() == 1 + len(INDICATORS) + STANDARDS
    assert packs.order(cast.office, actor=head, at=NOON) != pack


def test_a_paper_that_is_gone_is_named_in_the_manifest(cast: Cast) -> None:
    paper = make_office_document(cast.office, cast.at("kepala-dinas"))
    make_pledge(cast.office, document=paper)
    default_storage.delete(str(paper.file.name))
    packs.order(cast.office, actor=cast.at("kepala-dinas"), at=NOON)
    packs.make_packs(NOON)
    with EvidencePack.objects.get().file.open() as handle, ZipFile(handle) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["tidak_ditemukan"] == ["bukti/05-maklumat.pdf"]


def test_the_head_and_the_roles_of_reports_collect_it_and_nobody_else(cast: Cast) -> None:
    make_roles(cast)
    packs.order(cast.office, actor=cast.at("kepala-dinas"), at=NOON)
    packs.make_packs(NOON)
    zipped = reverse("boards:evidence_zip", args=[EvidencePack.objects.get().public_id])
    for desk in ("kepala-dinas", "back-office", "sekretaris"):
        assert signed_in(cast.at(desk)).get(zipped).status_code == 200, desk
        assert (
            "Paket bukti PEKPPP" in signed_in(cast.at(desk)).get("/meja/laporan/").content.decode()
        )
    other = signed_in(cast.at("front-office"))
    for address in (ADDRESS, zipped):
        assert other.get(address).status_code == 404
    assert other.post(ADDRESS).status_code == 404
    assert "Paket bukti PEKPPP" not in other.get("/meja/laporan/").content.decode()
    assert EvidencePack.objects.count() == 1


def test_a_long_list_of_complaints_says_how_many_it_leaves_out(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_complaint_desk(cast)
    for _each in range(3):
        make_complaint(cast)
    [list_of_all, note, _times] = found(cast.office)["27"]["chapters"][0]["blocks"]
    assert len(list_of_all["rows"]) == 3
    assert "Yang dicantumkan" not in str(note)
    monkeypatch.setattr(citizens, "_MOST", 2)
    [cut, note, _times] = found(cast.office)["27"]["chapters"][0]["blocks"]
    assert len(cut["rows"]) == 2
    assert "3 pengaduan." in str(note)
    assert "Yang dicantumkan 2 yang pertama; selebihnya di buku pengaduan." in str(note)


def test_the_register_of_complaints_says_when_each_was_answered(cast: Cast) -> None:
    make_complaint_desk(cast)
    monday = NOON - timedelta(days=35)
    in_time = make_answered(cast, monday, monday + timedelta(days=2))
    late = make_answered(cast, monday, monday + timedelta(days=28))
    waits = make_complaint(cast)
    [table, _note, times] = found(cast.office)["27"]["chapters"][0]["blocks"]
    rows = {row[0]: row[-1] for row in table["rows"]}
    assert rows == {
        in_time.number: "14/10/2026, 2 hari kerja, tepat waktu",
        late.number: "09/11/2026, 20 hari kerja, terlambat",
        waits.number: "-",
    }
    assert "2 sudah dijawab: 1 tepat waktu, 1 terlambat." in str(times)


def test_answers_of_last_year_are_evidence_in_january(cast: Cast, time_machine: Any) -> None:
    make_complaint_desk(cast)
    for _nth in range(6):
        make_answered(cast, NOON - timedelta(days=7), NOON - timedelta(days=5))
    january = datetime(2027, 1, 4, 9, 0, tzinfo=cast.office.zone)
    time_machine.move_to(january, tick=False)
    held = {one["code"]: one for one in packs.compose(cast.office, january)["indicators"]}["28"]
    assert held["state"] == State.HELD
    [table, days] = held["chapters"][0]["blocks"]
    assert ["Dijawab tepat waktu", "6"] in table["rows"]
    assert "median 2 hari kerja" in str(days)


def test_the_document_of_a_follow_up_goes_into_the_zip(cast: Cast) -> None:
    row = FollowUp.objects.create(
        office=cast.office, period="2026-T3", element="waktu", name="Waktu", grade="C", owed=True,
        opened_at=NOON - timedelta(days=20), done_on=date(2026, 11, 10), evidence="bukti.pdf",
        document=make_office_document(cast.office, cast.at("kepala-dinas")),
    )  # fmt: skip
    held = found(cast.office)["08"]
    assert held["state"] == State.HELD
    assert [paper["name"] for paper in held["papers"]] == ["08-bukti-tindak-lanjut-1.pdf"]
    OfficeDocument.objects.update(scan=ScanStatus.INFECTED)
    again = found(cast.office)["08"]
    assert not again["papers"]
    assert "Mengandung virus" in again["gaps"][0]["words"]
    assert row.evidence in str(again["chapters"])


def test_an_office_without_anything_has_a_pack_too(cast: Cast) -> None:
    empty = Office.objects.create(code="kosong", number_code="KSG", name="Kosong", city="Kota")
    held = packs.compose(empty, NOON)["indicators"]
    assert {one["state"] for one in held} <= {State.MISSING, State.PARTLY}
    assert all(one["gaps"] for one in held)


def test_the_page_asks_as_much_of_many_packs_as_of_one(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        packs.order(cast.office, actor=cast.at("kepala-dinas"), at=NOON + timedelta(days=number))
        EvidencePack.objects.update(job_status="selesai", composed_at=NOON, file="x.zip",
                                    content={"indicators": [], "not_held": []})  # fmt: skip
    head = signed_in(cast.at("kepala-dinas"))
    with django_assert_max_num_queries(20):
        assert head.get(ADDRESS).status_code == 200
