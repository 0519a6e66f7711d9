"""Files in the digest of a morning: at one's desks due or late, and reported to a superior."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Office
from accounts.officers import Officer
from notices import due_work
from notices.due_work import Owed, Work
from permits.models import Application, ApplicationDeadline
from permits.selectors import desks_of, due_at_desks, reported_to
from workflow.formats import day as day_text
from workflow.formats import moment


def of_files(officer: Officer, until: datetime) -> Work:
    """Return the files that ``officer`` owes; each stands once, under its promise before a step."""
    terms: dict[int, ApplicationDeadline] = {}
    at_desks = due_at_desks(list(officer.seats), until)
    for term in sorted(at_desks, key=lambda one: one.kind != ApplicationDeadline.Kind.SERVICE):
        terms.setdefault(term.application_id, term)
    rows = [row for row in reported_to(officer.user, officer.at) if row.pk not in terms]
    office = officer.offices[0]
    return Work(
        [Owed(_term(row, office), row.due_at) for row in terms.values() if row.due_at],
        [_reported(row) for row in rows],
    )


def _term(row: ApplicationDeadline, office: Office) -> str:
    return _("%(number)s, %(service)s: %(term)s, %(due)s") % {
        "number": row.application.number,
        "service": row.application.service.name,
        "term": row.get_kind_display(),
        "due": moment(row.due_at, office.zone) if row.in_minutes else day_text(row.due_on),
    }


def _reported(row: Application) -> str:
    return _("%(number)s, %(service)s: di meja %(desk)s") % {
        "number": row.number,
        "service": row.service.name,
        "desk": ", ".join(desk.name for desk in desks_of(row)) or "-",
    }


def register() -> None:
    """Have the digest name files."""
    due_work.register("permits", of_files)
