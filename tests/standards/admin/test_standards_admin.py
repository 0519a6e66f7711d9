"""A clerk makes a standard in the administration pages; nobody changes a published one there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import Office, User
from authority.services import proposals
from standards.domain.steps import StepKind
from standards.models import Fact, Procedure, Service, SopStep, StandardVersion
from standards.proposals import open_proposal
from standards.services import drafting, publishing
from standards.swimlane import draw
from tests.factories.accounts import make_admin, make_office, make_position, make_user
from tests.factories.admin import added, problems, typed
from tests.factories.standards import (
    PUBLISHED_AT,
    make_draft,
    make_fact,
    make_fee,
    make_procedure,
    make_service,
    make_standard,
    position_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client) -> User:
    user = make_admin(full_name="Sri Administrator")
    client.force_login(user)
    return user


def said_by(answer: Any, what: str) -> list[str]:
    """Return the sentences of the linter on the page of a version."""
    return [str(finding) for finding in getattr(answer.context["report"], what)]


def page(row: Any, what: str = "change") -> str:
    return reverse(
        f"admin:{row._meta.app_label}_{row._meta.model_name}_{what.replace('-', '_')}",
        args=[row.pk],
    )


def add_url(model: Any) -> str:
    return reverse(f"admin:standards_{model._meta.model_name}_add")


def told(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def save(client: Client, url: str, **changes: Any) -> Any:
    """Send the page at ``url`` with ``changes`` and expect it to go on."""
    response = client.post(url, typed(client.get(url), **changes))
    assert problems(response) == []
    assert response.status_code == 302
    return response


def permit(user: User, *codes: str) -> None:
    user.user_permissions.add(*Permission.objects.filter(codename__in=codes))


def make_clerk(client: Client, office: Office, *codes: str) -> User:
    """Sign in an administrator of the office who may do only this."""
    user = make_user(is_staff=True)
    user.administers.add(office)
    permit(user, *codes)
    client.force_login(user)
    return user


def test_a_clerk_writes_a_paper_beside_the_permit(client: Client, clerk: User) -> None:
    draft = make_draft()
    url = page(draft)
    row = {"title": "Permintaan pertimbangan", "body": "Mohon pertimbangan atas {layanan}."}
    steps = {"written_at": "3", "signed_at": "3", "number_pattern": "094/{nomor}"}
    refused = client.post(
        url, typed(client.get(url), **added(client.get(url), "papers", {**row, **steps}))
    )
    said = " ".join(problems(refused))
    assert "Dokumen ditandatangani pada langkah lain." in said
    assert "tidak memuat {tahun}" in said
    for number in ("3", "5"):
        steps = {"written_at": "3", "signed_at": "5", "initialed_at": f"4\n{number}"}
        again = added(client.get(url), "papers", {**row, **steps})
        said = " ".join(problems(client.post(url, typed(client.get(url), **again))))
        assert "Dokumen diparaf pada langkah lain" in said
    steps = {"written_at": "3", "signed_at": "6", "when": "tenaga_asing = ya"}
    steps["initialed_at"] = " 4 \n\n5\n4"
    save(client, url, **added(client.get(url), "papers", {**row, **steps}))
    paper = draft.papers.get()
    assert paper.initialed_at == "4\n5"
    assert (paper.key, paper.order, str(paper.when)) == (
        "permintaan_pertimbangan", 1, "tenaga_asing = ya",
    )  # fmt: skip


def test_a_clerk_writes_what_cannot_be_applied_for(client: Client, clerk: User) -> None:
    draft = make_draft()
    url = page(draft)
    row = {"sentence": "Tenaga asing tidak dilayani.", "ground": "Perda 7/2021"}
    refused = client.post(
        url, typed(client.get(url), **added(client.get(url), "eligibility_rules", row))
    )
    assert "Tulis syaratnya, misalnya modal_asing = ya." in " ".join(problems(refused))
    row["when"] = "tenaga_asing = ya"
    save(client, url, **added(client.get(url), "eligibility_rules", row))
    rule = draft.eligibility_rules.get()
    assert (rule.order, str(rule.when), rule.ground) == (1, "tenaga_asing = ya", "Perda 7/2021")


# --- a whole new service ---


def test_a_clerk_enters_a_whole_service_and_publishes_it(client: Client, clerk: User) -> None:
    office = make_office()
    desks = {code: make_position(office, code) for code in ("front-office", "kepala-dinas")}

    url = add_url(Service)
    save(client, url, office=str(office.pk), name="Izin Papan Nama", slug="izin-papan-nama")
    service = Service.objects.get(slug="izin-papan-nama")

    save(client, add_url(Procedure), office=str(office.pk), name="SOP Papan", code="sop-papan")
    procedure = Procedure.objects.get(code="sop-papan")
    url = page(procedure)
    save(client, url, **added(client.get(url), "roles", *(
        {"label": desk.name, "position": str(desk.pk)} for desk in desks.values()
    )))  # fmt: skip
    roles = {role.label: str(role.pk) for role in procedure.roles.all()}
    assert list(roles) == ["Pemohon", "Front office", "Kepala dinas"]
    save(client, url, **added(client.get(url), "steps", *(
        {
            "kind": kind, "activity": str(kind), "role": roles[role], "recorded_by": recorder,
            "standard_amount": "1", "standard_unit": "hari_kerja",
        }
        for kind, role, recorder in (
            (StepKind.FILE, "Pemohon", roles["Front office"]),
            (StepKind.CHECK, "Front office", ""),
            (StepKind.DRAFT, "Front office", ""),
            (StepKind.SIGN, "Kepala dinas", ""),
            (StepKind.NUMBER, "Front office", ""),
            (StepKind.HAND_OVER, "Pemohon", roles["Front office"]),
        )
    )))  # fmt: skip
    assert [step.order for step in procedure.steps.all()] == [1, 2, 3, 4, 5, 6]
    assert procedure.steps.all()[0].standard_text == "1 hari kerja"

    response = save(client, add_url(StandardVersion), service=str(service.pk))
    draft = service.versions.get()
    assert response["Location"] == page(draft)  # one goes on at the same page
    url = page(draft)
    shown = client.get(url)
    assert "Komponen Persyaratan masih kosong." in said_by(shown, "faults")
    bodies = {f"components-{number}-body": "a. Uraian" for number in range(14)}
    save(
        client, url, effective_on="2026-03-01", term_amount="6", product="Surat izin",
        certificate_title="Izin Papan Nama", number_pattern="{nomor:03}/PN/{tahun}", **bodies,
        **added(shown, "fees", {"label": "Izin baru", "amount": "250000"}),
        **added(shown, "procedure_links", {"procedure": str(procedure.pk)}),
        **added(
            shown, "facts", {"label": "Apakah papan berlampu?", "kind": "ya_tidak"},
            {"label": "Ukuran papan"}, {"label": "Ukuran papan"},
        ),
        **added(shown, "legal_bases", {"text": "Perda 1/2020"}, {"text": "Perda 2/2020"}),
        **added(shown, "requirements", {"text": "KTP", "kind": "unggah"}),
    )  # fmt: skip
    keys = [fact.key for fact in draft.facts.all()]
    assert keys == ["apakah_papan_berlampu", "ukuran_papan", "ukuran_papan_2"]
    assert [row.printed_number for row in draft.legal_bases.all()] == ["1.", "2."]
    assert draft.requirements.get().group == draft.requirement_groups.get()
    save(client, url, **added(client.get(url), "requirements", {
        "text": "Rekomendasi listrik", "kind": "unggah", "when": "apakah_papan_berlampu = ya",
    }))  # fmt: skip

    shown = client.get(url)
    assert said_by(shown, "faults") == []
    asked = client.get(page(draft, "tetapkan")).content.decode()
    assert "Berlaku mulai Minggu, 1 Maret 2026." in asked
    assert "tidak dapat diubah lagi" in asked
    assert "SOP Papan" in asked
    answer = client.post(page(draft, "tetapkan"), follow=True)
    assert "Orang kedua sudah diberi tahu." in answer.content.decode()
    second = make_admin()
    proposal = open_proposal(draft)
    assert proposal is not None
    proposals.confirm(proposal, actor=second, at=PUBLISHED_AT)
    draft.refresh_from_db()
    assert (draft.is_published, draft.published_by) == (True, second)
    assert LogEntry.objects.filter(object_id=str(draft.pk), user=clerk).exists()


# --- drafts ---


def test_a_second_draft_is_refused_in_words(client: Client, clerk: User) -> None:
    draft = make_draft()
    url = add_url(StandardVersion)
    response = client.post(url, {"service": str(draft.service.pk)})
    assert problems(response) == [
        "Layanan ini sudah mempunyai konsep (versi 1). Lanjutkan konsep itu."
    ]
    assert draft.service.versions.count() == 1


def test_an_incomplete_draft_is_not_published_and_names_what_is_missing(
    client: Client, clerk: User
) -> None:
    draft = make_draft(term_amount=None, product="")
    faults = ["Jangka waktu penyelesaian belum diisi.", "Produk layanan belum diisi."]
    assert said_by(client.get(page(draft)), "faults") == faults
    asked = client.get(page(draft, "tetapkan")).content.decode()
    assert all(fault in asked for fault in faults)
    assert "Ya, tetapkan" not in asked
    answer = client.post(page(draft, "tetapkan"), follow=True)
    assert all(fault in told(answer) for fault in faults)
    draft.refresh_from_db()
    assert not draft.is_published


def test_the_list_action_proposes_the_complete_and_says_what_the_others_lack(
    client: Client, clerk: User
) -> None:
    whole, poor = make_draft(), make_draft(product="")
    url = reverse("admin:standards_standardversion_changelist")
    chosen = {"action": "publish_selected", "_selected_action": [whole.pk, poor.pk]}
    asked = client.post(url, chosen).content.decode()
    assert "Produk layanan belum diisi." in asked
    assert f'name="_selected_action" value="{whole.pk}"' in asked
    assert f'name="_selected_action" value="{poor.pk}"' not in asked
    whole.refresh_from_db()
    assert not whole.is_published
    answer = client.post(url, {**chosen, "confirmed": "1"}, follow=True)
    assert f"{poor.service}: Standar belum dapat ditetapkan. Produk layanan belum diisi." in told(
        answer
    )
    assert open_proposal(whole)
    assert not open_proposal(poor)


def test_a_page_that_is_sent_twice_enters_its_rows_once(client: Client, clerk: User) -> None:
    draft = make_draft()
    procedure = draft.procedure_links.get().procedure
    for row, prefix, new in (
        (draft, "facts", {"label": "Luas"}),
        (draft, "fees", {"label": "Denda", "amount": "5"}),
        (procedure, "roles", {"label": "Bendahara"}),
    ):
        shown = client.get(page(row))
        sent = typed(shown, **added(shown, prefix, new))
        assert client.post(page(row), sent).status_code == 302
        again = client.post(page(row), sent)
        assert "tombol tertekan dua kali" in told(again)
        assert new["label"] in again.content.decode()
    assert draft.facts.filter(label="Luas").count() == 1
    assert draft.fees.count() == 2

    sent = typed(client.get(page(draft)), product="Lain", **{"facts-0-label": "Nama"})
    draft.facts.filter(label="Luas").delete()  # by somebody else meanwhile
    assert "ditambah atau dihapus, oleh orang lain" in told(client.post(page(draft), sent))


def test_choices_stay_within_the_version(client: Client, clerk: User) -> None:
    draft, other = make_draft(), make_draft()
    url = page(draft)
    stray = {
        "requirements-0-when": "milik_versi_lain = ya",
        "requirements-0-group": str(other.requirement_groups.get().pk),
        "requirements-1-parent": str(other.requirements.all()[0].pk),
        "procedure_links-0-procedure": str(other.procedure_links.get().procedure.pk),
    }
    response = client.post(url, typed(client.get(url), **stray))
    assert len(problems(response)) == 4


def test_a_group_that_holds_requirements_is_not_deleted_with_them(
    client: Client, clerk: User
) -> None:
    draft = make_draft()
    url = page(draft)
    gone = {"requirement_groups-0-DELETE": "on"}
    response = client.post(url, typed(client.get(url), **gone))
    assert len(problems(response)) == 1
    assert draft.requirements.count() == 4


def test_a_parent_in_another_group_is_refused_at_the_field(client: Client, clerk: User) -> None:
    draft = make_draft()
    url = page(draft)
    save(client, url, **added(client.get(url), "requirement_groups", {"title": "Khusus"}))
    special, rows = draft.requirement_groups.all()[1], list(draft.requirements.all())
    moved = {"requirements-1-group": str(special.pk), "requirements-1-parent": str(rows[0].pk)}
    response = client.post(url, typed(client.get(url), **moved))
    assert problems(response) == ["Butir induk harus berada di kelompok yang sama."]


def test_a_draft_can_be_deleted(client: Client, clerk: User) -> None:
    draft = make_draft()
    client.post(page(draft, "delete"), {"post": "yes"})
    assert not StandardVersion.objects.filter(pk=draft.pk).exists()
    assert not Fact.objects.filter(version=draft.pk).exists()


# --- what is published ---


@pytest.fixture
def published(clerk: User) -> StandardVersion:
    return make_standard()


def test_a_published_standard_shows_no_field_to_type_in(
    client: Client, published: StandardVersion
) -> None:
    shown = client.get(page(published)).content.decode()
    assert "Halaman ini hanya dapat dibaca." in shown
    assert "<textarea" not in shown
    assert 'name="_save"' not in shown
    assert "Cocok: isinya sama dengan saat ditetapkan." in shown
    assert "Buat konsep baru dari versi ini" in shown


def test_a_published_standard_refuses_a_direct_post(
    client: Client, published: StandardVersion
) -> None:
    before = published.product
    sent = {"product": "diubah", "components-0-body": "diubah", "_save": "1"}
    assert client.post(page(published), sent).status_code == 403
    assert client.post(page(published, "delete"), {"post": "yes"}).status_code == 403
    published.refresh_from_db()
    assert published.product == before


def test_a_published_standard_is_not_deleted_by_the_list(
    client: Client, published: StandardVersion
) -> None:
    url = reverse("admin:standards_standardversion_changelist")
    client.post(
        url, {"action": "delete_selected", "_selected_action": [published.pk], "post": "yes"}
    )
    assert StandardVersion.objects.filter(pk=published.pk).exists()


def test_a_published_standard_is_not_published_again(
    client: Client, published: StandardVersion
) -> None:
    for answer in (
        client.get(page(published, "tetapkan"), follow=True),
        client.post(page(published, "tetapkan"), follow=True),
    ):
        assert "sudah ditetapkan" in told(answer)


def test_a_new_draft_is_made_from_a_published_version_once(
    client: Client, published: StandardVersion
) -> None:
    url = page(published, "konsep-baru")
    assert client.get(url).status_code == 302  # looking makes nothing
    assert published.service.versions.count() == 1
    made = client.post(url, follow=True)
    draft = StandardVersion.objects.get(number=2)
    assert made.redirect_chain == [(page(draft), 302)]
    again = client.post(url, follow=True)
    assert "sudah mempunyai konsep (versi 2)" in told(again)
    save(client, page(draft), effective_on="2026-06-01", product="Lain")
    draft.refresh_from_db()
    published.refresh_from_db()
    assert (draft.product, draft.effective_on) == ("Lain", date(2026, 6, 1))
    assert published.product != "Lain"


def test_a_frozen_procedure_is_read_only_and_its_copy_is_not(
    client: Client, published: StandardVersion
) -> None:
    frozen = published.procedure_links.get().procedure
    shown = client.get(page(frozen)).content.decode()
    assert "<textarea" not in shown
    assert client.post(page(frozen), {"name": "diubah"}).status_code == 403
    assert client.post(page(frozen, "delete"), {"post": "yes"}).status_code == 403
    client.post(page(frozen, "salin"))
    copy = Procedure.objects.get(copied_from=frozen)
    save(client, page(copy), **{"steps-0-activity": "diubah"})
    assert copy.steps.all()[0].activity == "diubah"


def test_a_copy_is_told_from_what_it_was_copied_from(
    client: Client, clerk: User, published: StandardVersion
) -> None:
    """Both have one name: the choice says code, and which of them can be changed."""
    frozen = published.procedure_links.get().procedure
    draft = drafting.new_draft(published, actor=clerk, at=PUBLISHED_AT)
    copy = drafting.copy_procedure(frozen, actor=clerk, at=PUBLISHED_AT)
    shown = client.get(page(draft)).content.decode()
    assert f">{frozen.name} ({frozen.code}, versi 1, dibekukan 2 Jan 2026)</option>" in shown
    assert f">{copy.name} ({copy.code}, dapat diubah)</option>" in shown
    assert f"{frozen.code}, versi 1, dibekukan" in client.get(page(copy)).content.decode()
    listed = client.get(reverse("admin:standards_procedure_changelist")).content.decode()
    assert "Dibekukan 2 Jan 2026" in listed
    assert copy.code in listed


# --- who may ---


def test_writing_and_publishing_are_two_permissions(client: Client) -> None:
    draft = make_draft()
    office = draft.service.office
    clerk = make_clerk(client, office, "view_standardversion", "change_standardversion")
    save(client, page(draft), product="Ditulis petugas", **{"components-0-body": "a. Baru"})
    assert draft.components.all()[0].body == "a. Baru"
    permit(clerk, "add_proposal")
    assert "Usulkan penetapan" not in client.get(page(draft)).content.decode()
    answer = client.post(page(draft, "tetapkan"), follow=True)
    assert "tidak diberi wewenang" in told(answer)
    draft.refresh_from_db()
    assert not draft.is_published


def test_who_may_only_look_changes_nothing_below_the_page(client: Client) -> None:
    draft = make_draft()
    make_clerk(
        client, draft.service.office, "view_standardversion", "add_fee", "change_fee", "delete_fee"
    )
    assert client.get(page(draft)).status_code == 200
    assert client.post(page(draft), {"product": "x"}).status_code == 403
    answer = client.post(page(draft, "konsep-baru"), follow=True)
    assert "tidak diberi wewenang" in told(answer)


@pytest.mark.parametrize("number", ["abc", "999999", "1%2F2"])
@pytest.mark.parametrize("what", ["tetapkan", "konsep-baru"])
def test_an_unknown_version_is_not_found(
    client: Client, clerk: User, what: str, number: str
) -> None:
    base = reverse("admin:standards_standardversion_changelist")
    assert client.post(f"{base}{number}/{what}/").status_code == 404


# --- procedures ---


def test_a_step_is_inserted_moved_and_deleted_by_its_number(client: Client, clerk: User) -> None:
    procedure = make_procedure(make_office())
    url = page(procedure)

    def lines() -> list[tuple[int, str, str]]:
        return [(step.order, step.printed_number, step.kind) for step in procedure.steps.all()]

    kinds = [kind for _, _, kind in lines()]
    role = procedure.roles.get(label="Sekretaris")
    save(client, url, **added(client.get(url), "steps", {
        "order": "6", "kind": StepKind.INITIAL, "activity": "Paraf kedua", "role": str(role.pk),
    }))  # fmt: skip
    kinds.insert(5, StepKind.INITIAL)
    assert lines() == [(n, str(n), kind) for n, kind in enumerate(kinds, start=1)]

    save(client, url, **{"steps-2-order": "4", "steps-3-order": "3"})  # exchanged
    kinds[2], kinds[3] = kinds[3], kinds[2]
    assert lines() == [(n, str(n), kind) for n, kind in enumerate(kinds, start=1)]

    save(client, url, **{"steps-5-DELETE": "on", "steps-0-activity": "Pemohon datang"})
    del kinds[5]
    assert lines() == [(n, str(n), kind) for n, kind in enumerate(kinds, start=1)]
    assert procedure.steps.all()[0].activity == "Pemohon datang"


def test_a_printed_number_of_the_original_is_kept(client: Client, clerk: User) -> None:
    procedure = make_procedure(make_office())
    SopStep.objects.filter(procedure=procedure, order=4).update(printed_number="13")
    save(client, page(procedure), **{"steps-3-order": "3"})
    assert [step.printed_number for step in procedure.steps.all()][:4] == ["1", "2", "13", "4"]


def test_a_time_needs_its_unit(client: Client, clerk: User) -> None:
    procedure = make_procedure(make_office())
    url = page(procedure)
    response = client.post(url, typed(client.get(url), **{"steps-0-standard_unit": ""}))
    assert problems(response) == ["Pilih satuan waktunya."]


@pytest.mark.parametrize(
    ("step", "changes", "said"),
    [
        (2, {"standard_minimum": "2"}, "Harus kurang dari waktu paling lama."),
        (2, {"standard_minimum": "1", "standard_amount": "", "standard_unit": ""},
         "Tulis juga waktu paling lamanya."),
        (3, {"optional": "on"}, "Langkah jenis ini tidak boleh dilewati."),
        (5, {"clock": "lembaga"}, "Pada langkah jenis ini jam layanan selalu berjalan."),
    ],
)  # fmt: skip
def test_what_a_step_cannot_be_is_said_at_its_field(
    client: Client, clerk: User, step: int, changes: dict[str, str], said: str
) -> None:
    url = page(make_procedure(make_office()))
    sent = {f"steps-{step}-{name}": value for name, value in changes.items()}
    assert said in problems(client.post(url, typed(client.get(url), **sent)))


def test_a_range_is_printed_as_written_and_a_copy_keeps_the_attributes(
    client: Client, clerk: User
) -> None:
    procedure = make_procedure(make_office())
    changes = {"standard_minimum": "1", "standard_text": "", "clock": "lembaga", "optional": "on"}
    save(client, page(procedure), **{f"steps-2-{name}": text for name, text in changes.items()})
    copy = drafting.copy_procedure(procedure, actor=clerk, at=PUBLISHED_AT)
    for row in (procedure, copy):
        step = row.steps.get(kind=StepKind.INSPECT)
        assert (step.standard_time, step.clock, step.optional) == (
            "1-2 hari kerja",
            "lembaga",
            True,
        )
        assert draw(row).rows[2].time == "1-2 hari kerja"
        assert draw(row).rows[2].clock == "Menunggu lembaga lain: jangka waktu layanan berhenti"


def test_a_step_hangs_on_the_facts_of_the_draft_that_uses_it(client: Client, clerk: User) -> None:
    draft = make_draft()
    procedure = draft.procedure_links.get().procedure
    url = page(procedure)
    stray = client.post(url, typed(client.get(url), **{"steps-2-when": "hilang = ya"}))
    assert problems(stray) == [
        "Tidak ada isian dengan kode hilang. Kode yang ada: nama_bkk, tenaga_asing."
    ]
    save(client, url, **{"steps-2-when": "tenaga_asing = ya"})
    assert str(procedure.steps.get(order=3).when) == "tenaga_asing = ya"
    assert "Hanya jika mempekerjakan tenaga asing." in client.get(url).content.decode()
    copy = drafting.copy_procedure(procedure, actor=clerk, at=PUBLISHED_AT)
    assert str(copy.steps.get(order=3).when) == "tenaga_asing = ya"

    save(client, url, **{"steps-5-when": "tenaga_asing = ya"})  # then nobody signs the others
    name = f"{procedure.name} (tenaga_asing = tidak)"
    assert client.get(url).context["faults"] == [
        f"Prosedur {name} harus mempunyai tepat satu langkah tanda tangan pimpinan."
    ]


def test_a_fact_is_recorded_at_a_step_of_the_sop(client: Client, clerk: User) -> None:
    draft = make_draft()
    url = page(draft)
    fact = {"label": "Luas hasil ukur", "kind": "luas", "asked_at": "3"}
    save(client, url, **added(client.get(url), "facts", fact))
    assert draft.facts.get(asked_at="3").key == "luas_hasil_ukur"
    shown = client.get(url)
    assert "langkah 3: Pemeriksaan tim teknis" in shown.content.decode()
    assert publishing.faults(draft) == []
    save(client, url, **{"requirements-1-when": "luas_hasil_ukur >= 100"})
    (said,) = publishing.faults(draft)
    assert said.endswith("baru ditanyakan sesudahnya. Pindahkan isian itu ke depan.")
    identity = {"facts-2-kind": "nik", "requirements-1-when": ""}
    response = client.post(url, typed(client.get(url), **identity))
    assert problems(response) == ["NIK hanya ditanyakan kepada pemohon."]
    letter = {"facts-2-kind": "dokumen", "facts-2-asked_at": "", "facts-2-on_certificate": "on"}
    response = client.post(url, typed(client.get(url), **letter))
    asked, printed = problems(response)
    assert asked.endswith("Dokumen dari pemohon ditulis sebagai persyaratan.")
    assert printed == "Dokumen tidak tercetak pada dokumen izin."


def test_what_names_a_step_that_gets_another_number_is_said(client: Client, clerk: User) -> None:
    draft = make_draft(facts=({"key": "luas", "label": "Luas", "kind": "luas", "asked_at": "3"},))
    make_fee(draft, label="Denda", kind="ditetapkan", maximum=9, step="4")
    procedure = draft.procedure_links.get().procedure
    work = {"kind": StepKind.WORK, "activity": "Mengukur", "order": "3"}
    work["role"] = str(procedure.roles.get(label="Front Office").pk)
    shown = client.get(page(procedure))
    sent = typed(shown, **added(shown, "steps", work))
    said = told(client.post(page(procedure), sent, follow=True))
    assert f"isian Luas (langkah 3, {draft.service.name})" in said
    assert f"tarif Denda (langkah 4, {draft.service.name})" in said
    again = client.get(page(procedure))
    assert "Nomor langkah" not in told(client.post(page(procedure), typed(again), follow=True))


def test_kinds_of_application_and_a_representative_are_one_tick_each(
    client: Client, clerk: User
) -> None:
    draft = make_draft()
    url = page(draft)
    save(client, url, kind_new="on", kind_extension="on", represented="on",
         **{"requirements-2-when": "jenis_permohonan = Baru"})  # fmt: skip
    paper = draft.requirements.last()
    assert (paper.text, str(paper.when)) == (
        "Surat kuasa dari pemegang izin kepada wakilnya", "diwakili = ya",
    )  # fmt: skip
    first, second, *_rest = draft.facts.order_by("order", "pk")
    assert (first.key, first.choices_text) == ("jenis_permohonan", "Baru\nPerpanjangan")
    assert (second.key, second.kind) == ("diwakili", "ya_tidak")
    save(client, url, **{"requirements-1-when": "jenis_permohonan = Perpanjangan; diwakili = ya"})
    assert publishing.faults(draft) == []
    (first_row,) = draft.facts.filter(key="jenis_permohonan")
    save(client, url, kind_extension=None, kind_closure="on")  # extensions are switched off
    (said,) = publishing.faults(draft)
    assert "“Perpanjangan” bukan jawaban yang mungkin" in said
    assert draft.facts.get(key="jenis_permohonan").pk == first_row.pk
    save(client, url, kind_new=None, kind_closure=None, represented=None,
         **{"requirements-1-when": "", "requirements-2-when": ""})  # fmt: skip
    assert set(draft.facts.values_list("key", flat=True)) == {"nama_bkk", "tenaga_asing"}
    assert draft.requirements.count() == 4
    assert publishing.faults(draft) == []


def test_the_number_of_the_previous_permit_is_one_tick(client: Client, clerk: User) -> None:
    draft = make_draft()
    url = page(draft)
    save(client, url, kind_new="on", kind_extension="on", previous="on")
    asked = draft.facts.get(key="izin_sebelumnya")
    assert (str(asked.when), asked.on_certificate) == ("jenis_permohonan = Perpanjangan", True)
    assert publishing.faults(draft) == []
    save(client, url, kind_closure="on", **{"facts-0-carried": "on"})
    asked.refresh_from_db()
    assert str(asked.when) == "jenis_permohonan = Perpanjangan | Penutupan"
    assert draft.facts.filter(carried=True).count() == 1
    assert publishing.faults(draft) == []
    said = client.post(
        url, {**typed(client.get(url)), "kind_extension": "", "kind_closure": ""}
    ).content.decode()
    assert "Centang dahulu perpanjangan, perubahan, atau penutupan." in said
    save(client, url, previous=None)
    assert not draft.facts.filter(key="izin_sebelumnya").exists()


def test_what_an_officer_records_is_not_carried_over() -> None:
    draft = make_draft()
    make_fact(draft, "luas", label="Luas", asked_at="3", carried=True)
    assert any(said.startswith("Isian Luas dicatat petugas") for said in publishing.faults(draft))


def test_a_tick_taken_away_deletes_nothing_that_a_clerk_wrote(client: Client, clerk: User) -> None:
    draft = make_draft()
    url = page(draft)
    save(client, url, represented="on")
    own = {"text": "Fotokopi KTP wakil", "kind": "unggah", "when": "diwakili = ya"}
    save(client, url, **added(client.get(url), "requirements", own))
    save(client, url, represented=None)
    assert draft.requirements.filter(text="Fotokopi KTP wakil").exists()
    assert not draft.requirements.filter(text__startswith="Surat kuasa").exists()
    (said,) = publishing.faults(draft)
    assert "Fotokopi KTP wakil: tidak ada isian dengan kode diwakili" in said


def test_a_key_of_the_portal_means_what_the_portal_takes_it_for() -> None:
    draft = make_draft()
    make_fact(draft, "diwakili", label="Wakil")
    (said,) = publishing.faults(draft)
    assert said.startswith("Isian Wakil memakai kode diwakili, yang disediakan portal.")


def test_positions_of_another_office_are_not_offered(client: Client, clerk: User) -> None:
    procedure = make_procedure(make_office())
    foreign = position_of(make_office(), "front-office")
    url = page(procedure)
    response = client.post(url, typed(client.get(url), **{"roles-1-position": str(foreign.pk)}))
    assert len(problems(response)) == 1


def test_an_unwalkable_procedure_says_why(client: Client, clerk: User) -> None:
    procedure = make_procedure(make_office())
    procedure.steps.get(kind=StepKind.SIGN).delete()
    found = client.get(page(procedure)).context["faults"]
    assert found == [
        f"Prosedur {procedure.name} harus mempunyai tepat satu langkah tanda tangan pimpinan."
    ]


# --- the lists ---


def test_the_list_says_which_version_is_in_force(client: Client, clerk: User) -> None:
    service = make_service()
    procedure = make_procedure(service.office)
    for day in (date(2020, 1, 1), date(2021, 1, 1), date(2199, 1, 1)):
        make_standard(service, procedure, effective_on=day)
    make_draft(service, procedure)
    shown = client.get(reverse("admin:standards_standardversion_changelist")).content.decode()
    for word in ("Digantikan", "Berlaku", "Akan berlaku", "Konsep"):
        assert f">{word}</span>" in shown
