"""Facts about the page of one service: all that the law says, before any login."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import ChannelKind, OfficeChannel, User
from standards.domain.components import Key
from standards.domain.conditions import parse
from standards.domain.requirements import Need
from standards.models import (
    FeeRule,
    LegalBasis,
    Procedure,
    Regulation,
    Requirement,
    RequirementGroup,
    Service,
    SopStep,
    StandardComponent,
    StandardVersion,
    VersionProcedure,
)
from standards.reading import read, runs
from standards.selectors import choose
from standards.services.publishing import publish_version
from standards.swimlane import draw
from tests.factories.accounts import make_admin, make_office, make_user
from tests.factories.standards import (
    PUBLISHED_AT,
    make_draft,
    make_fact,
    make_fee,
    make_procedure,
    make_question,
    make_revoked,
    make_service,
    make_standard,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def page_of(client: Client, service: Service, **asked: str) -> str:
    answer = client.get(service.get_absolute_url(), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def publish(draft: StandardVersion) -> StandardVersion:
    return publish_version(draft, actor=None, at=PUBLISHED_AT)


# The answer -------------------------------------------------------------------------------------


def test_answer_says_what_to_bring_how_long_how_much_and_what_one_gets(client: Client) -> None:
    service = make_standard(make_service(name="Tanda Daftar BKK")).service
    page = page_of(client, service)
    assert "Tanda Daftar BKK" in page
    assert "1–2 berkas" in page.replace("&ndash;", "–")
    assert "6 hari kerja" in page
    assert "sejak berkas dinyatakan lengkap dan benar" in page
    assert "Gratis" in page
    assert "Surat Tanda Daftar" in page


def test_button_starts_an_application(client: Client) -> None:
    service = make_standard().service
    start = reverse("permits:start", args=[service.office.code, service.slug])
    assert f'href="{start}"' in page_of(client, service)


def test_bring_counts_the_lightest_and_the_heaviest_case() -> None:
    draft = make_draft()
    group = draft.requirement_groups.get()
    make_question(draft, "khusus", "tenaga_asing = ya")
    for when in ("khusus = ya", "tenaga_asing = tidak"):
        Requirement.objects.create(
            version=draft, group=group, order=9, text="Bukti", kind=Need.UPLOAD, when=parse(when)
        )
    bring = read(publish(draft)).bring
    # no: KTP + the one for "no"; yes, yes: KTP + rencana + the special one
    assert (bring.uploads_from, bring.uploads_to, bring.declarations) == (2, 3, 1)


def test_a_choice_of_many_counts_once() -> None:
    draft = make_draft()
    group = draft.requirement_groups.get()
    choice = Requirement.objects.create(
        version=draft, group=group, order=8, text="Sekurangnya satu:", kind=Need.AT_LEAST_ONE
    )
    for order in (9, 10):
        Requirement.objects.create(
            version=draft, group=group, parent=choice, order=order, text="Lingkup",
            kind=Need.DECLARE,
        )  # fmt: skip
    assert read(publish(draft)).bring.declarations == 2


# Requirements -----------------------------------------------------------------------------------


def test_requirements_keep_their_printed_numbers_and_their_tree() -> None:
    draft = make_draft()
    group = draft.requirement_groups.get()
    parent = Requirement.objects.create(
        version=draft, group=group, order=13, printed_number="13.", text="Profil yang memuat:",
        kind=Need.UPLOAD,
    )  # fmt: skip
    Requirement.objects.create(
        version=draft, group=group, parent=parent, order=14, printed_number="a)",
        text="struktur organisasi", kind=Need.CONTENT,
    )  # fmt: skip
    (block,) = read(publish(draft)).blocks
    assert [line.number for line in block.lines] == ["1.", "2.", "3.", "4.", "13."]
    assert [line.number for line in block.lines[-1].children] == ["a)"]


def test_requirements_say_what_one_does_about_them(client: Client) -> None:
    page = page_of(client, make_standard().service)
    for mark in ("Unggah berkas", "Cukup dinyatakan", "Isi di formulir"):
        assert mark in page


def test_choice_is_marked_on_the_parent_only() -> None:
    draft = make_draft()
    group = draft.requirement_groups.get()
    parent = Requirement.objects.create(
        version=draft, group=group, order=9, text="Lingkup:", kind=Need.AT_LEAST_ONE
    )
    Requirement.objects.create(
        version=draft, group=group, parent=parent, order=10, text="Logistik", kind=Need.DECLARE
    )
    line = read(publish(draft)).blocks[0].lines[-1]
    assert line.mark == "Pilih sekurangnya satu"
    assert line.children[0].mark == ""


def test_condition_is_said_in_words(client: Client) -> None:
    page = page_of(client, make_standard().service)
    assert "Hanya jika mempekerjakan tenaga asing" in page


def test_condition_of_the_answer_no_and_of_a_free_question() -> None:
    draft = make_draft()
    make_question(draft, "lama", label="Perpanjangan?")
    make_fact(draft, "luas", label="Luas ruang", kind="luas", required=False)
    conditions = (
        "lama = ya", "lama = tidak", "tenaga_asing = tidak", "lama != tidak; tenaga_asing != ya",
        "tenaga_asing = ya\nluas >= 1.500; tenaga_asing = tidak", "luas tidak diisi",
    )  # fmt: skip
    for order, when in enumerate(conditions, start=2):
        RequirementGroup.objects.create(
            version=draft, order=order, title=f"Khusus {order}", when=parse(when)
        )
    blocks = read(publish(draft)).blocks
    assert [block.condition for block in blocks] == [
        "",
        "Hanya jika “Perpanjangan?” dijawab ya",
        "Hanya jika “Perpanjangan?” dijawab tidak",
        "Kecuali jika mempekerjakan tenaga asing",
        "Hanya jika “Perpanjangan?” dijawab ya, kecuali jika mempekerjakan tenaga asing",
        "Hanya jika mempekerjakan tenaga asing; atau “Luas ruang” paling sedikit 1.500 m² dan "
        "tidak dalam hal mempekerjakan tenaga asing",
        "Hanya jika “Luas ruang” tidak diisi",
    ]


def test_condition_of_the_group_is_not_repeated_on_each_line() -> None:
    draft = make_draft()
    when = parse("tenaga_asing = ya")
    group = RequirementGroup.objects.create(version=draft, order=2, title="Khusus", when=when)
    Requirement.objects.create(
        version=draft, group=group, order=1, text="Izin kerja", kind=Need.UPLOAD, when=when
    )
    block = read(publish(draft)).blocks[1]
    assert block.condition == "Hanya jika mempekerjakan tenaga asing"
    assert block.lines[0].condition == ""


def test_a_nested_condition_says_the_whole_chain() -> None:
    """Of the group, of the parents, and of the questions that wait for others."""
    draft = make_draft()
    make_question(draft, "banyak", "tenaga_asing = ya", label="Apakah lebih dari sepuluh orang?")
    make_question(draft, "baru", label="Apakah ini permohonan baru?")
    group = RequirementGroup.objects.create(
        version=draft, order=2, title="Khusus", when=parse("banyak = ya")
    )
    parent = Requirement.objects.create(
        version=draft,
        group=group,
        order=1,
        text="Profil",
        kind=Need.UPLOAD,
        when=parse("baru = ya"),
    )
    Requirement.objects.create(
        version=draft,
        group=group,
        parent=parent,
        order=2,
        text="Struktur",
        kind=Need.UPLOAD,
        when=parse("nama_bkk diisi"),
    )
    standard = read(publish(draft))
    block = standard.blocks[1]
    whole = "mempekerjakan tenaga asing, lebih dari sepuluh orang"
    assert block.condition == ("Hanya jika mempekerjakan tenaga asing dan lebih dari sepuluh orang")
    assert block.lines[0].condition == f"Hanya jika {whole} dan ini permohonan baru"
    assert block.lines[0].children[0].condition == (
        f"Hanya jika {whole}, ini permohonan baru dan “Nama bursa kerja” diisi"
    )
    asked = {fact.label: fact.condition for fact in standard.facts}
    assert asked["Apakah lebih dari sepuluh orang?"] == "Hanya jika mempekerjakan tenaga asing"


# Components -------------------------------------------------------------------------------------


def test_all_fourteen_components_are_there_in_the_words_of_the_office(client: Client) -> None:
    page = page_of(client, make_standard().service)
    for key in Key:
        assert f"Uraian {key} pertama" in page


def test_components_stand_under_two_headings_when_the_office_keeps_them_apart() -> None:
    version = make_standard()
    parts = runs(version.components.all())
    assert [len(part.components) for part in parts] == [6, 8]
    assert all(part.heading for part in parts)


def test_office_with_one_order_of_its_own_keeps_it() -> None:
    draft = make_draft()
    StandardComponent.objects.filter(version=draft, key=Key.LEGAL_BASIS).update(
        order=0, printed_number="0."
    )
    (part,) = runs(publish(draft).components.all())
    assert part.heading == ""
    assert [text.number for text in part.components[:2]] == ["0.", "1."]
    assert len(part.components) == 14


def test_legal_bases_say_what_replaced_them(client: Client) -> None:
    draft = make_draft()
    law = make_revoked("UU 11/2020", by="UU 6/2023", since=date(2023, 3, 31))
    LegalBasis.objects.create(
        version=draft, order=2, printed_number="b.", text="UU Cipta Kerja", regulation=law
    )
    page = page_of(client, publish(draft).service)
    assert "UU Cipta Kerja" in page
    assert "Dicabut sejak 31 Maret 2023, diganti oleh UU 6/2023" in page


def test_fees_are_said_in_words_and_their_span_beside_the_term(client: Client) -> None:
    draft = make_draft()
    draft.fees.all().delete()
    make_fee(
        draft, "", (1_250_000, "tenaga_asing = ya"), (50_000, ""), kind=FeeRule.Kind.TABLE,
        ground="Perda 5/2023",
    )  # fmt: skip
    page = page_of(client, publish(draft).service)
    assert "Rp\u00a01.250.000: hanya jika mempekerjakan tenaga asing" in page
    assert "Rp\u00a050.000: selain itu" in page
    assert "Perda 5/2023" in page
    assert re.search(r"Rp\s50\.000\s+&ndash;\s+Rp\s1\.250\.000", page)


def test_words_of_the_office_are_escaped(client: Client) -> None:
    draft = make_draft(make_service(name="Izin <b>tebal</b>"))
    StandardComponent.objects.filter(version=draft, key=Key.FEE).update(body="<script>x</script>")
    page = page_of(client, publish(draft).service)
    assert "<b>tebal" not in page
    assert "<script>x" not in page


# The SOP ----------------------------------------------------------------------------------------


def test_sop_draws_one_symbol_a_row_in_the_column_of_the_performer() -> None:
    sop = draw(make_procedure(make_office()))
    assert sop.lanes[:2] == ["Pemohon", "Front Office"]
    for row in sop.rows:
        assert sum(bool(cell.symbol) for cell in row.cells) == 1
        assert row.cells[sop.lanes.index(row.performer)].symbol
    assert [cell.symbol for row in sop.rows for cell in row.cells if cell.symbol] == [
        "terminal", "decision", "decision", "process", "process", "process", "process", "terminal",
    ]  # fmt: skip


def test_the_way_runs_from_performer_to_performer() -> None:
    rows = draw(make_procedure(make_office())).rows
    assert {cell.line for cell in rows[0].cells} == {""}
    # from Front Office (1) to Tim Teknis (3), over Back Office (2)
    assert [cell.line for cell in rows[2].cells] == ["", "start-right", "pass", "end-left", "", ""]
    # from Tim Teknis (3) back to Back Office (2)
    assert [cell.line for cell in rows[3].cells] == ["", "", "end-right", "start-left", "", ""]
    assert not any(cell.leaves for cell in rows[-1].cells)
    assert all(sum(cell.leaves for cell in row.cells) == 1 for row in rows[:-1])


def test_return_edges_are_said_in_words(client: Client) -> None:
    page = page_of(client, make_standard().service)
    assert "Jika tidak lengkap: kembali ke langkah 1, Pemohon" in page
    assert "Jika tidak memenuhi syarat: kembali ke langkah 2, Front Office" in page


@pytest.mark.parametrize(
    ("optional", "condition", "words"),
    [
        (False, "", ""),
        (True, "", "Jika diperlukan"),
        (True, "jika diperlukan", "Jika diperlukan"),
        (True, "ada retribusi", "Jika diperlukan: ada retribusi"),
        (False, "jika dipersyaratkan pembayaran", "Jika dipersyaratkan pembayaran"),
    ],
)
def test_condition_of_a_step_is_said_once(optional: bool, condition: str, words: str) -> None:
    procedure = make_procedure(make_office())
    procedure.steps.filter(order=3).update(optional=optional, condition=condition)
    assert draw(procedure).rows[2].condition == words


def test_a_note_of_the_portal_is_for_administrators_and_a_printed_remark_for_all():
    procedure = make_procedure(make_office())
    ours, printed = list(procedure.steps.all())[1:3]
    SopStep.objects.filter(pk=ours.pk).update(remark="Catatan portal: disimpulkan.")
    sop = draw(Procedure.objects.get(pk=procedure.pk))
    assert not sop.has_remarks
    SopStep.objects.filter(pk=printed.pk).update(remark="Sesuai kebutuhan")
    sop = draw(Procedure.objects.get(pk=procedure.pk))
    assert [row.remark for row in sop.rows[1:3]] == ["", "Sesuai kebutuhan"]

    def page(*, staff: bool, paper: bool = False) -> str:
        user = User(is_staff=staff)
        return render_to_string("standards/_sop.html", {"sop": sop, "user": user, "paper": paper})

    assert "Catatan portal" in page(staff=True)
    assert "Catatan portal" not in page(staff=False) + page(staff=True, paper=True)
    assert "Sesuai kebutuhan" in page(staff=False)


def test_who_records_the_step_of_the_applicant() -> None:
    rows = draw(make_procedure(make_office())).rows
    assert rows[0].recorded_by == "Front Office"
    assert rows[1].recorded_by == ""


def test_declared_total_is_printed_not_computed(client: Client) -> None:
    office = make_office()
    procedure = make_procedure(office, total_text="6 hari kerja (tercetak)")
    page = page_of(client, make_standard(make_service(office), procedure).service)
    assert "6 hari kerja (tercetak)" in page


def test_only_administrators_are_told_that_a_procedure_is_provisional(client: Client) -> None:
    office = make_office()
    procedure = make_procedure(office, provisional_reason="Lampiran IV belum diterima.")
    service = make_standard(make_service(office), procedure).service
    assert "Lampiran IV" not in page_of(client, service)
    assert "sementara" not in page_of(client, service)
    client.force_login(make_user())
    assert "Lampiran IV" not in page_of(client, service)
    client.force_login(make_admin())
    assert "Lampiran IV belum diterima." in page_of(client, service)
    client.logout()  # what was kept for the administrator is not shown to anybody else
    assert "Lampiran IV" not in page_of(client, service)


def test_other_classifications_can_be_opened(client: Client) -> None:
    draft = make_draft()
    other = make_procedure(draft.service.office, name="Klasifikasi 7")
    VersionProcedure.objects.create(version=draft, procedure=other, order=2)
    page = page_of(client, publish(draft).service)
    assert page.count('<table class="table sop"') == 2
    assert "Klasifikasi 7" in page


# Versions ---------------------------------------------------------------------------------------


def test_draft_is_never_visible(client: Client) -> None:
    version = make_standard()
    make_draft(version.service, product="Produk Konsep", effective_on=date(2026, 6, 1))
    assert "Produk Konsep" not in page_of(client, version.service)
    for viewer in (None, make_admin()):
        if viewer:
            client.force_login(viewer)
        answer = client.get(version.service.get_absolute_url(), {"versi": "2"})
        assert answer.status_code == 404


def test_service_with_a_draft_only_is_not_found(client: Client) -> None:
    service = make_draft().service
    assert client.get(service.get_absolute_url()).status_code == 404
    address = reverse("standards:service_print", args=[service.office.code, service.slug])
    assert client.get(address).status_code == 404


def test_unknown_service_office_and_version_are_not_found(client: Client) -> None:
    service = make_standard().service
    for office, slug in ((service.office.code, "tidak-ada"), ("tidak-ada", service.slug)):
        assert client.get(reverse("standards:service", args=[office, slug])).status_code == 404
    for number in ("9", "x", "-1", "1e3"):
        assert client.get(service.get_absolute_url(), {"versi": number}).status_code == 404


def test_latest_version_in_force_is_shown_and_the_others_are_linked(client: Client) -> None:
    service = make_standard(product="Produk Lama").service
    make_standard(service, make_procedure(service.office), product="Produk Baru",
                  effective_on=date(2026, 2, 1))  # fmt: skip
    page = page_of(client, service)
    assert "Produk Baru" in page
    assert "Produk Lama" not in page
    assert f'href="{service.get_absolute_url()}?versi=1"' in page


def test_nobody_applies_under_an_old_version(client: Client) -> None:
    service = make_standard(product="Produk Lama").service
    make_standard(service, make_procedure(service.office), effective_on=date(2026, 2, 1))
    page = page_of(client, service, versi="1")
    assert "Produk Lama" in page
    assert "Ini versi lama" in page
    assert reverse("permits:start", args=[service.office.code, service.slug]) not in page


def test_nobody_applies_under_a_version_to_come(client: Client) -> None:
    later = timezone.localdate() + timedelta(days=30)
    service = make_standard(effective_on=later).service
    page = page_of(client, service)
    assert "Belum berlaku" in page
    assert reverse("permits:start", args=[service.office.code, service.slug]) not in page


def test_version_changes_on_its_day() -> None:
    first = make_standard(effective_on=date(2026, 1, 5))
    office = first.service.office
    second = make_standard(first.service, make_procedure(office), effective_on=date(2026, 6, 1))
    both = [first, second]
    assert choose(both, date(2026, 5, 31)) == first
    assert choose(both, date(2026, 6, 1)) == second
    assert choose(both, date(2026, 1, 1)) == first  # the next one to come
    assert choose([], date(2026, 1, 1)) is None


# The office, the paper, the cost --------------------------------------------------------------


def test_office_and_channels_of_complaint_are_named(client: Client) -> None:
    service = make_standard().service
    OfficeChannel.objects.create(
        office=service.office, order=1, kind=ChannelKind.SMS, label="SMS", value="0811 7515 133"
    )
    page = page_of(client, service)
    assert service.office.name in page
    assert service.office.address in page
    assert "0811 7515 133" in page


def test_decree_and_day_are_named(client: Client) -> None:
    page = page_of(client, make_standard(decree="Keputusan Kepala Dinas 12/2026").service)
    assert "Keputusan Kepala Dinas 12/2026" in page
    assert "Senin, 5 Januari 2026" in page


def test_print_view_holds_the_same_with_boxes_to_tick(client: Client) -> None:
    service = make_standard().service
    address = reverse("standards:service_print", args=[service.office.code, service.slug])
    page = client.get(address).content.decode()
    assert page.count('class="req-box"') == 4
    assert "Uraian evaluasi pertama" in page
    assert "kembali ke langkah 1, Pemohon" in page
    assert service.office.government in page


def test_page_costs_the_same_whatever_its_size(
    client: Client, django_assert_max_num_queries
) -> None:
    draft = make_draft()
    for order in range(2, 5):
        VersionProcedure.objects.create(
            version=draft, procedure=make_procedure(draft.service.office), order=order
        )
        LegalBasis.objects.create(
            version=draft, order=order, printed_number="x", text="Dasar",
            regulation=Regulation.objects.create(title=f"UU {order}"),
        )  # fmt: skip
        group = RequirementGroup.objects.create(version=draft, order=order, title="Khusus")
        make_question(draft, f"q{order}")
        Requirement.objects.create(
            version=draft,
            group=group,
            order=1,
            text="Surat",
            kind=Need.UPLOAD,
            when=parse(f"q{order} = ya"),
        )
    service = publish(draft).service
    client.force_login(make_user())
    address = service.get_absolute_url()
    client.get(address)  # the rows of a published version are read once a process
    with django_assert_max_num_queries(19):
        client.get(address)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_only_answer_to_reading(client: Client, method: str) -> None:
    service = make_standard().service
    assert getattr(client, method)(service.get_absolute_url()).status_code == 405
