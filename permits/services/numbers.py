"""Numbers from registers: one counter row per office, kind and year."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from accounts.models import Office
from permits import selectors
from permits.domain.numbering import format_number
from permits.models import Application, CertificateNumber, NumberRegister
from permits.selectors.registers import LETTERS
from permits.services.high_water import is_behind
from standards.domain.number_patterns import book_of_pattern
from standards.models import Paper
from workflow.domain.errors import DomainError

APPLICATIONS = "permohonan"


@transaction.atomic
def take(office: Office, kind: str, year: int) -> tuple[NumberRegister, int]:
    """Return the next value of a register; without gaps: a rollback of the caller undoes it."""
    register, _made = NumberRegister.objects.get_or_create(office=office, kind=kind, year=year)
    NumberRegister.objects.filter(pk=register.pk).update(last=F("last") + 1)
    register.refresh_from_db()
    return register, register.last


def application_number(office: Office, day: date) -> str:
    """Return a registration number such as "PKU-2026-000123"."""
    _register, value = take(office, APPLICATIONS, day.year)
    return f"{office.number_code}-{day.year}-{value:06d}"


def letter_number(office: Office, day: date) -> str:
    """Return the number of an outgoing letter, in the pattern of the office."""
    _register, value = take(office, LETTERS, day.year)
    return format_number(office.letter_pattern, value, day)


def reserve(application: Application, *, at: datetime) -> CertificateNumber:
    """Reserve the certificate's number before signing; a retry gets the same one.

    A permit with a pattern of its own stands in a book of its own. Raises ``DomainError``:
    register_behind, when that number is on a signed document already.
    """
    pattern = selectors.permit_text(application).number_pattern
    if pattern:
        kind = f"izin-{application.service_id}-{book_of_pattern(pattern)}"
        return _reserve(application, kind, pattern, at)
    return _reserve(application, application.service.slug, application.version.number_pattern, at)


def reserve_letter(application: Application, *, at: datetime) -> CertificateNumber:
    """Reserve the number of a letter that is signed, from the book of letters.

    Raises ``DomainError``: register_behind.
    """
    return _reserve(application, LETTERS, application.office.letter_pattern, at)


def reserve_refusal(application: Application, *, at: datetime) -> CertificateNumber:
    """Reserve the number of the letter that refuses an application.

    Without a pattern of its own it stands in the book of letters. Raises ``DomainError``:
    register_behind.
    """
    pattern = application.version.refusal_number_pattern
    if not pattern:
        return reserve_letter(application, at=at)
    return _reserve(application, f"penolakan-{application.service_id}", pattern, at)


def reserve_paper(application: Application, paper: Paper, *, at: datetime) -> CertificateNumber:
    """Reserve the number of a paper beside the permit.

    Without a pattern of its own it stands in the book of letters. Raises ``DomainError``:
    register_behind.
    """
    if not paper.number_pattern:
        return reserve_letter(application, at=at)
    kind = f"dokumen-{application.service_id}-{paper.key}"
    return _reserve(application, kind, paper.number_pattern, at)


@transaction.atomic
def _reserve(application: Application, kind: str, pattern: str, at: datetime) -> CertificateNumber:
    existing = application.numbers.filter(state=CertificateNumber.State.RESERVED).first()
    if existing is not None:
        return existing
    day = application.office.local_date(at)
    register, value = take(application.office, kind, day.year)
    if is_behind(register, value):
        raise DomainError("register_behind")
    return CertificateNumber.objects.create(
        register=register,
        value=value,
        text=format_number(pattern, value, day),
        application=application,
        reserved_at=at,
    )
