"""The one call with which an app brings its kind of report."""

from __future__ import annotations

from reports import kinds
from reports.kinds import ReportKind
from reports.services import terms


def register(kind: ReportKind) -> None:
    """Have reports of this kind compiled, and their terms watched. Called at startup."""
    kinds.register(kind)
    terms.register(kind)
