"""Which files are due, and why a file is not: one rule for lists, proposals and the worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Office, User
from archives.domain import retention
from archives.domain.retention import Act, Kind
from archives.models import DisposalItem, LegalHold
from archives.selectors import schedule
from complaints.models import Complaint
from permits.domain.lifecycle import Status
from permits.models import Application, CertificateOrder

MOST = 200  # files of one list
_WITH_PERMIT = (Status.ISSUED, Status.COMPLETED)


File = Application | Complaint


@dataclass(frozen=True, slots=True)
class Due:
    """One file whose act is due."""

    file: File
    kind: Kind
    closed_on: date
    since: date

    @property
    def key(self) -> str:
        """The file in forms and lists."""
        return key_of(self.file)

    @property
    def service(self) -> str:
        """The name of the service; "" for a complaint that names none."""
        return self.file.service.name if self.file.service else ""


def key_of(file: File) -> str:
    """Return the key of a file among applications and complaints."""
    return f"{file._meta.model_name}-{file.pk}"


def kind_of(file: File) -> Kind:
    """Return the kind of archive that a file is."""
    if isinstance(file, Complaint):
        return Kind.COMPLAINT
    return Kind.PERMIT if file.status in _WITH_PERMIT else Kind.ENDED


def years_begin(file: File) -> date | None:
    """Return the day from which the years count: the file closed, and its paper over.

    A permit is over after its last day, and any paper on the day on which an order ended it.
    """
    if file.closed_at is None:
        return None
    closed = file.office.local_date(file.closed_at)
    if isinstance(file, Complaint):
        return closed
    certificate = file.certificate
    if certificate is None:
        return closed
    order = certificate.ended_by
    if order is not None and order.effective_at is not None:
        return max(closed, file.office.local_date(order.effective_at))
    until = None if certificate.is_refusal else certificate.valid_until
    return max(closed, until) if until else closed


def kept_until(application: Application, rules: dict[str, Any]) -> date | None:
    """Return the day until which a closed file is kept; ``None``: still open, or no end is set."""
    begin, rule = years_begin(application), rules.get(kind_of(application))
    return retention.kept_until(begin, rule.term) if begin and rule else None


def files_of(user: User) -> QuerySet[Any]:
    """Return every application of ``user`` that still has its content, deleted ones too."""
    rows: QuerySet[Any] = Application.objects.filter(applicant=user, destroyed_at=None)
    return rows


def due_files(office: Office, act: Act, at: datetime, *, viewer: User | None = None) -> list[Due]:
    """Return the files of ``office`` for which ``act`` is due, the oldest first.

    Held files, those on an open list already, those with an order about their paper that is not
    in force or closed yet, and complaints about ``viewer`` are left out.
    """
    today = office.local_date(at)
    rules = schedule(office, today)
    found: list[Due] = []
    rows: Iterator[File] = chain(
        _applications(office, act, today), _complaints(office, act, today, viewer)
    )
    for row in rows:
        if (since := _due_since(row, act, rules, today)) is not None:
            begin = years_begin(row)
            assert begin is not None  # noqa: S101  it is closed
            found.append(Due(row, kind_of(row), begin, since))
        if len(found) == MOST:
            break
    return found


def _applications(office: Office, act: Act, today: date) -> Iterator[Application]:
    held = Q(application=OuterRef("pk")) | Q(person=OuterRef("applicant"))
    rows = (
        Application.objects.archived(office)
        .filter(deleted_at__isnull=act is Act.DELETE)
        .exclude(Exists(_listed().filter(application=OuterRef("pk"))))
        .exclude(Exists(_orders().filter(certificate__application=OuterRef("pk"))))
        .exclude(Exists(_holds(today, office).filter(held)))
        .select_related("office", "service", "certificate__ended_by")
        .order_by("closed_at", "pk")
    )
    return iter(rows.iterator())


def _complaints(office: Office, act: Act, today: date, viewer: User | None) -> Iterator[Complaint]:
    rows = (
        Complaint.objects.archived(office)
        .filter(deleted_at__isnull=act is Act.DELETE)
        .exclude(Exists(_listed().filter(complaint=OuterRef("pk"))))
        .exclude(Exists(_holds(today, office).filter(complaint=OuterRef("pk"))))
        .select_related("office", "service")
        .order_by("closed_at", "pk")
    )
    return iter((rows.exclude(subjects=viewer) if viewer else rows).iterator())


def _listed() -> QuerySet[Any]:
    """Return what stands on a list that is not done yet."""
    rows = DisposalItem.objects.filter(done_at=None, left_out="", disposal__done_at=None)
    return rows.exclude(disposal__state="ditolak")


def due_in(
    offices: Iterable[int], act: Act, at: datetime, *, viewer: User | None = None
) -> list[list[Due]]:
    """Return the files that are due, for each of the offices (keys)."""
    rows = Office.objects.filter(pk__in=list(offices))
    return [due_files(office, act, at, viewer=viewer) for office in rows]


def why_not_due(file: File, act: Act, at: datetime) -> str:
    """Return the code of why ``act`` must not be done now; "" if it is due."""
    fresh = _fresh(file)
    today = fresh.office.local_date(at)
    holds = _holds(today, fresh.office)
    if isinstance(fresh, Complaint):
        held = Q(complaint=fresh)
    else:
        held = Q(application=fresh) | Q(person=fresh.applicant)
        if _orders().filter(certificate__application=fresh).exists():
            return "has_order"
    if holds.filter(held).exists():
        return "is_held"
    if fresh.destroyed_at is not None or (act is Act.DELETE and fresh.deleted_at is not None):
        return "done_already"
    rules = schedule(fresh.office, today)
    return "" if _due_since(fresh, act, rules, today) else "not_due"


def _fresh(file: File) -> File:
    if isinstance(file, Complaint):
        return Complaint.objects.select_related("office").get(pk=file.pk)
    return Application.objects.select_related("office", "certificate__ended_by").get(pk=file.pk)


def _orders() -> QuerySet[Any]:
    """Return the orders about papers that still wait for the head or for the signature."""
    return CertificateOrder.objects.unfinished()


def _holds(today: date, office: Office) -> QuerySet[Any]:
    return LegalHold.objects.in_force(today).filter(office=office)


def _due_since(row: File, act: Act, rules: dict[str, Any], today: date) -> date | None:
    begin, rule = years_begin(row), rules.get(kind_of(row))
    if begin is None or rule is None:
        return None
    deleted = row.deleted_at is not None
    if retention.act_due(begin, rule.term, today, deleted=deleted) is not act:
        return None
    if act is Act.DELETE:
        return retention.active_until(begin, rule.term)
    return retention.kept_until(begin, rule.term)
