"""Steps that an SOP has before the filing, before the check, and after the hand-over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from demo import samples
from permits import selectors
from permits.domain.lifecycle import Status
from permits.models import Application, Inspection
from permits.presenters import wording
from permits.presenters.progress import progress, whereabouts
from permits.services import disposal, inspections, visits
from standards.domain.steps import StepKind
from standards.swimlane import draw
from tests.factories.permits import (
    Cast,
    make_accepted,
    make_cast,
    make_completed,
    make_keys,
    make_submitted,
)
from tests.factories.standards import STEPS
from workflow.domain.clock import ClockStatus
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
AROUND = (
    (StepKind.WORK, "Pemohon", "", None, "", None, {"activity": "Membuat akun"}),
    STEPS[0],
    (StepKind.WORK, "Back Office", "", 5, "menit_kerja", None, {"activity": "Mencatat berkas"}),
    *STEPS[1:],
    (StepKind.INSPECT, "Tim Teknis", "", 1, "hari_kerja", None, {"activity": "Mengawasi"}),
    (StepKind.WORK, "Back Office", "", None, "", None, {"activity": "Melaporkan"}),
)


@pytest.fixture
def around() -> Cast:
    return make_cast(AROUND)


def test_what_stands_before_the_filing_is_printed_and_not_walked(around, monday):
    application = make_submitted(around, monday)
    kinds = [visit.step.kind for visit in application.steps.all()]
    assert kinds == [StepKind.FILE, StepKind.WORK]
    assert all(stage.label != "Membuat akun" for stage in progress(application))
    rows = draw(around.version.procedure_links.get().procedure).rows
    assert rows[0].phase.startswith("Sebelum berkas dikirim")
    assert [row.phase for row in rows[1:-2]] == [""] * 9
    assert rows[-1].phase.startswith("Sesudah dokumen diserahkan")


def test_work_before_the_check_runs_no_clock_and_says_what_it_is(around, monday):
    application = make_submitted(around, monday)
    assert application.desk.code == "back-office"
    assert selectors.clock(application, monday).state is ClockStatus.NOT_STARTED
    assert wording.for_officer(application, monday)[1] == "Diproses - kerjakan, lalu teruskan"
    application = samples.act(application, monday)
    assert application.current_step.step.kind == StepKind.CHECK
    assert wording.for_officer(application, monday)[1] == "Berkas masuk - periksa kelengkapan"
    assert selectors.steps_before(application) == []


@pytest.fixture
def handed_over(around, monday) -> Application:
    make_keys(around)
    application = samples.act(make_submitted(around, monday), monday)
    application = samples.advance(application, StepKind.HAND_OVER, monday)
    return samples.act(application, monday)


def test_after_the_hand_over_the_office_goes_on_without_the_applicant(handed_over, around, monday):
    assert handed_over.status == Status.COMPLETED
    assert handed_over.closed_at == monday
    assert handed_over.desk.code == "tim-teknis"
    assert selectors.clock(handed_over, monday).state is ClockStatus.STOPPED
    assert wording.for_applicant(handed_over, monday)[1] == "Selesai - dokumen sudah Anda terima"
    assert whereabouts(handed_over) == ""
    assert [(s.label, s.state) for s in progress(handed_over)][-1] == (
        "Tim teknis meninjau", "current",
    )  # fmt: skip
    mine = Application.objects.waiting_on([handed_over.desk])
    assert list(mine) == [handed_over]
    assert wording.for_officer(handed_over, monday)[1].startswith("Sudah diserahkan")


def test_work_after_the_hand_over_ends_and_frees_the_file_for_the_archives(
    handed_over, around, monday
):
    office = around.office
    assert not Application.objects.archived(office).exists()
    with pytest.raises(DomainError, match="not_closed"):
        disposal.delete(handed_over, at=monday)
    inspections.record_inspection(
        handed_over,
        actor=around.at("tim-teknis"),
        at=monday,
        inspected_on=monday.date(),
        place="Di tempat",
        team="Tim",
        findings="Tidak sesuai izin.",
        recommendation=Inspection.Recommendation.NOT_ELIGIBLE,
    )
    application = samples.reload(handed_over)
    assert application.desk.code == "back-office"  # nothing goes back once it is signed
    visits.pass_on(application, actor=around.at("back-office"), at=monday + timedelta(days=9))
    application = samples.reload(application)
    assert (application.current_step, application.desk, application.closed_at) == (
        None, None, monday,
    )  # fmt: skip
    assert list(Application.objects.archived(office)) == [application]
    assert progress(application)[-1].state == "done"


def test_an_sop_without_such_steps_ends_with_the_hand_over(cast, monday):
    application = make_completed(cast, monday)
    assert (application.current_step, application.desk) == (None, None)
    assert make_accepted(cast, monday).current_step.step.kind == StepKind.INSPECT
