"""Laws as records of all offices: whether they hold, what came in their place, and who says so."""

from __future__ import annotations

import json
from datetime import date, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from standards.domain.faults import Fault
from standards.domain.outline import Item
from standards.domain.regulations import Citation, RegulationKind, read_title
from standards.forms.drafts import LegalBasisForm
from standards.law_wording import change_of, short_change
from standards.models import LegalBasis, Regulation, StandardVersion
from standards.services import publishing
from standards.services.exporting import export_version
from standards.services.file_reader import regulations_by_name
from standards.services.importing import import_standard, read_arrival
from standards.services.pasting import add_grounds
from standards.services.publishing import publish_version
from tests.factories.accounts import make_admin
from tests.factories.standards import PUBLISHED_AT, make_draft, make_revoked, make_service

OLD = "Peraturan Pemerintah Nomor 5 Tahun 2021 tentang Perizinan Lama"
NEW = "Peraturan Pemerintah Nomor 28 Tahun 2025 tentang Perizinan Baru"


@pytest.mark.parametrize(
    ("title", "found"),
    [
        (NEW, Citation(RegulationKind.GOVERNMENT, "28", 2025)),
        ("Undang-Undang Nomor 25 Tahun 2009 tentang X", Citation(RegulationKind.LAW, "25", 2009)),
        (
            "Peraturan Pemerintah Pengganti Undang-Undang Nomor 2 Tahun 2022 tentang Cipta Kerja",
            Citation(RegulationKind.EMERGENCY_LAW, "2", 2022),
        ),
        (
            "Keputusan Bupati Kampar Nomor 503-236/I/2022 tanggal 18 Januari 2022 tentang Y",
            Citation(RegulationKind.DECISION, "503-236/I/2022"),
        ),
        (
            "Peraturan Wali Kota X Nomor 9 Tahun 2022",
            Citation(RegulationKind.REGION_HEAD, "9", 2022),
        ),
        ("PP No. 5 Tahun 2021 tentang X", Citation(RegulationKind.GOVERNMENT, "5", 2021)),
        ("UU 25/2009", Citation(RegulationKind.LAW, "25", 2009)),
        ("Surat edaran", Citation(RegulationKind.OTHER)),
    ],
)
def test_kind_number_and_year_are_read_from_the_title(title: str, found: Citation) -> None:
    assert read_title(title) == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("PP Nomor 5 Tahun 2021 tentang perizinan;", OLD),
        ("Peraturan Pemerintah Nomor 5 tahun 2021", OLD),
        ("Peraturan Pemerintah Nomor 5 Tahun 2022", ""),
        ("Undang-Undang Nomor 5 Tahun 2021", ""),
        ("Perwali Sungai Nomor 9 Tahun 2022", "Peraturan Walikota Sungai Nomor 9 Tahun 2022"),
        ("Peraturan Wali Kota Danau Nomor 9 Tahun 2022", ""),
        ("Undang-Undang Nomor 8 Tahun 2010", ""),
        ("Surat edaran nomor 5", ""),
    ],
)
def test_a_ground_is_joined_to_the_one_law_that_its_words_cite(text: str, title: str) -> None:
    make_revoked(OLD, by=NEW)
    for each in (
        "Peraturan Walikota Sungai Nomor 9 Tahun 2022",
        "Undang-Undang Nomor 8 Tahun 2010 tentang Ini",
        "Undang-Undang Nomor 8 Tahun 2010 tentang Itu",
    ):
        Regulation.objects.create(title=each)
    for law in Regulation.objects.all():
        law.full_clean()
        law.save()
    draft = make_draft()
    add_grounds(draft, [Item("", text)])
    pasted = draft.legal_bases.last()
    assert pasted
    assert (pasted.regulation.title if pasted.regulation else "") == title


@pytest.mark.django_db
def test_the_linter_names_a_law_that_no_record_tells_about_and_finds_the_repealed_ones() -> None:
    draft = make_draft()
    LegalBasis.objects.filter(version=draft).update(text="PP Nomor 5 Tahun 2021 tentang X;")
    (fault,) = grounds_of(draft)
    assert (fault.code, fault.place) == ("regulation_unlinked", "legal_bases-0")
    assert "belum dikaitkan" in publishing.sentence(fault)
    law = make_revoked(OLD, by=NEW)
    law.full_clean()
    law.save()
    assert [each.code for each in grounds_of(draft)] == ["regulation_repealed"]
    LegalBasis.objects.filter(version=draft).update(text="Surat edaran bupati;")
    assert grounds_of(draft) == []


def grounds_of(draft: StandardVersion) -> list[Fault]:
    found = publishing.found_warnings(draft, PUBLISHED_AT)
    return [fault for fault in found if fault.code.startswith("regulation_")]


@pytest.mark.django_db
def test_the_page_joins_a_ground_to_its_law_until_a_person_takes_the_link_out() -> None:
    law = make_revoked(OLD, by=NEW)
    law.full_clean()
    law.save()
    basis = make_draft().legal_bases.get()
    values = {"printed_number": "1.", "text": "PP 5/2021", "regulation": ""}
    form = LegalBasisForm(values, instance=basis)
    assert form.is_valid(), form.errors
    assert form.instance.regulation == law
    basis.regulation = law
    form = LegalBasisForm(values, instance=basis)
    assert form.is_valid(), form.errors
    assert form.instance.regulation is None


