"""Delivery of the answer; the complaint is closed when delivery is confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation

from accounts.models import ChannelKind, User
from complaints import policies, selectors
from complaints.domain import delivery
from complaints.domain.delivery import Proof
from complaints.domain.ladder import Approver
from complaints.domain.lifecycle import Event, Status
from complaints.models import Answer, Complaint
from complaints.services import letters, messages
from complaints.services.answers import write_revision
from complaints.services.events import add_record, fire, locked
from documents.uploads import PDF
from notices import channels
from notices.models import Channel, Notice
from workflow import transitions
from workflow.domain.errors import DomainError
from workflow.models import JobStatus
from workflow.sweeps import SweepResult, sweep

SENDING, UNDELIVERED = "sedang_dikirim", "tidak_terkirim"
CONFIRM = "complaints.confirm_deliveries"


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The channel of an answer, and the proof if an officer delivers it.

    ``proof`` is the number of a letter or message, or the note of a call; ``day`` the date of a
    letter; ``reason`` why the channel differs from that of the complaint.
    """

    way: str
    proof: str = ""
    day: str = ""
    reason: str = ""


def ways_of(complaint: Complaint) -> tuple[str, ...]:
    """Return the possible channels of this answer, the preferred one first."""
    return delivery.ways(complaint.channel, complaint.reply_ways)


def proof_of(complaint: Complaint, way: str) -> Proof:
    """Return the proof of delivery; the portal's own record if it can send by this channel."""
    return delivery.proof_of(way, by_portal=_portal_sends(complaint, way))


def _portal_sends(complaint: Complaint, way: str) -> bool:
    if way not in complaint.reply_ways or way not in list(Channel):
        return False
    return way == ChannelKind.EMAIL or channels.configured(Channel(way))


@transaction.atomic
def send_answer(
    complaint: Complaint, *, actor: User, at: datetime, dispatch: Dispatch
) -> Complaint:
    """Send the approved answer.

    A delivery by an officer is proved by what they record. A message of the portal is delivered
    when the outbox has sent it; the complaint is closed then.

    Raises ``DomainError``: out_of_turn, way_unknown, note_missing, proof_missing_*,
    already_sending.
    """
    fresh = locked(complaint, actor, policies.may_handle, at)
    if fresh.status != Status.APPROVED:
        raise DomainError("out_of_turn")
    answer = selectors.latest_answer(fresh)
    if answer is None:
        raise DomainError("out_of_turn")
    return _send(fresh, answer, Event.ANSWER, dispatch, actor=actor, at=at)


@transaction.atomic
def answer_suggestion(
    complaint: Complaint, *, actor: User, at: datetime, text: str, dispatch: Dispatch
) -> Complaint:
    """Answer a suggestion; no approval is needed."""
    fresh = locked(complaint, actor, policies.may_handle, at)
    if fresh.status != Status.SUGGESTION:
        raise DomainError("out_of_turn")
    if not text.strip():
        raise DomainError("answer_empty")
    last = selectors.latest_answer(fresh)
    if last is not None and last.sent_through:
        raise DomainError("already_sending")
    answer = write_revision(fresh, text, (Approver.OFFICER,), actor, at)
    if fresh.has_identity:
        letters.enqueue(answer, signer=actor, at=at)
    return _send(fresh, answer, Event.THANK, dispatch, actor=actor, at=at)


def _send(
    complaint: Complaint,
    answer: Answer,
    event: Event,
    dispatch: Dispatch,
    *,
    actor: User,
    at: datetime,
) -> Complaint:
    if answer.sent_through:
        raise DomainError("already_sending")
    if dispatch.way not in ways_of(complaint):
        raise DomainError("way_unknown")
    other = delivery.is_other_way(dispatch.way, complaint.channel)
    if other and not dispatch.reason.strip():
        raise DomainError("note_missing")
    if other:
        words = f"{_name_of(dispatch.way)}. {dispatch.reason.strip()}"
        add_record(complaint, "saluran_lain", actor=actor, at=at, note=words)
    proof = _proof(complaint, dispatch)
    answer.sent_by, answer.sent_through = actor, dispatch.way
    answer.save(update_fields=["sent_by", "sent_through"])
    if proof is not None:
        return _delivered(complaint, answer, event, proof, actor=actor, at=at)
    way = ChannelKind(dispatch.way)
    letter = getattr(answer, "letter", None)
    files = []
    if letter is not None and way is ChannelKind.EMAIL:
        files = [(letters.path_of(letter), letters.file_name(letter), PDF)]
    messages.notify_complainant(complaint, "answer", at, nth=_nth(answer), way=way, files=files)
    add_record(complaint, SENDING, actor=actor, at=at, note=_name_of(way))
    return complaint


