"""A paper from outside that an officer attaches to a step of ordinary work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from demo import samples
from documents import scanning
from permits.content.letters import routing_card
from permits.models import Application, StepFile
from permits.services import disposal, orphans, step_files
from standards.domain.steps import StepKind
from tests.factories.permits import NOON, Cast, make_accepted, make_cast
from tests.factories.standards import STEPS
from tests.permits.views.at_the_desk import get, press, words
from workflow import admin_tasks

pytestmark = pytest.mark.django_db
FILE, CHECK, INSPECT, *REST = STEPS
ASKS = (FILE, CHECK, (StepKind.WORK, "Tim Teknis", "", 5, "hari_kerja", None), *REST)
TITLE = "Dinas PUPR, 600/12/PUPR, 16 November 2026"


@pytest.fixture
def story(time_machine: Any) -> tuple[Cast, Application]:
    """A file at a step of ordinary work, which waits for a letter."""
    time_machine.move_to(NOON, tick=False)
    cast = make_cast(ASKS)
    return cast, make_accepted(cast)


def attach(cast: Cast, file: Application, **changes: Any) -> Any:
    given = {
        "document": samples.pdf_upload("jawaban.pdf", "PUPR"), "document_title": TITLE, **changes,
    }  # fmt: skip
    return press(cast.at("tim-teknis"), "pass_on", file, **given)


def test_the_answer_of_an_agency_stands_on_page_card_and_history(story: Any) -> None:
    cast, file = story
    officer = cast.at("tim-teknis")
    assert "Surat dari luar kantor" in words(get(officer, "desk_application", file))
    assert attach(cast, file, note="Sudah dijawab.").status_code == 302
    paper = StepFile.objects.get()
    assert (paper.title, paper.original_name) == (TITLE, "jawaban.pdf")
    assert samples.reload(file).current_step.step.kind == StepKind.DRAFT
    page = words(get(officer, "desk_application", file))
    where = reverse("permits:step_file", args=[file.public_id, paper.public_id])
    assert TITLE in page
    assert where in page
    [line] = [
        step for step in routing_card(samples.reload(file), NOON)["steps"] if TITLE in step["note"]
    ]
    assert line["note"] == f"Sudah dijawab.\nBerkas: {TITLE} (jawaban.pdf)"
    assert f"{TITLE} (jawaban.pdf)" in words(get(officer, "routing_card", file))
    assert "Berkas di langkah 3 (Tim Teknis): jawaban.pdf" in words(get(officer, "history", file))

    client = Client()
    reader = cast.at("back-office")  # the file lies there now, so no reason is asked
    for person, status in ((reader, 200), (cast.applicant, 404), (cast.stranger, 404)):
        client.force_login(person)
        assert client.get(where).status_code == status
    assert file.openings.filter(what="jawaban.pdf", file_key=paper.public_id).count() == 1


def test_what_cannot_be_kept_is_said_at_its_field(story: Any) -> None:
    cast, file = story
    no_pdf = SimpleUploadedFile("bukan.pdf", b"bukan pdf")
    for changes, field, fault in (
        ({"document_title": ""}, "document_title", "Tulis dari siapa surat ini"),
        ({"document_title": ""}, "document", "Pilih berkas ini sekali lagi"),
        ({"document": None}, "document", "Pilih berkas untuk keterangan ini."),
        ({"document": no_pdf}, "document", "bukan.pdf"),
    ):
        errors = attach(cast, file, **changes).context["bound"].errors
        assert fault in str(errors[field])
    assert not StepFile.objects.exists()
    assert samples.reload(file).current_step.step.kind == StepKind.WORK


def test_it_counts_in_the_quota_of_officers(story: Any, settings: Any) -> None:
    cast, file = story
    settings.UPLOAD_QUOTAS = {**settings.UPLOAD_QUOTAS, "officer": (0, 0)}
    answer = attach(cast, file)
    assert "batas itu sudah tercapai" in str(answer.context["bound"].errors["document"])
    assert not StepFile.objects.exists()


def test_a_step_of_another_kind_asks_for_none(story: Any) -> None:
    cast, file = story
    attach(cast, file)
    page = words(get(cast.at("back-office"), "desk_application", samples.reload(file)))
    assert 'name="document_title"' not in page


def test_it_is_scanned_kept_by_its_row_and_destroyed_with_the_file(story: Any) -> None:
    cast, file = story
    attach(cast, file)
    paper = StepFile.objects.get()
    assert scanning._WATCHED[StepFile] is step_files.step_file_infected
    step_files.step_file_infected(paper, "Eicar", NOON)
    [task] = admin_tasks.waiting().filter(kind="step_file_infected")
    assert task.facts["number"] == file.number
    orphans.clear_orphans(NOON + timedelta(days=30))
    assert paper.file.storage.exists(str(paper.file.name))
    gone = disposal.Gone()
    disposal._take_papers(samples.reload(file), gone)
    assert paper.file.name in gone.files
    assert not StepFile.objects.exists()
