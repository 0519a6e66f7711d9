"""The head of the office extends, restarts or corrects a clock, on record."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from demo import samples
from notices.models import Notice
from permits.models import ApplicationClockEvent
from permits.services import clock_acts, visits
from tests.factories.permits import make_accepted, make_cast, make_completed, make_submitted
from tests.permits.views.at_the_desk import address, fresh, get, words
from workflow.domain.errors import DomainError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
WHY = {"reason": "Peninjauan ulang", "ground": "UU 30/2014"}


@pytest.fixture
def running(accepted):
    return accepted


def send(person, application, **data: Any):
    client = Client()
    client.force_login(person)
    return client.post(address("adjust_clock", application), {**WHY, **data})


def event(application) -> ApplicationClockEvent:
    return application.clock_events.latest("pk")


def test_an_extension_moves_the_date_and_the_applicant_is_told_why(cast, running):
    assert send(cast.at("kepala-dinas"), running, act="perpanjang", amount=2).status_code == 302
    assert fresh(running).due_on == date(2026, 11, 26)
    notice = Notice.objects.get(template="permits/rescheduled")
    assert notice.context["note"] == "Peninjauan ulang"
    assert notice.context["promised"] == "Kamis, 26 November 2026"
    row = event(running)
    assert (row.kind, row.amount, row.ground) == ("perpanjang", 2, "UU 30/2014")
    page = get(cast.at("sekretaris"), "desk_deadline", running).content.decode()
    assert "diperpanjang 2 oleh Petugas kepala-dinas. Peninjauan ulang (UU 30/2014)" in page


def test_a_restart_counts_again_and_shows_what_was_used(cast, running, monday):
    later = monday + timedelta(days=3)
    clock_acts.restart_term(running, actor=cast.at("kepala-dinas"), at=later, **WHY)
    assert fresh(running).due_on == date(2026, 11, 27)
    page = get(cast.at("sekretaris"), "desk_deadline", running).content.decode()
    assert re.search(r"<dt>Diulang dari nol</dt>\s*<dd>1</dd>", page)


def test_a_correction_gives_the_start_its_right_day(cast, monday):
    running = make_accepted(cast, monday - timedelta(days=3))  # Friday
    start = running.clock_events.get()
    answer = send(
        cast.at("kepala-dinas"), running, act="koreksi", event=start.pk,
        right_at="2026-11-12T09:00",
    )  # fmt: skip
    assert answer.status_code == 302
    assert fresh(running).due_on == date(2026, 11, 20)
    assert running.clock_events.get(pk=start.pk).at == start.at


def test_a_correction_may_not_lie_in_the_future_nor_overtake_another_event(cast, running, monday):
    head, start = cast.at("kepala-dinas"), running.clock_events.get()
    ahead = send(head, running, act="koreksi", event=start.pk, right_at="2026-12-01T09:00")
    assert "tidak boleh di masa depan" in ahead.content.decode()
    later = monday + timedelta(hours=2)
    clock_acts.extend_term(running, actor=head, at=later, amount=1, **WHY)
    with pytest.raises(DomainError, match="correction_out_of_order"):
        clock_acts.correct_event(
            running, actor=head, at=later + timedelta(days=1), event=start.pk,
            right_at=later + timedelta(hours=1), **WHY,
        )  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        {"act": "perpanjang"},
        {"act": "perpanjang", "amount": 0},
        {"act": "koreksi"},
        {"act": "ulang", "reason": ""},
        {"act": "ulang", "ground": ""},
        {},
    ],
)
def test_an_act_without_what_it_needs_records_nothing(cast, running, data):
    assert send(cast.at("kepala-dinas"), running, **data).status_code == 200
    assert running.clock_events.count() == 1


def test_only_the_head_may_and_only_while_the_clock_runs(cast, running, monday):
    assert send(cast.at("sekretaris"), running, act="ulang").status_code == 403
    page = get(cast.at("sekretaris"), "desk_deadline", running).content.decode()
    assert "Ubah hitungan waktu layanan" not in page
    page = get(cast.at("kepala-dinas"), "desk_deadline", running).content.decode()
    assert "Ubah hitungan waktu layanan" in page
    done = make_completed(cast, monday)
    assert send(cast.at("kepala-dinas"), done, act="ulang").status_code == 403


def test_the_card_of_the_file_shows_the_internal_target_beside_the_legal_term(calendar, monday):
    cast = make_cast(target_amount=4)
    page = words(get(cast.at("tim-teknis"), "desk_application", make_accepted(cast, monday)))
    assert "Target internal: 4 hari kerja. Paling lambat: Jumat, 20 November 2026" in page
    before = get(
        cast.at("front-office"), "desk_application", make_submitted(cast, monday)
    ).content.decode()
    assert "Target internal" not in before


def test_a_standard_without_target_shows_none(cast, running):
    page = get(cast.at("tim-teknis"), "desk_application", running).content.decode()
    assert "Waktu layanan" in page
    assert "Target internal" not in page


def test_while_the_clock_stands_the_target_has_no_day(calendar, monday):
    cast = make_cast(target_amount=4)
    application = make_accepted(cast, monday)
    visits.send_back(application, actor=cast.at("tim-teknis"), at=monday, note="Kurang")
    application = samples.return_for_completion(samples.reload(application), monday)
    page = words(get(cast.at("front-office"), "desk_application", application))
    assert "Target internal: 4 hari kerja. <" in page
