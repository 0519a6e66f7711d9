"""The signature of the head, and the signed report as PDF, made and signed by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import capacity_text, head_seat
from documents.content import in_indonesian, letterhead
from reports import policies, selectors
from reports.domain.lifecycle import ReportEvent
from reports.models import Report, ReportInitial, ReportPaper
from reports.services import terms
from reports.services.notifying import notify
from workflow import transitions
from workflow.domain.dates import long_date, moment
from workflow.domain.errors import DomainError
from workflow.sweeps import RetryLater, SweepResult, drain_queue, run_job
from workflow.worker import notify_on_commit

TASK = "reports.sign_papers"
FOLDER = "reports"
TEMPLATE = "certificates/report.html"
_BATCH = 5
Level = ReportInitial.Level
_KEY_TRIES = 10_000  # a missing key is installed by people: retry, never fail


@transaction.atomic
def sign(report: Report, *, actor: User, at: datetime, seen: str) -> Report:
    """Sign the approved report: its content is closed, and the worker makes the paper.

    ``seen`` is the digest of the content on screen. Raises ``DomainError``: report_content_changed,
    out_of_turn (signed already, or returned meanwhile), and the code of ``may_sign``.
    """
    verdict = policies.may_sign(actor, report, at)
    if not verdict:
        raise DomainError(verdict.reason)
    position = capacity_text(head_seat(actor, report.office_id, at))
    fresh = transitions.fire(report, ReportEvent.SIGN, actor=actor, at=at, capacity=position)
    if seen != fresh.digest:
        raise DomainError("report_content_changed")
    ReportPaper.objects.create(
        report=fresh,
        next_try_at=at,
        content=paper_content(fresh, actor, position, at),
    )
    terms.done(fresh, at)
    notify(fresh, "signed", [fresh.compiled_by], at)
    notify_on_commit(TASK)
    return fresh


@in_indonesian
def file_content(report: Report, reader: User, at: datetime) -> dict[str, Any]:
    """Return what the file to edit says: what was signed, else what ``reader`` may read of it.

    Before the signature it has no date, and names who heads the office now, if anybody does.
    """
    paper = ReportPaper.objects.filter(report=report).first()
    if paper is not None:
        return dict(paper.content)
    head = next(iter(selectors.heads(report.office, at)), None)
    position = capacity_text(head_seat(head, report.office_id, at)) if head else ""
    shown = policies.readable(reader, report, at)["chapters"]
    return {**paper_content(report, head, position, at), "chapters": shown, "date": ""}


@in_indonesian
def paper_content(
    report: Report, signer: User | None, position: str, at: datetime
) -> dict[str, Any]:
    """Return what the signed report prints."""
    office, initials = report.office, selectors.valid_initials(report)
    return {
        "office": letterhead(office),
        "title": report.title,
        "chapters": report.content["chapters"],
        "initials": [
            [row.get_level_display(), row.officer.full_name, row.capacity] for row in initials
        ],
        "without_secretary": all(row.level != Level.SECRETARY for row in initials),
        "compiled": moment(report.compiled_at, office.zone),
        "digest": report.digest,
        "place": office.city,
        "date": long_date(office.local_date(at)),
        "signer": {
            "position": position,
            "name": signer.full_name if signer else "",
            "rank": signer.rank if signer else "",
            "nip": signer.employee_number if signer else "",
        },
    }


def sign_papers(at: datetime) -> SweepResult:
    """Render and sign the queued papers."""
    papers = ReportPaper.objects.all()
    ready = papers.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(
        TASK,
        lambda: ready[:_BATCH],
        lambda pk: run_job(papers, pk, lambda row: _print(row, at), at=at, tries=_KEY_TRIES),
    )


def _print(paper: ReportPaper, at: datetime) -> Callable[[], None]:
    from documents.keys import watch_key
    from documents.rendering import RenderError, render_pdf
    from documents.signing import SigningError, signer_for
    from documents.verification import sha256
    from reports.chapters import with_charts

    office, path = paper.report.office, f"{FOLDER}/{paper.report.public_id}.pdf"
    try:
        signer = signer_for(office.code)
        shown = {**paper.content, "chapters": with_charts(paper.content["chapters"])}
        pdf = render_pdf(TEMPLATE, shown)
        reason = _("Laporan: %(title)s") % {"title": paper.report.title}
        signed = signer.sign(pdf, reason=reason, location=office.city, at=at)
        if default_storage.exists(path):  # rendered before a crash
            default_storage.delete(path)
        name = default_storage.save(path, ContentFile(signed))
    except (RenderError, SigningError, OSError) as error:
        watch_key(office, at, error)
        raise RetryLater(type(error).__name__) from error

    def store() -> None:
        watch_key(office, at)
        ReportPaper.objects.filter(pk=paper.pk).update(
            file=name, sha256=sha256(signed), signed_at=at
        )

    return store
