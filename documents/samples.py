"""Samples that are signed to show that signing works; they are no documents and are not kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import Office
from documents.models import SampleSignature, SigningKey
from documents.rendering import RenderError, render_pdf
from documents.signing import KeyProblem, SigningError, signer_for
from workflow.domain.dates import moment
from workflow.sweeps import SweepResult, sweep

TASK = "documents.sign_samples"
_KEPT = timedelta(hours=1)  # after a check that was broken off


def ask_for_samples(at: datetime) -> list[SampleSignature]:
    """Ask the signing worker for a sample of each office whose key it has seen."""
    offices = Office.objects.filter(
        pk__in=SigningKey.objects.exclude(problem=KeyProblem.MISSING).values("office")
    )
    return [SampleSignature.objects.create(office=office, asked_at=at) for office in offices]


def offices_without_key() -> list[str]:
    """Return the codes of the offices for which no key is recorded."""
    seen = SigningKey.objects.exclude(problem=KeyProblem.MISSING).values("office")
    return list(Office.objects.exclude(pk__in=seen).order_by("code").values_list("code", flat=True))


def sign_samples(at: datetime) -> SweepResult:
    """Sign what was asked for. Only for the signing worker."""
    SampleSignature.objects.filter(asked_at__lt=at - _KEPT).delete()
    waiting = SampleSignature.objects.filter(done_at=None).order_by("pk")
    return sweep(TASK, waiting.values_list("pk", flat=True), lambda pk: _sign(pk, at))


def _sign(pk: int, at: datetime) -> bool:
    row = SampleSignature.objects.select_related("office").get(pk=pk)
    office, signed, problem = row.office, None, ""
    try:
        pdf = render_pdf(
            "certificates/sample.html",
            {"office": {"name": office.short_name}, "at": moment(at, office.zone)},
        )
        signer = signer_for(office.code)
        signed = signer.sign(pdf, reason="Contoh", location=office.city, at=at)
    except (RenderError, SigningError, OSError) as error:
        problem = f"{type(error).__name__}: {error}"[:200]
    rows = SampleSignature.objects.filter(pk=pk, done_at=None)
    return bool(rows.update(pdf=signed, problem=problem, done_at=at))
