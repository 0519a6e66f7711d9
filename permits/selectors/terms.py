"""The term that the office promises, and the one that runs while an application has a status."""

from __future__ import annotations

from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationDeadline
from permits.selectors.facts import asked_facts
from standards.domain.terms import term_for
from standards.selectors import published_version
from workflow.domain.clock import Term

Kind = ApplicationDeadline.Kind
TERM_OF_STATUS = {
    Status.DRAFT: Kind.DRAFT,
    Status.SUBMITTED: Kind.CHECK,
    Status.INCOMPLETE: Kind.COMPLETION,
    Status.RETURNED: Kind.COMPLETION,
    Status.ISSUED: Kind.COLLECTION,
}


def promised_term(application: Application) -> Term:
    """Return the service term of ``application``: the one place that decides it.

    The term with which its clock was started, else that of its present answers.
    """
    version = application.version
    rows = (
        published_version(version.pk, version.digest) if version.is_published else version
    ).terms.all()
    if not rows:
        return term_for(version, rows)
    started = [row for row in application.deadlines.all() if row.kind == Kind.SERVICE]
    if started:
        return max(started, key=lambda row: row.pk).term
    values = asked_facts(application).values
    return term_for(version, rows, values)


def status_term(application: Application) -> ApplicationDeadline | None:
    """Return the running term of the present status; ``None`` if there is none with a date."""
    kind = TERM_OF_STATUS.get(Status(application.status))
    rows = (row for row in application.deadlines.all() if row.kind == kind)
    return next((row for row in rows if row.met_at is None and row.due_on and row.due_at), None)
