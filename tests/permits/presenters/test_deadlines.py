"""The promise as it is shown: how far away, on the day itself, past it, and after the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.template import Context, Template

from demo import samples
from permits.models import Application
from permits.presenters import deadlines, progress
from permits.services import applications, calendar_changes, filling
from permits.views import deadline_page
from standards.domain.steps import StepKind
from tests.factories.permits import (
    Cast,
    make_accepted,
    make_completed,
    make_draft_application,
    make_submitted,
)
from workflow.calendars import calendar_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
Later = Callable[..., datetime]


@pytest.fixture
def day(monday: datetime) -> Callable[[int, int], datetime]:
    """An hour of a day of November 2026 in Jakarta."""

    def at(number: int, hour: int = 9) -> datetime:
        return monday.replace(day=1, hour=hour) + timedelta(days=number - 1)

    return at


def test_before_acceptance_nothing_runs(cast: Cast, monday: datetime) -> None:
    said = deadlines.promise(make_submitted(cast, monday), monday, url="/x/")
    assert (said.state, said.due_on, said.remaining, said.url) == ("not_started", None, None, "")


@pytest.mark.parametrize(
    ("number", "hour", "state", "remaining"),
    [
        (16, 9, "running", 6),  # day zero
        (17, 9, "running", 5),
        (21, 9, "running", 2),  # a Saturday
        (23, 17, "running", 1),
        (24, 9, "running", 0),  # the promised day itself is not late
        (24, 23, "running", 0),
        (25, 0, "late", -1),
        (28, 9, "late", -3),  # a Saturday: Wednesday to Friday are over
        (30, 9, "late", -4),
    ],
)
def test_the_distance_is_counted_in_working_days(
    cast: Cast, day: Later, number: int, hour: int, state: str, remaining: int
) -> None:
    running = make_accepted(cast, day(16))
    said = deadlines.promise(running, day(number, hour), url="/x/")
    assert (said.state, said.remaining, said.url) == (state, remaining, "/x/")
    short = deadlines.short_promise(running, day(number, hour), calendar_of(running.office))
    assert short is not None
    assert (short.state, short.remaining) == (state, remaining)


@pytest.mark.parametrize(("number", "remaining"), [(17, 0), (24, 0), (25, -1), (30, -4)])
def test_a_kept_and_a_broken_promise_are_told_apart(
    cast: Cast, day: Later, number: int, remaining: int
) -> None:
    running = make_accepted(cast, day(16))
    done = samples.advance(at_number(cast, running, day(16)), None, day(number))
    said = deadlines.promise(done, day(30))
    assert (said.state, said.remaining) == ("met", remaining)


def at_number(cast: Cast, running: Application, at: datetime) -> Application:
    from tests.factories.permits import make_keys

    make_keys(cast)
    return samples.advance(running, StepKind.NUMBER, at)


def test_without_a_decree_the_promise_is_provisional(cast: Cast, monday: datetime) -> None:
    from workflow.models import CalendarYear

    running = make_accepted(cast, monday)
    CalendarYear.objects.all().delete()
    assert not deadlines.promise(running, monday).provisional  # as it was promised
    calendar_changes.settle(monday)
    running = samples.reload(running)
    said = deadlines.promise(running, monday)
    assert (said.due_on, said.provisional) == (running.due_on, True)
    short = deadlines.short_promise(running, monday, calendar_of(running.office))
    assert short is not None
    assert (short.remaining, short.provisional) == (6, True)
    for tag, shown in (("deadline", said), ("deadline_short", short)):
        page = Template(f"{{% {tag} shown %}}").render(Context({"shown": shown}))
        assert "perkiraan" in page


# Day by day --------------------------------------------------------------------------------------


def titles(account: deadline_page.DeadlineExplanation | None) -> list[tuple[int, str, str]]:
    assert account is not None
    return [(run.first.day, run.title, run.reason) for run in account.runs]


def test_the_way_to_the_promised_day(cast: Cast, day: Later) -> None:
    running = make_accepted(cast, day(16))
    account = deadline_page.explanation(running, day(18, 17))
    assert titles(account) == [
        (16, "Hari ke-0: berkas dinyatakan lengkap dan benar", ""),
        (17, "Hari kerja ke-1", ""),
        (18, "Hari kerja ke-2", ""),
        (19, "Hari kerja ke-3", ""),
        (20, "Hari kerja ke-4", ""),
        (21, "Tidak dihitung", "akhir pekan"),
        (23, "Hari kerja ke-5", ""),
        (24, "Hari kerja ke-6: hari yang dijanjikan", ""),
    ]
    assert account is not None
    cells = {cell.on.day: cell for week in account.months[0].weeks for cell in week if cell}
    assert [cells[n].kind for n in (16, 18, 19, 21, 24)] == [
        "zero", "counted", "ahead", "free", "ahead",
    ]  # fmt: skip
    assert cells[24].due
    assert account.used == 2


def test_a_late_end_shows_the_days_over_the_promise(cast: Cast, day: Later) -> None:
    running = make_accepted(cast, day(16))
    done = samples.advance(at_number(cast, running, day(16)), None, day(26, 10))
    assert titles(deadline_page.explanation(done, day(30)))[-2:] == [
        (25, "Hari kerja ke-7, melewati janji", ""),
        (26, "Dokumen terbit, hitungan selesai", ""),
    ]


def test_a_pause_gives_its_reason_once_and_none_to_strangers(cast: Cast, day: Later) -> None:
    from permits.services import visits

    running = make_accepted(cast, day(16))
    visits.send_back(running, actor=cast.at("tim-teknis"), at=day(17), note="Denah")
    running = samples.reload(running)
    samples.judge(running, day(18), refuse=True)
    back = applications.return_application(running, actor=cast.at("front-office"), at=day(18))
    told = [reason for _day, title, reason in titles(deadline_page.explanation(back, day(25, 17)))
            if title == "Waktu berhenti"]  # fmt: skip
    assert "Tidak terbaca" in told[0]
    assert told[1] == "menunggu pemohon melengkapi berkas"
    public = deadline_page.explanation(back, day(25, 17), private=False)
    assert "Tidak terbaca" not in str(titles(public))
    assert public is not None
    assert public.paused


def test_a_closed_file_says_that_it_was_closed(cast: Cast, day: Later) -> None:
    running = make_accepted(cast, day(16))
    applications.withdraw_application(running, actor=cast.applicant, at=day(18), note="Batal")
    account = deadline_page.explanation(samples.reload(running), day(20))
    assert titles(account)[-1] == (18, "Permohonan ditutup, hitungan selesai", "")


# Other readings ----------------------------------------------------------------------------------


def test_progress_of_a_closed_file_tells_only_what_was_done(cast: Cast, day: Later) -> None:
    sent = make_submitted(cast, day(16))
    applications.withdraw_application(sent, actor=cast.applicant, at=day(16), note="Batal")
    stages = progress.progress(samples.reload(sent))
    assert [stage.state for stage in stages] == ["done", "ended"]


def test_progress_of_a_finished_file_is_all_done(cast: Cast, day: Later) -> None:
    done = make_completed(cast, day(16))
    assert {stage.state for stage in progress.progress(done)} == {"done"}


def test_the_file_is_with_the_applicant_or_at_a_desk(cast: Cast, day: Later) -> None:
    assert progress.whereabouts(make_submitted(cast, day(16))) == "Front office"
    draft = make_draft_application(cast, day(16))
    assert progress.whereabouts(draft) == "Pemohon"


def test_a_day_is_printed_in_words(cast: Cast, day: Later) -> None:
    from permits.content import certificates
    from standards.services.publishing import publish_version
    from tests.factories.standards import PUBLISHED_AT, make_draft, make_fact, make_service

    version = make_draft(make_service(cast.office))
    make_fact(version, "lahir", label="Tanggal lahir", kind="tanggal", on_certificate=True)
    publish_version(version, actor=None, at=PUBLISHED_AT)
    application = samples.draft(version.service, cast.applicant, day(16))
    application = filling.save_form(
        application, at=application.created_at, answers={"lahir": "2010-03-04"}
    )
    assert ["Tanggal lahir", "4 Maret 2010"] in certificates.draft_content(application)["data"]
    application = filling.save_form(
        application, at=application.created_at, answers={"lahir": "kemarin"}
    )
    assert ["Tanggal lahir", "kemarin"] in certificates.draft_content(application)["data"]
