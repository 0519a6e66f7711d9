"""From "Ajukan" to "Kirim permohonan": data, questions, papers, and the look before sending."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.domain.text import clean_code
from demo import samples
from notices.models import Notice
from permits.domain.lifecycle import Status
from permits.models import Application
from permits.services import filling
from standards.domain.conditions import parse
from standards.models import Fact, Requirement, RequirementGroup, StandardVersion
from tests.factories.accounts import make_user
from tests.factories.filing import named, plain_pdf, png, requirement, signed_in, url
from tests.factories.permits import Cast, make_draft_application, make_submitted
from tests.factories.standards import (
    make_draft,
    make_fact,
    make_question,
    make_service,
    make_standard,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    with time_machine.travel(monday, tick=False):
        yield


@pytest.fixture
def draft(cast: Cast, monday: datetime) -> Application:
    """An empty draft of the applicant."""
    return filling.start_draft(cast.service, actor=cast.applicant, at=monday)


@pytest.fixture
def filled(cast: Cast, monday: datetime) -> Application:
    """A draft that could be sent."""
    return make_draft_application(cast, monday)


@pytest.fixture
def browser(cast: Cast) -> Client:
    """The applicant's browser."""
    return signed_in(cast.applicant)


def start_url(cast: Cast) -> str:
    return reverse("permits:start", args=[cast.office.code, cast.service.slug])


IDENTITY = {
    "holder_kind": "badan",
    "holder_name": "SMK Contoh",
    "responsible_name": "Siti Rahma",
    "national_id": "1471014507900001",
    "business_number": "",
    "address": "Jalan Melati 2",
    "phone": "081234567890",
    "isian_nama_bkk": "BKK Melati",
}


# Beginning ---------------------------------------------------------------------------------------


def test_nobody_is_led_to_the_login_and_back(cast: Cast, client: Client) -> None:
    answer = client.get(start_url(cast))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={start_url(cast)}"


def test_looking_at_the_beginning_makes_no_draft(cast: Cast, browser: Client) -> None:
    page = browser.get(start_url(cast)).content.decode()
    assert "Mulai mengisi" in page
    assert "Jawab pertanyaan" in page
    assert not Application.objects.exists()


def test_beginning_twice_goes_on_with_the_same_draft(cast: Cast, browser: Client) -> None:
    first = browser.post(start_url(cast))
    second = browser.post(start_url(cast))
    assert first["Location"] == second["Location"]
    assert Application.objects.count() == 1
    assert first["Location"] in browser.get(start_url(cast)).content.decode()


def test_a_second_draft_is_for_another_holder(
    cast: Cast, browser: Client, filled: Application
) -> None:
    page = browser.get(start_url(cast)).content.decode()
    assert "Anda sudah punya konsep layanan ini" in page
    assert filled.get_absolute_url() in page
    browser.post(start_url(cast), {"like": ""})
    other = Application.objects.exclude(pk=filled.pk).get()
    browser.post(url("form", other), IDENTITY | {"holder_name": "Ani, istri"})
    filled.refresh_from_db()
    other.refresh_from_db()
    assert other.holder_name == "Ani, istri"
    assert filled.holder_name not in ("", "Ani, istri")
    listed = browser.get(reverse("permits:my_applications")).content.decode()
    assert "Ani, istri" in listed
    assert filled.holder_name in listed


