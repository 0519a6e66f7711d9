"""An uploaded workbook is read as its texts, or refused by row and column; never a guess."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from xlsxwriter import Workbook as Writer

from documents import sandbox, workbooks
from documents.spreadsheets import Column, form_of
from documents.workbooks import is_workbook, sheet_rows
from workflow.tomlfile import FileFault

PATH = Path("unggahan/tabel.xlsx")
MOST = 1000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(*rows: tuple[Any, ...]) -> tuple[Workbook, Any]:
    """A workbook with these rows on its only sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    return book, sheet


def read(content: bytes, sheet: str = "Tabel") -> list[tuple[int, list[str]]]:
    return sheet_rows(content, PATH, sheet=sheet, most=MOST)


def faults(content: bytes) -> list[tuple[int | None, str, str]]:
    with pytest.raises(FileFault) as caught:
        read(content)
    return [(fault.line, fault.key, str(fault.what)) for fault in caught.value.faults]


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same archive with one part more, or in place of the one of this name."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return out.getvalue()


# What is read ------------------------------------------------------------------------------------


def test_numbers_and_texts_are_what_the_spreadsheet_shows():
    book, _sheet = book_of(
        ("Kode", "Isi"), ("01111", 3.0), (78422, 3.5), ("=1+1", 0.1 + 0.2), (None, " a\nb ")
    )
    book.worksheets[0]["A4"].data_type = "s"
    book.worksheets[0]["C4"] = "a_x000D_\nb"
    assert read(saved(book)) == [
        (1, ["Kode", "Isi"]),
        (2, ["01111", "3"]),
        (3, ["78422", "3.5"]),
        (4, ["=1+1", "0.3", "a\r\nb"]),
        (5, ["", " a\nb "]),
    ]


def test_rows_keep_the_numbers_of_the_sheet_and_hidden_ones_count():
    book, sheet = book_of(("Kode",))
    sheet["A7"], sheet["A9"] = "tujuh", "sembilan"
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["A"].hidden = True
    sheet["C500"].number_format = "0.00"  # formatted, but empty
    assert read(saved(book)) == [(1, ["Kode"]), (7, ["tujuh"]), (9, ["sembilan"])]


def test_the_sheet_of_the_name_is_read_else_the_first_one_shown():
    book, first = book_of(("tersembunyi",))
    first.sheet_state = "hidden"
    book.create_sheet("Catatan").append(["catatan"])
    book.create_sheet("Tabel").append(["tabel"])
    assert read(saved(book)) == [(1, ["tabel"])]
    book["Tabel"].sheet_state = "veryHidden"
    assert read(saved(book)) == [(1, ["catatan"])]


