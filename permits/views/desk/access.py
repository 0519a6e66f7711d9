"""Access of officers: only to sent applications of their own offices, or at their body's desks."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.officers import Officer
from permits.models import Application
from permits.selectors import load_papers, load_parts, with_standard


def get_application(officer: Officer, key: UUID) -> Application:
    """Return a sent application of one of the officer's offices, to act on it.

    Raises ``Http404`` if there is none.
    """
    sent = Application.objects.sent_to(officer.offices)
    return with_standard(get_object_or_404(sent.with_related(), public_id=key))


def get_application_for_page(officer: Officer, key: UUID) -> Application:
    """Return the same with everything its page shows."""
    sent = Application.objects.sent_to(officer.offices)
    application = get_object_or_404(sent.for_application_page(), public_id=key)
    load_parts(application.steps.all())
    load_papers(application.steps.all())
    for visit in application.steps.all():
        if visit.pk == application.current_step_id:
            application.current_step = visit
    return with_standard(application)


def way_back(officer: Officer, application: Application) -> str:
    """Return the page of the application, or the worklist if it left the desks of a partner body.

    To be asked after an action: what an officer of a body passed on is out of their sight.
    """
    if application.office not in officer.offices:
        sent = Application.objects.sent_to(officer.offices)
        if not sent.filter(pk=application.pk).exists():
            return reverse("permits:worklist")
    return application.get_desk_url()
