"""Follow-ups of surveys that wait for whoever is in charge of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.officers import Officer
from surveys.models import FollowUp
from workflow.formats import moment


class FollowUpWork(NamedTuple):
    """One follow-up: its page, what it is, how urgent, what is to be done."""

    url: str
    title: str
    hint: str
    meaning: str
    task: str


def follow_ups(officer: Officer) -> QuerySet[FollowUp]:
    """Return the open follow-ups that ``officer`` is in charge of, in the offices they serve."""
    return FollowUp.objects.sent_to(officer.offices).waiting_for(officer.user)


def first_follow_ups(officer: Officer, most: int) -> Iterator[FollowUpWork]:
    """Yield the first of them, the most urgent first."""
    rows = follow_ups(officer).select_related("office", "deadline")
    for row in rows.order_by(F("deadline__due_at").asc(nulls_last=True), "pk")[:most]:
        due_at = row.deadline.due_at if hasattr(row, "deadline") else None
        task = _("Kerjakan, lalu catat selesai")
        if due_at:
            until = moment(due_at, row.office.zone)
            task = _("Selesaikan paling lambat %(until)s") % {"until": until}
        yield FollowUpWork(
            reverse("surveys:finish", args=[row.pk]),
            row.name,
            row.programme or row.office.name,
            "late" if due_at and due_at <= officer.at else "attention",
            task,
        )