def test_a_formula_is_its_last_result():
    out = BytesIO()
    with Writer(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Kode", "Isi"])
        sheet.write_formula(1, 0, '="a"&"b"', None, "ab")
        sheet.write_formula(1, 1, "=1+1", None, 2)
    assert read(out.getvalue()) == [(1, ["Kode", "Isi"]), (2, ["ab", "2"])]


def test_a_form_comes_back_as_it_was_written():
    columns = [Column("nomor", "n", {"1": "satu", "2": ""}, whole=True), Column("teks", "t")]
    rows = [["1", "_x0041_ \u2013 \U0001f600"], ["2", "a\tb\r\nc"], ["", "  d "], ["", "1.0"]]
    found = read(form_of("Tabel", columns, rows))
    assert [texts for _number, texts in found] == [["nomor", "teks"], *rows]


def test_no_more_rows_are_returned_than_show_that_there_are_too_many():
    book, _sheet = book_of(*[("x",)] * 30)
    assert len(sheet_rows(saved(book), PATH, sheet="", most=10)) == 11


# What is refused ---------------------------------------------------------------------------------


def test_a_cell_without_a_plain_text_is_named_by_row_and_column():
    book, sheet = book_of(("Nama", "Isi", None))
    sheet["A3"], sheet["B4"], sheet["C5"] = date(2026, 1, 31), time(7, 30), datetime(2026, 1, 1)
    sheet["A6"], sheet["B7"], sheet["A8"] = timedelta(hours=30), True, "=1+1"
    sheet["B9"] = "#N/A"
    sheet["B9"].data_type = "e"
    assert [(row, column, said.split(":")[0]) for row, column, said in faults(saved(book))] == [
        (3, "Nama", "berisi tanggal atau jam"),
        (4, "Isi", "berisi tanggal atau jam"),
        (5, "C", "berisi tanggal atau jam"),
        (6, "Nama", "berisi tanggal atau jam"),
        (7, "Isi", "berisi TRUE atau FALSE"),
        (8, "Nama", "berisi rumus tanpa hasil"),
        (9, "Isi", "berisi kesalahan rumus"),
    ]


def test_the_result_of_a_formula_can_be_an_error():
    out = BytesIO()
    with Writer(out, {"in_memory": True}) as book:
        book.add_worksheet().write_formula(0, 0, "=1/0", None, "#DIV/0!")
    assert faults(out.getvalue()) == [(1, "A", "berisi kesalahan rumus")]


def test_merged_cells_with_a_value_are_named():
    book, sheet = book_of(("Nama", "Isi"), ("a", "b"), ("c", None))
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("A20:B21")  # empty: nothing is lost
    assert [(row, column) for row, column, _said in faults(saved(book))] == [(2, "Isi")]


def plain() -> bytes:
    return saved(book_of(("Nama",), ("a",))[0])


def odd_files() -> dict[str, tuple[bytes, str]]:
    hidden, sheet = book_of(("a",))
    hidden.create_sheet("lain")
    sheet.sheet_state = "hidden"
    all_hidden = saved(hidden)
    with zipfile.ZipFile(BytesIO(all_hidden)) as archive:
        names = archive.read("xl/workbook.xml").replace(b'state="visible"', b'state="hidden"')
    opendocument = BytesIO()
    with zipfile.ZipFile(opendocument, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<a/>")
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (b"" if n == 0 else b"%d" % (n - 1)) * 10)
        for n in range(9)
    )
    outside = b'<!DOCTYPE a [<!ENTITY a8 SYSTEM "file:///etc/passwd">'
    return {
        "old": (OLE, "bentuk lama (.xls)"),
        "locked": (OLE + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        "macros": (with_part(plain(), "xl/vbaProject.bin", b"x"), "makro"),
        "cut short": (plain()[:-200], "bukan buku kerja XLSX yang utuh"),
        "no archive": (b"PK\x03\x04" + b"x" * 50, "bukan buku kerja XLSX yang utuh"),
        "no sheet": (with_part(plain(), "xl/worksheets/sheet1.xml", b"<a"), "yang utuh"),
        "opendocument": (opendocument.getvalue(), "bukan buku kerja XLSX yang utuh"),
        "hidden": (with_part(all_hidden, "xl/workbook.xml", names), "semua lembar tersembunyi"),
        "entities": (
            with_part(plain(), "xl/worksheets/sheet1.xml", bomb + b"]><worksheet>&a8;</worksheet>"),
            "yang utuh",
        ),
        "outside": (
            with_part(
                plain(), "xl/worksheets/sheet1.xml", outside + b"]><worksheet>&a8;</worksheet>"
            ),
            "yang utuh",
        ),
    }


@pytest.mark.parametrize("name", odd_files())
def test_an_odd_file_is_refused_with_a_sentence(name):
    content, said = odd_files()[name]
    assert is_workbook(content)
    [(line, column, what)] = faults(content)
    assert (line, column) == (None, "")
    assert said in what


def test_more_text_than_a_table_may_have_is_refused():
    book, _sheet = book_of(*[("y" * 30_000,)] * 40)
    assert faults(saved(book)) == [(None, "", "lembar ini memuat lebih dari 1 MB teks")]


def heavy_sheet(row: bytes, times: int) -> bytes:
    """A small workbook whose sheet unfolds to many rows."""
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, row * times)
    return with_part(plain(), "xl/worksheets/sheet1.xml", sheet)


BLANK = b'<row ht="15"><c s="0"/><c s="0"/></row>'
LONG = b'<row><c t="inlineStr"><is><t>%s</t></is></c></row>' % (b"a" * 9000)
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(("row", "times"), [(BLANK, 1_000_000), (LONG, 5000), (FAR, 1)])
def test_what_unfolds_to_too_much_is_refused(row, times, caplog, monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 1)
    content = heavy_sheet(row, times)
    assert len(content) < 1024 * 1024
    [(_line, _column, said)] = faults(content)
    assert "terlalu besar setelah dibuka" in said
    assert "workbook_too_heavy" in caplog.text


def test_an_archive_that_states_too_little_is_refused_all_the_same(monkeypatch):
    monkeypatch.setattr(workbooks, "_MOST_UNFOLDED", 1 << 40)
    monkeypatch.setattr(sandbox, "SECONDS", 1)
    assert "terlalu besar setelah dibuka" in faults(heavy_sheet(BLANK, 500_000))[0][2]


def test_what_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.0)
    [(_line, _column, said)] = faults(plain())
    assert "terlalu besar setelah dibuka" in said
