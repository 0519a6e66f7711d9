"""What a closed kind of application is said with."""

from __future__ import annotations

from django.utils.formats import date_format

from standards.models import ClosedKind


def closing_facts(row: ClosedKind) -> dict[str, str]:
    """Return what the sentence ``kind_closed`` names."""
    return {
        "kind": row.get_kind_display(),
        "day": date_format(row.closed_from, "j F Y"),
        "note": row.note,
    }
