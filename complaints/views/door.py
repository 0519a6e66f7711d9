"""The door of the complaint desk: who has a part in complaints, and sees those that are theirs."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from complaints.models import Complaint
from permits.worklist import Officer


def find(officer: Officer, key: UUID) -> Complaint:
    """Return a complaint this officer may know of, or 404."""
    rows = Complaint.objects.visible_to(officer.user).filter(office__in=officer.offices)
    rows = rows.select_related("office", "service", "owner", "application", "version", "desk")
    return get_object_or_404(rows, public_id=key)
