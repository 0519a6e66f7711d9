"""Who administers an office, who heads it, and what waits for whom as the second person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.administered import administrators_of, offices_kept, people_kept, rows_kept
from accounts.domain.two_people import Matter
from accounts.models import Appointment, Capacity, Office, Position, User
from accounts.selectors import held
from authority.domain.lifecycle import KEPT_OPEN_DAYS, Status
from authority.models import ActsSeen, KindOf, Proposal, SoleAdministrator

SAME_DECREE = timedelta(hours=2)
ADMINISTERS = "authority.add_proposal"  # proposing and confirming are one authority


def administrators(*, full: bool = False, office: Office | None = None) -> QuerySet[User]:
    """Return the active administrators: staff with the authority to propose.

    ``full``: those with every authority alone (superusers). ``office``: those who keep it.
    """
    rows: Any = ModelBackend().with_perm(ADMINISTERS)
    rows = rows.filter(is_staff=True)
    if office is not None:
        rows = rows.filter(pk__in=administrators_of(office).values("pk"))
    return rows.filter(is_superuser=True) if full else rows


def administers(user: User) -> bool:
    """Whether ``user`` is an administrator, who proposes and confirms."""
    return user.is_active and user.is_staff and user.has_perm(ADMINISTERS)


def people_for(administrator: User) -> QuerySet[User]:
    """Return the people about whom ``administrator`` may propose something."""
    return people_kept(administrator)


def positions_for(administrator: User) -> QuerySet[Position]:
    """Return the positions of which ``administrator`` may propose a change."""
    rows = Position.objects.select_related("office", "superior").order_by("office", "name")
    return rows_kept(administrator, rows, "office")


def appointments_for(administrator: User) -> QuerySet[Appointment]:
    """Return the appointments of which ``administrator`` may propose a change."""
    rows = Appointment.objects.select_related("user")
    return rows_kept(administrator, rows, "position__office")


def heads(office: Office, at: datetime) -> list[User]:
    """Return who acts for the office as its head at ``at``: the definitive one, else the Plt.

    A Plh. stands in for a few days and decides nothing about people (UU 30/2014, article 14).
    """
    rows = _head_rows(office, at)
    definitive = [row.user for row in rows if row.capacity == Capacity.DEFINITIVE]
    return definitive or [row.user for row in rows if row.capacity == Capacity.ACTING]


def all_heads(office: Office, at: datetime) -> list[User]:
    """Return everybody who sits in the chair of the head at ``at``, in whatever capacity."""
    return list({row.user_id: row.user for row in _head_rows(office, at)}.values())


def _head_rows(office: Office, at: datetime) -> list[Appointment]:
    rows = Appointment.objects.in_force(office.local_date(at))
    return list(rows.filter(position__office=office, position__is_head=True).select_related("user"))


def headed(user: User, at: datetime) -> list[int]:
    """Return the keys of the offices for which ``user`` confirms and refuses as their head."""
    chairs = {
        row.position.office_id: row
        for row in held(user, at).values()
        if row.position.is_head and row.capacity != Capacity.DAILY
    }
    return [
        key
        for key, row in chairs.items()
        if row.capacity == Capacity.DEFINITIVE
        or any(head.pk == user.pk for head in heads(row.position.office, at))
    ]


def said_alone(office: Office) -> SoleAdministrator | None:
    """Return the statement of ``office`` that it has one administrator, while it holds."""
    rows = SoleAdministrator.objects.filter(office=office, ended_at=None)
    return rows.select_related("said_by").first()


def needs_full(proposal: Proposal) -> bool:
    """Whether only administrators with every authority may propose and confirm it.

    Nobody gives, or takes from somebody, what they do not have themselves: an account opens what
    its owner has at every office, and rights are those of administrators.
    """
    if proposal.person is None:
        return False
    if proposal.kind == KindOf.RIGHTS or proposal.person.is_superuser:
        return True
    about_account = proposal.kind not in (KindOf.APPOINT, KindOf.AMEND)
    proposed_on = proposal.office.local_date(proposal.proposed_at)
    return about_account and _serves_besides(proposal.person, proposal.office, proposed_on)


def people_of(proposal: Proposal) -> list[User]:
    """Return whom a proposal concerns: its person, or who holds the position it is about."""
    if proposal.person is not None:
        return [proposal.person]
    return list(proposal.concerned.order_by("pk"))


def _serves_besides(person: User, office: Office, day: date) -> bool:
    held = Appointment.objects.filter(user=person).exclude(position__office=office)
    return (
        held.exclude(ended_on__lt=day).exists()
        or person.administers.exclude(pk=office.pk).exists()
        or person.workplace_id not in (None, office.pk)
    )


def matter_of(proposal: Proposal) -> Matter:
    """Return a proposal as the rule of two people sees it."""
    able = administrators(full=needs_full(proposal), office=proposal.office)
    return Matter(
        proposer=proposal.proposed_by_id,
        concerned=frozenset(user.pk for user in people_of(proposal)),
        administrators=frozenset(able.values_list("pk", flat=True)),
        said_alone=said_alone(proposal.office) is not None,
    )


def waiting_for(user: User, at: datetime) -> QuerySet[Proposal]:
    """Return the proposals that wait for ``user`` as the second person, oldest first.

    With the rows that a page shows.
    """
    rows = Proposal.objects.open().with_related().exclude(proposed_by=user).exclude(person=user)
    rows = rows.exclude(concerned=user).order_by("proposed_at", "pk")
    if administers(user):
        if not user.is_superuser:
            rows = rows.exclude(person__is_superuser=True).exclude(kind=KindOf.RIGHTS)
        return rows_kept(user, rows, "office")
    here = Q(is_superuser=True) | Q(administers=OuterRef("office"))
    others = administrators().filter(here).exclude(pk=OuterRef("proposed_by"))
    held = Proposal.concerned.through.objects.filter(
        proposal=OuterRef(OuterRef("pk")), user=OuterRef("pk")
    )
    able = others.exclude(pk=Coalesce(OuterRef("person"), 0)).exclude(Exists(held))
    said = SoleAdministrator.objects.filter(office=OuterRef("office"), ended_at=None)
    rows = rows.filter(office__in=headed(user, at)).exclude(Exists(able))
    return rows.filter(Exists(said) | Exists(others))


def visible_to(user: User, at: datetime) -> QuerySet[Proposal]:
    """Return the proposals that ``user`` may read, with the rows that a page shows."""
    offices = [*headed(user, at)]
    if administers(user):
        offices += offices_kept(user).values_list("pk", flat=True)
    return Proposal.objects.visible_to(user, offices).with_related()


def last_term(user: User, at: datetime) -> dict[str, Any]:
    """Return capacity, days and decree of the appointment that ``user`` proposed last, or {}.

    Only of the last hours: one decree often appoints several people, who are entered in a row.
    """
    rows = Proposal.objects.filter(
        kind=KindOf.APPOINT, proposed_by=user, proposed_at__gt=at - SAME_DECREE
    )
    row = rows.order_by("-proposed_at", "-pk").first()
    if row is None:
        return {}
    names = ("capacity", "started_on", "ended_on")
    decree = {"decree_number": row.decree_number, "decree_date": row.decree_date}
    return {**{name: row.facts.get(name) for name in names}, **decree}


def lapses_at(proposal: Proposal) -> datetime:
    """Return when a proposal that nobody confirms ends by itself."""
    return proposal.proposed_at + timedelta(days=KEPT_OPEN_DAYS)


def definitive_offices(user: User, at: datetime) -> list[Office]:
    """Return the offices that ``user`` heads definitively at ``at``."""
    rows = held(user, at).values()
    return [
        row.position.office
        for row in rows
        if row.position.is_head and row.capacity == Capacity.DEFINITIVE
    ]


def stand_ins(office: Office) -> list[Appointment]:
    """Return everybody who ever stood in for the head of ``office``, the latest first.

    A term that was shortened later still counts with its old days, and a chair that was the head's
    until it moved: what was done then stays listed.
    """
    chairs = _chairs(office)
    rows = Appointment.objects.filter(
        position__in=chairs,
        capacity__in=(Capacity.ACTING, Capacity.DAILY),
    ).select_related("user")
    amended = Proposal.objects.filter(
        kind=KindOf.AMEND,
        status=Status.CONFIRMED,
        appointment__position__in=chairs,
    ).select_related("appointment__user", "appointment__position__office")
    before = [
        Appointment(
            user=appointment.user,
            position=appointment.position,
            capacity=facts["capacity"],
            started_on=date.fromisoformat(facts["started_on"]),
            ended_on=_day(facts["ended_on"]),
        )
        for proposal in amended
        if (appointment := proposal.appointment)
        and (facts := proposal.facts["before"])["capacity"] != Capacity.DEFINITIVE
    ]
    found = [*rows, *before, *_ended_by_successors(office, chairs)]
    return sorted(found, key=lambda row: row.started_on, reverse=True)


def _chairs(office: Office) -> list[int]:
    """Return the positions that are or were the head's."""
    now = Position.objects.filter(office=office, is_head=True).values_list("pk", flat=True)
    moved = Proposal.objects.filter(kind=KindOf.HEAD, status=Status.CONFIRMED, office=office)
    return [*now, *(row.facts["before"]["position"] for row in moved)]


