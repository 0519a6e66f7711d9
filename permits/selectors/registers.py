"""The register of numbers of an office: its books by kind and year."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import Office
from permits.models import CertificateNumber, NumberRegister
from standards.models import Service

LETTERS = "surat"


def registers_of(office: Office) -> QuerySet[NumberRegister]:
    """Return the books of numbers of ``office``."""
    return NumberRegister.objects.filter(office=office)


def numbers_of(office: Office, year: int) -> QuerySet[CertificateNumber]:
    """Return the numbers that ``office`` gave in ``year``."""
    return CertificateNumber.objects.filter(register__office=office, register__year=year)


def book_names(office: Office, kinds: Iterable[str]) -> dict[str, str]:
    """Return the names of the books ``kinds`` of ``office``.

    The usual permits of a service stand under its name, other documents with a first number.
    """
    names = dict.fromkeys(kinds, "")
    services = Service.objects.filter(office=office, slug__in=names)
    names |= dict(services.values_list("slug", "name"))
    others = [kind for kind, name in names.items() if not name]
    lowest = CertificateNumber.objects.filter(register=OuterRef("pk")).order_by("value", "pk")
    books = registers_of(office).filter(kind__in=others).order_by("year")
    rows = books.annotate(
        number=Subquery(lowest.values("text")[:1]),
        service=Subquery(lowest.values("application__service__name")[:1]),
    ).exclude(number=None)
    for kind, number, service in rows.values_list("kind", "number", "service"):
        words = {"service": service, "number": number}
        names[kind] = _("%(service)s, seperti %(number)s") % words
    if LETTERS in names:
        names[LETTERS] = _("Surat keluar")
    return {kind: name or kind for kind, name in names.items()}
