"""Rows can be chosen as soon as they are typed: an SOP and its standard are three saves."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from standards.models import Procedure
from standards.services import drafting, publishing
from tests.factories.accounts import make_admin, make_office, make_position
from tests.factories.admin import added, problems, typed
from tests.factories.permits import NOON
from tests.factories.standards import make_fact, make_procedure, make_service

pytestmark = pytest.mark.django_db

ADD_SOP = "admin:standards_procedure_add"
STEPS = (
    ("ajukan", "Mengajukan berkas", 0, 1), ("periksa", "Memeriksa kelengkapan", 1, None),
    ("kerjakan", "Menelaah", 1, None), ("tinjau", "Meninjau lokasi", 1, None),
    ("konsep", "Menyusun konsep", 1, None), ("paraf", "Memaraf", 1, None),
    ("tanda_tangan", "Menandatangani", 2, None), ("nomor", "Memberi nomor", 1, None),
    ("kuesioner", "Mengisi kuesioner", 0, 1), ("serahkan", "Menerima izin", 0, 1),
)  # fmt: skip


@pytest.fixture
def clerk(client: Client) -> User:
    user = make_admin(full_name="Sri Administrator")
    client.force_login(user)
    return user


def steps_of() -> list[dict[str, str]]:
    """Return the rows of an SOP whose columns are typed on the same page."""
    rows = [
        {
            "kind": kind, "activity": activity, "role": f"roles-{role}",
            "recorded_by": "" if recorder is None else f"roles-{recorder}",
            "standard_amount": "30", "standard_unit": "menit_kerja",
        }
        for kind, activity, role, recorder in STEPS
    ]  # fmt: skip
    rows[3]["returns_to"] = "steps-1"
    rows[1]["returns_to"] = "steps-0"
    return rows


def page(row: Any) -> str:
    return reverse(f"admin:standards_{row._meta.model_name}_change", args=[row.pk])


def rows(shown: Any, desk: str, head: str) -> dict[str, str]:
    return {
        **added(
            shown, "roles", {"label": "Front office", "position": desk},
            {"label": "Kepala dinas", "position": head},
        ),
        **added(shown, "steps", *steps_of()),
    }  # fmt: skip


def test_an_sop_of_ten_steps_and_its_standard_are_three_saves(client: Client, clerk: User) -> None:
    office = make_office()
    desk = str(make_position(office, "front-office").pk)
    head = str(make_position(office, "kepala-dinas").pk)
    service = make_service(office)

    shown = client.get(reverse(ADD_SOP))
    named = {"office": str(office.pk), "name": "SOP Papan", "code": "sop-papan"}
    first = client.post(reverse(ADD_SOP), typed(shown, **named, **rows(shown, desk, head)))
    assert problems(first) == []
    procedure = Procedure.objects.get(code="sop-papan")
    assert [role.label for role in procedure.roles.all()] == [
        "Pemohon", "Front office", "Kepala dinas",
    ]  # fmt: skip
    steps = list(procedure.steps.order_by("order"))
    labels = ("Pemohon", "Front office", "Kepala dinas")
    assert [str(step.role) for step in steps] == [labels[role] for _k, _a, role, _r in STEPS]
    assert str(steps[0].recorded_by) == "Front office"
    assert [steps[1].returns_to, steps[3].returns_to] == [steps[0], steps[1]]
    assert publishing.procedure_faults(procedure) == []

    add = reverse("admin:standards_standardversion_add")
    client.post(add, typed(client.get(add), service=str(service.pk)))
    draft = service.versions.get()
    shown = client.get(page(draft))
    bodies = {f"components-{number}-body": "a. Uraian" for number in range(14)}
    third = client.post(page(draft), typed(
        shown, effective_on="2026-12-01", term_amount="6", product="Surat izin",
        certificate_title="Izin Papan", number_pattern="{nomor:03}/PN/{tahun}", **bodies,
        **added(shown, "fees", {"label": "Retribusi", "kind": "tabel"}),
        **added(
            shown, "fee_rows",
            {"rule": "fees-0", "amount": "50000", "when": "apakah_berlampu = ya"},
            {"rule": "fees-0", "amount": "25000"},
        ),
        **added(shown, "procedure_links", {"procedure": str(procedure.pk)}),
        **added(shown, "facts", {"label": "Apakah berlampu?", "kind": "ya_tidak"}),
        **added(shown, "requirement_groups", {"title": "Khusus"}),
        **added(
            shown, "requirements",
            {"text": "Identitas", "kind": "keterangan", "group": "requirement_groups-1"},
            {
                "text": "KTP", "kind": "unggah", "group": "requirement_groups-1",
                "parent": "requirements-0", "when": "apakah_berlampu = ya",
            },
        ),
        **added(shown, "legal_bases", {"text": "Perda 1/2020"}),
    ))  # fmt: skip
    assert problems(third) == []
    assert third.status_code == 302
    below = draft.requirements.get(text="KTP")
    assert str(below.parent) == "Identitas"
    assert below.group.title == "Khusus"
    assert [(row.order, row.amount) for row in draft.fees.get().rows.all()] == [
        (1, 50_000), (2, 25_000),
    ]  # fmt: skip
    draft.refresh_from_db()
    assert publishing.faults(draft) == []


def test_further_performers_are_named_by_columns_of_the_same_page(
    client: Client, clerk: User
) -> None:
    office = make_office()
    desk = str(make_position(office, "front-office").pk)
    head = str(make_position(office, "kepala-dinas").pk)
    shown = client.get(reverse(ADD_SOP))
    named = {"office": str(office.pk), "name": "SOP Papan", "code": "sop-papan"}
    data = typed(shown, **named, **rows(shown, desk, head))
    wrong = client.post(reverse(ADD_SOP), {**data, "steps-2-performers": "Kepala bidang"})
    assert "Tidak ada kolom “Kepala bidang”" in wrong.content.decode()
    signed = client.post(reverse(ADD_SOP), {**data, "steps-6-performers": "Front office"})
    assert "dikerjakan satu jabatan saja" in signed.content.decode()
    client.post(reverse(ADD_SOP), {**data, "steps-2-performers": "kepala dinas\n\n"})
    procedure = Procedure.objects.get(code="sop-papan")
    step = procedure.steps.get(kind="kerjakan")
    assert [role.label for role in step.performers.all()] == ["Kepala dinas"]

    shown = client.get(page(procedure))
    assert "Kepala dinas</textarea>" in shown.content.decode()
    renamed = next(
        name.removesuffix("-label") for name, value in typed(shown).items()
        if name.startswith("roles-") and value == "Kepala dinas"
    )  # fmt: skip
    client.post(page(procedure), typed(shown, **{f"{renamed}-label": "Kepala dinas DPMPTSP"}))
    assert [role.label for role in step.performers.all()] == ["Kepala dinas DPMPTSP"]


def test_what_was_chosen_stays_chosen_beside_an_error(client: Client, clerk: User) -> None:
    office = make_office()
    desk = str(make_position(office, "front-office").pk)
    shown = client.get(reverse(ADD_SOP))
    sent = typed(shown, office=str(office.pk), name="", code="sop", **rows(shown, desk, desk))
    answer = client.post(reverse(ADD_SOP), sent)
    assert "name" in answer.context["adminform"].form.errors
    lists = {each.formset.prefix: each.formset for each in answer.context["inline_admin_formsets"]}
    role = lists["steps"].forms[1]["role"]
    assert role.value() == "roles-1"
    assert b'<option value="roles-1" selected>Front office</option>' in answer.content
    assert not Procedure.objects.filter(code="sop").exists()


@pytest.mark.parametrize(
    "row", ["roles-9", "roles-1", "steps-0", "roles-", "roles-99999", "requirements-0", "-1", "x"]
)
def test_a_row_that_is_not_there_is_refused_at_the_field(
    client: Client, clerk: User, row: str
) -> None:
    """Not typed, deleted again, or of another list."""
    procedure = make_procedure(make_office())
    shown = client.get(page(procedure))
    new = {"kind": "kerjakan", "activity": "Menelaah", "role": row}
    gone = {"roles-1-DELETE": "on"}
    sent = typed(shown, **added(shown, "steps", new), **gone)
    total = procedure.steps.count()
    answer = client.post(page(procedure), sent)
    assert answer.status_code == 200
    steps = answer.context["inline_admin_formsets"][1].formset
    assert "role" in steps.forms[-1].errors
    assert procedure.steps.count() == total


def test_what_hangs_below_a_typed_row_lies_in_its_group(client: Client, clerk: User) -> None:
    draft = drafting.start_draft(make_service(make_office()), actor=clerk, at=NOON)
    url = reverse("admin:standards_standardversion_susun_persyaratan", args=[draft.pk])
    shown = client.get(url)
    first = str(draft.requirement_groups.get().pk)
    group = "requirement_groups-1"
    sent = typed(
        shown,
        **added(shown, "requirement_groups", {"title": "Khusus"}),
        **added(
            shown,
            "requirements",
            {"text": "Identitas", "kind": "keterangan", "group": first},
            {"text": "KTP", "kind": "unggah", "group": group, "parent": "requirements-0"},
            {"text": "Diri", "kind": "unggah", "group": first, "parent": "requirements-2"},
        ),
    )
    answer = client.post(url, sent)
    assert answer.status_code == 200
    forms = answer.context["inline_admin_formsets"][1].formset.forms
    assert [sorted(form.errors) for form in forms] == [[], ["parent"], ["parent"]]
    assert not draft.requirements.exists()


def test_a_position_of_another_office_is_refused_on_a_new_page(client: Client, clerk: User) -> None:
    office = make_office()
    desk = str(make_position(make_office(), "front-office").pk)
    shown = client.get(reverse(ADD_SOP))
    named = {"office": str(office.pk), "name": "SOP Papan", "code": "sop-papan"}
    sent = typed(shown, **named, **rows(shown, desk, desk))
    answer = client.post(reverse(ADD_SOP), sent)
    forms = answer.context["inline_admin_formsets"][0].formset.forms
    assert [sorted(form.errors) for form in forms] == [[], ["position"], ["position"]]
    assert not Procedure.objects.filter(code="sop-papan").exists()


def test_keys_are_made_before_two_rows_are_asked_to_differ(client: Client, clerk: User) -> None:
    """Beside a key that is there, one that is typed, a pasted row, and one that the portal has."""
    draft = drafting.start_draft(make_service(make_office()), actor=clerk, at=NOON)
    make_fact(draft, "luas_papan", label="Luas papan")
    url = reverse("admin:standards_standardversion_susun_isian", args=[draft.pk])
    shown = client.get(url)
    answer = client.post(url, typed(
        shown, kind_new="on", pasted="1. Luas papan\n2. Diwakili",
        **added(
            shown, "facts", {"label": "Luas papan"}, {"label": "Luas papan"},
            {"label": "Isi", "key": "isi_papan"}, {"label": "Isi papan"},
            {"label": "Diwakili", "when": "luas_papan_2 diisi; isi_papan_2 diisi"},
        ),
    ))  # fmt: skip
    assert problems(answer) == []
    assert list(draft.facts.order_by("order").values_list("key", flat=True)) == [
        "jenis_permohonan", "luas_papan", "luas_papan_2", "luas_papan_3", "isi_papan",
        "isi_papan_2", "diwakili_2", "luas_papan_4", "diwakili_3",
    ]  # fmt: skip
    shown = client.get(url)
    twice = client.post(
        url, typed(shown, **added(shown, "facts", {"label": "X", "key": "isi_papan"}))
    )
    assert any("key" in said for said in problems(twice))
    gone = {"facts-2-DELETE": "on", **added(shown, "facts", {"label": "Luas papan"})}
    assert problems(client.post(url, typed(shown, **gone))) == []
    assert draft.facts.filter(key="luas_papan_2").count() == 1
