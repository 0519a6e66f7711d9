"""Follow-ups of surveys in the digest of a morning."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.officers import Officer
from notices import due_work
from notices.due_work import Owed, Work
from surveys.models import FollowUp, FollowUpDeadline
from surveys.services.follow_ups import reported_follow_ups
from workflow.formats import day as day_text


def of_follow_ups(officer: Officer, until: datetime) -> Work:
    """Return the follow-ups that the officer is in charge of, and the late ones of others."""
    mine = FollowUp.objects.sent_to(officer.offices).waiting_for(officer.user)
    rows = FollowUpDeadline.objects.running().filter(follow_up__in=mine, due_at__lte=until)
    listed = rows.select_related("follow_up").order_by("due_at", "pk")
    return Work(
        [Owed(_term(row), row.due_at) for row in listed if row.due_at],
        [
            _("Tindak lanjut survei %(name)s") % {"name": row.name}
            for row in reported_follow_ups(officer)
        ],
    )


def _term(row: FollowUpDeadline) -> str:
    words = {"name": row.follow_up.name, "due": day_text(row.due_on)}
    return _("Tindak lanjut survei %(name)s: %(due)s") % words


def register() -> None:
    """Have the digest name follow-ups."""
    due_work.register("surveys", of_follow_ups)
