"""Files of the last thirteen months or more: what boards, reports and surveys of the demo count.

Written as rows: played by the services they would take minutes of ``make run``. They are out of
daily work, as after the retention schedule, so that no list of the demo is full of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Model

from accounts.models import Appointment, Office, User
from boards.domain.months import back, month_of
from boards.services.counting import recount
from demo import past_visits
from demo.past_visits import Made
from permits.domain.lifecycle import Event, Status
from permits.models import (
    Application,
    ApplicationClockEvent,
    ApplicationDeadline,
    ApplicationRecord,
    ApplicationStep,
    Certificate,
    CertificateDraft,
    CertificateNumber,
    HolderKind,
    NumberRegister,
    RequirementVerdict,
)
from standards.domain.steps import StepKind
from standards.models import Requirement, StandardVersion
from workflow.audit import extend_chains
from workflow.calendar_versions import keep
from workflow.calendars import calendar_of
from workflow.domain.clock import ClockKind
from workflow.models import JobStatus

_MONTHS: Final = 13  # the year before, and the month that it is compared with
_A_MONTH: Final = 6  # files of each service
_LATE, _RETURNED, _SLOW_CHECK = 0.08, 0.25, 0.03  # shares of them
_APPLICANT: Final = "pemohon-lampau@demo.invalid"  # nobody signs in with it
_HOLDERS: Final = ("Koperasi", "Yayasan", "CV", "Klinik")
_REASONS: Final = ("Tidak terbaca", "Bukan dokumen yang diminta", "Sudah tidak berlaku")


@dataclass
class _Rows:
    """What is written, by table, in the order in which rows name each other."""

    files: list[Any] = field(default_factory=list)
    visits: list[Any] = field(default_factory=list)
    terms: list[Any] = field(default_factory=list)  # of visits
    others: dict[type[Model], list[Any]] = field(default_factory=dict)
    verdicts: list[tuple[int, Any]] = field(default_factory=list)  # with the place of their visit

    def add(self, row: Any) -> Any:
        """Keep a row of one of the other tables."""
        self.others.setdefault(type(row), []).append(row)
        return row


@transaction.atomic
def write(at: datetime) -> int:
    """Write the past of every office without files, and count it; return the number of files."""
    applicant, _new = User.objects.get_or_create(
        email=_APPLICANT,
        defaults={
            "full_name": "Pemohon berkas lampau (akun demo)",
            "password": make_password(None),
            "is_active": False,
            "is_demo": True,
        },
    )
    written = 0
    for office in Office.objects.filter(applications=None, services__isnull=False).distinct():
        rows = _Rows()
        for made in _versions(office, applicant, at):
            chance = Random(f"{office.code} {made.version.service_id}")  # noqa: S311  a sample
            this_month = month_of(office.local_date(at))
            month = earliest(this_month)
            while month < this_month:
                for _each in range(_A_MONTH):
                    _write_file(made, rows, chance, month, at)
                month = back(month, -1)
        _store(rows)
        written += len(rows.files)
        recount(office, at=at)
    extend_chains(at)
    return written


def earliest(this_month: date) -> date:
    """Return the first month that is written, by its first day.

    An office may measure by the year: the last one that has ended needs a quarter of files.
    """
    return min(back(this_month, _MONTHS), date(this_month.year - 1, 10, 1))


def _versions(office: Office, applicant: User, at: datetime) -> Iterator[Made]:
    calendar = calendar_of(office)
    seats = Appointment.objects.filter(position__office=office).select_related("user")
    people = {row.position_id: row.user for row in seats.order_by("-pk")}
    found = StandardVersion.objects.published().filter(service__office=office)
    for version in found.select_related("service").order_by("service", "effective_on"):
        link = version.procedure_links.select_related("procedure").order_by("pk").first()
        if link is None:
            continue
        rows = link.procedure.steps.select_related("role", "recorded_by").order_by("order")
        steps = [one for one in rows if one.desk is not None and one.kind != StepKind.FILE]
        yield Made(
            office,
            version,
            steps,
            list(Requirement.objects.filter(version=version).order_by("pk")[:6]),
            calendar,
            keep(calendar),
            people,
            applicant,
        )


def _write_file(made: Made, rows: _Rows, chance: Random, month: date, at: datetime) -> None:
    """Write one file: accepted in ``month``, returned once perhaps, its permit handed over."""
    calendar, zone = made.calendar, made.office.zone
    promised = made.version.term_amount or 1
    day = calendar.next_workday(month + timedelta(days=chance.randint(0, 20)))
    begun = datetime.combine(day, time(9, chance.randint(5, 55)), zone)
    net = min(chance.randint(1, promised), chance.randint(1, promised))
    net += promised if chance.random() < _LATE else 0
    paused = chance.randint(1, 4) if chance.random() < _RETURNED else 0
    ended = datetime.combine(calendar.add(day, net + paused), time(14, chance.randint(1, 50)), zone)
    if ended >= at:
        return
    number = len(rows.files) + 1
    file = Application(
        applicant=made.applicant,
        office=made.office,
        service=made.version.service,
        version=made.version,
        procedure=made.steps[0].procedure,
        status=Status.COMPLETED,
        number=f"ARSIP-{made.office.code.upper()}-{number:04d}",
        holder_name=f"{chance.choice(_HOLDERS)} Contoh {number}",
        holder_kind=HolderKind.BODY,
        created_at=begun - timedelta(days=1),
        submitted_at=_sent(chance, begun),
        accepted_at=begun,
        closed_at=ended,
        deleted_at=ended,
    )
    rows.files.append(file)
    rows.add(
        ApplicationDeadline(
            application=file,
            kind=ApplicationDeadline.Kind.SERVICE,
            term_amount=promised,
            term_unit=made.version.term_unit,
            started_at=begun,
            met_at=ended,
            calendar_version=made.kept,
        )
    )
    stood = _pause(made, rows, chance, file, begun, paused)
    visits = past_visits.walk(made, chance, file, stood)
    if stood and made.wanted:
        rows.verdicts.append((len(rows.visits), _verdict(made, chance, file, stood[0])))
    rows.visits.extend(visits)
    rows.terms.extend(past_visits.terms(made, visits))
    _records(made, rows, file, begun, ended, stood)
    _certificate(made, rows, file, ended)


def _sent(chance: Random, begun: datetime) -> datetime:
    """Return when a file came that was found complete at ``begun``: seldom a long time before."""
    minutes = chance.randint(50, 90) if chance.random() < _SLOW_CHECK else chance.randint(8, 33)
    return begun - timedelta(minutes=minutes)


def _pause(
    made: Made, rows: _Rows, chance: Random, file: Any, begun: datetime, days: int
) -> tuple[datetime, datetime] | None:
    """Write the clock of a file; return when it stood."""
    officer = made.officer(made.steps[0])
    stood = None
    events = [(ClockKind.START, begun, "")]
    if days:
        until = made.calendar.add(begun.date(), days)
        stood = begun + timedelta(hours=2), datetime.combine(until, time(13), begun.tzinfo)
        events += [(ClockKind.PAUSE, stood[0], "pemohon"), (ClockKind.RESUME, stood[1], "pemohon")]
    events.append((ClockKind.STOP, file.closed_at, ""))
    for kind, at, key in events:
        rows.add(
            ApplicationClockEvent(
                application=file, kind=kind, at=at, recorded_at=at, key=key, actor=officer
            )
        )
    return stood


def _verdict(made: Made, chance: Random, file: Any, at: datetime) -> RequirementVerdict:
    """Return what was found wrong; its visit is named once visits are stored."""
    return RequirementVerdict(
        application=file,
        requirement=chance.choice(made.wanted),
        at=at,
        officer=made.officer(made.steps[0]),
        result=RequirementVerdict.Result.REFUSED,
        reason=chance.choice(_REASONS),
    )


def _records(
    made: Made,
    rows: _Rows,
    file: Any,
    begun: datetime,
    ended: datetime,
    stood: tuple[datetime, datetime] | None,
) -> None:
    officer = made.officer(made.steps[0])
    told = [
        (Event.SUBMIT, Status.DRAFT, Status.SUBMITTED, file.submitted_at),
        (Event.ACCEPT, Status.SUBMITTED, Status.IN_PROCESS, begun),
    ]
    if stood:
        told += [
            (Event.RETURN, Status.IN_PROCESS, Status.RETURNED, stood[0]),
            (Event.RESUBMIT, Status.RETURNED, Status.IN_PROCESS, stood[1]),
        ]
    told += [
        (Event.ISSUE, Status.IN_PROCESS, Status.ISSUED, ended),
        (Event.COMPLETE, Status.ISSUED, Status.COMPLETED, ended),
    ]
    for event, source, to, when in told:
        by = made.applicant if event in (Event.SUBMIT, Event.RESUBMIT) else officer
        note = "Berkas perlu dilengkapi." if event == Event.RETURN else ""
        rows.add(
            ApplicationRecord(
                subject=file, event=event, source=source, to=to, actor=by, at=when, note=note
            )
        )


def _certificate(made: Made, rows: _Rows, file: Any, ended: datetime) -> None:
    """Write the entry of the register; the paper itself is gone, as the files are."""
    number = rows.add(
        CertificateNumber(
            application=file,
            state=CertificateNumber.State.ISSUED,
            reserved_at=ended,
            settled_at=ended,
        )
    )
    head = next((one for one in made.steps if one.kind == StepKind.SIGN), made.steps[-1])
    signer = made.officer(head)
    draft = rows.add(
        CertificateDraft(
            application=file, revision=1, content={}, digest="", written_by=signer, written_at=ended
        )
    )
    rows.add(
        Certificate(
            application=file,
            number=number,
            draft=draft,
            state=Certificate.State.ISSUED,
            content={
                "title": made.version.certificate_title or made.version.product,
                "office": {"name": made.office.name},
                "holder": [["Nama", file.holder_name]],
            },
            signer=signer,
            signer_capacity="",
            requested_at=ended,
            signed_at=ended,
            issued_at=ended,
            valid_from=ended.date(),
            next_try_at=ended,
            job_status=JobStatus.DONE,
        )
    )


def _number(found: list[Any]) -> None:
    """Give the numbers of each year, in the order in which the permits were issued."""
    registers: dict[int, NumberRegister] = {}
    for row in sorted(found, key=lambda one: one.settled_at):
        office, year = row.application.office, row.settled_at.year
        if year not in registers:
            rows = NumberRegister.objects
            registers[year], _new = rows.get_or_create(office=office, kind="contoh", year=year)
        row.register = registers[year]
        row.register.last += 1
        row.value = row.register.last
        row.text = f"{row.value:04d}/CONTOH/{office.code.upper()}/{year}"
    for register in registers.values():
        register.save(update_fields=["last"])


def _store(rows: _Rows) -> None:
    _number(rows.others.get(CertificateNumber, []))
    Application.objects.bulk_create(rows.files)
    ApplicationStep.objects.bulk_create(rows.visits)
    ApplicationDeadline.objects.bulk_create(rows.terms)
    for place, verdict in rows.verdicts:
        verdict.visit = rows.visits[place]
    RequirementVerdict.objects.bulk_create(verdict for _place, verdict in rows.verdicts)
    last = {visit.application.pk: visit for visit in rows.visits}
    certificates = rows.others.pop(Certificate, [])
    for table, found in rows.others.items():
        table._default_manager.bulk_create(found)
    for certificate in certificates:
        certificate.visit = last[certificate.application.pk]
    Certificate.objects.bulk_create(certificates)
    for certificate in certificates:
        certificate.application.certificate = certificate
    Application.objects.bulk_update(rows.files, ["certificate"], batch_size=200)
