"""Bad input and bad days at a running portal: each has its answer, nothing is lost or doubled."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.journeys import acts
from tests.journeys.people import PATIENCE, Person, Stage, at_once
from tests.servers import Portal

pytestmark = pytest.mark.browser

FIRST, SECOND = "pemohon1@demo.invalid", "pemohon2@demo.invalid"
PERMIT = "Foto Copy izin operasional"
TEN_MEGABYTES = 10 * 1024 * 1024


def drafted(portal: Portal, applicant: str) -> str:
    """Let somebody fill a draft, ready to be sent, through the services; return its path."""
    return acts.play(
        portal,
        f"""
draft = samples.draft(
    Service.objects.get(slug="tanda-daftar-bkk"), User.objects.get(email={applicant!r}), now
)
print(draft.get_absolute_url())
""",
    )


def filed(portal: Portal, holder: str, then: str = "", applicant: str = FIRST) -> str:
    """Let somebody file an application and go on with it (``file``); return its path."""
    return acts.play(
        portal,
        f"""
draft = samples.draft(
    Service.objects.get(slug="tanda-daftar-bkk"), User.objects.get(email={applicant!r}), now
)
Application.objects.filter(pk=draft.pk).update(holder_name={holder!r})
file = samples.reload(samples.submit(samples.reload(draft), now))
{then}
print(file.get_absolute_url())
""",
    )


def counted(portal: Portal, path: str, *words: str) -> list[str]:
    """Return what these expressions give about the file of this path."""
    program = f"""
