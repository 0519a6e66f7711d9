"""docs/operations.md followed word for word: from an empty folder to a signed certificate."""

from __future__ import annotations

import email
import email.policy
import os
import re
import stat
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyrage
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from playwright.sync_api import Browser, sync_playwright

from documents.verification import examine
from tests.deploy.installation import SERVICES, Installation, installation
from tests.deploy.manual import lines_of
from tests.factories import keys
from tests.factories.factors import code
from tests.journeys import acts
from tests.journeys.papers import write_photo
from tests.journeys.people import PASSWORD, Person, launch, listen
from tests.notices.mailserver import FakeMailServer, box_of, running

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
KEY = pyrage.x25519.Identity.generate()
APPLICANT, SECRET = "siti.rahmawati@contoh.test", "melati putih di tepi kolam"
STAFF = {
    "fo": "front-office",
    "tim-teknis": "tim-teknis",
    "bo": "back-office",
    "analis-muda": "analis-muda",
    "analis-madya": "analis-madya",
    "sekretaris": "sekretaris",
    "kepala": "kepala",
}
# Appointments have tests of their own (tests/authority): here people are simply there.
APPOINT = f"""
from datetime import date
from allauth.account.models import EmailAddress
from accounts.models import Appointment, Position, User
for name, code in {STAFF!r}.items():
    user = User.objects.create_user(f"{{name}}@contoh.test", {PASSWORD!r}, full_name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    position = Position.objects.get(office__code="pekanbaru", code=code)
    Appointment.objects.create(
        user=user, position=position, started_on=date(2025, 1, 1), decree="SK Uji"
    )
"""
NEWER = """
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
MigrationRecorder(connection).record_applied("accounts", "9999_of_a_newer_version")
"""


@pytest.fixture(scope="module")
def mails() -> Iterator[FakeMailServer]:
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def installed(mails: FakeMailServer) -> Iterator[Installation]:
    """Everything up to the last step of the manual, with its services and nginx running."""
    with box_of(mails) as box, installation(mails.port, box, str(KEY.to_public())) as made:
        typed = lines_of("Installing, step by step")
        assert len(typed) > 10
        for line in typed[:-1]:
            prepare(made, line)
            made.type(line + ANSWERED.get(line, ""))
            if line == "deploy/install.sh":
                made.start(*SERVICES)
        made.type("portal-manage shell", given=APPOINT)
        with made.nginx():
            made.wait_until_it_serves()
            yield made


def test_the_last_step_signs_a_sample_and_reads_a_mail_back(
    installed: Installation, mails: FakeMailServer
) -> None:
    said = installed.type(lines_of("Installing, step by step")[-1])
    assert "portal.E" not in said
    assert "portal.W015" in said, "the other two offices have no key yet"
    assert "portal.W021" not in said
    assert [one for one in mails.taken if "Pemeriksaan portal" in one]


ANSWERED = {
    "portal-manage createsuperuser": (
        " --noinput --email admin@contoh.test --full_name 'Pengelola Portal'"
    )
}


def prepare(made: Installation, line: str) -> None:
    """Do what others do before the operator can type ``line``: issue certificates."""
    if line.startswith("install -m 0600 certificate.pem"):
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
                *("-keyout", "key.pem", "-out", "certificate.pem", "-subj", "/CN=localhost"),
                *("-addext", "subjectAltName=DNS:localhost"),
            ],
            cwd=made.work,
            check=True,
            capture_output=True,
        )
    if line == "deploy/trust.sh ca.pem":
        issue(made)


def issue(made: Installation) -> None:
    """The issuer answers the request: the certificate of the office, and its own."""
    asked = x509.load_pem_x509_csr((made.work / "pekanbaru.csr").read_bytes())
    assert asked.is_signature_valid
    [name] = asked.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    root = keys.new_key()
    ca = keys.certificate(root, "Penerbit Uji", is_ca=True)
    own = keys.certificate(
        root, str(name.value), issuer=ca, issuer_key=root, public_key=asked.public_key()
    )
    (made.work / "ca.pem").write_bytes(ca.public_bytes(Encoding.PEM))
    (made.work / "pekanbaru.pem").write_bytes(own.public_bytes(Encoding.PEM))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


def person(installed: Installation, browser: Browser, address: str = "") -> Person:
    """Return somebody with a fresh browser, signed in if an address is given."""
    context = browser.new_context(
        base_url=installed.url,
        ignore_https_errors=True,  # the certificate of the host is its own
        viewport={"width": 1280, "height": 900},
        locale="id-ID",
    )
    context.set_default_timeout(30_000)
    one = Person(address or "a stranger", context, context.new_page(), [])
    listen(one)
    if address:
        one.log_in(address)
    return one


