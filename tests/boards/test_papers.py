"""Boards on paper: what the page shows, for whoever ordered it, for a day."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage

from boards.models import BoardPaper, BoardReader
from boards.services import papers
from boards.services.counting import recount
from tests.boards.world import write_world
from tests.factories.filing import signed_in
from tests.factories.permits import NOON, Cast, make_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


def test_the_board_of_now_is_printed_as_it_was_seen(cast: Cast) -> None:
    make_submitted(cast, NOON)
    head = signed_in(cast.at("kepala-dinas"))
    answer = head.post(f"/meja/papan/cetak/?kantor={cast.office.code}")
    assert "Cetakan sedang disiapkan" in head.get(answer["Location"]).content.decode()
    make_submitted(cast, NOON)  # what comes later is not on it
    assert papers.print_papers(NOON).done == 1
    assert papers.print_papers(NOON).done == 0
    found = head.get(answer["Location"])
    assert found["Content-Type"] == "application/pdf"
    pdf = pikepdf.open(BytesIO(b"".join(found.streaming_content)))  # type: ignore[attr-defined]
    assert len(pdf.pages) >= 1
    paper = BoardPaper.objects.get()
    assert ["Terbuka", "1"] in paper.content["figures"][0]
    [table] = [
        one for one in paper.content["tables"] if one["title"] == "Berkas terbuka menurut layanan"
    ]
    assert table["rows"][0][:2] == [cast.service.name, "1"]
    [chart] = paper.content["charts"]
    assert (chart["kind"], chart["chart"]["bars"][0]["figure"]) == ("stacked", "1")


def test_a_print_has_the_figures_and_the_rights_of_the_page(cast: Cast) -> None:
    write_world(cast, 12)
    recount(cast.office, at=NOON)
    head, named = cast.at("kepala-dinas"), cast.at("tim-teknis")
    desk = cast.at("front-office").appointments.get().position
    desk.superior = head.appointments.get().position
    desk.save()
    BoardReader.objects.create(position=named.appointments.get().position)
    address = "/meja/papan/masa-lalu/cetak/?periode=12-bulan"
    for user in (head, named):
        signed_in(user).post(address)
    of_head, of_named = BoardPaper.objects.order_by("pk")
    titles = [table["title"] for table in of_head.content["tables"]]
    assert "Beban dan waktu setiap petugas" in titles
    assert "Beban dan waktu setiap petugas" not in str(of_named.content)
    page = signed_in(head).get("/meja/papan/masa-lalu/", {"periode": "12-bulan"})
    answered = page.context["board"].answered
    assert ["Berkas dijawab", str(answered)] in of_head.content["figures"][0]


@pytest.mark.parametrize("address", ["/meja/papan/cetak/", "/meja/papan/masa-lalu/cetak/"])
def test_a_print_is_the_same_in_whatever_language_it_was_ordered(cast: Cast, address: str) -> None:
    write_world(cast, 12)
    make_submitted(cast, NOON)
    recount(cast.office, at=NOON)
    head = signed_in(cast.at("kepala-dinas"))
    for language in ("id", "en"):
        head.cookies["django_language"] = language
        head.post(f"{address}?kantor={cast.office.code}&periode=12-bulan")
    indonesian, english = BoardPaper.objects.order_by("pk")
    assert english.content == indonesian.content


def test_every_chart_of_a_print_has_a_table_with_its_figures(cast: Cast) -> None:
    write_world(cast, 12)
    recount(cast.office, at=NOON)
    head = signed_in(cast.at("kepala-dinas"))
    head.post("/meja/papan/masa-lalu/cetak/?periode=12-bulan")
    content = BoardPaper.objects.get().content
    rows = [{str(cell).strip() for cell in row} for one in content["tables"] for row in one["rows"]]
    kinds = set()
    for one in content["charts"]:
        kinds.add(one["kind"])
        for drawn in one["chart"].get("bars") or one["chart"]["points"]:
            figure = drawn["figure"].removesuffix("%")
            assert any({figure, f"{figure}%"} & row for row in rows), drawn
    assert kinds == {"bars", "line"}


def test_nobody_else_fetches_it_and_after_a_day_nobody(cast: Cast) -> None:
    head, named = cast.at("kepala-dinas"), cast.at("tim-teknis")
    BoardReader.objects.create(position=named.appointments.get().position)
    address = signed_in(head).post("/meja/papan/cetak/")["Location"]
    papers.print_papers(NOON)
    assert signed_in(named).get(address).status_code == 404
    assert signed_in(cast.at("back-office")).get(address).status_code == 404
    assert signed_in(cast.at("back-office")).post("/meja/papan/cetak/").status_code == 404
    name = str(BoardPaper.objects.get().file.name)
    papers.print_papers(NOON + timedelta(hours=23))
    assert default_storage.exists(name)
    papers.print_papers(NOON + timedelta(days=1))
    assert not default_storage.exists(name)
    assert signed_in(head).get(address).status_code == 404


def test_a_worker_that_died_after_printing_prints_again(cast: Cast) -> None:
    signed_in(cast.at("kepala-dinas")).post("/meja/papan/cetak/")
    papers.print_papers(NOON)
    BoardPaper.objects.update(job_status="terutang", file="", next_try_at=NOON)
    assert papers.print_papers(NOON).done == 1
    assert BoardPaper.objects.get().file


def test_each_figure_of_a_print_is_read_with_its_column_and_its_row(cast: Cast) -> None:
    """What a screen reader finds in the tags of the PDF: the headings of each cell."""
    make_submitted(cast, NOON)
    head = signed_in(cast.at("kepala-dinas"))
    head.post("/meja/papan/cetak/")
    papers.print_papers(NOON)
    paper = BoardPaper.objects.get()
    with paper.file.open() as file, pikepdf.open(BytesIO(file.read())) as pdf:
        bodies = tagged(pdf.Root.StructTreeRoot, "/TBody")
        many = len(paper.content["figures"])
        cells = [cell for body in bodies[:many] for cell in tagged(body, "/TD")]
        assert cells
        assert all(len(cell.A.Headers) == 1 for cell in cells)
        rows = [row for body in bodies[many:] for row in tagged(body, "/TR")]
        assert len(rows) >= 4
        for row in rows:
            assert len(tagged(row, "/TH")) == 1
            assert all(len(cell.A.Headers) == 2 for cell in tagged(row, "/TD"))


def tagged(element: Any, kind: str) -> list[Any]:
    """Return the structure elements of a kind below ``element``, the first one first."""
    kids = element.get("/K", [])
    found = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += [kid] if kind == kid.S else []
            found += tagged(kid, kind)
    return found