from notices.models import Notice
file = {acts.file_at(path)}
print({", ".join(words)}, sep="|")
"""
    return acts.play(portal, program).split("|")


def desk(path: str) -> str:
    """Return where officers see the file of this path."""
    return path.replace("/permohonan/", "/meja/")


def wicked(folder: Path) -> dict[str, tuple[Path, str]]:
    """Write files that may not be kept, each with what is said about it."""
    contents = {
        "program.pdf": (b"MZ\x90\x00" + b"\0" * 500, "Isi berkas tidak cocok dengan namanya"),
        "besar.pdf": (b"%PDF-1.7\n" + b"0" * TEN_MEGABYTES, "Berkas terlalu besar"),
        "kosong.pdf": (b"", "Berkas kosong"),
        "lembar.xlsx": (b"PK\x03\x04" + b"\0" * 500, "Jenis berkas tidak dapat diterima"),
    }
    for name, (content, _words) in contents.items():
        (folder / name).write_bytes(content)
    return {name: (folder / name, words) for name, (_content, words) in contents.items()}


# Bad input ---------------------------------------------------------------------------------------


@pytest.mark.once
def test_a_wrong_file_is_refused_at_its_field_and_the_good_ones_stay(
    stage: Stage, tmp_path: Path
) -> None:
    applicant = stage.person(FIRST, width=400)
    address = acts.start(applicant)
    bad_files_change_nothing(applicant, address, tmp_path, javascript=True)
    stage.leave(applicant)
    applicant = stage.person(FIRST, javascript=False)
    bad_files_change_nothing(applicant, address, tmp_path, javascript=False)


def bad_files_change_nothing(
    applicant: Person, address: str, folder: Path, *, javascript: bool
) -> None:
    """A script uploads a chosen file at once, without one a button does."""
    applicant.visit(address + "berkas/")
    place = applicant.page.get_by_label(re.compile(f"Pilih berkas.*: {PERMIT}", re.S))

    def choose(file: Path) -> None:
        fold = applicant.page.get_by_role("article").filter(has=place).locator("summary")
        if (replace := fold.filter(has_text="Ganti berkas")).count():
            replace.click()
        place.set_input_files(file)
        if not javascript:
            applicant.press(re.compile(f"^Unggah.*: {PERMIT}", re.S))

    choose(acts.paper(folder, f"baik-{javascript}.pdf"))
    good = applicant.page.get_by_role("link", name=f"baik-{javascript}.pdf")
    expect(good).to_be_visible()
    for file, words in wicked(folder).values():
        choose(file)
        expect(place).to_have_accessible_description(re.compile(words))
        expect(place).to_have_attribute("aria-invalid", "true")
        expect(good).to_be_visible()
    choose(acts.paper(folder, f"pengganti-{javascript}.pdf"))
    expect(applicant.page.get_by_role("link", name=f"pengganti-{javascript}.pdf")).to_be_visible()
    expect(place).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.once
def test_what_a_form_saves_of_itself_arrives_before_the_whole(stage: Stage) -> None:
    applicant = stage.person(SECOND)
    page, asked, held = applicant.page, list[str](), list[Route]()
    applicant.visit("/ajukan/kampar/rekomendasi-pelatih-anak-putus-sekolah/")
    applicant.press("Mulai mengisi")
    applicant.follow("Lanjutkan mengisi")

    def hold(route: Route) -> None:
        by_itself = "hx-request" in route.request.headers
        if route.request.method == "POST":
            asked.append("part" if by_itself else "whole")
        if by_itself and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/data/", hold)
    applicant.write("Nama pemegang izin", acts.HOLDER)
    page.keyboard.press("Tab")  # it begins to save itself
    applicant.write("Alamat", "Jalan yang diketik terakhir 7")
    applicant.press("Simpan dan lanjut")
    page.wait_for_timeout(500)
    assert asked == ["part"]
    held[0].continue_()
    applicant.sees(re.compile("Masih ada .* isian kosong"))
    assert asked[-1] == "whole"
    assert asked.count("whole") == 1


@pytest.mark.once
def test_an_empty_form_names_every_fault_at_its_field_and_keeps_what_was_typed(
    stage: Stage,
) -> None:
    applicant = stage.person(SECOND, javascript=False)
    page = applicant.page
    address = acts.start(applicant)
    applicant.visit(address + "periksa/")
    acts.send(applicant)
    expect(page.get_by_role("alert")).to_contain_text("Masih ada yang harus dilengkapi")
    missing = page.get_by_role("region", name="Masih harus dilengkapi")
    for paper in acts.PAPERS:
        expect(missing.get_by_role("link", name=paper)).to_have_count(1)
    missing.get_by_role("link", name="Isian kosong").click()
    empty = [page.get_by_role("textbox", name=label) for label in acts.FIELDS]
    empty += [page.get_by_role("textbox", name=label) for label in ("NIK", "Alamat")]
    for field in empty:
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile("wajib|kosong", re.I))
    expect(page.get_by_role("alert").get_by_role("link", name="Alamat")).to_have_count(1)
    expect(page.get_by_role("textbox", name="NIB")).not_to_have_attribute("aria-invalid", "true")

    applicant.write("Nama pemegang izin", acts.HOLDER)
    page.get_by_role("textbox", name="NIK").fill("147101")
    applicant.press("Simpan dan lanjut")
    expect(page.get_by_role("alert")).to_contain_text("NIK terdiri atas 16 angka")
    expect(page.get_by_role("textbox", name="NIK")).to_have_value("147101")
    expect(page.get_by_label("Nama pemegang izin")).to_have_value(acts.HOLDER)
    applicant.visit(address + "data/")  # what was right is kept although something was wrong
    expect(page.get_by_label("Nama pemegang izin")).to_have_value(acts.HOLDER)


# Pressed twice, pressed at once ------------------------------------------------------------------


def test_sending_twice_at_once_sends_once_and_both_are_told(stage: Stage) -> None:
    path = drafted(stage.portal, FIRST)
    applicant = stage.person(FIRST, javascript=False)
    applicant.visit(path + "periksa/")
    presses = [applicant.request(path + "periksa/", {"declared_true": "on"}) for _ in range(2)]
    assert at_once(*presses) == [302, 302]
    applicant.page.get_by_label("Saya menyatakan bahwa data dan berkas").check()
    applicant.page.get_by_role("button", name="Kirim permohonan").dblclick()  # the page left open
    applicant.heading("Permohonan Anda sudah kami terima")
    assert counted(
        stage.portal, path,
        "Application.objects.filter(applicant=file.applicant).exclude(status='konsep').count()",
        "file.records.filter(to='diajukan').count()", "file.steps.count()",
        "Notice.objects.filter(about=f'application:{file.pk}').count()",
    ) == ["1", "1", "2", "1"]  # fmt: skip


@pytest.fixture
def colleague(portal: Portal) -> str:
    """A second officer at the front office."""
    return acts.play(
        portal,
        """
