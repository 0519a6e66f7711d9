"""What becomes of the file of a complaint when its years are over (``archives``).

To delete takes it out of daily work: pages, tracking, search for duplicates, messages. To destroy
takes its content: identity, words, attachments, letters. What is left then is what the book and the
reports count: number, service, channel, classes, dates, ratings, acts and officers.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from complaints.domain import secrets
from complaints.models import AnswerLetter, Approval, Complaint, Identity
from notices.models import Notice
from permits.services.disposal import DESTROYED, Gone, clear_files
from workflow import destruction, transitions
from workflow.domain.errors import DomainError


@transaction.atomic
def delete(complaint: Complaint, *, at: datetime) -> Gone:
    """Take a closed complaint out of daily work. Raises ``DomainError``: not_closed, is_deleted."""
    fresh = transitions.lock(complaint)
    if fresh.closed_at is None:
        raise DomainError("not_closed")
    if fresh.deleted_at is not None:
        raise DomainError("is_deleted")
    gone = Gone()
    gone.take(fresh.likenesses.all())
    gone.take(_messages(fresh))
    fresh.deleted_at = at
    fresh.save(update_fields=["deleted_at"])
    return gone


@transaction.atomic
def destroy(complaint: Complaint, *, act: int, report: str, at: datetime) -> Gone:
    """Take the content of a deleted complaint away for good, by the act of two people.

    Raises ``DomainError``: not_deleted, is_destroyed; ``IntegrityError`` without such an act.
    """
    fresh = transitions.lock(complaint)
    if fresh.deleted_at is None:
        raise DomainError("not_deleted")
    if fresh.destroyed_at is not None:
        raise DomainError("is_destroyed")
    gone = Gone()
    approvals = Approval.objects.filter(answer__complaint=fresh)
    for source, rows in (
        ("complaints.ComplaintRecord", fresh.records),
        ("complaints.IdentityOpening", fresh.openings),
        ("complaints.Approval", approvals),
    ):
        keys = rows.values_list("pk", flat=True)
        destruction.name_rows(source, keys, act=act, report=report)
    gone.take(Identity.objects.filter(complaint=fresh))
    gone.take(fresh.files.all(), "file")
    gone.take(fresh.additions.all())
    gone.take(AnswerLetter.objects.filter(answer__complaint=fresh), "file")
    gone.take(fresh.likenesses.all())
    gone.take(_messages(fresh))
    fresh.records.update(note="")
    fresh.openings.update(reason="")
    approvals.update(note="", with_whom="", paper="")
    fresh.study.update(result="", with_whom="")
    fresh.apip_requests.update(reason="", note="")
    fresh.answers.update(text="", rating_note="")
    fresh.answers.exclude(proof="").update(proof=DESTROYED)
    _blank(fresh, at)
    destruction.seal(act, at)
    clear_files(gone.files)
    return gone


def _messages(complaint: Complaint) -> Any:
    return Notice.objects.filter(about=f"complaint:{complaint.pk}")


def _blank(complaint: Complaint, at: datetime) -> None:
    """Keep what the book and the reports count."""
    complaint.text = complaint.reference = complaint.outside_reference = ""
    complaint.secret_digest = secrets.digest(secrets.new_secret())
    complaint.application, complaint.served_on, complaint.reply_ways = None, None, []
    complaint.subjects.clear()
    complaint.destroyed_at = at
    complaint.save()
