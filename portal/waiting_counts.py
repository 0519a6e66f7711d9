"""How much waits for a person: the numbers in the side bar of every page of the desk.

The side bar asks for them once its page is there (``portal.views.waiting_counts``): they are the
longest queries of the portal, and nobody waits for them to read a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Value

from accounts.models import Position, User
from accounts.officers import Officer
from archives.selectors import requests_of
from authority import selectors as authority
from boards.models import BoardReader
from complaints import selectors
from complaints.models import Complaint, ComplaintRole
from notices.models import Notice
from permits.models import Application, CertificateOrder
from portal import report_work, survey_work
from reports.models import ReportRole
from workflow import admin_tasks


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of each kind waits for a person."""

    files: int = 0
    orders: int = 0  # that end certificates
    complaints: int = 0
    reports: int = 0
    months: int = 0  # without a report yet
    papers: int = 0  # other reports of the office to act on
    periods: int = 0  # without such a report yet
    follow_ups: int = 0  # of surveys, of which they are in charge
    proposals: int = 0  # about power over others, which a second person confirms
    acting: int = 0  # stand-ins of the head whose acts the head has not looked at
    tasks: int = 0
    requests: int = 0
    led: int = 0  # positions below theirs
    report_roles: int = 0

    @property
    def all_reports(self) -> int:
        """Reports to act on, and months to be reported."""
        return self.reports + self.months

    @property
    def office_reports(self) -> int:
        """Other reports of the office to act on, and periods to be reported."""
        return self.papers + self.periods

    @property
    def authority(self) -> int:
        """What the second person decides, and what the head looks at."""
        return self.proposals + self.acting

    @property
    def total(self) -> int:
        """Everything that waits."""
        work = self.files + self.orders + self.complaints + self.all_reports + self.requests
        return work + self.office_reports + self.follow_ups + self.authority + self.tasks


@dataclass(frozen=True, slots=True)
class Menu:
    """What the menus show of a person: messages not read yet, and where they lead."""

    headed: bool = False  # an office
    unread: int = 0
    led: int = 0  # positions below theirs
    boards: int = 0  # their positions that see the boards
    report_roles: int = 0
    complaint_roles: int = 0

    @property
    def complaints(self) -> bool:
        """Whether they have a part in complaints (``complaints.selectors.has_part``)."""
        return self.headed or self.complaint_roles > 0


def menu_of(officer: Officer) -> Menu:
    """Return what the menus show of ``officer``, in one query."""
    seats = list(officer.seats)
    rows: dict[str, QuerySet[Any]] = {
        "unread": Notice.objects.visible_to(officer.user).unread(),
        "led": Position.objects.filter(superior__in=seats),
        "boards": BoardReader.objects.filter(position__in=seats),
        "report_roles": ReportRole.objects.filter(position__in=seats),
        "complaint_roles": ComplaintRole.objects.filter(position__in=seats),
    }
    return Menu(headed=bool(officer.headed), **_numbers(rows))


def counts(officer: Officer) -> Counts:
    """Return what waits for ``officer``: in one query, or in two for who leads or reports.

    The rules of complaints and reports make the longest queries; most officers have no part in
    them. Heads have a part in all.
    """
    asked = dict(_of_everybody(officer))
    if officer.headed:
        return Counts(**_numbers({**asked, **dict(_of_some(officer, {}))}))
    found = _numbers(asked)
    if further := dict(_of_some(officer, found)):
        found |= _numbers(further)
    return Counts(**found)


def _numbers(kinds: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each kind has, in one query."""
    first, *others = [
        rows.order_by().values(what=Value(kind, CharField())).annotate(number=Count("pk"))
        for kind, rows in kinds.items()
    ]
    found = first.union(*others, all=True).values_list("what", "number")
    return {**dict.fromkeys(kinds, 0), **dict(found)}


def _of_everybody(officer: Officer) -> Iterator[tuple[str, QuerySet[Any]]]:
    """Yield what anybody may have, and the rows that say who has a part in more."""
    seats = list(officer.seats)
    yield "files", files_of(officer)
    yield "led", Position.objects.filter(superior__in=seats)
    yield "report_roles", ReportRole.objects.filter(position__in=seats)
    yield "follow_ups", survey_work.follow_ups(officer)
    if selectors.has_part(officer.user, officer.at):
        yield from _of_complaints(officer)
    else:  # theirs all the same, since a role was taken from them
        mine = Q(desk__in=seats) | Q(owner=officer.user)
        yield "complaints", Complaint.objects.filter(mine)


def _of_some(officer: Officer, found: dict[str, int]) -> Iterator[tuple[str, QuerySet[Any]]]:
    """Yield what waits for heads, administrators and those with a part; ``found`` says who."""
    user = officer.user
    if officer.headed:
        yield "orders", orders_of(officer)
    if user.is_staff or officer.headed:
        yield "proposals", authority.waiting_for(user, officer.at)
    if offices := authority.definitive_offices(user, officer.at):
        yield "acting", authority.unseen_stand_ins(user, offices, officer.at)
    if user.is_staff:
        yield "tasks", admin_tasks.waiting_for(user)
    if officer.headed or found["led"]:
        yield "requests", requests_of(officer)
    if officer.headed or found["led"] or found["report_roles"]:
        yield from zip(("papers", "periods"), report_work.of_office(officer), strict=True)
    if not officer.headed and found["complaints"] and "reports" not in found:
        yield from _of_complaints(officer)


def _of_complaints(officer: Officer) -> Iterator[tuple[str, QuerySet[Any]]]:
    yield "complaints", complaints_of(officer.user)
    yield from zip(("reports", "months"), report_work.of_complaints(officer), strict=True)


def files_of(officer: Officer) -> Any:
    return Application.objects.sent_to(officer.offices).waiting_on(list(officer.seats))


def orders_of(officer: Officer) -> Any:
    return CertificateOrder.objects.waiting_on(officer.user, officer.headed)


def complaints_of(user: User) -> Any:
    return Complaint.objects.waiting_for(user)
