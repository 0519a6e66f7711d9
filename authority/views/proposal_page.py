"""What the page of a proposal and the list of proposals show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.administered import offices_kept
from accounts.models import Office, User
from authority import policies, selectors
from authority.domain.lifecycle import Event, Status
from authority.forms import ConfirmForm, RefuseForm, WithdrawForm
from authority.kinds import kind_of
from authority.kinds.base import Lines
from authority.models import Proposal, SoleAdministrator
from authority.services.proposals import premise
from workflow.formats import day, moment
from workflow.forms.base import PortalForm
from workflow.refusals import sentence

_SHOWN = 200
_MEANINGS = {
    Status.PROPOSED: "attention",
    Status.CONFIRMED: "good",
    Status.REFUSED: "late",
    Status.WITHDRAWN: "neutral",
    Status.LAPSED: "neutral",
}
_EVENTS = {
    Event.PROPOSE: gettext_lazy("Diusulkan"),
    Event.CONFIRM: gettext_lazy("Disetujui dan dijalankan"),
    Event.REFUSE: gettext_lazy("Ditolak"),
    Event.WITHDRAW: gettext_lazy("Ditarik pengusul"),
    Event.LAPSE: gettext_lazy("Gugur, tidak disetujui tepat waktu"),
}


class ProposalPage:
    """One proposal as ``user`` sees it at ``at``; ``bound`` is a form with errors."""

    def __init__(self, proposal: Proposal, user: User, at: datetime, bound: Any = None) -> None:
        self.proposal = proposal
        self.user = user
        self.at = at
        self._bound = bound
        self.sentence = kind_of(proposal).sentence(proposal)
        self.meaning = _MEANINGS[Status(proposal.status)]
        self.is_open = proposal.status == Status.PROPOSED

    @cached_property
    def facts(self) -> Lines:
        """What it would do, in labels and values."""
        row, zone = self.proposal, self.proposal.office.zone
        lines = kind_of(row).lines(row)
        lines += [(_("Surat keputusan"), row.decree), (_("Alasan"), row.reason)]
        superseded = [str(user) for user in row.superseded.all()]
        if superseded:
            lines.append((_("Yang digantikan"), superseded))
        lines += [
            (_("Unit"), str(row.office)),
            (_("Pengusul"), str(row.proposed_by)),
            (_("Diusulkan"), moment(row.proposed_at, zone)),
        ]
        if self.is_open:
            lines.append((_("Gugur bila tidak disetujui sampai"), day(self._last_day)))
        return lines

    @property
    def _last_day(self) -> Any:
        return self.proposal.office.local_date(selectors.lapses_at(self.proposal))

    @property
    def about_people(self) -> bool:
        """Whether it gives or takes power: then the page says who the people are."""
        return self.proposal.person_id is not None or self.proposal.position_id is not None

    @cached_property
    def people(self) -> list[Lines]:
        """Who the accounts belong to: a second person must know that they are the right ones."""
        zone = self.proposal.office.zone
        return [
            [
                (_("Nama"), user.full_name),
                (_("Alamat e-mail"), user.email),
                ("NIP", user.employee_number),
                (_("Akun dibuat"), moment(user.date_joined, zone)),
                (_("Terakhir masuk"), moment(user.last_login, zone) or _("Belum pernah")),
            ]
            for user in selectors.people_of(self.proposal)
        ]

    @cached_property
    def events(self) -> list[dict[str, Any]]:
        """What became of it."""
        rows = self.proposal.records.select_related("actor")
        return [
            {
                "when": row.at,
                "title": _EVENTS[Event(row.event)],
                "actor": ", ".join(filter(None, (str(row.actor or _("Portal")), row.capacity))),
                "text": row.note,
            }
            for row in rows
        ]

    @cached_property
    def problem(self) -> str:
        """Why it can no longer be done, as a sentence; "" while it can."""
        code = premise(self.proposal, self.at) if self.is_open else ""
        return sentence(code) if code else ""

    @cached_property
    def second(self) -> policies.SecondPerson:
        """What ``user`` may do as the second person."""
        return policies.second_person(self.user, self.proposal, self.at)

    @cached_property
    def why_not_confirm(self) -> str:
        """Why ``user`` may not confirm, as a sentence; "" if they may."""
        verdict = self.second.confirm
        return self.problem or ("" if verdict else sentence(verdict.reason))

    @cached_property
    def forms(self) -> dict[str, PortalForm]:
        """The forms of the buttons that ``user`` has, by name."""
        if not self.is_open:
            return {}
        offered: list[ConfirmForm | RefuseForm | WithdrawForm] = []
        if not self.why_not_confirm:
            offered.append(ConfirmForm())
        if self.second.refuse:
            offered.append(RefuseForm())
        if policies.may_withdraw(self.user, self.proposal, self.at):
            offered.append(WithdrawForm())
        forms: dict[str, PortalForm] = {form.name: form for form in offered}
        if self._bound is not None:
            forms[self._bound.name] = self._bound
        return forms

    @property
    def bound(self) -> Any:
        """The form with errors."""
        return self._bound


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal in a list."""

    proposal: Proposal
    sentence: str
    meaning: str


@dataclass(frozen=True, slots=True)
class AloneRow:
    """An office, and what it says about its administrators."""

    office: Office
    said: SoleAdministrator | None


class ListPage:
    """The proposals that ``user`` may read, open ones first."""

    def __init__(self, user: User, at: datetime) -> None:
        self.user, self.at = user, at
        self.administers = selectors.administers(user)

    @cached_property
    def rows(self) -> list[Row]:
        """Open proposals, then settled ones, the latest first."""
        found = selectors.visible_to(self.user, self.at)[:_SHOWN]
        rows = [
            Row(row, kind_of(row).sentence(row), _MEANINGS[Status(row.status)]) for row in found
        ]
        return sorted(rows, key=lambda row: row.proposal.status != Status.PROPOSED)

    @cached_property
    def heads(self) -> bool:
        """Whether the reader may look at what stand-ins did."""
        return bool(selectors.definitive_offices(self.user, self.at))

    @cached_property
    def alone(self) -> list[AloneRow]:
        """The offices with their statement: for the only administrator, and while it holds."""
        if not self.administers:
            return []
        rows = []
        for office in offices_kept(self.user):
            said = selectors.said_alone(office)
            if said or policies.may_say_alone(self.user, office, self.at):
                rows.append(AloneRow(office, said))
        return rows
