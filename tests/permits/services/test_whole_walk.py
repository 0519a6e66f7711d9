"""The main path at the level of services: every desk once, then the certificate."""

from __future__ import annotations

from datetime import timedelta

import pytest

from permits import selectors
from permits.domain.lifecycle import Status
from permits.models import Certificate, CertificateNumber, Printout
from permits.services.printouts import print_due
from standards.domain.steps import StepKind
from tests.factories.permits import make_accepted, make_completed, make_submitted
from workflow.domain.clock import ClockStatus

pytestmark = pytest.mark.django_db


def test_a_sent_file_lies_at_the_front_office_and_no_clock_runs(cast, monday):
    application = make_submitted(cast, monday)
    assert application.status == Status.SUBMITTED
    assert application.current_step.step.kind == StepKind.CHECK
    assert application.desk.code == "front-office"
    assert selectors.clock(application, monday).state is ClockStatus.NOT_STARTED
    assert application.due_on is None


def test_declaring_complete_starts_the_clock_and_owes_the_receipt(cast, monday):
    application = make_accepted(cast, monday)
    assert application.status == Status.IN_PROCESS
    assert application.due_on.isoformat() == "2026-11-24"
    receipt = Printout.objects.get(application=application, kind=Printout.Kind.RECEIPT)
    assert receipt.content["promised"] == "Selasa, 24 November 2026"
    print_due(monday + timedelta(minutes=1))
    receipt.refresh_from_db()
    assert receipt.file.read().startswith(b"%PDF")


def test_the_file_reaches_the_certificate_through_every_desk(cast, monday):
    application = make_completed(cast, monday)
    assert application.status == Status.COMPLETED
    assert application.current_step is None
    certificate = Certificate.objects.get(application=application)
    assert certificate.state == Certificate.State.ISSUED
    assert certificate.number.text == "503/0001/TD/2026"
    assert certificate.number.state == CertificateNumber.State.ISSUED
    kinds = [line.visit.step.kind for line in selectors.routing_card(application, monday)]
    assert kinds == [
        "ajukan", "periksa", "tinjau", "konsep", "paraf", "tanda_tangan", "nomor", "serahkan",
    ]  # fmt: skip
    assert selectors.clock(application, monday).state is ClockStatus.STOPPED
    assert not application.deadlines.filter(met_at=None).exists()
