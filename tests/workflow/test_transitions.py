"""The one writer of a status: the row and its record together, or neither."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from permits.domain.lifecycle import Event, Status
from permits.models import Application, ApplicationRecord
from tests.factories.permits import Cast, make_submitted
from workflow.domain.errors import TransitionRefused
from workflow.transitions import fire, lock

pytestmark = pytest.mark.django_db


WHY = "Salah layanan."


@pytest.fixture
def sent(cast: Cast, monday: datetime) -> Application:
    """A sent file: the records of its life so far are those of the services."""
    return make_submitted(cast, monday)


def test_status_and_record_are_written_together(sent: Application, monday: datetime) -> None:
    at, before = monday + timedelta(hours=1), _records(sent)
    gone = fire(
        sent, Event.WITHDRAW, actor=sent.applicant, at=at, note=WHY, capacity="Pemohon"
    )  # fmt: skip
    assert gone.status == _status(sent) == Status.WITHDRAWN
    assert _records(sent) == before + 1
    record = ApplicationRecord.objects.filter(subject=sent).latest("pk")
    assert (record.event, record.source, record.to) == (
        Event.WITHDRAW, Status.SUBMITTED, Status.WITHDRAWN,
    )  # fmt: skip
    assert (record.actor, record.at, record.note, record.capacity) == (
        sent.applicant, at, WHY, "Pemohon",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("event", "note", "code"),
    [
        (Event.ISSUE, WHY, "out_of_turn"),
        (Event.SUBMIT, WHY, "out_of_turn"),
        (Event.WITHDRAW, " ", "note_missing"),
    ],
)
def test_a_move_that_the_table_refuses_writes_nothing(
    sent: Application, monday: datetime, event: Event, note: str, code: str
) -> None:
    before = _records(sent)
    with pytest.raises(TransitionRefused) as refused:
        fire(sent, event, actor=None, at=monday, note=note)
    assert refused.value.code == code
    assert (_status(sent), _records(sent)) == (Status.SUBMITTED, before)


def test_the_table_decides_by_the_row_not_by_the_copy(sent: Application, monday: datetime) -> None:
    old = Application.objects.get(pk=sent.pk)
    fire(sent, Event.WITHDRAW, actor=None, at=monday, note=WHY)
    assert old.status == Status.SUBMITTED
    with pytest.raises(TransitionRefused):
        fire(old, Event.WITHDRAW, actor=None, at=monday, note=WHY)


def test_nothing_else_of_the_copy_is_written(sent: Application, monday: datetime) -> None:
    name = sent.holder_name
    sent.holder_name = "Belum disimpan"
    fire(sent, Event.WITHDRAW, actor=None, at=monday, note=WHY)
    assert Application.objects.get(pk=sent.pk).holder_name == name


def test_a_record_that_cannot_be_written_takes_the_status_with_it(
    sent: Application, monday: datetime
) -> None:
    before = _records(sent)
    with pytest.raises(IntegrityError):
        fire(sent, Event.WITHDRAW, actor=None, at=None, note=WHY)  # type: ignore[arg-type]
    assert (_status(sent), _records(sent)) == (Status.SUBMITTED, before)


def test_a_lock_reads_the_row_again(sent: Application) -> None:
    Application.objects.filter(pk=sent.pk).update(holder_name="Nama Baru")
    with transaction.atomic():
        assert lock(sent).holder_name == "Nama Baru"


def _status(application: Application) -> str:
    return Application.objects.get(pk=application.pk).status


def _records(application: Application) -> int:
    return ApplicationRecord.objects.filter(subject=application).count()
