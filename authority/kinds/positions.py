"""Proposals about a position that is held: its name and superior, and which one is the head's.

They change what its holders may do without naming a person: the facts list the holders, who are
told and who do not confirm.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Office, Position, User
from accounts.selectors import holding, several_definitive, superiors
from authority.kinds.base import Kind, Lines, changed
from authority.models import Proposal


def holders_of(positions: Iterable[Position], day: date) -> list[int]:
    """Return the keys of the people who hold ``positions`` on ``day`` or will later."""
    return [user.pk for user in holding(positions, day)]


def newcomers(proposal: Proposal, positions: Iterable[Position], at: datetime) -> bool:
    """Whether somebody holds ``positions`` who did not when it was proposed."""
    day = proposal.office.local_date(at)
    return not set(holders_of(positions, day)) <= set(proposal.facts["holders"])


def position_of(proposal: Proposal) -> Position:
    """Return the position that a proposal of these kinds is about."""
    assert proposal.position  # noqa: S101  of these kinds
    return proposal.position


# Name and superior ----------------------------------------------------------------------------


def position_facts(
    position: Position, *, name: str, superior: Position | None, day: date
) -> dict[str, Any]:
    """Return the facts of a changed position: before, after, who holds it, the old superior's.

    Who holds the new superior gains by it too, unless it is the head, who has the office already.
    """
    gaining = [superior] if superior and not superior.is_head else []
    moved = position.superior_id != (superior.pk if superior else None)
    holders = holders_of([position, *(gaining if moved else [])], day)
    losing = [position.superior] if moved and position.superior else []
    left = [key for key in holders_of(losing, day) if key not in holders]
    return {
        "before": _as_it_is(position),
        "after": _state(name, superior),
        "holders": holders,
        "superseded": left,
    }


def _as_it_is(position: Position) -> dict[str, Any]:
    return _state(position.name, position.superior)


def _state(name: str, superior: Position | None) -> dict[str, Any]:
    above = {"id": superior.pk, "name": superior.name} if superior else None
    return {"name": name, "superior": above}


def _above(state: dict[str, Any]) -> str:
    return state["superior"]["name"] if state["superior"] else _("tidak ada")


def _position_sentence(proposal: Proposal) -> str:
    before, after = proposal.facts["before"], proposal.facts["after"]
    words = {"old": before["name"], "new": after["name"], "above": _above(after)}
    if before["name"] == after["name"]:
        return _("Atasan %(old)s menjadi %(above)s") % words
    if before["superior"] == after["superior"]:
        return _("Jabatan %(old)s bernama %(new)s") % words
    return _("Jabatan %(old)s bernama %(new)s, atasannya %(above)s") % words


def _position_lines(proposal: Proposal) -> Lines:
    before, after = proposal.facts["before"], proposal.facts["after"]
    return [
        (_("Nama jabatan"), changed(before["name"], after["name"])),
        (_("Atasan"), changed(_above(before), _above(after))),
    ]


def _superior(proposal: Proposal) -> Position | None:
    above = proposal.facts["after"]["superior"]
    return Position.objects.filter(pk=above["id"]).first() if above else None


def _position_premise(proposal: Proposal, at: datetime) -> str:
    position, facts = position_of(proposal), proposal.facts
    superior = _superior(proposal)
    if _as_it_is(position) != facts["before"]:
        return "proposal_changed"
    if _state(facts["after"]["name"], superior) != facts["after"]:
        return "proposal_changed"
    if superior is not None:
        if superior.office_id != position.office_id:
            return "position_elsewhere"
        if position in (superior, *superiors(superior)):
            return "position_below_itself"
    moved = facts["before"]["superior"] != facts["after"]["superior"]
    gaining = [superior] if superior and moved and not superior.is_head else []
    if newcomers(proposal, [position, *gaining], at):
        return "proposal_chair_changed"
    return ""


def _change_position(proposal: Proposal, by: User | None, at: datetime) -> None:
    position = position_of(proposal)
    position.name, position.superior = proposal.facts["after"]["name"], _superior(proposal)
    position.save(update_fields=["name", "superior"])


POSITION = Kind(_position_sentence, _position_lines, _position_premise, _change_position)


# The chair of the head ------------------------------------------------------------------------


def head_facts(position: Position, *, day: date) -> dict[str, Any]:
    """Return the facts of making ``position`` the head's: old and new chair, who holds them."""
    old = head_chair(position.office)
    chairs = [position, *([old] if old else [])]
    return {
        "before": _chair(old),
        "after": _chair(position),
        "holders": holders_of(chairs, day),
        "superseded": [],
    }


def head_chair(office: Office) -> Position | None:
    """Return the position that is the head's."""
    return Position.objects.filter(office=office, is_head=True).first()


def _chair(position: Position | None) -> dict[str, Any]:
    if position is None:
        return {"position": None, "name": ""}
    return {"position": position.pk, "name": position.name}


def _head_sentence(proposal: Proposal) -> str:
    words = {"office": proposal.office, "new": proposal.facts["after"]["name"]}
    return _("Pimpinan %(office)s menjadi jabatan %(new)s") % words


def _head_lines(proposal: Proposal) -> Lines:
    before, after = proposal.facts["before"], proposal.facts["after"]
    lines: Lines = [(_("Pimpinan unit"), changed(before["name"] or _("tidak ada"), after["name"]))]
    lines.append((_("Atasan jabatan baru"), _("tidak ada")))
    if before["position"]:
        above = _("%(old)s berada di bawah %(new)s") % {"old": before["name"], "new": after["name"]}
        lines.append((_("Jabatan pimpinan yang lama"), above))
    return lines


def _head_premise(proposal: Proposal, at: datetime) -> str:
    position = position_of(proposal)
    old = head_chair(proposal.office)
    if _chair(old) != proposal.facts["before"] or _chair(position) != proposal.facts["after"]:
        return "proposal_changed"
    if newcomers(proposal, [position, *([old] if old else [])], at):
        return "proposal_chair_changed"
    crowded = several_definitive(position, proposal.office.local_date(at))
    return "position_held_by_several" if crowded else ""


def _move_head(proposal: Proposal, by: User | None, at: datetime) -> None:
    """Move the chair: the old one first, for an office has one head at any time."""
    position, old = position_of(proposal), head_chair(proposal.office)
    if old is not None:
        old.is_head = False
        old.save(update_fields=["is_head"])
    position.is_head, position.superior = True, None
    position.save(update_fields=["is_head", "superior"])
    if old is not None:
        old.superior = position
        old.save(update_fields=["superior"])


HEAD = Kind(_head_sentence, _head_lines, _head_premise, _move_head)
