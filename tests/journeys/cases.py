"""What people do with complaints, said once: sending, coming back, handling, answering."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.journeys import acts
from tests.journeys.people import Person, Stage
from tests.servers import Portal

TRACK, DESK = "/pengaduan/lacak/", "/meja/pengaduan/"
TEXT = (
    "Berkas saya sudah sepuluh hari tidak bergerak sejak dinyatakan lengkap, dan petugas loket "
    "tidak memberi penjelasan apa pun kepada saya."
)
FOUND = {
    "Merumuskan inti masalah": "Berkas tidak bergerak setelah dinyatakan lengkap.",
    "Kesimpulan": "Pengaduan benar. Berkas diselesaikan hari ini dan kami mohon maaf.",
}
STUDIED = {
    **FOUND,
    "Menghubungkan dengan standar": "Komponen 3: jangka waktu penyelesaian.",
    "Memeriksa dokumen": "Kartu kendali dan surat permohonan.",
    "Merumuskan rencana": "Meminta penjelasan pelaksana, lalu menjawab pengadu.",
}


# Who complains ------------------------------------------------------------------------------------


def fill(person: Person, office: str, text: str = TEXT, *, name: str = "", **more: str) -> None:
    """Fill in the form of the web; without a name one is nobody. ``more``: see ``about``."""
    person.visit(f"/pengaduan/{office}/kirim/")
    person.page.get_by_label("Ya, saya" if name else "Tidak, saya").check()
    about(person, name=name, text=text, **more)


def about(person: Person, **said: str) -> None:
    """Fill the fields that the form of the web and the form of officers have in common."""
    labels = {
        "name": "^Nama", "phone": "^Nomor telepon", "email": "^Alamat e-mail",
        "address": "^Alamat(?! e-mail)", "reference": "^Nomor berkas", "text": "^Isi laporan",
        "served_on": "^Tanggal menerima pelayanan",
    }  # fmt: skip
    for field, words in said.items():
        if words:
            person.page.get_by_label(re.compile(labels[field])).fill(words)


def send(person: Person) -> tuple[str, str]:
    """Look at it once more, send it; return number and secret of the receipt."""
    person.press("Periksa")
    person.heading("Periksa sebelum mengirim")
    person.press(re.compile("^Kirim (pengaduan|saran)"))
    person.heading("sudah kami terima")
    return kept(person)


def kept(person: Person) -> tuple[str, str]:
    """Return number and secret as the receipt shows them."""
    page = person.page
    return page.locator("#nomor").inner_text(), page.locator("#kode").inner_text()


def come_back(person: Person, receipt: tuple[str, str]) -> None:
    """Open one's report with what the receipt says."""
    number, secret = receipt
    person.visit(TRACK)
    person.write("Nomor laporan", number)
    person.write("Kode rahasia", secret)
    person.press("Buka laporan")
    person.heading(number)


# Who handles --------------------------------------------------------------------------------------


def take(officer: Person, number: str) -> str:
    """Open a report from what waits for this officer; return its address."""
    officer.visit(DESK)
    officer.page.get_by_role("table").get_by_role("link", name=number).click()
    officer.heading(number)
    return officer.page.url


def act_in(officer: Person) -> Locator:
    """Return the part of the page that says what to do now."""
    return officer.page.locator("#tindakan")


def begin(officer: Person) -> None:
    """Find the report complete."""
    officer.press("Nyatakan lengkap dan mulai telaah")
    officer.sees("Telaah dimulai.")


def classify(
    officer: Person, grade: str, *, problem: str = "Jangka waktu penyelesaian", against: str = ""
) -> None:
    """Say what it is about, how heavy it is or where its cause lies, and about whom."""
    box = act_in(officer)
    box.get_by_label("Jenis masalah").select_option(label=problem)
    box.get_by_label(grade, exact=True).check()
    if against:
        box.get_by_label(against).check()
    officer.press("Simpan penggolongan", within=box)
    officer.sees("Penggolongan tersimpan.")


