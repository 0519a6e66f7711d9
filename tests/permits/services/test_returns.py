"""Returned twice, accepted, sent back by the technical team, issued late across a holiday."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from demo import samples
from notices.models import Notice
from permits import selectors
from permits.domain.lifecycle import Status
from permits.services import applications, checking, documents, visits
from standards.domain.steps import StepKind
from tests.factories.permits import at_step, make_keys, make_submitted
from workflow.domain.clock import ClockStatus, DayKind
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


def at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), WIB).replace(hour=hour)


def replace_refused(application, when):
    for line in selectors.checklist(application).refused():
        documents.attach(
            application, line.requirement.pk, samples.pdf_upload("baru.pdf", str(when)),
            actor=application.applicant, at=when,
        )  # fmt: skip


def test_all_faults_leave_in_one_mail_and_no_clock_has_started(cast, monday):
    application = samples.return_for_completion(make_submitted(cast, monday), monday)
    assert application.status == Status.INCOMPLETE
    assert selectors.clock(application, monday).state is ClockStatus.NOT_STARTED
    notice = Notice.objects.get(template="permits/returned")
    assert notice.context["faults"] == ["Fotokopi KTP penanggung jawab - Tidak terbaca"]


def test_a_completed_file_must_really_be_completed(cast, monday):
    application = samples.return_for_completion(make_submitted(cast, monday), monday)
    with pytest.raises(DomainError) as refusal:
        samples.submit(application, monday)
    assert refusal.value.code == "application_incomplete"
    assert "Fotokopi KTP" in str(refusal.value.facts["missing"])


def test_the_whole_second_story(cast):
    make_keys(cast)
    application = make_submitted(cast, at("2026-12-14"))
    for day in ("2026-12-14", "2026-12-15"):
        application = samples.return_for_completion(application, at(day, 10))
        replace_refused(application, at(day, 14))
        application = samples.reload(samples.submit(application, at(day, 15)))
    application = samples.act(application, at("2026-12-16"))  # accepted: the clock starts
    assert application.due_on == date(2026, 12, 28)  # 24 and 25 December are free
    application = visits.send_back(
        application, actor=cast.at("tim-teknis"), at=at("2026-12-17"), note="Lokasi tidak ditemukan"
    )
    application = samples.reload(application)
    assert application.status == Status.IN_PROCESS  # the office's own loop: the clock runs on
    assert selectors.clock(application, at("2026-12-17", 17)).used == 1
    application = samples.act(application, at("2026-12-18"))
    application = samples.advance(application, StepKind.NUMBER, at("2026-12-29"))
    application = samples.advance(application, None, at("2026-12-29", 10))

    said = selectors.clock(application, at("2027-01-04"))
    assert said.late
    free = [(day.on.day, day.reason) for day in said.days() if day.kind is DayKind.FREE]
    assert (24, "Cuti bersama") in free
    assert (25, "Libur nasional") in free
    card = [
        (line.visit.step.kind, line.visit.visit, line.visit.outcome)
        for line in selectors.routing_card(application, at("2027-01-04"))
    ]
    assert card[:9] == [
        ("ajukan", 1, "selesai"),
        ("periksa", 1, "dikembalikan"),
        ("ajukan", 2, "selesai"),
        ("periksa", 2, "dikembalikan"),
        ("ajukan", 3, "selesai"),
        ("periksa", 3, "selesai"),
        ("tinjau", 1, "dikembalikan"),
        ("periksa", 4, "selesai"),
        ("tinjau", 2, "selesai"),
    ]
    late = [
        (line.visit.step.kind, line.visit.visit)
        for line in selectors.routing_card(application, at("2027-01-04"))
        if line.late
    ]
    assert ("tinjau", 2) in late  # two working days granted, six used
    assert application.deadlines.get(kind="layanan").breached_at is not None


def test_a_return_after_acceptance_stops_the_clock_until_the_answer(cast):
    application = samples.act(make_submitted(cast, at("2026-11-16")), at("2026-11-16", 10))
    officer = cast.at("front-office")
    visits.send_back(
        application, actor=cast.at("tim-teknis"), at=at("2026-11-17"), note="KTP orang lain"
    )
    application = samples.reload(application)
    with pytest.raises(DomainError, match="nothing_refused"):
        applications.return_application(application, actor=officer, at=at("2026-11-17", 10))
    paper = selectors.checklist(application).checkable()[0].requirement.pk
    checking.give_verdict(
        application, paper, "tidak_sesuai", actor=officer, at=at("2026-11-17", 10), reason="Bukan"
    )
    application = applications.return_application(
        application, actor=officer, at=at("2026-11-17", 11)
    )
    assert application.status == Status.RETURNED
    assert application.due_on is None
    assert selectors.clock(application, at("2026-11-20", 17)).used == 0

    replace_refused(application, at("2026-11-19", 15))
    application = samples.reload(samples.submit(application, at("2026-11-19", 15)))
    assert application.status == Status.IN_PROCESS
    assert application.due_on == date(2026, 11, 26)  # two closings later than 24 November
    application = samples.act(application, at("2026-11-20"))
    assert application.current_step.step.kind == StepKind.INSPECT
    assert application.clock_events.filter(kind="mulai").count() == 1


@pytest.mark.parametrize(
    "kind", [StepKind.INSPECT, StepKind.DRAFT, StepKind.INITIAL, StepKind.SIGN]
)
def test_every_desk_may_send_back_to_every_desk_before_it(cast, monday, kind):
    application = at_step(cast, kind, monday)
    targets = [step.pk for step in selectors.steps_before(application)]
    assert targets
    for target in targets:
        application = samples.advance(application, kind, monday)
        before = application.current_step
        actor = samples.officer_at(application, monday)
        visits.send_back(application, actor=actor, at=monday, note="Periksa lagi", target=target)
        application = samples.reload(application)
        assert application.current_step.step_id == target
        assert application.status == Status.IN_PROCESS
        before.refresh_from_db()
        assert (before.outcome, before.note) == ("dikembalikan", "Periksa lagi")


def test_nothing_goes_back_to_a_later_step_or_to_the_applicant(cast, monday):
    application = at_step(cast, StepKind.DRAFT, monday)
    actor = samples.officer_at(application, monday)
    for kind in (StepKind.FILE, StepKind.DRAFT, StepKind.SIGN):
        target = application.procedure.steps.filter(kind=kind).first().pk
        with pytest.raises(DomainError, match="no_way_back"):
            visits.send_back(application, actor=actor, at=monday, note="Salah", target=target)


def test_withdrawing_ends_the_file_and_frees_the_desk(cast, monday):
    application = make_submitted(cast, monday)
    application = applications.withdraw_application(
        application, actor=cast.applicant, at=monday + timedelta(hours=1), note="Salah layanan"
    )
    assert application.status == Status.WITHDRAWN
    assert application.desk is None
    assert application.steps.get(step__kind="periksa").outcome == "dihentikan"
