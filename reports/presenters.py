"""Reports as their pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import Office
from accounts.officers import Officer
from reports import policies, selectors
from reports.chapters import with_charts
from reports.domain import content as contents
from reports.domain.lifecycle import (
    EDITABLE,
    RENEWABLE,
    SIGNED_LIFECYCLE,
    ReportEvent,
    ReportStatus,
)
from reports.kinds import KINDS
from reports.models import Report, ReportInitial, ReportRecord
from workflow.refusals import sentence

_MEANING = {
    ReportStatus.SIGNED: "good",
    ReportStatus.PUBLISHED: "good",
    ReportStatus.RETURNED: "attention",
}


@dataclass(frozen=True, slots=True)
class ListPage:
    """The page of all reports: a form for each kind, and whether somebody checks."""

    forms: Sequence[tuple[str, str, Any]]
    has_secretary: bool


def list_page(office: Office, forms: Mapping[str, Any]) -> ListPage:
    """Return the page of all reports of ``office``: kinds with the forms to compile them."""
    named = [(code, str(KINDS[code].name), form) for code, form in forms.items()]
    return ListPage(named, selectors.has_secretary(office))


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The page of one report, and what its reader may do."""

    chapters: Sequence[Mapping[str, Any]]
    meaning: str
    initials: Sequence[ReportInitial]
    records: Sequence[tuple[str, ReportRecord]]
    has_secretary: bool
    is_paper_ready: bool
    must_read: bool
    obstacle: str
    may_edit: bool
    may_renew: bool
    may_submit: bool
    may_check: bool
    may_return: bool
    may_sign: bool
    may_publish: bool

    @property
    def has_step(self) -> bool:
        """Whether the reader has something to do here."""
        own = (self.may_edit, self.may_renew, self.may_check, self.may_sign, self.may_publish)
        return any(own) or bool(self.obstacle)


def report_page(report: Report, officer: Officer) -> ReportPage:
    """Return the page of one report for ``officer``."""
    status, person, at = report.status, officer.user, officer.at
    compiler = bool(policies.may_compile(person, report.office, at))
    writer = bool(policies.may_write(person, report.office, at))
    secretary = selectors.has_checker(report, at, writer=person if writer else None)
    submits = ReportEvent.SUBMIT if secretary else ReportEvent.APPROVE_ALONE
    allows = SIGNED_LIFECYCLE.allows
    quotes = contents.has_quotes(report.content)
    must_read = quotes and report.read_at is None and status in EDITABLE
    why = selectors.kind_of(report).why_not(report.office, report.content)
    signs = policies.may_sign(person, report, at)
    own = allows(ReportEvent.SIGN, status) and signs.reason == "report_own_signature"
    may_submit = writer and allows(submits, status)
    paper = getattr(report, "paper", None)
    return ReportPage(
        chapters=with_charts(policies.readable(person, report, at)["chapters"]),
        meaning=_MEANING.get(ReportStatus(status), "neutral"),
        initials=selectors.valid_initials(report),
        records=_history(report),
        has_secretary=secretary,
        is_paper_ready=bool(paper and paper.file),
        must_read=must_read and writer,
        obstacle=sentence(signs.reason if own else why) if own or (why and may_submit) else "",
        may_edit=writer and status in EDITABLE,
        may_renew=writer and status in RENEWABLE,
        may_submit=may_submit and not must_read and not why,
        may_check=allows(ReportEvent.APPROVE, status)
        and bool(policies.may_check(person, report, at)),
        may_return=allows(ReportEvent.RETURN, status)
        and bool(policies.may_return(person, report, at)),
        may_sign=allows(ReportEvent.SIGN, status) and bool(signs),
        may_publish=compiler and allows(ReportEvent.PUBLISH, status),
    )


def _history(report: Report) -> list[tuple[str, ReportRecord]]:
    """Return what happened to it, the latest first, in words."""
    rows = report.records.select_related("actor").order_by("-at", "-pk")
    return [(str(Report.Status(row.to).label), row) for row in rows]
