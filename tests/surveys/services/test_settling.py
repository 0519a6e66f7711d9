"""Who holds the database cannot lay answers beside files: neither by order nor by rarity."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection

from reports.domain.periods import Rhythm, period_of
from surveys.domain.elements import Kind
from surveys.models import Invitation, Response, Suggestion, Trace
from surveys.services import answers, settling
from surveys.services.answers import Sheet
from surveys.services.results import figures
from tests.factories.base import base_cast
from tests.factories.permits import NOON, Cast, make_issued
from tests.factories.standards import make_service, make_standard
from tests.factories.surveys import (
    load_questionnaires,
    make_invitation,
    make_responses,
    scores,
    skm,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=60)  # the quarter is over
QUARTER = period_of(NOON.date(), Rhythm.QUARTER)


@pytest.fixture
def cast() -> Cast:
    load_questionnaires()
    return base_cast()


@pytest.fixture(autouse=True)
def _chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "_CHANCE", Random(7))


def in_order_of_arrival(model: Any) -> list[str]:
    """Return the keys as an attacker with the database reads them: in the order of storage."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {model._meta.db_table} ORDER BY {place}")  # noqa: S608
        return [str(key).replace("-", "") for (key,) in cursor.fetchall()]


def answered_by(cast: Cast, many: int) -> list[str]:
    """Let as many applicants answer, one after the other; return the keys of their answers."""
    version, keys = skm(cast.office), []
    for number in range(many):
        before = set(Response.objects.values_list("pk", flat=True))
        sheet = Sheet({version: scores(version)}, suggestion=f"Saran {number}")
        invitation, _secret = make_invitation(make_issued(cast))
        answers.answer(invitation, sheet, source="tautan", at=NOON)
        keys += [key.hex for key in Response.objects.values_list("pk", flat=True)
                 if key not in before]  # fmt: skip
    return keys


def test_the_order_of_answers_and_words_is_lost_after_five(cast):
    came = answered_by(cast, 8)
    rows = set(Response.objects.values_list("pk", "service", "month", "source", "answers__waktu"))
    words = in_order_of_arrival(Suggestion)
    assert in_order_of_arrival(Response) == came, "what an attacker reads before it"
    settling.settle(NOON)
    after = in_order_of_arrival(Response)
    assert sorted(after) == sorted(came)
    assert after not in (came, came[::-1])
    assert in_order_of_arrival(Suggestion) != words
    assert set(Suggestion.objects.values_list("text", flat=True)) == {
        f"Saran {number}" for number in range(8)
    }
    kept = set(Response.objects.values_list("pk", "service", "month", "source", "answers__waktu"))
    assert kept == rows
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM surveys_response")
            assert cursor.fetchone() == (1,)


def test_nothing_is_written_anew_alone(cast):
    came = answered_by(cast, 4)
    assert settling.settle(NOON) == 0
    assert in_order_of_arrival(Response) == came
    assert not Invitation.objects.filter(settled=True).exists()
    answered_by(cast, 1)
    assert settling.settle(NOON) == 5 + 5 + 5  # invitations, answers, words
    assert settling.settle(NOON) == 0


def test_a_service_that_few_judged_is_forgotten_when_the_period_is_over(cast):
    rare = make_standard(make_service(cast.office)).service
    make_responses(cast.service, 9, 4)
    make_responses(rare, 2, 1)
    make_responses(rare, 6, 2, source="terbuka")  # the open survey is apart, here too
    make_responses(cast.service, 3, 2, source="terbuka")
    before = figures(cast.office, QUARTER, Kind.SKM)
    settling.settle(NOON)
    assert Response.objects.filter(service=rare).count() == 8, "the period may bring three more"
    assert settling.settle(LATER) == 20
    openly, invited = Response.objects.openly(), Response.objects.counted()
    assert not invited.filter(service=rare).exists()
    assert invited.filter(service=cast.service).count() == 9
    assert openly.filter(service=rare).count() == 6
    assert not openly.filter(service=cast.service).exists()
    assert set(Response.objects.values_list("trace", flat=True)) == {Trace.SEALED}
    assert settling.settle(LATER) == 0
    after = figures(cast.office, QUARTER, Kind.SKM)
    assert (after.result, after.answered, after.elsewhere) == (
        before.result, before.answered, before.elsewhere,
    )  # fmt: skip
    assert after.services == before.services


def test_five_judgements_keep_their_service(cast):
    other = make_standard(make_service(cast.office)).service
    make_responses(cast.service, 9, 4)
    make_responses(other, 5, 2)
    before = figures(cast.office, QUARTER, Kind.SKM).services
    settling.settle(LATER)
    assert {service for service, _result in before} == {cast.service, other}
    assert figures(cast.office, QUARTER, Kind.SKM).services == before


@pytest.mark.parametrize(("in_november", "months"), [(5, {10, 11}), (2, {10})])
def test_months_in_which_few_answered_become_one(cast, in_november, months):
    make_responses(cast.service, 6, at=NOON - timedelta(days=31))
    make_responses(cast.service, in_november, at=NOON)
    Suggestion.objects.create(office=cast.office, month=date(2026, 11, 1), text="Sepi")
    settling.settle(LATER)
    assert {day.month for day in Response.objects.values_list("month", flat=True)} == months
    [written] = Suggestion.objects.values_list("month", flat=True)
    assert written.month in months
    assert figures(cast.office, QUARTER, Kind.SKM).answered == 6 + in_november