def leave(one: Person) -> None:
    one.context.close()
    assert not one.faults, "\n".join(one.faults)


def letter_to(mails: FakeMailServer, address: str, one: Person) -> str:
    """Wait for a mail and return its text."""
    for _turn in range(300):
        for raw in list(mails.taken):
            mail = email.message_from_string(raw, policy=email.policy.default)
            body = mail.get_body(("plain",))
            if address in str(mail["To"]) and body is not None:
                return str(body.get_content())
        one.page.wait_for_timeout(100)
    raise AssertionError(f"no mail to {address}")


def register(one: Person, mails: FakeMailServer) -> None:
    """Make an account and confirm the address by the link in the mail."""
    one.visit("/akun/signup/")
    one.write("Nama lengkap", "Siti Rahmawati")
    one.write("Alamat e-mail", APPLICANT)
    one.page.get_by_label("Kata sandi", exact=True).fill(SECRET)
    one.write("Ulangi kata sandi", SECRET)
    one.press("Buat akun")
    one.heading("Tinggal satu langkah")
    link = re.search(r"https://localhost(/\S+confirm-email/\S+)", letter_to(mails, APPLICANT, one))
    assert link  # without the port, which a real installation has not
    one.visit(link[1])
    one.press("Ya, aktifkan akun saya")
    one.log_in(APPLICANT, SECRET)


