"""A draft standard as people will see it: nothing of it is kept but the sample papers."""

from __future__ import annotations

from datetime import datetime
from html import unescape

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from permits import survey_pages
from permits.models import SamplePaper
from permits.services.sample_papers import print_samples
from standards.domain.conditions import parse
from standards.domain.steps import StepKind
from standards.models import Paper, StandardVersion
from standards.services import drafting
from standards.services.built_in import set_built_in
from tests.factories.accounts import make_admin, make_office, make_office_admin, make_user
from tests.factories.permits import Cast
from tests.factories.standards import (
    STEPS,
    make_draft,
    make_fact,
    make_paper,
    make_procedure,
    make_service,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
_KEPT = {"permits.SamplePaper", "sessions.Session"}


def rows_of_everything() -> dict[str, list[object]]:
    """Return the keys of all rows of all tables but those that a preview may write."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in _KEPT
    }


@pytest.fixture
def draft(cast: Cast, now: datetime) -> StandardVersion:
    """A new draft of the sample service, with a fact that only some are asked."""
    version = drafting.new_draft(cast.version, actor=None, at=now)
    make_fact(version, "negara", "tenaga_asing = ya", label="Negara asal")
    return version


def page(version: StandardVersion, name: str = "service") -> str:
    return reverse(f"admin:permits_samplepaper_{name}", args=[version.pk])


def test_the_page_of_the_service_is_shown_as_it_will_be(
    client: Client, draft: StandardVersion
) -> None:
    client.force_login(make_admin())
    StandardVersion.objects.filter(pk=draft.pk).update(product="Surat yang Baru")
    shown = client.get(page(draft)).content.decode()
    assert "Surat yang Baru" in shown
    assert "Pratinjau konsep" in shown
    assert "Ajukan permohonan</a>" not in shown.replace("\n", "")
    assert (
        reverse("admin:permits_samplepaper_service", args=[draft.pk])
        in client.get(
            reverse("admin:standards_standardversion_change", args=[draft.pk])
        ).content.decode()
    )


def test_an_answer_opens_questions_and_requirements_and_is_not_kept(
    client: Client, draft: StandardVersion
) -> None:
    client.force_login(make_admin())
    before = rows_of_everything()
    first = client.get(page(draft, "form"))
    assert "Negara asal" not in first.content.decode()
    answered = client.post(page(draft, "form"), {"tanya_tenaga_asing": "ya"})
    shown = answered.content.decode()
    assert "Negara asal" in shown
    assert "Pengesahan rencana tenaga kerja asing" in shown
    assert rows_of_everything() == before


LEFT_OUT = "Tidak diminta dan tidak dibuat dengan jawaban ini"
FOREIGN = "Pengesahan rencana tenaga kerja asing"


def cases_shown(client: Client, draft: StandardVersion, **answers: str) -> tuple[str, str]:
    """Return what the page of the form says is asked and made with these answers, and what not."""
    answer = client.post(page(draft, "form"), answers)
    words = " ".join(unescape(strip_tags(answer.content.decode())).split())
    asked, _heading, left_out = words.partition("Persyaratan dengan jawaban ini")[2].partition(
        LEFT_OUT
    )
    return asked, left_out


def test_each_branch_of_a_condition_is_seen_and_the_other_said_in_a_sentence(
    client: Client, draft: StandardVersion
) -> None:
    steps = {"written_at": "3", "signed_at": "4"}
    make_paper(draft, "imigrasi", "tenaga_asing = ya", title="Surat kepada Imigrasi", **steps)
    make_paper(draft, "biasa", "tenaga_asing = tidak", title="Surat Biasa", **steps)
    client.force_login(make_admin())
    only_yes = "Hanya jika mempekerjakan tenaga asing"
    only_no = "Kecuali jika mempekerjakan tenaga asing"

    asked, left_out = cases_shown(client, draft, tanya_tenaga_asing="ya")
    assert FOREIGN in asked
    assert "Surat kepada Imigrasi" in asked
    assert "Surat Biasa" not in asked
    assert FOREIGN not in left_out
    assert "Surat kepada Imigrasi" not in left_out
    assert f"Surat Biasa {only_no}" in left_out

    asked, left_out = cases_shown(client, draft, tanya_tenaga_asing="tidak")
    assert FOREIGN not in asked
    assert "Surat kepada Imigrasi" not in asked
    assert "Surat Biasa" in asked
    assert f"{FOREIGN} {only_yes}" in left_out
    assert f"Surat kepada Imigrasi {only_yes}" in left_out
    assert "Surat Biasa" not in left_out

    asked, left_out = cases_shown(client, draft)  # nothing is answered: neither branch
    assert "Surat" not in asked
    assert all(words in left_out for words in (FOREIGN, "Surat kepada Imigrasi", "Surat Biasa"))


def test_whom_the_permit_is_for_counts_as_it_is_typed(
    client: Client, draft: StandardVersion
) -> None:
    set_built_in(draft, [], represented=False, holder=True)
    steps = {"written_at": "3", "signed_at": "4"}
    make_paper(draft, "badan", "jenis_pemegang = Badan usaha/lembaga", title="Surat Badan", **steps)
    client.force_login(make_admin())
    asked, left_out = cases_shown(client, draft, holder_kind="badan")
    assert "Surat Badan" in asked
    asked, left_out = cases_shown(client, draft, holder_kind="perorangan")
    assert "Surat Badan" not in asked
    assert "Surat Badan Hanya jika" in left_out


def test_every_paper_is_shown_with_sample_facts_and_marked(
    client: Client, draft: StandardVersion, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    # as in an office that asks its applicants: the page of each file has another address
    for printed in survey_pages.Paper:
        monkeypatch.setitem(survey_pages._pages, printed, lambda file: f"/survei/{file.public_id}/")
    client.force_login(make_admin())
    before = rows_of_everything()
    assert client.get(page(draft, "receipt")).status_code == 200
    shown = client.get(page(draft, "papers"))
    client.get(page(draft, "papers"))  # the same papers: nothing is rendered twice
    papers = {row.template: row for row in SamplePaper.objects.all()}
    wanted = {"RECEIPT", "CERTIFICATE", "REFUSAL"}
    assert {SamplePaper.Template(row).name for row in papers} == wanted
    permit = papers[SamplePaper.Template.CERTIFICATE].content
    assert permit["number"].startswith("UJI 503/0001/TD/")
    assert permit["signer"]["position"]
    assert permit["data"] == [["Nama bursa kerja", "Contoh isian"]]
    receipt = papers[SamplePaper.Template.RECEIPT].content
    assert receipt["number"].startswith("UJI-")
    assert receipt["tracking"]["code"] == "UJI"
    letter = papers[SamplePaper.Template.REFUSAL].content
    assert letter["number"].startswith("UJI ")
    for paper in papers.values():
        assert paper.content["mark"] == "UJI"
    assert permit["survey"] == {"url": permit["verification"]["url"]}
    assert SamplePaper.objects.count() == len(wanted)
    assert rows_of_everything() == before
    draft.refresh_from_db()
    assert not draft.is_published
    assert not draft.number_pattern.startswith("UJI")

    paper = papers[SamplePaper.Template.CERTIFICATE]
    address = reverse("admin:permits_samplepaper_pdf", args=[draft.pk, paper.public_id])
    assert "Sedang disiapkan" in shown.content.decode()
    assert client.get(address).status_code == 404
    assert print_samples(now).done == 3
    assert address in client.get(page(draft, "papers")).content.decode()
    pdf = client.get(address)
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_papers_beside_the_permit_are_shown_each_by_its_title(client: Client, cast: Cast) -> None:
    """Also one whose condition the samples do not meet, and patterns as long as they may be."""
    client.force_login(make_admin())
    work = [(StepKind.WORK, role, "", 1, "hari_kerja", None) for role in ("Tim Teknis",) * 4]
    walk = make_procedure(cast.office, (*STEPS[:2], *work, *STEPS[2:]))
    first, second = ("{nomor:04}/" + sign * 101 + "/{tahun}" for sign in "XY")
    draft = make_draft(make_service(cast.office), walk, number_pattern=first)
    make_paper(
        draft, "surat", title="Permintaan Pertimbangan", on_behalf_of="Wali Kota",
        written_at="3", signed_at="4",
    )  # fmt: skip
    make_paper(
        draft, "rapat", "tenaga_asing = tidak", title="Berita Acara Rapat",
        kind=Paper.Kind.MINUTES, number_pattern=second, written_at="5", signed_at="6",
    )  # fmt: skip
    draft.requirements.filter(order=2).update(when=parse("nama_bkk diisi"))  # of the samples
    shown = client.get(page(draft, "papers")).content.decode()
    letter, minutes = SamplePaper.objects.filter(template=SamplePaper.Template.FURTHER)
    for paper in (letter, minutes):
        assert f">{paper.content['title']}</h2>" in shown
        assert paper.content["number"].startswith("UJI ")
    assert letter.content["statement"].startswith("Permohonan UJI-")
    assert letter.content["signer"]["on_behalf_of"] == "Wali Kota"
    assert letter.content["signer"]["position"] == "Tim teknis"
    assert minutes.content["number"] == "UJI 0001/rapat/2026"
    assert minutes.content["attendees"]
    when = "Berita Acara Rapat. Kecuali jika mempekerjakan tenaga asing"
    assert when in " ".join(strip_tags(shown).split())


def test_a_draft_that_cannot_be_set_yet_says_why(client: Client, cast: Cast, now: datetime) -> None:
    client.force_login(make_admin())
    empty = drafting.start_draft(cast.service, actor=None, at=now)
    shown = client.get(page(empty)).content.decode()
    # term, product, procedure, day, and the fee twice
    assert shown.count("Belum ditetapkan") == 6
    assert "Konsep belum lengkap" in client.get(page(empty, "form")).content.decode()
    shown = client.get(page(empty, "papers")).content.decode()
    assert "Konsep belum lengkap" in shown
    assert not SamplePaper.objects.exists()


def test_only_who_may_change_the_draft_sees_it(
    client: Client, cast: Cast, draft: StandardVersion
) -> None:
    names = ("service", "form", "receipt", "papers")
    client.force_login(make_office_admin(cast.office))
    assert [client.get(page(draft, name)).status_code for name in names] == [200] * 4
    client.force_login(make_office_admin(make_office()))
    assert [client.get(page(draft, name)).status_code for name in names] == [404] * 4
    looker = make_user(is_staff=True)
    looker.administers.add(cast.office)
    client.force_login(looker)
    assert [client.get(page(draft, name)).status_code for name in names] == [403] * 4
    client.force_login(cast.at("kepala-dinas"))
    assert {client.get(page(draft, name)).status_code for name in names} <= {302, 403}
    client.force_login(make_admin())
    assert client.get(page(cast.version)).status_code == 302  # set: it has a public page


def test_a_marked_number_or_code_is_said_to_be_a_trial(client: Client) -> None:
    for asked in ("UJI", "uji 503/0001/TD/2026", "UJI-PKU-2026-000124"):
        answer = client.get("/periksa-dokumen/", {"nomor": asked})
        assert "Ini hasil uji coba, bukan dokumen" in answer.content.decode(), asked
    answer = client.get("/v/uji-coba/")
    assert "Ini hasil uji coba, bukan dokumen" in answer.content.decode()
