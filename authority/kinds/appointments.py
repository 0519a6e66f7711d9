"""Proposals of appointments: a new one, and a change of its days or capacity.

An appointment is never deleted: it ends. Days are plain text ("2026-11-27") in the facts.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Appointment, Capacity, Position, User
from accounts.selectors import capacity_text, clashing, ended_by, makes_two_heads
from authority.kinds.base import Kind, Lines, changed, person_of
from authority.models import Proposal
from workflow.formats import day


def new_facts(
    *, capacity: str, started_on: date, ended_on: date | None, person: User, position: Position
) -> dict[str, Any]:
    """Return the facts of a new appointment, with the others that stand in its way today."""
    facts = _term(capacity, started_on, ended_on)
    return {**facts, "email": person.email, **_in_the_way(_row(person, position, facts))}


def amended_facts(
    appointment: Appointment, *, capacity: str, started_on: date, ended_on: date | None
) -> dict[str, Any]:
    """Return the facts of a changed appointment: before, after, and what stands in the way."""
    after = _term(capacity, started_on, ended_on)
    changed = _row(appointment.user, appointment.position, after)
    changed.pk = appointment.pk
    return {"before": _as_it_is(appointment), "after": after, **_in_the_way(changed)}


def superseded(keys: list[int], person: User | None) -> list[User]:
    """Return the people of the appointments ``keys`` who sit in that chair, without ``person``."""
    rows = Appointment.objects.filter(pk__in=keys).select_related("user")
    if person is not None:
        rows = rows.exclude(user=person)
    return list({row.user_id: row.user for row in rows}.values())


def _term(capacity: str, started_on: date, ended_on: date | None) -> dict[str, Any]:
    return {
        "capacity": capacity,
        "started_on": started_on.isoformat(),
        "ended_on": ended_on.isoformat() if ended_on else None,
    }


def _as_it_is(row: Appointment) -> dict[str, Any]:
    return _term(row.capacity, row.started_on, row.ended_on)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _row(person: User, position: Position, term: dict[str, Any]) -> Appointment:
    """Return an appointment with this term, which is not saved."""
    return Appointment(
        user=person,
        position=position,
        capacity=term["capacity"],
        started_on=date.fromisoformat(term["started_on"]),
        ended_on=_day(term["ended_on"]),
    )


def _in_the_way(row: Appointment) -> dict[str, Any]:
    """Return who else holds that chair then, and whose term ends because of this one."""
    ends = [
        {"appointment": other.pk, **_as_it_is(other), "last_on": last.isoformat()}
        for other, last in ended_by(row)
    ]
    return {
        "overlaps": sorted(other.pk for other in clashing(row)),
        "ends": sorted(ends, key=lambda each: each["appointment"]),
    }


def _chair(row: Appointment, facts: dict[str, Any]) -> str:
    """Return why the chair is no longer as it was proposed, "" if it is."""
    if makes_two_heads(row):
        return "proposal_two_heads"
    before = {"overlaps": facts["overlaps"], "ends": facts.get("ends", [])}
    return "" if _in_the_way(row) == before else "proposal_chair_changed"


def _end_others(proposal: Proposal) -> None:
    """End the terms that a definitive successor ends, as it was proposed."""
    for each in proposal.facts.get("ends", []):
        row = Appointment.objects.select_for_update(of=("self",)).get(pk=each["appointment"])
        row.ended_on = _day(each["last_on"])
        row.decree = _with_decree(row, proposal)
        row.save(update_fields=["ended_on", "decree"])


def _with_decree(row: Appointment, proposal: Proposal) -> str:
    return "; ".join(filter(None, (row.decree, proposal.decree)))[-200:]


def _after(proposal: Proposal, user: User) -> str:
    """Tell somebody whose term ends when that is."""
    keys = {each["appointment"]: each for each in proposal.facts.get("ends", [])}
    rows = Appointment.objects.filter(pk__in=keys, user=user).order_by("pk")
    lines = [
        _("Masa jabatan Anda sebagai %(position)s berakhir %(day)s.")
        % {"position": capacity_text(row), "day": day(_day(keys[row.pk]["last_on"]))}
        for row in rows
    ]
    return " ".join(lines)


# A new appointment ----------------------------------------------------------------------------


def _proposed(proposal: Proposal) -> Appointment:
    assert proposal.position  # noqa: S101  of this kind
    return _row(person_of(proposal), proposal.position, proposal.facts)


def _new_sentence(proposal: Proposal) -> str:
    row = _proposed(proposal)
    return _("%(person)s menjadi %(position)s mulai %(day)s") % {
        "person": proposal.person,
        "position": capacity_text(row),
        "day": day(row.started_on),
    }


def _new_lines(proposal: Proposal) -> Lines:
    row = _proposed(proposal)
    return [
        (_("Jabatan"), capacity_text(row)),
        (_("Kedudukan"), row.get_capacity_display()),
        (_("Mulai"), day(row.started_on)),
        (_("Sampai"), day(row.ended_on) or _("Tidak dibatasi")),
        *_others(proposal.facts),
    ]


def _others(facts: dict[str, Any]) -> Lines:
    """Return who holds the chair beside, and whose term ends."""
    ends = {each["appointment"]: each for each in facts.get("ends", [])}
    rows = Appointment.objects.filter(pk__in=facts["overlaps"]).select_related("user")
    beside, ended = [], []
    for row in rows:
        name = f"{row.user} ({row.get_capacity_display()})"
        if row.pk in ends:
            words = {"name": name, "day": day(_day(ends[row.pk]["last_on"]))}
            ended.append(_("%(name)s, terakhir %(day)s") % words)
        else:
            beside.append(f"{name}, {_days(row)}")
    lines: Lines = [(_("Pada masa itu juga dijabat oleh"), beside or _("Tidak ada"))]
    return [*lines, (_("Masa jabatan yang berakhir karenanya"), ended)] if ended else lines


def _days(row: Appointment) -> str:
    words = {"first": day(row.started_on), "last": day(row.ended_on)}
    if row.ended_on is None:
        return _("sejak %(first)s") % words
    return _("%(first)s sampai %(last)s") % words


def _new_premise(proposal: Proposal, at: datetime) -> str:
    row = _proposed(proposal)
    if row.ended_on and row.ended_on < proposal.office.local_date(at):
        return "proposal_term_over"
    same = Appointment.objects.filter(
        user=row.user, position=row.position, started_on=row.started_on
    )
    if same.exists():
        return "proposal_appointed_already"
    if row.user.email != proposal.facts["email"]:
        return "proposal_changed"
    return _chair(row, proposal.facts)


def _appoint(proposal: Proposal, by: User | None, at: datetime) -> None:
    row = _proposed(proposal)
    row.decree = proposal.decree[:200]
    _end_others(proposal)
    row.save()


APPOINT = Kind(_new_sentence, _new_lines, _new_premise, _appoint, _after)


# A changed one --------------------------------------------------------------------------------


def _of(proposal: Proposal) -> Appointment:
    assert proposal.appointment  # noqa: S101  of this kind
    return proposal.appointment


def _amended(proposal: Proposal) -> Appointment:
    row = _row(_of(proposal).user, _of(proposal).position, proposal.facts["after"])
    row.pk = _of(proposal).pk
    return row


def _amend_sentence(proposal: Proposal) -> str:
    row = _amended(proposal)
    words = {
        "person": proposal.person,
        "position": capacity_text(row),
        "first": day(row.started_on),
        "last": day(row.ended_on),
    }
    if row.ended_on is None:
        return _("%(person)s sebagai %(position)s: mulai %(first)s, tidak dibatasi") % words
    return _("%(person)s sebagai %(position)s: %(first)s sampai %(last)s") % words


def _amend_lines(proposal: Proposal) -> Lines:
    before, after = proposal.facts["before"], proposal.facts["after"]
    lines: Lines = [(_("Jabatan"), _of(proposal).position.name)]
    for name, label in (
        ("capacity", _("Kedudukan")),
        ("started_on", _("Mulai")),
        ("ended_on", _("Sampai")),
    ):
        lines.append((label, changed(_shown(name, before[name]), _shown(name, after[name]))))
    return [*lines, *_others(proposal.facts)]


def _shown(name: str, value: str | None) -> str:
    if name == "capacity" and value:
        return str(Capacity(value).label)
    return day(_day(value)) or _("Tidak dibatasi")


def _amend_premise(proposal: Proposal, at: datetime) -> str:
    if _as_it_is(_of(proposal)) != proposal.facts["before"]:
        return "proposal_changed"
    row = _amended(proposal)
    same = Appointment.objects.filter(
        user=row.user, position=row.position, started_on=row.started_on
    )
    if same.exclude(pk=row.pk).exists():
        return "proposal_appointed_already"
    return _chair(row, proposal.facts)


def _amend(proposal: Proposal, by: User | None, at: datetime) -> None:
    row, new = _of(proposal), _amended(proposal)
    row.capacity, row.started_on, row.ended_on = new.capacity, new.started_on, new.ended_on
    row.decree = _with_decree(row, proposal)
    _end_others(proposal)
    row.save(update_fields=["capacity", "started_on", "ended_on", "decree"])


AMEND = Kind(_amend_sentence, _amend_lines, _amend_premise, _amend, _after)
