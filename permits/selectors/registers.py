"""The register of numbers of an office: its books by kind and year."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import Office
from permits.models import CertificateNumber, NumberRegister
from standards.models import Service


def registers_of(office: Office) -> QuerySet[NumberRegister]:
    """Return the books of numbers of ``office``."""
    return NumberRegister.objects.filter(office=office)


def numbers_of(office: Office, year: int) -> QuerySet[CertificateNumber]:
    """Return the numbers that ``office`` gave in ``year``."""
    return CertificateNumber.objects.filter(register__office=office, register__year=year)


def service_names(office: Office, slugs: Iterable[str]) -> dict[str, str]:
    """Return the names of services of ``office`` by their slugs."""
    services = Service.objects.filter(office=office, slug__in=slugs)
    return dict(services.values_list("slug", "name"))
