"""Who is told of a proposal, and of what became of it: at once, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Office, User
from authority import selectors
from authority.domain.lifecycle import Status
from authority.kinds import kind_of
from authority.models import OperatorAct, Proposal, SoleAdministrator
from notices import outbox
from notices.selectors import languages_of


def notify_proposed(proposal: Proposal, at: datetime) -> None:
    """Tell the person, the head, who is superseded, and everybody who may confirm."""
    seconds = selectors.administrators(full=selectors.needs_full(proposal), office=proposal.office)
    for user in _in_their_language(_everybody(proposal, at, seconds)):
        if user.pk != proposal.proposed_by_id or user.pk == proposal.person_id:
            _post("proposed", proposal, user, at, **_facts(proposal, user))


def notify_settled(proposal: Proposal, at: datetime, *, by: User | None, note: str = "") -> None:
    """Tell the same people and the proposer of the end; ``by`` is ``None`` for the portal."""
    kind = kind_of(proposal)
    for user in _in_their_language(_everybody(proposal, at, [proposal.proposed_by])):
        facts = _facts(proposal, user)
        outcome = str(proposal.get_status_display())
        if by is not None:
            outcome = _("%(outcome)s, oleh %(name)s") % {"outcome": outcome, "name": by}
        hint = kind.after(proposal, user) if proposal.status == Status.CONFIRMED else ""
        _post("settled", proposal, user, at, outcome=outcome, note=note, hint=hint, **facts)


def notify_old_address(proposal: Proposal, at: datetime, by: User | None) -> None:
    """Tell a person at the address that is about to be replaced."""
    for user in _in_their_language(selectors.people_of(proposal)):
        outcome = _("Disetujui, oleh %(name)s") % {"name": by or _("pengelola server")}
        more = {"outcome": outcome, "note": "", "hint": "", **_facts(proposal, user)}
        _post("settled", proposal, user, at, mark=":lama", **more)


def notify_alone(said: SoleAdministrator, at: datetime) -> None:
    """Tell the head that the office says it has one administrator, and that they confirm."""
    for user in _in_their_language(selectors.all_heads(said.office, at)):
        outbox.post(
            f"authority-alone:{said.pk}:{user.pk}",
            "authority/alone",
            to=user,
            at=at,
            sender=said.office,
            name=user.full_name,
            by=str(said.said_by),
            office=str(said.office),
            path=reverse("authority:list"),
        )


def notify_operator(act: OperatorAct, offices: Iterable[Office], at: datetime) -> None:
    """Tell administrators and heads what was done by command, and in whose names."""
    people = list(selectors.administrators(full=act.office is None, office=act.office))
    for office in offices:
        people += selectors.all_heads(office, at)
    if act.person is not None:
        people.append(act.person)
    for user in _in_their_language({user.pk: user for user in people}.values()):
        outbox.post(
            f"authority-operator:{act.pk}:{user.pk}",
            "authority/operator",
            to=user,
            at=at,
            sender=act.office,
            name=user.full_name,
            what=str(act.get_what_display()),
            about=str(act.person or act.office or ""),
            names=", ".join(act.names),
            detail=act.detail,
            path=reverse("authority:list"),
        )


def _everybody(proposal: Proposal, at: datetime, more: Iterable[User]) -> list[User]:
    people = [*selectors.people_of(proposal), *selectors.all_heads(proposal.office, at)]
    people += [*proposal.superseded.all(), *more]
    return list({user.pk: user for user in people}.values())


def _in_their_language(people: Iterable[User]) -> Iterator[User]:
    """Yield each with the language active in which they read their messages."""
    people = list(people)
    languages = languages_of(people)
    for user in people:
        with override(languages[user.pk]):
            yield user


def _facts(proposal: Proposal, user: User) -> dict[str, Any]:
    return {
        "name": user.full_name,
        "what": kind_of(proposal).sentence(proposal),
        "by": str(proposal.proposed_by),
        "decree": proposal.decree,
        "office": str(proposal.office),
        "path": proposal.get_absolute_url(),
    }


def _post(
    code: str, proposal: Proposal, user: User, at: datetime, mark: str = "", **facts: Any
) -> None:
    outbox.post(
        f"authority-{code}:{proposal.pk}:{user.pk}{mark}",
        f"authority/{code}",
        to=user,
        at=at,
        sender=proposal.office,
        **facts,
    )
