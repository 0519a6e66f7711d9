"""Actions of the complainant after submission: find, add, rate, reopen, withdraw.

The complainant is identified by number and secret only. For a report without identity, times are
stored as the day only (noon).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.crypto import constant_time_compare

from complaints import selectors
from complaints.domain import secrets
from complaints.domain.lifecycle import CLOSED, Event, Status
from complaints.domain.rating import is_low
from complaints.models import Addition, Answer, Complaint, Rating
from complaints.services import attachments, messages
from complaints.services.events import fire
from permits.domain.printed import folded
from workflow import transitions
from workflow.domain.errors import DomainError

_NO_NUMBER = "PGD-KANTOR-2026-00000"  # compared with the input if no row exists


def find_own(number: str, secret: str) -> Complaint | None:
    """Return the report with this number and secret.

    The work is the same for every wrong input: one query by digest, one comparison.
    """
    rows = Complaint.objects.filter(deleted_at=None).select_related("office", "merged_into")
    complaint: Complaint | None = rows.filter(secret_digest=secrets.digest(secret)).first()
    matches = constant_time_compare(
        folded(number), folded(complaint.number if complaint else _NO_NUMBER)
    )
    return complaint if matches else None


def find_shown(key: str) -> Complaint | None:
    """Return the report that this session opened with its secret."""
    rows = Complaint.objects.filter(deleted_at=None)
    rows = rows.select_related("office", "merged_into", "service")
    found: Complaint | None = rows.filter(public_id=key).first()
    return found


@transaction.atomic
def add_information(
    complaint: Complaint, *, text: str, files: Sequence[int] = (), at: datetime
) -> Addition:
    """Add information and files; an incomplete report becomes complete. No clock is restarted.

    A repeated request adds nothing. Raises ``DomainError``: nothing_added, complaint_closed.
    """
    fresh = transitions.lock(complaint)
    information = text.strip()
    if not information and not files:
        raise DomainError("nothing_added")
    if (fresh.merged_into or fresh).status in CLOSED:
        raise DomainError("complaint_closed")
    mine = fresh.additions.filter(by=Addition.By.COMPLAINANT)
    last = mine.order_by("pk").last()
    if last is not None and last.text == information and not files:
        return last
    when = _kept_at(fresh, at)
    attachments.give(fresh, files, at=when)
    addition = Addition.objects.create(
        complaint=fresh, by=Addition.By.COMPLAINANT, text=information, at=when
    )
    if fresh.status == Status.INCOMPLETE:
        fresh = fire(fresh, Event.COMPLETE, actor=None, at=when)
    _tell(fresh.merged_into or fresh, "added", at, nth=addition.pk)
    return addition


@transaction.atomic
def rate(complaint: Complaint, *, rating: int, note: str, at: datetime) -> Answer:
    """Rate the last answer, once; a low rating is told to the owner and who is above.

    Raises ``DomainError``: no_answer, rated_already.
    """
    fresh = transitions.lock(complaint)
    answer = None if fresh.merged_into else selectors.sent_answers(fresh).last()
    if answer is None:
        raise DomainError("no_answer")
    if answer.rating is not None:
        raise DomainError("rated_already")
    answer.rating, answer.rating_note, answer.rated_at = rating, note.strip(), _kept_at(fresh, at)
    answer.save(update_fields=["rating", "rating_note", "rated_at"])
    if is_low(rating):
        when = notify_at(fresh, at)
        people = {*selectors.answering_for(fresh, when), *selectors.above_owner(fresh, when)}
        with translation.override("id"):  # as the rest of the sentence
            label = str(Rating(rating).label)
        messages.notify(fresh, "rated", people, when, nth=answer.pk, rating=label)
    return answer


@transaction.atomic
def reopen(complaint: Complaint, *, note: str, at: datetime) -> Complaint:
    """Reopen the complaint: once, within the office's number of days since delivery.

    Raises ``DomainError``: note_missing, out_of_turn, reopened_already, reopen_too_late.
    """
    fresh = transitions.lock(complaint)
    if not note.strip():
        raise DomainError("note_missing")
    if fresh.status == Status.ANSWERED and (fault := why_not_reopen(fresh, at)):
        raise DomainError(fault)
    fresh.round = 2  # the terms that begin now belong to it
    fresh.save(update_fields=["round"])
    fresh = fire(fresh, Event.REOPEN, actor=None, at=_kept_at(fresh, at), note=note.strip())
    _tell(fresh, "reopened", at, nth=fresh.round)
    return fresh


def why_not_reopen(complaint: Complaint, at: datetime) -> str:
    """Return the error code that prevents reopening; "" if it is allowed."""
    if complaint.round > 1:
        return "reopened_already"
    answer = selectors.sent_answers(complaint).last()
    today = complaint.office.local_date(at)
    if answer is None or answer.reopen_until is None or today > answer.reopen_until:
        return "reopen_too_late"
    return ""


@transaction.atomic
def withdraw(complaint: Complaint, *, note: str, at: datetime) -> Complaint:
    """Withdraw the complaint with a reason; the lifecycle defines until when."""
    fresh = transitions.lock(complaint)
    fresh = fire(fresh, Event.WITHDRAW, actor=None, at=_kept_at(fresh, at), note=note.strip())
    _tell(fresh, "withdrawn", at)
    return fresh


def notify_at(complaint: Complaint, at: datetime) -> datetime:
    """Return when officers are notified: the next day for a report without identity."""
    if complaint.has_identity:
        return at
    return _noon(complaint, at).replace(hour=0) + timedelta(days=1)


def _tell(complaint: Complaint, what: str, at: datetime, *, nth: object = 1) -> None:
    """Notify whoever answers for the complaint."""
    messages.notify_owner(complaint, what, notify_at(complaint, at), nth=nth)


def _kept_at(complaint: Complaint, at: datetime) -> datetime:
    return at if complaint.has_identity else _noon(complaint, at)


def _noon(complaint: Complaint, at: datetime) -> datetime:
    zone = complaint.office.zone
    return datetime.combine(at.astimezone(zone).date(), time(12), zone)
