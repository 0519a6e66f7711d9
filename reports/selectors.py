"""Read access to reports and to who has a part in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.domain.four_eyes import breaks_four_eyes
from accounts.models import Office, Position, User
from accounts.selectors import head_seat, held, holders, leads_in, reachable
from reports.domain.lifecycle import AUTHORED
from reports.domain.periods import Period, last_periods
from reports.kinds import KINDS, ReportKind
from reports.models import Report, ReportInitial, ReportRole

Role = ReportRole.Role
_PERIODS_BACK = 8


def kind_of(report: Report) -> ReportKind:
    """Return the kind of a report."""
    return KINDS[report.kind]


def kinds_of(office: Office) -> list[ReportKind]:
    """Return the kinds of reports that an office owes, by name."""
    return sorted((one for one in KINDS.values() if one.rhythm(office)), key=lambda one: one.code)


def positions_with(office: Office, role: Role) -> list[Position]:
    """Return the positions of an office with a role in its reports."""
    rows = ReportRole.objects.filter(position__office=office, role=role)
    return [row.position for row in rows.select_related("position__office")]


def has_secretary(office: Office) -> bool:
    """Whether somebody checks the reports of an office before its head signs."""
    return ReportRole.objects.filter(position__office=office, role=Role.SECRETARY).exists()


def has_checker(report: Report, at: datetime, *, writer: User | None = None) -> bool:
    """Whether somebody who is no author of a report checks it before the head signs.

    ``writer`` is about to initial it as its compiler.
    """
    people = people_with(report.office, Role.SECRETARY, at)
    authors = authors_of(report) | ({writer.pk} if writer else set())
    return any(not breaks_four_eyes(person.pk, authors) for person in people)


def authors_of(report: Any) -> set[int]:
    """Return the keys of those who wrote any version of a report, or initialled it as compiler.

    ``report`` is any model whose ``records`` say what happened to it, in the words of
    ``reports.domain.lifecycle``: also the monthly report on complaints.
    """
    records = report.records.filter(event__in=AUTHORED, actor__isnull=False)
    return set(records.values_list("actor", flat=True))


def people_with(office: Office, role: Role, at: datetime) -> list[User]:
    """Return who holds a position with a role in the reports of an office."""
    return [one for position in positions_with(office, role) for one in holders(position, at)]


def has_role(user: User, office: Office, role: Role, at: datetime) -> bool:
    """Whether ``user`` has a role in the reports of an office.

    While nobody holds a position in the role of compiler, whoever leads others in the office or
    checks its reports has it.
    """
    seats = list(held(user, at))
    named = ReportRole.objects.filter(position__office=office, position__in=seats)
    roles = set(named.values_list("role", flat=True))
    if role in roles:
        return True
    if role != Role.COMPILER or not (roles or office.pk in leads_in(user, at)):
        return False
    return not people_with(office, role, at)


def is_head(user: User, office: Office, at: datetime) -> bool:
    """Whether ``user`` heads the office, also as its stand-in."""
    return head_seat(user, office.pk, at) is not None


def told(office: Office, role: Role, at: datetime) -> list[User]:
    """Return who is told what concerns a role; without anybody in it, the head of the office."""
    people: dict[int, User] = {}
    for position in positions_with(office, role) or _heads(office):
        people |= {person.pk: person for person in reachable(position, at)}
    return list(people.values())


def heads(office: Office, at: datetime) -> list[User]:
    """Return who heads the office now."""
    return [person for position in _heads(office) for person in reachable(position, at)]


def _heads(office: Office) -> list[Position]:
    rows = Position.objects.filter(office=office, is_head=True)
    return list(rows.select_related("office"))


def valid_initials(report: Report) -> list[ReportInitial]:
    """Return the initials under the present content of a report, the latest of each level."""
    rows = report.initials.filter(digest=report.digest).select_related("officer")
    return list({row.level: row for row in rows}.values())


def unreported(kind: ReportKind, office: Office, today: date) -> list[Period]:
    """Return the periods that are over and have no report of this kind, the latest first."""
    rhythm = kind.rhythm(office)
    if rhythm is None:
        return []
    made = Report.objects.filter(office=office, kind=kind.code)
    known = set(made.values_list("period", flat=True))
    over = last_periods(today, rhythm, _PERIODS_BACK + 1)[1:]
    return [period for period in over if period.code not in known]
