"""The same report sent twice in the very same moment, on a real unique key."""

from __future__ import annotations

import threading
import uuid
from datetime import datetime

import pytest

from complaints.models import Complaint
from complaints.services import intake
from permits.models import NumberRegister
from tests.factories.base import base_cast
from tests.factories.complaints import a_report, make_complaint_desk
from tests.permits.services.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_presses_at_once_are_one_complaint(
    monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = base_cast()
    make_complaint_desk(cast)
    report = a_report(cast, monday)
    both = threading.Barrier(2, timeout=10)
    seen: list[Complaint | None] = []
    plain = intake.sent

    def look_together(key: uuid.UUID) -> Complaint | None:
        found = plain(key)
        if len(seen) < 2:
            seen.append(found)
            both.wait()
        return found

    monkeypatch.setattr(intake, "sent", look_together)

    def press() -> Complaint:
        return intake.register_report(report, actor=None, at=monday)

    answers = at_once(press, press)
    assert seen == [None, None]  # the control: neither saw the other
    assert answers[0] == answers[1] == Complaint.objects.get()
    assert NumberRegister.objects.get(kind=intake.REGISTER).last == 1  # no number is lost
