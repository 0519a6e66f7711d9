"""Trials of draft standards: begun, one act on, one act back, restarted, removed (ADR 0048)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from permits.models import Trial
from standards.models import StandardVersion
from workflow.domain.errors import DomainError


@dataclass(frozen=True, slots=True)
class Act:
    """An act that a rehearsal has accepted: the name of its form, and what was typed."""

    name: str
    data: Mapping[str, Any]


def begin(version: StandardVersion, *, actor: User, at: datetime) -> Trial:
    """Return the trial of ``version``, begun now if there is none."""
    trial, _made = Trial.objects.get_or_create(
        version=version, defaults={"started_by": actor, "started_at": at}
    )
    return trial


@transaction.atomic
def add(trial: Trial, seen: int, acts: Iterable[Act], *, at: datetime) -> None:
    """Keep the next acts; ``seen`` is how many acts the page had.

    Raises ``DomainError("trial_moved")`` if somebody else went on meanwhile.
    """
    fresh = _locked(trial, seen)
    fresh.acts += [{"act": act.name, "at": at.isoformat(), "data": dict(act.data)} for act in acts]
    fresh.save(update_fields=["acts"])


@transaction.atomic
def undo(trial: Trial, seen: int) -> None:
    """Take the last act back. Raises ``DomainError("trial_moved")``."""
    fresh = _locked(trial, seen)
    fresh.acts = fresh.acts[:-1]
    fresh.save(update_fields=["acts"])


@transaction.atomic
def restart(trial: Trial, *, at: datetime) -> None:
    """Go back to the empty form, on today's day."""
    Trial.objects.filter(pk=trial.pk).update(acts=[], started_at=at)


@transaction.atomic
def remove(version: StandardVersion) -> None:
    """Delete the trial of ``version`` with its papers; nothing else of it exists."""
    Trial.objects.filter(version=version).delete()
    version.sample_papers.all().delete()


def _locked(trial: Trial, seen: int) -> Trial:
    fresh = Trial.objects.select_for_update().filter(pk=trial.pk).first()
    if fresh is None or len(fresh.acts) != seen:
        raise DomainError("trial_moved")
    return fresh
