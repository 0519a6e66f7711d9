"""Possible duplicates of a report, by application and by text, as far as a user may see them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Office, User
from complaints.domain import likeness
from complaints.domain.lifecycle import Status
from complaints.models import Complaint, Likeness
from permits.domain.numbering import normalise_tracking_code
from permits.models import Application

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


def hints_for(complaint: Complaint, viewer: User) -> list[Hint]:
    """Return possible duplicates of a registered report that ``viewer`` may see."""
    found = hints(complaint.office, viewer, text=complaint.text, application=complaint.application)
    return [hint for hint in found if hint.number != complaint.number]


def hints(
    office: Office, viewer: User, *, text: str, application: Application | None = None
) -> list[Hint]:
    """Return possible duplicates of a report being entered that ``viewer`` may see."""
    seen = Complaint.objects.visible_to(viewer).filter(office=office).select_related("office")
    same_file = seen.none()
    if application is not None:
        same_file = seen.filter(application=application).order_by("-pk")[:MOST]
    found = {row.pk: _hint(row, _("berkas yang sama")) for row in same_file}
    for row in _alike(office, text, seen):
        found.setdefault(row.pk, _hint(row, _("isi yang serupa")))
    return list(found.values())


def known_since(office: Office, *, text: str, reference: str = "") -> date | None:
    """Return the day on which the same matter was reported, or ``None``.

    The user must give the tracking code of the application or exactly the same text. Confidential
    reports are never found.
    """
    told = Complaint.objects.filter(office=office, confidential=False).exclude(
        status=Status.WITHDRAWN
    )
    found: Complaint | None = None
    if code := normalise_tracking_code(reference):
        found = told.filter(application__tracking_code=code).order_by("-pk").first()
    words = _words(text)
    if found is None and len(words) >= _ENOUGH_WORDS:
        rows = _candidates(office, text, told)
        found = next((row for row in rows if _words(row.text) == words), None)
    return office.local_date(found.received_at) if found else None


def is_code(reference: str) -> bool:
    """Whether ``reference`` has the form of a tracking code (such attempts are throttled)."""
    return bool(normalise_tracking_code(reference))


def _alike(office: Office, text: str, seen: QuerySet[Complaint]) -> Iterable[Complaint]:
    rows = [(likeness.alike(text, row.text), row) for row in _candidates(office, text, seen)]
    rows.sort(key=lambda one: -one[0])
    return [row for share, row in rows if share >= ALIKE]


def _candidates(office: Office, text: str, seen: QuerySet[Complaint]) -> list[Complaint]:
    """Return the few reports whose text shares most bands, the newest first among equals."""
    bands = likeness.bands(text)
    if not bands:
        return []
    rows = Likeness.objects.filter(office=office, band__in=bands).order_by("-complaint_id")
    counts = Counter(rows.values_list("complaint_id", flat=True)[:_BANDS_READ])
    likely = [pk for pk, _shared in counts.most_common(MOST)]
    found = {row.pk: row for row in seen.filter(pk__in=likely)}
    return [found[pk] for pk in likely if pk in found]


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
