"""An administrator of the portal loads business lines and pairs; what is wrong stores nothing."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from accounts.models import User
from standards.models import Kbli, KbliSuccessor
from standards.search import Wanted, find
from tests.factories.accounts import make_admin, make_office, make_office_admin
from tests.factories.standards import make_service, make_standard
from tests.standards.test_kbli_editions import TODAY

pytestmark = pytest.mark.django_db

IMPORT = "admin:standards_kbli_impor"
STORE = "admin:standards_kbli_impor_simpan"
LINES = "kode;edisi;judul\n"
PAIRS = "kode_lama;edisi_lama;kode_baru;edisi_baru\n"


@pytest.fixture
def keeper(client: Client) -> User:
    """The administrator of the portal, logged in."""
    user = make_admin()
    client.force_login(user)
    return user


def workbook(text: str) -> bytes:
    """The table as a workbook; codes are texts, years are numbers."""
    book = Workbook()
    sheet = book.worksheets[0]
    for line in text.splitlines():
        cells = line.split(";")
        sheet.append([int(cell) if len(cell) == 4 and cell.isdigit() else cell for cell in cells])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sent(client: Client, content: bytes | str, name: str = "kbli.xlsx", **more: str) -> Any:
    if isinstance(content, str):
        content = content.encode()
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile(name, content), **more})


def stored(client: Client, shown: Any) -> Any:
    return client.post(reverse(STORE), {"token": shown.context["token"]}, follow=True)


def faults(answer: Any) -> list[tuple[int | None, str]]:
    return [(fault.line, fault.key) for fault in answer.context["faults"]]


def test_what_would_change_is_shown_and_stored_only_then(client, keeper):
    known = Kbli.objects.create(code="78499", edition=2020, title="Lama")
    Kbli.objects.create(code="78498", edition=2020, title="Tetap")
    table = LINES + "78499;2020;Lama sekali\n78498;2020;Tetap\n01111;2025;Jagung\n"
    shown = sent(client, workbook(table))
    said = shown.content.decode()
    assert "1 kode baru, 1 judul berubah" in said
    assert "1 baris sudah ada" in said
    for words in ("Lama", "Lama sekali", "01111", "Jagung"):
        assert f"<td>{words}</td>" in said
    known.refresh_from_db()
    assert (known.title, Kbli.objects.filter(code="01111").count()) == ("Lama", 0)

    answer = stored(client, shown)
    assert "1 baris ditambahkan, 1 judul diperbarui." in answer.content.decode()
    known.refresh_from_db()
    added = Kbli.objects.get(code="01111")
    assert (known.title, added.title, added.listed) == ("Lama sekali", "Jagung", False)
    recorded = LogEntry.objects.filter(user=keeper).order_by("object_id")
    assert [(row.object_id, row.change_message) for row in recorded] == [
        (str(pk), "Dari tabel kbli.xlsx.") for pk in sorted([known.pk, added.pk])
    ]


def test_the_same_table_again_changes_nothing(client, keeper):
    table = workbook(LINES + "78499;2020;Lama\n85999;2025;Baru\n")
    first = sent(client, table)
    stored(client, first)
    again = sent(client, table)
    assert "2 baris sudah ada" in again.content.decode()
    assert "Simpan perubahan" not in again.content.decode()
    before = list(Kbli.objects.values_list("pk", "title"))
    stored(client, first)  # back, and sent once more
    assert list(Kbli.objects.values_list("pk", "title")) == before
    pairs = sent(client, workbook(PAIRS + "78499;2020;85999;2025\n"))
    stored(client, pairs)
    stored(client, pairs)
    assert KbliSuccessor.objects.count() == 1


def test_csv_and_workbook_come_to_the_same(client, keeper):
    table = LINES + "78499;2020;Lama\n01111;2025;Jagung, kedelai\n"
    one = sent(client, table, "kbli.csv").context["changes"]
    two = sent(client, workbook(table)).context["changes"]
    values = [(row.code, row.edition, row.title) for row in one.lines]
    assert values == [(row.code, row.edition, row.title) for row in two.lines]


def test_a_service_is_found_by_all_codes_that_split_and_merge(client, keeper):
    """78499 becomes 85999 and 85998; 78498 becomes 85999 as well."""
    line = Kbli.objects.create(code="78499", edition=2020, title="Pelatihan lama")
    other = Kbli.objects.create(code="78498", edition=2020, title="Kursus lama")
    make_standard(make_service(name="Pelatihan", kbli=line))
    make_standard(make_service(name="Kursus", kbli=other))
    stored(client, sent(client, workbook(LINES + "85999;2025;Baru\n85998;2025;Lain\n")))
    pairs = PAIRS + "78499;2020;85999;2025\n78499;2020;85998;2025\n78498;2020;85999;2025\n"
    assert "3 padanan baru" in sent(client, workbook(pairs)).content.decode()
    stored(client, sent(client, workbook(pairs)))
    for code, names in (
        ("78499", {"Pelatihan"}),
        ("85998", {"Pelatihan"}),
        ("85999", {"Pelatihan", "Kursus"}),
        ("78498", {"Kursus"}),
    ):
        found = find(Wanted(code), TODAY).offers
        assert {offer.service.name for offer in found} == names, code


def test_a_title_that_changes_is_found_at_once(client, keeper):
    line = Kbli.objects.create(code="78499", edition=2020, title="Lama")
    make_standard(make_service(name="Pelatihan", kbli=line))
    stored(client, sent(client, workbook(LINES + "78499;2020;Penyelaman bawah laut\n")))
    assert [each.service.name for each in find(Wanted("penyelaman"), TODAY).offers] == ["Pelatihan"]


def test_a_whole_list_says_so(client, keeper):
    line = Kbli.objects.create(code="78499", edition=2020, title="Lama")
    shown = sent(client, workbook(LINES + "78499;2020;Lama\n"), whole="on")
    assert "1 kode menjadi bagian daftar" in " ".join(shown.content.decode().split())
    stored(client, shown)
    line.refresh_from_db()
    assert line.listed


BROKEN: tuple[tuple[str, list[tuple[int, str]]], ...] = (
    ("kode;judul\n78498;Baru\n", [(1, "edisi")]),
    ("kode;edisi;judul;warna\n78498;2020;Baru;biru\n", [(1, "warna")]),
    ("kode;kode;edisi;judul\n78498;78498;2020;Baru\n", [(1, "kode")]),
    (LINES + "1111;2020;Angka 0 di depan hilang\n", [(2, "kode")]),
    (LINES + "A;2020;Kategori\n78;2020;Golongan pokok\n", [(2, "kode"), (3, "kode")]),
    (LINES + "78498;;Tanpa edisi\n", [(2, "edisi")]),
    (LINES + "78498;20;Edisi pendek\n", [(2, "edisi")]),
    (LINES + "78498;2200;Edisi jauh\n", [(2, "edisi")]),
    (LINES + "78498;2020;\n", [(2, "judul")]),
    (LINES + f"78498;2020;{'x' * 251}\n", [(2, "judul")]),
    (LINES + "78498;2020;Satu\n78498;2020;Dua\n", [(3, "kode")]),
    (LINES + "78498;2020;Satu;lebih\n", [(2, "")]),
    (PAIRS + "78499;2020;85999;2025\n", [(2, "kode_baru")]),
    (PAIRS + "78499;2020;78499;2020\n", [(2, "edisi_baru")]),
    (PAIRS + "78499;2020;78497;2025\n78499;2020;78497;2025\n", [(3, "")]),
    (PAIRS + "78499;2020;;\n", [(2, "kode_baru"), (2, "edisi_baru")]),
    (PAIRS.replace(";edisi_baru", "") + "78499;2020;85999\n", [(1, "edisi_baru")]),
)


def test_a_broken_table_is_refused_by_row_and_column_and_stores_nothing(client, keeper):
    Kbli.objects.create(code="78499", edition=2020, title="Lama")
    Kbli.objects.create(code="78497", edition=2025, title="Baru")
    for text, told in BROKEN:
        for content in (text.encode(), workbook(text)):
            assert faults(sent(client, content)) == told, text
    assert (Kbli.objects.count(), KbliSuccessor.objects.count()) == (2, 0)
    assert not LogEntry.objects.exists()
    for content in (
        b"",
        b"\0\0",
        b"PK\x03\x04x",
        b"%PDF-\xff",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ):
        answer = sent(client, content)
        assert answer.context["form"].errors or answer.context["faults"], content
    assert faults(sent(client, PAIRS + "78499;2020;78497;2025\n", whole="on")) == [(1, "")]


def test_signs_that_nobody_sees_are_taken_out_of_titles(client, keeper):
    stored(client, sent(client, LINES + "78499;2020;Ja\0gung\u202e  muda\n", "kbli.csv"))
    assert Kbli.objects.get(code="78499").title == "Jagung muda"


def test_a_line_that_has_gone_meanwhile_is_named(client, keeper):
    Kbli.objects.create(code="78499", edition=2020, title="Lama")
    Kbli.objects.create(code="85999", edition=2025, title="Baru")
    shown = sent(client, PAIRS + "78499;2020;85999;2025\n", "padanan.csv")
    Kbli.objects.filter(code="85999").delete()
    assert "kode ini belum ada di daftar edisi itu" in stored(client, shown).content.decode()
    for token in ("", "x", shown.context["token"][:-3]):
        answer = client.post(reverse(STORE), {"token": token}, follow=True)
        assert "Berkas tidak terbaca lagi" in answer.content.decode()


def test_a_list_of_the_usual_size_is_loaded(client, keeper):
    text = LINES + "".join(
        f"{code};2025;Perdagangan nomor {code}\n" for code in range(10000, 11800)
    )
    shown = sent(client, workbook(text))
    assert len(shown.context["changes"].lines) == 1800
    assert shown.content.decode().count("<tr>") < 220
    stored(client, shown)
    assert Kbli.objects.count() == 1800
    back = client.get(reverse("admin:standards_kbli_unduh"))
    again = sent(client, back.content).context["changes"]
    assert (bool(again), len(again.unchanged)) == (False, 1800)


def test_pairs_go_out_and_come_back(client, keeper):
    old = Kbli.objects.create(code="01111", edition=2020, title="=Jagung")
    new = Kbli.objects.create(code="01112", edition=2025, title="Jagung")
    KbliSuccessor.objects.create(earlier=old, later=new)
    back = client.get(reverse("admin:standards_kblisuccessor_unduh")).content
    cells = [[cell.value for cell in row] for row in load_workbook(BytesIO(back)).worksheets[0]]
    assert cells[1] == ["01111", 2020, "01112", 2025]
    assert len(sent(client, back).context["changes"].unchanged) == 1
    lines = client.get(reverse("admin:standards_kbli_unduh")).content
    assert not sent(client, lines).context["changes"]


def test_only_an_administrator_of_the_portal_imports(client):
    token = {"token": "x"}
    for user in (None, make_office_admin(make_office())):
        client.logout()
        if user:
            client.force_login(user)
        expected = 403 if user else 302
        assert client.get(reverse(IMPORT)).status_code == expected
        assert client.post(reverse(STORE), token).status_code == expected
        assert sent(client, LINES + "78499;2020;Lama\n").status_code == expected
    lists = [reverse(f"admin:standards_{name}_changelist") for name in ("kbli", "kblisuccessor")]
    for url in lists:
        assert reverse(IMPORT) not in client.get(url).content.decode()
    client.force_login(make_admin())
    for url in lists:
        assert reverse(IMPORT) in client.get(url).content.decode()
    assert not Kbli.objects.exists()


def test_the_list_says_that_codes_are_missing_until_a_whole_table_came(client, keeper):
    Kbli.objects.all().delete()
    lists = reverse("admin:standards_kbli_changelist")
    title = "Daftar ini tidak memuat semua kode"
    assert title in client.get(lists).content.decode()
    for code in ("78422", "78423", "70209"):
        Kbli.objects.create(code=code, edition=2020, title="Usaha")
    page = client.get(lists).content.decode()
    assert "Edisi 2020: 3 kode. Golongan pokok yang lengkap: 0; yang tidak: 2." in page
    assert "Peraturan BPS 7/2025" in page
    Kbli.objects.filter(code__startswith="78").update(listed=True)
    page = client.get(lists).content.decode()
    assert "Edisi 2020: 3 kode. Golongan pokok yang lengkap: 1; yang tidak: 1." in page
    Kbli.objects.update(listed=True)
    assert title not in client.get(lists).content.decode()
