"""What an application takes over from the permit that it extends, changes or closes."""

from __future__ import annotations

from permits import selectors
from permits.models import HOLDER_FIELDS, Application
from standards.domain.built_in import PREVIOUS
from workflow.domain.errors import DomainError


def refuse_unsound(application: Application) -> None:
    """Raise ``DomainError`` if the previous permit that ``application`` names cannot be followed.

    Its codes are those of ``permits.domain.previous``, with the number.
    """
    number = selectors.previous_number(application)
    _paper, reason = selectors.previous_certificate(application.service, number)
    if number and reason:
        raise DomainError(reason, number=number)


def take_over(draft: Application) -> None:
    """Fill what is empty in ``draft`` from the previous permit, without saving it.

    Only from a permit of the same applicant: another person's data are not shown to whoever knows
    a number. Taken are the holder, while none is named, and the facts that the version marks.
    """
    number = str(draft.answers.get(PREVIOUS, ""))
    paper, reason = selectors.previous_certificate(draft.service, number)
    if paper is None or reason or paper.application.applicant_id != draft.applicant_id:
        return
    before = paper.application
    if not draft.holder_name:
        for name in HOLDER_FIELDS:
            setattr(draft, name, getattr(before, name))
    marked = draft.version.facts.filter(carried=True, asked_at="").values_list("key", flat=True)
    taken = {key: before.answers[key] for key in marked if before.answers.get(key)}
    draft.answers = {**taken, **{key: text for key, text in draft.answers.items() if text}}