def test_ones_own_earlier_data_are_offered_and_filled_in(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    earlier = make_submitted(cast, monday)
    make_submitted(cast, monday, applicant=cast.stranger)
    page = browser.get(start_url(cast)).content.decode()
    assert page.count('name="like"') == 2, "anew, or one's own: never a stranger's"
    browser.post(start_url(cast), {"like": str(earlier.public_id)})
    draft = Application.objects.get(status="konsep")
    assert (draft.holder_name, draft.national_id) == (earlier.holder_name, earlier.national_id)
    form = browser.get(url("form", draft)).content.decode()
    assert earlier.national_id in form
    assert earlier.address in form


def test_a_strangers_data_are_not_taken(cast: Cast, browser: Client, monday: datetime) -> None:
    others = make_submitted(cast, monday, applicant=cast.stranger)
    make_submitted(cast, monday)
    answer = browser.post(start_url(cast), {"like": str(others.public_id)})
    assert answer.status_code == 200
    assert not Application.objects.filter(status="konsep").exists()


def test_a_running_file_of_the_service_is_mentioned(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    running = make_submitted(cast, monday)
    page = browser.get(start_url(cast)).content.decode()
    assert str(running.number) in page


def test_a_service_without_a_standard_in_force_says_so(cast: Cast, browser: Client) -> None:
    future = make_standard(make_service(cast.office), effective_on=date(2027, 1, 1))
    answer = browser.post(
        reverse("permits:start", args=[cast.office.code, future.service.slug]), follow=True
    )
    assert "sedang tidak menerima permohonan" in answer.content.decode()


def test_an_unpublished_service_is_not_found(cast: Cast, browser: Client) -> None:
    hidden = make_draft(make_service(cast.office))
    answer = browser.get(reverse("permits:start", args=[cast.office.code, hidden.service.slug]))
    assert answer.status_code == 404


# What is left to do ------------------------------------------------------------------------------


def test_the_task_list_names_what_is_left(draft: Application, browser: Client) -> None:
    page = browser.get(url("application", draft)).content.decode()
    for words in ("Apa yang masih harus dilakukan", "Belum diisi", "Belum dijawab", "0 dari 2"):
        assert words in page
    assert "Belum dapat dikirim" in page


def test_the_task_list_of_a_filled_draft_leads_to_sending(
    filled: Application, browser: Client
) -> None:
    page = browser.get(url("application", filled)).content.decode()
    assert "Siap dikirim" in page
    assert url("review", filled) in page


def test_a_standard_without_questions_has_no_such_task(cast: Cast, browser: Client) -> None:
    version = make_draft(make_service(cast.office))
    version.requirements.get(order=4).delete()
    version.facts.get(key="tenaga_asing").delete()
    version.save()
    from standards.services.publishing import publish_version
    from tests.factories.standards import PUBLISHED_AT

    publish_version(version, actor=None, at=PUBLISHED_AT)
    start = reverse("permits:start", args=[cast.office.code, version.service.slug])
    page = browser.post(start, follow=True).content.decode()
    assert "Pertanyaan penentu" not in page
    mine = Application.objects.get(service=version.service)
    assert browser.get(url("questions", mine))["Location"] == url("requirements", mine)
    saved = browser.post(url("form", mine), IDENTITY)
    assert saved["Location"] == url("requirements", mine)


# Data --------------------------------------------------------------------------------------------


def test_right_data_are_kept_and_lead_on(draft: Application, browser: Client) -> None:
    answer = browser.post(url("form", draft), IDENTITY)
    assert answer["Location"] == url("questions", draft)
    draft.refresh_from_db()
    assert draft.holder_name == "SMK Contoh"
    assert draft.answers == {"nama_bkk": "BKK Melati"}


def test_empty_fields_are_saved_as_empty_and_do_not_stop(
    draft: Application, browser: Client
) -> None:
    browser.post(url("form", draft), IDENTITY)
    answer = browser.post(
        url("form", draft), IDENTITY | {"address": "", "isian_nama_bkk": ""}, follow=True
    )
    draft.refresh_from_db()
    assert draft.address == ""
    assert draft.answers == {"nama_bkk": ""}
    assert "Masih ada 2 isian kosong" in answer.content.decode()


def test_a_wrong_field_is_shown_with_what_was_typed_and_the_others_are_kept(
    draft: Application, browser: Client
) -> None:
    wrong = IDENTITY | {"national_id": "12345", "phone": "abc", "holder_name": "SMK Lain"}
    answer = browser.post(url("form", draft), wrong)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "yang Anda tulis 5 angka" in page
    assert 'value="12345"' in page
    assert "Nomor telepon tidak dikenali" in page
    assert "Isian yang lain sudah tersimpan" in page
    draft.refresh_from_db()
    assert draft.holder_name == "SMK Lain"
    assert draft.national_id == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("147101450790000", "16 angka"),
        ("14710145079000012", "16 angka"),
        ("147101450790000x", "hanya terdiri atas angka"),
        ("147101450790000¹", "hanya terdiri atas angka"),
        ("1471014513900001", "tidak mungkin benar"),
        ("1471013200900001", "tidak mungkin benar"),
        ("1471017907900001", "tidak mungkin benar"),
        ("1471018107900001", "tidak mungkin benar"),
        ("0071014507900001", "bukan kode provinsi"),
        ("9971014507900001", "bukan kode provinsi"),
        ("1071014507900001", "bukan kode provinsi"),
        ("1471014507900000", "nol semua"),
    ],
)
def test_only_an_impossible_nik_is_refused(
    draft: Application, browser: Client, number: str, words: str
) -> None:
    page = browser.post(url("form", draft), IDENTITY | {"national_id": number}).content.decode()
    assert words in page


