"""One report as its sender sees it: days instead of times, and never the name of an officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import Office
from complaints import selectors
from complaints.domain.lifecycle import CLOSED, Status
from complaints.models import Addition, Answer, AnswerLetter, Complaint
from complaints.presenters import complainant
from complaints.presenters.deadlines import deadline_of
from permits.presenters.deadlines import Promise
from workflow.domain.deadline_status import DeadlineState, DeadlineStatus


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of the timeline."""

    when: date
    title: str
    text: str = ""
    actor: str = ""
    meaning: str = "neutral"


@dataclass(frozen=True, slots=True)
class Said:
    """One answer that was delivered."""

    answer: Answer
    day: date
    letter: AnswerLetter | None


@dataclass(frozen=True, slots=True)
class ComplaintTracking:
    """Everything on the page of one report."""

    complaint: Complaint
    office: Office
    meaning: str
    state: str
    advice: str
    asked: str
    received_on: date
    promise: Promise
    open: bool
    timeline: list[HistoryEntry]
    answers: list[Said]
    to_rate: Answer | None
    reopen_until: date | None


def tracking_of(complaint: Complaint, at: datetime) -> ComplaintTracking:
    """Return the page of a report as it stands ``at`` an instant."""
    office = complaint.office
    meaning, state, advice = complainant.state(complaint.status)
    answers = [_said(answer, office) for answer in selectors.sent_answers(complaint)]
    last = answers[-1].answer if answers and complaint.merged_into is None else None
    leading = complaint.merged_into or complaint
    return ComplaintTracking(
        complaint=complaint, office=office, meaning=meaning, state=state, advice=advice,
        asked=_asked(complaint), received_on=_day(complaint.received_at, office),
        promise=_promise(leading, at), open=leading.status not in CLOSED,
        timeline=_timeline(complaint), answers=answers,
        to_rate=last if last and last.rating is None and complaint.closed_at else None,
        reopen_until=last.reopen_until if last else None,
    )  # fmt: skip


def _asked(complaint: Complaint) -> str:
    """Return what is missing, in the officer's words, while it is."""
    if complaint.status != Status.INCOMPLETE:
        return ""
    asked = complaint.records.filter(to=Status.INCOMPLETE).order_by("pk").last()
    return asked.note if asked else ""


def _timeline(complaint: Complaint) -> list[HistoryEntry]:
    office = complaint.office
    rows = [
        (
            row.at,
            row.pk,
            HistoryEntry(
                _day(row.at, office), title, complainant.visible_note(row.event, row.note)
            ),
        )
        for row in complaint.records.all()
        if (title := complainant.event_label(row.event))
    ]
    rows += [
        (
            row.at,
            row.pk,
            HistoryEntry(_day(row.at, office), _("Anda menambah keterangan"), row.text),
        )
        for row in complaint.additions.filter(by=Addition.By.COMPLAINANT)
    ]
    return [happening for _at, _pk, happening in sorted(rows, key=lambda row: row[:2])]


def _said(answer: Answer, office: Office) -> Said:
    letter = selectors.letter_of(answer)
    if letter is not None and not letter.file:  # not printed yet
        letter = None
    assert answer.sent_at is not None  # noqa: S101  selectors.sent_answers
    return Said(answer, _day(answer.sent_at, office), letter)


def _promise(complaint: Complaint, at: datetime) -> Promise:
    if complaint.status in CLOSED:
        return Promise.of(DeadlineStatus(None, DeadlineState.MET))
    calendar = selectors.promise_calendars([complaint])[complaint.pk]
    return Promise.of(deadline_of(complaint, at, calendar))


def _day(at: datetime, office: Office) -> date:
    return office.local_date(at)
