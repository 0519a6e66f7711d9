"""Each list of a draft has a short page, in the order of the law, and takes pasted lists."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from standards.models import StandardVersion, TermUnit
from standards.services import drafting
from tests.factories.accounts import make_admin, make_office, make_position
from tests.factories.admin import added, problems, typed
from tests.factories.permits import NOON
from tests.factories.standards import make_fact, make_procedure, make_service, make_standard

pytestmark = pytest.mark.django_db

NAMES = (
    "persyaratan",
    "isian",
    "kelayakan",
    "prosedur",
    "dokumen",
    "tarif",
    "komponen",
    "dasar_hukum",
)
REQUIREMENTS = """1. Identitas pemohon:
a. Fotokopi KTP
yang masih berlaku
b. NPWP
2. Salah satu dari:
- sertifikat
- akta jual beli
3. Gambar lokasi"""


@pytest.fixture
def clerk(client: Client) -> User:
    user = make_admin(full_name="Sri Administrator")
    client.force_login(user)
    return user


@pytest.fixture
def draft(clerk: User) -> StandardVersion:
    return drafting.start_draft(make_service(make_office()), actor=clerk, at=NOON)


def test_the_page_of_the_whole_version_has_the_lists_in_the_order_of_the_short_pages(
    client: Client, draft: StandardVersion
) -> None:
    def lists(url: str) -> list[str]:
        return [part.formset.prefix for part in client.get(url).context["inline_admin_formsets"]]

    page = reverse("admin:standards_standardversion_change", args=[draft.pk])
    assert lists(page) == [prefix for name in NAMES for prefix in lists(section(draft, name))]


def section(version: StandardVersion, name: str) -> str:
    return reverse(f"admin:standards_standardversion_susun_{name}", args=[version.pk])


def send(client: Client, url: str, **changes: Any) -> Any:
    return client.post(url, typed(client.get(url), **changes))


def wrong(response: Any) -> dict[str, Any]:
    errors: dict[str, Any] = response.context["adminform"].form.errors
    return errors


def nested(version: StandardVersion) -> list[tuple[str, str, str]]:
    rows = version.requirements.order_by("group__order", "order")
    return [(row.printed_number, row.text, str(row.parent or "")) for row in rows]


def test_the_page_of_a_draft_leads_to_each_part_in_the_order_of_the_law(
    client: Client, draft: StandardVersion
) -> None:
    whole = client.get(reverse("admin:standards_standardversion_change", args=[draft.pk]))
    assert [part["url"] for part in whole.context["outline"]] == [section(draft, n) for n in NAMES]
    lacking = [part["url"] for part in whole.context["outline"] if not part["may_be_empty"]]
    assert section(draft, "kelayakan") not in lacking  # nothing is wrong with having none
    assert section(draft, "komponen") in lacking
    counts = [part["count"] for part in whole.context["outline"]]
    # the page of documents holds the permit too: a count of the others would read as "none"
    assert counts == [0, 0, 0, 0, None, 0, 14, 0]
    for name in NAMES:
        page = client.get(section(draft, name))
        assert page.status_code == 200
        assert [part["url"] for part in page.context["outline"] if part["here"]] == [
            section(draft, name)
        ]
        assert len(page.context["inline_admin_formsets"]) <= 2


def test_a_short_page_changes_nothing_of_the_others(client: Client, draft: StandardVersion) -> None:
    make_fact(draft, "luas", kind="angka")
    send(client, section(draft, "isian"), kind_new="on", kind_extension="on")
    before = list(draft.facts.values_list("key", flat=True))
    assert "jenis_permohonan" in before
    for name in NAMES:
        answer = send(client, section(draft, name))
        assert problems(answer) == []
        assert answer.status_code == 302
    assert list(draft.facts.values_list("key", flat=True)) == before
    answer = send(client, section(draft, "dokumen"), certificate_title="Izin Reklame")
    assert answer["Location"] == section(draft, "dokumen")
    draft.refresh_from_db()
    assert draft.certificate_title == "Izin Reklame"


def test_requirements_are_pasted_nested(client: Client, draft: StandardVersion) -> None:
    url = section(draft, "persyaratan")
    answer = send(client, url, pasted=REQUIREMENTS)
    assert answer["Location"] == url
    assert nested(draft) == [
        ("1.", "Identitas pemohon:", ""),
        ("a.", "Fotokopi KTP yang masih berlaku", "1. Identitas pemohon:"),
        ("b.", "NPWP", "1. Identitas pemohon:"),
        ("2.", "Salah satu dari:", ""),
        ("-", "sertifikat", "2. Salah satu dari:"),
        ("-", "akta jual beli", "2. Salah satu dari:"),
        ("3.", "Gambar lokasi", ""),
    ]
    kinds = list(draft.requirements.order_by("order").values_list("kind", flat=True))
    assert kinds == ["keterangan", "unggah", "unggah", "minimal_satu", "unggah", "unggah", "unggah"]
    # a second list stands behind the first, and what is typed beside it is saved too
    shown = client.get(url)
    client.post(url, typed(shown, pasted="NIB", **{"requirements-0-text": "Identitas:"}))
    assert [row[1] for row in nested(draft)][-1] == "NIB"
    assert nested(draft)[0][1] == "Identitas:"


def test_headings_become_groups(client: Client, draft: StandardVersion) -> None:
    text = "Persyaratan umum\n1. KTP\nPersyaratan khusus\n1. Gambar\n2. Foto"
    send(client, section(draft, "persyaratan"), pasted=text, pasted_into="judul")
    titles = [(group.title, group.requirements.count()) for group in draft.requirement_groups.all()]
    assert titles == [("", 0), ("Persyaratan umum", 1), ("Persyaratan khusus", 2)]


def test_pasting_twice_by_a_double_click_enters_once(
    client: Client, draft: StandardVersion
) -> None:
    url = section(draft, "persyaratan")
    sent = typed(client.get(url), pasted="1. KTP\n2. NPWP")
    assert client.post(url, sent).status_code == 302
    again = client.post(url, sent)
    assert again.status_code == 200
    assert "Belum disimpan" in str(problems(again))
    assert again.context["adminform"].form["pasted"].value() == "1. KTP\n2. NPWP"
    assert draft.requirements.count() == 2


def test_facts_are_pasted_with_their_choices(client: Client, draft: StandardVersion) -> None:
    text = "1. Apakah usaha baru?\n2. Bentuk usaha\na. PT\nb. CV\n3. Luas lahan"
    send(client, section(draft, "isian"), pasted=text)
    assert list(draft.facts.values_list("key", "kind", "choices_text")) == [
        ("apakah_usaha_baru", "ya_tidak", ""),
        ("bentuk_usaha", "pilihan", "PT\nCV"),
        ("luas_lahan", "teks", ""),
    ]


def test_fees_are_pasted_with_their_amounts(client: Client, draft: StandardVersion) -> None:
    url = section(draft, "tarif")
    send(client, url, pasted="a. Izin baru: Rp 150.000,-\nb. Perpanjangan Rp75.000\nc. Gratis")
    assert list(draft.fees.values_list("label", "amount", "kind")) == [
        ("Izin baru", 150_000, "tetap"), ("Perpanjangan", 75_000, "tetap"), ("Gratis", 0, "gratis"),
    ]  # fmt: skip
    answer = send(client, url, pasted="Izin besar")
    assert "Izin besar" in str(wrong(answer)["pasted"])
    assert draft.fees.count() == 3


def test_grounds_are_pasted(client: Client, draft: StandardVersion) -> None:
    send(client, section(draft, "dasar_hukum"), pasted="a. UU 25/2009\nb. PP 96/2012")
    assert [str(row.printed_number + row.text) for row in draft.legal_bases.all()] == [
        "1.UU 25/2009", "2.PP 96/2012",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n".join("1. KTP" for _ in range(301)), "Paling banyak 300 baris"),
        (f"1. {'a' * 4001}", "lebih dari 4000 huruf"),
        ("a" * 100_001, "100000"),
        ("1. KTP \u0007\ufdd0", "Tidak dapat dicetak"),
    ],
)
def test_what_cannot_be_a_list_is_said_at_the_field_and_stays(
    client: Client, draft: StandardVersion, text: str, said: str
) -> None:
    answer = send(client, section(draft, "persyaratan"), pasted=text)
    assert answer.status_code == 200
    assert said in str(wrong(answer)["pasted"])
    assert answer.context["adminform"].form["pasted"].value() == text
    assert not draft.requirements.exists()


def test_steps_are_pasted_into_the_sop(client: Client, clerk: User) -> None:
    office = make_office()
    desk = make_position(office, "front-office", name="Front office")
    head = make_position(office, "kepala-dinas", name="Kepala dinas")
    procedure = make_procedure(office, steps=())
    procedure.roles.all().delete()
    url = reverse("admin:standards_procedure_change", args=[procedure.pk])
    shown = client.get(url)
    text = "1. Pemohon mengajukan permohonan"
    refused = client.post(url, typed(shown, pasted=text))
    assert "pasted_role" in wrong(refused)
    send(client, url, **added(
        shown, "roles", {"label": "Pemohon"},
        {"label": "Front office", "position": str(desk.pk)},
        {"label": "Kepala dinas", "position": str(head.pk)},
    ))  # fmt: skip
    text += (
        "\n2. Front office memeriksa kelengkapan berkas (30 menit)"
        "\n3. Menyusun konsep izin 2-3 hari kerja"
        "\n4. Kepala dinas menandatangani izin (1 hari)"
        "\n5. Memberi nomor\n6. Penyerahan izin kepada pemohon"
    )
    assert send(client, url, pasted=text).status_code == 302
    rows = procedure.steps.order_by("order")
    assert list(rows.values_list("kind", "role__label", "standard_text")) == [
        ("ajukan", "Pemohon", ""),
        ("periksa", "Front office", "30 menit"),
        ("konsep", "Front office", "2-3 hari kerja"),
        ("tanda_tangan", "Kepala dinas", "1 hari kerja"),
        ("nomor", "Front office", ""),
        ("serahkan", "Pemohon", ""),
    ]
    assert rows[2].standard_unit == TermUnit.WORKDAY
    assert rows[0].recorded_by == rows[1].role


def test_short_pages_of_a_published_version_are_read_only(client: Client, clerk: User) -> None:
    version = make_standard()
    for name in NAMES:
        page = client.get(section(version, name))
        assert page.status_code == 200
        assert b'name="pasted"' not in page.content
        assert client.post(section(version, name), {"pasted": "1. KTP"}).status_code == 403
