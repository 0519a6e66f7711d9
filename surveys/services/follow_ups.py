"""Follow-ups of low elements: opened with the report, planned, done with evidence, watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, Office, User
from accounts.officers import Officer
from accounts.selectors import reachable, seat_in
from documents.uploads import Checked
from notices import outbox
from reports import selectors as reports
from reports.domain.periods import Period
from reports.models import ReportRole
from standards.models import PublicConsultation
from standards.services.publicity import keep_document
from surveys import policies
from surveys.domain import follow_up as rules
from surveys.domain.index import Result
from surveys.models import FollowUp, FollowUpDeadline, Question
from workflow import alarms
from workflow.alarms import Reached, WatchedTerm
from workflow.domain.clock import Unit, end_of
from workflow.domain.errors import DomainError
from workflow.domain.marks import Mark
from workflow.formats import day_lazy

_TOLD_AFTER = timedelta(days=7)  # superiors
_MARKS = (
    Mark("sepekan", days=-7),
    Mark("jatuh-tempo", days=0),
    Mark("lewat", "breach"),
    Mark("atasan", "escalate", days=_TOLD_AFTER.days, level=1),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned for one element."""

    programme: str
    month: date
    owner: User


@transaction.atomic
def open_for(
    office: Office,
    period: Period,
    result: Result | None,
    questions: Mapping[str, Question],
    at: datetime,
) -> list[FollowUp]:
    """Open what is missing for the three lowest elements and those graded C or D; return all.

    Whoever compiles the report again gets the same rows. What was opened for an element that is no
    longer low is taken back, unless somebody has planned or done it.
    """
    wanted = dict(rules.to_follow_up(result)) if result else {}
    rows = FollowUp.objects.filter(office=office, period=period.code)
    rows.exclude(element__in=wanted).filter(programme="", done_on=None).delete()
    for key, grade in wanted.items():
        owed = grade in rules.OWED_GRADES
        facts = {"grade": grade, "owed": owed}
        name = questions[key].name if key in questions else key
        row, is_new = FollowUp.objects.update_or_create(
            office=office,
            period=period.code,
            element=key,
            defaults=facts,
            create_defaults={**facts, "name": name, "opened_at": at},
        )
        if owed:
            _set_term(row, row.opened_at, _due(row, period))
    order = {key: number for number, key in enumerate(wanted)}
    return sorted(rows, key=lambda row: order.get(row.element, len(order)))


def _due(row: FollowUp, period: Period) -> date:
    return rules.end_of_month(row.month) if row.month else rules.last_day(period)


def _set_term(row: FollowUp, began: datetime, due_on: date) -> None:
    """Begin the term of a follow-up, or move it; one that is done has none."""
    if row.done_on is not None:
        return
    zone = row.office.zone
    days = max((due_on - row.office.local_date(began)).days, 1)
    facts = {
        "term_amount": days,
        "term_unit": Unit.CALENDAR_DAY,
        "started_at": began,
        "due_on": due_on,
        "due_at": end_of(due_on, zone),
    }
    deadline, _new = FollowUpDeadline.objects.update_or_create(follow_up=row, defaults=facts)
    alarms.plan(deadline)
    deadline.save(update_fields=["next_mark_at"])


@transaction.atomic
def plan(
    rows: Sequence[FollowUp],
    plans: Mapping[str, Plan],
    *,
    consulted_on: date | None,
    at: datetime,
    consultation: PublicConsultation | None = None,
) -> list[FollowUp]:
    """Write the plan of each element (by key); its term ends with the month that was planned.

    ``consultation`` is the record of the forum in which it was discussed, if there is one.
    """
    for row in rows:
        one = plans[row.element]
        row.programme, row.month, row.owner = one.programme, one.month, one.owner
        row.consulted_on, row.consultation = consulted_on, consultation
        row.save(update_fields=["programme", "month", "owner", "consulted_on", "consultation"])
        _set_term(row, row.opened_at, rules.end_of_month(one.month))
    return list(rows)