from accounts.models import Appointment
own = Appointment.objects.get(user__email="fo@pekanbaru.demo.invalid")
user, made = User.objects.get_or_create(
    email="fo2@pekanbaru.demo.invalid",
    defaults={"full_name": "Petugas Kedua", "password": own.user.password, "is_demo": True},
)
if made:
    from allauth.account.models import EmailAddress
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Appointment.objects.create(user=user, position=own.position, started_on=own.started_on)
print(user.email)
""",
    )


def test_of_two_officers_pressing_at_once_one_acts_and_the_other_is_told(
    stage: Stage, colleague: str
) -> None:
    path = filed(stage.portal, "BKK Dua Petugas", "samples.judge(file, now)")
    first = stage.person(f"fo@{acts.OFFICE}")
    second = stage.person(colleague)
    for officer in (first, second):
        officer.visit(desk(path))
    visit = first.page.locator("input[name=visit]").first.get_attribute("value") or ""
    presses = [one.request(desk(path) + "lengkap/", {"visit": visit}) for one in (first, second)]
    assert at_once(*presses) == [302, 302]
    second.press("Nyatakan lengkap dan benar")  # the page is still open as it was
    second.sees("Berkas ini sudah dikerjakan petugas lain atau tombol tertekan dua kali.")
    second.sees("Tim Teknis")
    assert counted(
        stage.portal, path,
        "file.clock_events.count()", "file.records.filter(to='diproses').count()",
        "file.current_step.step.kind", "file.printouts.filter(kind='tanda_terima').count()",
    ) == ["1", "1", "tinjau", "1"]  # fmt: skip


@pytest.mark.once
def test_a_step_out_of_order_changes_nothing(stage: Stage) -> None:
    path = filed(stage.portal, "BKK Salah Giliran")
    before = counted(stage.portal, path, "file.status", "file.current_step_id")
    head, clerk = stage.person(f"kepala@{acts.OFFICE}"), stage.person(f"bo@{acts.OFFICE}")
    for officer in (head, clerk):
        officer.visit(desk(path))
        expect(officer.page.get_by_role("button", name="Tanda tangani dokumen")).to_have_count(0)
    tries = [
        head.request(desk(path) + "tanda-tangan/", {"digest": "x", "password": "x"}),
        clerk.request(desk(path) + "nomor/", {}),
        clerk.request(desk(path) + "konsep/", {"statement": "x"}),
        head.request(desk(path) + "lengkap/", {}),
    ]
    assert at_once(*tries) == [403, 403, 403, 403]
    assert counted(stage.portal, path, "file.status", "file.current_step_id") == before


# Somebody else's file ----------------------------------------------------------------------------


@pytest.mark.once
def test_somebody_elses_file_is_not_there(stage: Stage) -> None:
    path = filed(
        stage.portal, "BKK Rahasia Melati", "samples.advance(file, StepKind.HAND_OVER, now)"
    )
    paper = counted(stage.portal, path, "file.documents.all()[0].public_id")[0]
    pages = ("", "data/", "pertanyaan/", "berkas/", "periksa/", "tanda-terima/",
             "tanda-terima.pdf", "hitungan/", "tarik/", "izin.pdf")  # fmt: skip
    own = [*(path + page for page in pages), f"/berkas/{paper}/"]
    desks = [desk(path) + page for page in ("", "kartu/", "hitungan/", "konsep.pdf")]
    other, foreign = stage.person(SECOND), stage.person("fo@kampar.demo.invalid")
    for person, closed in ((other, (403, 404)), (foreign, (404,))):
        for address in own + desks:
            answer = person.context.request.get(address, max_redirects=0)
            assert answer.status in closed, f"{person.name} {address}: {answer.status}"
            told = answer.text()
            for secret in ("BKK Rahasia Melati", "Siti Pemohon", "1471014507900001"):
                assert secret not in told
    for address in own:
        assert other.status_of(address) == 404
    stranger = stage.person()
    for address in own + desks:
        answer = stranger.context.request.get(address, max_redirects=0)
        assert (answer.status, "/akun/login/" in answer.headers["location"]) == (302, True)


# A worker that is killed, a key that is missing --------------------------------------------------


TO_THE_HEAD = "samples.advance(file, StepKind.SIGN, now)"


def head_at(stage: Stage, holder: str) -> Person:
    """Let the head open the file of this holder in the browser."""
    head = stage.person(f"kepala@{acts.OFFICE}")
    acts.open_file(head, holder)
    return head


def later(stage: Stage, delay: timedelta) -> None:
    """Let time pass, and ask the worker for what became due."""
    ahead = float((stage.portal.var_dir / "clock").read_text(encoding="ascii"))
    stage.at(datetime.now(UTC) + timedelta(seconds=ahead) + delay)
    acts.play(
        stage.portal,
        "from workflow.worker import notify_on_commit\nnotify_on_commit('permits.sign_due')",
    )


def waits_for_the_numbering_desk(person: Person) -> None:
    """Fail unless the document is signed by and by."""
    person.waits_for(lambda: person.page.get_by_text("Sekarang di meja Back Office"))


@contextlib.contextmanager
def stuck_at_the_key(portal: Portal) -> Iterator[Path]:
    """Put a pipe in the place of the key's passphrase: who reads it hangs in the middle of work."""
    secret = portal.var_dir / "signing" / "pekanbaru.passphrase"
    words = secret.read_bytes()
    key = secret.with_suffix(".p12")
    os.utime(key)  # a key that was opened before is opened again
    secret.unlink()
    os.mkfifo(secret)
    try:
        yield secret
    finally:
        secret.unlink()
        secret.write_bytes(words)


