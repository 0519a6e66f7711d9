"""Read access to the rules, roles, officers and answers of complaints."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from accounts.models import Appointment, Office, Position, User
from accounts.selectors import held, holders, offices_of, reachable, seat_in, superiors
from complaints.domain import terms
from complaints.domain.ladder import OUTSIDE, Approver
from complaints.domain.lifecycle import CLOSED, UNCLOSED, Status
from complaints.models import (
    Answer,
    AnswerLetter,
    Complaint,
    ComplaintRole,
    ComplaintRules,
    ComplaintTerm,
    Role,
)
from complaints.querysets import ComplaintQuerySet
from permits.models import ApplicationStep
from permits.selectors import due_soon
from standards.models import Service
from workflow.calendar_versions import calendars_by, version_of
from workflow.domain.clock import Term, Unit
from workflow.domain.workdays import WorkCalendar

PROMISES = (terms.ComplaintTermKind.ANSWER, terms.ComplaintTermKind.SUGGESTION)


def rules_of(office: Office) -> ComplaintRules:
    """Return the rules of an office: its own row, or the defaults (an unsaved row)."""
    return getattr(office, "complaint_rules", None) or ComplaintRules(office=office)


def promise_calendars(complaints: Iterable[Complaint]) -> dict[int, WorkCalendar]:
    """Return the calendar with which the promise of each complaint was counted, by its key.

    Without a promise it is the present calendar of the office. Reads ``deadlines``.
    """
    return calendars_by(
        {row.pk: (version_of(row.deadlines.all(), PROMISES), row.office) for row in complaints}
    )


def workdays_until(complaint: Complaint, at: datetime) -> int:
    """Return the working days from receipt to ``at``, with the calendar of the promise."""
    office = complaint.office
    calendar = promise_calendars([complaint])[complaint.pk]
    return calendar.count(office.local_date(complaint.received_at), office.local_date(at))


def term_of(office: Office, kind: terms.ComplaintTermKind, of: str = "") -> Term:
    """Return the length of a term: the office's for this class or level, for all, or default."""
    return terms_of(office, {kind: of})[kind]


def terms_of(
    office: Office, wanted: Mapping[terms.ComplaintTermKind, str]
) -> dict[terms.ComplaintTermKind, Term]:
    """Return the length of several terms, each for its class or level."""
    rows = ComplaintTerm.objects.filter(office=office, kind__in=wanted)
    own = {(row.kind, row.of): row.amount for row in rows}
    return {
        kind: Term(
            own.get((kind, of)) or own.get((kind, "")) or terms.DEFAULT_TERMS[kind].amount,
            Unit.CALENDAR_DAY if kind in terms.CALENDAR_DAYS else Unit.WORKDAY,
        )
        for kind, of in wanted.items()
    }


def positions_with(office: Office, role: Role) -> list[Position]:
    """Return the positions of an office that have ``role``, in the order of their rows."""
    rows = ComplaintRole.objects.filter(office=office, role=role)
    return [row.position for row in rows.select_related("position__office")]


def head_of(office: Office) -> Position | None:
    """Return the position that heads the office."""
    return Position.objects.select_related("office").filter(office=office, is_head=True).first()


def people_with(office: Office, role: Role, at: datetime) -> list[User]:
    """Return the users who have ``role`` at ``at``, without duplicates."""
    people: dict[int, User] = {}
    for position in positions_with(office, role):
        people |= {person.pk: person for person in holders(position, at)}
    return list(people.values())


def told_with(office: Office, role: Role, at: datetime) -> list[User]:
    """Return who is told what concerns ``role``: ``people_with``; for vacant ones superiors."""
    people: dict[int, User] = {}
    for position in positions_with(office, role):
        people |= {person.pk: person for person in reachable(position, at)}
    return list(people.values())


def roles_of(user: User, office: Office, at: datetime) -> set[str]:
    """Return the roles of ``user`` at an office; the head has ``kepala_dinas``."""
    seats = [seat for seat in _seats_with_parts(user, at) if seat.office_id == office.pk]
    roles = {part.role for seat in seats for part in seat.complaint_roles.all()}
    return roles | ({Approver.OFFICE_HEAD} if any(seat.is_head for seat in seats) else set())


def has_part(user: User, at: datetime) -> bool:
    """Whether ``user`` is the head of an office or has a role in its complaints."""
    if any(row.position.is_head for row in held(user, at).values()):
        return True
    return any(seat.complaint_roles.all() for seat in _seats_with_parts(user, at))


def _seats_with_parts(user: User, at: datetime) -> list[Position]:
    """Return the positions ``user`` holds at ``at`` with their roles in complaints.

    If the appointments are prefetched (pages of officers), the roles are read once.
    """
    seats = [row.position for row in held(user, at).values()]
    prefetch_related_objects(seats, "complaint_roles")
    return seats


def handled(user: User, complaint: Complaint) -> bool:
    """Whether ``user`` has worked on the application that the complaint is about."""
    if complaint.application is None:
        return False
    visits = complaint.application.steps.all()
    return any(user.pk in (visit.finished_by_id, visit.received_by_id) for visit in visits)


