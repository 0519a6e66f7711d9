"""The published standard and procedure an application was filed under."""

from __future__ import annotations

from django.db.models import QuerySet

from permits.models import Application
from standards.models import LegalBasis
from standards.selectors import load_procedure


def with_standard(application: Application) -> Application:
    """Read the steps of the procedure of ``application``, and return it.

    The application comes from ``Application.objects.with_related()``.
    """
    load_procedure(application.procedure)
    return application


def repealed_bases(application: Application) -> QuerySet[LegalBasis]:
    """Return the legal bases of the standard whose regulation was repealed or changed since."""
    cited = LegalBasis.objects.filter(version=application.version_id).exclude(regulation=None)
    rows = cited.exclude(regulation__repealed_by="").select_related("regulation")
    return rows.order_by("order", "pk")
