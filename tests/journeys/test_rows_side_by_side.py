"""Two rows of an SOP run side by side at two bodies and meet at the desk that collects them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys import acts
from tests.journeys.building import Row, add_rows, fill, save, tick
from tests.journeys.people import PASSWORD, Person, Stage
from tests.servers import Portal

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

PUPR, DLH = "tata-ruang@pupr.demo.invalid", "amdal@dlh.demo.invalid"
ADMINISTRATOR, DESK = "admin@demo.invalid", "bo@pekanbaru.demo.invalid"
SOP = "SOP Rekomendasi Serentak"
WORKS, NATURE = "Dinas PUPR", "Dinas LH"
_BODIES = f"""
from accounts.models import Appointment, Office, Position
from allauth.account.models import EmailAddress
from standards.models import StandardVersion
from standards.services import drafting

office = Office.objects.get(code="pekanbaru")
for code, short, email in (("pupr", {WORKS!r}, {PUPR!r}), ("dlh", {NATURE!r}, {DLH!r})):
    body = Office.objects.create(
        code=code, name=short, short_name=short, number_code=code.upper(), city="Pekanbaru",
        partner_of=office,
    )
    desk = Position.objects.create(office=body, code="bidang", name="Kepala Bidang Teknis")
    person = User.objects.create_user(email, {PASSWORD!r}, full_name=f"Petugas {{short}}")
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    Appointment.objects.create(user=person, position=desk, started_on="2020-01-01")
service = Service.objects.get(slug="tanda-daftar-bkk")
old = StandardVersion.objects.filter(service=service, status="ditetapkan").latest("effective_on")
new = drafting.new_draft(old, actor=None, at=now)
new.effective_on = office.local_date(now)
new.save()
print(f"/admin/standards/standardversion/{{new.pk}}/change/")
"""
_PUBLISH = """
from standards.models import StandardVersion
from standards.services.publishing import publish_version

publish_version(StandardVersion.objects.get(status="konsep", service__slug="tanda-daftar-bkk"),
                actor=None, at=now)
"""


def row(activity: str, role: str, kind: str = "kerjakan", **more: str) -> Row:
    """One row of the SOP; ordinary work stands there already."""
    named: Row = {} if kind == "kerjakan" else {"kind": kind}
    return {**named, "activity": activity, "role": role, **more}


COLUMNS: tuple[Row, ...] = (
    *({"label": each, "position": each} for each in ("Front Office", "Back Office", "Sekretaris")),
    {"label": "Kepala Dinas", "position": "Kepala DPMPTSP Kota Pekanbaru"},
    *({"label": each, "position": f"Kepala Bidang Teknis, {each}"} for each in (WORKS, NATURE)),
)
ROWS: tuple[Row, ...] = (
    row("Mengajukan permohonan", "Pemohon", "ajukan"),
    row("Memeriksa kelengkapan", "Front Office", "periksa"),
    row("Mengukur ruangan dan memberi rekomendasi teknis", WORKS,
        standard_amount="3", standard_unit="hari_kerja"),
    row("Memberi rekomendasi lingkungan", NATURE, when="rencana_penempatan >= 10",
        standard_amount="5", standard_unit="hari_kerja"),
    row("Mengumpulkan rekomendasi", "Back Office", standard_amount="1", standard_unit="hari_kerja"),
    row("Menyusun konsep", "Back Office", "konsep"),
    row("Memaraf konsep", "Sekretaris", "paraf"),
    row("Menandatangani", "Kepala Dinas", "tanda_tangan"),
    row("Memberi nomor", "Back Office", "nomor"),
    row("Menerima dokumen", "Pemohon", "serahkan", recorded_by="Front Office"),
)  # fmt: skip
MEASURED: Row = {
    "label": "Luas menurut pengukuran", "kind": "luas", "key": "luas_ukur", "asked_at": "3",
}  # fmt: skip


def enter(clerk: Person, draft: str) -> None:
    """The SOP with its two rows side by side, then the standard that uses it, and its fact."""
    clerk.visit("/admin/standards/procedure/add/")
    fill(clerk, {"office": "DPMPTSP Kota Pekanbaru", "name": SOP})
    save(clerk)
    add_rows(clerk, "roles", COLUMNS)
    add_rows(clerk, "steps", ROWS)
    tick(clerk, "steps-2-parallel")
    save(clerk)
    clerk.reads("dikerjakan bersamaan, tetapi langkah di sebelahnya tidak")
    tick(clerk, "steps-3-parallel")
    save(clerk)
    clerk.sees("Prosedur ini dapat dijalankan")
    clerk.visit(draft)
    known = f"{SOP} (sop-rekomendasi-serentak, dapat diubah)"
    clerk.page.locator("#procedure_links-group summary").first.click()
    fill(clerk, {"procedure_links-0-procedure": known})
    save(clerk)
    add_rows(clerk, "facts", (MEASURED,))
    save(clerk)
    clerk.sees("Konsep ini lengkap")


def test_two_rows_run_side_by_side_and_meet_at_the_desk_that_collects_them(
    stage: Stage, portal: Portal, tmp_path: Path
) -> None:
    """Other words, other terms, a condition and a fact; built by a clerk, to the permit."""
    enter(stage.person(ADMINISTRATOR), acts.play(portal, _BODIES))
    acts.play(portal, _PUBLISH)
    citizen = stage.person()
    citizen.visit("/layanan/pekanbaru/tanda-daftar-bkk/")
    citizen.reads("Bersamaan dengan langkah 4", "Dimulai setelah langkah 3 dan 4 selesai")
    path = acts.sent(portal)
    acts.advance(portal, path, "kerjakan")

    desk = stage.person(DESK)
    acts.open_file(desk)
    desk.reads(f"Belum selesai: {WORKS} (langkah 3), {NATURE} (langkah 4)")
    assert not desk.page.get_by_role("button", name="Selesai, teruskan berkas").count()
    nature = stage.person(DLH, width=360)
    acts.give_part(nature, "Tidak ada keberatan")
    works = stage.person(PUPR, width=360)
    acts.open_file(works)
    works.write("Luas menurut pengukuran", "120")
    works.page.get_by_label("Dengan catatan", exact=True).check()
    works.page.get_by_role("textbox", name="Catatan").fill("Sisakan jalan masuk.")
    works.page.get_by_label("Surat atau berkas").set_input_files(acts.paper(tmp_path, "ukur.pdf"))
    works.press("Kirim bagian Anda")
    works.sees("Bagian Anda tercatat di kartu kendali.")

    acts.open_file(desk)
    desk.reads("Sisakan jalan masuk.", "120 m²")
    desk.press("Selesai, teruskan berkas")
    desk.visit(path.replace("/permohonan/", "/meja/") + "kartu/")
    desk.reads("Mengukur ruangan dan memberi rekomendasi teknis", "Memberi rekomendasi lingkungan")
    acts.advance(portal, path, "serahkan")
    owner = stage.person("pemohon1@demo.invalid")
    owner.visit(path)
    owner.reads("Memberi rekomendasi lingkungan", "terbit")
