"""Loading is repeatable, refuses wrong files by name and key, and touches nothing published."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from accounts.models import Office, OfficeChannel
from permits.domain.numbering import format_number
from standards.models import Procedure, Regulation, Service, StandardVersion
from standards.services import loading
from standards.services.loading import Outcome
from standards.services.publishing import is_intact
from tests.standards.source_documents import AT, FIXTURES, loaded_fixtures
from workflow.tomlfile import FileFault

pytestmark = pytest.mark.django_db

BKK = "standards/pekanbaru-tanda-daftar-bkk.toml"
SOP = "procedures/pekanbaru.toml"
Change = Callable[..., Path]


@pytest.fixture(scope="module", autouse=True)
def versions(django_db_setup, django_db_blocker) -> Iterator[dict[str, StandardVersion]]:
    with django_db_blocker.unblock(), loaded_fixtures() as found:
        yield found


@pytest.fixture
def change(tmp_path) -> Change:
    """A copy of the fixtures in which words of one file are replaced."""

    def changed(file: str, *pairs: tuple[str, str]) -> Path:
        folder = tmp_path / "fixtures"
        if not folder.exists():
            shutil.copytree(FIXTURES, folder)
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        (folder / file).write_text(text, encoding="utf-8")
        return folder

    return changed


def _loaded_rows() -> list:
    models = [
        model
        for app in ("accounts", "standards")
        for model in apps.get_app_config(app).get_models()
        if model is not apps.get_model("accounts.User")
    ]
    return [row for model in models for row in model._default_manager.order_by("pk")]


def _state() -> list[tuple]:
    return [
        (row._meta.label, *(getattr(row, f.attname) for f in row._meta.concrete_fields))
        for row in _loaded_rows()
    ]


def test_every_loaded_row_passes_its_full_validation():
    rows = _loaded_rows()
    assert len(rows) > 400
    for row in rows:
        row.full_clean()


def test_loading_twice_changes_nothing():
    before = _state()
    outcomes = [loaded.outcome for loaded in loading.load_all(FIXTURES, at=AT)]
    assert outcomes == [Outcome.UNCHANGED] * 5
    assert _state() == before


def test_loading_again_asks_few_questions(django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        list(loading.load_all(FIXTURES, at=AT))


def test_published_standards_are_what_their_digest_says(versions):
    assert all(is_intact(version) for version in versions.values())


def test_number_patterns_make_numbers(versions):
    numbers = {
        format_number(version.number_pattern, 7, date(2026, 11, 16))
        for version in versions.values()
    }
    assert "503/0007/BKK/DPMPTSP/XI/2026" in numbers
    assert len(numbers) == 5


def test_what_an_office_edited_stays_edited():
    Office.objects.filter(code="kampar").update(address="Jalan Baru 1")
    OfficeChannel.objects.filter(office__code="kampar", order=7).delete()
    Regulation.objects.filter(title__contains="Nomor 25 Tahun 2009").update(status="dicabut")
    list(loading.load_all(FIXTURES, at=AT))
    assert Office.objects.get(code="kampar").address == "Jalan Baru 1"
    assert OfficeChannel.objects.filter(office__code="kampar").count() == 6
    assert Regulation.objects.get(title__contains="Nomor 25 Tahun 2009").status == "dicabut"


def test_a_position_that_an_office_lacks_is_added(change):
    folder = change(
        "offices.toml",
        (
            'code = "sekretaris", name = "Sekretaris", superior = "kepala" },',
            'code = "sekretaris", name = "Sekretaris", superior = "kepala" },\n'
            '  { code = "arsiparis", name = "Arsiparis", superior = "sekretaris" },',
        ),
    )
    list(loading.load_all(folder, at=AT))
    added = Office.objects.get(code="pekanbaru").positions.get(code="arsiparis")
    assert added.superior.code == "sekretaris"


def test_a_changed_file_of_a_published_standard_is_reported_not_loaded(change):
    folder = change(BKK, ("term_amount = 6", "term_amount = 9"), ("Foto Copy KTP", "Salinan KTP"))
    loaded = {item.file: item for item in loading.load_all(folder, at=AT)}
    found = loaded["pekanbaru-tanda-daftar-bkk.toml"]
    assert (found.outcome, found.differing) == (Outcome.DIFFERENT, ("term_amount", "requirements"))
    version = StandardVersion.objects.get(service__slug="tanda-daftar-bkk")
    assert version.term_amount == 6
    assert is_intact(version)


def test_a_changed_procedure_of_a_published_standard_is_reported_not_loaded(change):
    folder = change(SOP, ('time = "35 menit"\namount = 35', 'time = "10 menit"\namount = 10'))
    loaded = {item.file: item for item in loading.load_all(folder, at=AT)}
    assert loaded["pekanbaru-tanda-daftar-bkk.toml"].differing == ("procedures",)
    step = Procedure.objects.get(code="tanda-daftar-bkk").steps.get(order=2)
    assert step.standard_amount == 35


def test_the_command_says_that_a_published_standard_differs(change):
    folder = change(BKK, ("term_amount = 6", "term_amount = 9"))
    out, err = StringIO(), StringIO()
    call_command("load_standards", folder=folder, stdout=out, stderr=err)
    assert "berbeda (term_amount)" in err.getvalue()
    assert out.getvalue().count("sudah ada") == 4


def test_a_draft_of_the_same_version_is_left_to_its_author(change):
    folder = change(BKK, ("number = 1\n", "number = 2\n"))
    service = Service.objects.get(slug="tanda-daftar-bkk")
    StandardVersion.objects.create(service=service, number=2, product="Konsep petugas")
    loaded = {item.file: item.outcome for item in loading.load_all(folder, at=AT)}
    assert loaded["pekanbaru-tanda-daftar-bkk.toml"] == Outcome.DRAFT
    assert StandardVersion.objects.get(service=service, number=2).product == "Konsep petugas"


NEW = ('slug = "tanda-daftar-bkk"', 'slug = "baru"')  # so that the file is not skipped as known
OTHER_PATTERN = ("/BKK/", "/BARU/")  # two services of an office do not number alike


def test_a_new_standard_is_loaded_beside_the_old_ones(change):
    folder = change(BKK, NEW, OTHER_PATTERN)
    loaded = {item.file: item.outcome for item in loading.load_all(folder, at=AT)}
    assert loaded["pekanbaru-tanda-daftar-bkk.toml"] == Outcome.LOADED
    version = StandardVersion.objects.get(service__slug="baru")
    assert version.is_published
    assert version.requirements.count() == 8
    assert version.published_at == AT


@pytest.mark.parametrize(
    ("file", "pair", "said"),
    [
        (BKK, ("[service]", "[service"), "bukan TOML"),
        (BKK, ("heading =", "headign ="), "version.headign: kunci ini tidak dikenal"),
        (BKK, ('name = "Tanda', '# "Tanda'), "service.name: wajib diisi"),
        (BKK, ("term_amount = 6", 'term_amount = "enam"'), "version.term_amount: harus berupa"),
        (BKK, ("effective_on = 2025-01-01", "effective_on = 2025"), "effective_on: harus berupa"),
        (BKK, ('office = "pekanbaru"', 'office = "dumai"'), "service.office: unit dumai"),
        (BKK, ('regulation = "Undang', 'regulation = "Undung'), "legal_bases[1].regul"),
        (BKK, ('procedures = ["tanda-', 'procedures = ["tanpa-'), "version.procedures: tanpa-"),
        (BKK, ('kind = "unggah"', 'kind = "unduh"'), "groups[1].requirements[2].kind: "),
        (BKK, ("amount = 0", "amount = -1"), "fees[1].amount: "),
        (BKK, ('key = "nama_bkk"', 'key = "nama bkk"'), "facts[1].key: "),
        (BKK, ('key = "waktu"', 'key = "biaya"'), "components[4].key: biaya sudah"),
        (BKK, ("503/{nomor:04}", "503"), "pekanbaru-tanda-daftar-bkk.toml: "),
        (BKK, ('name = "Tanda', f'name = "{"x" * 251}Tanda'), "service.name: "),
        (BKK, ('keywords = "BKK', 'kbli = "99999"\nkeywords = "BKK'), "KBLI 99999 tidak dikenal"),
        ("kbli.toml", ('"70209"', '"7020"'), "kbli[1]: code: Kode KBLI terdiri atas lima angka."),
        (
            "offices.toml",
            ("opens = 07:30:00", "opens = 7"),
            "hours.monday_to_thursday.opens: harus",
        ),
        ("offices.toml", ('superior = "kepala"', 'superior = "camat"'), "superior: camat"),
        ("offices.toml", ('motto = "PASTI', 'moto = "PASTI'), "offices[1].moto: kunci ini tidak"),
        (SOP, ('code = "tanda-daftar-bkk"', "code = 7"), "procedures[1].code: harus berupa teks"),
        (SOP, ('returns_to = "1"', 'returns_to = "3"'), "steps[2].returns_to: 3 tidak dikenal"),
        (SOP, ('role = "Sekretaris"', 'role = "Camat"'), "steps[7].role: Camat tidak dikenal"),
        (SOP, ('kind = "paraf"', 'kind = "parap"'), "steps[5].kind: “parap” tidak dikenal"),
        (SOP, ('position = "kepala"', 'position = "camat"'), "roles[8].position: camat"),
        (SOP, ('office = "pekanbaru"', 'office = "dumai"'), "office: unit dumai tidak dikenal"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_key(change, file, pair, said):
    folder = change(file, pair, *([NEW] if file == BKK else []))
    before = _state()
    with pytest.raises(FileFault) as caught:
        list(loading.load_all(folder, at=AT))
    assert file.split("/")[-1] in str(caught.value)
    assert said in str(caught.value)
    assert _state() == before


def test_a_standard_that_is_not_complete_is_not_published(change):
    folder = change(BKK, NEW, ('[[fees]]\nlabel = "Biaya layanan"\namount = 0\n', ""))
    with pytest.raises(FileFault, match="pekanbaru-tanda-daftar-bkk.toml: "):
        list(loading.load_all(folder, at=AT))
    assert not Service.objects.filter(slug="baru").exists()


FEES = """
label = "Retribusi"
kind = "per_satuan"
amount = 1500
units = "luas_kantor"
multiple = 1000
rounding = "ke_atas"
ground = "Perda 5/2023"
step = "3"
[[fees]]
label = "Golongan"
amount = 0
kind = "tabel"
when = "luas_kantor >= 10"
[[fees.rows]]
amount = 5000
when = "luas_kantor <= 50"
[[fees.rows]]
amount = 9000
"""


def test_rules_of_fees_are_read_as_they_are_written(change):
    text = (FIXTURES / BKK).read_text(encoding="utf-8")
    at = text.index("[[fees]]") + len("[[fees]]")
    rest = text[at : text.index("[[components]]")]
    key = "luas_kantor"
    fact = f'[[facts]]\nkey = "{key}"\nlabel = "Luas"\nkind = "luas"\n[[fees]]'
    folder = change(BKK, NEW, OTHER_PATTERN, (rest, FEES), ("[[fees]]", fact))
    list(loading.load_all(folder, at=AT))
    counted, table = Service.objects.get(slug="baru").versions.get().fees.all()
    assert (counted.kind, counted.amount, counted.units) == ("per_satuan", 1500, key)
    assert (counted.multiple, counted.rounding, counted.step) == (1000, "ke_atas", "3")
    assert [(row.amount, str(row.when)) for row in table.rows.all()] == [
        (5000, f"{key} <= 50"),
        (9000, ""),
    ]


def test_a_procedure_that_cannot_be_walked_stops_its_standard(change):
    change(
        SOP, ('code = "tanda-daftar-bkk"', 'code = "baru"'), ('kind = "nomor"', 'kind = "kerjakan"')
    )
    folder = change(BKK, NEW, ('procedures = ["tanda-daftar-bkk"]', 'procedures = ["baru"]'))
    with pytest.raises(FileFault, match="SOP Tanda Daftar Bursa Kerja Khusus"):
        list(loading.load_all(folder, at=AT))
    assert not Service.objects.filter(slug="baru").exists()


def test_the_command_ends_with_the_sentence_of_the_fault(change):
    folder = change(BKK, ("[service]", "[service"))
    with pytest.raises(CommandError, match="standards/pekanbaru-tanda-daftar-bkk.toml: bukan TOML"):
        call_command("load_standards", folder=folder, stdout=StringIO())


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(CommandError, match=r"offices\.toml: tidak dapat dibuka"):
        call_command("load_standards", folder=tmp_path / "nowhere")
