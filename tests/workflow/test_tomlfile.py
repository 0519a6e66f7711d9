"""Reading a file key by key."""

from __future__ import annotations

from datetime import date, time

import pytest

from workflow.tomlfile import FileFault, read

TEXT = """
name = '''
  two lines
with an indent
'''
count = 3
yes = true
day = 2026-11-16
moment = 2026-11-16T08:00:00
hour = 07:30:00
words = ["a", "b"]
mixed = ["a", 1]
[[rows]]
key = "first"
[[rows]]
key = "second"
"""


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.toml"
    path.write_text(TEXT)
    return read(path)


def test_values_are_read_by_their_type(page):
    assert page.text("name") == "  two lines\nwith an indent"
    assert page.whole("count") == 3
    assert page.flag("yes", False) is True
    assert page.day("day") == date(2026, 11, 16)
    assert page.hour("hour") == time(7, 30)
    assert page.texts("words") == ["a", "b"]
    assert [row.text("key") for row in page.tables("rows")] == ["first", "second"]


def test_what_is_absent_takes_its_default(page):
    assert page.text("other", "x") == "x"
    assert page.optional_whole("other") is None
    assert page.optional_day("other") is None
    assert page.flag("other", False) is False
    assert page.tables("other") == []


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda page: page.text("count"), "page.toml: count: harus berupa teks"),
        (lambda page: page.whole("yes"), "yes: harus berupa bilangan bulat"),
        (lambda page: page.day("moment"), "moment: harus berupa tanggal"),
        (lambda page: page.texts("mixed"), "mixed: harus berupa daftar teks"),
        (lambda page: page.tables("words"), "words: harus berupa daftar tabel"),
        (lambda page: page.text("other"), "other: wajib diisi"),
        (lambda page: page.tables("rows")[1].whole("key"), r"rows\[2\]\.key: harus berupa"),
        (lambda page: page.one_of("name", ["x"]), "tidak dikenal"),
        (lambda page: page.all_in("words", {"a": 1}), "words: b tidak dikenal"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(page, ask, said):
    with pytest.raises(FileFault, match=said):
        ask(page)


def test_a_key_that_nobody_asked_for_is_refused(page):
    with pytest.raises(FileFault, match="name: kunci ini tidak dikenal"):
        page.end()


def test_a_file_that_is_no_toml_or_not_there_is_said(tmp_path):
    (tmp_path / "bad.toml").write_text("a = ")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    for name, said in (("bad", "bukan TOML"), ("binary", "bukan TOML"), ("none", "tidak dapat")):
        with pytest.raises(FileFault, match=f"{name}.toml: {said}"):
            read(tmp_path / f"{name}.toml")
