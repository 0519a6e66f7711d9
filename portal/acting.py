"""What Plt. and Plh. heads did at an office, for its definitive head.

Signatures, decisions, approvals and openings of identities stay where they are recorded; this list
reads them by person and by the days on which the person stood in. It is never emptied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Model, Q
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, Office, User
from accounts.selectors import capacity_text
from authority import selectors as authority
from authority.domain.lifecycle import Event as ProposalEvent
from authority.kinds import kind_of
from authority.models import ProposalRecord
from complaints.models import ApipRequest, Approval, Complaint, ComplaintRecord, IdentityOpening
from permits.models import ApplicationClockEvent, ApplicationRecord, Certificate, Initial, Refusal

PAGE = 50
Subject = Callable[[Any], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: when, by whom, in which capacity, what, about what and where that is."""

    at: datetime
    person: str
    capacity: str
    title: str | LazyText
    about: str
    url: str


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that are acts: of which person, when, at which office, and what they are called.

    ``only`` narrows them; ``of_complaint`` leads to the complaint, which the reader must see:
    whoever is complained about does not learn of it here.
    """

    model: type[Model]
    person: str
    at: str
    office: str
    title: str | LazyText
    subject: Subject
    only: Q = Q()
    of_complaint: str = ""
    related: tuple[str, ...] = ()


def _file(name: str) -> Subject:
    def subject(row: Any) -> tuple[str, str]:
        application = row
        for part in name.split("__"):
            application = getattr(application, part)
        return f"{application.number}, {application.holder_name}", application.get_desk_url()

    return subject


def _complaint(name: str) -> Subject:
    def subject(row: Any) -> tuple[str, str]:
        complaint = row
        for part in name.split("__"):
            complaint = getattr(complaint, part)
        return complaint.number, complaint.get_absolute_url()

    return subject


def _proposal(row: Any) -> tuple[str, str]:
    return kind_of(row.subject).sentence(row.subject), row.subject.get_absolute_url()


_STOOD_IN = Q(capacity__startswith="Plt. ") | Q(capacity__startswith="Plh. ")
_APPLICATION = "application__office"
_OF_ANSWER = "answer__complaint"

SOURCES = (
    Source(
        Certificate, "signer", "requested_at", _APPLICATION, _("Tanda tangan dokumen"),
        _file("application"), related=("application",),
    ),
    Source(
        Refusal, "decided_by", "decided_at", _APPLICATION, _("Keputusan atas usul penolakan"),
        _file("application"), related=("application",),
    ),
    Source(
        Initial, "officer", "at", "draft__application__office", _("Paraf konsep"),
        _file("draft__application"), _STOOD_IN, related=("draft__application",),
    ),
    Source(
        ApplicationRecord, "actor", "at", "subject__office", _("Keputusan atas permohonan"),
        _file("subject"), _STOOD_IN, related=("subject",),
    ),
    Source(
        ApplicationClockEvent, "actor", "at", _APPLICATION, _("Perubahan hitungan waktu"),
        _file("application"), ~Q(ground=""), related=("application",),
    ),
    Source(
        IdentityOpening, "person", "at", "complaint__office", _("Pembukaan identitas pengadu"),
        _complaint("complaint"), of_complaint="complaint", related=("complaint",),
    ),
    Source(
        Approval, "officer", "at", "answer__complaint__office", _("Persetujuan jawaban pengaduan"),
        _complaint(_OF_ANSWER), of_complaint=_OF_ANSWER, related=(_OF_ANSWER,),
    ),
    Source(
        ApipRequest, "decided_by", "decided_at", "complaint__office",
        _("Keputusan pelibatan APIP"), _complaint("complaint"), of_complaint="complaint",
        related=("complaint",),
    ),
    Source(
        ComplaintRecord, "actor", "at", "subject__office", _("Keputusan atas pengaduan"),
        _complaint("subject"), _STOOD_IN, of_complaint="subject", related=("subject",),
    ),
    Source(
        ProposalRecord, "actor", "at", "subject__office", _("Keputusan atas usulan wewenang"),
        _proposal, Q(event__in=(ProposalEvent.CONFIRM, ProposalEvent.REFUSE)),
        related=("subject__person", "subject__position__office", "subject__appointment"),
    ),
)  # fmt: skip


class ActingPage:
    """The acts at one office, from the latest back; ``before`` is where the page begins."""

    def __init__(self, office: Office, reader: User, at: datetime, before: str = "") -> None:
        self.office = office
        self.at = at
        start = instant(before) or at + timedelta(seconds=1)
        found = acts(office, reader, start)
        self.acts = found[:PAGE]
        self.next = found[PAGE - 1].at.isoformat() if len(found) > PAGE else ""
        self.is_first = not before
        self.seen = authority.seen_until(office)
        self.terms = [row for row in authority.stand_ins(office) if row.user_id != reader.pk]
        self.waiting = authority.unseen_stand_ins(reader, [office], at).exists()


def instant(text: str) -> datetime | None:
    """Return the instant that ``text`` names; ``None`` for anything else."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at is not None and at.tzinfo else None


def acts(office: Office, reader: User, before: datetime) -> list[Act]:
    """Return the acts of stand-ins before ``before``, the latest first: a page and one more."""
    terms = [row for row in authority.stand_ins(office) if row.user_id != reader.pk]
    if not terms:
        return []
    found = [act for source in SOURCES for act in _of(source, office, terms, reader, before)]
    return sorted(found, key=lambda act: act.at, reverse=True)[: PAGE + 1]


def _of(
    source: Source, office: Office, terms: list[Appointment], reader: User, before: datetime
) -> Iterator[Act]:
    during = Q()
    for term in terms:
        first, last = _instants(office, term)
        during |= Q((source.person, term.user_id), (f"{source.at}__gte", first)) & (
            Q((f"{source.at}__lt", last)) if last else Q()
        )
    rows = source.model._default_manager.filter(
        during, source.only, (source.office, office), (f"{source.at}__lt", before)
    )
    if source.of_complaint:
        visible = Complaint.objects.visible_to(reader)
        rows = rows.filter(**{f"{source.of_complaint}__in": visible})
    related = (source.person, *source.related)
    for row in rows.select_related(*related).order_by(f"-{source.at}")[: PAGE + 1]:
        at, person = getattr(row, source.at), getattr(row, source.person)
        about, url = source.subject(row)
        yield Act(at, str(person), _capacity(office, terms, person, at), source.title, about, url)


def _instants(office: Office, term: Appointment) -> tuple[datetime, datetime | None]:
    """Return the first instant of a term, and the first one after it."""
    first = datetime.combine(term.started_on, time.min, office.zone)
    if term.ended_on is None:
        return first, None
    return first, datetime.combine(term.ended_on + timedelta(days=1), time.min, office.zone)


def _capacity(office: Office, terms: list[Appointment], person: User, at: datetime) -> str:
    day = office.local_date(at)
    rows = (term for term in terms if term.user_id == person.pk and term.holds_on(day))
    return next((capacity_text(row) for row in rows), "")
