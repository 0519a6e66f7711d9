"""Reports of the same thing: found by file and by text, linked and merged without losing either."""

from __future__ import annotations

from complaints.domain import likeness
from complaints.models import Complaint, Likeness


def remember(complaint: Complaint) -> None:
    """Keep the fingerprint of the text, for hints about later reports."""
    Likeness.objects.bulk_create(
        Likeness(complaint=complaint, office_id=complaint.office_id, band=band)
        for band in likeness.bands(complaint.text)
    )
