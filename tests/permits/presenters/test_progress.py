"""The timeline of a file: what happened, where it is, and what is still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from demo import samples
from permits import selectors
from permits.models import Application
from permits.presenters.progress import progress
from permits.services import applications, documents
from standards.domain.steps import StepKind
from standards.services.publishing import publish_version
from tests.factories.permits import (
    Cast,
    make_cast,
    make_completed,
    make_keys,
    make_submitted,
)
from tests.factories.standards import (
    PUBLISHED_AT,
    STEPS,
    make_draft,
    make_procedure,
    make_service,
)

pytestmark = pytest.mark.django_db
WITH_PAYMENT = (*STEPS[:3], (StepKind.PAY, "Pemohon", "Front Office", 5, "menit_kerja", None),
                *STEPS[3:])  # fmt: skip


def told(application: Application) -> list[tuple[str, str]]:
    return [(stage.label, stage.state) for stage in progress(samples.reload(application))]


def test_a_refused_file_does_not_end_well(cast: Cast, monday: datetime) -> None:
    make_keys(cast)
    application = samples.refuse(make_submitted(cast, monday), monday, reason="Tidak berhak.")
    assert told(application) == [("Permohonan dikirim", "done"), ("Permohonan ditolak", "ended")]


def test_a_returned_file_says_so_and_each_round_stays(cast: Cast, monday: datetime) -> None:
    application = samples.return_for_completion(make_submitted(cast, monday), monday)
    assert told(application)[:4] == [
        ("Permohonan dikirim", "done"),
        ("Dikembalikan kepada pemohon untuk dilengkapi", "returned"),
        ("Pemohon memperbaiki berkas", "current"),
        ("Kelengkapan berkas diperiksa", "todo"),
    ]
    (line,) = selectors.checklist(application).refused()
    documents.attach(
        application, line.requirement.pk, samples.pdf_upload(), actor=cast.applicant, at=monday
    )
    samples.submit(application, monday)
    assert told(application)[1:4] == [
        ("Dikembalikan kepada pemohon untuk dilengkapi", "returned"),
        ("Perbaikan dikirim", "done"),
        ("Kelengkapan berkas diperiksa", "current"),
    ]


def test_a_lapsed_file_ends_with_the_return(cast: Cast, monday: datetime) -> None:
    application = samples.return_for_completion(make_submitted(cast, monday), monday)
    applications.lapse_application(application, at=monday, days=30)
    assert told(application) == [
        ("Permohonan dikirim", "done"),
        ("Dikembalikan kepada pemohon untuk dilengkapi", "returned"),
        ("Permohonan gugur karena tidak dilengkapi", "ended"),
    ]


@pytest.mark.parametrize(("fee", "asked"), [(0, False), (50_000, True)])
def test_a_payment_is_a_step_only_where_there_is_a_fee(
    calendar: None, db: None, monday: datetime, fee: int, asked: bool
) -> None:
    cast = make_cast()
    draft = make_draft(make_service(cast.office), make_procedure(cast.office, WITH_PAYMENT))
    draft.fees.update(amount=fee, kind="tetap" if fee else "gratis")
    version = publish_version(draft, actor=None, at=PUBLISHED_AT)
    application = make_submitted(replace(cast, service=version.service, version=version), monday)
    assert (("Retribusi dibayar", "todo") in told(application)) is asked
    application = samples.advance(application, StepKind.PAY if asked else StepKind.DRAFT, monday)
    at = application.current_step
    assert at is not None
    assert at.step.kind == (StepKind.PAY if asked else StepKind.DRAFT)
    skipped = application.steps.filter(outcome="dilewati")
    assert [row.note for row in skipped] == ([] if asked else ["Layanan ini tidak dipungut biaya."])


def test_a_handed_over_file_is_done_to_the_end(cast: Cast, monday: datetime) -> None:
    assert {state for _label, state in told(make_completed(cast, monday))} == {"done"}
