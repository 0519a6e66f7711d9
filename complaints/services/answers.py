"""The answer: drafted, agreed to level by level, sent, and closed only when it has arrived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation

from accounts.models import ChannelKind, Position, User
from accounts.selectors import holders, seat_in
from complaints import policies, selectors
from complaints.domain import delivery, draft, study
from complaints.domain.delivery import Proof
from complaints.domain.ladder import OUTSIDE, Approver, Category, Ladder, Weight, approvers, without
from complaints.domain.lifecycle import Event, Status
from complaints.domain.terms import Kind
from complaints.models import Answer, Approval, Complaint, Escalation, StudyStep
from complaints.services import deadlines, letters, messages
from complaints.services.events import capacity_at, fire, locked, write_down
from complaints.services.study import ending_of
from documents.uploads import PDF
from notices import channels
from notices.models import Channel, Notice
from workflow import transitions
from workflow.domain.errors import DomainError
from workflow.models import OwedState
from workflow.sweeps import Swept, sweep

SENDING, UNDELIVERED = "sedang_dikirim", "tidak_terkirim"
CONFIRM = "complaints.confirm_deliveries"


# Drafting ----------------------------------------------------------------------------------


@transaction.atomic
def draft_answer(complaint: Complaint, *, actor: User, at: datetime, text: str) -> Answer:
    """Hand the draft to the first level that must agree; what is light is agreed to at once.

    The ending that every answer has is put under what was written. A draft after a return is a
    new revision, which needs every level again. Raises ``DomainError``: out_of_turn,
    answer_empty, study_incomplete, complaint_not_classified, apip_without_consent.
    """
    fresh = locked(complaint, actor, policies.may_handle, at)
    if fresh.status != Status.STUDIED:
        raise DomainError("out_of_turn")
    if not text.strip():
        raise DomainError("answer_empty")
    levels = levels_of(fresh, writer=actor, at=at)
    _refuse_unstudied(fresh)
    answer = _write(fresh, text, levels, actor, at)
    fresh = fire(fresh, Event.DRAFT, actor=actor, at=at)
    _go_on(fresh, answer, actor=actor, at=at)
    return answer


def levels_of(complaint: Complaint, *, writer: User, at: datetime) -> tuple[Approver, ...]:
    """Return who must agree by the ladder of the office; nobody agrees in their own case."""
    by = Ladder(selectors.rules_of(complaint.office).ladder)
    levels = approvers(
        by,
        category=Category(complaint.category) if complaint.category else None,
        weight=Weight(complaint.weight) if complaint.weight else None,
        head_agreed=complaint.apip_requests.filter(agreed=True).exists(),
    )
    return without(levels, *selectors.unable(complaint, writer, at))


def _refuse_unstudied(complaint: Complaint) -> None:
    rows = complaint.study.filter(round=complaint.round)
    done = set(rows.values_list("step", flat=True))
    missing = study.missing(done, at_once=complaint.weight == Weight.LIGHT)
    if missing:
        names = ", ".join(str(StudyStep.Step(step).label) for step in missing)
        raise DomainError("study_incomplete", missing=names)


def _write(
    complaint: Complaint, text: str, levels: tuple[Approver, ...], actor: User, at: datetime
) -> Answer:
    """Keep one revision; whoever writes it answers for it as the officer of the ladder."""
    last = complaint.answers.order_by("revision").last()
    words = draft.whole(text, ending_of(complaint))
    answer = Answer.objects.create(
        complaint=complaint, round=complaint.round, revision=last.revision + 1 if last else 1,
        text=words, digest=draft.digest(words), levels=[str(level) for level in levels],
        written_by=actor, written_at=at,
    )  # fmt: skip
    Approval.objects.create(
        answer=answer, level=Approver.OFFICER, officer=actor, digest=answer.digest, agreed=True,
        capacity=capacity_at(actor, complaint, at), at=at,
    )  # fmt: skip
    return answer


# Agreeing ----------------------------------------------------------------------------------


@transaction.atomic
def agree(
    complaint: Complaint, *, actor: User, at: datetime, level: str, digest: str, note: str = "",
    with_whom: str = "", paper: str = "",
) -> Complaint:  # fmt: skip
    """Agree to the very text that was shown, at the level whose turn it is.

    Levels outside the office are recorded by its owner or its head, with whom and by which paper.
    Raises ``DomainError``: level_passed, answer_changed, paper_missing, and the refusals of
    ``policies.may_agree``.
    """
    fresh, answer = _at_level(complaint, actor, level, digest, at)
    _record(fresh, answer, level, actor, at, note, with_whom, paper, agreed=True)
    deadlines.done(fresh, Kind.LEVEL, at)
    return _go_on(fresh, answer, actor=actor, at=at)


@transaction.atomic
def send_back(
    complaint: Complaint, *, actor: User, at: datetime, level: str, digest: str, note: str,
    with_whom: str = "", paper: str = "",
) -> Complaint:  # fmt: skip
    """Return the draft with a note; what is written anew needs every level again."""
    fresh, answer = _at_level(complaint, actor, level, digest, at)
    if not note.strip():
        raise DomainError("note_missing")
    _record(fresh, answer, level, actor, at, note, with_whom, paper, agreed=False)
    fresh = fire(fresh, Event.SEND_BACK, actor=actor, at=at, note=note)
    if fresh.owner is not None:
        messages.tell(fresh, "returned", [fresh.owner], at, nth=answer.pk)
    return fresh


def _at_level(
    complaint: Complaint, actor: User, level: str, digest: str, at: datetime
) -> tuple[Complaint, Answer]:
    fresh = locked(complaint, actor, policies.may_agree, at)
    answer = selectors.latest_answer(fresh)
    if answer is None or selectors.next_level(answer) != level:
        raise DomainError("level_passed")
    if answer.digest != digest:
        raise DomainError("answer_changed")
    return fresh, answer


def _record(
    complaint: Complaint, answer: Answer, level: str, actor: User, at: datetime, note: str,
    with_whom: str, paper: str, *, agreed: bool,
) -> None:  # fmt: skip
    outside = level in OUTSIDE
    if outside and not (with_whom.strip() and paper.strip()):
        raise DomainError("paper_missing")
    Approval.objects.create(
        answer=answer, level=level, officer=actor, capacity=capacity_at(actor, complaint, at),
        digest=answer.digest, agreed=agreed, note=note.strip(),
        with_whom=with_whom.strip() if outside else "", paper=paper.strip() if outside else "",
        at=at,
    )  # fmt: skip


def _go_on(complaint: Complaint, answer: Answer, *, actor: User, at: datetime) -> Complaint:
    """Hand the draft to the next level with its share of the time; after the last, approve it."""
    level = selectors.next_level(answer)
    if level is None:
        fresh = fire(complaint, Event.APPROVE, actor=actor, at=at)
        letters.owe(answer, signer=_signer(answer), at=at)
        if fresh.owner is not None and fresh.owner_id != actor.pk:
            messages.tell(fresh, "approved", [fresh.owner], at, nth=answer.pk)
        return fresh
    position = selectors.position_at(complaint, level)
    before, complaint.desk = complaint.desk or _seat_of(complaint, actor, at), position
    complaint.save(update_fields=["desk"])
    deadlines.begin(complaint, Kind.LEVEL, at, of=level)
    Escalation.objects.create(
        complaint=complaint, cause=Escalation.Cause.WEIGHT, level=level, from_position=before,
        to_position=position, at=at,
    )  # fmt: skip
    if position is not None:
        messages.tell(complaint, "approve", holders(position, at), at, nth=f"{answer.pk}:{level}")
    elif complaint.owner is not None and complaint.owner_id != actor.pk:
        messages.tell(complaint, "approve", [complaint.owner], at, nth=f"{answer.pk}:{level}")
    return complaint


def _signer(answer: Answer) -> User:
    """The highest of the office who agreed signs; those outside have their own papers."""
    inside = answer.approvals.exclude(level__in=OUTSIDE).order_by("at", "pk").last()
    return inside.officer if inside else answer.written_by


def _seat_of(complaint: Complaint, actor: User | None, at: datetime) -> Position | None:
    seat = seat_in(actor, complaint.office_id, at)
    return seat.position if seat else None


# Sending -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dispatch:
    """How an answer goes: through which channel, and what proves it where an officer brings it.

    ``proof`` is the number of a letter or message, or the note of a call; ``day`` the date of a
    letter; ``reason`` why it leaves the channel by which the complaint came.
    """

    way: str
    proof: str = ""
    day: str = ""
    reason: str = ""


def ways_of(complaint: Complaint) -> tuple[str, ...]:
    """Return through which channels this answer may go, the usual one first."""
    return delivery.ways(complaint.channel, complaint.reply_ways)


def proof_of(complaint: Complaint, way: str) -> Proof:
    """Return what proves the delivery: the portal's own record where it can send by itself."""
    return delivery.proof_of(way, by_portal=_portal_sends(complaint, way))


