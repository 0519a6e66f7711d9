"""Maklumat and public consultations: entered by administrators, closed, read by everybody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demo.samples import pdf_upload
from documents.scans import ScanStatus
from standards.models import (
    OfficeDocument,
    OfficeProof,
    PublicConsultation,
    ServicePledge,
)
from tests.factories.accounts import make_admin, make_office_admin
from tests.factories.admin import added, problems, typed
from tests.factories.permits import NOON, Cast, make_cast
from tests.factories.publicity import make_consultation, make_pledge

pytestmark = pytest.mark.django_db
ADD = "admin:standards_servicepledge_add"


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(make_office_admin(cast.office))
    return client


def pledge_of(cast: Cast, **facts: Any) -> dict[str, Any]:
    return {
        "office": cast.office.pk,
        "text": "Kami sanggup melayani sesuai standar.",
        "signed_on": "2026-01-05",
        "signed_by": "Siti Aminah",
        "effective_on": "2026-01-05",
        "places": "Loket\nLoket\n\nSitus web",
        "status": "ditetapkan",
        **facts,
    }


def change(row: Any) -> str:
    return reverse(f"admin:standards_{row._meta.model_name}_change", args=[row.pk])


def test_a_maklumat_is_set_and_read_and_printed_by_everybody(clerk: Client, cast: Cast) -> None:
    public = reverse("standards:office", args=[cast.office.code])
    sheet = reverse("standards:pledge", args=[cast.office.code])
    assert Client().get(sheet).status_code == 404
    assert clerk.post(reverse(ADD), pledge_of(cast)).status_code == 302
    row = ServicePledge.objects.get()
    assert (row.number, row.place_list) == (1, ["Loket", "Situs web"])
    assert "Kami sanggup melayani" in Client().get(public).content.decode()
    printed = Client().get(sheet).content.decode()
    assert "Siti Aminah" in printed
    assert "Situs web" in printed


def test_a_maklumat_that_is_set_lacks_nothing_and_says_it_at_the_field(
    clerk: Client, cast: Cast
) -> None:
    lacking = ("signed_on", "signed_by", "effective_on")
    for name in lacking:
        page = clerk.post(reverse(ADD), pledge_of(cast, **{name: ""}))
        assert page.context["adminform"].form.errors[name] == [
            "Isi ini sebelum maklumat ditetapkan."
        ]
    early = clerk.post(reverse(ADD), pledge_of(cast, effective_on="2026-01-04"))
    assert "effective_on" in early.context["adminform"].form.errors
    draft = pledge_of(cast, status="konsep", **dict.fromkeys(lacking, ""))
    assert clerk.post(reverse(ADD), draft).status_code == 302
    assert not cast.office.pledges.in_force(NOON.date())


def test_what_is_set_is_closed_and_the_rest_is_kept_up_to_date(clerk: Client, cast: Cast) -> None:
    row = make_pledge(cast.office)
    sent = {"text": "Lain", "places": "Pasar", "reviewed_on": "2026-11-02", "upload": pdf_upload()}
    assert clerk.post(change(row), sent).status_code == 302
    row.refresh_from_db()
    assert row.text.startswith("Kami sanggup")
    assert (row.place_list, row.reviewed_on) == (["Pasar"], date(2026, 11, 2))
    assert row.document is not None
    for broken in ({"text": "Lain"}, {"signed_by": "Lain"}, {"status": "konsep"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ServicePledge.objects.filter(pk=row.pk).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServicePledge.objects.filter(pk=row.pk).delete()
    delete = reverse("admin:standards_servicepledge_delete", args=[row.pk])
    assert clerk.post(delete, {"post": "yes"}).status_code == 403


def test_the_version_in_force_is_shown_and_the_earlier_one_below_it(cast: Cast) -> None:
    make_pledge(cast.office, text="Yang lama")
    make_pledge(cast.office, text="Yang baru", effective_on=date(2026, 6, 1))
    make_pledge(cast.office, text="Tahun depan", effective_on=date(2126, 1, 1))
    public = Client().get(reverse("standards:office", args=[cast.office.code])).content.decode()
    assert "Yang baru" in public
    assert "Yang lama" not in public
    sheet = Client().get(reverse("standards:pledge", args=[cast.office.code])).content.decode()
    assert sheet.index("Yang baru") < sheet.index("Yang lama")
    assert "Tahun depan" not in sheet


def test_a_consultation_stands_on_the_page_of_its_standard(clerk: Client, cast: Cast) -> None:
    version = cast.service.versions.published().get()
    sent = {
        "office": cast.office.pk,
        "held_on": "2026-10-20",
        "topic": "Standar pelayanan",
        "versions": [version.pk],
        "groups": "Pelaku usaha\nAkademisi",
        "attendance": "31",
        "outcome": "Jangka waktu disepakati.",
        "upload": pdf_upload("berita-acara.pdf"),
    }
    page = reverse("admin:standards_publicconsultation_add")
    for name in ("held_on", "topic", "groups", "attendance", "outcome"):
        assert clerk.post(page, {**sent, name: ""}).status_code == 200, name
    assert clerk.post(page, {**sent, "upload": pdf_upload("lagi.pdf")}).status_code == 302
    row = PublicConsultation.objects.get()
    assert row.minutes is not None
    public = Client().get(cast.service.get_absolute_url()).content.decode()
    assert "Konsultasi publik" in public
    assert "Pelaku usaha, Akademisi" in public
    assert "31 orang hadir" in public
    assert "lagi.pdf" not in public


def test_standards_of_another_office_are_refused_at_the_field(client: Client, cast: Cast) -> None:
    client.force_login(make_admin())
    other = make_cast().service.versions.published().get()
    sent = {
        "office": cast.office.pk, "held_on": "2026-10-20", "topic": "T", "versions": [other.pk],
        "groups": "G", "attendance": "3", "outcome": "H",
    }  # fmt: skip
    page = client.post(reverse("admin:standards_publicconsultation_add"), sent)
    assert page.context["adminform"].form.errors["versions"] == [
        "Pilih standar dari unit ini saja."
    ]


def test_a_file_that_is_no_document_is_refused_at_its_field_and_nothing_is_lost(
    clerk: Client, cast: Cast
) -> None:
    fake = pdf_upload("palsu.pdf")
    fake.seek(0)
    fake.write(b"MZ program")
    fake.seek(0)
    page = clerk.post(reverse(ADD), pledge_of(cast, upload=fake))
    assert "upload" in page.context["adminform"].form.errors
    assert "Kami sanggup melayani" in page.content.decode()
    assert not OfficeDocument.objects.exists()


def test_papers_are_for_administrators_of_their_office_once_they_are_clean(
    clerk: Client, cast: Cast
) -> None:
    row = make_consultation(cast.office)
    page = change(row)
    paper = f"{page.removesuffix('change/')}berkas/"
    assert clerk.get(paper).status_code == 404
    sent = {
        "office": cast.office.pk, "held_on": "2026-10-20", "topic": "T", "groups": "G",
        "attendance": "3", "outcome": "H", "upload": pdf_upload(),
    }  # fmt: skip
    assert clerk.post(page, sent).status_code == 302
    assert clerk.get(paper).status_code == 200
    stranger = Client()
    stranger.force_login(make_office_admin(make_cast().office))
    assert stranger.get(paper).status_code == 404
    assert Client().get(paper).status_code == 302
    OfficeDocument.objects.update(scan=ScanStatus.INFECTED)
    assert clerk.get(paper).status_code == 409
    assert "Mengandung virus" in clerk.get(page).content.decode()


def test_the_page_of_a_service_costs_the_same_with_many_consultations(cast: Cast) -> None:
    version = cast.service.versions.published().get()
    costs = []
    for number in range(5):
        day = date(2026, 10, 20) - timedelta(days=number)
        make_consultation(cast.office, held_on=day).versions.add(version)
        with CaptureQueriesContext(connection) as asked:
            Client().get(cast.service.get_absolute_url())
        costs.append(len(asked))
    assert len(set(costs[1:])) == 1
    assert costs[-1] <= 20


def test_a_proof_needs_its_paper_and_stays_with_its_office(clerk: Client, cast: Cast) -> None:
    page = reverse("admin:standards_officeproof_add")
    sent = {"office": cast.office.pk, "kind": "jam", "title": "Keputusan 5/2026",
            "dated_on": "2026-02-01"}  # fmt: skip
    answer = clerk.post(page, sent)
    assert answer.context["adminform"].form.errors == {"upload": ["Unggah keputusan atau fotonya."]}
    assert clerk.post(page, {**sent, "upload": pdf_upload("sk.pdf")}).status_code == 302
    row = OfficeProof.objects.get()
    assert row.document.original_name == "sk.pdf"
    changed = {**sent, "title": "Keputusan 6/2026"}
    assert clerk.post(change(row), changed).status_code == 302
    kept = OfficeProof.objects.get()
    assert (kept.title, kept.document) == ("Keputusan 6/2026", row.document)
    chosen = clerk.get(f"{page}?office={cast.office.pk}&kind=saluran").context["adminform"].form
    assert chosen.initial["kind"] == "saluran"
    other = Client()
    other.force_login(make_office_admin(make_cast().office))
    assert other.get(change(row)).status_code == 302
    assert other.post(change(row), {**changed, "title": "Lain"}).status_code in (302, 403, 404)
    assert OfficeProof.objects.get().title == "Keputusan 6/2026"


def test_the_page_of_a_service_takes_the_media_of_its_standard(clerk: Client, cast: Cast) -> None:
    page = clerk.get(change(cast.service))
    row = {"channel": "sippn", "place": "sippn.menpan.go.id", "seen_on": "2026-11-02"}
    sent = typed(page, **added(page, "publications", row))
    assert problems(clerk.post(change(cast.service), sent)) == []
    assert [one.get_channel_display() for one in cast.service.publications.all()] == ["SIPPN"]
    page = clerk.get(change(cast.service))
    answer = clerk.post(change(cast.service), typed(page, **added(page, "publications", row)))
    assert problems(answer), "the same channel twice"
    late = {**row, "channel": "qr", "seen_on": "2127-01-01"}
    answer = clerk.post(change(cast.service), typed(page, **added(page, "publications", late)))
    assert problems(answer), "a day to come"