def _ended_by_successors(office: Office, chairs: list[int]) -> list[Appointment]:
    """Return the terms of stand-ins as they were before a definitive successor ended them."""
    confirmed = Proposal.objects.filter(
        Q(position__in=chairs) | Q(appointment__position__in=chairs),
        kind__in=(KindOf.APPOINT, KindOf.AMEND),
        status=Status.CONFIRMED,
        office=office,
    )
    ended = {each["appointment"]: each for row in confirmed for each in row.facts.get("ends", [])}
    rows = Appointment.objects.filter(pk__in=ended).exclude(capacity=Capacity.DEFINITIVE)
    return [
        Appointment(
            user=row.user,
            position=row.position,
            capacity=row.capacity,
            started_on=row.started_on,
            ended_on=_day(ended[row.pk]["ended_on"]),
        )
        for row in rows.select_related("user")
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def unseen_stand_ins(user: User, offices: Sequence[Office], at: datetime) -> QuerySet[Appointment]:
    """Return the stand-ins at ``offices`` whose acts their head ``user`` has not looked at.

    A term that goes on is shown once, and again when it is over.
    """
    today = max((office.local_date(at) for office in offices), default=None)
    rows = Appointment.objects.filter(
        position__office__in=offices,
        position__is_head=True,
        capacity__in=(Capacity.ACTING, Capacity.DAILY),
        started_on__lte=today,
    ).exclude(user=user)
    seen = ActsSeen.objects.filter(office=OuterRef("position__office"))
    over = Q(ended_on__lt=today)
    return rows.filter(
        over & ~Exists(seen.filter(until_on__gt=OuterRef("ended_on")))
        | ~over & ~Exists(seen.filter(until_on__gte=OuterRef("started_on")))
    )


def seen_until(office: Office) -> datetime | None:
    """Return until when the definitive head has looked at what acting heads did."""
    mark = ActsSeen.objects.filter(office=office).order_by("-until").first()
    return mark.until if mark else None