@pytest.fixture(scope="module")
def certificate(
    installed: Installation,
    browser: Browser,
    mails: FakeMailServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The certificate of an application that went over every desk, as its holder downloads it."""
    folder = tmp_path_factory.mktemp("papers")
    applicant = person(installed, browser)
    register(applicant, mails)
    address = acts.apply(applicant, folder)

    officer = at_desk(installed, browser, "fo")
    acts.receive(officer)
    for requirement in acts.PAPERS:
        acts.accept(officer, requirement)
    officer.press("Nyatakan lengkap dan benar")
    officer.sees("Berkas dinyatakan lengkap dan benar, lalu diteruskan.")
    leave(officer)
    officer = at_desk(installed, browser, "tim-teknis")
    acts.inspect(officer, write_photo(folder / "depan.jpg", "Tampak depan"))
    leave(officer)
    back_office = at_desk(installed, browser, "bo")
    acts.draft(back_office)
    for desk in ("analis-muda", "analis-madya", "sekretaris"):
        officer = at_desk(installed, browser, desk)
        acts.initial(officer)
        leave(officer)
    head = at_desk(installed, browser, "kepala")
    code = acts.password_of(head).locator("xpath=ancestor::form").get_by_label("Kode verifikasi")
    assert code.count() == 0, "the second factor was shown a moment ago"
    acts.sign(head)
    head.waits_for(lambda: head.page.get_by_text("Sekarang di meja Back Office"))
    leave(head)
    acts.open_file(back_office)
    acts.number(back_office)
    leave(back_office)

    applicant.visit(address)
    with applicant.page.expect_download() as download:
        applicant.press("Unduh izin")
    file = folder / "izin.pdf"
    download.value.save_as(file)
    leave(applicant)
    return file


def at_desk(installed: Installation, browser: Browser, desk: str) -> Person:
    """Let an officer sign in for the first time, set up the second factor and open the file."""
    officer = person(installed, browser, f"{desk}@contoh.test")
    officer.visit("/meja/")
    officer.heading("Verifikasi dua langkah")
    officer.visit("/akun/2fa/totp/activate/")
    officer.page.locator("summary", has_text="Tidak dapat memindai?").click()
    secret = officer.page.locator("#kunci").inner_text()
    officer.write("Kode dari aplikasi", code(secret))
    officer.press("Aktifkan")
    officer.sees("Kode pemulihan")
    acts.open_file(officer)
    return officer


def text_of(file: Path) -> str:
    read = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    return read.stdout.replace("\n", " ").replace(" ", "")


def test_the_manual_ends_in_a_signed_certificate(
    installed: Installation, browser: Browser, certificate: Path
) -> None:
    anchors = [(installed.work / "ca.pem").read_bytes()]
    with ThreadPoolExecutor(1) as beside:  # pyHanko wants a loop of its own, not the browser's
        found = beside.submit(examine, certificate.read_bytes(), anchors).result()
    assert (found.problem, found.signatures, found.covers_entire_file) == (None, 1, True)
    address = re.search(r"https://localhost:\d+(/v/[\w-]+/)", text_of(certificate))
    assert address
    stranger = person(installed, browser)
    stranger.visit(address[1])
    stranger.reads("Asli dan berlaku", acts.HOLDER)
    stranger.visit("/periksa-dokumen/")
    stranger.page.get_by_label("Berkas PDF", exact=True).set_input_files(certificate)
    stranger.press("Periksa berkas")
    stranger.sees("Berkas ini asli")
    leave(stranger)


def test_only_the_signing_worker_can_read_the_keys(installed: Installation) -> None:
    assert stat.S_IMODE(installed.keys.stat().st_mode) == 0o700
    for name in SERVICES:
        assert ("SIGNING_DIR=" in installed.environment_of(name)) == (name == "signing")
        assert "_owner:" not in installed.environment_of(name)
    if os.geteuid() != 0:  # only root can be several users
        return
    assert len(set(installed.users.values())) == len(installed.users)
    key = installed.keys / "pekanbaru.p12"
    for name in SERVICES:
        unit = installed.unit(name)
        user, group = unit.values["User"][0], unit.values["Group"][0]
        reading = subprocess.run(
            ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", "cat", str(key)],
            capture_output=True,
            check=False,
        )
        assert (reading.returncode == 0) == (name == "signing"), name


def test_logs_hold_no_complaint_and_no_code(installed: Installation, certificate: Path) -> None:
    installed.ask("/pengaduan/pekanbaru/")
    installed.ask("/lacak/AAAA-BBBB-CCCC-DDDD/")
    installed.ask("/layanan/?q=rahasia")
    logs = installed.root / "var/log/portal"
    written = "".join(path.read_text() for path in logs.iterdir())
    assert "/layanan/" in written
    for hidden in ("pengaduan", "AAAA-BBBB", "/v/", "confirm-email", "rahasia"):
        assert hidden not in written


def test_timers_do_their_work(installed: Installation) -> None:
    installed.once("tidy")
    made = installed.root / "var/backups/portal"
    assert "sudah dibaca kembali" in installed.once("backup")
    [backup] = made.glob("portal-*.tar.age")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_installing_again_changes_nothing_that_was_written(installed: Installation) -> None:
    settings = installed.root / "etc/portal"
    before = {path.name: path.read_bytes() for path in settings.iterdir() if path.is_file()}
    with (settings / "environment").open("a") as file:
        file.write("LOG_LEVEL='WARNING'\n")
    before["environment"] = (settings / "environment").read_bytes()
    installed.type("deploy/install.sh")
    after = {path.name: path.read_bytes() for path in settings.iterdir() if path.is_file()}
    assert after == before
    assert installed.ask("/sehat/")[0] == 200


def test_a_new_version_and_the_way_back(installed: Installation, certificate: Path) -> None:
    current = installed.root / "srv/portal/current"
    first = current.resolve()
    pull, upgrade, back, _restore = lines_of("A new version, and the way back")
    installed.stop()
    installed.type(pull)
    installed.type(upgrade)
    assert current.resolve() != first
    installed.start(*SERVICES)
    installed.wait_until_it_serves()
    assert examined_online(installed, certificate)
    installed.stop()
    installed.type(back)
    assert current.resolve() == first
    installed.start(*SERVICES)
    installed.wait_until_it_serves()
    assert examined_online(installed, certificate)


def test_after_new_tables_the_way_back_is_the_backup(
    installed: Installation, certificate: Path
) -> None:
    current = installed.root / "srv/portal/current"
    first = current.resolve()
    _pull, upgrade, back, restore = lines_of("A new version, and the way back")
    installed.stop()
    installed.type(upgrade)
    second = current.resolve()
    installed.type("portal-manage --as owner shell", given=NEWER)
    said = installed.type(back, status=1)
    assert "cannot read them. Nothing has been changed." in said
    assert current.resolve() == second
    backup = re.search(r"--restore (\S+) ", said)
    assert backup
    (installed.work / "key.txt").write_text(f"# kept in two safes\n{KEY}\n")
    said = installed.type(
        restore.replace("THE-PRIVATE-KEY-OF-THE-BACKUPS", "key.txt").replace("BACKUP", backup[1])
    )
    assert "the files as private-" in said
    assert current.resolve() == first
    installed.start(*SERVICES)
    installed.wait_until_it_serves()
    assert examined_online(installed, certificate)


def examined_online(installed: Installation, certificate: Path) -> bool:
    address = re.search(r"https://localhost:\d+(/v/[\w-]+/)", text_of(certificate))
    return address is not None and "Asli dan berlaku" in installed.ask(address[1])[1]
