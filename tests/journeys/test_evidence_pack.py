"""What an office proves to its evaluators: a gap is named, mended, and gone from the next pack."""

from __future__ import annotations

import json
import re
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import acts
from tests.journeys.building import fill
from tests.journeys.papers import write_pdf
from tests.journeys.people import Person, Stage

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

HEAD, ADMINISTRATOR = "kepala@purwakarta.demo.invalid", "admin@purwakarta.demo.invalid"
NO_PLEDGE = "Maklumat pelayanan belum ditetapkan."
NO_FORUM = "belum ada konsultasi publik."
WORDS = "Kami sanggup melayani sesuai standar, dan siap menerima sanksi bila tidak menepatinya."
OUTCOME = "Jangka waktu disepakati tanpa perubahan."
_OFFICE = """
from accounts.models import Office
from standards.models import StandardVersion
office = Office.objects.get(code="purwakarta")
print(office.pk, *StandardVersion.objects.in_force(now.date()).filter(
    service__office=office).values_list("pk", flat=True))
"""


def row_of(head: Person, indicator: str) -> Locator:
    """Return the row of an indicator on the page of the evidence."""
    return head.page.get_by_role("row").filter(has_text=re.compile(rf"^\s*{indicator}\. "))


def collect(head: Person) -> dict[str, bytes]:
    """Press the one button; return what is in the ZIP that comes of it."""
    head.press("Susun paket bukti")
    head.sees("Paket bukti sedang disusun.")
    head.waits_for(lambda: head.page.get_by_role("button", name="Susun paket bukti"))
    link = head.page.get_by_role("link", name="Unduh ZIP")
    with ZipFile(BytesIO(head.download(link.get_attribute("href") or ""))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def words_of(pdf: bytes) -> str:
    """Return the text of a PDF as another program reads it."""
    command = ["pdftotext", "-", "-"]  # cell by cell, not line by line
    read = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def add(admin: Person, page: str, fields: dict[str, str], paper: Path, versions: list[str]) -> None:
    """Fill one page of the administration, choose its paper, save."""
    admin.visit(page)
    fill(admin, fields)
    for version in versions:
        admin.page.locator(f"[name='versions'][value='{version}']").check()
    admin.page.locator("[name='upload']").set_input_files(paper)
    admin.press("Simpan")
    admin.sees("berhasil ditambahkan")


def test_a_gap_is_named_mended_and_gone(stage: Stage, tmp_path: Path) -> None:
    office, *versions = acts.play(stage.portal, _OFFICE).split()
    head = stage.person(HEAD)
    head.visit("/meja/laporan/")
    head.follow("Paket bukti PEKPPP")
    head.heading("Paket bukti PEKPPP")
    before = collect(head)
    expect(row_of(head, "05")).to_contain_text("Belum ada")
    for indicator, gap in (("05", NO_PLEDGE), ("02", NO_FORUM)):
        row = row_of(head, indicator)
        expect(row).to_contain_text(gap)
        expect(row).to_contain_text("Diperbaiki oleh administrator kantor.")
        expect(row.get_by_role("link", name=gap)).to_have_count(0)  # not hers to open
    assert NO_PLEDGE in words_of(before["00-daftar-indikator.pdf"])
    assert not [name for name in before if name.startswith("bukti/")]

    admin = stage.person(ADMINISTRATOR)
    add(
        admin, "/admin/standards/servicepledge/add/",
        {"office": office, "text": WORDS, "signed_on": "2026-11-02", "signed_by": "Kepala Dinas",
         "effective_on": "2026-11-02", "places": "Loket", "status": "ditetapkan"},
        write_pdf(tmp_path / "maklumat.pdf", "Maklumat bertanda tangan"), [],
    )  # fmt: skip
    add(
        admin, "/admin/standards/publicconsultation/add/",
        {"office": office, "held_on": "2026-11-09", "topic": "Standar pelayanan",
         "groups": "Pelaku usaha", "attendance": "12", "outcome": OUTCOME},
        write_pdf(tmp_path / "berita-acara.pdf", "Berita acara"), versions,
    )  # fmt: skip

    head.page.reload()
    expect(row_of(head, "05")).to_contain_text(NO_PLEDGE)  # a pack is frozen at its cut-off
    after = collect(head)
    for indicator in ("05", "02"):
        expect(row_of(head, indicator)).to_contain_text("Ada")
        expect(row_of(head, indicator).get_by_role("link")).to_have_count(1)  # its own PDF
    assert NO_PLEDGE not in words_of(after["00-daftar-indikator.pdf"])
    assert WORDS in words_of(after["indikator-05.pdf"])
    assert OUTCOME in words_of(after["indikator-02.pdf"])
    manifest = json.loads(after["manifest.json"])
    states = {one["code"]: one["state"] for one in manifest["indikator"]}
    assert (states["05"], states["02"]) == ("ada", "ada")
    assert {one["nama"] for one in manifest["berkas"]} == set(after) - {"manifest.json"}
    assert "Maklumat bertanda tangan" in words_of(after["bukti/05-maklumat.pdf"])
    assert "Berita acara" in words_of(after["bukti/02-berita-acara-1.pdf"])
    stranger = stage.person()
    stranger.visit("/kantor/purwakarta/")
    stranger.reads(WORDS)
