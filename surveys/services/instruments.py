"""Questionnaires: copy, publish."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import Office, User
from surveys.domain.elements import KEYS, Kind
from surveys.domain.weights import weights_of
from surveys.models import Instrument, InstrumentVersion
from workflow.domain.errors import DomainError

_State = InstrumentVersion.State


@transaction.atomic
def publish(version: InstrumentVersion, *, actor: User | None, at: datetime) -> InstrumentVersion:
    """Freeze a draft: from now on it is the one that is asked.

    Raises ``DomainError``: survey_published, survey_elements_missing (an element of the kind has no
    question), survey_weights (they do not add up to 1).
    """
    fresh = InstrumentVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if fresh.is_published:
        raise DomainError("survey_published")
    counted = [question for question in fresh.questions.all() if question.in_index]
    kind = Kind(fresh.instrument.kind)
    missing = set(KEYS[kind]) - {question.key for question in counted}
    if missing:
        raise DomainError("survey_elements_missing", missing=", ".join(sorted(missing)))
    if weights_of({question.key: question.fraction for question in counted}) is None:
        raise DomainError("survey_weights")
    fresh.state, fresh.published_at, fresh.published_by = _State.PUBLISHED, at, actor
    fresh.save(update_fields=["state", "published_at", "published_by"])
    return fresh


@transaction.atomic
def copy(version: InstrumentVersion, *, office: Office) -> InstrumentVersion:
    """Return a draft of ``office`` with the questions of ``version``.

    An office has one draft of a kind at a time. Raises ``DomainError``: survey_draft_exists.
    """
    original = version.instrument
    instrument, _new = Instrument.objects.select_for_update().get_or_create(
        office=office,
        kind=original.kind,
        defaults={"name": original.name, "source": original.source},
    )
    if instrument.versions.filter(state=_State.DRAFT).exists():
        raise DomainError("survey_draft_exists")
    last = instrument.versions.aggregate(last=Max("number"))["last"] or 0
    draft = InstrumentVersion.objects.create(instrument=instrument, number=last + 1)
    for question in version.questions.order_by("order"):  # rows of its own: a process shares others
        question.pk, question.version = None, draft
        question._state.adding = True
        question.save()
    return draft