@transaction.atomic
def finish(
    row: FollowUp,
    *,
    done_on: date,
    evidence: str,
    actor: User,
    at: datetime,
    upload: Checked | None = None,
) -> FollowUp:
    """Record that a follow-up is done, with its evidence: words, an uploaded document, or both.

    A document without words is named by its file. Two at once: the second finds it done. Raises
    ``DomainError``: follow_up_done, follow_up_day, follow_up_evidence, file_infected,
    storage_full, and the code of ``may_finish``.
    """
    fresh = FollowUp.objects.select_for_update(of=("self",)).select_related("office").get(pk=row.pk)
    verdict = policies.may_finish(actor, fresh, at)
    if not verdict:
        raise DomainError(verdict.reason)
    if fresh.done_on is not None:
        raise DomainError("follow_up_done")
    opened = fresh.office.local_date(fresh.opened_at)
    if not opened <= done_on <= fresh.office.local_date(at):
        raise DomainError("follow_up_day")
    words = evidence.strip() or (upload.name if upload else "")
    if not words:
        raise DomainError("follow_up_evidence")
    if upload is not None:
        fresh.document = keep_document(fresh.office, upload, actor=actor, at=at)
    fresh.done_on, fresh.evidence, fresh.done_by = done_on, words, actor
    fresh.save(update_fields=["done_on", "evidence", "document", "done_by"])
    for deadline in FollowUpDeadline.objects.filter(follow_up=fresh).running():
        alarms.end(deadline, at)
    return fresh


# The term ------------------------------------------------------------------------------------


def _rows() -> QuerySet[FollowUpDeadline]:
    return FollowUpDeadline.objects.select_related("follow_up__office", "follow_up__owner")


def _lock(row: FollowUpDeadline) -> FollowUpDeadline | None:
    return _rows().select_for_update(of=("self",)).filter(pk=row.pk).first()


def _office(row: FollowUpDeadline) -> Office:
    return row.follow_up.office


def _answer(reached: Reached) -> None:
    """Remind who is in charge; once it is late also the compilers, then the superior."""
    row: FollowUpDeadline = reached.deadline
    follow_up, office = row.follow_up, row.follow_up.office
    compilers = reports.told(office, ReportRole.Role.COMPILER, reached.at)
    owners = [follow_up.owner] if follow_up.owner else compilers
    for mark in reached.marks:
        what, people = "follow_up_due", owners
        if mark.act == "breach":
            row.breached_at = row.breached_at or reached.at
            row.save(update_fields=["breached_at"])
            what, people = "follow_up_late", owners + compilers
        elif mark.act == "escalate":
            what, people = "follow_up_late", _superiors(follow_up, reached.at)
        for person in {user.pk: user for user in people}.values():
            outbox.post(
                f"{what}:{row.pk}:{row.due_on:%Y%m%d}:{mark.code}:{person.pk}",
                f"surveys/{what}",
                to=person,
                at=reached.at,
                about=f"survey-follow-up:{follow_up.pk}",
                sender=office,
                name=person.full_name,
                office=office.name,
                element=follow_up.name,
                until=day_lazy(row.due_on),
                path=reverse("surveys:follow_ups"),
            )


def _superiors(row: FollowUp, at: datetime) -> list[User]:
    """Return who is above the owner; without an owner, or above the head, the heads."""
    seat = seat_in(row.owner, row.office_id, at)
    above = seat.position.superior if seat else None
    return reachable(above, at) if above else reports.heads(row.office, at)


def reported_follow_ups(officer: Officer) -> list[FollowUp]:
    """Return the late follow-ups that were reported to ``officer`` as superior of their owners."""
    found: list[FollowUp] = []
    for office in officer.offices:
        below = Appointment.objects.in_force(office.local_date(officer.at)).filter(
            position__office=office, position__superior__in=list(officer.seats)
        )
        rows = (
            FollowUp.objects.sent_to([office])
            .open()
            .filter(owner__in=below.values("user"), deadline__due_at__lte=officer.at - _TOLD_AFTER)
        )
        found += rows.exclude(owner=officer.user).order_by("deadline__due_at", "pk")
    return found


def register() -> None:
    """Have the terms of follow-ups watched."""
    alarms.register(
        WatchedTerm(
            name="surveys.follow_up",
            label=_("Menindaklanjuti unsur survei"),
            marks=_MARKS,
            rows=_rows,
            lock=_lock,
            office=_office,
            office_path="follow_up__office",
            acts=("warn", "breach", "escalate"),
            answer=_answer,
        )
    )
