"""The published standard and procedure an application was filed under."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from permits.domain.lifecycle import Status
from permits.models import Application
from standards.models import LegalBasis, StandardVersion
from standards.selectors import load_procedure, published_procedure, published_version


def with_standard(application: Application) -> Application:
    """Set the version and the procedure of ``application`` with their related rows; return it.

    The application comes from ``Application.objects.with_related()``.
    """
    version, procedure = application.version, application.procedure
    if version.is_published:
        application.version = published_version(version.pk, version.digest)
    if procedure.published_at is not None:
        application.procedure = published_procedure(procedure.pk, procedure.published_at)
    else:
        load_procedure(procedure)
    return application


def is_used(version: StandardVersion) -> bool:
    """Whether an application was ever sent under ``version``; a draft moves to another one."""
    return Application.objects.filter(version=version).exclude(status=Status.DRAFT).exists()


def cited_bases(application: Application) -> QuerySet[LegalBasis]:
    """Return the legal bases of the standard with their regulations, in order.

    Whether a regulation was repealed since is read anew each time.
    """
    cited = LegalBasis.objects.filter(version=application.version_id)
    return cited.select_related("regulation__successor").order_by("order", "pk")


def service_in_force(service: int, at: datetime) -> StandardVersion | None:
    """Return the version of a service that is in force at ``at``, with service and office."""
    rows = StandardVersion.objects.filter(service=service).select_related("service__office")
    first = rows.first()
    if first is None:
        return None
    on = first.service.office.local_date(at)
    return rows.in_force(on).first()
