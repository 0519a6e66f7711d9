"""Steps that hang on the answers of a file: they are left out where their condition is not met."""

from __future__ import annotations

import pytest

from demo import samples
from permits import selectors
from permits.models import Application
from permits.presenters.progress import progress
from permits.services import delays, refusals
from standards.domain.conditions import parse
from standards.domain.steps import StepKind
from standards.reading import read
from tests.factories.permits import Cast, make_cast, make_draft_application, make_keys
from tests.factories.standards import STEPS

pytestmark = pytest.mark.django_db
FOREIGN, NOT_FOREIGN = ({"when": parse(f"tenaga_asing = {said}")} for said in ("ya", "tidak"))
FILE, CHECK, INSPECT, DRAFT, INITIAL, SIGN, *REST = STEPS
WORK = (StepKind.WORK, "Back Office", "", 5, "hari_kerja", None)
EITHER = (
    FILE,
    CHECK,
    (*WORK, {**FOREIGN, "activity": "Meminta rekomendasi"}),
    (*INSPECT, NOT_FOREIGN),
    DRAFT,
    (*INITIAL, FOREIGN),
    (*SIGN[:5], None, {**NOT_FOREIGN, "activity": "Ditandatangani"}),
    (SIGN[0], "Sekretaris", *SIGN[2:5], None, {**FOREIGN, "activity": "Ditandatangani wakil"}),
    *REST,
)


@pytest.fixture
def either() -> Cast:
    return make_cast(EITHER)


def accepted(cast: Cast, at, answer: str) -> Application:
    """Return an accepted file that answers the question so."""
    draft = make_draft_application(cast, at)
    Application.objects.filter(pk=draft.pk).update(
        answers={**draft.answers, "tenaga_asing": answer}
    )
    if answer == "ya":
        requirement = cast.version.requirements.get(order=4)
        samples.documents.attach(
            samples.reload(draft), requirement.pk, samples.pdf_upload("rptka.pdf"),
            actor=cast.applicant, at=at,
        )  # fmt: skip
    return samples.act(samples.reload(samples.submit(samples.reload(draft), at)), at)


def stages(application: Application) -> list[str]:
    return [stage.label for stage in progress(samples.reload(application))]


def test_a_file_walks_the_steps_that_its_answers_open_and_no_others(either, monday):
    make_keys(either)
    application = accepted(either, monday, "ya")
    assert "Meminta rekomendasi" in stages(application)
    assert "Tim teknis meninjau" not in stages(application)
    assert stages(application).count("Pimpinan menandatangani") == 1
    application = samples.act(application, monday)  # the recommendation
    assert application.current_step.step.kind == StepKind.DRAFT
    assert [step.kind for step in selectors.steps_before(application)] == ["periksa", "kerjakan"]
    application = samples.advance(application, None, monday)
    assert [visit.step.order for visit in application.steps.all()] == [1, 2, 3, 5, 6, 8, 9, 10]


def test_the_other_answer_walks_the_other_way(either, monday):
    application = accepted(either, monday, "tidak")
    assert application.current_step.step.kind == StepKind.INSPECT
    application = samples.advance(application, StepKind.SIGN, monday)
    assert application.desk.code == "kepala-dinas"
    text = selectors.latest_draft(application)
    assert text
    assert selectors.missing_initials(application, text) == []
    assert "Meminta rekomendasi" not in stages(application)


def test_what_is_left_to_do_is_counted_from_the_steps_that_apply(either, monday):
    calendar = selectors.promise_calendar(accepted(either, monday, "tidak"))
    ready = {
        answer: delays.expected_on(accepted(either, monday, answer), monday, calendar)
        for answer in ("ya", "tidak")
    }
    # five days of recommendation against two of inspection
    assert (ready["ya"] - ready["tidak"]).days >= 3


def test_a_refusal_is_proposed_to_who_signs_in_this_case(either, monday):
    application = accepted(either, monday, "ya")
    refusals.propose_refusal(
        application, actor=either.at("back-office"), at=monday, reason="Tidak sesuai.",
        ground="Syarat 1",
    )  # fmt: skip
    assert samples.reload(application).desk.code == "sekretaris"


def test_the_printed_sop_says_the_condition(either):
    (sop,) = read(either.version).procedures
    assert [row.condition for row in sop.rows][2:4] == [
        "Hanya jika mempekerjakan tenaga asing",
        "Kecuali jika mempekerjakan tenaga asing",
    ]
    assert all(row.phase == "" for row in sop.rows)