@pytest.mark.django_db
def test_an_imported_ground_is_joined_to_its_law(monday: datetime) -> None:
    draft = make_draft()
    LegalBasis.objects.filter(version=draft).update(text="PP 5/2021")
    content = export_version(draft).encode()
    law = make_revoked(OLD, by=NEW)
    law.full_clean()
    law.save()
    office = make_service().office
    arrival = read_arrival(content, "a.toml", office)
    arrived = import_standard(
        content, "a.toml", office, make_service(office), arrival.suggested(office),
        with_decree=True, at=monday,
    )  # fmt: skip
    assert arrived.legal_bases.get().regulation == law


@pytest.mark.django_db
def test_a_standing_says_since_when_and_what_came_instead() -> None:
    since = date(2025, 6, 5)
    law = make_revoked(OLD, by=NEW, since=since)
    assert change_of(law) == f"dicabut sejak 5 Juni 2025, diganti oleh {NEW}"
    short = "Peraturan Pemerintah Nomor 28 Tahun 2025"
    assert short_change(law) == f"dicabut, diganti oleh {short}"
    law.status = Regulation.Status.AMENDED
    assert change_of(law) == f"diubah sejak 5 Juni 2025 dengan {NEW}"
    assert short_change(law) == f"diubah dengan {short}"
    law.successor = law.since = None
    assert change_of(law) == "diubah"
    law.status = Regulation.Status.REVOKED
    assert change_of(law) == "dicabut"
    assert change_of(Regulation.objects.get(title=NEW)) == change_of(None) == ""


@pytest.mark.django_db
def test_a_law_cannot_come_after_itself_nor_hold_and_have_a_successor() -> None:
    law = make_revoked(OLD, by=NEW)
    assert law.successor
    law.successor.status, law.successor.successor = Regulation.Status.REVOKED, law
    with pytest.raises(ValidationError, match="pengganti dirinya sendiri"):
        law.successor.full_clean()
    other = make_revoked("Peraturan lain", by="Peraturan baru")
    other.status = Regulation.Status.IN_FORCE
    with pytest.raises(ValidationError, match="tidak mempunyai pengganti"):
        other.full_clean()


@pytest.mark.django_db
def test_the_administration_fills_what_the_title_says(client: Client) -> None:
    client.force_login(make_admin())
    new = Regulation.objects.create(title=NEW)
    answer = client.post(
        reverse("admin:standards_regulation_add"),
        {"title": OLD, "code": "", "kind": "", "number": "", "year": "", "status": "dicabut",
         "successor": str(new.pk), "since": "2025-06-05"},
    )  # fmt: skip
    assert answer.status_code == 302
    law = Regulation.objects.get(title=OLD)
    assert (law.code, law.kind, law.number, law.year) == (None, "pp", "5", 2021)
    listed = client.get(reverse("admin:standards_regulation_changelist")).content.decode()
    assert "Dicabut" in listed
    again = client.post(
        reverse("admin:standards_regulation_change", args=[new.pk]),
        {"title": NEW, "status": "dicabut", "successor": str(law.pk)},
    )
    assert "pengganti dirinya sendiri" in again.content.decode()


@pytest.mark.django_db
def test_a_file_names_a_law_by_its_short_name_and_takes_both() -> None:
    draft = make_draft()
    law = Regulation.objects.create(title=NEW, code="PP 28/2025 (contoh)")
    LegalBasis.objects.filter(version=draft).update(regulation=law)
    assert 'regulation = "PP 28/2025 (contoh)"' in export_version(draft)
    named = regulations_by_name()
    assert named[NEW] == named["PP 28/2025 (contoh)"] == law.pk


@pytest.mark.django_db
def test_open_data_says_what_became_of_a_cited_law(client: Client) -> None:
    draft = make_draft()
    law = make_revoked(OLD, by=NEW)
    LegalBasis.objects.filter(version=draft).update(regulation=law)
    publish_version(draft, actor=None, at=PUBLISHED_AT)
    answer = client.get(reverse("standards:open_data_json"))
    rows = json.loads(b"".join(answer.streaming_content))["standar"]  # type: ignore[attr-defined]
    (row,) = [row for row in rows if row["kode_layanan"] == draft.service.slug]
    (basis,) = row["dasar_hukum"]
    assert (basis["peraturan"], basis["keadaan"]) == (OLD, "dicabut")
    assert basis["keterangan"] == f"dicabut, diganti oleh {NEW}"


@pytest.mark.django_db
def test_text_of_before_becomes_a_law_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The migration on rows as they were: ``repealed_by`` is no column any more, so it is given."""
    law = Regulation.objects.create(title=OLD)
    monkeypatch.setattr(Regulation, "repealed_by", "", raising=False)
    rows = Regulation.objects.all()
    monkeypatch.setattr(
        Regulation.objects,
        "order_by",
        lambda *names: [_with_text(row) for row in rows.filter(pk=law.pk)],
    )
    import_module("standards.migrations.0015_regulation_successors").forwards(apps, None)
    law.refresh_from_db()
    assert law.successor
    assert (law.status, law.kind, law.year) == ("dicabut", "pp", 2021)
    assert (law.successor.title, law.successor.number) == (NEW, "28")


def _with_text(row: Regulation) -> Regulation:
    row.repealed_by = f" {NEW} "  # type: ignore[attr-defined]
    return row
