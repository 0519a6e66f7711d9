"""What becomes of the file of an application when its years are over (``archives``).

To delete takes it out of daily work: pages, lists, search, messages, working copies. To destroy
takes its content. What is left then: number, service, dates, acts and officers, hashes; of an
issued permit the entry of the register as well (number, holder's name, validity).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from notices.models import Notice
from permits.domain.numbering import tracking_code
from permits.models import (
    Application,
    Certificate,
    CertificateNumber,
    CertificateOrder,
    InspectionPhoto,
    PartFile,
    Printout,
    StepFile,
)
from workflow import destruction, transitions
from workflow.domain.errors import DomainError

_UNNAMED = "arsip-musnah@arsip.invalid"  # whose the files are whose people are not named any more
DESTROYED = "Dimusnahkan menurut jadwal retensi"
_KEPT_COPIES = (Printout.Kind.SUBMISSION, Printout.Kind.REFUSAL)


@dataclass(slots=True)
class Gone:
    """What an act took away: stored files by name, and how many rows."""

    files: list[str] = field(default_factory=list)
    rows: int = 0

    def take(self, rows: Any, column: str = "") -> None:
        """Delete ``rows``; the files they name go with the commit."""
        if column:
            self.files += [name for name in rows.values_list(column, flat=True) if name]
        self.rows += rows.delete()[0]


def clear_files(names: list[str]) -> None:
    """Delete stored files once the transaction is committed; the sweep of orphans is behind it."""

    def clear() -> None:
        for name in names:
            default_storage.delete(name)

    transaction.on_commit(clear)


@transaction.atomic
def delete(application: Application, *, at: datetime) -> Gone:
    """Take a closed file out of daily work. Raises ``DomainError``: not_closed, is_deleted."""
    fresh = transitions.lock(application)
    if fresh.closed_at is None or fresh.current_step_id is not None:
        raise DomainError("not_closed")
    if fresh.deleted_at is not None:
        raise DomainError("is_deleted")
    gone = Gone()
    gone.take(fresh.printouts.exclude(kind__in=_KEPT_COPIES), "file")
    gone.take(_messages(fresh))
    fresh.phone, fresh.deleted_at = "", at
    fresh.save(update_fields=["phone", "phone_e164", "deleted_at"])
    clear_files(gone.files)
    return gone


@transaction.atomic
def destroy(application: Application, *, act: int, report: str, at: datetime) -> Gone:
    """Take the content of a deleted file away for good, by the act of two people.

    Raises ``DomainError``: not_deleted, is_destroyed; ``IntegrityError`` without such an act.
    """
    fresh = transitions.lock(application)
    if fresh.deleted_at is None:
        raise DomainError("not_deleted")
    if fresh.destroyed_at is not None:
        raise DomainError("is_destroyed")
    gone = Gone()
    _name_evidence(fresh, act, report)
    _take_papers(fresh, gone)
    _blank_records(fresh)
    _blank_certificates(fresh, gone)
    _blank_application(fresh, at)
    gone.take(_messages(fresh))
    destruction.seal(act, at)
    clear_files(gone.files)
    return gone


def _messages(application: Application) -> Any:
    return Notice.objects.filter(about=f"application:{application.pk}")


def _name_evidence(application: Application, act: int, report: str) -> None:
    for source, rows in (
        ("permits.ApplicationRecord", application.records),
        ("permits.ApplicationClockEvent", application.clock_events),
        ("permits.RequirementVerdict", application.verdicts),
        ("permits.AnswerVerdict", application.answer_verdicts),
        ("permits.RecordedFact", application.recorded_facts),
        ("permits.Refusal", application.refusals),
        ("permits.StepPart", application.parts.exclude(finished_at=None)),
        ("permits.Opening", application.openings),
        ("permits.CertificateOrder", _orders(application)),
        ("permits.Certificate", application.certificates.exclude(ended_by=None)),
    ):
        keys = rows.values_list("pk", flat=True)
        destruction.name_rows(source, keys, act=act, report=report)


def _orders(application: Application) -> Any:
    return CertificateOrder.objects.filter(certificate__application=application)


def _take_papers(application: Application, gone: Gone) -> None:
    """Everything that is nothing but content."""
    photos = InspectionPhoto.objects.filter(inspection__application=application)
    gone.take(application.verdicts.all())
    gone.take(application.answer_verdicts.all())
    gone.take(application.recorded_facts.all())
    gone.take(application.documents.all(), "file")
    gone.take(photos, "file")
    gone.take(application.payments.all(), "file")
    gone.take(PartFile.objects.filter(part__application=application), "file")
    gone.take(StepFile.objects.filter(visit__application=application), "file")
    gone.take(application.charges.all())
    gone.take(application.inspections.all())
    gone.take(application.printouts.all(), "file")
    if hasattr(application, "hand_over"):
        application.hand_over.delete()


def _blank_records(application: Application) -> None:
    """Dates, acts and officers stay; words and the applicant go."""
    person = application.applicant_id
    application.records.update(note="")
    application.records.filter(actor=person).update(actor=None)
    application.clock_events.update(reason="")
    application.clock_events.filter(actor=person).update(actor=None)
    application.refusals.update(reason=DESTROYED, decision_note="")
    _orders(application).update(reason=DESTROYED, decision_note="")
    application.steps.update(note="")
    application.parts.update(note="")
    # names of files, as the applicant wrote them, and what officers said of the applicant
    application.openings.update(what="", reason="")
    for name in ("handed_over_by", "received_by", "finished_by"):
        application.steps.filter(**{name: person}).update(**{name: None})
    application.drafts.update(content={})
    numbers = CertificateNumber.objects.filter(application=application)
    numbers.exclude(reason="").update(reason=DESTROYED)


def _blank_certificates(application: Application, gone: Gone) -> None:
    """Keep the entries of the register: what stands on the page that checks a document."""
    for certificate in Certificate.objects.filter(application=application).order_by("pk"):
        if certificate.file.name:
            gone.files.append(certificate.file.name)
        holder = [] if certificate.is_refusal else certificate.content.get("holder", [])[:1]
        office = {"name": certificate.content.get("office", {}).get("name", "")}
        certificate.content = {
            "title": certificate.content.get("title", ""),
            "office": office,
            "holder": holder,
        }
        certificate.file = ""
        certificate.save(update_fields=["content", "file"])


def _blank_application(application: Application, at: datetime) -> None:
    issued = Q(pk=application.pk, certificate__issued_at__isnull=False, certificate__refusal=None)
    if not Application.objects.filter(issued).exists():
        application.holder_name = ""
    for name in ("responsible_name", "national_id", "business_number", "address", "phone"):
        setattr(application, name, "")
    application.answers, application.declared = {}, []
    application.tracking_code = tracking_code()
    application.applicant = _nobody()
    application.destroyed_at = at
    application.save()


def _nobody() -> User:
    """Return the account that stands for people who are not named any more; nobody signs in."""
    person, new = User.objects.get_or_create(
        email=_UNNAMED, defaults={"full_name": "Arsip yang dimusnahkan", "is_active": False}
    )
    if new:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person
