"""The routing card says what happened: who received, who finished, whose initials."""

from __future__ import annotations

from datetime import timedelta

import pytest

from demo import samples
from permits import selectors
from permits.content import letters
from permits.presenters.routing_lines import sheet_line
from permits.services import applications, visits
from standards.domain.steps import StepKind
from tests.factories.permits import at_step, make_submitted

pytestmark = pytest.mark.django_db


def lines(application, at):
    return [sheet_line(line) for line in selectors.routing_card(samples.reload(application), at)]


def test_a_receipt_is_the_minute_of_the_button(cast, monday):
    application = make_submitted(cast, monday)
    officer = cast.at("front-office")
    received = monday + timedelta(minutes=5)
    visits.receive(application, actor=officer, at=received)
    samples.act(samples.reload(application), monday + timedelta(minutes=30))
    line = lines(application, monday)[1]
    assert (line.received_by, line.received_at) == (str(officer), received)
    assert not line.received_with_completion
    assert line.initials == ["terima PF", "serah PF"]


def test_nobody_received_what_was_finished_without_the_button(cast, monday):
    application = samples.act(make_submitted(cast, monday), monday + timedelta(minutes=30))
    filed, checked, inspected = lines(application, monday)
    assert (checked.received_by, checked.received_at) == ("", None)
    assert checked.received_with_completion
    assert checked.initials == ["serah PF"]
    assert not inspected.received_with_completion  # it has only come
    assert not filed.received_with_completion  # the applicant receives nothing
    assert filed.initials == []
    printed = letters.routing_card(application, monday)["steps"][1]
    assert printed["received_by"] == str(cast.at("front-office"))
    assert printed["received_at"] == "diterima bersama penyelesaian"
    assert printed["initials"] == ["serah PF"]


def test_what_an_applicant_ends_was_not_received(cast, monday):
    application = make_submitted(cast, monday)
    applications.withdraw_application(application, actor=cast.applicant, at=monday, note="Batal")
    line = lines(application, monday)[1]
    assert not line.received_with_completion
    assert line.initials == []


def test_initials_under_the_text_stand_in_their_column(cast, monday):
    application = samples.act(at_step(cast, StepKind.INITIAL, monday), monday)
    line = next(line for line in lines(application, monday) if line.performer == "Sekretaris")
    assert line.initials == ["konsep PS", "serah PS"]
