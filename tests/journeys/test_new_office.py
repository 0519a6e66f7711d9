"""An office made from nothing in the browser, until it serves: people, chairs, standard, permit."""

from __future__ import annotations

import pytest

from tests.journeys import acts
from tests.journeys.people import PASSWORD, Person, Stage
from tests.journeys.test_sixth_service import add_rows, fill, save

pytestmark = [pytest.mark.browser, pytest.mark.once]

OWN_PASSWORD = "perahu-kertas-tujuh-belas"  # of everybody who is invited
SECOND = "administrator.kedua@demo.invalid"
OFFICE = "DPMPTSP Kabupaten Contoh"
CHAIRS = (
    ("Kepala Dinas", "kepala-dinas"),
    ("Sekretaris", "sekretaris"),
    ("Kepala Bidang Perizinan", "kepala-bidang"),
    ("Front Office", "front-office"),
)
PEOPLE = {
    "Kepala Dinas": ("Ratna Contoh", "ratna@contoh.invalid"),
    "Sekretaris": ("Saleh Contoh", "saleh@contoh.invalid"),
    "Kepala Bidang Perizinan": ("Bagus Contoh", "bagus@contoh.invalid"),
    "Front Office": ("Fitri Contoh", "fitri@contoh.invalid"),
}


@pytest.fixture
def administrators(stage: Stage) -> tuple[Person, Person]:
    """Two administrators of the portal, as an installation makes them."""
    acts.play(
        stage.portal,
        f"""
from allauth.account.models import EmailAddress
second = User.objects.create_superuser({SECOND!r}, {PASSWORD!r}, full_name="Administrator Kedua")
EmailAddress.objects.create(user=second, email={SECOND!r}, verified=True, primary=True)
""",
    )
    return stage.person("admin@demo.invalid"), stage.person(SECOND)


def make_office(admin: Person) -> None:
    """The office with its hours, channels and chairs."""
    admin.visit("/admin/accounts/office/add/")
    fill(
        admin,
        {
            "name": "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kabupaten Contoh",
            "short_name": OFFICE,
            "code": "contoh",
            "number_code": "CTH",
            "government": "Pemerintah Kabupaten Contoh",
            "address": "Jalan Contoh 1",
            "city": "Contoh",
            "phone": "0751 700100",
            "email": "dpmptsp@contoh.invalid",
        },
    )
    save(admin)
    rows = ({"name": name, "code": code} for name, code in CHAIRS)
    add_rows(admin, "positions", tuple(rows))
    admin.page.locator("[name='positions-0-is_head']").check()
    channel = {"kind": "telepon", "label": "Telepon", "value": "0751 700100"}
    add_rows(admin, "channels", (channel,))
    save(admin)


def invite(admin: Person, name: str, email: str) -> None:
    """A new account; its owner gets a link by mail."""
    admin.visit("/admin/accounts/user/add/")
    fill(admin, {"full_name": name, "email": email, "workplace": OFFICE})
    admin.press("Simpan")
    admin.sees("berhasil ditambahkan")


def come_in(stage: Stage, email: str) -> Person:
    """Follow the link of the invitation, make a password, be inside."""
    person = stage.person()
    person.visit("/demo/surat/")
    letter = person.page.get_by_role("article").filter(has_text=email)
    link = letter.locator("a[href*='/akun/undangan/']")
    person.waits_for(lambda: link)
    link.first.click()
    person.heading("Selamat datang")
    fill(person, {"password1": OWN_PASSWORD, "password2": OWN_PASSWORD})
    person.press("Simpan kata sandi dan masuk")
    return person


def confirm(second: Person, page: str, *words: str) -> None:
    """Read what somebody else proposed, and confirm it with the password."""
    second.visit(page)
    second.reads(*words)
    second.write("Kata sandi Anda", PASSWORD)
    second.press("Setujui dan jalankan")
    second.sees("Disetujui dan dijalankan.")


def appoint(first: Person, second: Person, chair: str, email: str) -> None:
    """A term of office with its decree: proposed by one, confirmed by the other."""
    first.visit("/usulan/penunjukan/")
    first.page.locator("[name=position]").select_option(label=f"{OFFICE} - {chair}")
    first.page.get_by_label("Definitif").check()
    fill(
        first,
        {
            "person": email,
            "started_on": "2026-11-02",
            "decree_number": "800/1/2026",
            "decree_date": "2026-11-02",
        },
    )
    first.press("Kirim usulan")
    first.sees("Orang kedua sudah diberi tahu.")
    confirm(second, first.page.url, chair, "800/1/2026")


def test_new_office(stage: Stage, administrators: tuple[Person, Person]) -> None:
    first, second = administrators
    make_office(first)
    for name, email in PEOPLE.values():
        invite(first, name, email)
    for chair, (_name, email) in PEOPLE.items():
        appoint(first, second, chair, email)
    first.visit("/admin/accounts/office/?q=Contoh")
    first.follow("Kabupaten Contoh")
    first.reads(
        f"{len(CHAIRS)} jabatan, termasuk pimpinan unit.",
        "Setiap jabatan ada pelaksananya hari ini.",
        "Belum ada standar yang berlaku.",
    )
    head = come_in(stage, "ratna@contoh.invalid")
    head.visit("/meja/")
    head.heading("Antrean")