def handled_among(user: User, applications: Iterable[int]) -> set[int]:
    """Return the keys of the applications on which ``user`` has worked."""
    visits = ApplicationStep.objects.filter(application__in=applications)
    mine = visits.filter(Q(finished_by=user) | Q(received_by=user))
    return set(mine.values_list("application", flat=True))


def owner_for(complaint: Complaint, at: datetime) -> User | None:
    """Return the complaint officer with the fewest open complaints, except the subjects.

    An officer who has worked on the application is the last choice. ``None`` if the office has no
    complaint officer.
    """
    against = set(complaint.subjects.values_list("pk", flat=True))
    people = [
        officer
        for officer in people_with(complaint.office, Role.OFFICER, at)
        if officer.pk not in against
    ]
    busy = {
        person.pk: Complaint.objects.owned_by(person).filter(closed_at=None).count()
        for person in people
    }
    people.sort(key=lambda officer: (handled(officer, complaint), busy[officer.pk], officer.pk))
    return people[0] if people else None


def serving_at(office: Office, at: datetime) -> list[Appointment]:
    """Return the appointments in force at an office; ``handles``: the part of complaint officer."""
    parts = ComplaintRole.objects.filter(position=OuterRef("position"), role=Role.OFFICER)
    rows = Appointment.objects.in_force(office.local_date(at)).filter(position__office=office)
    return list(rows.select_related("user", "position").annotate(handles=Exists(parts)))


def officers_of(complaint: Complaint, at: datetime) -> QuerySet[User]:
    """Return the users with an appointment at the office: the possible subjects."""
    today = complaint.office.local_date(at)
    serving = Appointment.objects.in_force(today).filter(position__office=complaint.office)
    chosen = complaint.subjects.values("pk")
    return User.objects.filter(Q(pk__in=serving.values("user")) | Q(pk__in=chosen)).order_by(
        "full_name", "pk"
    )


def above_owner(complaint: Complaint, at: datetime) -> list[User]:
    """Return who is directly above the owner; of a confidential complaint only the head."""
    row = seat_in(complaint.owner, complaint.office_id, at)
    seat = row.position if row else None
    above = head_of(complaint.office) if complaint.confidential or seat is None else seat.superior
    return reachable(above, at) if above is not None and above != seat else []


def possible_owners(complaint: Complaint, at: datetime) -> QuerySet[User]:
    """Return the possible owners: complaint officers and the head, except the subjects."""
    today = complaint.office.local_date(at)
    part = Q(position__is_head=True) | Q(position__complaint_roles__role=Role.OFFICER)
    seats = Appointment.objects.in_force(today).filter(part, position__office=complaint.office)
    return (
        User.objects.filter(pk__in=seats.values("user"))
        .exclude(pk__in=complaint.subjects.values("pk"))
        .exclude(pk=complaint.owner_id or 0)
        .order_by("full_name", "pk")
    )


def answering_for(complaint: Complaint, at: datetime) -> list[User]:
    """Return who is told what the owner must know.

    It is the owner; if they have left, the next superior of the position they held, of a
    confidential complaint the head; else whoever stands above the head. Subjects are left out.
    """
    owner, office = complaint.owner, complaint.office
    if owner is not None and roles_of(owner, office, at) & {Role.OFFICER, Approver.OFFICE_HEAD}:
        return [owner]
    head = head_of(office)
    last = Appointment.objects.filter(user=owner, position__office=office).last() if owner else None
    start = last.position.superior if last and not complaint.confidential else None
    against = set(complaint.subjects.values_list("pk", flat=True))
    for position in (start, head):
        chain = [position, *superiors(position)] if position else []
        for one in chain:
            if people := [person for person in holders(one, at) if person.pk not in against]:
                return people
    return []


def services_of(office: Office) -> QuerySet[Service]:
    """Return the services of an office by name."""
    return Service.objects.filter(office=office).order_by("name")


class Entry(NamedTuple):
    """One line of what happened to a complaint; ``code``: the event, or who added something."""

    kind: str  # the table it comes from
    at: datetime
    key: int
    code: str
    person: str
    capacity: str
    text: str


RECORD, OPENING, ADDITION = "record", "opening", "addition"
RATING = "rating"  # ``code``: the points


def entries_of(complaint: Complaint) -> list[Entry]:
    """Return the records, openings, additions and ratings, the latest first."""
    entries = [
        Entry(RECORD, row.at, row.pk, row.event, _name(row.actor), row.capacity, row.note)
        for row in complaint.records.select_related("actor")
    ]
    entries += [
        Entry(OPENING, row.at, row.pk, "", _name(row.person), row.capacity, row.reason)
        for row in complaint.openings.select_related("person")
    ]
    entries += [
        Entry(ADDITION, row.at, row.pk, row.by, _name(row.officer), "", row.text)
        for row in complaint.additions.select_related("officer")
    ]
    entries += [
        Entry(RATING, row.rated_at, row.pk, str(row.rating), "", "", row.rating_note)
        for row in complaint.answers.all()
        if row.rated_at
    ]
    return sorted(entries, key=lambda entry: (entry.at, entry.key), reverse=True)


