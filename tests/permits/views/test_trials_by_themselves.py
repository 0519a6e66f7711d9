"""A trial goes on by itself: to its end, or to a sentence that says where it cannot go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from permits.models import SamplePaper, Trial
from permits.views.trials import by_itself
from standards.domain.fees import FeeKind
from standards.domain.steps import StepKind
from standards.models import Paper, Procedure, StandardVersion
from standards.services import drafting
from tests.factories.accounts import make_admin, make_office_admin
from tests.factories.permits import Cast
from tests.factories.standards import (
    STEPS,
    make_draft,
    make_fact,
    make_fee,
    make_hindrance,
    make_paper,
    make_procedure,
    make_service,
)
from tests.permits.views.test_previews import rows_of_everything
from tests.permits.views.test_trials import address, done, press
from tests.standards.source_documents import STANDARDS, loaded_fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ENDED = "Uji coba selesai"


@pytest.fixture
def draft(cast: Cast, now: datetime) -> StandardVersion:
    """A new draft of the sample service."""
    return drafting.new_draft(cast.version, actor=None, at=now)


def step(kind: StepKind, role: str, recorder: str = "", **columns: Any) -> tuple[Any, ...]:
    return (kind, role, recorder, 1, "hari_kerja", None, columns)


def make_full_draft(cast: Cast) -> StandardVersion:
    """A draft with every kind of step, and whatever else a step may ask for."""
    walk = (
        *STEPS[:2],
        step(StepKind.WORK, "Back Office"),  # writes the letter
        step(StepKind.WORK, "Sekretaris"),  # initials it
        step(StepKind.WORK, "Kepala Dinas"),  # signs it, sets the charge
        step(StepKind.PAY, "Pemohon", "Front Office"),
        step(StepKind.INSPECT, "Tim Teknis"),  # records two facts, hears two others
        step(StepKind.DRAFT, "Back Office"),
        *STEPS[4:7],
        step(StepKind.SURVEY, "Pemohon", "Front Office"),
        STEPS[7],
        step(StepKind.WORK, "Back Office"),  # the report
    )
    procedure = make_procedure(cast.office, walk)
    heard = procedure.roles.filter(label__in=["Back Office", "Sekretaris"])
    procedure.steps.get(kind=StepKind.INSPECT).performers.set(heard)
    draft = make_draft(make_service(cast.office), procedure)
    draft.fees.all().delete()
    make_fee(
        draft, label="Retribusi", kind=FeeKind.ENTERED, step="5", minimum=200_000, maximum=300_000
    )
    make_fact(draft, "luas_ukur", kind="luas", label="Luas hasil ukur", asked_at="7")
    make_fact(draft, "hasil", kind="pilihan", choices_text="Baik\nBuruk", asked_at="7")
    steps = {"written_at": "3", "initialed_at": "4", "signed_at": "5"}
    make_paper(draft, "rapat", kind=Paper.Kind.MINUTES, **steps)
    return draft


def text_of(page: str) -> str:
    """Return the words of a page."""
    return " ".join(unescape(strip_tags(page)).split())


def run(client: Client, version: StandardVersion) -> str:
    """Let the trial go on by itself, to its end or not; return the words of what then stands."""
    answer = press(client, version, by_itself.RUN)
    if answer.status_code == 302:
        answer = client.get(address(version))  # type: ignore[assignment]
    return text_of(answer.content.decode())


def kept() -> list[str]:
    return [act["act"] for act in Trial.objects.get().acts]


def go_back_to(acts: int) -> None:
    """Keep the first acts alone; the button for one back is pressed in test_trials.py."""
    trial = Trial.objects.get()
    trial.acts = trial.acts[:acts]
    trial.save()


def test_every_kind_of_step_is_carried_on_and_what_was_done_can_be_read(
    client: Client, cast: Cast
) -> None:
    draft = make_full_draft(cast)
    client.force_login(make_office_admin(cast.office))
    before = rows_of_everything()
    assert "Jalankan sampai selesai" in client.get(address(draft)).content.decode()
    shown = run(client, draft)
    assert ENDED in shown
    assert kept() == [
        "contoh", "kirim", "sesuai", "lengkap", "naskah", "teruskan", "paraf_dokumen",
        "tetapkan", "ttd_dokumen", "bayar", "bagian", "bagian", "bap", "konsep", "paraf_pertama",
        "paraf", "tanda_tangan", "nomor", "teruskan", "serahkan", "teruskan",
    ]  # fmt: skip
    for words in (
        "Pemohon: Kirim permohonan",
        "Front office: Nyatakan lengkap dan benar",
        "Kepala dinas: Tetapkan tagihan",
        "Sekretaris: Bubuhkan paraf",
        "Sekretaris: Kirim bagian Anda",
        "Tim teknis: Simpan berita acara",
        "Retribusi: Rp 200.000 Lunas",
        "Selesai - dokumen sudah Anda terima",
        "Selesai paling lambat",
    ):
        assert words in shown
    bap = next(act["data"] for act in Trial.objects.get().acts if act["act"] == "bap")
    assert bap["catat_luas_ukur"] == ["72"]
    assert bap["catat_hasil"] == ["Baik"]

    assert client.get(address(draft, "papers")).status_code == 200
    found = {row.template: row.content["number"] for row in SamplePaper.objects.all()}
    assert {number[:3] for number in found.values()} == {"UJI"}
    assert {SamplePaper.Template.CERTIFICATE, SamplePaper.Template.FURTHER} <= set(found)
    after = rows_of_everything()
    assert after | {"permits.Trial": []} == before


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, StandardVersion]]:
    with django_db_blocker.unblock(), loaded_fixtures() as found:
        yield found


@pytest.mark.no_cover
@pytest.mark.once
@pytest.mark.parametrize("name", STANDARDS)
def test_every_standard_that_comes_with_the_portal_runs_to_its_end(
    client: Client, shipped: dict[str, StandardVersion], now: datetime, name: str
) -> None:
    draft = drafting.new_draft(shipped[name], actor=None, at=now)
    client.force_login(make_admin())
    shown = run(client, draft)
    assert ENDED in shown
    assert kept()[-1] in ("serahkan", "teruskan")
    assert "UJI" in shown


@pytest.mark.no_cover
def test_what_was_pressed_before_stays_and_the_rest_goes_by_itself(
    client: Client, draft: StandardVersion
) -> None:
    client.force_login(make_admin())
    done(client, draft, "mulai")
    done(client, draft, "contoh")
    done(client, draft, "isi", isian_nama_bkk="BKK Ketikan Sendiri")
    run(client, draft)
    assert kept()[:4] == ["contoh", "isi", "contoh", "kirim"]
    acts = Trial.objects.get().acts
    assert acts[3]["data"]["isian_nama_bkk"] == ["BKK Ketikan Sendiri"]


@pytest.mark.no_cover
def test_a_paper_that_was_refused_is_returned_and_sent_again(
    client: Client, draft: StandardVersion
) -> None:
    client.force_login(make_admin())
    run(client, draft)
    go_back_to(2)
    requirement = draft.requirements.get(text__startswith="Fotokopi KTP")
    done(client, draft, "tidak_sesuai", requirement=requirement.pk, reason="Buram")
    assert ENDED in run(client, draft)
    assert kept()[2:6] == ["tidak_sesuai", "kembalikan", "kirim", "sesuai"]


@pytest.mark.no_cover
def test_a_proposal_to_refuse_is_carried_to_the_letter_of_refusal(
    client: Client, draft: StandardVersion
) -> None:
    client.force_login(make_admin())
    run(client, draft)
    go_back_to(4)
    done(client, draft, "tolak", ground="Persyaratan 2", reason="Bukan miliknya")
    shown = run(client, draft)
    assert kept()[4:] == ["tolak", "putus_tolak"]
    assert "Ditolak - baca alasannya" in shown
    assert ENDED in shown


@pytest.mark.no_cover
def test_pressed_again_at_the_end_nothing_is_done(client: Client, draft: StandardVersion) -> None:
    client.force_login(make_admin())
    run(client, draft)
    acts = kept()
    shown = run(client, draft)
    assert ENDED in shown
    assert "Jalankan sampai selesai" not in shown
    assert kept() == acts


def test_pressed_on_a_page_that_is_not_the_latest_it_says_so(
    client: Client, draft: StandardVersion
) -> None:
    client.force_login(make_admin())
    done(client, draft, "mulai")
    done(client, draft, "contoh")
    answer = client.post(address(draft), {"act": by_itself.RUN, "seen_acts": 0}, follow=True)
    assert "Uji coba ini sudah berubah" in answer.content.decode()
    assert kept() == ["contoh"]


@pytest.mark.no_cover
def test_a_draft_that_was_changed_in_between_says_which_act_it_refuses(
    client: Client, draft: StandardVersion, now: datetime
) -> None:
    client.force_login(make_admin())
    run(client, draft)
    acts = kept()
    inspection = drafting.copy_procedure(draft.procedure_links.get().procedure, actor=None, at=now)
    inspection.steps.filter(kind=StepKind.INSPECT).update(kind=StepKind.WORK)
    draft.procedure_links.update(procedure=inspection)
    shown = run(client, draft)
    assert f"Tindakan ke-{acts.index('bap') + 1} sekarang ditolak" in shown
    assert kept() == acts
    done(client, draft, "ulang")
    assert ENDED in run(client, draft)


def in_one_hand(draft: StandardVersion, now: datetime) -> Procedure:
    """Let who signs write the text, too: nobody may sign what he wrote."""
    link = draft.procedure_links.get()
    link.procedure = drafting.copy_procedure(link.procedure, actor=None, at=now)
    link.save()
    signs = link.procedure.steps.get(kind=StepKind.SIGN)
    link.procedure.steps.filter(kind=StepKind.DRAFT).update(role=signs.role)
    return link.procedure


def test_a_dead_end_is_said_with_its_step_its_position_and_the_page_that_mends_it(
    client: Client, draft: StandardVersion, now: datetime
) -> None:
    procedure = in_one_hand(draft, now)
    client.force_login(make_admin())
    answer = press(client, draft, by_itself.RUN)
    page = answer.content.decode()
    signing = procedure.steps.get(kind=StepKind.SIGN)
    number, activity = signing.printed_number, signing.activity
    words = f"Langkah {number} ({activity}), sebagai Kepala dinas: Penyusun konsep tidak boleh"
    assert words in text_of(page)
    assert reverse("admin:standards_procedure_change", args=[procedure.pk]) in page
    assert kept()[-1] == "paraf"  # what went before stays
    assert "Berhenti sebelum selesai" in run(client, draft)
    assert kept()[-1] == "paraf"


def test_samples_that_cannot_succeed_stop_with_the_applicant_who_may_answer_otherwise(
    client: Client, draft: StandardVersion
) -> None:
    make_hindrance(draft, "tenaga_asing = tidak")
    client.force_login(make_admin())
    page = press(client, draft, by_itself.RUN).content.decode()
    assert "Sebagai pemohon: Permohonan ini tidak dapat berhasil." in text_of(page)
    assert reverse("admin:standards_standardversion_change", args=[draft.pk]) in page
    assert kept() == ["contoh"]
    done(client, draft, "isi", tanya_tenaga_asing="ya")
    assert ENDED in run(client, draft)


def test_a_walk_that_does_not_end_is_ended_with_a_sentence(
    client: Client, draft: StandardVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_itself, "MOST", 5)
    client.force_login(make_admin())
    assert "Sesudah 5 tindakan permohonan ini belum selesai." in run(client, draft)
    assert len(kept()) == 5
    monkeypatch.undo()
    assert ENDED in run(client, draft)


def test_forms_of_a_trial_come_with_samples_to_press_on(
    client: Client, draft: StandardVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_itself, "MOST", 4)
    client.force_login(make_admin())
    run(client, draft)
    minutes = client.get(address(draft)).context["offers"][0].form
    assert minutes.name == "bap"
    assert minutes["recommendation"].value() == "layak"
    assert minutes["findings"].value() == "Contoh isian"
