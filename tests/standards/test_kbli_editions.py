"""Facts about the editions of KBLI: a code of either one finds the service."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from standards.models import Kbli, KbliSuccessor
from standards.search import Wanted, find
from standards.services.kbli_table import Imported, import_kbli
from standards.services.loading import load_kbli
from standards.services.search_index import index_line
from tests.factories.standards import make_service, make_standard
from workflow.tomlfile import FileFault

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 16)


def pair(earlier: str, later: str) -> KbliSuccessor:
    old = Kbli.objects.get_or_create(code=earlier, edition=2020, defaults={"title": "Lama"})[0]
    new = Kbli.objects.get_or_create(code=later, edition=2025, defaults={"title": "Baru sekali"})[0]
    return KbliSuccessor.objects.create(earlier=old, later=new)


@pytest.mark.parametrize("asked", ["85999", "KBLI 85999", "baru sekali"])
def test_a_later_code_finds_the_service_of_the_earlier_one(client: Client, asked: str) -> None:
    link = pair("78499", "85999")
    pair("78499", "85998")
    make_standard(make_service(name="Pelatihan", kbli=link.earlier))
    assert [offer.service.name for offer in find(Wanted(asked), TODAY).offers] == ["Pelatihan"]
    for name in ("standards:service_list", "portal:search"):
        page = client.get(reverse(name), {"q": asked}).content.decode()
        said = "KBLI 85999 (edisi 2025)" in page and "KBLI 78499 (edisi 2020)" in page
        assert said is ("85999" in asked)


def test_an_earlier_code_finds_the_service_of_the_later_one() -> None:
    link = pair("78499", "85999")
    make_standard(make_service(name="Pelatihan", kbli=link.later))
    found = find(Wanted("78499"), TODAY)
    assert [offer.service.name for offer in found.offers] == ["Pelatihan"]
    assert [note.stands_as.code for note in found.lines] == ["85999"]


def test_a_pair_that_is_entered_later_is_found_too() -> None:
    line = Kbli.objects.create(code="78499", edition=2020, title="Lama")
    make_standard(make_service(name="Pelatihan", kbli=line))
    link = pair("78499", "85999")
    assert not find(Wanted("85999"), TODAY).offers
    index_line(link.later, on=TODAY)
    assert find(Wanted("85999"), TODAY).offers


def test_a_pair_goes_forward() -> None:
    link = pair("78499", "85999")
    with pytest.raises(ValidationError):
        KbliSuccessor(earlier=link.later, later=link.earlier).full_clean()


def test_pairs_are_loaded_from_the_file_once(tmp_path: Path) -> None:
    path = tmp_path / "kbli.toml"
    lines = """
[[kbli]]
code = "78499"
edition = 2020
title = "Lama"
[[kbli]]
code = "85999"
edition = 2025
title = "Baru"
[[successors]]
earlier = "78499/2020"
later = "%s"
"""
    path.write_text(lines % "85999/2025", encoding="utf-8")
    load_kbli(path)
    load_kbli(path)
    assert KbliSuccessor.objects.filter(earlier__code="78499", later__code="85999").count() == 1
    path.write_text(lines % "85997/2025", encoding="utf-8")
    with pytest.raises(FileFault):
        load_kbli(path)


# Tables ------------------------------------------------------------------------------------------

LINES = "kode;edisi;judul\n78499;2020;Lama sekali\n85999;2025;Pelatihan lain\n85998;2025;Kursus\n"
PAIRS = "kode_lama,edisi_lama,kode_baru,edisi_baru\n78499,2020,85999,2025\n"


def test_tables_of_lines_and_pairs_are_taken_twice_and_found() -> None:
    line = Kbli.objects.create(code="78499", edition=2020, title="Lama")
    make_standard(make_service(name="Pelatihan", kbli=line))
    assert import_kbli(LINES.encode("utf-8-sig"), "kbli.csv", on=TODAY) == Imported(2, 1)
    assert import_kbli(LINES.encode(), "kbli.csv", on=TODAY) == Imported(0)
    assert import_kbli(PAIRS.encode(), "padanan.csv", on=TODAY) == Imported(1)
    assert import_kbli(PAIRS.encode(), "padanan.csv", on=TODAY) == Imported(0)
    line.refresh_from_db()
    assert (line.title, line.listed) == ("Lama sekali", False)
    assert [offer.service.name for offer in find(Wanted("85999"), TODAY).offers] == ["Pelatihan"]


def test_faults_of_tables_are_named_by_row_and_column_and_nothing_is_stored(
    tmp_path: Path,
) -> None:
    Kbli.objects.create(code="78499", edition=2020, title="Lama")
    lines = "kode,edisi,judul\n7849,2020,Pendek\n78498,20,\n78497,2020,Baru\n78497,2020,Lagi\n"
    pairs = f"{PAIRS}78499,2020,78499,2020\n"
    for table, told in (
        (lines, [(2, "kode"), (3, "edisi"), (3, "judul"), (5, "kode")]),
        (pairs, [(2, "kode_baru"), (3, "edisi_baru")]),
        ("kode,judul\n78498,Baru\n", [(1, "edisi")]),
    ):
        with pytest.raises(FileFault) as caught:
            import_kbli(table.encode(), "kbli.csv", on=TODAY)
        assert [(fault.line, fault.key) for fault in caught.value.faults] == told
    assert Kbli.objects.count() == 1
    path = tmp_path / "kbli.csv"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(CommandError, match=r"judul.*\(baris 3\)"):
        call_command("import_kbli", path)
    with pytest.raises(FileFault):
        import_kbli(PAIRS.encode(), "padanan.csv", on=TODAY, whole=True)