def _name(person: User | None) -> str:
    return person.full_name if person else ""


# Approval of the answer ----------------------------------------------------------------------


def latest_answer(complaint: Complaint) -> Answer | None:
    """Return the latest revision of the answer in this round."""
    answers = [row for row in complaint.answers.all() if row.round == complaint.round]
    return max(answers, key=lambda row: row.revision, default=None)


def authors_of(complaint: Complaint) -> set[int]:
    """Return the keys of those who wrote any revision of the answer in this round."""
    answers = complaint.answers.all()
    return {row.written_by_id for row in answers if row.round == complaint.round}


def letter_of(answer: Answer) -> AnswerLetter | None:
    """Return the letter of an answer, or ``None``."""
    return getattr(answer, "letter", None)


def being_sent(complaints: Iterable[Complaint]) -> set[int]:
    """Return the keys of the complaints whose answer is in delivery by the portal."""
    answers = Answer.objects.filter(complaint__in=complaints, sent_at=None)
    return set(answers.exclude(sent_through="").values_list("complaint", flat=True))


def last_letter(complaint: Complaint) -> AnswerLetter | None:
    """Return the last letter that has been printed and signed."""
    rows = AnswerLetter.objects.filter(answer__complaint=complaint, signed_at__isnull=False)
    return rows.order_by("answer__revision").last()


def next_level(answer: Answer) -> Approver | None:
    """Return the next level that must approve; ``None`` when all have."""
    agreed = {row.level for row in answer.approvals.all() if row.agreed}
    return next((Approver(level) for level in answer.levels if level not in agreed), None)


def position_at(complaint: Complaint, level: Approver) -> Position | None:
    """Return the position that approves at ``level``; ``None`` for levels outside the office."""
    if level in OUTSIDE:
        return None
    if level is Approver.OFFICE_HEAD:
        return head_of(complaint.office)
    role = Role.SECTION_HEAD if level is Approver.SECTION_HEAD else Role.OFFICER
    return next(iter(positions_with(complaint.office, role)), None)


def unable(complaint: Complaint, writer: User, at: datetime) -> list[Approver]:
    """Return the levels that cannot approve: all holders are subjects or authors of the answer.

    ``writer`` writes the next revision.

    A vacant position is not included: its level waits for a new holder.
    """
    barred = set(complaint.subjects.values_list("pk", flat=True))
    barred |= {writer.pk} | authors_of(complaint)
    levels = []
    for level in (Approver.SECTION_HEAD, Approver.OFFICE_HEAD):
        position = position_at(complaint, level)
        people = holders(position, at) if position else []
        barred_all = bool(people) and all(person.pk in barred for person in people)
        if barred_all or (position is None and level is Approver.SECTION_HEAD):
            levels.append(level)
    return levels


def head_is_complained_about(complaint: Complaint, at: datetime) -> bool:
    """Whether every head of the office is a subject of the complaint."""
    against = {person.pk for person in complaint.subjects.all()}
    if not against:
        return False
    return only_heads_in(against, serving_at(complaint.office, at))


def only_heads_in(people: Container[int], serving: Iterable[Appointment]) -> bool:
    """Whether the office has heads and each of them is one of ``people`` (keys)."""
    heads = [row.user_id for row in serving if row.position.is_head]
    return bool(heads) and all(head in people for head in heads)


# For the complainant -------------------------------------------------------------------------


def sent_answers(complaint: Complaint) -> QuerySet[Answer]:
    """Return the delivered answers, oldest first; for a merged complaint those of its target."""
    rows: QuerySet[Answer] = (complaint.merged_into or complaint).answers.all()
    return rows.exclude(sent_at=None).order_by("round", "revision")


# Lists ----------------------------------------------------------------------------------------


class Show(StrEnum):
    """The saved filters of the worklist; the value stands in the address."""

    WAITING = "menunggu"
    MINE = "saya"
    LATE = "terlambat"
    NEARLY = "hampir"
    COMPLAINANT = "pengadu"
    APPROVAL = "persetujuan"
    ALL = "semua"
    SUGGESTIONS = "saran"
    CLOSED = "ditutup"


def shown(
    show: Show, seen: ComplaintQuerySet, user: User, at: datetime, nearly: Q | None = None
) -> Q:
    """Return the condition of a saved filter: a list and a count of it ask the same one.

    ``nearly`` is what ``due_soon`` returns for the offices of the list, if the caller has read it.
    """
    unclosed = Q(status__in=UNCLOSED)
    if show is Show.WAITING:
        return seen.turn_of(user)
    if show is Show.NEARLY:
        return unclosed & (due_soon(offices_of(user, at), at) if nearly is None else nearly)
    return {
        Show.MINE: unclosed & Q(owner=user),
        Show.LATE: unclosed & Q(due_at__lte=at),
        Show.COMPLAINANT: Q(status=Status.INCOMPLETE),
        Show.APPROVAL: Q(status=Status.DRAFTED),
        Show.SUGGESTIONS: Q(status=Status.SUGGESTION),
        Show.CLOSED: Q(status__in=CLOSED),
        Show.ALL: unclosed,
    }[show]
