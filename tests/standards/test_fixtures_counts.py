"""Each of the five standards against the document its office published."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db.models import Count

from standards.domain.components import Key
from standards.domain.contradictions import contradictions
from standards.domain.requirements import Need
from standards.models import Procedure, StandardVersion, TermUnit
from standards.selectors import snapshot
from tests.standards.source_documents import (
    STANDARDS,
    Row,
    component_rows,
    document,
    letters,
    loaded_fixtures,
    markers,
    plain,
    sop_rows,
)

pytestmark = pytest.mark.django_db

P78422 = "purwakarta-kbli-78422"
P70209 = "purwakarta-kbli-70209"
P71204 = "purwakarta-kbli-71204"
BKK = "pekanbaru-tanda-daftar-bkk"
KAMPAR = "kampar-rekomendasi-pelatih-anak-putus-sekolah"


@pytest.fixture(scope="module")
def versions(django_db_setup, django_db_blocker) -> Iterator[dict[str, StandardVersion]]:
    with django_db_blocker.unblock(), loaded_fixtures() as found:
        yield found


@pytest.fixture(params=STANDARDS)
def name(request) -> str:
    return request.param


@pytest.fixture
def version(versions, name) -> StandardVersion:
    return versions[name]


def _row(name: str, words: str) -> Row:
    """The printed component whose title begins with ``words``."""
    return next(row for row in component_rows(name) if row.title.lower().startswith(words))


def test_all_fourteen_components_in_the_printed_order_with_number_and_title(version, name):
    printed = [(row.number, row.title) for row in component_rows(name)]
    assert len(printed) == 14
    assert [(c.printed_number, c.title) for c in version.components.all()] == printed
    assert {c.key for c in version.components.all()} == set(Key)


def test_every_component_says_something(version):
    carried = {Key.REQUIREMENTS: version.requirements, Key.LEGAL_BASIS: version.legal_bases}
    for component in version.components.all():
        assert component.body or carried[Key(component.key)].exists(), component


def test_heading_is_the_printed_one(version, name):
    flat = plain(document(name).replace("*", ""))
    assert letters(version.heading) in letters(flat)


def test_requirements_are_as_many_as_printed_with_the_same_numbers(version, name):
    text = _row(name, "persyaratan").text
    printed = markers(text, r"\d{1,2}\.|[a-k]\)")
    assert [r.printed_number for r in version.requirements.all()] == printed
    assert len(printed) == {P78422: 18, P70209: 24, P71204: 7, BKK: 8, KAMPAR: 6}[name]


def test_groups_are_as_printed(version, name):
    printed = markers(_row(name, "persyaratan").text, r"[AB]\.")
    assert [g.printed_number for g in version.requirement_groups.all() if g.printed_number] == (
        printed
    )
    assert bool(printed) == name.startswith("purwakarta")


def test_term_is_the_printed_number_of_working_days(version, name):
    days = re.search(r"(\d+)\s*(?:\([a-z]+\)\s*)?hari kerja", _row(name, "jangka waktu").text)
    assert days
    assert (version.term_amount, version.term_unit) == (int(days[1]), TermUnit.WORKDAY)


def test_the_service_is_free_as_printed(version, name):
    text = _row(name, "biaya").text
    assert re.search(r"gratis|Rp\. 0 ", text, re.IGNORECASE)
    assert [fee.amount for fee in version.fees.all()] == [0]


def test_product_is_the_printed_one(version, name):
    assert letters(version.product) == letters(_row(name, "produk").text)


def test_legal_bases_are_as_many_as_printed_with_the_same_numbers(version, name):
    printed = markers(_row(name, "dasar hukum").text, r"\d{1,2}\.|[a-z]\.")
    assert [b.printed_number for b in version.legal_bases.all()] == printed
    assert len(printed) == (11 if name == KAMPAR else 3 if name == BKK else 6)


def test_every_legal_basis_is_joined_to_the_law_it_cites(version):
    for basis in version.legal_bases.all():
        said = basis.regulation.title.lower().replace(" ", "")
        assert said == basis.text.rstrip(";.").lower().replace(" ", "")


def test_rows_say_the_same_as_the_components(version):
    assert list(contradictions(snapshot(version))) == []


def test_repealed_laws_are_known(version):
    repealed = {
        b.regulation.title[:40] for b in version.legal_bases.all() if not b.regulation.stands
    }
    cited = {plain(b.text)[:40] for b in version.legal_bases.all()}
    expected = {
        title[:40]
        for title in (
            "Undang-Undang Nomor 11 Tahun 2020 tentang Cipta Kerja;",
            "Peraturan Pemerintah Nomor 5 Tahun 2021 tentang Penyelenggaraan Perizinan",
        )
        if title[:40] in cited
    }
    assert repealed == expected


def test_channels_are_as_many_as_printed_in_their_order(version, name):
    text = _row(name, "penanganan").text
    channels = list(version.service.office.channels.all())
    if name == BKK:
        printed = markers(text, r"a\.\d\.")
        assert list(dict.fromkeys(c.marker for c in channels)) == printed
        assert len(printed) == 4
    else:
        within = text.split("melalui:")[1].split("3. Pengaduan")[0] if "melalui:" in text else text
        printed = markers(within, r"\d\.|[a-m]\.")
        assert [c.marker for c in channels] == printed
        assert len(printed) == (7 if name == KAMPAR else 13)


def test_what_a_channel_says_is_printed_in_a_standard_of_its_office(versions, name):
    office = versions[name].service.office
    printed = letters(
        "".join(document(n) for n, (code, _) in STANDARDS.items() if code == office.code)
    )
    for channel in office.channels.all():
        for part in (channel.value or channel.label).split(", "):
            assert letters(part) in printed, channel


def test_numbers_of_the_office_are_printed_in_its_standard(versions, name):
    office = versions[name].service.office
    printed = letters(document(name).replace("dpmpptsp", "dpmptsp"))
    for said in (office.phone, office.email, office.website, office.motto):
        assert letters(said) in printed


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        (P78422, ["3", "7", "12", "16"]),
        (P70209, ["3", "7", "12", "16"]),
        (P71204, ["4", "8", "13", "17"]),
    ],
)
def test_purwakarta_names_its_classifications_in_the_printed_order(versions, name, codes):
    text = _row(name, "sistem").text
    assert re.findall(r"\d+", text.split("Klasifikasi")[1].split("sebagaimana")[0]) == codes
    linked = [link.procedure.code for link in versions[name].procedure_links.all()]
    assert linked == [f"klasifikasi-{code}" for code in codes]


def test_purwakartas_eight_procedures_say_that_they_are_provisional(versions):
    found = Procedure.objects.filter(office__code="purwakarta").annotate(n=Count("steps"))
    assert {procedure.n for procedure in found} == {7}
    assert len(found) == 8
    assert all("Lampiran IV" in procedure.provisional_reason for procedure in found)
    assert not Procedure.objects.provisional().exclude(office__code="purwakarta").exists()


def _steps(version: StandardVersion) -> list:
    return list(version.procedure_links.get().procedure.steps.select_related("role", "recorded_by"))


def test_the_bkk_procedure_has_its_ten_printed_rows(versions):
    printed = sop_rows(BKK)
    steps = _steps(versions[BKK])
    assert len(printed) == len(steps) == 10
    for cells, step in zip(printed, steps, strict=True):
        assert (step.printed_number, step.standard_text) == (cells[0], cells[12])
        for said, cell in (
            (step.activity, cells[1]),
            (step.completeness, cells[11]),
            (step.output, cells[13]),
        ):
            assert letters(said) == letters(cell)
        amount, unit = cells[12].split()
        assert step.standard_amount == int(amount)
        assert step.standard_unit == {"menit": "menit_kerja", "hari": "hari_kerja"}[unit]


def test_the_bkk_procedure_has_its_eight_performers_and_total(versions):
    procedure = versions[BKK].procedure_links.get().procedure
    heads = next(line for line in document(BKK).splitlines() if line.startswith("\t\tPemohon"))
    assert [role.label for role in procedure.roles.all()] == heads.strip().split("\t")[:8]
    total = next(line for line in document(BKK).splitlines() if line.startswith("TOTAL HARI"))
    assert procedure.total_text == total.split("\t")[11].strip()


def test_the_bkk_procedure_is_walked_by_the_printed_performers(versions):
    steps = _steps(versions[BKK])
    assert [(step.kind, step.role.label) for step in steps] == [
        ("ajukan", "Pemohon"),
        ("periksa", "Front Office"),
        ("tinjau", "Tim Teknis"),
        ("konsep", "Back Office"),
        ("paraf", "JF Analis Kebijakan Ahli Muda"),
        ("paraf", "JF Analis Kebijakan Ahli Madya"),
        ("paraf", "Sekretaris"),
        ("tanda_tangan", "Kepala Dinas"),
        ("nomor", "Back Office"),
        ("serahkan", "Pemohon"),
    ]
    assert steps[9].desk.code == "front-office"


@pytest.mark.parametrize(
    ("name", "edges"),
    [
        (BKK, [("2", "1"), ("3", "2")]),
        (KAMPAR, [("2", "1"), ("3", "2"), ("4a", "2")]),
    ],
)
def test_steps_that_fail_go_back_where_they_should(versions, name, edges):
    found = [
        (step.printed_number, step.returns_to.printed_number)
        for step in _steps(versions[name])
        if step.returns_to
    ]
    assert found == edges


def test_kampar_keeps_its_seven_printed_steps(versions):
    text = _row(KAMPAR, "sistem").text.split("Keterangan :")[1]
    printed = re.split(r"\s*\d\.\s+", text)[1:]
    assert len(printed) == 7
    rows: dict[str, list[str]] = {}
    for step in _steps(versions[KAMPAR]):
        number = step.printed_number[0]
        if step.printed_number != "5c":  # ours altogether: printed rows do not mention numbering
            rows.setdefault(number, []).append(step.activity.split(":")[0])
    for number, words in enumerate(printed, 1):
        assert letters(" ".join(rows[str(number)])) == letters(words.rstrip("; ")) or letters(
            " ".join(rows[str(number)])
        ) == letters(words)


def test_kampar_has_a_conditional_survey_and_payment_and_asks_before_hand_over(versions):
    steps = _steps(versions[KAMPAR])
    assert [(s.printed_number, s.kind) for s in steps if s.optional] == [
        ("4a", "tinjau"),
        ("5", "bayar"),
    ]
    assert [s.kind for s in steps][-2:] == ["kuesioner", "serahkan"]
    assert all("oleh portal" in s.remark for s in steps if len(s.printed_number) > 1)
    assert all(s.remark.startswith("Catatan portal:") for s in steps if s.remark)


def test_kampar_prints_thirteen_for_its_sixth_requirement(versions):
    numbers = [r.printed_number for r in versions[KAMPAR].requirements.all()]
    assert numbers == ["1.", "2.", "3.", "4.", "5.", "13."]


def test_kampar_names_place_day_and_signer_of_its_decree(versions):
    version = versions[KAMPAR]
    printed = document(KAMPAR)
    assert f"Ditetapkan di : {version.decreed_at_place}" in printed
    assert "Pada Tanggal : 25 Februari 2022" in printed
    assert version.decreed_on.isoformat() == version.effective_on.isoformat() == "2022-02-25"
    assert version.decreed_by in printed
    assert f"{version.decreed_by_rank}\nNIP. {version.decreed_by_number}" in printed


def test_purwakarta_runs_from_one_to_fourteen_and_pekanbaru_begins_again(versions):
    for name in (P78422, P70209, P71204):
        numbers = [c.printed_number for c in versions[name].components.all()]
        assert numbers == [str(n) for n in range(1, 15)]
    numbers = [c.printed_number for c in versions[BKK].components.all()]
    assert numbers == [f"{n}." for n in (*range(1, 7), *range(1, 9))]
    assert versions[KAMPAR].components.first().key == Key.LEGAL_BASIS


def test_78422_asks_for_what_the_case_requires(versions):
    version = versions[P78422]
    first, special, change = version.requirement_groups.all()
    assert str(first.when) == "permohonan_baru = ya"
    assert str(change.when) == "permohonan_baru = tidak"
    assert str(special.when) == "modal_asing = ya"
    conditions = [str(row.when) for row in special.requirements.all() if row.when]
    assert conditions == ["standar_khusus = ya", "tenaga_kerja_asing = ya"]
    assert {fact.key: str(fact.when) for fact in version.facts.all() if fact.when} == {
        "modal_asing": "permohonan_baru = ya",
        "standar_khusus": "modal_asing = ya",
        "tenaga_kerja_asing": "modal_asing = ya",
    }


def test_78422_profile_is_one_upload_that_must_hold_six_things(versions):
    profile = versions[P78422].requirements.get(printed_number="4.", group__order=1)
    assert profile.kind == Need.UPLOAD
    assert [child.kind for child in profile.children.all()] == [Need.CONTENT] * 6


def test_70209_needs_at_least_one_of_eleven_fields(versions):
    scope = versions[P70209].requirements.get(kind=Need.AT_LEAST_ONE)
    assert (scope.group.printed_number, scope.printed_number) == ("B.", "5.")
    assert [child.kind for child in scope.children.all()] == [Need.DECLARE] * 11


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (P78422, "Pelibatan APIP berdasarkan persetujuan Kepala DPMPTSP/ Perangkat Daerah"),
        (P78422, "50. ID pegawai."),
        (P70209, "Diklat PTSP, Diklat OSS, Diklat Kepribadian."),
        (P71204, "lebih dari 30 (tiga puluh) hari kelender"),
        (BKK, "Survey dilakukan setahun sekali"),
        (BKK, "Setiap petugas wajib melakukan paraf"),
        (KAMPAR, "Punishment apabila terbukti"),
        (KAMPAR, "5. Prinsip pelayanan prima dengan MOTTO Izin Cepat Untung (ICU)"),
    ],
)
def test_the_words_of_the_office_stand_where_a_reader_finds_them(versions, name, words):
    assert words in "\n".join(c.body for c in versions[name].components.all())


def test_every_standard_can_be_walked_and_is_published(version):
    assert version.is_published
    assert version.digest
    assert all(link.procedure.published_at for link in version.procedure_links.all())
