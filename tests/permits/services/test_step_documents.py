"""A document that the standard has attached at a step: asked, required, kept, named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archives.content.person import copy_of
from demo import samples
from documents import clamd, scanning
from documents.scans import ScanStatus
from permits import selectors
from permits.content.letters import routing_card
from permits.models import Application, Inspection, StepFile
from permits.presenters.recorded import recorded_rows
from permits.services import step_files, visits
from standards.domain.conditions import parse
from standards.domain.steps import StepKind
from standards.models import Fact
from tests.factories.permits import NOON, Cast, make_accepted, make_cast
from tests.factories.standards import STEPS
from tests.permits.views.at_the_desk import get, press, words
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
FILE, CHECK, INSPECT, DRAFT, *REST = STEPS
ASKED = (
    FILE, CHECK, (StepKind.WORK, "Tim Teknis", "", 5, "hari_kerja", None),
    (StepKind.WORK, "Back Office", "", None, "", None,
     {"when": parse("denah tidak diisi"), "activity": "Menggambar denah"}),
    DRAFT, *REST,
)  # fmt: skip
LETTER = {
    "key": "rekomendasi", "label": "Surat rekomendasi", "kind": Fact.Kind.DOCUMENT,
    "asked_at": "3", "help_text": "Dari Dinas PUPR.",
}  # fmt: skip
PLAN = {
    "key": "denah", "label": "Denah", "kind": Fact.Kind.DOCUMENT, "asked_at": "3",
    "required": False,
}  # fmt: skip
FIELD, OTHER = "catat_rekomendasi", "catat_denah"


@pytest.fixture
def story(time_machine: Any) -> tuple[Cast, Application]:
    """A file at a step that asks for a letter, and for a plan if there is one."""
    time_machine.move_to(NOON, tick=False)
    cast = make_cast(ASKED, facts=(LETTER, PLAN))
    return cast, make_accepted(cast)


def letter(name: str = "rekomendasi.pdf") -> Any:
    return samples.pdf_upload(name, name)


def kind_of_step(file: Application) -> str:
    current = samples.reload(file).current_step
    assert current is not None
    return current.step.kind


def test_the_file_does_not_go_on_without_a_required_document(story: Any) -> None:
    cast, file = story
    officer = cast.at("tim-teknis")
    page = words(get(officer, "desk_application", file))
    assert "Surat rekomendasi" in page
    assert "Dari Dinas PUPR." in page
    refused = press(officer, "pass_on", file, note="Sudah.")
    assert refused.status_code == 200
    assert FIELD in refused.context["bound"].errors
    assert OTHER not in refused.context["bound"].errors
    for act in (visits.pass_on, step_files.pass_on):  # whatever page or command asks
        with pytest.raises(DomainError, match="recorded_facts_missing"):
            act(file, actor=officer, at=NOON, answers={"rekomendasi": "ada.pdf"})
    assert kind_of_step(file) == StepKind.WORK
    assert not StepFile.objects.exists()


def test_what_was_attached_is_named_and_opened_where_the_file_is_shown(story: Any) -> None:
    cast, file = story
    officer = cast.at("tim-teknis")
    sent = {FIELD: letter(), OTHER: letter("denah.pdf")}
    free = {"document": letter("jawaban.pdf"), "document_title": "Dinas PUPR, 1 November 2026"}
    assert press(officer, "pass_on", file, **sent, **free).status_code == 302
    file = samples.reload(file)
    assert kind_of_step(file) == StepKind.DRAFT  # a plan was given: none is drawn
    assert (file.answers["rekomendasi"], file.answers["denah"]) == ("rekomendasi.pdf", "denah.pdf")
    assert {row.key: row.title for row in StepFile.objects.all()} == {
        "rekomendasi": "Surat rekomendasi", "denah": "Denah", "": "Dinas PUPR, 1 November 2026",
    }  # fmt: skip
    assert [row.now.value for row in recorded_rows(file)] == ["rekomendasi.pdf", "denah.pdf"]
    page = words(get(officer, "desk_application", file))
    for row in StepFile.objects.all():
        assert row.title in page
        assert reverse("permits:step_file", args=[file.public_id, row.public_id]) in page
    [line] = [step for step in routing_card(file, NOON)["steps"] if step["note"]]
    assert "Berkas: Surat rekomendasi (rekomendasi.pdf)\nBerkas: Denah (denah.pdf)" in line["note"]
    assert "rekomendasi.pdf" in words(get(officer, "history", file))
    kept = json.dumps(copy_of(cast.applicant, NOON), default=str)
    assert "rekomendasi.pdf" in kept


def test_a_document_that_is_not_given_opens_what_hangs_on_it(story: Any) -> None:
    cast, file = story
    press(cast.at("tim-teknis"), "pass_on", file, **{FIELD: letter()})
    file = samples.reload(file)
    assert file.current_step.step.activity == "Menggambar denah"
    assert file.answers["denah"] == ""


def test_a_file_that_comes_back_keeps_the_document_until_another_is_chosen(story: Any) -> None:
    cast, file = story
    officer, clerk = cast.at("tim-teknis"), cast.at("back-office")
    press(officer, "pass_on", file, **{FIELD: letter(), OTHER: letter("denah.pdf")})
    first = StepFile.objects.get(key="rekomendasi")

    def back() -> None:
        visits.send_back(
            samples.reload(file), actor=clerk, at=NOON, note="Periksa.",
            target=file.procedure.steps.get(order=3).pk,
        )  # fmt: skip

    back()
    assert "Terlampir: rekomendasi.pdf" in words(get(officer, "desk_application", file))
    assert press(officer, "pass_on", samples.reload(file)).status_code == 302
    assert samples.reload(file).answers["rekomendasi"] == "rekomendasi.pdf"
    assert StepFile.objects.count() == 2
    back()
    press(officer, "pass_on", samples.reload(file), **{FIELD: letter("baru.pdf")})
    (row, _plan) = recorded_rows(samples.reload(file))
    assert row.now.value == "baru.pdf"
    assert [value.value for value in row.earlier] == ["rekomendasi.pdf", "rekomendasi.pdf"]
    assert StepFile.objects.filter(pk=first.pk).exists()
    back()  # what turned out to be infected is asked for again
    StepFile.objects.filter(key="rekomendasi").update(scan=ScanStatus.INFECTED)
    assert FIELD in press(officer, "pass_on", samples.reload(file)).context["bound"].errors


def test_what_cannot_be_kept_is_said_at_its_field(story: Any, monkeypatch: Any) -> None:
    cast, file = story
    officer = cast.at("tim-teknis")
    no_pdf: Any = SimpleUploadedFile("bukan.pdf", b"bukan pdf")
    errors = press(officer, "pass_on", file, **{FIELD: no_pdf}).context["bound"].errors
    assert "bukan.pdf" in str(errors[FIELD])
    errors = press(
        officer, "pass_on", file, **{FIELD: letter(), "document_title": "Tanpa berkas"}
    ).context["bound"].errors  # fmt: skip
    assert "Pilih berkas ini sekali lagi" in str(errors[FIELD])
    monkeypatch.setattr(clamd, "is_installed", lambda: True)
    monkeypatch.setattr(clamd, "scan", lambda content, seconds: "Eicar")
    monkeypatch.setattr(scanning, "_away_until", 0.0)
    errors = press(officer, "pass_on", file, **{FIELD: letter()}).context["bound"].errors
    assert "Eicar" in str(errors[FIELD])
    assert not StepFile.objects.exists()
    assert kind_of_step(file) == StepKind.WORK


def test_pressed_twice_one_document_is_kept(story: Any) -> None:
    cast, file = story
    visit = file.current_step_id
    facts: dict[str, Any] = {"actor": cast.at("tim-teknis"), "at": NOON, "visit": visit}
    checked = samples.uploads.check(letter())
    step_files.pass_on(file, documents={"rekomendasi": checked}, **facts)
    with pytest.raises(DomainError, match="step_moved"):
        step_files.pass_on(file, documents={"rekomendasi": checked}, **facts)
    assert StepFile.objects.count() == 1


def test_an_inspection_attaches_it_too(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)
    cast = make_cast((FILE, CHECK, INSPECT, DRAFT, *REST), facts=(LETTER,))
    file = make_accepted(cast)
    officer = cast.at("tim-teknis")
    minutes: dict[str, Any] = {
        "inspected_on": "16/11/2026", "place": "Di tempat", "team": "Tim", "findings": "Sesuai.",
        "recommendation": "layak",
    }  # fmt: skip
    assert FIELD in press(officer, "inspect", file, **minutes).context["bound"].errors
    assert press(officer, "inspect", file, **minutes, **{FIELD: letter()}).status_code == 302
    assert StepFile.objects.get().title == "Surat rekomendasi"
    assert selectors.kept_documents(file)["rekomendasi"].visit.step.kind == StepKind.INSPECT
    assert Inspection.objects.get().visit == StepFile.objects.get().visit


def test_the_demo_attaches_it(story: Any) -> None:
    _cast, file = story
    assert samples.act(file, NOON).current_step.step.kind == StepKind.DRAFT
    assert StepFile.objects.count() == 2
