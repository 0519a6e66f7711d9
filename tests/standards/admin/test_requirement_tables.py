"""The requirements of a draft go out as a table and come in again, in place of what stood."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from xlsxwriter import Workbook

from documents.spreadsheets import XLSX
from standards.domain.conditions import parse
from standards.domain.standard_file import MOST_BYTES
from standards.models import Requirement, RequirementGroup, StandardVersion
from standards.selectors import snapshot, successors
from standards.services.drafting import new_draft
from standards.services.publishing import publish_version
from standards.services.requirement_table import (
    read_requirements,
    replace_requirements,
    requirements_csv,
    requirements_xlsx,
)
from tests.factories.accounts import make_office_admin
from tests.factories.standards import EFFECTIVE_ON, PUBLISHED_AT, make_draft, make_standard
from workflow.tomlfile import FileFault

pytestmark = pytest.mark.django_db

CODED = "tingkat,teks,pemenuhan,kode\n0,Umum,,\n"
HEAD = "tingkat,nomor,teks,pemenuhan,wajib,berlaku_bila,petunjuk\n"


@pytest.fixture
def version() -> StandardVersion:
    """A draft with two groups, rows below rows, and texts that a spreadsheet would mangle."""
    version = make_draft()
    first = version.requirements.get(order=2)
    for order, text in enumerate(("=1+1", "'=1+1", "-", '@a\nb; c, "d"', "'"), 5):
        Requirement.objects.create(
            version=version, group=first.group, parent=first if order < 8 else None, order=order,
            text=text, kind=Requirement.Kind.UPLOAD, mandatory=False, help_text="+ petunjuk",
        )  # fmt: skip
    RequirementGroup.objects.create(
        version=version, order=2, printed_number="B.", title="Khusus", lead="Dalam hal:\n- ada",
        when=parse("tenaga_asing = ya"),
    )  # fmt: skip
    return version


def page(version: StandardVersion, what: str) -> str:
    return reverse(f"admin:standards_standardversion_{what}", args=[version.pk])


def test_the_table_comes_back_as_it_went_out(version):
    table = requirements_csv(version)
    replace_requirements(version, table, "persyaratan.csv")
    assert requirements_csv(version) == table
    once = snapshot(version)
    replace_requirements(version, table.replace(b"\r\n", b"\n"), "persyaratan.csv")
    assert snapshot(version) == once
    texts = set(version.requirements.values_list("text", flat=True))
    assert {"=1+1", "'=1+1", "-", '@a\nb; c, "d"', "'"} <= texts
    assert b"\n1,,=1" not in table  # no cell is a formula


def test_a_requirement_in_the_same_words_stays_the_same():
    old = make_standard()
    draft = new_draft(old, actor=None, at=PUBLISHED_AT)
    replace_requirements(draft, requirements_csv(draft), "persyaratan.csv")
    codes = [row.code for row in old.requirements.order_by("order")]
    assert [row.code for row in draft.requirements.order_by("order")] == codes
    without = requirements_csv(draft).decode()
    for code in codes:
        without = without.replace(code, "")
    replace_requirements(draft, without.encode(), "persyaratan.csv")
    assert [row.code for row in draft.requirements.order_by("order")] == codes


def test_a_requirement_is_known_by_its_code_in_other_words():
    """What the spreadsheet renames keeps its uploads; what has no code and other words is new."""
    old = make_standard()
    draft = new_draft(old, actor=None, at=PUBLISHED_AT)
    first, second, *_rest = old.requirements.order_by("order")
    edited = requirements_csv(draft).decode().replace(first.text, second.text)
    edited += "1,9.,Surat baru,unggah,ya,,,\r\n1,10.,Surat kedua,unggah,ya,,,baru-1\r\n"
    replace_requirements(draft, edited.encode(), "persyaratan.csv")
    rows = {row.code: row.text for row in draft.requirements.all()}
    assert (rows[first.code], rows[second.code], rows["baru-1"]) == (
        second.text, second.text, "Surat kedua",
    )  # fmt: skip
    [made] = [code for code, text in rows.items() if text == "Surat baru"]
    assert len(made) == 8
    assert made not in {row.code for row in old.requirements.all()}
    table = requirements_xlsx(draft)
    replace_requirements(draft, table, "persyaratan.xlsx")
    assert {row.code: row.text for row in draft.requirements.all()} == rows
    published = publish(draft)
    assert len(successors(old, published)) == old.requirements.count()
    places = {row.pk: row.code for row in published.requirements.all()}
    stays = successors(old, published)
    assert places[stays[first.pk]] == first.code


def publish(draft: StandardVersion) -> StandardVersion:
    draft.effective_on = EFFECTIVE_ON + timedelta(days=30)
    draft.save()
    return publish_version(draft, actor=None, at=PUBLISHED_AT)


def test_a_table_of_an_indonesian_spreadsheet_is_read(version):
    text = "Tingkat;Teks;Pemenuhan\r\n0;Umum;\r\n1;Fotokopi KTP;unggah\r\n;;\r\n2;Asli;muatan\r\n"
    groups, rows = read_requirements(text.encode("utf-8-sig"), "a.csv", version)
    assert [group.title for group in groups] == ["Umum"]
    assert [(row.text, row.parent, row.mandatory) for row in rows] == [
        ("Fotokopi KTP", None, True),
        ("Asli", 0, True),
    ]


BROKEN: tuple[tuple[str | bytes, int, str, str], ...] = (
    ("", 1, "tingkat", "harus ada"),
    ("tingkat,nomor\n", 1, "teks", "harus ada"),
    ("tingkat,teks,warna\n", 1, "warna", "tidak dikenal"),
    ("tingkat,teks,teks\n", 1, "teks", "dua kali"),
    (b"tingkat,teks\n0,\xe9\n", 1, "", "UTF-8"),
    (HEAD + "1,1.,KTP,unggah,ya,,\n", 2, "tingkat", "harus 0"),
    ("tingkat,teks,kode\n0,Umum,abc\n", 2, "kode", "harus kosong"),
    (CODED + "1,KTP,unggah,abc\n1,KK,unggah,abc\n", 4, "kode", "sudah dipakai"),
    (CODED + "1,KTP,unggah,a b\n", 3, "kode", "huruf"),
    (HEAD + "0,,Umum,,,,\n2,1.,KTP,unggah,ya,,\n", 3, "tingkat", "harus 0"),
    (HEAD + "0,,Umum,,,,\nx,1.,KTP,unggah,ya,,\n", 3, "tingkat", "harus 0"),
    (HEAD + "0,,Umum,unggah,,,\n", 2, "pemenuhan", "harus kosong"),
    (HEAD + "0,,Umum,,,,\n1,1.,KTP,unduh,ya,,\n", 3, "pemenuhan", "“unduh”"),
    (HEAD + "0,,Umum,,,,\n1,1.,,unggah,ya,,\n", 3, "teks", "wajib diisi"),
    (HEAD + "0,,Umum,,,,\n1,1.,KTP,unggah,kadang,,\n", 3, "wajib", "ya atau tidak"),
    (HEAD + "0,,Umum,,,,\n\n1,1.,KTP,unggah,,asing = ya,\n", 4, "berlaku_bila", "asing"),
    (HEAD + "0,,Umum,,,tenaga_asing,\n", 2, "berlaku_bila", "tidak dapat dibaca"),
    (HEAD + f"0,,{'x' * 201},,,,\n", 2, "teks", "200"),
    (HEAD + f"0,,Umum,,,,\n1,{'1' * 11},KTP,unggah,,,\n", 3, "nomor", "10"),
    (HEAD + "0,,\u202eUmum,,,,\n", 2, "teks", "U+202E"),
    (HEAD + "0,,Umum,,,,\n" * 1001, 1001, "", "lebih dari 1000"),
    (f'{HEAD}0,,"{"x" * 200_000}",,,,\n', 2, "", "bukan CSV"),
    (HEAD + '0,,"Umum,,,,\n1,1.,KTP,unggah,ya,,\n', 2, "", "bukan CSV"),
    ("teks,tingkat\nUmum\n", 2, "tingkat", "harus 0"),
    (HEAD + f"{'1' * 5000},,Umum,,,,\n", 2, "tingkat", "harus 0"),
    ("tingkat,teks\n0,Fotokopi KTP, KK\n", 2, "", "di luar kolom"),
)


def test_a_broken_table_is_refused_by_row_and_column(version):
    before = snapshot(version)
    for text, row, column, said in BROKEN:
        content = text if isinstance(text, bytes) else text.encode()
        found: list[Any] = []
        try:
            replace_requirements(version, content, "a.csv")
        except FileFault as fault:
            found = [(each.line, each.key, str(each.what)) for each in fault.faults]
        assert any((row, column) == each[:2] and said in each[2] for each in found), (text, found)
    assert snapshot(version) == before


def test_a_clerk_puts_a_table_in_place(client, version):
    client.force_login(make_office_admin(version.service.office))
    table = client.get(page(version, "persyaratan"))
    assert table["Content-Type"].startswith("text/csv")
    url = page(version, "ganti_persyaratan")
    broken = SimpleUploadedFile("a.csv", b"tingkat,teks\n1,<b>x</b>\n")
    refused = client.post(url, {"file": broken, "agreed": "on"})
    assert "<code>tingkat</code>" in refused.content.decode()
    before = version.requirements.count()
    good = f"{HEAD}0,,Umum,,,,\n1,1.,Fotokopi KTP,unggah,ya,,\n".encode()
    unsure = client.post(url, {"file": SimpleUploadedFile("a.csv", good)})
    assert unsure.context["form"].errors["agreed"]
    assert version.requirements.count() == before
    done = client.post(url, {"file": SimpleUploadedFile("a.csv", good), "agreed": "on"})
    assert done["Location"] == page(version, "change")
    assert [row.text for row in version.requirements.all()] == ["Fotokopi KTP"]


def test_a_published_standard_keeps_its_requirements(client):
    version = make_standard()
    client.force_login(make_office_admin(version.service.office))
    assert client.get(page(version, "persyaratan")).status_code == 200
    assert client.get(page(version, "ganti_persyaratan")).status_code == 403
    other = make_draft()
    assert client.get(page(other, "persyaratan")).status_code == 404
    assert client.get(page(other, "ganti_persyaratan")).status_code == 404


# As a workbook -----------------------------------------------------------------------------------


def as_workbook(text: str) -> bytes:
    """The same table as a workbook, as a spreadsheet saves it: its cells are texts."""
    head = text.partition("\n")[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter=";" if ";" in head else ",")
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_string(line, column, cell)
    return out.getvalue()


def test_a_workbook_comes_back_as_it_went_out(version):
    table = requirements_csv(version)
    replace_requirements(version, requirements_xlsx(version), "persyaratan.xlsx")
    assert requirements_csv(version) == table
    once = snapshot(version)
    replace_requirements(version, requirements_xlsx(version), "persyaratan.xlsx")
    assert snapshot(version) == once
    assert read_requirements(requirements_xlsx(version), "a.xlsx", version) == read_requirements(
        table, "a.csv", version
    )


def test_no_cell_of_the_workbook_is_a_formula(version):
    book = load_workbook(BytesIO(requirements_xlsx(version)))
    sheet, explained = book.worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"n", "s"}
    assert {cell.column_letter for cell in cells if cell.data_type == "n"} == {"A"}
    assert "'=1+1" in [cell.value for cell in sheet["C"]]
    assert [cell.value for cell in sheet[1]] == [*HEAD.strip().split(","), "kode"]
    rules = sheet.data_validations.dataValidation
    lists = {str(rule.sqref)[0]: rule.formula1 for rule in rules}
    assert lists["E"] == '"ya,tidak"'
    assert lists["D"] == f'"{",".join(Requirement.Kind.values)}"'
    assert set(lists) == {"A", "D", "E"}
    told = [cell.value for cell in explained["A"] if cell.value]
    assert told[1:] == [*HEAD.strip().split(","), "kode"]


def test_a_workbook_and_a_table_are_refused_in_the_same_words(version):
    for text, row, column, said in BROKEN:
        if isinstance(text, bytes) or "bukan CSV" in said:
            continue
        with pytest.raises(FileFault) as caught:
            read_requirements(as_workbook(text), "a.xlsx", version)
        found = [(each.line, each.key, str(each.what)) for each in caught.value.faults]
        assert any((row, column) == each[:2] and said in each[2] for each in found), (text, found)


def test_the_content_decides_what_a_file_is(version):
    table = requirements_csv(version)
    rows = read_requirements(table, "persyaratan.xlsx", version)  # CSV under another name
    assert read_requirements(requirements_xlsx(version), "persyaratan.csv", version) == rows
    for content in (b"%PDF-1.7\n\xff", b"\x89PNG\r\n", b"\xff\xfet\0"):
        with pytest.raises(FileFault, match="bukan XLSX dan bukan teks UTF-8"):
            read_requirements(content, "persyaratan.xlsx", version)


def test_a_text_that_no_cell_holds_goes_out_as_csv(client, version):
    client.force_login(make_office_admin(version.service.office))
    row = version.requirements.get(order=2)
    row.text = "x" * 32_768
    row.save()
    answer = client.get(page(version, "persyaratan_xlsx"), follow=True)
    assert "terlalu panjang bagi satu sel XLSX" in answer.content.decode()
    assert client.get(page(version, "persyaratan"))["Content-Type"].startswith("text/csv")


def test_a_clerk_puts_a_workbook_in_place(client, version):
    client.force_login(make_office_admin(version.service.office))
    answer = client.get(page(version, "persyaratan_xlsx"))
    assert answer["Content-Type"] == XLSX
    assert 'persyaratan.xlsx"' in answer["Content-Disposition"]
    book = load_workbook(BytesIO(answer.content))
    sheet = book["Persyaratan"]
    sheet.append([1, "9.", "Surat kuasa", "unggah", "tidak", None, None])
    sheet.cell(2, 5, True)
    url = page(version, "ganti_persyaratan")

    def sent() -> Any:
        out = BytesIO()
        book.save(out)
        file = SimpleUploadedFile("persyaratan.xlsx", out.getvalue())
        return client.post(url, {"file": file, "agreed": "on"})

    refused = sent()
    [fault] = refused.context["faults"]
    assert (fault.line, fault.key) == (2, "wajib")
    assert "berisi TRUE atau FALSE" in refused.content.decode()
    sheet.cell(2, 5).value = None
    before = version.requirements.count()
    assert sent()["Location"] == page(version, "change")
    assert version.requirements.count() == before + 1
    added = version.requirements.get(text="Surat kuasa")
    assert (added.mandatory, added.printed_number) == (False, "9.")


def test_a_large_workbook_is_refused_by_its_size(client, version):
    client.force_login(make_office_admin(version.service.office))
    file = SimpleUploadedFile("a.xlsx", b"PK\x03\x04" + b"x" * MOST_BYTES)
    answer = client.post(page(version, "ganti_persyaratan"), {"file": file, "agreed": "on"})
    assert "paling besar 1 MB" in str(answer.context["form"].errors["file"])
