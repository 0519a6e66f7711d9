"""The digest of a morning: what an officer owes, mailed on the days that they chose.

Each person is looked at once a day: a conditional update claims the day, and the message is
written in the same transaction. A second worker finds the day taken; one that dies claims nothing.
Nothing is sent when nothing is due, after noon, or to people who are inactive or hold no position.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Office
from accounts.officers import officer_of
from boards.domain.mornings import begun, first_of_week, is_morning
from notices import due_work, outbox
from notices.models import Preference
from notices.selectors import addressee
from workflow.calendars import calendar_of
from workflow.domain.clock import end_of
from workflow.formats import day as day_text
from workflow.sweeps import SweepResult, sweep

KIND = "boards/digest"
SHOWN = 20  # lines of a list; the page holds the rest


def send_digests(at: datetime) -> SweepResult:
    """Send the digests of this morning, one a person and day."""
    wishes = Preference.objects.filter(
        kind=KIND,
        mail__in=[Preference.Mail.MORNING, Preference.Mail.MONDAY],
        user__is_active=True,
    )
    return sweep(
        "boards.send_digests",
        list(wishes.order_by("pk").values_list("pk", flat=True)),
        lambda pk: _send(pk, at),
    )


@transaction.atomic
def _send(pk: int, at: datetime) -> bool:
    """Look at one person's day; return whether a digest was posted."""
    wish = Preference.objects.select_related("user").get(pk=pk)
    officer = officer_of(wish.user, at)
    if not officer.seats:
        return False
    office = officer.offices[0]
    today = office.local_date(at)
    if not begun(at, office.zone):
        return False
    fresh = Preference.objects.filter(Q(looked_on=None) | Q(looked_on__lt=today), pk=pk)
    if not fresh.update(looked_on=today) or not _wanted(wish, office, at):
        return False
    with translation.override(addressee(wish.user).language):
        work = due_work.work_of(officer, end_of(today, office.zone))
        if not (work.owed or work.reported):
            return False
        outbox.post(
            f"work-digest:{wish.user_id}:{today}",
            KIND,
            to=wish.user,
            at=at,
            sender=office,
            name=wish.user.full_name,
            office=office.name,
            day=day_text(today),
            due=_lines([row.words for row in work.owed if row.due_at > at]),
            late=_lines([row.words for row in work.owed if row.due_at <= at]),
            reported=_lines(work.reported),
            path=reverse("portal:waiting"),
        )
    return True


def _wanted(wish: Preference, office: Office, at: datetime) -> bool:
    """Whether a digest leaves now: in the morning of a day that the person chose."""
    today, calendar = office.local_date(at), calendar_of(office)
    if not is_morning(at, office.zone):
        return False
    if wish.mail == Preference.Mail.MONDAY:
        return first_of_week(today, calendar.is_workday)
    return calendar.is_workday(today)


def _lines(lines: Sequence[str]) -> list[str]:
    """Return the first lines, and how many more there are."""
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], *([_("dan %(more)s lagi") % {"more": more}] if more > 0 else [])]
