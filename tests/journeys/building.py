"""How administrators build an office and its standards in the browser, said once and counted."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.factories.keys import Issuer
from tests.journeys.people import PASSWORD, Person, Stage

Row = dict[str, str]
OWN_PASSWORD = "perahu-kertas-tujuh-belas"  # of everybody who is invited
SECOND = "administrator.kedua@demo.invalid"
HOME = "DPMPTSP Kota Pekanbaru"  # where the second administrator is employed
OFFICE = "DPMPTSP Kabupaten Contoh"
CHAIRS = ("Kepala Dinas", "Sekretaris", "Kepala Bidang Perizinan", "Front Office")
PEOPLE = {
    "Kepala Dinas": ("Ratna Contoh", "ratna@contoh.invalid"),
    "Sekretaris": ("Saleh Contoh", "saleh@contoh.invalid"),
    "Kepala Bidang Perizinan": ("Bagus Contoh", "bagus@contoh.invalid"),
    "Front Office": ("Fitri Contoh", "fitri@contoh.invalid"),
}


def put(field: Locator, words: str) -> bool:
    """Choose or write ``words``; return whether they were written."""
    if field.get_attribute("type") == "checkbox":
        field.check()
        return False
    if field.evaluate("field => field.tagName") != "SELECT":
        field.focus()  # what the page writes by itself when a field is left comes before
        field.fill(words)
        return True
    if field.locator(f"option[value='{words}']").count():
        field.select_option(value=words)
    else:
        field.select_option(label=words)
    return False


def fill(admin: Person, fields: Row, within: Locator | None = None) -> None:
    """Fill the fields of the page, or of a part of it, by the names they have in the form."""
    for name, words in fields.items():
        if put((within or admin.page).locator(f"[name='{name}']"), words):
            admin.tally.field(words)
        else:
            admin.tally.choice()


def tick(admin: Person, *names: str) -> None:
    """Tick boxes of the page by the names they have in the form."""
    for name in names:
        admin.page.locator(f"[name='{name}']").check()
        admin.tally.clicks += 1


def add_rows(admin: Person, part: str, rows: tuple[Row, ...]) -> None:
    """Unfold one part of the page and add rows to it."""
    group = admin.page.locator(f"#{part}-group")
    fold = group.locator("details").first
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
        admin.tally.clicks += 1
    total = admin.page.locator(f"[name='{part}-TOTAL_FORMS']")
    for row in rows:
        number = total.input_value()
        group.locator(".add-row").get_by_role("link").or_(
            group.locator(".add-row").get_by_role("button")
        ).click()
        admin.tally.clicks += 1
        fill(admin, {f"{part}-{number}-{name}": words for name, words in row.items()})


def save(admin: Person) -> None:
    """Press the button that saves the page, and be told that it did."""
    with admin.page.expect_navigation():  # the page before may say the same words
        admin.press("Simpan")
    admin.sees("Tersimpan.")


def invite(admin: Person, name: str, email: str, office: str) -> None:
    """A new account; its owner gets a link by mail."""
    admin.visit("/admin/accounts/user/add/")
    fill(admin, {"full_name": name, "email": email, "workplace": office})
    admin.press("Simpan")
    admin.sees("berhasil ditambahkan")


def invite_all(admin: Person, *people: tuple[str, str, str]) -> None:
    """New accounts (name, address, office), one form after the other."""
    admin.visit("/admin/accounts/user/add/")
    for name, email, office in people:
        fill(admin, {"full_name": name, "email": email, "workplace": office})
        with admin.page.expect_navigation():
            admin.press("Simpan dan tambahkan lagi")
        admin.sees(re.compile(f"{name}.*berhasil ditambahkan"))


def come_in(stage: Stage, email: str, *, password: str = OWN_PASSWORD, width: int = 1280) -> Person:
    """Follow the link of the invitation, make a password, be inside."""
    person = stage.person(width=width)
    person.visit("/demo/surat/")
    letter = person.page.get_by_role("article").filter(has_text=email)
    link = letter.locator("a[href*='/akun/undangan/']")
    person.waits_for(lambda: link)
    link.first.click()
    person.heading("Selamat datang")
    fill(person, {"password1": password, "password2": password})
    person.press("Simpan kata sandi dan masuk")
    return person


def confirm(second: Person, page: str, *words: str) -> None:
    """Read what somebody else proposed, and confirm it with the password."""
    second.visit(page)
    second.reads(*words)
    second.write("Kata sandi Anda", PASSWORD)
    second.press("Setujui dan jalankan")
    second.sees("Disetujui dan dijalankan.")


def declare_alone(admin: Person) -> None:
    """Say that the office has one administrator: its head confirms instead of a second one."""
    admin.visit("/usulan/")
    form = admin.page.locator("form[action$='/satu-administrator/pekanbaru/']")
    admin.press("Nyatakan: unit ini hanya punya satu administrator", within=form)
    admin.sees("Kepala unit diberi tahu.")


def publish_alone(stage: Stage, admin: Person, *words: str) -> None:
    """Propose what can no longer be changed then; the head confirms for the only administrator."""
    admin.press("Usulkan penetapan")
    admin.sees("Orang kedua sudah diberi tahu.")
    page = admin.page.url
    declare_alone(admin)
    head = stage.person("kepala@pekanbaru.demo.invalid")
    confirm(head, page, *words, "Versi pertama di portal ini.")
    stage.leave(head)


def second_administrator(stage: Stage, first: Person) -> Person:
    """Invited and given every right; as long as there is one administrator, a head confirms."""
    invite(first, "Administrator Kedua", SECOND, HOME)
    declare_alone(first)
    first.visit(f"/admin/accounts/user/?q={SECOND}")
    first.follow("Administrator Kedua")
    first.follow("Usulkan wewenang")
    tick(first, "is_staff", "is_superuser")
    fill(first, {"office": HOME, "reason": "Wewenang atas orang lain perlu dua orang."})
    first.press("Kirim usulan")
    first.sees("Orang kedua sudah diberi tahu.")
    head = stage.person("kepala@pekanbaru.demo.invalid")
    confirm(head, first.page.url, "Administrator Kedua menjadi administrator")
    stage.leave(head)
    return come_in(stage, SECOND, password=PASSWORD)


def appoint(first: Person, second: Person, chair: str, email: str) -> None:
    """A term of office with its decree: proposed by one, confirmed by the other.

    ``chair`` is named as lists do: office, dash, position. The decree of the appointment before
    stands there already.
    """
    first.visit("/usulan/penunjukan/")
    fill(first, {"position": chair, "person": email})
    if not first.page.locator("[name='decree_number']").input_value():
        first.page.get_by_label("Definitif").check()
        first.tally.clicks += 1
        decree = {"decree_number": "800/1/2026", "decree_date": "2026-11-02"}
        fill(first, {"started_on": "2026-11-02", **decree})
    first.press("Kirim usulan")
    first.sees("Orang kedua sudah diberi tahu.")
    confirm(second, first.page.url, chair.rpartition(" - ")[2], "800/1/2026")


def make_office(admin: Person, chairs: tuple[str, ...] = CHAIRS) -> None:
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
    add_rows(admin, "positions", tuple({"name": name} for name in chairs))  # codes write themselves
    tick(admin, "positions-0-is_head")
    channel = {"kind": "telepon", "label": "Telepon", "value": "0751 700100"}
    add_rows(admin, "channels", (channel,))
    save(admin)


def make_body(admin: Person, name: str, code: str, position: str) -> None:
    """A partner body of the office, with one position of its own."""
    admin.visit("/admin/accounts/office/add/")
    fill(
        admin,
        {
            "name": f"{name} Kabupaten Contoh",
            "short_name": name,
            "code": code,
            "number_code": code.upper(),
            "government": "Pemerintah Kabupaten Contoh",
            "address": "Jalan Contoh 2",
            "city": "Contoh",
            "partner_of": OFFICE,
        },
    )
    save(admin)
    add_rows(admin, "positions", ({"name": position},))
    save(admin)


def to_office(admin: Person) -> None:
    """Open the page of the office in the administration, from the list."""
    admin.visit("/admin/accounts/office/?q=DPMPTSP+Kabupaten+Contoh")
    admin.follow("Kabupaten Contoh")


def obtain_key(first: Person, second: Person, issuer: Issuer) -> None:
    """The signing key: asked for, certified elsewhere, agreed on by two, in use.

    ``issuer`` stands for the certificate authority, which is no part of the portal: it gets the
    request that was downloaded and sends its certificate back.
    """
    to_office(first)
    first.follow("Minta atau perbarui kunci")
    page = first.page.url
    first.press("Minta kunci baru")
    link = first.page.get_by_role("link", name="Unduh permintaan sertifikat (.csr)")
    first.waits_for(lambda: link)
    request = first.download(link.get_attribute("href") or "")
    first.tally.clicks += 1
    sent_back = issuer.certify(request.decode())
    first.page.get_by_label("Sertifikat dari penerbit").set_input_files(
        {"name": "kepala.pem", "mimeType": "application/x-pem-file", "buffer": sent_back}
    )
    first.tally.clicks += 2  # the file is chosen
    fill(first, {"reason": "Kunci pertama unit ini."})
    first.press("Usulkan sertifikat ini")
    first.sees("Orang kedua sudah diberi tahu.")
    confirm(second, first.page.url, "Kepala Dinas", "Penerbit")
    first.visit(page)
    first.waits_for(lambda: first.page.get_by_text("Siap dipakai atas nama Kepala Dinas"))
    to_office(first)
    link = first.page.get_by_role("link", name="Kunci tanda tangan", exact=True)
    line = first.page.locator(".findings li").filter(has=link)
    expect(line.locator(".state--good")).to_have_text("Siap")
