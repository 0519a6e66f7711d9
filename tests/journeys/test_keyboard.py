"""Without a mouse: applying, checking and signing by Tab, Enter and Space; and without a script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import acts, cases
from tests.journeys.people import PASSWORD, Person, Stage

pytestmark = [pytest.mark.browser, pytest.mark.once]

FIRST, SECOND = "pemohon1@demo.invalid", "pemohon2@demo.invalid"
LONGEST_WALK = 150  # presses of Tab; a page that needs more has lost somebody on the way
# what the eye sees of the focus, once the page has scrolled to it: a ring, on something in sight
_SEEN = """
async (target) => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const one = document.activeElement;
  if (!one || one === document.body) return { name: "(window)", fault: "", here: false };
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1)
    || style.boxShadow !== "none" || one.localName === "iframe";  // a frame draws its own
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  return {
    name: `${one.localName} ${one.id || one.name || one.textContent.trim().slice(0, 40)}`,
    fault: !seen ? "out of sight" : !ring ? "without a ring" : "",
    here: one === target,
  };
}
"""


class Keyboard:
    """Hands that never touch the mouse, and eyes that must see where they are."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.page = person.page
        self.page.emulate_media(reduced_motion="reduce")  # nothing to wait for while it scrolls

    def walk_to(self, target: Locator) -> None:
        """Press Tab until ``target`` has the focus; at every stop the eye must find it."""
        expect(target).to_be_visible()
        passed: list[str] = []
        for _press in range(LONGEST_WALK):
            stop = target.evaluate(_SEEN)
            assert not stop["fault"], f"{stop['name']} is {stop['fault']}"
            if stop["here"]:
                return
            passed.append(stop["name"])
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached: {passed}")

    def keep_their_place(self) -> None:
        """Fail when a piece of the page was exchanged and took the focus with it."""
        self.page.wait_for_function("() => document.activeElement !== document.body")

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Go to a button or link and press it."""
        self.walk_to(target)
        self.page.keyboard.press(key)

    def write(self, target: Locator, words: str) -> None:
        """Go to a field and type."""
        self.walk_to(target)
        self.page.keyboard.type(words)

    def choose(self, target: Locator) -> None:
        """Tick a box or the first of some choices with the space bar."""
        self.walk_to(target)
        self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """Return the first button of this name."""
        return self.page.get_by_role("button", name=name).first

    def link(self, name: str | re.Pattern[str]) -> Locator:
        """Return the first link of this name."""
        return self.page.get_by_role("link", name=name).first

    def log_in(self, email: str) -> None:
        """Log in."""
        self.person.visit("/akun/login/")
        self.write(self.page.get_by_label("Alamat e-mail"), email)
        self.write(self.page.get_by_label("Kata sandi", exact=True), PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.button(re.compile("^Masuk$"))).to_have_count(0)


def test_the_first_stop_leads_past_the_menu(stage: Stage) -> None:
    hands = Keyboard(stage.person())
    for path in ("/", "/akun/login/", "/lacak/"):
        hands.person.visit(path)
        hands.page.keyboard.press("Tab")
        first = hands.page.locator(":focus")
        expect(first).to_have_attribute("href", "#isi")
        hands.walk_to(first)  # and it is seen
        hands.page.keyboard.press("Enter")
        hands.page.keyboard.press("Tab")
        inside = "() => !!document.activeElement.closest('main, footer')"
        assert hands.page.evaluate(inside), f"{path}: the menu comes once more"


def test_applying_by_keyboard_alone(stage: Stage, tmp_path: Path) -> None:
    hands = Keyboard(stage.person())
    page = hands.page
    hands.log_in(FIRST)
    hands.person.visit("/ajukan/pekanbaru/tanda-daftar-bkk/")
    hands.press(hands.button("Mulai mengisi"))
    hands.person.heading(acts.SERVICE)
    hands.press(hands.link("Lanjutkan mengisi"))

    orders = []
    hands.walk_to(page.get_by_label("Perorangan"))  # none is chosen yet: Tab meets the first one
    expect(page.get_by_label("Perorangan")).not_to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Badan usaha/lembaga")).to_be_checked()
    for label, words in {**acts.IDENTITY, **acts.FIELDS}.items():
        field = page.get_by_role("textbox", name=label)
        if label == "Nama penanggung jawab":
            field.evaluate("one => { one.value = '' }")  # the account's name stands there already
        hands.write(field, words)
        orders.append(field.evaluate("one => one.getBoundingClientRect().top + scrollY"))
    assert orders == sorted(orders), "Tab jumps about on the page"
    hands.choose(page.get_by_label("Sekolah kejuruan"))
    hands.press(hands.button("Simpan dan lanjut"))
    hands.person.heading("Berkas persyaratan")

    page.on("filechooser", lambda chooser: None)  # heard all the time, not from Enter to Enter
    for requirement, name in acts.PAPERS.items():
        box = page.get_by_label(re.compile(f"Pilih berkas.*: {re.escape(requirement)}", re.S))
        hands.walk_to(box)
        with page.expect_file_chooser() as chooser:
            page.keyboard.press("Enter")
        chooser.value.set_files(acts.paper(tmp_path, name))
        expect(page.get_by_role("link", name=name)).to_be_focused()  # not lost with the box
    declared = page.get_by_label("Saya menyatakan memenuhi persyaratan ini")
    if declared.count():
        hands.choose(declared)
    hands.press(hands.button("Simpan dan lanjut"))
    hands.press(hands.link(re.compile("Periksa.*kirim", re.I)))
    hands.choose(page.get_by_label("Saya menyatakan bahwa data dan berkas"))
    hands.press(hands.button("Kirim permohonan"), "Space")
    hands.person.heading("Permohonan Anda sudah kami terima")


def test_checking_by_keyboard_alone(stage: Stage) -> None:
    holder = "BKK Papan Ketik"
    acts.sent(stage.portal, holder, SECOND)
    hands = Keyboard(stage.person())
    page = hands.page
    hands.log_in(f"fo@{acts.OFFICE}")
    hands.person.heading("Antrean")
    hands.press(page.get_by_role("table").get_by_role("link", name=holder))
    hands.person.heading(holder)
    hands.press(hands.button("Terima berkas"))
    hands.person.sees("Penerimaan berkas tercatat di kartu kendali.")
    papers = list(acts.PAPERS)
    refused = acts.article_of(hands.person, papers[0])
    hands.press(refused.locator("summary").filter(has_text="Tidak sesuai"))
    expect(refused.get_by_label("Alasan, dibaca pemohon")).to_be_focused()  # the fold leads there
    page.keyboard.type("Tidak terbaca")
    page.keyboard.press("Enter")
    expect(refused.get_by_text("Alasan: Tidak terbaca")).to_be_visible()
    for requirement in papers[1:]:
        article = acts.article_of(hands.person, requirement)
        hands.press(article.get_by_role("button", name=re.compile("^Sesuai")), "Space")
        expect(article.get_by_text("Belum diperiksa")).to_have_count(0)
        hands.keep_their_place()
    fold = page.locator("summary", has_text="Kembalikan untuk dilengkapi").first
    if fold.locator("..").get_attribute("open") is None:
        hands.press(fold)
    hands.press(hands.button(re.compile("^Kembalikan untuk dilengkapi")))
    hands.person.sees("Berkas dikembalikan. Pemohon diberi tahu semua kekurangannya.")


def test_a_held_key_judges_one_paper(stage: Stage) -> None:
    holder = "BKK Tombol Tertahan"
    acts.sent(stage.portal, holder, SECOND)
    officer = stage.person(f"fo@{acts.OFFICE}", width=1440)
    acts.open_file(officer, holder)
    acts.receive(officer)
    page = officer.page
    unchecked = page.locator("[data-unchecked]")
    before = unchecked.count()
    assert before >= 3
    unchecked.first.get_by_role("link").first.focus()
    for _repeat in range(20):  # held: the second and later ones are repeats
        page.keyboard.down("s")
        page.wait_for_timeout(50)
    page.keyboard.up("s")
    expect(unchecked).to_have_count(before - 1)
    page.keyboard.press("s")  # pressed anew it goes on with the next
    expect(unchecked).to_have_count(before - 2)


def test_signing_by_keyboard_alone(stage: Stage) -> None:
    holder = "BKK Tanda Tangan Ketik"
    path = acts.sent(stage.portal, holder, SECOND)
    acts.advance(stage.portal, path, "tanda_tangan")
    hands = Keyboard(stage.person())
    page = hands.page
    hands.log_in(f"kepala@{acts.OFFICE}")
    hands.press(hands.link("Buka antrean"))  # a report waits too, so the way begins at what waits
    hands.press(page.get_by_role("table").get_by_role("link", name=holder))
    hands.person.heading(holder)
    acts.sees_draft(hands.person)
    hands.walk_to(hands.link("Buka konsep (PDF)"))
    hands.write(acts.password_of(hands.person), "bukan kata sandi saya")
    page.keyboard.press("Enter")
    hands.person.sees("Kata sandi salah. Dokumen belum ditandatangani.")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()  # the fault is read first, and leads to its field
    hands.press(summary.get_by_role("link").first)
    expect(acts.password_of(hands.person)).to_be_focused()
    page.keyboard.type(PASSWORD)
    hands.press(hands.button("Tanda tangani dokumen"), "Space")
    hands.person.sees("Persetujuan Anda tercatat.")


def test_complaining_by_keyboard_alone(stage: Stage) -> None:
    hands = Keyboard(stage.person())
    page = hands.page
    hands.person.visit("/pengaduan/kampar/kirim/")
    hands.choose(page.get_by_label("Ya, saya menyebut nama"))
    hands.write(page.get_by_label(re.compile("^Nama")), "Rani Melur")
    hands.write(page.get_by_label(re.compile("^Nomor telepon")), "081234567890")
    hands.write(page.get_by_label(re.compile("^Isi laporan")), cases.TEXT)
    hands.choose(page.get_by_label("Rahasiakan laporan ini"))
    hands.press(hands.button("Periksa"))
    hands.person.heading("Periksa sebelum mengirim")
    hands.press(hands.button("Kirim pengaduan"), "Space")
    hands.person.heading("Pengaduan Anda sudah kami terima")
    number, secret = cases.kept(hands.person)
    hands.press(hands.link("Lacak dengan nomor dan kode"))
    hands.write(page.get_by_label("Nomor laporan"), number)
    hands.write(page.get_by_label("Kode rahasia"), secret)
    page.keyboard.press("Enter")
    hands.person.heading(number)


def test_applying_without_a_script(stage: Stage, tmp_path: Path) -> None:
    applicant = stage.person(SECOND, javascript=False, width=400)
    address = acts.start(applicant)
    applicant.follow("Lanjutkan mengisi")
    acts.fill_form(applicant)
    for requirement, name in acts.PAPERS.items():
        label = re.compile(f"Pilih berkas.*: {re.escape(requirement)}", re.S)
        applicant.page.get_by_label(label).set_input_files(acts.paper(tmp_path, name))
    applicant.page.get_by_label("Saya menyatakan memenuhi persyaratan ini").check()
    applicant.press("Simpan dan lanjut")  # all at once, with the one button
    applicant.visit(address + "periksa/")
    applicant.reads(*acts.IDENTITY.values(), *acts.FIELDS.values(), *acts.PAPERS.values())
    acts.send(applicant)
    applicant.heading("Permohonan Anda sudah kami terima")