def until_somebody_reads(pipe: Path) -> int:
    """Wait until a process hangs at the other end; it hangs until this handle is closed."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError):  # nobody has it open for reading
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.02)
    raise AssertionError("no worker came to the key")


def test_a_worker_killed_while_it_signs_leaves_one_certificate_with_one_number(
    stage: Stage,
) -> None:
    holder = "BKK Listrik Padam"
    path = filed(stage.portal, holder, TO_THE_HEAD)
    head = head_at(stage, holder)
    acts.sees_draft(head)  # the page looks at the key, too, until the draft is there
    with stuck_at_the_key(stage.portal) as pipe:
        acts.sign(head)
        handle = until_somebody_reads(pipe)
        stage.portal.kill("worker")
        os.close(handle)
    assert counted(stage.portal, path, "file.certificate.state", "file.certificate.attempts") == [
        "diminta", "1",
    ]  # fmt: skip
    stage.portal.start("worker")
    later(stage, timedelta(minutes=4))  # the dead worker's claim has run out
    waits_for_the_numbering_desk(head)
    assert counted(
        stage.portal, path,
        "file.certificate.state", "file.certificate.attempts", "file.numbers.count()",
    ) == ["ditandatangani", "2", "1"]  # fmt: skip


def test_without_the_key_the_file_waits_says_so_and_is_signed_when_it_is_back(
    stage: Stage,
) -> None:
    holder = "BKK Tanpa Kunci"
    filed(stage.portal, holder, TO_THE_HEAD)
    key = stage.portal.var_dir / "signing" / "pekanbaru.p12"
    away = key.rename(key.with_suffix(".away"))
    try:
        acts.look_at_keys(stage.portal)
        head = head_at(stage, holder)
        head.reads("Dokumen akan menunggu setelah Anda menandatangani.")
        acts.sign(head)
        head.waits_for(lambda: head.page.get_by_text("Tanda tangan elektronik masih menunggu"))
        head.reads("tidak ada yang hilang dan tidak ada yang perlu diulang")
    finally:
        away.rename(key)
    later(stage, timedelta(hours=2))
    waits_for_the_numbering_desk(head)
    clerk = stage.person(f"bo@{acts.OFFICE}")
    acts.open_file(clerk, holder)
    acts.number(clerk)


def test_a_decree_that_comes_late_is_looked_at_applied_and_followed_to_its_end(
    stage: Stage,
) -> None:
    path = filed(stage.portal, "BKK Cuti Mendadak", "samples.act(file, now)")
    [number] = counted(stage.portal, path, "file.number")
    admin = stage.person("admin@demo.invalid")
    admin.visit("/admin/workflow/holiday/add/")
    for field, words in {"on": "2026-11-20", "name": "Cuti mendadak", "decree": "SKB"}.items():
        admin.page.locator(f"#id_{field}").fill(words)
    admin.page.locator("#id_kind").select_option("cuti_bersama")
    admin.page.locator("input[name=_save]").click()
    admin.follow("Lihat dampak pada tanggal janji")
    admin.reads(number, "akan bergeser")
    admin.press("Terapkan dan beri tahu pemohon")
    admin.sees("Selesai")  # the page asks by itself until the worker has done it
    admin.sees("Tidak ada tanggal janji yang bergeser")
    admin.reads(number, "Tanggal janji yang sudah bergeser")
    assert counted(
        stage.portal, path, "file.due_date_changes.filter(deadline__kind='layanan').count()",
        "Notice.objects.filter(template='permits/moved', about=f'application:{file.pk}',"
        " channel='email').count()",
    ) == ["1", "1"]  # fmt: skip
