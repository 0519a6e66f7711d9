"""The published standard and procedure an application was filed under."""

from __future__ import annotations

from django.db.models import QuerySet

from permits.models import Application
from standards.models import LegalBasis, StandardVersion
from standards.selectors import whole, whole_procedure


def with_standard(application: Application) -> Application:
    """Give ``application`` its version and its procedure with all their rows, and return it.

    The application comes from ``Application.objects.with_related()``.
    """
    application.version = whole_version(application)
    procedure = application.procedure
    application.procedure = whole_procedure(procedure.pk, procedure.published_at)
    return application


def whole_version(application: Application) -> StandardVersion:
    """Return the version of the application with all its rows."""
    return whole(application.version_id, application.version.digest)


def repealed_bases(application: Application) -> QuerySet[LegalBasis]:
    """Return the legal bases of the standard whose regulation was repealed or changed since."""
    cited = LegalBasis.objects.filter(version=application.version_id).exclude(regulation=None)
    rows = cited.exclude(regulation__repealed_by="").select_related("regulation")
    return rows.order_by("order", "pk")
