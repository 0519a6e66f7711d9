"""What the page of a trial run reads. All of it is rolled back with the trial (ADR 0048)."""

from __future__ import annotations

from django.db.models import QuerySet

from notices.models import Channel, Notice
from permits.models import Application, Certificate, Trial
from standards.models import StandardVersion


def trial_of(version: StandardVersion) -> Trial | None:
    """Return the trial of a draft; a draft has one at most."""
    return Trial.objects.filter(version=version).first()


def as_it_stands(application: Application) -> Application:
    """Return the application read anew, with everything that its page shows."""
    return Application.objects.for_application_page().get(pk=application.pk)


def between_acts(application: Application) -> Application:
    """Return the application read anew without what only its page shows: the next act follows."""
    return Application.objects.select_related("office", "desk").get(pk=application.pk)


def signed_papers(application: Application) -> QuerySet[Certificate]:
    """Return the signed papers of the application, the oldest first."""
    return Certificate.objects.filter(application=application).order_by("pk")


def messages_about(application: Application) -> QuerySet[Notice]:
    """Return the messages that would leave the portal for it, the first one first."""
    about = Notice.objects.filter(about=f"application:{application.pk}").order_by("pk")
    return about.exclude(channel=Channel.ACCOUNT).select_related("recipient")
