"""Facts about the open data."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from standards import open_data
from standards.domain.built_in import ApplicationKind
from standards.domain.conditions import dumped, parse
from standards.domain.steps import StepKind
from standards.models import (
    ClosedKind,
    EligibilityRule,
    Fact,
    FeeRule,
    Paper,
    Regulation,
    Requirement,
    RequirementGroup,
    Service,
)
from standards.services.publishing import publish_version
from tests.factories.accounts import make_office
from tests.factories.standards import (
    EFFECTIVE_ON,
    PUBLISHED_AT,
    STEPS,
    make_draft,
    make_fact,
    make_fee,
    make_procedure,
    make_question,
    make_service,
    make_standard,
)

pytestmark = pytest.mark.django_db
LETTER_ROLES = ("Back Office", "Sekretaris", "Tim Teknis")


def fetch(client: Client, kind: str) -> str:
    answer = client.get(reverse(f"standards:open_data_{kind}"))
    assert answer.status_code == 200
    assert answer.streaming
    return answer.getvalue().decode()


def of(service: Service, client: Client) -> list[dict[str, object]]:
    rows = json.loads(fetch(client, "json"))["standar"]
    return [row for row in rows if row["kode_layanan"] == service.slug]


def test_every_published_version_is_there_and_no_draft(client: Client) -> None:
    service = make_standard(make_service(name="Apotek", sector="Kesehatan")).service
    make_standard(service, effective_on=EFFECTIVE_ON + timedelta(days=900))
    make_draft(service, effective_on=EFFECTIVE_ON + timedelta(days=901))
    first, second = of(service, client)
    assert (first["versi"], second["versi"]) == (1, 2)
    assert first["layanan"] == "Apotek"
    assert first["jangka_waktu"] == 6
    assert len(first["komponen"]) == 14  # type: ignore[arg-type]
    assert first["persyaratan"]
    assert [fee["tarif"] for fee in first["biaya"]] == [0]  # type: ignore[attr-defined]
    assert str(first["alamat"]).startswith(settings.SITE_URL)


def test_licence_is_named_in_the_file_and_on_the_page(client: Client) -> None:
    assert json.loads(fetch(client, "json"))["lisensi"] == settings.OPEN_DATA_LICENCE
    page = client.get(reverse("standards:open_data")).content.decode()
    assert "CC BY 4.0" in page
    assert reverse("standards:open_data_json") in page
    assert reverse("standards:open_data_csv") in page


def test_fees_are_said_as_rules_and_in_words(client: Client) -> None:
    draft = make_draft(fee=50_000)
    make_fact(draft, "luas", label="Luas bangunan", kind=Fact.Kind.AREA)
    make_fee(
        draft, kind=FeeRule.Kind.PER_UNIT, amount=150_000, units="luas", multiple=1000,
        rounding="ke_atas", ground="Perda 5/2023",
    )  # fmt: skip
    service = publish_version(draft, actor=None, at=PUBLISHED_AT).service
    (record,) = of(service, client)
    fee = record["biaya"][1]  # type: ignore[index]
    assert (fee["tarif"], fee["dikalikan"], fee["kelipatan"]) == (150_000, ["luas"], 1000)
    assert fee["kalimat"] == (
        "Rp\u00a0150.000 untuk setiap m² “Luas bangunan”. "
        "Dibulatkan ke atas ke kelipatan Rp\u00a01.000"
    )
    assert (record["biaya_dari"], record["biaya_sampai"]) == (50_000, None)


def test_a_fact_a_term_and_a_closed_kind_are_said_in_full(client: Client) -> None:
    draft = make_draft()
    make_fact(draft, "luas", label="Luas", help_text="Menurut sertifikat", required=False)
    draft.terms.create(order=1, amount=14, when=parse("tenaga_asing = ya"))
    service = publish_version(draft, actor=None, at=PUBLISHED_AT).service
    ClosedKind.objects.create(
        service=service, kind=ApplicationKind.CHANGE, closed_from=date(2026, 9, 1), note="Lewat OSS"
    )
    (record,) = of(service, client)
    facts = {row["kunci"]: row for row in record["isian"]}  # type: ignore[attr-defined]
    said = (facts["luas"]["wajib"], facts["luas"]["penjelasan"], facts["tenaga_asing"]["wajib"])
    assert said == (False, "Menurut sertifikat", True)
    assert record["jenis_ditutup"] == [
        {"jenis": "Perubahan", "sejak": "2026-09-01", "keterangan": "Lewat OSS"}
    ]
    (row,) = [
        row
        for row in csv.DictReader(io.StringIO(fetch(client, "csv")))
        if row["kode_layanan"] == service.slug
    ]
    term = "14 hari kerja: Hanya jika mempekerjakan tenaga asing"
    assert (row["jangka_waktu_lain"], row["jenis_ditutup"]) == (term, "Perubahan sejak 2026-09-01")


def test_table_has_one_line_a_version_and_no_formula(client: Client) -> None:
    service = make_standard(make_service(name="=HYPERLINK(1)")).service
    rows = list(csv.DictReader(io.StringIO(fetch(client, "csv"))))
    (row,) = [row for row in rows if row["kode_layanan"] == service.slug]
    assert row["layanan"] == "'=HYPERLINK(1)"
    assert row["biaya_dari"] == "0"
    assert "1." in row["persyaratan"]


def test_a_requirement_says_when_it_applies_and_what_stands_above_it(client: Client) -> None:
    draft = make_draft()
    make_question(draft, "baru", label="Apakah usaha baru?")
    group = RequirementGroup.objects.create(
        version=draft, order=2, title="Khusus", when=parse("baru = ya")
    )
    lines = {"version": draft, "group": group, "kind": Requirement.Kind.UPLOAD}
    parent = Requirement.objects.create(
        **lines, order=1, printed_number="a.", text="Akta", when=parse("tenaga_asing = ya")
    )
    Requirement.objects.create(**lines, order=2, printed_number="b.", text="Salinan", parent=parent)
    service = publish_version(draft, actor=None, at=PUBLISHED_AT).service
    (record,) = of(service, client)
    rows: list[dict[str, Any]] = record["persyaratan"]  # type: ignore[assignment]
    always, copy = rows[0], rows[-1]
    assert (always["bila"], always["bila_kelompok"], always["kalimat"]) == ([], [], "")
    above = next(row for row in rows if row["urutan"] == copy["induk"])
    assert (above["teks"], above["bila"]) == ("Akta", dumped(parse("tenaga_asing = ya")))
    assert copy["bila_kelompok"] == dumped(parse("baru = ya"))
    sentence = "Hanya jika usaha baru dan mempekerjakan tenaga asing"
    assert copy["kalimat"] == sentence
    keys = [fact["kunci"] for fact in record["isian"]]  # type: ignore[attr-defined]
    assert keys == ["nama_bkk", "tenaga_asing", "baru"]
    (row,) = [
        row
        for row in csv.DictReader(io.StringIO(fetch(client, "csv")))
        if row["kode_layanan"] == service.slug
    ]
    assert f"b. Salinan ({sentence})" in row["persyaratan"]


def test_rules_steps_and_papers_stand_under_their_keys(client: Client) -> None:
    office = make_office()
    work = [(StepKind.WORK, role, "", 1, "hari_kerja", None) for role in LETTER_ROLES]
    procedure = make_procedure(office, (*STEPS[:3], *work, *STEPS[3:]))
    draft = make_draft(make_service(office), procedure)
    unable = "Papan di atas badan jalan tidak dapat diberi izin."
    EligibilityRule.objects.create(
        version=draft, order=1, sentence=unable, ground="Perda 7/2021",
        when=parse("tenaga_asing = ya"),
    )  # fmt: skip
    Paper.objects.create(
        version=draft, key="surat", title="Permintaan pertimbangan", body="Mohon pertimbangan.",
        written_at="4", initialed_at="5", signed_at="6", when=parse("tenaga_asing = ya"),
    )  # fmt: skip
    service = publish_version(draft, actor=None, at=PUBLISHED_AT).service
    (record,) = of(service, client)
    when = dumped(parse("tenaga_asing = ya"))
    assert record["tidak_dapat_diajukan"] == [
        {"kalimat": unable, "bila": when, "dasar_hukum": "Perda 7/2021"}
    ]
    papers: list[dict[str, Any]] = record["dokumen"]  # type: ignore[assignment]
    procedures: list[dict[str, Any]] = record["prosedur"]  # type: ignore[assignment]
    (paper,), (sop,) = papers, procedures
    assert (paper["kunci"], paper["ditandatangani_pada"], paper["bila"]) == ("surat", "6", when)
    assert (paper["disusun_pada"], paper["diparaf_pada"]) == ("4", ["5"])
    assert (sop["versi"], sop["berlaku_mulai"]) == (1, EFFECTIVE_ON.isoformat())
    filed, checked, inspected, *_rest = sop["langkah"]
    assert (filed["pelaksana"], filed["dicatat_oleh"]) == ("Pemohon", "Front Office")
    assert (checked["kembali_ke"], inspected["kembali_ke"]) == (1, 2)
    assert (checked["waktu_paling_lama"], checked["satuan"]) == (35, "menit_kerja")
    codes = [row["kode"] for row in record["persyaratan"]]  # type: ignore[attr-defined]
    assert codes == list(draft.requirements.values_list("code", flat=True))
    (row,) = [
        row
        for row in csv.DictReader(io.StringIO(fetch(client, "csv")))
        if row["kode_layanan"] == service.slug
    ]
    assert (row["tidak_dapat_diajukan"], row["dokumen"]) == (unable, "Permintaan pertimbangan")
    assert len(row["langkah"].splitlines()) == len(sop["langkah"])


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_what_did_not_change_is_not_sent_again(client: Client, kind: str) -> None:
    service = make_standard().service
    url = reverse(f"standards:open_data_{kind}")
    tag = client.get(url)["ETag"]
    assert client.get(url, headers={"if-none-match": tag}).status_code == 304
    Service.objects.filter(pk=service.pk).update(name="Nama lain")
    assert client.get(url, headers={"if-none-match": tag}).status_code == 200
    make_standard()
    tag = new_tag(client.get(url)["ETag"], tag)
    law = Regulation.objects.create(title="Perda 3/2019")
    tag = new_tag(client.get(url)["ETag"], tag)
    Regulation.objects.filter(pk=law.pk).update(status=Regulation.Status.REVOKED)
    tag = new_tag(client.get(url)["ETag"], tag)
    ClosedKind.objects.create(
        service=service, kind=ApplicationKind.CHANGE, closed_from=date(2026, 9, 1)
    )
    new_tag(client.get(url)["ETag"], tag)


def new_tag(tag: str, before: str) -> str:
    assert tag != before
    return tag


def test_batches_leave_nothing_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_data, "_BATCH", 2)
    services = [make_standard().service for _number in range(5)]
    rows = json.loads(fetch(client, "json"))["standar"]
    slugs = [row["kode_layanan"] for row in rows]
    assert all(slugs.count(service.slug) == 1 for service in services)


def test_a_batch_asks_a_fixed_number_of_questions(django_assert_max_num_queries) -> None:
    for _number in range(4):
        make_standard()
    with django_assert_max_num_queries(19):
        list(open_data.as_json("", {}))
