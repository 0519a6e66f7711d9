"""Answers that every app gives alike."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.access import Verdict
from workflow.refusals import sentence


def refuse(verdict: Verdict) -> None:
    """Raise 403 with the reason unless the verdict is yes."""
    if not verdict:
        raise PermissionDenied(sentence(verdict.reason))
