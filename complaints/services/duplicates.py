"""Possible duplicates of a report, by application and by text, as far as a user may see them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import Office, User
from complaints.domain import likeness
from complaints.domain.lifecycle import Status
from complaints.models import Complaint, Likeness
from permits.domain.printed import tracking_readings
from permits.models import Application

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Shares(TypedDict):
        shared: int  # bands of the text

    AlikeComplaint = WithAnnotations[Complaint, _Shares]

ALIKE = 0.5  # share of runs of words that two texts have in common
MOST = 20  # texts that are compared in full
_BANDS_READ = 400  # of the newest reports that share a band
_ENOUGH_WORDS = 6  # shorter equal texts are no evidence of a duplicate


@dataclass(frozen=True, slots=True)
class Hint:
    """A possible duplicate that the officer may see."""

    number: str
    state: str
    day: date
    url: str
    why: str


def remember(complaint: Complaint) -> None:
    """Store the fingerprint of the text, for hints about later reports."""
    Likeness.objects.bulk_create(
        Likeness(complaint=complaint, office_id=complaint.office_id, band=band)
        for band in likeness.bands(complaint.text)
    )


@dataclass(frozen=True, slots=True)
class Others:
    """The other reports that an officer sees beside one: linked or merged, perhaps the same."""

    linked: list[Complaint]
    hints: list[Hint]


def others(complaint: Complaint, viewer: User) -> Others:
    """Return the reports beside one that came in, as far as ``viewer`` may know: one query."""
    pairs = Complaint.related.through.objects.filter(from_complaint=complaint)
    linked = Q(pk__in=pairs.values("to_complaint")) | Q(merged_into=complaint)
    seen = _seen(complaint.office, viewer).exclude(pk=complaint.pk)
    is_linked = Exists(pairs.filter(to_complaint=OuterRef("pk")))
    near = linked | _near(complaint.office, complaint.text, complaint.application)
    rows = list(_ranked(seen.filter(near), complaint.text).annotate(is_linked=is_linked))
    beside = [row for row in rows if row.is_linked or row.merged_into_id == complaint.pk]
    free = [row for row in rows if row not in beside]
    return Others(
        linked=sorted(beside, key=lambda row: row.received_at),
        hints=_hints(free, complaint.text, complaint.application),
    )


def hints(
    office: Office, viewer: User, *, text: str, application: Application | None = None
) -> list[Hint]:
    """Return reports like one that is being entered, as far as ``viewer`` may know of them."""
    rows = _seen(office, viewer).filter(_near(office, text, application))
    return _hints(list(_ranked(rows, text)), text, application)


def known_since(office: Office, *, text: str, reference: str = "") -> date | None:
    """Return the day on which the same matter was reported, or ``None``.

    The user must give the tracking code of the application or exactly the same text. Confidential
    reports are never found.
    """
    told = Complaint.objects.filter(office=office, confidential=False).exclude(
        status=Status.WITHDRAWN
    )
    found: Complaint | None = None
    if codes := tracking_readings(reference):
        found = told.filter(application__tracking_code__in=codes).order_by("-pk").first()
    words = _words(text)
    if found is None and len(words) >= _ENOUGH_WORDS:
        rows = _ranked(told.filter(pk__in=_sharing(office, text)), text)[:MOST]
        found = next((row for row in rows if _words(row.text) == words), None)
    return office.local_date(found.received_at) if found else None


def is_code(reference: str) -> bool:
    """Whether ``reference`` has the form of a tracking code (such attempts are throttled)."""
    return bool(tracking_readings(reference))


def _seen(office: Office, viewer: User) -> QuerySet[Complaint]:
    seen: QuerySet[Complaint] = Complaint.objects.visible_to(viewer).filter(office=office)
    return seen.select_related("office")


def _near(office: Office, text: str, application: Application | None) -> Q:
    """Return the condition of the same file, or of a text that shares bands."""
    near = Q(pk__in=_sharing(office, text))
    return near | Q(application=application) if application else near


def _sharing(office: Office, text: str) -> QuerySet[Likeness, int]:
    """Return the keys of the newest reports whose text shares a band."""
    rows = Likeness.objects.filter(office=office, band__in=likeness.bands(text))
    return rows.order_by("-complaint_id").values_list("complaint_id", flat=True)[:_BANDS_READ]


def _ranked(rows: QuerySet[Complaint], text: str) -> QuerySet[AlikeComplaint]:
    """Sort by how many bands of the text they share, the newest first among equals."""
    bands = Likeness.objects.filter(complaint=OuterRef("pk"), band__in=likeness.bands(text))
    shared = bands.order_by().values("complaint").annotate(n=Count("pk")).values("n")
    return rows.annotate(shared=Coalesce(Subquery(shared), 0)).order_by("-shared", "-pk")


def _hints(
    rows: Sequence[AlikeComplaint], text: str, application: Application | None
) -> list[Hint]:
    """Return those of the same file, then those whose text is alike, the most alike first."""
    of_file = [row for row in rows if application and row.application_id == application.pk]
    of_file.sort(key=lambda row: row.pk, reverse=True)
    found = {row.pk: _hint(row, _("berkas yang sama")) for row in of_file[:MOST]}
    likely = [row for row in rows if row.shared][:MOST]
    shares = [(likeness.alike(text, row.text), row) for row in likely]
    for share, row in sorted(shares, key=lambda one: -one[0]):
        if share >= ALIKE:
            found.setdefault(row.pk, _hint(row, _("isi yang serupa")))
    return list(found.values())


def _hint(row: Complaint, why: str) -> Hint:
    return Hint(
        number=row.number,
        state=row.get_status_display(),
        day=row.office.local_date(row.received_at),
        url=row.get_absolute_url(),
        why=why,
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
