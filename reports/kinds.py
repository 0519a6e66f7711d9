"""The kinds of reports: each app registers its own at startup.

A kind says how often an office reports, and composes the content of a period. Everything else is
the same for all: compiling, checking, returning, approving, signing, publishing, page, PDF, DOCX,
XLSX, the term and its reminders.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise as LazyText

from accounts.models import Office
from documents.spreadsheets import Table
from reports.domain.content import Content
from reports.domain.periods import Period, Rhythm

WORKDAYS = 10  # a rule of the house: no standard sets a term for the report itself


def _nothing(office: Office, content: Mapping[str, Any]) -> str:
    return ""


def _no_tables(content: Mapping[str, Any]) -> Sequence[Table]:
    return ()


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of report.

    ``rhythm`` returns how often an office owes it; ``None`` if it does not. ``compose`` returns the
    content of a period that is over. ``why_not`` returns the code of a refusal while the content
    may not be submitted yet, else "". ``tables`` are more sheets of the spreadsheet than those in
    the chapters. ``tools`` is a template with more buttons on the page of a report.
    """

    code: str
    name: str | LazyText
    rhythm: Callable[[Office], Rhythm | None]
    compose: Callable[[Office, Period, datetime], Content]
    why_not: Callable[[Office, Mapping[str, Any]], str] = _nothing
    tables: Callable[[Mapping[str, Any]], Sequence[Table]] = _no_tables
    tools: str = ""
    workdays: int = field(default=WORKDAYS)


KINDS: dict[str, ReportKind] = {}


def register(kind: ReportKind) -> None:
    """Have reports of this kind compiled, and their terms watched."""
    KINDS[kind.code] = kind