@pytest.mark.parametrize(
    "number",
    [
        "1471014507900001",
        "9671010507900001",
        "6571010507900001",
        "9271010507900001",
        "3171 0129 0200 1234",
        "１４７１０１４５０７９００００１",
    ],
)
def test_a_possible_nik_is_taken_also_of_the_younger_provinces(
    draft: Application, browser: Client, number: str
) -> None:
    browser.post(url("form", draft), IDENTITY | {"national_id": number})
    draft.refresh_from_db()
    assert draft.national_id == clean_code(number).replace(" ", "")


@pytest.mark.parametrize(("typed", "kept"), [("1234567890123", "1234567890123"), ("123", "")])
def test_a_nib_has_thirteen_digits_and_may_be_left_out(
    draft: Application, browser: Client, typed: str, kept: str
) -> None:
    browser.post(url("form", draft), IDENTITY | {"business_number": typed})
    draft.refresh_from_db()
    assert draft.business_number == kept


def test_whether_a_person_or_a_business_holds_the_permit_is_chosen_by_nobody_else(
    draft: Application, browser: Client
) -> None:
    """The names of businesses stand in the public register, those of persons do not."""
    page = browser.get(url("form", draft)).content.decode()
    assert 'value="badan"' in page
    assert " checked" not in page
    unsaid = {name: value for name, value in IDENTITY.items() if name != "holder_kind"}
    browser.post(url("form", draft), unsaid)
    draft.refresh_from_db()
    assert (draft.holder_kind, draft.holder_name) == ("", "SMK Contoh")
    assert (
        'id="id_holder_kind_error"' in browser.get(url("form", draft) + "?kosong").content.decode()
    )
    assert (
        f"{url('form', draft)}#id_holder_kind_0"
        in browser.get(url("review", draft)).content.decode()
    )


def test_a_person_need_not_write_the_own_name_twice(draft: Application, browser: Client) -> None:
    person = IDENTITY | {"holder_kind": "perorangan", "holder_name": "Budi", "responsible_name": ""}
    browser.post(url("form", draft), person)
    draft.refresh_from_db()
    assert draft.responsible_name == "Budi"


def test_fields_of_every_kind_are_built_from_their_rows(cast: Cast, browser: Client) -> None:
    version = make_draft(make_service(cast.office))
    rows = (
        ("luas", Fact.Kind.DECIMAL, ""),
        ("mulai", Fact.Kind.DATE, ""),
        ("jenis", Fact.Kind.CHOICE, "Negeri\nSwasta"),
        ("uraian", Fact.Kind.LONG_TEXT, ""),
    )
    for key, kind, choices in rows:
        make_fact(version, key, kind=kind, choices_text=choices)
    mine = _start(version, browser)
    page = browser.get(url("form", mine)).content.decode()
    assert 'type="date"' in page
    assert 'type="radio"' in page
    wrong = {"isian_luas": "dua", "isian_mulai": "2026-13-01", "isian_jenis": "Asing"}
    page = browser.post(url("form", mine), IDENTITY | wrong).content.decode()
    assert "Tulis angka saja" in page
    assert 'value="dua"' in page
    assert "Tulis tanggal yang ada" in page
    right = {
        "isian_luas": "1.500,5", "isian_mulai": "27/11/2026", "isian_jenis": "Negeri",
        "isian_uraian": "Satu\nDua",
    }  # fmt: skip
    browser.post(url("form", mine), IDENTITY | right)
    mine.refresh_from_db()
    kept = {"luas": "1500,5", "mulai": "2026-11-27", "jenis": "Negeri", "uraian": "Satu\nDua"}
    assert mine.answers == kept | {"nama_bkk": "BKK Melati"}
    page = browser.get(url("form", mine)).content.decode()
    assert 'value="2026-11-27"' in page