def reclassify(officer: Person, grade: str, reason: str) -> None:
    """Find it heavier, or its cause elsewhere, than before."""
    officer.open("Ubah penggolongan")
    box = act_in(officer)
    box.get_by_label(grade, exact=True).check()
    box.get_by_label("Mengapa diubah?").fill(reason)
    officer.press("Simpan penggolongan", within=box)
    officer.sees("Penggolongan tersimpan.")


def study(officer: Person, steps: dict[str, str]) -> None:
    """Write down what some steps of the study found."""
    for label, words in steps.items():
        summary = officer.page.locator("summary", has_text=label)
        summary.click()
        fold = act_in(officer).locator("details").filter(has=summary)
        fold.get_by_label("Hasil").fill(words)
        officer.press("Simpan langkah", within=fold)
        expect(summary).to_contain_text("selesai")


def draft(officer: Person) -> None:
    """Hand up the draft that grew out of the study."""
    expect(officer.page.get_by_label("Isi jawaban")).to_have_value(re.compile("Kesimpulan:"))
    officer.press("Ajukan konsep jawaban")
    officer.sees("Konsep jawaban diajukan.")


def agree(officer: Person, number: str) -> None:
    """Agree to the draft that waits for this officer."""
    take(officer, number)
    officer.reads("Ombudsman Republik Indonesia")
    officer.press("Setujui jawaban")
    officer.sees("Persetujuan tercatat.")


def record_outside(officer: Person, whom: str, paper: str) -> None:
    """Write down with whom outside the office it was agreed, and by which paper."""
    form = act_in(officer).locator("form").first
    form.get_by_label("Disepakati dengan siapa").fill(whom)
    form.get_by_label("Nomor dan tanggal surat persetujuan").fill(paper)
    officer.press("Catat persetujuan")
    officer.sees("Persetujuan tercatat.")


def waits_for_letter(officer: Person) -> bytes:
    """Wait until the letter of the answer is printed and signed; return the PDF."""
    link = officer.page.get_by_role("link", name="Buka surat jawaban")
    officer.waits_for(lambda: link)
    content = officer.download(link.get_attribute("href") or "")
    assert content.startswith(b"%PDF-")
    return content


def answer(officer: Person, **fields: str) -> None:
    """Send through the channel by which it came, with what proves it."""
    box = act_in(officer).locator("form").first
    for label, words in fields.items():
        box.get_by_label(re.compile(f"^{label.replace('_', ' ')}")).fill(words)
    box.get_by_role("button").click()
    officer.sees("Jawaban disampaikan.")


# What need not be seen in a browser ---------------------------------------------------------------

_WORLD = """
from accounts.models import Office
from complaints.models import Complaint
from complaints.services.identity import Person
from demo import complaint_samples
"""


def in_state(
    portal: Portal, office: str, state: str, *texts: str, channel: str = "formulir"
) -> list[tuple[str, str]]:
    """Let reports with a telephone come in and go as far as ``state``; return their receipts."""
    program = f"""
for text in {texts or (TEXT,)!r}:
    one, secret = complaint_samples.in_state(
        Office.objects.get(code={office!r}), {state!r}, now, text=text, channel={channel!r},
        person=Person(name="Kenanga Purnamasari", phone="081355501234"),
    )
    print(one.number, secret)
"""
    lines = acts.play(portal, _WORLD + program).splitlines()
    return [(number, secret) for number, secret in (line.split() for line in lines)]


def bring(portal: Portal, numbers: list[str], state: str) -> None:
    """Let officers and levels do their work on these reports through the services."""
    program = f"""
for one in Complaint.objects.filter(number__in={numbers!r}).select_related("office", "owner"):
    complaint_samples.bring(one, {state!r}, now)
"""
    acts.play(portal, _WORLD + program)


def officer_of(stage: Stage, desk: str, office: str, *, width: int = 1000) -> Person:
    """Return somebody of an office, logged in."""
    return stage.person(f"{desk}@{office}.demo.invalid", width=width)
