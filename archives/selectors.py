"""Read models: the schedule in force, who keeps the archives of an office, what libraries keep."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from axes.models import AccessLog
from django.db.models import Q, QuerySet

from accounts.models import Office, Position, User
from accounts.officers import Officer
from accounts.selectors import holders
from archives.models import DataRequest, Kind, RetentionRule
from complaints.models import Complaint
from permits.models import Application, Opening
from permits.selectors.corrections import Correction


def schedule(office: Office | None, day: date) -> dict[str, RetentionRule]:
    """Return the row in force on ``day`` for each kind: the office's own before the common one.

    A kind without any row is missing: nothing of it is ever due.
    """
    rows = RetentionRule.objects.filter(effective_on__lte=day).order_by("effective_on", "pk")
    common = {row.kind: row for row in rows.filter(office=None)}
    own = {row.kind: row for row in rows.filter(office=office)} if office else {}
    found = {**common, **own}
    return {kind: found[kind] for kind in Kind.values if kind in found}


def requests_of(officer: Officer) -> QuerySet[DataRequest]:
    """Return the open requests in the offices whose archives ``officer`` answers for.

    Never those about themselves.
    """
    above = Position.objects.filter(superior__in=list(officer.seats)).values("superior__office")
    offices = Q(office__in=officer.headed) | Q(office__in=above)
    return DataRequest.objects.filter(offices).open().exclude(person=officer.user)


def logins_of(user: User) -> QuerySet[Any]:
    """Return the log of sign-ins of ``user``, the latest first."""
    rows: QuerySet[Any] = AccessLog.objects.filter(username=user.email)
    return rows.order_by("-attempt_time", "-pk")


def factors_of(user: User) -> QuerySet[Any]:
    """Return the second factors of ``user``."""
    rows: QuerySet[Any] = Authenticator.objects.filter(user=user)
    return rows.order_by("pk")


def archivists(office: Office, at: datetime) -> list[User]:
    """Return who answers for the archives of ``office`` at ``at``, each once."""
    rows = office.positions.select_related("office")
    above = set(rows.exclude(superior=None).values_list("superior", flat=True))
    leading = [row for row in rows if row.is_head or row.pk in above]
    return list({one.pk: one for row in leading for one in holders(row, at)}.values())


def find_file(offices: Iterable[int], number: str) -> Application | None:
    """Return the sent application of these offices with this number, deleted ones too."""
    rows = Application.objects.filter(office__in=list(offices), destroyed_at=None)
    return rows.filter(number__same=number).select_related("office", "applicant").first()


def find_complaint(offices: Iterable[int], number: str) -> Complaint | None:
    """Return the complaint of these offices with this number, deleted ones too."""
    rows = Complaint.objects.filter(office__in=list(offices), destroyed_at=None)
    return rows.filter(number__same=number).select_related("office").first()


def heads(office: Office, at: datetime) -> list[User]:
    """Return who heads ``office`` at ``at``."""
    rows = office.positions.filter(is_head=True).select_related("office")
    return [one for row in rows for one in holders(row, at)]


def openings_to(user: User) -> QuerySet[Opening]:
    """Return who opened the files of ``user``, the latest first."""
    rows: QuerySet[Opening] = Opening.objects.filter(application__applicant=user)
    return rows.select_related("person")


def granted_corrections(application: Application) -> list[Correction]:
    """Return the corrections of the data of ``application`` that its office granted."""
    rows = DataRequest.objects.filter(
        application=application,
        kind=DataRequest.Kind.CORRECTION,
        outcome=DataRequest.Outcome.GRANTED,
    )
    return [
        Correction(
            row.text, row.answer, f"{row.answered_by}, {row.answered_capacity}", row.answered_at
        )
        for row in rows.select_related("answered_by")
        if row.answered_at is not None
    ]