def _start(version: StandardVersion, browser: Client) -> Application:
    from standards.services.publishing import publish_version
    from tests.factories.standards import PUBLISHED_AT

    publish_version(version, actor=None, at=PUBLISHED_AT)
    service = version.service
    browser.post(reverse("permits:start", args=[service.office.code, service.slug]))
    found: Application = Application.objects.get(service=service)
    return found


def test_the_form_saves_itself_for_a_script(draft: Application, browser: Client) -> None:
    half = IDENTITY | {"phone": "", "national_id": "12"}
    answer = browser.post(url("form", draft), half, headers={"HX-Request": "true"})
    words = answer.content.decode()
    assert "<html" not in words
    assert "Tersimpan, kecuali" in words
    draft.refresh_from_db()
    assert draft.holder_name == "SMK Contoh"


def test_strange_characters_make_no_fault_of_ours(draft: Application, browser: Client) -> None:
    strange = dict.fromkeys(IDENTITY, "\x00<script>\ud7ff" + "x" * 5000)
    assert browser.post(url("form", draft), strange).status_code == 200
    assert browser.post(url("form", draft), {}).status_code == 302


# Questions ---------------------------------------------------------------------------------------


def test_answers_are_kept(draft: Application, browser: Client) -> None:
    answer = browser.post(url("questions", draft), {"tanya_tenaga_asing": "ya"})
    assert answer["Location"] == url("requirements", draft)
    draft.refresh_from_db()
    assert draft.answers == {"tenaga_asing": "ya"}


def test_a_follow_up_is_asked_only_after_yes(cast: Cast, browser: Client) -> None:
    version = make_draft(make_service(cast.office))
    make_question(version, "lebih_sepuluh", "tenaga_asing = ya", label="Lebih dari sepuluh orang?")
    mine = _start(version, browser)
    assert "Lebih dari sepuluh" not in browser.get(url("questions", mine)).content.decode()
    page = browser.post(url("questions", mine), {"tanya_tenaga_asing": "ya"}, follow=True)
    assert "membuka pertanyaan lanjutan" in page.content.decode()
    assert "Lebih dari sepuluh orang?" in page.content.decode()
    answer = browser.post(
        url("questions", mine), {"tanya_tenaga_asing": "ya", "tanya_lebih_sepuluh": "tidak"}
    )
    assert answer["Location"] == url("requirements", mine)
    browser.post(url("questions", mine), {"tanya_tenaga_asing": "tidak"})
    assert "Lebih dari sepuluh" not in browser.get(url("questions", mine)).content.decode()


def test_an_unanswered_question_is_left_open(draft: Application, browser: Client) -> None:
    page = browser.post(url("questions", draft), {}, follow=True).content.decode()
    assert "Masih ada 1 pertanyaan" in page
    assert (
        browser.post(url("questions", draft), {"tanya_tenaga_asing": "mungkin"}).status_code == 200
    )


# Papers ------------------------------------------------------------------------------------------


def test_requirements_stand_in_printed_order_with_their_conditions(
    draft: Application, browser: Client
) -> None:
    page = browser.get(url("requirements", draft)).content.decode()
    places = [page.index(row.text) for row in draft.version.requirements.order_by("order")]
    assert places == sorted(places)
    assert "Hanya jika mempekerjakan tenaga asing (belum dijawab)" in page
    assert "Jawab pertanyaan penentu dahulu" in page


def test_a_paper_is_kept_and_can_be_replaced(draft: Application, browser: Client) -> None:
    asked = requirement(draft, 2)
    answer = browser.post(
        url("upload", draft, asked.pk), {f"berkas-{asked.pk}": named("ktp.pdf", plain_pdf())}
    )
    assert answer["Location"] == f"{url('requirements', draft)}#syarat-{asked.pk}"
    browser.post(url("upload", draft, asked.pk), {"berkas": named("ktp-baru.png", png())})
    assert [d.original_name for d in draft.documents.current()] == ["ktp-baru.png"]
    assert draft.documents.count() == 2
    page = browser.get(url("requirements", draft)).content.decode()
    assert "ktp-baru.png" in page
    assert "Ganti berkas" in page


