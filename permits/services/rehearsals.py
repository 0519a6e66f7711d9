"""Rehearsals: a draft standard is set and walked in a transaction that is rolled back (ADR 0048).

The services are those of every application; nothing that they write is ever committed, so a
rehearsal takes no number, sends no message, makes no record and is counted nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import Appointment, Office, Position, User
from documents.scans import ScanStatus
from documents.uploads import PDF, Checked
from permits import selectors
from permits.content.trials import MARK
from permits.domain.samples import HOLDER, sample
from permits.models import Application, Certificate, Document
from permits.services import applications, certificates, filling, payments
from standards.domain.facts import FactKind, choices_of
from standards.domain.requirements import Need
from standards.models import Fact, Service, StandardVersion
from standards.selectors import load_checklist, load_procedure
from standards.services import publishing
from workflow.domain.errors import DomainError


class Rehearsal:
    """A draft standard inside the transaction: its applicant, its officers, one application.

    The version belongs to a copy of its service, which has no other version and registers of its
    own. Read nothing of it through what processes keep of published standards
    (``selectors.with_standard``): the draft may change before the next rehearsal.
    """

    def __init__(self, version: StandardVersion, at: datetime) -> None:
        self.at = at
        self.version = StandardVersion.objects.select_related("service__office").get(pk=version.pk)
        if self.version.is_published:
            raise DomainError("standard_published")
        office = self.version.service.office
        Office.objects.filter(pk=office.pk).update(
            letter_pattern=_marked(office, "letter_pattern", "SURAT")
        )
        service = Service.objects.get(pk=self.version.service_id)
        service.pk, service.slug, service.closed_from = None, f"uji-{version.pk}", None
        service.save()
        self.version.service = service
        self.version.effective_on = service.office.local_date(at)
        self.version.number_pattern = _marked(self.version, "number_pattern", "IZIN")
        self.version.refusal_number_pattern = _marked(
            self.version, "refusal_number_pattern", "TOLAK"
        )
        self.version.save(
            update_fields=["service", "effective_on", "number_pattern", "refusal_number_pattern"]
        )
        for paper in self.version.papers.exclude(number_pattern=""):
            paper.number_pattern = _marked(paper, "number_pattern", paper.key)
            paper.save(update_fields=["number_pattern"])
        for rule in self.version.permits.exclude(number_pattern=""):
            rule.number_pattern = _marked(rule, "number_pattern", f"IZIN-{rule.order}")
            rule.save(update_fields=["number_pattern"])
        self.applicant = self._person("pemohon", _("Pemohon (uji coba)"))
        self._officers: dict[int, User] = {}

    def publish(self) -> None:
        """Set the standard. Raises ``DomainError("standard_incomplete", missing=[...])``.

        Its rows are read once: nothing changes them until the rehearsal is over.
        """
        publishing.publish_version(self.version, actor=None, at=self.at)
        self.version = StandardVersion.objects.select_related("service__office").get(
            pk=self.version.pk
        )
        load_checklist(self.version)
        self.procedure = load_procedure(self.version.procedure_links.all()[0].procedure)

    def with_standard(self, application: Application) -> Application:
        """Set the version and the procedure of ``application`` as they were read; return it."""
        application.version, application.procedure = self.version, self.procedure
        return application

    def begin(self, key: UUID | None = None) -> Application:
        """Return a new draft of an application, also under a standard that is not complete yet.

        Raises ``DomainError("procedure_broken")`` if the standard has no procedure.
        """
        link = self.version.procedure_links.select_related("procedure").first()
        if link is None:
            raise DomainError("procedure_broken", kind="")
        application = Application(
            applicant=self.applicant,
            service=self.version.service,
            office=self.version.service.office,
            version=self.version,
            procedure=link.procedure,
            created_at=self.at,
        )
        if key is not None:
            application.public_id = key
        application.save()
        return application

    def officer(self, position: Position) -> User:
        """Return the person who holds ``position`` in this rehearsal, and nothing else."""
        if position.pk not in self._officers:
            person = self._person(f"jabatan-{position.pk}", _("%s (uji coba)") % position.name)
            Appointment.objects.create(
                user=person,
                position=position,
                started_on=self.version.service.office.local_date(self.at),
            )
            self._officers[position.pk] = person
        return self._officers[position.pk]

    def _person(self, name: str, full_name: str) -> User:
        email = f"{name}.versi-{self.version.pk}@uji.invalid"
        return User.objects.create(email=email, full_name=full_name[:150])


@contextmanager
def rehearsal(version: StandardVersion, at: datetime) -> Iterator[Rehearsal]:
    """Give a rehearsal of the draft ``version``; whatever was written is rolled back at its end.

    Pages are rendered inside, files are not written. Raises ``DomainError("standard_published")``.
    """
    with transaction.atomic():
        try:
            yield Rehearsal(version, at)
        finally:
            transaction.set_rollback(True)


def fill_with_samples(application: Application, at: datetime) -> None:
    """Give every question and field that is still empty a sample answer."""
    empty = [name for name in HOLDER if not getattr(application, name)]
    filling.save_form(application, at=at, identity={name: HOLDER[name] for name in empty})
    # an answer may ask further questions: each round answers what the one before has opened
    for _round in application.version.facts.all():
        application = Application.objects.get(pk=application.pk)
        asked = selectors.asked_facts(application)
        open_rows = [row for row in (*asked.form, *asked.questions) if row.key not in asked.values]
        found = {row.key: sample(row.kind, choices_of(row.choices_text)) for row in open_rows}
        if not found:
            return
        filling.save_form(application, at=at, answers=found)


def attach_samples(application: Application, at: datetime) -> None:
    """Meet every requirement: declarations are given, sample files stand as uploaded.

    A sample file is a row without a file, which no transaction could roll back.
    """
    lines = [line for line in selectors.checklist(application).lines() if line.applies]
    declared = [line.requirement.pk for line in lines if line.need is Need.DECLARE]
    filling.save_declarations(application, declared, at=at)
    for line in lines:
        if line.need is Need.UPLOAD and (line.missing or line.refused):
            application.documents.current().filter(requirement=line.requirement).update(
                superseded_at=at
            )
            Document.objects.create(
                application=application,
                requirement=line.requirement,
                file="uji-coba.pdf",
                original_name=_("Berkas contoh.pdf"),
                content_type="application/pdf",
                size=1,
                sha256=f"{application.documents.count():064}",
                uploaded_by=application.applicant,
                uploaded_at=at,
                opened_at=at,
                opened_by=application.applicant,
            )


def attach_documents(
    application: Application, facts: Iterable[Fact], names: Mapping[str, str]
) -> None:
    """Attach the documents among ``facts`` to the open step: rows without a file."""
    for fact in facts:
        name = names.get(fact.key, "")
        if fact.kind == FactKind.DOCUMENT and name and application.current_step is not None:
            application.current_step.documents.create(
                key=fact.key,
                title=fact.label,
                file="uji-coba.pdf",
                original_name=name,
                content_type=PDF,
                size=1,
                sha256=f"{1:064}",
            )


def send(application: Application, at: datetime) -> Application:
    """Send the application, or send it again; its number is marked."""
    again = application.submitted_at is not None
    act = applications.resubmit_application if again else applications.submit_application
    sent = act(application, actor=application.applicant, at=at, declared_true=True)
    if not again:
        office = sent.office
        sent.number = f"{MARK}-{office.number_code}-{office.local_date(at).year}-000001"
        sent.save(update_fields=["number"])
    return sent


def pay(application: Application, *, actor: User, at: datetime, **facts: Any) -> None:
    """Record a payment with a sample proof: a row without a file, another one each time."""
    content = b"%PDF-1.7\n% uji coba " + str(application.payments.count()).encode()
    payments.keep_payment(
        application,
        actor=actor,
        at=at,
        proof=Checked(content, PDF, _("Bukti contoh.pdf")),
        stored="uji-coba.pdf",
        scan=ScanStatus.RECEIVED,
        **facts,
    )


def sign(application: Application, at: datetime) -> None:
    """Let a requested signature take effect as if the worker had made it: without key and file."""
    certificate = Certificate.objects.filter(
        application=application, state=Certificate.State.REQUESTED
    ).first()
    if certificate is not None:
        certificates.take_effect(certificate, at=at)


def _marked(row: Model, column: str, short: str) -> str:
    """Return the pattern in ``column`` with the mark, or another that holds ``short`` if too long.

    Patterns that differ still differ then.
    """
    pattern: str = getattr(row, column)
    if not pattern.strip():
        return pattern  # its absence is a fault of the draft, which is said
    marked = f"{MARK} {pattern}"
    longest = getattr(row._meta.get_field(column), "max_length", None) or 0
    return marked if len(marked) <= longest else f"{MARK} {{nomor:04}}/{short}/{{tahun}}"
