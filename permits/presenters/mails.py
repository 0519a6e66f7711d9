"""Messages about a file and what became of them."""

from __future__ import annotations

from notices.models import Notice
from notices.selectors import Delivery, deliveries_about
from permits.models import Application

MAILS = 20  # messages that a page shows


def mails(application: Application) -> list[Delivery]:
    """Return the messages to the applicant and what became of each, the latest first."""
    return deliveries_about(about(application), to=application.applicant, most=MAILS)


def about(application: Application) -> str:
    """Return under which name messages speak of a file."""
    return f"application:{application.pk}"


def officer_note(application: Application) -> str:
    """Return what the officer wrote besides the faults when the file was returned last."""
    row = (
        Notice.objects.filter(about=about(application), template="permits/returned")
        .filter(in_account=True)
        .order_by("-created_at")
        .first()
    )
    return str(row.context.get("note", "")) if row else ""
