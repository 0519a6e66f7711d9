"""A letter to an agency in mid-process: written, initialed on a phone, signed, and verified."""

from __future__ import annotations

import re

import pytest

from tests.journeys import acts
from tests.journeys.people import Person, Stage
from tests.servers import Portal

pytestmark = [pytest.mark.browser, pytest.mark.once]

TITLE = "Permintaan pertimbangan teknis"
BACK, SECRETARY, TEAM = (
    f"{name}@pekanbaru.demo.invalid" for name in ("bo", "sekretaris", "tim-teknis")
)
_SET = f"""
from accounts.models import Office
from standards.models import Paper, StandardVersion
from standards.services import drafting
from standards.services.publishing import publish_version

office = Office.objects.get(code="pekanbaru")
service = Service.objects.get(slug="tanda-daftar-bkk")
old = StandardVersion.objects.filter(service=service, status="ditetapkan").latest("effective_on")
new = drafting.new_draft(old, actor=None, at=now)
sop = drafting.copy_procedure(old.procedure_links.get().procedure, actor=None, at=now)
for step in sop.steps.filter(order__gt=2).order_by("-order"):
    step.order += 3
    step.printed_number = str(step.order)
    step.save()
for number, label in enumerate(("Back Office", "Sekretaris", "Tim Teknis"), 3):
    sop.steps.create(
        order=number, printed_number=str(number), kind="kerjakan", activity="Surat pertimbangan",
        role=sop.roles.get(label=label),
    )
new.procedure_links.update(procedure=sop)
Paper.objects.create(
    version=new, key="surat", title={TITLE!r}, addressee="Kepala Dinas Tenaga Kerja",
    body="Mohon pertimbangan atas {{layanan}} oleh {{pemegang}}.",
    written_at="3", initialed_at="4", signed_at="5",
)
new.effective_on = office.local_date(now)
new.save()
publish_version(new, actor=None, at=now)
"""


def write(officer: Person) -> None:
    """Save the text that the standard has, and pass the file on."""
    officer.press("Simpan konsep dan lihat")
    officer.sees("Konsep tersimpan. Pratinjaunya disiapkan.")
    acts.sees_draft(officer)
    officer.press("Selesai, teruskan berkas")


def test_a_letter_is_written_initialed_and_signed(stage: Stage, portal: Portal) -> None:
    acts.play(portal, _SET)
    path = acts.sent(portal)
    acts.advance(portal, path, "kerjakan")

    writer = stage.person(BACK)
    acts.open_file(writer)
    writer.sees(TITLE)
    write(writer)

    secretary = stage.person(SECRETARY, width=360)
    acts.open_file(secretary)
    secretary.reads(TITLE, "Paraf untuk konsep ini", "Belum")
    acts.initial(secretary)

    signer = stage.person(TEAM)
    acts.open_file(signer)
    signer.reads(TITLE, "Paraf untuk konsep ini", "Sekretaris")
    acts.sign(signer)
    card = path.replace("/permohonan/", "/meja/") + "kartu/"
    signer.waits_for(lambda: signer.page.get_by_role("button", name="Simpan berita acara"))
    signer.visit(card)
    signer.reads(f"menulis “{TITLE}”", f"memaraf “{TITLE}”", f"menandatangani “{TITLE}”")

    text = acts.play(
        portal,
        f"print({acts.file_at(path)}.certificates.exclude(paper=None).get().number)",
    )
    stranger = stage.person()
    stranger.visit("/periksa-dokumen/")
    stranger.write("Nomor atau kode dokumen", text)
    stranger.press("Periksa nomor atau kode")
    stranger.sees(re.compile(TITLE))
