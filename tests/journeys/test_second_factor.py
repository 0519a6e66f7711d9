"""The door of a real office: invited, a password, a second factor, the desk, and a long rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.factories.factors import code
from tests.journeys import acts
from tests.journeys.people import BEGINNING, PASSWORD, Person, Stage, set_clock
from tests.servers import Portal, running_portal

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

ADMIN = "admin@demo.invalid"
OFFICER = "fo@pekanbaru.demo.invalid"
NEW = "perahu-kertas-tujuh-belas"
INVITE = """
from accounts.invitations import make_token
from accounts.models import Appointment, Position, User
from datetime import date
user = User.objects.create_user("rina@contoh.test", full_name="Rina Loket")
Appointment.objects.create(
    user=user, started_on=date(2026, 1, 1),
    position=Position.objects.get(office__code="pekanbaru", code="front-office"),
)
print(make_token(user))
"""


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    """A portal that asks for the second factor."""
    strict = {"DJANGO_SETTINGS_MODULE": "tests.journeys.strict_sessions"}
    with running_portal(environment=strict, parts=()) as running:
        set_clock(running.var_dir, BEGINNING)
        running.start("web")
        yield running
        running.kill()


def invitation(portal: Portal) -> str:
    """Enter a new officer; return the address behind the link of the mail."""
    token = portal.manage("shell", "-c", INVITE).strip().splitlines()[-1]
    return f"/akun/undangan/{token}/"


def by_password(person: Person, email: str, password: str = PASSWORD) -> None:
    """Log in as far as the second step."""
    if "/akun/login/" not in person.page.url:
        person.visit("/akun/login/")
    person.write("Alamat e-mail", email)
    person.write("Kata sandi", password)
    person.press("Masuk")
    person.heading("Verifikasi dua langkah")


def connect_app(person: Person) -> str:
    """Connect an authenticator app on the page that is open; return its secret."""
    person.page.locator("summary", has_text="Tidak dapat memindai?").click()
    secret = person.page.locator("#kunci").inner_text()
    person.write("Kode dari aplikasi", code(secret))
    person.press("Aktifkan")
    return secret


def test_from_the_invitation_to_the_desk(stage: Stage) -> None:
    rina = stage.person(width=360)
    rina.visit(invitation(stage.portal))
    rina.page.get_by_label("Kata sandi baru", exact=True).fill(NEW)
    rina.write("Ulangi kata sandi baru", NEW)
    rina.page.locator("main button[type=submit]").click()
    rina.sees("Pilih satu cara sebelum mulai bekerja")
    rina.page.locator("main").get_by_role("link", name="Aktifkan").click()
    rina.write("Kata sandi", NEW)  # a link of a mail is no proof of the last minutes
    rina.press("Lanjutkan")
    connect_app(rina)
    rina.heading("Kode pemulihan")
    codes = rina.page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    rina.follow("Sudah saya simpan, lanjutkan")
    rina.page.wait_for_url(re.compile(r"/meja/"))
    rina.page.context.clear_cookies(name="sessionid")
    by_password(rina, "rina@contoh.test", NEW)
    rina.write("Kode", codes[0])
    rina.press("Masuk")
    rina.page.wait_for_url(re.compile(r"/meja/"))


def test_a_passkey_opens_the_desk_and_is_asked_before_a_change(stage: Stage) -> None:
    stage.portal.url = stage.portal.url.replace("127.0.0.1", "localhost")  # keys know names alone
    admin = stage.person(ADMIN)
    tool = admin.context.new_cdp_session(admin.page)
    tool.send("WebAuthn.enable")
    tool.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    admin.visit("/admin/")
    admin.sees("Pilih satu cara sebelum mulai bekerja")
    admin.follow("Tambah kunci sandi")
    admin.write("Nama kunci ini", "Komputer kantor")
    admin.press("Buat kunci sandi")
    admin.heading("Kode pemulihan")
    admin.follow("Sudah saya simpan, lanjutkan")
    admin.page.wait_for_url(re.compile(r"/admin/"))
    admin.page.context.clear_cookies(name="sessionid")
    by_password(admin, ADMIN)
    admin.press("Pakai kunci sandi")
    expect(admin.page.get_by_role("button", name="Pakai kunci sandi")).to_have_count(0)
    admin.visit("/akun/2fa/webauthn/")
    admin.sees("Komputer kantor")


def test_after_a_long_rest_the_text_is_filled_in_again(stage: Stage) -> None:
    holder = "BKK Lama Diam"
    acts.sent(stage.portal, holder)
    officer = stage.person(OFFICER)
    officer.visit("/meja/")
    officer.page.locator("main").get_by_role("link", name="Aktifkan").click()
    secret = connect_app(officer)
    officer.heading("Kode pemulihan")
    acts.open_file(officer, holder)
    address = officer.page.url
    officer.open("Usulkan penolakan")
    box = officer.page.get_by_label("Alasan penolakan")
    box.fill("Sekolah ini di luar wilayah kota.")
    officer.write("Dasar penolakan", "Perda 1/2020")
    stage.at(BEGINNING + timedelta(hours=2))  # the clock went on by itself as well
    officer.press("Kirim usul penolakan")
    officer.sees("Anda lama tidak aktif")
    officer.sees("Yang Anda ketik tidak hilang")
    by_password(officer, OFFICER)
    officer.write("Kode", code(secret))
    officer.press("Masuk")
    officer.sees("Yang Anda ketik sebelumnya sudah diisikan kembali")
    assert officer.page.url == address
    expect(box).to_have_value("Sekolah ini di luar wilayah kota.")
