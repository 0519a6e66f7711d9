"""Who may sit at which desk now."""

from __future__ import annotations

from datetime import date, datetime

from accounts.domain.appointments import Tenure, clash
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


def capacity_text(appointment: Appointment | None) -> str:
    """Return "Plt. Kepala Dinas" or "Front Office"; "" for a user without a position."""
    if appointment is None:
        return ""
    prefix = (
        ""
        if appointment.capacity == Capacity.DEFINITIVE
        else f"{appointment.get_capacity_display()} "
    )
    return f"{prefix}{appointment.position.name}"


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


def superiors(position: Position) -> list[Position]:
    """Return the chain of superiors from the next one up, each once."""
    chain: list[Position] = []
    current = position.superior
    while current is not None and current not in chain:
        chain.append(current)
        current = current.superior
    return chain


def clashing(appointment: Appointment, day: date | None = None) -> list[Appointment]:
    """Return the other appointments to the same chair that stand in the way of this one.

    With ``day`` only those in force on that day.
    """
    others = Appointment.objects.filter(position=appointment.position_id).exclude(pk=appointment.pk)
    rows = others if day is None else others.in_force(day)
    mine = _tenure(appointment)
    return [row for row in rows.select_related("user") if clash(mine, _tenure(row))]


def _tenure(row: Appointment) -> Tenure:
    acting = row.capacity != Capacity.DEFINITIVE
    return Tenure(row.started_on, row.ended_on, acting, row.position.is_head)
