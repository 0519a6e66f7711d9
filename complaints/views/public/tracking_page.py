"""One report as its sender sees it: days instead of times, and never the name of an officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import Office
from complaints import selectors
from complaints.domain.lifecycle import CLOSED, Event, Status
from complaints.domain.rating import is_low
from complaints.models import (
    Addition,
    Answer,
    AnswerLetter,
    Complaint,
    ComplaintFile,
    Rating,
)
from complaints.presenters import complainant
from complaints.presenters.deadlines import deadline_of
from documents.scans import ScanStatus
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
    sent: list[tuple[str, object]]
    received_on: date
    promise: Promise
    open: bool
    timeline: list[HistoryEntry]
    answers: list[Said]
    to_rate: Answer | None
    rated: str
    low: bool
    why_low: dict[str, str]  # what the form to reopen begins with
    reopen_until: date | None


def tracking_of(complaint: Complaint, at: datetime) -> ComplaintTracking:
    """Return the page of a report as it stands ``at`` an instant."""
    office = complaint.office
    answers = [_said(answer, office) for answer in selectors.sent_answers(complaint)]
    last = answers[-1].answer if answers and complaint.merged_into is None else None
    to_rate = last if last and last.rating is None and complaint.closed_at else None
    low = last is not None and is_low(last.rating)
    meaning, state, advice = complainant.state(complaint.status, to_rate=to_rate is not None)
    leading = complaint.merged_into or complaint
    return ComplaintTracking(
        complaint=complaint,
        office=office,
        meaning=meaning,
        state=state,
        advice=advice,
        asked=_asked(complaint),
        received_on=_day(complaint.received_at, office),
        promise=_promise(leading, at),
        open=leading.status not in CLOSED,
        timeline=_timeline(complaint),
        answers=answers,
        to_rate=to_rate,
        low=low,
        why_low={"note": last.rating_note} if last and low else {},
        rated=str(Rating(last.rating).label) if last and last.rating else "",
        sent=_sent(complaint),
        reopen_until=last.reopen_until if last else None,
    )


def _asked(complaint: Complaint) -> str:
    """Return what is missing, in the officer's words, while it is."""
    if complaint.status != Status.INCOMPLETE:
        return ""
    asked = complaint.records.filter(event=Event.ASK).order_by("pk").last()
    return asked.note if asked else ""


def _sent(complaint: Complaint) -> list[tuple[str, object]]:
    """Return what was sent beside the text; who sent it stays sealed."""
    attached = complaint.files.all()
    files = sum(row.purpose == ComplaintFile.Purpose.EVIDENCE for row in attached)
    infected = sum(row.scan == ScanStatus.INFECTED for row in attached)
    rows: list[tuple[str, object]] = [
        (_("Diterima"), _day(complaint.received_at, complaint.office)),
        (_("Layanan"), complaint.service.name if complaint.service else ""),
        (_("Nomor berkas atau dokumen"), complaint.reference),
        (_("Tanggal menerima pelayanan"), complaint.served_on),
        (_("Lampiran"), _("%(n)s berkas") % {"n": files} if files else ""),
        (
            _("Lampiran bervirus"),
            _(
                "%(n)s berkas tidak kami buka karena mengandung virus. Buat lagi berkasnya, lalu "
                "kirim dengan Tambah keterangan."
            )
            % {"n": infected}
            if infected
            else "",
        ),
    ]
    return [(label, value) for label, value in rows if value]


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
