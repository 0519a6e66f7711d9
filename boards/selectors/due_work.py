"""What one officer has to do today: due, late, and reported to them as a superior."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Office
from accounts.officers import Officer
from complaints.domain.lifecycle import UNCLOSED
from complaints.models import Complaint, Escalation
from permits.models import Application, ApplicationDeadline
from permits.selectors import due_at_desks, reported_to
from surveys.models import FollowUp, FollowUpDeadline
from surveys.services.follow_ups import reported_follow_ups
from workflow.domain.clock import end_of

Term = ApplicationDeadline | Complaint | FollowUpDeadline


@dataclass(frozen=True, slots=True)
class DueWork:
    """The work of one officer; each file stands once, under the promise before its step."""

    due: Sequence[Term]
    late: Sequence[Term]
    reported: Sequence[Application | Complaint | FollowUp]

    def __bool__(self) -> bool:
        return bool(self.due or self.late or self.reported)


def due_work_of(officer: Officer, office: Office) -> DueWork:
    """Return what is due until the end of today where ``office`` stands, and what is late."""
    until = end_of(office.local_date(officer.at), office.zone)
    terms: dict[int, ApplicationDeadline] = {}
    at_desks = due_at_desks(list(officer.seats), until)
    for term in sorted(at_desks, key=lambda one: one.kind != ApplicationDeadline.Kind.SERVICE):
        terms.setdefault(term.application_id, term)
    seen = Complaint.objects.visible_to(officer.user).filter(status__in=UNCLOSED)
    theirs = Q(owner=officer.user) | seen.turn_of(officer.user)
    mine = seen.filter(theirs, due_at__lte=until).select_related("office")
    follow_ups = FollowUpDeadline.objects.running().filter(
        follow_up__in=FollowUp.objects.sent_to(officer.offices).waiting_for(officer.user),
        due_at__lte=until,
    )
    work: list[Term] = [
        *terms.values(),
        *mine.order_by("due_at", "pk"),
        *follow_ups.select_related("follow_up").order_by("due_at", "pk"),
    ]
    brought = Escalation.objects.filter(to_position__in=list(officer.seats)).values("complaint")
    files = [row for row in reported_to(officer.user, officer.at) if row.pk not in terms]
    complaints = seen.filter(pk__in=brought).exclude(pk__in=[row.pk for row in mine])
    return DueWork(
        due=[row for row in work if row.due_at and row.due_at > officer.at],
        late=[row for row in work if row.due_at and row.due_at <= officer.at],
        reported=[
            *files,
            *complaints.select_related("owner").order_by("received_at", "pk"),
            *reported_follow_ups(officer),
        ],
    )
