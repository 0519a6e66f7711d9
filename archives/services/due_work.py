"""Requests about personal data in the digest of a morning: answered within 3 x 24 hours."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.officers import Officer
from archives.selectors import requests_of
from notices import due_work
from notices.due_work import Owed, Work
from workflow.formats import moment


def of_requests(officer: Officer, until: datetime) -> Work:
    """Return the requests that the officer answers; not what is asked, nor by whom."""
    rows = requests_of(officer).filter(due_at__lte=until).select_related("office")
    return Work(
        [
            Owed(
                _("Permintaan data pribadi: %(kind)s, %(due)s")
                % {"kind": row.get_kind_display(), "due": moment(row.due_at, row.office.zone)},
                row.due_at,
            )
            for row in rows
        ]
    )


def register() -> None:
    """Have the digest name requests."""
    due_work.register("archives", of_requests)
