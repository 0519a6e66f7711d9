"""Questions of an office's own, which never enter the index: added and taken away.

What is asked is a published version and cannot be changed: each change publishes the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import Office, User
from surveys import selectors
from surveys.domain.elements import Kind
from surveys.models import InstrumentVersion, Question
from surveys.services import instruments
from workflow.domain.errors import DomainError

MOST = 10  # a questionnaire that is too long is not answered
_KEY = "tambahan-"


@dataclass(frozen=True, slots=True)
class Extra:
    """A question with two to four answers."""

    name: str
    text: str
    choices: Sequence[str]


def asked(office: Office) -> list[Question]:
    """Return the questions outside the index that the office asks now."""
    version = _version(office)
    return [one for one in version.questions.all() if not one.in_index] if version else []


@transaction.atomic
def add(office: Office, extra: Extra, *, actor: User, at: datetime) -> InstrumentVersion:
    """Ask one question more from now on.

    Two at once: the second waits and adds to what the first has published. Raises ``DomainError``:
    survey_none_published, survey_draft_exists (an administrator is writing a version),
    survey_extra_full.
    """
    draft = _next(office)
    rows = list(draft.questions.order_by("order"))
    if sum(not one.in_index for one in rows) >= MOST:
        raise DomainError("survey_extra_full", most=MOST)
    number = _unused(draft)
    choices = {f"choice_{nth}": label for nth, label in enumerate(extra.choices, start=1)}
    Question.objects.create(
        version=draft,
        key=f"{_KEY}{number}",
        number=f"T{number}",
        order=rows[-1].order + 1,
        name=extra.name,
        text=extra.text,
        in_index=False,
        **choices,
    )
    return instruments.publish(draft, actor=actor, at=at)


@transaction.atomic
def remove(office: Office, key: str, *, actor: User, at: datetime) -> InstrumentVersion:
    """Ask a question no more; what was answered stays.

    Raises ``DomainError``: survey_extra_gone, and what ``add`` raises.
    """
    draft = _next(office)
    if not draft.questions.filter(key=key, in_index=False).delete()[0]:
        raise DomainError("survey_extra_gone")
    return instruments.publish(draft, actor=actor, at=at)


def _version(office: Office) -> InstrumentVersion | None:
    found = (one for one in selectors.versions_asked(office) if one.instrument.kind == Kind.SKM)
    return next(found, None)


def _next(office: Office) -> InstrumentVersion:
    """Return a draft of what is asked now, with the office locked."""
    Office.objects.select_for_update().get(pk=office.pk)
    version = _version(office)
    if version is None:
        raise DomainError("survey_none_published")
    return instruments.copy(version, office=office)


def _unused(draft: InstrumentVersion) -> int:
    """Return a number that no question of the instrument ever had: answers are kept by key."""
    keys = Question.objects.filter(version__instrument=draft.instrument, key__startswith=_KEY)
    used = [
        int(key.removeprefix(_KEY))
        for key in keys.values_list("key", flat=True)
        if key.removeprefix(_KEY).isdigit()
    ]
    return max(used, default=0) + 1
