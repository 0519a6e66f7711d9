"""What a complaint is called at the desk: commands for who acts, no hour nobody has kept."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.models import ChannelKind, Office, OfficeChannel
from complaints.domain.lifecycle import Status
from complaints.models import Complaint
from complaints.presenters import desk

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def status_text(status: Status, *, mine: bool) -> tuple[str, str]:
    return desk.status_text(status, mine=mine, being_sent=False, apip_asked=False)


@pytest.mark.parametrize("status", Status)
def test_only_who_acts_next_is_told_what_to_do(status: Status) -> None:
    mine, others = status_text(status, mine=True), status_text(status, mine=False)
    assert others[0] != "attention"
    assert (mine == others) is (mine[0] != "attention")


def test_every_state_that_waits_for_the_office_has_a_task() -> None:
    tasks = {status for status in Status if status_text(status, mine=True)[0] == "attention"}
    assert tasks == {
        Status.UNDECIDED, Status.RECEIVED, Status.STUDIED, Status.DRAFTED, Status.APPROVED,
        Status.SUGGESTION,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "label", "said"),
    [
        (ChannelKind.TELEPHONE, "Telepon", "Telepon"),
        (ChannelKind.EMAIL, "Email", "E-mail"),
        (ChannelKind.TELEPHONE, "Telepon kantor", "Telepon kantor"),
        (ChannelKind.SOCIAL, "Instagram", "Media sosial (Instagram)"),
    ],
)
def test_a_channel_is_named_once(kind: ChannelKind, label: str, said: str) -> None:
    complaint = Complaint(channel=kind, printed_channel=OfficeChannel(label=label, kind=kind))
    assert desk.channel_words(complaint) == said


@pytest.mark.parametrize(("named", "shown"), [(True, NOON), (False, date(2026, 11, 16))])
def test_of_a_nameless_report_only_the_day_is_shown(named: bool, shown: object) -> None:
    complaint = Complaint(office=Office(time_zone="Asia/Jakarta"), has_identity=named)
    assert desk.shown_at(complaint, NOON) == shown