def _name_of(way: str) -> str:
    """Return the label of a channel in Indonesian, the language of records."""
    with translation.override("id"):
        return str(ChannelKind(way).label)


def _nth(answer: Answer) -> str:
    """Return the key of the message about one answer; a new attempt has a new key."""
    failed = answer.complaint.records.filter(event=UNDELIVERED).count()
    return f"{answer.pk}:{failed}"


def _proof(complaint: Complaint, dispatch: Dispatch) -> str | None:
    """Return the proof; ``None`` if the portal will provide it. Raises proof_missing_*."""
    kind = proof_of(complaint, dispatch.way)
    proof, day = dispatch.proof.strip(), dispatch.day.strip()
    if kind is Proof.PORTAL:
        return None
    if kind is Proof.PUBLISHED:
        return "Dapat dibaca pada halaman lacak; tidak ada alamat pengirim"
    if kind is Proof.LETTER:
        if not (proof and day):
            raise DomainError("proof_missing_letter")
        return f"Surat nomor {proof}, {day}"[:300]
    if not proof:
        raise DomainError(_MISSING[kind])
    return proof[:300]


_MISSING = {
    Proof.MESSAGE: "proof_missing_message",
    Proof.CALL: "proof_missing_call",
    Proof.MEETING: "proof_missing_meeting",
    Proof.POSTING: "proof_missing_posting",
}


def _delivered(
    complaint: Complaint,
    answer: Answer,
    event: Event,
    proof: str,
    *,
    actor: User | None,
    at: datetime,
) -> Complaint:
    """Close after delivery; notify the superior and the complainants of merged reports."""
    answer.sent_at, answer.proof = at, proof
    answer.workdays = selectors.workdays_until(complaint, at)
    if event is Event.ANSWER and complaint.round == 1 and complaint.has_identity:
        days = selectors.rules_of(complaint.office).reopen_days
        day = complaint.office.local_date(at)
        answer.reopen_until = day + timedelta(days=days)
    answer.save(update_fields=["sent_at", "proof", "workdays", "reopen_until"])
    late = complaint.due_at is not None and complaint.due_at <= at
    fresh = fire(complaint, event, actor=actor, at=at, note=proof)
    for other in fresh.merged.all():
        messages.notify_complainant(other, "answer", at, nth=f"{answer.pk}:gabung")
    if event is Event.ANSWER:
        _report_up(fresh, answer, at, late=late)
    return fresh


def _report_up(complaint: Complaint, answer: Answer, at: datetime, *, late: bool) -> None:
    """Notify the direct superior of the result, without names (component 6 number 8)."""
    outcome = "terlambat" if late else "tepat waktu"
    with translation.override("id"):  # the rest of the sentence is Indonesian too
        kind = str(complaint.get_weight_display() or complaint.get_category_display())
    people = selectors.above_owner(complaint, at)
    messages.notify(complaint, "result", people, at, nth=answer.pk, outcome=f"{kind}, {outcome}")


def confirm_deliveries(at: datetime) -> SweepResult:
    """Close the complaints whose answer was sent; record a failure for another attempt.

    The outbox row is the proof of delivery: without its number the complaint stays open.
    """
    waiting = Answer.objects.exclude(sent_through="").filter(
        sent_at=None, complaint__status__in=(Status.APPROVED, Status.SUGGESTION)
    )
    return sweep(CONFIRM, waiting.order_by("pk").values_list("pk", flat=True), _confirm_at(at))


def _confirm_at(at: datetime) -> Callable[[int], bool]:
    @transaction.atomic
    def confirm(pk: int) -> bool:
        answer = Answer.objects.select_related("complaint__office").get(pk=pk)
        complaint = transitions.lock(answer.complaint)
        answer = Answer.objects.get(pk=pk)
        if answer.sent_at is not None or not answer.sent_through:
            return False  # another worker was first
        key = f"complaint-answer:{complaint.pk}:{_nth(answer)}"
        message = Notice.objects.filter(dedupe_key=key).first()
        if message is None or message.job_status == JobStatus.QUEUED:
            return False
        if message.job_status == JobStatus.FAILED or message.sent_at is None:
            return _undelivered(complaint, answer, at)
        event = Event.THANK if complaint.status == Status.SUGGESTION else Event.ANSWER
        proof = message.message_id or message.dedupe_key
        _delivered(complaint, answer, event, proof, actor=answer.sent_by, at=message.sent_at)
        return True

    return confirm


def _undelivered(complaint: Complaint, answer: Answer, at: datetime) -> bool:
    answer.sent_by, answer.sent_through = None, ""
    answer.save(update_fields=["sent_by", "sent_through"])
    add_record(complaint, UNDELIVERED, actor=None, at=at, note="")
    messages.notify_owner(complaint, "undelivered", at, nth=_nth(answer))
    return True
