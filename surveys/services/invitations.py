"""Invitations: who is asked, reminded once, and when a file may go on."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.urls import reverse

from notices import outbox
from permits.domain.lifecycle import ENDED
from permits.models import Application
from surveys import selectors
from surveys.domain import invitations, secrets
from surveys.models import Invitation, InvitationLink
from surveys.querysets import to_invite
from workflow.formats import day_lazy
from workflow.sweeps import SweepResult, sweep

_BATCH = 500


def invite_due(at: datetime) -> SweepResult:
    """Invite the applicants of files that are finished, or whose SOP asks before the hand-over.

    May run twice, late or in parallel: a file has one invitation, and its message one key.
    """
    files = to_invite(invitations.asked_since(at.date())).values_list("pk", flat=True)
    return sweep("surveys.invite_due", list(files.order_by("pk")[:_BATCH]), partial(invite, at=at))


@transaction.atomic
def invite(file: int, *, at: datetime) -> bool:
    """Invite the applicant of one file (key); return whether that was new."""
    application = Application.objects.select_related("office", "service", "applicant").get(pk=file)
    office = application.office
    rules = selectors.rules_of(office)
    if not selectors.versions_asked(office, rules):
        return False  # there is nothing to answer yet: asked again when there is
    today = office.local_date(at)
    invitation, is_new = Invitation.objects.get_or_create(
        application=application,
        defaults={"sent_on": today, "ends_on": invitations.ends_on(today, rules.open_days)},
    )
    if is_new:
        _write(invitation, "invited", at)
    return is_new


def remind_due(at: datetime) -> SweepResult:
    """Remind once of invitations that nobody answered; never after their end."""
    rows = Invitation.objects.to_remind(at.date()).values_list("pk", flat=True)
    return sweep("surveys.remind_due", list(rows.order_by("pk")), partial(remind, at=at))


@transaction.atomic
def remind(key: int, *, at: datetime) -> bool:
    """Remind of one invitation if its day has come; return whether it was done."""
    invitation = Invitation.objects.with_file().get(pk=key)
    application = invitation.application
    rules, today = selectors.rules_of(application.office), application.office.local_date(at)
    due = invitations.is_reminder_due(
        invitation.sent_on, today, invitation.ends_on, rules.reminder_days
    )
    if not due or application.status in ENDED:
        return False
    waiting = Invitation.objects.filter(pk=key, reminded_on=None, answered=False)
    if not waiting.update(reminded_on=today):
        return False  # another worker was first, or the answer came in
    _write(invitation, "reminded", at)
    return True


def receipt_page(application: Application) -> str:
    """Return the path behind the QR code of a receipt; "" if the office asks nothing.

    A signed number: it cannot be guessed, nothing of it is stored, and it can be printed before the
    file is finished.
    """
    if not selectors.is_asked(application.office):
        return ""
    return reverse("surveys:receipt", args=[selectors.receipt_code(application)])


def certificate_page(application: Application) -> str:
    """Return the path behind the QR code of a certificate; "" if the office asks nothing.

    Others see a certificate: it has no secret, and the page asks for the applicant's account.
    """
    if not selectors.is_asked(application.office):
        return ""
    return reverse("surveys:own", args=[application.public_id])


def _write(invitation: Invitation, message: str, at: datetime) -> None:
    """Post the message with a new secret: the old one cannot be read back, and stays valid."""
    application, secret = invitation.application, secrets.new_secret()
    InvitationLink.objects.create(invitation=invitation, digest=secrets.digest(secret))
    outbox.post(
        f"survey-{message}:{application.pk}",
        f"surveys/{message}",
        to=application.applicant,
        at=at,
        sender=application.office,
        name=application.applicant.full_name,
        service=application.service.name,
        number=application.number,
        office=application.office.name,
        until=day_lazy(invitation.ends_on),
        path=reverse("surveys:invited", args=[secret]),
        own_path=reverse("surveys:own", args=[application.public_id]),
    )
