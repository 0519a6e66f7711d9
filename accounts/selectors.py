"""Who may sit at which desk now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import combinations

from django.db.models import Exists, OuterRef, Q

from accounts.domain.appointments import Tenure, clash, last_day_before, two_definitive
from accounts.models import Appointment, Capacity, Office, Position, User


def held(user: User, at: datetime) -> dict[int, Appointment]:
    """Return the appointments ``user`` holds at ``at`` by position key, definitive ones first."""
    rows = sorted(
        Appointment.objects.of(user, at), key=lambda row: row.capacity != Capacity.DEFINITIVE
    )
    appointments: dict[int, Appointment] = {}
    for row in rows:
        appointments.setdefault(row.position_id, row)
    return appointments


def offices_of(user: User, at: datetime) -> list[Office]:
    """Return the offices in which ``user`` serves at ``at``."""
    return list(
        {row.position.office_id: row.position.office for row in held(user, at).values()}.values()
    )


def seat_in(user: User | None, office_id: int, at: datetime) -> Appointment | None:
    """Return in which appointment ``user`` serves at one office, the definitive one first."""
    rows = held(user, at).values() if user else ()
    return next((row for row in rows if row.position.office_id == office_id), None)


def head_seat(user: User, office_id: int, at: datetime) -> Appointment | None:
    """Return the appointment in which ``user`` heads one office; ``None`` if they do not."""
    rows = held(user, at).values()
    return next(
        (row for row in rows if row.position.is_head and row.position.office_id == office_id), None
    )


def capacity_text(appointment: Appointment | None) -> str:
    """Return "Plt. Kepala Dinas" or "Front Office"; "" for a user without a position."""
    if appointment is None:
        return ""
    prefix = (
        ""
        if appointment.capacity == Capacity.DEFINITIVE
        else f"{appointment.get_capacity_display()} "
    )
    return f"{prefix}{position_text(appointment.position)}"


def position_text(position: Position) -> str:
    """Return the name of a position; one of a partner body names the body, too."""
    office = position.office
    return f"{position.name}, {office.short_name}" if office.partner_of_id else position.name


def position_named(key: int) -> str:
    """Return the name of the position with this key; "" for none."""
    found = Position.objects.select_related("office").filter(pk=key).first()
    return position_text(found) if found else ""


def holders(position: Position, at: datetime) -> list[User]:
    """Return who holds ``position`` at ``at``, by the day of its office, each once."""
    today = position.office.local_date(at)
    rows = Appointment.objects.in_force(today).filter(position=position).select_related("user")
    return list({row.user_id: row.user for row in rows}.values())


def reachable(position: Position | None, at: datetime) -> list[User]:
    """Return who is told for ``position``: its holders, else those of the next superior with one.

    The holders are active (``in_force``): nobody who has left is written to.
    """
    chain = [position, *superiors(position)] if position else []
    return next((people for one in chain if (people := holders(one, at))), [])


def leads(user: User, at: datetime) -> bool:
    """Whether ``user`` holds at ``at`` a position that is the superior of another."""
    return Position.objects.filter(superior__in=held(user, at)).exists()


def leads_in(user: User, at: datetime) -> set[int]:
    """Return the keys of the offices in which ``user`` leads others at ``at``.

    These are the head and whoever holds a position that is the superior of another.
    """
    seats = Position.objects.filter(pk__in=list(held(user, at)))
    return set(seats.filter(leading()).values_list("office", flat=True))


def leading() -> Q:
    """Return the condition of a position that leads others: the head's, or a superior one."""
    return Q(is_head=True) | Q(Exists(Position.objects.filter(superior=OuterRef("pk"))))


def superiors(position: Position) -> list[Position]:
    """Return the chain of superiors from the next one up, each once."""
    chain: list[Position] = []
    current = position.superior
    while current is not None and current not in chain:
        chain.append(current)
        current = current.superior
    return chain


def below(positions: Iterable[int]) -> set[int]:
    """Return the keys of all positions below these, at any depth, in one query.

    Superiors are of the same office. These themselves are among them only if a chain of superiors
    leads back.
    """
    level, found = set(positions), set[int]()
    offices = Position.objects.filter(pk__in=level).values("office")
    led = list(Position.objects.filter(office__in=offices).values_list("pk", "superior"))
    while level:
        level = {pk for pk, superior in led if superior in level} - found
        found |= level
    return found


def clashing(appointment: Appointment, day: date | None = None) -> list[Appointment]:
    """Return the other appointments to the same chair that stand in the way of this one.

    With ``day`` only those in force on that day.
    """
    others = Appointment.objects.filter(position=appointment.position_id).exclude(pk=appointment.pk)
    rows = others if day is None else others.in_force(day)
    mine = _tenure(appointment)
    return [row for row in rows.select_related("user") if clash(mine, _tenure(row))]


def ended_by(appointment: Appointment) -> list[tuple[Appointment, date]]:
    """Return whose term at the same chair ends because of this one, with their last days."""
    mine = _tenure(appointment)
    pairs = [(row, last_day_before(mine, _tenure(row))) for row in clashing(appointment)]
    return [(row, last) for row, last in pairs if last is not None]


def makes_two_heads(appointment: Appointment) -> bool:
    """Whether an office would have two definitive heads, after predecessors have ended."""
    ended = {row.pk for row, _last in ended_by(appointment)}
    mine = _tenure(appointment)
    rows = [row for row in clashing(appointment) if row.pk not in ended]
    return any(two_definitive(mine, _tenure(row)) for row in rows)


def several_definitive(position: Position, day: date) -> bool:
    """Whether two people hold a position definitively on the same day, on ``day`` or later."""
    rows = Appointment.objects.filter(position=position, capacity=Capacity.DEFINITIVE)
    rows = rows.exclude(ended_on__lt=day)
    tenures = [Tenure(row.started_on, row.ended_on, False, True) for row in rows]
    return any(two_definitive(one, other) for one, other in combinations(tenures, 2))


def holding(positions: Iterable[Position], day: date) -> list[User]:
    """Return who holds one of ``positions`` on ``day`` or will later, each once."""
    rows = Appointment.objects.filter(position__in=list(positions)).exclude(ended_on__lt=day)
    found = {row.user_id: row.user for row in rows.select_related("user")}
    return [found[key] for key in sorted(found)]


def _tenure(row: Appointment) -> Tenure:
    acting = row.capacity != Capacity.DEFINITIVE
    return Tenure(row.started_on, row.ended_on, acting, row.position.is_head)
