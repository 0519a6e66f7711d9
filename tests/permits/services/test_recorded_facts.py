"""Facts that an officer records at a step: who, when, and what hangs on them afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from demo import samples
from permits import selectors
from permits.models import Application, Inspection
from permits.presenters.recorded import recorded_rows
from permits.services import filling, inspections, visits
from standards.domain.conditions import parse
from standards.domain.steps import StepKind
from standards.models import Fact
from standards.reading import read
from tests.factories.permits import Cast, make_accepted, make_cast
from tests.factories.standards import STEPS
from tests.permits.views.at_the_desk import get, press, words
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
FILE, CHECK, INSPECT, DRAFT, *REST = STEPS
MEASURED = (
    FILE, CHECK, INSPECT,
    (StepKind.WORK, "Back Office", "", None, "", None,
     {"when": parse("luas_ukur >= 100"), "activity": "Meminta rekomendasi bangunan besar"}),
    DRAFT, *REST,
)  # fmt: skip
AREA = {
    "key": "luas_ukur", "label": "Luas hasil ukur", "kind": Fact.Kind.AREA, "asked_at": "3",
    "on_certificate": True,
}  # fmt: skip
ADVICE = {"key": "saran", "when": "luas_ukur >= 100", "label": "Saran", "asked_at": "4"}


@pytest.fixture
def measured() -> Cast:
    """An office that measures at the inspection; large buildings need more work."""
    return make_cast(MEASURED, facts=(AREA, ADVICE))


def inspect(application: Application, cast: Cast, at: Any, area: str, **changes: Any) -> Any:
    """Write the minutes with the measured area; return the application reread."""
    minutes = {
        "inspected_on": at.date(), "place": "Di tempat", "team": "Tim", "findings": "Terukur.",
        "recommendation": Inspection.Recommendation.ELIGIBLE, **changes,
    }  # fmt: skip
    inspections.record_inspection(
        application, actor=cast.at("tim-teknis"), at=at, answers={"luas_ukur": area}, **minutes
    )
    return samples.reload(application)


def test_the_applicant_is_not_asked_what_an_officer_records(measured, monday):
    draft = samples.draft(measured.service, measured.applicant, monday)
    filling.save_form(draft, at=monday, answers={"luas_ukur": "5", "nama_bkk": "Melati"})
    draft = samples.reload(draft)
    assert draft.answers["nama_bkk"] == "Melati"
    assert "luas_ukur" not in draft.answers
    assert selectors.form_missing(draft) == []
    asked = selectors.asked_facts(draft)
    assert "luas_ukur" not in {row.key for row in [*asked.form, *asked.questions]}
    assert [row.label for row in read(measured.version).facts] == [
        "Nama bursa kerja", "Apakah mempekerjakan tenaga asing?",
    ]  # fmt: skip


def test_what_is_recorded_opens_the_steps_after_it_and_is_printed(measured, monday):
    small = inspect(make_accepted(measured, monday), measured, monday, "99,5")
    assert small.current_step.step.kind == StepKind.DRAFT
    large = inspect(make_accepted(measured, monday), measured, monday, "1.250")
    assert large.current_step.step.kind == StepKind.WORK
    assert [row.key for row in selectors.facts_to_record(large)] == ["saran"]
    large = samples.act(large, monday)
    large = samples.act(large, monday)
    facts = selectors.latest_draft(large).content["data"]
    assert [row for row in facts if row[0] == "Luas hasil ukur"] == [
        ["Luas hasil ukur", "1.250 m²"]
    ]


@pytest.mark.parametrize("area", ["", "luas sekali"])
def test_a_required_fact_is_not_left_out(measured, monday, area):
    application = make_accepted(measured, monday)
    with pytest.raises(DomainError, match="recorded_facts_missing"):
        inspect(application, measured, monday, area)
    application = samples.reload(application)
    assert application.current_step.step.kind == StepKind.INSPECT
    assert (application.recorded_facts.count(), application.inspections.count()) == (0, 0)


def test_a_later_visit_records_anew_and_what_was_recorded_stays(measured, monday):
    application = inspect(make_accepted(measured, monday), measured, monday, "80")
    visits.send_back(
        application, actor=measured.at("back-office"), at=monday, note="Ukur ulang.",
        target=application.procedure.steps.get(order=3).pk,
    )  # fmt: skip
    later = monday + timedelta(days=1)
    application = inspect(samples.reload(application), measured, later, "120")
    assert application.answers["luas_ukur"] == "120"
    (row,) = recorded_rows(application)
    assert (row.now.value, row.now.by, row.now.at) == ("120 m²", "Petugas tim-teknis", later)
    assert [(value.value, value.at) for value in row.earlier] == [("80 m²", monday)]
    with pytest.raises(DatabaseError), transaction.atomic():
        application.recorded_facts.update(value="1")
    page = words(get(measured.at("back-office"), "desk_application", application))
    assert "Dicatat petugas" in page
    assert "Sebelumnya: 80 m²" in page


def test_what_a_step_recorded_that_is_left_out_now_does_not_count(monday):
    """A returned file whose new answers need no inspection keeps the row, not the value."""
    inspected = (*INSPECT, {"when": parse("tenaga_asing = tidak")})
    cast = make_cast((FILE, CHECK, inspected, *MEASURED[3:]), facts=(AREA,))
    application = inspect(make_accepted(cast, monday), cast, monday, "120")
    assert "luas_ukur" in selectors.asked_facts(application).values
    application.answers["tenaga_asing"] = "ya"
    assert "luas_ukur" not in selectors.asked_facts(application).values
    assert StepKind.INSPECT not in {step.kind for step in selectors.sop_steps(application)}
    assert [row.now.value for row in recorded_rows(application)] == ["120 m²"]


def test_the_form_of_the_step_asks_with_the_fields_of_the_applicant(measured, monday):
    application = make_accepted(measured, monday)
    officer = measured.at("tim-teknis")
    data: dict[str, Any] = {
        "inspected_on": "16/11/2026", "place": "Di tempat", "team": "Tim", "findings": "Terukur.",
        "recommendation": "layak",
    }  # fmt: skip
    refused = press(officer, "inspect", application, **data, catat_luas_ukur="banyak")
    assert refused.status_code == 200
    assert refused.context["bound"].errors["catat_luas_ukur"]
    assert "Terukur." in words(refused)
    assert press(officer, "inspect", application, **data, catat_luas_ukur="150").status_code == 302
    application = samples.reload(application)
    assert application.answers["luas_ukur"] == "150"

    clerk = measured.at("back-office")
    assert "Saran" in words(get(clerk, "desk_application", application))
    assert press(clerk, "pass_on", application, catat_saran="").context["bound"].errors
    press(clerk, "pass_on", application, catat_saran="Perlu tangga darurat", note="")
    application = samples.reload(application)
    assert application.current_step.step.kind == StepKind.DRAFT
    assert application.recorded_facts.get(key="saran").officer == clerk
