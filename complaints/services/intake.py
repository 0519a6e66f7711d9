"""Registration of complaints and suggestions from all channels."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from django.db import IntegrityError, transaction

from accounts.models import ChannelKind, Office, OfficeChannel, User
from complaints import selectors
from complaints.domain import admissibility, secrets
from complaints.domain.admissibility import Assessment, Kind
from complaints.domain.lifecycle import Status
from complaints.models import Complaint, ComplaintRecord
from complaints.services import attachments, deadlines, duplicates, messages, report_terms
from complaints.services.complainant import notify_at
from complaints.services.events import capacity_at
from complaints.services.identity import Person, seal
from permits.domain.printed import folded, tracking_readings
from permits.models import Application
from permits.services import numbers
from standards.models import Service, StandardVersion
from workflow.domain.errors import DomainError

REGISTER = "pengaduan"
_LONG_AGO = 32_767  # days, the maximum of the column
_STATUS = {
    Kind.COMPLAINT: Status.RECEIVED,
    Kind.SUGGESTION: Status.SUGGESTION,
    Kind.OFFICER_DECIDES: Status.UNDECIDED,
}


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """A report to be registered. ``received_at`` is the time of receipt on its channel.

    ``key`` and ``secret`` are generated when the form is first shown, which makes submission
    idempotent.
    """

    office: Office
    channel: ChannelKind
    received_at: datetime
    text: str
    person: Person = field(default_factory=Person)
    service: Service | None = None
    application: Application | None = None
    reference: str = ""
    served_on: date | None = None
    hide_identity: bool = False
    confidential: bool = False
    printed_channel: OfficeChannel | None = None
    outside_reference: str = ""
    files: Sequence[int] = ()
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    secret: str = field(default_factory=secrets.new_secret)

    @property
    def has_matter(self) -> bool:
        """Whether the text has content, not only a few characters."""
        return len(self.text.split()) >= 3


def named(report: Report, *, key: uuid.UUID, secret: str) -> Report:
    """Return the report with the key and secret that were generated with the form."""
    return replace(report, key=key, secret=secret)


def sent(key: uuid.UUID) -> Complaint | None:
    """Return the complaint with this key, or ``None`` if it was not submitted yet."""
    return Complaint.objects.select_related("office").filter(public_id=key).first()


def assess(report: Report) -> Assessment:
    """Return the classification of the report by the rules of the office; writes nothing."""
    return admissibility.assess(
        admissibility.Report(
            has_identity=bool(report.person),
            has_matter=report.has_matter,
            received_at=report.received_at,
            served_on=report.served_on,
        ),
        limit_days=selectors.rules_of(report.office).limit_days,
        zone=report.office.zone,
    )


def recognise(office: Office, reference: str) -> Application | None:
    """Return the application with this number, tracking code or certificate number."""
    number = reference.strip()
    if not number:
        return None
    applications = Application.objects.public().filter(office=office)
    codes, key = tracking_readings(number), folded(number)
    if codes and (application := applications.filter(tracking_code__in=codes).first()):
        return application
    return (
        applications.filter(number_key=key).first()
        or applications.filter(numbers__key=key).first()
        or applications.filter(certificates__code=key).first()
    )


def register_report(report: Report, *, actor: User | None, at: datetime) -> Complaint:
    """Register a report: number, deadlines, owner, notifications; idempotent by ``key``.

    ``actor`` is the officer who enters a report of another channel; ``None``: the web form.
    Raises ``DomainError``: received_in_future, served_after_receipt, file_of_other_office.
    """
    if known := sent(report.key):
        return known
    try:
        return _register(report, actor, at)
    except IntegrityError:  # a concurrent request with the same key was first
        if known := sent(report.key):
            return known
        raise


@transaction.atomic
def _register(report: Report, actor: User | None, at: datetime) -> Complaint:
    _refuse_nonsense(report, at)
    assessment = assess(report)
    application = report.application or recognise(report.office, report.reference)
    anonymous = not report.person
    received = _day_only(report.received_at, report.office) if anonymous else report.received_at
    entered = received if anonymous and actor is None else at
    complaint = Complaint.objects.create(
        public_id=report.key,
        office=report.office,
        number=report.key.hex,
        secret_digest=secrets.digest(report.secret),
        status=_STATUS[assessment.kind],
        grounds=[str(ground) for ground in assessment.grounds],
        days_after=_kept_days(assessment),
        channel=report.channel,
        printed_channel=report.printed_channel,
        received_at=received,
        entered_at=entered,
        entered_by=actor,
        outside_reference=report.outside_reference,
        service=application.service if application else report.service,
        application=application,
        version=_standard(report, application),
        reference=report.reference,
        served_on=report.served_on,
        text=report.text,
        has_identity=not anonymous,
        hide_identity=report.hide_identity,
        confidential=report.confidential,
        reply_ways=report.person.ways,
    )
    if report.person != Person():
        seal(complaint, report.person)
    attachments.give(complaint, report.files, at=entered)
    ComplaintRecord.objects.create(
        subject=complaint,
        event="masuk",
        source="",
        to=complaint.status,
        actor=actor,
        at=entered,
        capacity=capacity_at(actor, complaint, at),
    )
    complaint.owner = selectors.owner_for(complaint, at) if actor is None else actor
    complaint.save(update_fields=["owner"])
    deadlines.follow(complaint, received)
    duplicates.remember(complaint)
    report_terms.expect(report.office, _day(at, report.office).replace(day=1))
    _number(complaint)
    messages.notify_received(complaint, at if actor else notify_at(complaint, at))
    return complaint


def _number(complaint: Complaint) -> None:
    """Assign the next number. Call it last: the counter is locked until the commit."""
    year = _day(complaint.received_at, complaint.office).year
    register, value = numbers.take(complaint.office, REGISTER, year)
    complaint.number = f"PGD-{complaint.office.number_code}-{register.year}-{value:05d}"
    complaint.save(update_fields=["number"])


def _refuse_nonsense(report: Report, at: datetime) -> None:
    if report.received_at > at:
        raise DomainError("received_in_future")
    if report.served_on and report.served_on > _day(report.received_at, report.office):
        raise DomainError("served_after_receipt")
    if report.application and report.application.office_id != report.office.pk:
        raise DomainError("file_of_other_office")


def _kept_days(assessment: Assessment) -> int | None:
    """Return the days since the service, limited to the range of the column."""
    return None if assessment.days_after is None else min(assessment.days_after, _LONG_AGO)


def _standard(report: Report, application: Application | None) -> StandardVersion | None:
    """Return the standard of the application, or the one in force on the day of the service."""
    if application is not None:
        return application.version
    if report.service is None:
        return None
    day = report.served_on or _day(report.received_at, report.office)
    return StandardVersion.objects.in_force(day).filter(service=report.service).first()


def _day(at: datetime, office: Office) -> date:
    return office.local_date(at)


def _day_only(at: datetime, office: Office) -> datetime:
    """Return noon of the local day, so that an anonymous report has no exact time."""
    return datetime.combine(_day(at, office), time(12), office.zone)
