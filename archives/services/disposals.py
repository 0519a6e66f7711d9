"""Delete and destroy: proposed by one person, confirmed by another, done file by file.

1. ``propose`` writes the list; 2. ``decide`` by a second person confirms or refuses it;
3. the worker does one file a transaction and asks again whether it is due and not held;
4. the worker that signs renders the report. Whoever dies is followed by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse

from accounts.models import Office, User
from accounts.selectors import capacity_text, seat_in
from archives.content.report import report_content
from archives.domain.retention import Act
from archives.models import Disposal, DisposalItem, DisposalReport
from archives.policies import may_decide, may_propose
from archives.schedule import Due, due_files, why_not_due
from archives.selectors import archivists
from complaints.models import Complaint
from complaints.services import disposal as complaints
from notices import outbox
from permits.models import Application
from permits.services import disposal as files
from permits.services import numbers
from permits.services.disposal import Gone
from workflow.domain.errors import DomainError
from workflow.models import JobStatus
from workflow.sweeps import UNFINISHED, RetryLater, SweepResult, drain_queue, run_job, sweep
from workflow.worker import notify_on_commit

FOLDER = "disposals"
TASK, SIGN = "archives.do_disposals", "archives.sign_reports"
_KEY_TRIES = 10_000  # a missing key is installed by people: retry, never fail
_BATCH = 20


@transaction.atomic
def propose(
    office: Office,
    act: Act,
    keys: Sequence[str],
    *,
    actor: User,
    at: datetime,
    approval: str = "",
) -> Disposal:
    """Propose to delete or destroy those of the files ``keys`` (``schedule.key_of``) that are due.

    Raises ``DomainError``: not_an_archivist, nothing_chosen, approval_missing.
    """
    verdict = may_propose(actor, office, at)
    if not verdict:
        raise DomainError(verdict.reason)
    if act is Act.DESTROY and not approval.strip():
        raise DomainError("approval_missing")
    Office.objects.select_for_update().get(pk=office.pk)  # one list at a time
    due = due_files(office, act, at, viewer=actor)
    chosen = [one for one in due if one.key in set(keys)]
    if not chosen:
        raise DomainError("nothing_chosen")
    disposal = Disposal.objects.create(
        office=office,
        number=numbers.letter_number(office, office.local_date(at)),
        act=act,
        approval=approval.strip(),
        proposed_by=actor,
        proposed_capacity=capacity_text(seat_in(actor, office.pk, at)),
        proposed_at=at,
        next_try_at=at,
    )
    DisposalItem.objects.bulk_create(_item(disposal, due) for due in chosen)
    return disposal


def _item(disposal: Disposal, due: Due) -> DisposalItem:
    return DisposalItem(
        disposal=disposal,
        application=due.file if isinstance(due.file, Application) else None,
        complaint=due.file if isinstance(due.file, Complaint) else None,
        label=str(due.file),
        service=due.service,
        kind=due.kind,
        closed_on=due.closed_on,
    )


@transaction.atomic
def decide(
    disposal: Disposal, *, agreed: bool, actor: User, at: datetime, reason: str = ""
) -> Disposal:
    """Confirm or refuse a proposal as the second person.

    Raises ``DomainError``: the codes of ``may_decide``, refusal_without_reason.
    """
    fresh = Disposal.objects.select_for_update().get(pk=disposal.pk)
    verdict = may_decide(actor, fresh, at)
    if not verdict:
        raise DomainError(verdict.reason)
    if not agreed and not reason.strip():
        raise DomainError("refusal_without_reason")
    fresh.state = Disposal.State.CONFIRMED if agreed else Disposal.State.REFUSED
    fresh.refusal = "" if agreed else reason.strip()
    fresh.decided_by, fresh.decided_at = actor, at
    fresh.decided_capacity = capacity_text(seat_in(actor, fresh.office_id, at))
    fresh.next_try_at = at
    if not agreed:
        fresh.job_status = JobStatus.DONE
    fresh.save()
    notify_on_commit(TASK)
    return fresh


def do_due(at: datetime) -> SweepResult:
    """Do what was confirmed, one file at a time."""
    decided = Disposal.objects.decided()
    ready = decided.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(
        TASK,
        lambda: ready[:_BATCH],
        lambda pk: run_job(decided, pk, lambda row: _next(row, at), at=at, tries=_KEY_TRIES),
    )


def _next(disposal: Disposal, at: datetime) -> Callable[[], object]:
    item = disposal.items.filter(done_at=None, left_out="").first()
    if item is None:
        return lambda: _close(disposal, at)

    def act() -> object:
        _do(disposal, item, at)
        return UNFINISHED

    return act


def _do(disposal: Disposal, item: DisposalItem, at: datetime) -> None:
    """Do one file, unless something has changed since it was proposed."""
    item.left_out = why_not_due(item.subject, Act(disposal.act), at)
    if not item.left_out:
        gone = _take(item.subject, disposal, at)
        item.done_at, item.files, item.rows = at, len(gone.files), gone.rows
    item.save(update_fields=["left_out", "done_at", "files", "rows"])


def _take(file: Application | Complaint, disposal: Disposal, at: datetime) -> Gone:
    """Do the act of ``disposal`` on one file, through the app that owns it."""
    by: dict[str, Any] = {"act": disposal.pk, "report": disposal.number, "at": at}
    if isinstance(file, Complaint):
        if disposal.act == Act.DELETE:
            return complaints.delete(file, at=at)
        return complaints.destroy(file, **by)
    if disposal.act == Act.DELETE:
        return files.delete(file, at=at)
    file.data_requests.all().delete()
    return files.destroy(file, **by)


def _close(disposal: Disposal, at: datetime) -> None:
    Disposal.objects.filter(pk=disposal.pk).update(done_at=at)
    DisposalReport.objects.create(disposal=disposal, next_try_at=at)
    notify_on_commit(SIGN)


def sign_due(at: datetime) -> SweepResult:
    """Render and sign the reports of what is done."""
    reports = DisposalReport.objects.all()
    ready = reports.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(
        SIGN,
        lambda: ready[:_BATCH],
        lambda pk: run_job(reports, pk, lambda row: _sign(row, at), at=at, tries=_KEY_TRIES),
    )


def _sign(report: DisposalReport, at: datetime) -> Callable[[], None]:
    from documents.rendering import RenderError, render_pdf
    from documents.signing import SigningError, signer_for
    from documents.verification import sha256

    disposal = report.disposal
    office, path = disposal.office, f"{FOLDER}/{disposal.public_id}.pdf"
    try:
        pdf = render_pdf("certificates/disposal_report.html", report_content(disposal))
        signed = signer_for(office.code).sign(
            pdf, reason=f"Berita acara {disposal.number}", location=office.city, at=at
        )
        if default_storage.exists(path):  # rendered before a crash
            default_storage.delete(path)
        name = default_storage.save(path, ContentFile(signed))
    except (RenderError, SigningError, OSError) as error:
        raise RetryLater(type(error).__name__) from error

    def store() -> None:
        DisposalReport.objects.filter(pk=report.pk).update(
            file=name, sha256=sha256(signed), signed_at=at
        )

    return store


def notify_due(at: datetime) -> SweepResult:
    """Tell once a month who answers for the archives of an office what is due there."""

    def tell(pk: int) -> bool:
        office = Office.objects.get(pk=pk)
        found = {act: len(due_files(office, act, at)) for act in Act}
        if not any(found.values()):
            return False
        for person in archivists(office, at):
            outbox.post(
                f"archives-due:{office.pk}:{office.local_date(at):%Y%m}:{person.pk}",
                "archives/due",
                to=person,
                at=at,
                sender=office,
                name=person.full_name,
                office=office.name,
                delete=found[Act.DELETE],
                destroy=found[Act.DESTROY],
                path=reverse("archives:desk"),
            )
        return True

    return sweep("archives.notify_due", Office.objects.values_list("pk", flat=True), tell)
