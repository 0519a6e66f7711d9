"""The proposal that gives a position a role in the handling of complaints, or takes it away.

A role says who handles complaints and may open a confidential name, so it takes two people
(``authority``). The facts name the role as ``part``: each role of a position is its own proposal.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Position, User
from authority.kinds import positions, register
from authority.kinds.base import Kind, Lines
from authority.models import KindOf, Proposal
from complaints.models import ComplaintRole, Role

_MEANINGS = {
    Role.OFFICER: gettext_lazy("Menangani pengaduan dan dapat membuka identitas pengadu."),
    Role.SECTION_HEAD: gettext_lazy("Menyetujui jawaban pengaduan pada jenjangnya."),
    Role.SECRETARY: gettext_lazy("Memeriksa laporan bulanan pengaduan."),
}


def role_facts(position: Position, role: str, *, gives: bool, day: date) -> dict[str, Any]:
    """Return the facts of giving ``position`` the ``role``, or of taking it away."""
    return {
        "part": role,
        "before": has_role(position, role),
        "after": gives,
        "holders": positions.holders_of([position], day),
    }


def has_role(position: Position, role: str) -> bool:
    """Whether ``position`` has ``role`` now."""
    return ComplaintRole.objects.filter(position=position, role=role).exists()


def _sentence(proposal: Proposal) -> str:
    words = {
        "position": positions.position_of(proposal),
        "role": Role(proposal.facts["part"]).label,
    }
    if proposal.facts["after"]:
        return _("%(position)s diberi peran pengaduan: %(role)s") % words
    return _("Peran pengaduan %(position)s dicabut: %(role)s") % words


def _lines(proposal: Proposal) -> Lines:
    given = _("Diberikan") if proposal.facts["after"] else _("Dicabut")
    return [
        (_("Jabatan"), positions.position_of(proposal).name),
        (_("Peran"), Role(proposal.facts["part"]).label),
        (_("Usulan"), given),
        (_("Artinya"), _MEANINGS[Role(proposal.facts["part"])]),
    ]


def _premise(proposal: Proposal, at: datetime) -> str:
    position = positions.position_of(proposal)
    if has_role(position, proposal.facts["part"]) != proposal.facts["before"]:
        return "proposal_changed"
    return "proposal_chair_changed" if positions.newcomers(proposal, [position], at) else ""


def _execute(proposal: Proposal, by: User | None, at: datetime) -> None:
    position, role = positions.position_of(proposal), proposal.facts["part"]
    if proposal.facts["after"]:
        ComplaintRole.objects.create(office=position.office, position=position, role=role)
    else:
        ComplaintRole.objects.filter(position=position, role=role).delete()


register(KindOf.COMPLAINT_ROLE, Kind(_sentence, _lines, _premise, _execute))
