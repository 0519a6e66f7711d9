"""What an order does once it is confirmed: to the papers, the file, and what the holder reads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from notices import outbox
from permits import selectors
from permits.domain.certificates import OrderKind
from permits.domain.lifecycle import Event, Status
from permits.domain.objection import last_day
from permits.models import (
    Application,
    ApplicationDeadline,
    ApplicationStep,
    Certificate,
    CertificateNumber,
    CertificateOrder,
)
from permits.presenters.orders import order_remedies
from permits.services import events, visits
from permits.services.messages import message_context
from workflow import admin_tasks, alarms, transitions
from workflow.calendars import calendar_of
from workflow.domain.errors import DomainError
from workflow.formats import date_format_lazy, moment_lazy
from workflow.models import JobStatus

admin_tasks.add(
    {
        "holder_not_told": gettext_lazy(
            "Akun pemegang dokumen %(number)s tidak aktif. Keputusan tentang dokumen itu belum "
            "diberitahukan; sampaikan dengan surat ke alamatnya."
        )
    }
)
_MESSAGES = {
    OrderKind.REVOKE: "revoked",
    OrderKind.VOID: "voided",
    OrderKind.REPLACE: "replaced",
}


def replaced(replacing: Certificate, *, at: datetime) -> None:
    """Put the signed paper ``replacing`` in the place of the other, and tell the holder."""
    application = transitions.lock(replacing.application)
    row = CertificateOrder.objects.with_papers().get(replacement=replacing)
    take_effect(row, at=at)
    Certificate.objects.filter(pk=replacing.pk).update(state=Certificate.State.ISSUED, issued_at=at)
    CertificateNumber.objects.filter(pk=replacing.number_id).update(
        state=CertificateNumber.State.ISSUED, settled_at=at
    )
    application.certificate = replacing
    application.save(update_fields=["certificate"])
    notify_holder(application, row, at=at)


def take_effect(row: CertificateOrder, *, at: datetime) -> None:
    """Put the order in force: the paper is ended by it from ``at``."""
    office = row.certificate.application.office
    row.effective_at = at
    row.objection_until = last_day(calendar_of(office), office.local_date(at))
    row.save(update_fields=["effective_at", "objection_until"])
    Certificate.objects.filter(pk=row.certificate_id).update(state=row.kind, ended_by=row)


def lock_papers_being_signed(application: Application) -> list[Certificate]:
    """Lock them before the application, as the worker does: neither waits for the other."""
    requested = Certificate.objects.requested().select_for_update()
    return list(requested.filter(application=application.pk))


def drop_replacement(
    application: Application, being_signed: list[Certificate], *, at: datetime
) -> None:
    """Let a replacement fall whose paper is being signed: there is nothing left to replace."""
    row = selectors.replacement_being_signed(application)
    if row is None or row.replacement is None:
        return
    if row.replacement_id not in {paper.pk for paper in being_signed}:
        raise DomainError("paper_moved")
    with translation.override("id"):
        why = _("Dokumen yang digantikan lebih dahulu dicabut atau dibatalkan.")
    Certificate.objects.filter(pk=row.replacement_id).update(
        state=Certificate.State.DROPPED, job_status=JobStatus.DONE, lease_until=None
    )
    CertificateNumber.objects.filter(pk=row.replacement.number_id).update(
        state=CertificateNumber.State.VOID, settled_at=at, reason=why
    )
    row.decision, row.decision_note = CertificateOrder.Decision.DROPPED, why
    row.save(update_fields=["decision", "decision_note"])


def close_file(
    application: Application, row: CertificateOrder, *, actor: User, at: datetime
) -> None:
    """End the reminders of a permit that is no longer valid, and close a file not yet handed over.

    A replacement does neither: the file keeps a valid paper. A refused file is closed already.
    """
    for deadline in application.deadlines.running().filter(kind=ApplicationDeadline.Kind.VALIDITY):
        alarms.end(deadline, at)
    if application.status != Status.ISSUED:
        return
    fresh = events.fire(
        application, Event.END, actor=actor, at=at, note=row.reason, capacity=row.decided_capacity
    )
    if fresh.current_step is not None:
        visits.close(
            fresh, actor=actor, at=at, outcome=ApplicationStep.Outcome.ENDED, note=row.reason
        )
    fresh.closed_at = at
    fresh.save(update_fields=["closed_at"])


def notify_holder(application: Application, row: CertificateOrder, *, at: datetime) -> None:
    """Enqueue the message with reason, decree and objection; at once, by mail.

    Nobody inactive is written to: then an administrator is asked to see to a letter on paper.
    """
    holder, office = application.applicant, application.office
    replacement = row.replacement
    outbox.post(
        f"certificate-order:{row.pk}",
        f"permits/{_message(row)}",
        to=holder,
        at=at,
        about=f"application:{application.pk}",
        sender=office,
        **message_context(holder, application),
        **_facts(row, at),
        title=str(row.certificate.content.get("title", "")),
        replacement=str(replacement.number) if replacement is not None else "",
    )
    if not holder.is_active:
        admin_tasks.open_task(
            f"holder_not_told:{row.pk}",
            "holder_not_told",
            at=at,
            office=office,
            path=application.get_paper_url(),
            number=str(row.certificate.number),
        )


def _message(row: CertificateOrder) -> str:
    if row.certificate.is_refusal:
        return "refusal_ended"
    return _MESSAGES[OrderKind(row.kind)] if row.certificate.is_permit else "paper_ended"


def _facts(row: CertificateOrder, at: datetime) -> dict[str, Any]:
    office = row.certificate.application.office
    with translation.override("id"):
        return {
            "certificate": str(row.certificate.number),
            "since": moment_lazy(at, office.zone),
            "reason": row.reason,
            "ground": row.ground,
            "decree": row.decree_number,
            "decreed": date_format_lazy(row.decree_date, "j F Y"),
            "remedies": order_remedies(row),
        }
