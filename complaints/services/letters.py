"""The answer as a letter on the office's letterhead, rendered and signed by the worker.

It is enqueued after the last approval. It is attached to a mail or printed for the post. It does
not contain the name of the complainant.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from accounts.selectors import capacity_text, seat_in
from complaints.models import Answer, AnswerLetter, Complaint
from documents.content import in_indonesian, letterhead
from permits.services import numbers
from workflow.domain.dates import long_date
from workflow.sweeps import RetryLater, SweepResult, drain_queue, run_job
from workflow.worker import notify_on_commit

TASK = "complaints.print_letters"
FOLDER = "complaint-letters"
BATCH = 50
_KEY_TRIES = 10_000  # a missing key is installed by people: retry, never fail


def enqueue(answer: Answer, *, signer: User, at: datetime) -> AnswerLetter:
    """Number the letter and enqueue it; one letter for each answer (unique constraint)."""
    complaint = answer.complaint
    day = complaint.office.local_date(at)
    number = numbers.letter_number(complaint.office, day)
    letter = AnswerLetter.objects.create(
        answer=answer,
        number=number,
        signer=signer,
        next_try_at=at,
        content=_content(complaint, answer, number, signer, at),
    )
    notify_on_commit(TASK)
    return letter


def path_of(letter: AnswerLetter) -> str:
    """Return the path of the letter in the private storage, also before it exists."""
    return f"{FOLDER}/{letter.public_id}.pdf"


def file_name(letter: AnswerLetter) -> str:
    """Return the file name for downloads; it contains only the number of the complaint."""
    return f"Jawaban {letter.answer.complaint.number}.pdf"


@in_indonesian
def _content(
    complaint: Complaint, answer: Answer, number: str, signer: User, at: datetime
) -> dict[str, Any]:
    office = complaint.office
    received = office.local_date(complaint.received_at)
    return {
        "office": letterhead(office),
        "number": number,
        "place": office.city,
        "date": long_date(office.local_date(at)),
        "complaint": complaint.number,
        "suggestion": complaint.is_suggestion,
        "received": long_date(received),
        "paragraphs": [part for part in answer.text.split("\n\n") if part.strip()],
        "signer": {
            "position": capacity_text(seat_in(signer, office.pk, at)),
            "name": signer.full_name,
            "rank": signer.rank,
            "nip": signer.employee_number,
        },
    }


def print_letters(at: datetime) -> SweepResult:
    """Render and sign the queued letters."""
    letters = AnswerLetter.objects.all()
    ready = letters.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(
        TASK,
        lambda: ready[:BATCH],
        lambda pk: run_job(letters, pk, lambda row: _print(row, at), at=at, tries=_KEY_TRIES),
    )


def _print(letter: AnswerLetter, at: datetime) -> Callable[[], None]:
    from documents.keys import watch_key
    from documents.rendering import RenderError, render_pdf
    from documents.signing import SigningError, signer_for
    from documents.verification import sha256

    office = letter.answer.complaint.office
    path = path_of(letter)
    try:
        signer = signer_for(office.code)
        pdf = render_pdf("certificates/complaint_letter.html", letter.content)
        signed = signer.sign(
            pdf, reason=f"Surat jawaban {letter.number}", location=office.city, at=at
        )
        if default_storage.exists(path):  # rendered before a crash
            default_storage.delete(path)
        name = default_storage.save(path, ContentFile(signed))
    except (RenderError, SigningError, OSError) as error:
        watch_key(office, at, error)
        raise RetryLater(type(error).__name__) from error

    def store() -> None:
        watch_key(office, at)
        AnswerLetter.objects.filter(pk=letter.pk).update(
            file=name, sha256=sha256(signed), signed_at=at
        )

    return store
