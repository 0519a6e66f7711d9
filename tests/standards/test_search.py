"""Facts about the search in the catalogue, the same on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from standards.domain import kbli, search
from standards.domain.requirements import Need
from standards.models import Kbli, Requirement, SearchEntry, Service, StandardComponent
from standards.search import Wanted, find
from standards.services.publishing import publish_version
from standards.services.search_index import index_all, index_service, refresh
from tests.factories.accounts import make_admin, make_office
from tests.factories.standards import PUBLISHED_AT, make_draft, make_service, make_standard

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 16)


def names(text: str = "", **filters: object) -> list[str]:
    found = find(Wanted(text, **filters), TODAY)  # type: ignore[arg-type]
    return [offer.service.name for offer in found.offers]


def offered(name: str, requirement: str = "", component: str = "", **fields: Any) -> Service:
    draft = make_draft(make_service(name=name, **fields))
    if requirement:
        Requirement.objects.create(
            version=draft,
            group=draft.requirement_groups.get(),
            order=9,
            text=requirement,
            kind=Need.UPLOAD,
        )
    if component:
        StandardComponent.objects.filter(version=draft, order=1).update(body=component)
    publish_version(draft, actor=None, at=PUBLISHED_AT)
    return draft.service


# Where words are looked for -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["apotek", "APOTEK", "obat", "farmasi", "47721", "477", "kedokteran", "andalalin", "lahan",
     "wonosobo", "apotek-baru", "ápotek", "apotek, obat!", "apotek wonosobo lahan"],
)  # fmt: skip
def test_one_box_finds_by_every_kind_of_word(words: str) -> None:
    office = make_office(name="DPMPTSP Kabupaten Wonosobo", short_name="DPMPTSP Wonosobo")
    line = Kbli.objects.create(code="47721", title="Perdagangan eceran farmasi")
    offered(
        "Apotek Baru",
        requirement="Dokumen Andalalin",
        component="1. Sertifikat lahan",
        office=office,
        kbli=line,
        keywords="obat",
        sector="Kedokteran",
    )
    offered("Reklame")
    assert names(words) == ["Apotek Baru"]


def test_best_first_name_then_description_then_content() -> None:
    offered("A Reklame", requirement="Denah gudang")
    offered("B Reklame", summary="Untuk pemilik gudang")
    offered("C Tanda Daftar Gudang")
    offered("D Penyimpanan", keywords="gudang")
    assert names("gudang") == [
        "C Tanda Daftar Gudang", "D Penyimpanan", "B Reklame", "A Reklame",
    ]  # fmt: skip


def test_every_word_must_be_there_but_in_any_part() -> None:
    offered("Toko Bahan", requirement="Denah gudang")
    offered("Toko Alat")
    assert names("toko gudang") == ["Toko Bahan"]
    assert names("cara mengurus izin toko gudang") == ["Toko Bahan"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("gdang", "gudang"), ("gudagn", "gudang"), ("tokko gudang", "toko gudang"),
     ("pelatihn", "pelatihan"), ("kusrus", "kursus"), ("puskesmass", "puskesmas")],
)  # fmt: skip
def test_slips_are_forgiven_and_said(client: Client, typed: str, meant: str) -> None:
    offered("Toko Gudang", keywords="pelatihan kursus puskesmas")
    found = find(Wanted(typed), TODAY)
    assert [offer.service.name for offer in found.offers] == ["Toko Gudang"]
    assert found.suggestion == meant
    page = client.get(reverse("standards:service_list"), {"q": typed}).content.decode()
    assert "Mungkin yang Anda maksud" in page
    assert "Toko Gudang" in page


def test_a_slip_in_a_word_of_a_requirement_or_a_component_is_forgiven() -> None:
    offered("Toko Bahan", requirement="Surat keterangan domisili", component="1. Andalalin")
    for typed, meant in (("domsili", "domisili"), ("toko andalalni", "toko andalalin"),
                         ("domisili tokko", "domisili toko")):  # fmt: skip
        found = find(Wanted(typed), TODAY)
        assert [offer.service.name for offer in found.offers] == ["Toko Bahan"]
        assert found.suggestion == meant


def test_a_code_is_never_taken_for_a_slip() -> None:
    offered("Toko", kbli=Kbli.objects.create(code="47721", title="Eceran"))
    assert names("47722") == []


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "%", "_", "*", "'", '"', "a" * 5000, "a " * 3000, "(", "):*", "a:*A", "AND",
     "NOT", "NEAR(a b)", "apotek*", "<->", "!apotek", "a&b|c", "\\", "\ud800", "١٢٣", "🙂", "ไทย",
     "title:apotek", "-apotek", "^a", "{a}", "';DROP TABLE x;--", "и́", "1e400", "0x1f", "a.b/c@d"],
)  # fmt: skip
def test_bad_input_never_fails(client: Client, text: str) -> None:
    offered("Apotek")
    names(text)
    if text == "\ud800":
        return  # no browser can send it
    for name in ("q", "sektor", "risiko", "kategori"):
        assert client.get(reverse("standards:service_list"), {name: text}).status_code == 200


def test_signs_alone_find_nothing() -> None:
    offered("Apotek")
    assert names("%%%") == []
    assert names("***") == []


def test_a_word_of_the_standard_in_another_form_is_no_slip_of_another_service() -> None:
    offered("Apotek", requirement="Surat keterangan domisili")
    assert names("domisili") == ["Apotek"]
    assert find(Wanted("domisili"), TODAY).suggestion == ""


# Filters ------------------------------------------------------------------------------------------


def test_filters_narrow_words_and_the_whole_list() -> None:
    office = make_office(name="DPMPTSP Kota Tegal")
    line = Kbli.objects.create(code="86901", title="Kesehatan")
    offered("Uji Klinik", office=office, sector="Uji Kesehatan", risk="tinggi", kbli=line)
    offered("Uji Toko", sector="Uji Perdagangan", risk="rendah")
    assert names("uji", office=office.pk) == ["Uji Klinik"]
    assert names("uji", sector="Uji Perdagangan") == ["Uji Toko"]
    assert names("uji", risk="tinggi") == ["Uji Klinik"]
    assert names("uji", section="Q") == ["Uji Klinik"]
    assert names(sector="Uji Kesehatan") == ["Uji Klinik"]
    assert names("uji", office=office.pk, risk="rendah") == []


def test_page_keeps_words_and_filters_and_says_when_nothing_is_left(client: Client) -> None:
    offered("Uji Klinik", sector="Uji Kesehatan")
    url = reverse("standards:service_list")
    page = client.get(url, {"q": "klinik", "sektor": "Uji Kesehatan"}).content.decode()
    assert "Uji Klinik" in page
    assert 'value="klinik"' in page
    assert '<option value="Uji Kesehatan" selected>' in page
    page = client.get(url, {"sektor": "Uji Kesehatan", "risiko": "tinggi"}).content.decode()
    assert "Tidak ada layanan dengan saringan ini" in page


@pytest.mark.parametrize(
    ("code", "letter"),
    [("01111", "A"), ("70209", "M"), ("78422", "N"), ("99000", "U"), ("00000", ""), ("1234", ""),
     ("", ""), ("4772a", "")],
)  # fmt: skip
def test_category_of_a_code(code: str, letter: str) -> None:
    assert kbli.section(code) == letter


# The entries --------------------------------------------------------------------------------------


def test_words_follow_the_version_that_comes_into_force() -> None:
    service = offered("Apotek", requirement="Denah lama")
    later = make_draft(service, effective_on=TODAY + timedelta(days=1))
    Requirement.objects.filter(version=later, order=1).update(text="Denah pengganti")
    publish_version(later, actor=None, at=PUBLISHED_AT)
    assert names("pengganti") == []
    assert names("lama") == ["Apotek"]
    tomorrow = TODAY + timedelta(days=1)
    assert refresh(on=tomorrow) >= 1
    assert refresh(on=tomorrow) == 0
    assert find(Wanted("pengganti"), tomorrow).offers
    assert not find(Wanted("lama"), tomorrow).offers


def test_a_service_is_found_from_its_first_day_on() -> None:
    make_standard(make_service(name="Apotek"), effective_on=TODAY + timedelta(days=1))
    assert names("apotek") == []
    assert find(Wanted("apotek"), TODAY + timedelta(days=1)).offers


def test_a_draft_is_never_found() -> None:
    service = make_draft(make_service(name="Apotek")).service
    index_service(service.pk, on=TODAY)
    assert names("apotek") == []


def test_all_entries_are_written_anew_by_one_command() -> None:
    service = offered("Apotek")
    before = list(SearchEntry.objects.values_list("pk", "title", "content"))
    SearchEntry.objects.all().delete()
    assert names("apotek") == []
    out = StringIO()
    call_command("index_services", stdout=out)
    assert "layanan ditulis ulang" in out.getvalue()
    assert names("apotek") == ["Apotek"]
    assert sorted(SearchEntry.objects.values_list("pk", "title", "content")) == sorted(before)
    index_all(on=TODAY)
    assert SearchEntry.objects.filter(service=service).count() == 1


def test_a_name_changed_in_the_administration_is_found_at_once(client: Client) -> None:
    service = offered("Apotek")
    client.force_login(make_admin())
    data = {"office": service.office_id, "name": "Toko Obat", "slug": service.slug, "sector": "Uji"}
    for rows in ("closed_kinds", "publications"):
        data |= {f"{rows}-TOTAL_FORMS": 0, f"{rows}-INITIAL_FORMS": 0}
    url = reverse("admin:standards_service_change", args=[service.pk])
    assert client.post(url, data).status_code == 302
    assert names("toko obat") == ["Toko Obat"]
    assert names("apotek") == []


def test_long_texts_are_cut_to_a_bounded_number_of_words() -> None:
    many = " ".join(f"kata{number}" for number in range(30_000))
    assert len(search.stored([many]).split()) == 20_000
    assert search.words("a" * 100) == ["a" * 40]
    assert len(search.asked("satu dua tiga empat lima enam tujuh delapan sembilan")) == 8


def test_day_of_the_page_is_today(client: Client) -> None:
    make_standard(
        make_service(name="Apotek"), effective_on=timezone.localdate() + timedelta(days=2)
    )
    assert "Apotek" not in client.get(reverse("standards:service_list")).content.decode()