def _portal_sends(complaint: Complaint, way: str) -> bool:
    if way not in complaint.reply_ways or way not in list(Channel):
        return False
    return way == ChannelKind.EMAIL or channels.configured(Channel(way))


@transaction.atomic
def send_answer(
    complaint: Complaint, *, actor: User, at: datetime, dispatch: Dispatch
) -> Complaint:
    """Send the approved answer. What an officer brings is proved by what they write; what the
    portal sends is delivered when the message has left, and the complaint is closed then.

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
    """Thank for a suggestion with an answer, which nobody else need agree to."""
    fresh = locked(complaint, actor, policies.may_handle, at)
    if fresh.status != Status.SUGGESTION:
        raise DomainError("out_of_turn")
    if not text.strip():
        raise DomainError("answer_empty")
    last = selectors.latest_answer(fresh)
    if last is not None and last.sent_through:
        raise DomainError("already_sending")
    answer = _write(fresh, text, (Approver.OFFICER,), actor, at)
    if fresh.has_identity:
        letters.owe(answer, signer=actor, at=at)
    return _send(fresh, answer, Event.THANK, dispatch, actor=actor, at=at)


def _send(
    complaint: Complaint, answer: Answer, event: Event, dispatch: Dispatch, *, actor: User,
    at: datetime,
) -> Complaint:  # fmt: skip
    if answer.sent_through:
        raise DomainError("already_sending")
    if dispatch.way not in ways_of(complaint):
        raise DomainError("way_unknown")
    other = delivery.is_other_way(dispatch.way, complaint.channel)
    if other and not dispatch.reason.strip():
        raise DomainError("note_missing")
    if other:
        words = f"{_name_of(dispatch.way)}. {dispatch.reason.strip()}"
        write_down(complaint, "saluran_lain", actor=actor, at=at, words=words)
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
    messages.tell_complainant(complaint, "answer", at, nth=_nth(answer), way=way, files=files)
    write_down(complaint, SENDING, actor=actor, at=at, words=_name_of(way))
    return complaint


def _name_of(way: str) -> str:
    """What is written down is Indonesian, whatever language the officer reads the screens in."""
    with translation.override("id"):
        return str(ChannelKind(way).label)


def _nth(answer: Answer) -> str:
    """The message about one answer; trying another time after a failure is another message."""
    failed = answer.complaint.records.filter(event=UNDELIVERED).count()
    return f"{answer.pk}:{failed}"


def _proof(complaint: Complaint, dispatch: Dispatch) -> str | None:
    """Return the words of the proof; ``None``: the portal will have one. Raises proof_missing_*."""
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
    complaint: Complaint, answer: Answer, event: Event, proof: str, *, actor: User | None,
    at: datetime,
) -> Complaint:  # fmt: skip
    """The answer has arrived: close, open the window, tell those above and those merged into it."""
    answer.sent_at, answer.proof = at, proof
    if event is Event.ANSWER and complaint.round == 1 and complaint.has_identity:
        days = selectors.rules_of(complaint.office).reopen_days
        day = at.astimezone(complaint.office.zone).date()
        answer.reopen_until = day + timedelta(days=days)
    answer.save(update_fields=["sent_at", "proof", "reopen_until"])
    late = complaint.due_at is not None and complaint.due_at <= at
    fresh = fire(complaint, event, actor=actor, at=at, note=proof)
    for other in fresh.merged.all():
        messages.tell_complainant(other, "answer", at, nth=f"{answer.pk}:gabung")
    if event is Event.ANSWER:
        _report_up(fresh, answer, at, late=late)
    return fresh


def _report_up(complaint: Complaint, answer: Answer, at: datetime, *, late: bool) -> None:
    """Component 6 number 8: the direct superior learns the result, and no name."""
    outcome = "terlambat" if late else "tepat waktu"
    with translation.override("id"):  # the rest of the sentence is Indonesian too
        kind = str(complaint.get_weight_display() or complaint.get_category_display())
    people: list[User] = []
    owner = complaint.owner
    seat = _seat_of(complaint, owner, at)
    head = selectors.head_of(complaint.office)
    above = head if complaint.confidential or seat is None else seat.superior
    if above is not None and above != seat:
        people = holders(above, at)
    messages.tell(complaint, "result", people, at, nth=answer.pk, outcome=f"{kind}, {outcome}")


# What the portal sends -----------------------------------------------------------------------


def confirm_deliveries(at: datetime) -> Swept:
    """Close what has been answered by a message that has left; a failed one asks for another way.

    The row of the outbox is the proof: without its number the complaint stays open.
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
        if message is None or message.owed_state == OwedState.OWED:
            return False
        if message.owed_state == OwedState.FAILED or message.sent_at is None:
            return _undelivered(complaint, answer, at)
        event = Event.THANK if complaint.status == Status.SUGGESTION else Event.ANSWER
        proof = message.message_id or message.dedupe_key
        _delivered(complaint, answer, event, proof, actor=answer.sent_by, at=message.sent_at)
        return True

    return confirm


def _undelivered(complaint: Complaint, answer: Answer, at: datetime) -> bool:
    answer.sent_by, answer.sent_through = None, ""
    answer.save(update_fields=["sent_by", "sent_through"])
    write_down(complaint, UNDELIVERED, actor=None, at=at, words="")
    if complaint.owner is not None:
        messages.tell(complaint, "undelivered", [complaint.owner], at, nth=_nth(answer))
    return True
