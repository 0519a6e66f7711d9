"""What do I need? The list that applies to one's own answers, before any login."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from permits.models import Application
from standards.models import Fact, Requirement, Service, StandardVersion
from standards.services.publishing import publish_version
from tests.factories.standards import (
    PUBLISHED_AT,
    make_draft,
    make_fact,
    make_fee,
    make_hindrance,
    make_question,
    make_service,
    make_standard,
)

pytestmark = pytest.mark.django_db
MANY, PLAN = "Pengesahan rencana tenaga kerja asing", "Denah ruang"


def page_of(client: Client, service: Service, **answers: str) -> str:
    address = reverse("permits:needs", args=[service.office.code, service.slug])
    answer = client.get(address, answers)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def version() -> StandardVersion:
    """A standard whose plan of rooms is asked from a hundred square metres and of foreigners."""
    draft = make_draft()
    Fact.objects.filter(version=draft, key="tenaga_asing").update(order=1)
    make_fact(draft, "luas", "tenaga_asing = ya", label="Luas ruang", kind="luas")
    group = draft.requirement_groups.get()
    fields = {"version": draft, "group": group, "order": 5, "kind": "unggah", "text": PLAN}
    Requirement.objects.create(**fields, when=[[
        {"fact": "luas", "operator": "at_least", "values": ["100"]}
    ]])  # fmt: skip
    return publish_version(draft, actor=None, at=PUBLISHED_AT)


def test_nothing_is_claimed_before_the_answers(client: Client, version: StandardVersion) -> None:
    page = page_of(client, version.service)
    assert "Fotokopi KTP penanggung jawab" in page
    assert MANY not in page
    assert "Masih ada 1 pertanyaan yang belum dijawab." in page
    assert "Luas ruang" not in page, "asked only of who employs foreigners"


def test_an_answer_opens_the_next_question_and_lengthens_the_list(
    client: Client, version: StandardVersion
) -> None:
    page = page_of(client, version.service, tanya_tenaga_asing="ya")
    assert MANY in page
    assert PLAN not in page
    assert 'name="tanya_luas"' in page
    page = page_of(client, version.service, tanya_tenaga_asing="ya", tanya_luas="1.250,5")
    assert PLAN in page
    assert "belum dijawab" not in page
    assert "Hanya jika" not in page, "what applies is said without its condition"


def test_what_it_costs_is_computed_from_the_answers(client: Client) -> None:
    draft = make_draft()
    assert "Layanan ini tidak dipungut biaya." in page_of(client, make_standard().service)
    make_fact(draft, "luas", label="Luas ruang", kind="luas")
    make_fee(draft, "tenaga_asing = ya", label="Retribusi", kind="per_satuan", amount=1000,
             units="luas", multiple=500, rounding="ke_atas")  # fmt: skip
    service = publish_version(draft, actor=None, at=PUBLISHED_AT).service
    page = page_of(client, service, tanya_tenaga_asing="ya")
    assert "belum dapat dihitung" in page
    page = page_of(client, service, tanya_tenaga_asing="ya", tanya_luas="1.250,2")
    assert "<strong>Rp\u00a01.250.500</strong>" in page
    page = page_of(client, service, tanya_tenaga_asing="tidak", tanya_luas="9")
    assert "tidak ada yang harus dibayar" in page


def test_who_needs_less_reads_less(client: Client, version: StandardVersion) -> None:
    page = page_of(client, version.service, tanya_tenaga_asing="tidak", tanya_luas="500")
    assert MANY not in page
    assert PLAN not in page, "an answer to a question that is not asked counts as none"
    assert "belum dijawab" not in page


@pytest.mark.parametrize("typed", ["seratus", "-1", "1;2", "1e9"])
def test_a_wrong_answer_is_said_at_its_field(
    client: Client, version: StandardVersion, typed: str
) -> None:
    page = page_of(client, version.service, tanya_tenaga_asing="ya", tanya_luas=typed)
    assert "error-summary" in page
    assert "#id_tanya_luas" in page
    assert PLAN not in page


def test_the_list_on_paper_names_the_answers(client: Client, version: StandardVersion) -> None:
    page = page_of(client, version.service, tanya_tenaga_asing="ya", cetak="1")
    assert "Apakah mempekerjakan tenaga asing? Ya" in page
    assert MANY in page
    assert "Daftar ini dapat bertambah: masih ada 1 pertanyaan" in page


def test_nothing_is_kept(client: Client, version: StandardVersion) -> None:
    page_of(client, version.service, tanya_tenaga_asing="ya", tanya_luas="120")
    assert not Application.objects.exists()
    assert not client.session.keys()


def test_a_closed_service_and_one_to_come_are_not_offered(client: Client) -> None:
    day = timezone.localdate()
    closed = make_standard(make_service(closed_from=day, closed_note="Pindah ke OSS.")).service
    page = page_of(client, closed)
    assert "Pindah ke OSS." in page
    assert reverse("permits:start", args=[closed.office.code, closed.slug]) not in page
    to_come = make_standard(effective_on=day + timedelta(days=9)).service
    page = page_of(client, to_come)
    assert "Standar ini baru berlaku mulai" in page
    assert reverse("permits:start", args=[to_come.office.code, to_come.slug]) not in page


def test_the_service_page_leads_there_where_answers_decide(client: Client) -> None:
    draft = make_draft()
    draft.requirements.update(when=[])
    plain = publish_version(draft, actor=None, at=PUBLISHED_AT).service
    deciding = make_standard().service
    for service, linked in ((plain, False), (deciding, True)):
        address = reverse("permits:needs", args=[service.office.code, service.slug])
        page = client.get(service.get_absolute_url()).content.decode()
        assert (address in page) is linked
    assert client.get(f"/layanan/{plain.office.code}/tidak-ada/perlu/").status_code == 404


def test_markup_in_a_question_is_text(client: Client) -> None:
    draft = make_draft()
    make_question(draft, "tanda", label='<b hx-post="/x">Tebal?</b>')
    draft.requirements.filter(order=2).update(when=[[
        {"fact": "tanda", "operator": "is", "values": ["ya"]}
    ]])  # fmt: skip
    version = publish_version(draft, actor=None, at=PUBLISHED_AT)
    for more in ({}, {"cetak": "1"}):
        page = page_of(client, version.service, tanya_tanda="ya", **more)
        assert "<b hx-post" not in page
        assert "&lt;b hx-post" in page


def test_the_page_costs_the_same_however_long_the_list(
    client: Client, version: StandardVersion, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(14):
        page_of(client, version.service, tanya_tenaga_asing="ya", tanya_luas="120")


def test_what_cannot_succeed_is_said_before_login_with_its_ground(client: Client) -> None:
    draft = make_draft()
    make_question(draft, "badan_jalan", label="Apakah di atas badan jalan?")
    make_hindrance(draft, "badan_jalan = ya")
    service = publish_version(draft, actor=None, at=PUBLISHED_AT).service
    sentence = "Di atas badan jalan tidak dapat diberi izin."
    start = reverse("permits:start", args=[service.office.code, service.slug])
    for answers in ({}, {"tanya_badan_jalan": "tidak"}):
        page = page_of(client, service, **answers)
        assert "Apakah di atas badan jalan?" in page, "it decides"
        assert sentence not in page
        assert start in page
    page = page_of(client, service, tanya_badan_jalan="ya")
    assert sentence in page
    assert "Perda 7/2021, Pasal 12" in page
    assert start not in page
    assert sentence in page_of(client, service, tanya_badan_jalan="ya", cetak="1")
    told = client.get(service.get_absolute_url()).content.decode()
    assert "Yang tidak dapat diajukan" in told
    assert "Hanya jika di atas badan jalan" in told