def test_whatever_button_is_pressed_every_choice_is_kept(
    draft: Application, browser: Client
) -> None:
    filling.save_form(draft, answers={"tenaga_asing": "ya"}, at=draft.created_at)
    first, declared, second = (requirement(draft, n) for n in (2, 3, 4))
    browser.post(
        url("upload", draft, first.pk),
        {
            f"berkas-{first.pk}": named("satu.pdf", plain_pdf()),
            f"berkas-{second.pk}": named("dua.pdf", plain_pdf()),
            f"nyata-{declared.pk}": "on", "pernyataan": "1",
        },
    )  # fmt: skip
    draft.refresh_from_db()
    assert draft.documents.current().count() == 2
    assert draft.declared == [declared.pk]


def test_one_bad_file_does_not_hurt_the_good_one(draft: Application, browser: Client) -> None:
    filling.save_form(draft, answers={"tenaga_asing": "ya"}, at=draft.created_at)
    first, second = requirement(draft, 2), requirement(draft, 4)
    answer = browser.post(
        url("requirements", draft),
        {
            f"berkas-{first.pk}": named("satu.pdf", b"MZ\x90\x00"),
            f"berkas-{second.pk}": named("dua.pdf", plain_pdf()),
            "pernyataan": "1",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Isi berkas tidak cocok dengan namanya (satu.pdf)" in page
    assert f'href="#berkas-{first.pk}"' in page
    assert [d.original_name for d in draft.documents.current()] == ["dua.pdf"]


def test_statements_can_be_taken_back(draft: Application, browser: Client) -> None:
    declared = requirement(draft, 3)
    browser.post(url("requirements", draft), {"pernyataan": "1", f"nyata-{declared.pk}": "on"})
    browser.post(url("requirements", draft), {"pernyataan": "1"})
    draft.refresh_from_db()
    assert draft.declared == []


def test_pressing_upload_without_a_file_asks_for_one(draft: Application, browser: Client) -> None:
    asked = requirement(draft, 2)
    page = browser.post(url("upload", draft, asked.pk)).content.decode()
    assert "Pilih berkas terlebih dahulu." in page


def test_a_script_gets_only_the_requirement_and_the_tally(
    draft: Application, browser: Client
) -> None:
    asked = requirement(draft, 2)
    answer = browser.post(
        url("upload", draft, asked.pk), {f"berkas-{asked.pk}": named("ktp.pdf", plain_pdf())},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    words = answer.content.decode()
    assert "<html" not in words
    assert f'id="syarat-{asked.pk}"' in words
    assert "1 dari 2 terpenuhi" in words
    declared = requirement(draft, 3)
    ticked = browser.post(
        f"{url('requirements', draft)}?butir={declared.pk}",
        {"pernyataan": "1", f"nyata-{declared.pk}": "on"},
        headers={"HX-Request": "true"},
    )
    assert "2 dari 2 terpenuhi" in ticked.content.decode()


@pytest.mark.parametrize("number", [0, 999_999, 10**17])
def test_a_requirement_of_another_standard_takes_no_file(
    draft: Application, browser: Client, number: int
) -> None:
    answer = browser.post(url("upload", draft, number), {"berkas": named("a.pdf", plain_pdf())})
    assert "tidak berlaku untuk permohonan ini" in answer.content.decode()
    assert not draft.documents.exists()


def test_nonsense_in_the_names_of_fields_is_no_fault_of_ours(
    draft: Application, browser: Client
) -> None:
    answer = browser.post(
        url("requirements", draft),
        {
            "pernyataan": "1", "nyata-": "on", "nyata-²": "on", "nyata-" + "9" * 40: "on",
            "berkas-x": named("a.pdf", plain_pdf()),
        },
    )  # fmt: skip
    assert answer.status_code == 200
    assert browser.post(
        f"{url('requirements', draft)}?butir=abc", {}, headers={"HX-Request": "true"}
    ).status_code == 200  # fmt: skip


def test_at_least_one_is_met_by_one(cast: Cast, browser: Client) -> None:
    version = make_draft(make_service(cast.office))
    group = version.requirement_groups.get()
    parent = Requirement.objects.create(
        version=version, group=group, order=5, printed_number="5.", text="Salah satu dari:",
        kind="minimal_satu",
    )  # fmt: skip
    options = [
        Requirement.objects.create(
            version=version, group=group, parent=parent, order=order, printed_number=f"{order}.",
            text=f"Pilihan {order}", kind="unggah",
        )
        for order in (6, 7)
    ]  # fmt: skip
    mine = _start(version, browser)
    page = browser.get(url("requirements", mine)).content.decode()
    assert "Cukup penuhi sekurangnya salah satu" in page
    assert "0 dari 3 terpenuhi" in page
    answer = browser.post(
        url("upload", mine, options[1].pk), {"berkas": named("b.pdf", plain_pdf())},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    words = answer.content.decode()
    assert "1 dari 3 terpenuhi" in words
    assert f'id="syarat-{parent.pk}"' in words, "the whole group is drawn anew"


def test_a_group_that_does_not_concern_the_file_is_folded_away(cast: Cast, browser: Client) -> None:
    version = make_draft(make_service(cast.office))
    group = RequirementGroup.objects.create(
        version=version, order=2, printed_number="B.", title="Khusus tenaga asing",
        when=parse("tenaga_asing = ya"),
    )  # fmt: skip
    Requirement.objects.create(
        version=version, group=group, order=9, printed_number="1.", text="Izin kerja", kind="unggah"
    )
    mine = _start(version, browser)
    browser.post(url("questions", mine), {"tanya_tenaga_asing": "tidak"})
    page = browser.get(url("requirements", mine)).content.decode()
    assert "Tidak berlaku untuk Anda" in page
    browser.post(url("questions", mine), {"tanya_tenaga_asing": "ya"})
    assert "Tidak berlaku untuk Anda" not in browser.get(url("requirements", mine)).content.decode()


# Looking over it and sending ---------------------------------------------------------------------


def test_the_review_lists_what_is_missing_with_links(draft: Application, browser: Client) -> None:
    page = browser.get(url("review", draft)).content.decode()
    assert "Masih harus dilengkapi" in page
    assert "Isian kosong" in page
    assert f"{url('requirements', draft)}#syarat-{requirement(draft, 2).pk}" in page
    assert f"{url('questions', draft)}#id_tanya_tenaga_asing" in page


def test_from_the_review_every_empty_field_is_named_at_its_place(
    draft: Application, browser: Client
) -> None:
    browser.post(url("form", draft), {"holder_kind": "badan", "holder_name": "SMK Contoh"})
    assert (
        f'href="{url("form", draft)}?kosong"' in browser.get(url("review", draft)).content.decode()
    )
    page = browser.get(url("form", draft) + "?kosong").content.decode()
    for name in ("national_id", "address", "isian_nama_bkk"):
        assert f'id="id_{name}_error"' in page, name
    for name in ("holder_name", "business_number"):
        assert f'id="id_{name}_error"' not in page, name
    assert 'value="SMK Contoh"' in page
    assert "_error" not in browser.get(url("form", draft)).content.decode(), (
        "not before it is asked"
    )


def test_the_review_shows_every_answer_with_a_way_to_change_it(
    filled: Application, browser: Client
) -> None:
    page = browser.get(url("review", filled)).content.decode()
    for words in ("BKK SMK Contoh", "1471014507900001", "Contoh isian", "berkas.pdf", "Tidak"):
        assert words in page
    assert f"{url('form', filled)}#id_national_id" in page
    assert "Masih harus dilengkapi" not in page


def test_sending_without_the_statement_is_asked_again(filled: Application, browser: Client) -> None:
    page = browser.post(url("review", filled)).content.decode()
    assert "Centang pernyataan kebenaran data" in page
    filled.refresh_from_db()
    assert filled.status == Status.DRAFT


def test_sending_an_incomplete_draft_names_what_is_missing(
    draft: Application, browser: Client
) -> None:
    page = browser.post(url("review", draft), {"declared_true": "on"}).content.decode()
    assert "Masih ada yang harus dilengkapi" in page
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_double_press_sends_once(filled: Application, browser: Client) -> None:
    first = browser.post(url("review", filled), {"declared_true": "on"})
    second = browser.post(url("review", filled), {"declared_true": "on"})
    assert first["Location"] == second["Location"] == url("receipt", filled)
    filled.refresh_from_db()
    assert filled.status == Status.SUBMITTED
    assert Application.objects.count() == 1
    assert Notice.objects.filter(template="permits/received").count() == 1


def test_a_sent_file_can_no_longer_be_changed(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    sent = make_submitted(cast, monday)
    asked = requirement(sent, 2)
    for name in ("form", "questions", "requirements", "review"):
        assert browser.get(url(name, sent))["Location"] == url("application", sent)
    browser.post(url("form", sent), IDENTITY)
    browser.post(url("questions", sent), {"tanya_tenaga_asing": "ya"})
    page = browser.post(
        url("upload", sent, asked.pk), {"berkas": named("b.pdf", plain_pdf())}, follow=True
    )
    assert "sudah dikirim dan tidak dapat diubah lagi" in page.content.decode()
    sent.refresh_from_db()
    assert sent.holder_name == "BKK SMK Contoh"
    assert sent.answers["tenaga_asing"] == "tidak"
    assert sent.documents.count() == 1


def test_a_new_standard_carries_the_draft_over_and_says_so(
    cast: Cast, filled: Application, browser: Client
) -> None:
    procedure = filled.procedure
    later = make_standard(cast.service, procedure, effective_on=date(2026, 11, 1))
    page = browser.post(url("review", filled), {"declared_true": "on"}, follow=True)
    assert "Standar pelayanan ini sudah berganti" in page.content.decode()
    filled.refresh_from_db()
    assert filled.version == later
    assert filled.status == Status.DRAFT
    assert filled.documents.current().count() == 1, "papers of equal requirements went along"
    answer = browser.post(url("review", filled), {"declared_true": "on"})
    assert answer["Location"] == url("receipt", filled)


def test_a_returned_file_shows_every_fault_and_is_sent_again_once(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    sent = make_submitted(cast, monday)
    samples.return_for_completion(sent, monday)
    page = browser.get(url("application", sent)).content.decode()
    assert "Yang harus diperbaiki" in page
    assert "Tidak terbaca" in page
    assert "Jangka waktu layanan mulai dihitung setelah" in page
    asked = requirement(sent, 2)
    assert "Alasan petugas" in browser.get(url("requirements", sent)).content.decode()
    early = browser.post(url("review", sent), {"declared_true": "on"}).content.decode()
    assert "Masih ada yang harus dilengkapi" in early
    browser.post(url("upload", sent, asked.pk), {"berkas": named("baru.pdf", plain_pdf())})
    assert "Semua sudah Anda perbaiki" in browser.get(url("application", sent)).content.decode()
    for _press in range(2):
        browser.post(url("review", sent), {"declared_true": "on"})
    sent.refresh_from_db()
    assert sent.status == Status.SUBMITTED
    assert Notice.objects.filter(template="permits/resubmitted").count() == 1


def test_an_accepted_paper_is_locked_after_a_return(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    application = make_draft_application(cast, monday)
    filling.save_form(application, answers={"tenaga_asing": "ya"}, at=application.created_at)
    good, bad = requirement(application, 2), requirement(application, 4)
    browser.post(url("upload", application, bad.pk), {"berkas": named("b.pdf", plain_pdf())})
    sent = samples.reload(samples.submit(application, monday))
    _verdicts(sent, monday, {good.pk: "", bad.pk: "Tanpa cap"})
    page = browser.get(url("requirements", sent)).content.decode()
    assert "Sudah dinyatakan sesuai; tidak perlu diunggah lagi." in page
    assert f'id="berkas-{good.pk}"' not in page
    assert "Tanpa cap" in page
    answer = browser.post(url("upload", sent, good.pk), {"berkas": named("x.pdf", plain_pdf())})
    assert "sudah dinyatakan sesuai; tidak perlu diunggah lagi" in answer.content.decode()


def _verdicts(sent: Application, at: datetime, reasons: dict[int, str]) -> None:
    from permits.services import applications, checking

    officer = samples.officer_at(sent, at)
    for pk, reason in reasons.items():
        result = "tidak_sesuai" if reason else "sesuai"
        checking.give_verdict(sent, pk, result, actor=officer, at=at, reason=reason)
    applications.return_application(sent, actor=officer, at=at, note="Perhatikan tanggalnya.")


def test_the_officers_own_note_is_shown_beside_the_faults(
    cast: Cast, browser: Client, monday: datetime
) -> None:
    sent = make_submitted(cast, monday)
    _verdicts(sent, monday, {requirement(sent, 2).pk: "Buram"})
    page = browser.get(url("application", sent)).content.decode()
    assert "Catatan petugas: Perhatikan tanggalnya." in page


def test_a_second_applicant_has_a_draft_of_the_own(cast: Cast, draft: Application) -> None:
    other = make_user()
    signed_in(other).post(start_url(cast))
    assert Application.objects.filter(applicant=other).count() == 1
    assert Application.objects.count() == 2
