"""Two bodies are asked at the same time, one of them a partner: both answer, the desk goes on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.journeys import acts
from tests.journeys.papers import write_photo
from tests.journeys.people import PASSWORD, Stage
from tests.servers import Portal

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

PUPR = "tata-ruang@pupr.demo.invalid"
SECRETARY, TEAM = "sekretaris@pekanbaru.demo.invalid", "tim-teknis@pekanbaru.demo.invalid"
_SET = f"""
from accounts.models import Appointment, Office, Position
from allauth.account.models import EmailAddress
from standards.models import StandardVersion
from standards.services import drafting
from standards.services.publishing import publish_version

office = Office.objects.get(code="pekanbaru")
body = Office.objects.create(
    code="pupr", name="Dinas Pekerjaan Umum Kota Pekanbaru", short_name="Dinas PUPR",
    number_code="PUPR", city="Pekanbaru", partner_of=office,
)
desk = Position.objects.create(office=body, code="tata-ruang", name="Kepala Seksi Tata Ruang")
person = User.objects.create_user({PUPR!r}, {PASSWORD!r}, full_name="Tono Teknis")
EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
Appointment.objects.create(user=person, position=desk, started_on="2020-01-01")

service = Service.objects.get(slug="tanda-daftar-bkk")
old = StandardVersion.objects.filter(service=service, status="ditetapkan").latest("effective_on")
new = drafting.new_draft(old, actor=None, at=now)
copy = drafting.copy_procedure(old.procedure_links.get().procedure, actor=None, at=now)
copy.roles.create(order=50, label="Dinas PUPR", position=desk)
step = copy.steps.get(kind="tinjau")
step.performers.set(copy.roles.filter(label__in=["Dinas PUPR", "Sekretaris"]))
print(step.performers.count(), [role.label for role in copy.roles.all()])
new.procedure_links.update(procedure=copy)
new.effective_on = office.local_date(now)
new.save()
publish_version(new, actor=None, at=now)
"""


def test_two_bodies_are_asked_in_parallel_and_the_desk_goes_on(
    stage: Stage, portal: Portal, tmp_path: Path
) -> None:
    acts.play(portal, _SET)
    citizen = stage.person()
    citizen.visit("/layanan/pekanbaru/tanda-daftar-bkk/")
    citizen.reads("Bersama Sekretaris, Dinas PUPR")
    path = acts.sent(portal)
    acts.advance(portal, path, "tinjau")

    team = stage.person(TEAM)
    acts.open_file(team)
    team.reads("Belum masuk: Sekretaris, Dinas PUPR")
    assert not team.page.get_by_role("button", name="Simpan berita acara").count()

    body = stage.person(PUPR, width=360)
    acts.give_part(
        body, "Dengan catatan", "Sisakan jalan masuk.", acts.paper(tmp_path, "rekomendasi.pdf")
    )
    body.heading("Antrean")  # what it answered is out of its sight
    assert not body.page.get_by_role("link", name=acts.HOLDER).count()

    secretary = stage.person(SECRETARY)
    acts.give_part(secretary, "Tidak ada keberatan")
    acts.open_file(team)
    team.reads("Sisakan jalan masuk.", "Dengan catatan", "Tidak ada keberatan")
    team.sees(re.compile("rekomendasi.pdf"))
    acts.inspect(team, write_photo(tmp_path / "depan.jpg", "depan"))
    team.visit(path.replace("/permohonan/", "/meja/") + "kartu/")
    said = "Dengan catatan. Sisakan jalan masuk. Berkas: rekomendasi.pdf (Tono Teknis)"
    team.reads(f"Dinas PUPR: {said}")
