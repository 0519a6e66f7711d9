"""The term that runs while an application has a status, besides the service clock."""

from __future__ import annotations

from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationDeadline

Kind = ApplicationDeadline.Kind
TERM_OF_STATUS = {
    Status.DRAFT: Kind.DRAFT,
    Status.SUBMITTED: Kind.CHECK,
    Status.INCOMPLETE: Kind.COMPLETION,
    Status.RETURNED: Kind.COMPLETION,
    Status.ISSUED: Kind.COLLECTION,
}


def status_term(application: Application) -> ApplicationDeadline | None:
    """Return the running term of the present status; ``None`` if there is none with a date."""
    kind = TERM_OF_STATUS.get(Status(application.status))
    rows = (row for row in application.deadlines.all() if row.kind == kind)
    return next((row for row in rows if row.met_at is None and row.due_on and row.due_at), None)
