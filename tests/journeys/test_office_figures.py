"""The board of the head, the way of a report, and the promises as everybody reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.people import BEGINNING, PASSWORD, WIB, Person, Stage

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

HEAD, COMPILER, SECRETARY = (
    f"{name}@{acts.OFFICE}" for name in ("kepala", "bo", "sekretaris")
)  # fmt: skip
STUCK = ("BKK Tertahan Satu", "BKK Tertahan Dua", "BKK Tertahan Tiga")
NOTE = "Jelaskan mengapa peninjauan lapangan lebih lama."
MENDED = "Peninjauan lapangan lebih lama karena hujan lebat."


# The promise board: counted by hand first, before the other journeys add files -------------------

_RAW = """
import json
from permits.models import Application
from workflow.models import Holiday
files = Application.objects.filter(service__slug="tanda-daftar-bkk", closed_at__isnull=False)
print(json.dumps({
    "files": [
        [file.version.term_amount,
         [[one.kind, one.at.isoformat()] for one in file.clock_events.order_by("at", "pk")]]
        for file in files.select_related("version")
    ],
    "holidays": [str(one.on) for one in Holiday.objects.filter(office=None)],
}))
"""


def days_used(events: list[tuple[str, datetime]], is_workday: Callable[[date], bool]) -> int:
    """Count the closings of the office between start and end at which the clock went."""
    (_start, first), (_stop, last) = events[0], events[-1]
    pauses = list(zip(events[1:-1:2], events[2:-1:2], strict=True))
    day, used = first.date() + timedelta(days=1), 0
    while (close := datetime.combine(day, time(16), WIB)) < last:
        stood = any(one[1] < close < other[1] for one, other in pauses)
        used += is_workday(day) and not stood
        day += timedelta(days=1)
    return used


def test_the_promise_board_agrees_with_a_hand_count(stage: Stage, stranger: Person) -> None:
    raw = json.loads(acts.play(stage.portal, _RAW))
    stranger.visit("/janji/pekanbaru/")
    since = datetime.combine(BEGINNING.date().replace(year=2025, day=1), time(), WIB)
    until = since.replace(year=2026, month=since.month + 1)  # twelve whole months, and this one
    stranger.reads("sejak November 2025")
    counted, late = [], 0
    for promised, events in raw["files"]:
        told = [(kind, datetime.fromisoformat(at).astimezone(WIB)) for kind, at in events]
        if not since <= told[-1][1] < until:
            continue
        used = days_used(told, lambda day: day.weekday() < 5 and str(day) not in raw["holidays"])
        counted.append(used)
        late += used >= promised  # the promised day was over when it ended
    counted.sort()
    number = len(counted)
    assert number >= 10
    middle = (counted[(number - 1) // 2] + counted[number // 2]) / 2
    most = counted[-(-9 * number // 10) - 1]
    row = stranger.page.get_by_role("row").filter(has_text=acts.SERVICE)
    figures = [" ".join(cell.split()) for cell in row.get_by_role("cell").all_inner_texts()]
    words = [f"{days:g} hari kerja".replace(".", ",") for days in (middle, most)]
    assert figures[1:] == [*words, f"{100 * (number - late) // number}%", str(number)]
    stranger.visit("/layanan/pekanbaru/tanda-daftar-bkk/")
    stranger.reads(f"Biasanya {words[0]}")


# A report ----------------------------------------------------------------------------------------


def test_a_report_is_compiled_returned_once_approved_signed_and_published(
    stage: Stage, stranger: Person
) -> None:
    clerk = stage.person(COMPILER)
    clerk.visit("/meja/laporan/")
    form = clerk.page.get_by_role("form", name="Laporan bulanan")
    period = form.get_by_role("combobox").locator("option").last.inner_text()
    form.get_by_role("combobox").select_option(label=period)
    clerk.press("Susun laporan", within=form)
    clerk.sees("Laporan tersusun.")
    clerk.page.wait_for_load_state()
    report, title = clerk.page.url, clerk.page.get_by_role("heading", level=1).inner_text()
    clerk.press("Paraf dan ajukan")
    clerk.sees("Paraf Anda tercatat. Laporan diteruskan.")
    stranger.visit(report)
    expect(stranger.page.get_by_role("button", name="Masuk", exact=True)).to_be_visible()

    secretary = stage.person(SECRETARY)
    secretary.visit(report)
    secretary.write("Catatan untuk penyusun", NOTE)
    secretary.press("Kembalikan untuk diperbaiki")
    secretary.sees("Laporan dikembalikan kepada penyusun.")
    clerk.visit(report)
    clerk.reads(NOTE)
    clerk.follow("Ubah kalimat")
    clerk.page.get_by_role("textbox").first.fill(MENDED)
    clerk.press("Simpan")
    clerk.sees("Kalimat dan saran tersimpan.")
    clerk.press("Paraf dan ajukan")
    clerk.sees("Paraf Anda tercatat. Laporan diteruskan.")
    secretary.visit(report)
    secretary.reads(MENDED)
    secretary.press("Paraf dan setujui")
    secretary.sees("Laporan disetujui dengan paraf Anda.")

    head = stage.person(HEAD)
    head.visit(report)
    head.reads(MENDED)
    head.write("Kata sandi Anda", PASSWORD)
    head.press("Tanda tangani")
    head.sees("Laporan ditandatangani. PDF-nya sedang dibuat.")
    publish = clerk.page.get_by_role("button", name="Terbitkan di halaman kantor")
    clerk.visit(report)
    clerk.waits_for(lambda: publish)
    stranger.visit("/laporan/pekanbaru/")
    assert not stranger.page.get_by_role("link", name=title).count()
    publish.click()
    clerk.sees("Laporan diterbitkan di halaman kantor.")
    stranger.visit("/laporan/pekanbaru/")
    link = stranger.page.get_by_role("link", name=title)
    assert stranger.download(link.get_attribute("href") or "").startswith(b"%PDF-")


# The board ---------------------------------------------------------------------------------------


def test_the_head_finds_the_stuck_step_and_opens_its_files(stage: Stage) -> None:
    for holder in STUCK:
        acts.advance(stage.portal, acts.sent(stage.portal, holder), "tinjau")
    acts.sent(stage.portal, "BKK Baru")  # lies at another step
    stage.at(BEGINNING + timedelta(days=10))
    head = stage.person(HEAD)
    head.visit("/meja/papan/")
    head.heading("Di mana berkas tertahan?")
    table = head.page.get_by_role("table", name="Berkas terbuka menurut langkah SOP")
    row = table.get_by_role("row").filter(has_text=re.compile("lapangan", re.IGNORECASE))
    late = row.get_by_role("link", name=re.compile("Lewat waktu baku"))
    expect(late).to_have_text(re.compile(rf"^\s*{len(STUCK)}\s"))
    late.click()
    head.heading("Antrean")
    listed = head.page.get_by_role("table").locator("tbody tr")
    expect(listed).to_have_count(len(STUCK))
    head.reads(*STUCK)
    assert "BKK Baru" not in head.text()
    head.page.get_by_role("table").get_by_role("link", name=STUCK[0]).first.click()
    head.heading(STUCK[0])
