"""The six steps of the study, and the draft answer built from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import translation

from accounts.models import User
from complaints import policies, selectors
from complaints.domain import draft
from complaints.domain.lifecycle import Status
from complaints.domain.terms import ComplaintTermKind
from complaints.models import Complaint, ComplaintFile, Problem, StudyStep
from complaints.services import attachments, deadlines
from complaints.services.events import locked
from permits.presenters.routing_lines import SheetLine, card_of, sheet_line
from workflow.domain.dates import long_date
from workflow.domain.errors import DomainError

Step = StudyStep.Step


@transaction.atomic
def record_step(
    complaint: Complaint,
    *,
    actor: User,
    at: datetime,
    step: str,
    result: str,
    with_whom: str = "",
    held_on: date | None = None,
    files: Sequence[UploadedFile] = (),
) -> StudyStep:
    """Store the result of one step; it can be replaced until there is a draft.

    Saving the plan meets the term of the plan. Raises ``DomainError``: out_of_turn,
    result_missing, inquiry_incomplete, held_in_future, too_many_files and those of uploads.
    """
    fresh = locked(complaint, actor, policies.may_handle, at)
    if fresh.status != Status.STUDIED:
        raise DomainError("out_of_turn")
    if not result.strip():
        raise DomainError("result_missing")
    if step == Step.INQUIRY:
        if not with_whom.strip() or held_on is None:
            raise DomainError("inquiry_incomplete")
        if held_on > fresh.office.local_date(at):
            raise DomainError("held_in_future")
    if len(files) > attachments.MOST:
        raise DomainError("too_many_files", most=attachments.MOST)
    row, _made = StudyStep.objects.update_or_create(
        complaint=fresh,
        round=fresh.round,
        step=step,
        defaults={
            "result": result.strip(),
            "with_whom": with_whom.strip(),
            "held_on": held_on,
            "officer": actor,
            "at": at,
        },
    )
    for upload in files:
        file = attachments.take(upload, at=at)
        file.complaint, file.purpose = fresh, ComplaintFile.Purpose.STUDY
        file.save(update_fields=["complaint", "purpose"])
    if step == Step.PLAN:
        deadlines.done(fresh, ComplaintTermKind.PLAN, at)
    return row


def prefilled(complaint: Complaint, at: datetime, card: Iterable[SheetLine] | None = None) -> str:
    """Return the body of a draft: what was sent back, or what the study found.

    ``card`` is the routing card of the file, if the caller has read it.
    """
    last = selectors.latest_answer(complaint)
    if last is not None:
        return draft.body_of(last.text, ending_of(complaint))
    received = long_date(complaint.office.local_date(complaint.received_at))
    facts = {"number": complaint.number, "received": received, "office": complaint.office.name}
    if complaint.is_suggestion:
        return draft.thanks(**facts)
    with translation.override("id"):  # a letter is Indonesian, whatever language the screens are in
        return draft.compose(_findings(complaint, at, card), **facts)


def ending_of(complaint: Complaint) -> str:
    """Return the ending of the answer of this round. A complaint is reopened only once.

    A suggestion cannot be reopened: it can be submitted again.
    """
    again = complaint.round == 1 and not complaint.is_suggestion and complaint.has_identity
    return draft.closing(selectors.rules_of(complaint.office).reopen_days if again else 0)


def _findings(
    complaint: Complaint, at: datetime, card: Iterable[SheetLine] | None
) -> draft.Findings:
    rows = {row.step: row for row in complaint.study.all() if row.round == complaint.round}

    def words(step: Step) -> str:
        return rows[step].result if step in rows else ""

    inquiry = rows.get(Step.INQUIRY)
    return draft.Findings(
        core=words(Step.CORE),
        link=words(Step.LINK),
        documents=words(Step.DOCUMENTS),
        inquiry=words(Step.INQUIRY),
        conclusion=words(Step.CONCLUSION),
        with_whom=inquiry.with_whom if inquiry else "",
        held=long_date(inquiry.held_on) if inquiry and inquiry.held_on else "",
        late_step=_late_steps(complaint, at, card),
    )


def _late_steps(complaint: Complaint, at: datetime, card: Iterable[SheetLine] | None) -> str:
    """Of a complaint about time: the steps of its file that took longer than their standard."""
    file = complaint.application
    if file is None or file.procedure_id is None or complaint.problem != Problem.TERM:
        return ""
    lines = map(sheet_line, card_of(file, at)) if card is None else card
    late = [line for line in lines if line.late]
    return "\n".join(
        f"- langkah {line.number} ({line.performer}): waktu baku {line.standard}, terpakai "
        f"{line.used}"
        for line in late
    )
