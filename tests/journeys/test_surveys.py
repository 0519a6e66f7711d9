"""Surveys where people meet them: on a phone, on the tablet, on paper, at a step of an SOP."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.people import Person, Stage
from tests.servers import Portal

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

HEAD = f"kepala@{acts.OFFICE}"
ANSWERED = "Survei untuk berkas ini sudah diisi. Terima kasih."
_INVITE = "\nfrom surveys.services.invitations import invite_due\ninvite_due(now)\n"
_KAMPAR = f"""
draft = samples.draft(
    Service.objects.get(office__code="kampar"), User.objects.get(email="pemohon2@demo.invalid"), now
)
file = samples.advance(samples.submit(samples.reload(draft), now), StepKind.SURVEY, now)
{_INVITE}
print(file.get_absolute_url(), file.number)
"""


def finished(portal: Portal, holder: str) -> str:
    """Let a file reach its end and its applicant be invited; return its number."""
    path = acts.sent(portal, holder)
    acts.advance(portal, path, "")
    return acts.play(portal, f"{_INVITE}print({acts.file_at(path)}.number)")


def answers(head: Person) -> int:
    """Return how many answers the head reads for the period that runs."""
    head.visit("/meja/survei/")
    head.heading("Survei kepuasan")
    found = re.search(r"(\d+) jawaban\.", head.text())
    return int(found[1]) if found else 0


def tick(person: Person) -> None:
    """Give every question its last answer: the words are the button."""
    for question in person.page.locator(".survey-question").all():
        question.locator(".form-check-label").last.click()
        expect(question.get_by_role("radio").last).to_be_checked()


def open_letter(person: Person, number: str) -> None:
    """Follow the link of the message that asks about a file."""
    person.visit("/demo/surat/")
    letter = person.page.get_by_role("article").filter(has_text=number)
    link = letter.locator("a[href*='/survei/undangan/']")
    person.waits_for(lambda: link)
    link.first.click()
    person.heading("Survei kepuasan")


def test_on_a_phone_by_the_link_of_the_message(stage: Stage) -> None:
    number = finished(stage.portal, "BKK Ponsel")
    head = stage.person(HEAD)
    before = answers(head)
    citizen = stage.person(width=360)
    open_letter(citizen, number)
    link = citizen.page.url
    citizen.page.locator(".form-check-label").first.click()
    citizen.press("Kirim jawaban")
    citizen.sees("Pilih salah satu jawaban.")
    expect(citizen.page.get_by_role("radio").first).to_be_checked()  # what was chosen stays
    assert answers(head) == before
    assert citizen.page.evaluate("document.documentElement.scrollWidth") <= 360
    tick(citizen)
    citizen.press("Kirim jawaban")
    citizen.heading("Terima kasih")
    citizen.reads("tanpa nama dan tanpa nomor berkas")
    assert answers(head) == before + 1
    citizen.visit(link)
    citizen.sees(ANSWERED)


def test_on_the_tablet_at_the_counter(stage: Stage) -> None:
    number = finished(stage.portal, "BKK Tablet")
    found = f"Application.objects.get(number={number!r})"
    code = acts.play(stage.portal, f"print({found}.tracking_code)")[-4:]
    head = stage.person(HEAD)
    before = answers(head)
    tablet = stage.person(f"pengaduan@{acts.OFFICE}", width=820)
    tablet.page.clock.install()
    tablet.visit("/meja/survei/")
    tablet.press("Keluar dan buka tablet")
    tablet.heading("Bagaimana pelayanan kami?")
    tablet.write("Nomor permohonan", number.lower())
    tablet.write("Empat tanda terakhir kode lacak", code.lower())
    tablet.press("Mulai")
    tick(tablet)
    tablet.page.clock.fast_forward("02:59")
    expect(tablet.page.get_by_role("radio").last).to_be_checked()
    tablet.page.clock.fast_forward("00:02")  # three minutes in which nobody touched it
    tablet.heading("Bagaimana pelayanan kami?")
    tablet.write("Nomor permohonan", number.lower())
    tablet.write("Empat tanda terakhir kode lacak", code.lower())
    tablet.press("Mulai")
    expect(tablet.page.locator("input:checked")).to_have_count(0)
    tick(tablet)
    tablet.press("Kirim jawaban")
    tablet.heading("Terima kasih")
    assert answers(head) == before + 1
    tablet.page.clock.fast_forward("00:16")
    tablet.heading("Bagaimana pelayanan kami?")  # by itself, for the next
    tablet.write("Nomor permohonan", number)
    tablet.write("Empat tanda terakhir kode lacak", code.lower())
    tablet.press("Mulai")
    tablet.sees(ANSWERED)
    tablet.visit("/meja/")
    expect(tablet.page.get_by_role("button", name="Masuk", exact=True)).to_be_visible()


def test_on_paper_entered_by_who_did_not_work_on_the_file(stage: Stage) -> None:
    number = finished(stage.portal, "BKK Kertas")
    worked = stage.person(f"bo@{acts.OFFICE}")
    worked.visit(f"/meja/survei/kertas/?number={number}")
    worked.sees(re.compile("Anda ikut mengerjakan berkas ini"))
    assert not worked.page.get_by_role("radio").count()

    head = stage.person(HEAD)
    before = answers(head)
    other = stage.person(f"pengaduan@{acts.OFFICE}")
    other.visit("/meja/survei/")
    other.follow("Catat lembar kertas")
    other.write("Nomor permohonan", number)
    other.press("Cari berkas")
    other.reads(acts.SERVICE)
    tick(other)
    other.press("Simpan lembar")
    other.sees("Lembar survei tersimpan.")
    assert answers(head) == before + 1
    marked = "from surveys.models import Response\nprint(Response.objects.filter(source='kertas')"
    assert acts.play(stage.portal, f"{marked}.count())") == "1"
    other.visit(f"/meja/survei/kertas/?number={number}")
    other.sees(ANSWERED)


def test_kampars_step_waits_for_the_answer_and_closes_itself(stage: Stage) -> None:
    path, number = acts.play(stage.portal, _KAMPAR).split()
    card = path.replace("/permohonan/", "/meja/") + "kartu/"
    officer = stage.person("fo@kampar.demo.invalid")
    officer.visit(card)
    officer.reads(number, "Pengisian kuesioner")
    assert "Kuesioner sudah diisi pemohon." not in officer.text()

    applicant = stage.person("pemohon2@demo.invalid", width=360)
    applicant.visit(path)
    applicant.reads("Kuesioner kepuasan", "Begitu terisi, dokumen dapat diunduh")
    collect = applicant.page.get_by_role("button", name="Unduh izin")
    assert not collect.count()
    applicant.follow("Isi kuesioner")
    applicant.heading("Survei kepuasan")
    tick(applicant)
    applicant.press("Kirim jawaban")
    applicant.heading("Terima kasih")

    officer.waits_for(lambda: officer.page.get_by_text("Kuesioner sudah diisi pemohon."))
    applicant.visit(path)
    assert not applicant.page.get_by_role("link", name="Isi kuesioner").count()
    expect(collect).to_be_visible()
