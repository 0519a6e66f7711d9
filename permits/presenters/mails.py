"""Messages about an application and their delivery."""

from __future__ import annotations

from notices.models import Notice
from notices.selectors import Delivery, deliveries_about
from permits.models import Application

MAILS = 20  # messages that a page shows


def mails(application: Application) -> list[Delivery]:
    """Return the messages to the applicant with their delivery, the latest first."""
    return deliveries_about(about(application), to=application.applicant, most=MAILS)


def about(application: Application) -> str:
    """Return the key under which messages refer to an application."""
    return f"application:{application.pk}"


def officer_note(application: Application) -> str:
    """Return the officer's note of the latest return, besides the faults."""
    row = (
        Notice.objects.filter(about=about(application), template="permits/returned")
        .filter(in_account=True)
        .order_by("-created_at")
        .first()
    )
    return str(row.context.get("note", "")) if row else ""
