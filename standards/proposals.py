"""The proposal that sets a version of a standard: one administrator proposes, a second confirms.

What was proposed is kept as the digest of the draft: a draft that is changed meanwhile is no longer
what the second person has read.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from authority.kinds import register
from authority.kinds.base import Kind, Lines
from authority.models import KindOf, Proposal
from authority.services import proposals
from standards.changes import sentences_between
from standards.domain.versions import digest
from standards.models import StandardVersion
from standards.selectors import snapshot
from standards.services import publishing
from workflow.domain.errors import DomainError


def propose_publication(
    version: StandardVersion, *, actor: User, at: datetime, reason: str = ""
) -> Proposal:
    """Propose that ``version`` is set as it stands; the second person is told at once.

    Raises ``DomainError``: standard_published, standard_incomplete(missing), and as
    ``authority.services.proposals.propose`` does.
    """
    if version.is_published:
        raise DomainError("standard_published")
    missing = publishing.faults(version)
    if missing:
        raise DomainError("standard_incomplete", missing=missing, text=" ".join(missing))
    facts = {
        "part": str(version.pk),
        "digest": digest(snapshot(version)),
        "service": version.service.name,
        "number": version.number,
        "effective_on": version.effective_on.isoformat() if version.effective_on else "",
    }
    office = version.service.office
    return proposals.propose(
        KindOf.PUBLICATION, None, office, actor=actor, at=at, facts=facts, reason=reason
    )


def open_proposal(version: StandardVersion) -> Proposal | None:
    """Return the proposal to set ``version`` that waits for its second person."""
    rows = Proposal.objects.open().filter(kind=KindOf.PUBLICATION, facts__part=str(version.pk))
    return rows.first()


def is_outdated(proposal: Proposal) -> bool:
    """Whether its draft has been changed since, so that nobody can confirm it any more."""
    version = _version(proposal)
    return version is None or digest(snapshot(version)) != proposal.facts["digest"]


def _version(proposal: Proposal) -> StandardVersion | None:
    rows = StandardVersion.objects.select_related("service__office", "corrects")
    return rows.filter(pk=int(proposal.facts["part"])).first()


def _sentence(proposal: Proposal) -> str:
    return _("%(service)s: standar versi %(number)s ditetapkan") % proposal.facts


def _lines(proposal: Proposal) -> Lines:
    since = date.fromisoformat(proposal.facts["effective_on"])
    lines: Lines = [
        (_("Layanan"), proposal.facts["service"]),
        (_("Versi"), str(proposal.facts["number"])),
        (_("Berlaku mulai"), date_format(since, "l, j F Y")),
    ]
    version = _version(proposal)
    if version is None:
        return lines
    before = publishing.replaces(version)
    if before is None:
        lines.append((_("Yang berubah"), _("Versi pertama di portal ini.")))
    else:
        lines += [
            (_("Menggantikan"), _replaced(before, version)),
            (
                _("Yang berubah"),
                sentences_between(before, version) or _("Isi kedua versi sama."),
            ),
        ]
    if not version.is_published:
        noticed = publishing.faults(version) + publishing.warnings(version, proposal.proposed_at)
        lines.append((_("Perhatikan"), noticed or _("Tidak ada yang perlu diperhatikan.")))
    return lines


def _replaced(before: StandardVersion, version: StandardVersion) -> str:
    words = {"number": before.number}
    if before.effective_on == version.effective_on:
        return _("Versi %(number)s, yang berlaku mulai hari yang sama dan belum dipakai") % words
    return _("Versi %(number)s, untuk permohonan baru") % words


def _premise(proposal: Proposal, at: datetime) -> str:
    version = _version(proposal)
    if version is None or version.is_published:
        return "publication_changed"
    if is_outdated(proposal):
        return "publication_changed"
    return "publication_blocked" if publishing.faults(version) else ""


def _execute(proposal: Proposal, by: User | None, at: datetime) -> None:
    version = _version(proposal)
    if version is None:
        raise DomainError("publication_changed")
    publishing.publish_version(version, actor=by, at=at)


register(KindOf.PUBLICATION, Kind(_sentence, _lines, _premise, _execute))
