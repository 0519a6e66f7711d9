"""Steps at which the service clock stands: payment, other bodies, time that is not counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from demo import samples
from permits import selectors
from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationDeadline
from permits.presenters import wording
from permits.services import applications, clock_acts, deadlines, visits
from permits.views import deadline_page
from permits.views.public.tracking_page import tracking_context
from standards.domain.steps import StepClock, StepKind
from tests.factories.permits import Cast, make_accepted, make_cast
from tests.factories.standards import STEPS
from workflow.deadline_text import DeadlineText
from workflow.domain.clock import ClockKind, ClockStatus
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
FILE, CHECK, INSPECT, *REST = STEPS
PAY = (StepKind.PAY, "Pemohon", "Front Office", None, "", None)
AGENCY = (
    StepKind.WORK, "Back Office", "", 5, "hari_kerja", None,
    {"clock": StepClock.OTHER_BODY, "activity": "Menunggu jawaban dinas teknis"},
)  # fmt: skip
STARTED, PAUSED, RESUMED = ClockKind.START, ClockKind.PAUSE, ClockKind.RESUME


def cast_of(*steps: object, fee: int = 150_000) -> Cast:
    """Return a cast whose SOP has ``steps`` between check and draft."""
    return make_cast((FILE, CHECK, *steps, *REST), fee=fee)


def kinds(application: Application) -> list[str]:
    return [row.kind for row in application.clock_events.order_by("pk")]


def test_the_clock_stands_while_a_payment_is_owed_and_runs_on_once_it_is_recorded(monday):
    application = make_accepted(cast_of(PAY), monday)
    assert application.current_step.step.kind == StepKind.PAY
    assert kinds(application) == [STARTED, PAUSED]
    pause = application.clock_events.get(kind=PAUSED)
    assert pause.ground.startswith("SOP SOP Contoh")
    assert pause.ground.endswith("langkah 3")
    assert (application.due_on, application.due_at) == (None, None)
    assert not ApplicationDeadline.objects.filter(
        application=application, kind__in=("layanan", "langkah"), met_at=None, due_at__isnull=False
    ).exists()
    later = monday + timedelta(days=4)  # Friday
    assert selectors.clock(application, later).state is ClockStatus.PAUSED
    assert selectors.clock(application, later).used == 0
    application = samples.act(application, later)
    assert kinds(application) == [STARTED, PAUSED, RESUMED]
    assert (
        application.due_on.isoformat() == "2026-11-27"
    )  # Tuesday to Thursday were not the office's


def test_applicant_public_and_officer_read_whom_the_clock_waits_for(monday):
    application = make_accepted(cast_of(PAY), monday)
    context = tracking_context(application)
    assert wording.for_applicant(application, monday) == (
        "attention",
        "Diproses - lunasi retribusi",
    )
    assert context["advice"].endswith("Sampai saat itu jangka waktu layanan berhenti.")
    promise = context["promise"]
    text = DeadlineText(promise.state, audience=promise.audience, paused_by=promise.paused_by)
    assert text.without_date == "Waktu berhenti: menunggu Anda pada langkah ini"
    account = deadline_page.explanation(application, monday + timedelta(days=2), private=False)
    assert account.paused
    assert {run.reason for run in account.runs if run.title == "Waktu berhenti"} == {
        "menunggu pemohon"
    }
    assert any("menurut SOP menunggu" in rule for rule in account.rules)
    assert "Bila langkah ini selesai" in account.changes[0]


def test_another_body_and_uncounted_time_have_their_own_words(monday):
    uncounted = (*INSPECT[:6], {"clock": StepClock.NOT_COUNTED})
    application = make_accepted(cast_of(AGENCY, uncounted), monday)
    assert wording.for_applicant(application, monday)[1] == (
        "Sedang diproses - menunggu lembaga lain"
    )
    assert wording.advice(application, monday).startswith("Tidak. Kantor menunggu lembaga lain")
    step = application.deadlines.get(kind=ApplicationDeadline.Kind.STEP, met_at=None)
    assert step.due_on is not None  # the desk has its own term
    application = samples.act(application, monday + timedelta(days=1))
    assert kinds(application) == [STARTED, PAUSED, RESUMED, PAUSED]
    assert application.due_on is None
    assert "tidak dihitung menurut SOP" in wording.advice(application, monday)
    card = selectors.routing_card(application, monday + timedelta(days=1))
    assert card[2].standard == "5 hari; Menunggu lembaga lain: jangka waktu layanan berhenti"


def test_a_free_service_neither_waits_nor_pauses(monday):
    application = make_accepted(cast_of(PAY, fee=0), monday)
    assert application.current_step.step.kind == StepKind.DRAFT
    assert kinds(application) == [STARTED]


def test_an_sop_may_let_the_clock_run_at_the_payment(monday):
    application = make_accepted(cast_of((*PAY, {"clock": StepClock.RUNS})), monday)
    assert kinds(application) == [STARTED]
    assert application.due_on is not None
    assert wording.advice(application, monday).endswith("permohonan diproses lebih lanjut.")


def test_before_the_check_no_clock_is_paused(monday):
    from tests.factories.permits import make_submitted

    cast = make_cast((FILE, PAY, CHECK, *REST), fee=5_000)
    application = make_submitted(cast, monday)
    assert application.current_step.step.kind == StepKind.PAY
    assert wording.for_applicant(application, monday)[1] == "Diproses - lunasi retribusi"
    application = samples.act(application, monday)
    assert kinds(application) == []


def test_pressing_twice_resumes_once(monday):
    cast = cast_of(PAY)
    application = make_accepted(cast, monday)
    samples.pay(application, monday)
    with pytest.raises(DomainError, match="step_moved"):
        samples.pay(application, monday)
    assert kinds(application) == [STARTED, PAUSED, RESUMED]


def test_sending_back_out_of_a_standing_step_resumes_and_coming_again_pauses_anew(monday):
    cast = cast_of(PAY)
    application = make_accepted(cast, monday)
    officer = cast.at("front-office")
    visits.send_back(application, actor=officer, at=monday, note="Tarif salah dihitung.")
    application = samples.reload(application)
    assert application.current_step.step.kind == StepKind.CHECK
    assert application.due_on.isoformat() == "2026-11-24"
    application = samples.act(application, monday + timedelta(days=1))
    assert kinds(application) == [STARTED, PAUSED, RESUMED, PAUSED]
    keys = set(application.clock_events.exclude(key="").values_list("key", flat=True))
    assert len(keys) == 2  # one for each visit


def test_skipping_a_payment_with_a_reason_resumes(monday):
    cast = cast_of((*PAY, {"optional": True}))
    application = make_accepted(cast, monday)
    visits.skip(application, actor=cast.at("front-office"), at=monday, note="Dibebaskan.")
    assert kinds(application) == [STARTED, PAUSED, RESUMED]


def test_who_withdraws_at_a_standing_step_leaves_no_pause_open(monday):
    application = make_accepted(cast_of(PAY), monday)
    applications.withdraw_application(
        application, actor=application.applicant, at=monday, note="Tidak jadi."
    )
    application = samples.reload(application)
    assert application.status == Status.WITHDRAWN
    assert kinds(application) == [STARTED, PAUSED, RESUMED, ClockKind.STOP]
    assert not application.deadlines.running().exists()


def test_a_worker_that_dies_between_leaves_step_and_clock_together(monday, monkeypatch):
    """Leaving the step and resuming the clock are one transaction: either both or neither."""
    cast = cast_of(PAY)
    application = make_accepted(cast, monday)
    before = application.current_step_id

    def killed(*_args: object, **_facts: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(deadlines, "recompute", killed)  # the last act: after the resume
    with pytest.raises(RuntimeError):
        samples.pay(application, monday)
    application = samples.reload(application)
    assert application.current_step_id == before
    assert not application.payments.exists()
    assert kinds(application) == [STARTED, PAUSED]
    assert application.due_on is None


def test_the_head_changes_no_clock_that_stands(monday):
    cast = cast_of(PAY)
    application = make_accepted(cast, monday)
    with pytest.raises(DomainError, match="clock_not_running"):
        clock_acts.extend_term(
            application, actor=cast.at("kepala-dinas"), at=monday, amount=2, reason="a", ground="b"
        )
