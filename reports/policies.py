"""Permissions on reports, with the reason of a denial."""

from __future__ import annotations

from datetime import datetime

from accounts.access import ALLOWED, Verdict, denied
from accounts.domain.four_eyes import breaks_four_eyes
from accounts.models import Office, User
from reports import selectors
from reports.domain import content as contents
from reports.domain.content import Content
from reports.domain.lifecycle import ReportStatus
from reports.models import Report, ReportRole

Role = ReportRole.Role


def may_compile(user: User, office: Office, at: datetime) -> Verdict:
    """Order and publish what belongs to the reports of an office."""
    if selectors.has_role(user, office, Role.COMPILER, at):
        return ALLOWED
    return denied("report_not_compiler")


def may_write(user: User, office: Office, at: datetime) -> Verdict:
    """Write a version of a report: who compiles, except the head, who signs it."""
    verdict = may_compile(user, office, at)
    if verdict and selectors.is_head(user, office, at):
        return denied("report_head_signs")
    return verdict


def may_check(user: User, report: Report, at: datetime) -> Verdict:
    """Approve a report: the secretary, unless they wrote any version of it."""
    if not selectors.has_role(user, report.office, Role.SECRETARY, at):
        return denied("report_not_secretary")
    if breaks_four_eyes(user.pk, selectors.authors_of(report)):
        return denied("report_own_work")
    return ALLOWED


def may_return(user: User, report: Report, at: datetime) -> Verdict:
    """Return a report: who checks it; once it is approved, the head."""
    if report.status == ReportStatus.APPROVED:
        is_head = selectors.is_head(user, report.office, at)
        return ALLOWED if is_head else denied("report_not_head")
    return may_check(user, report, at)


def may_sign(user: User, report: Report, at: datetime) -> Verdict:
    """Sign a report: the head of the office, unless they wrote any version of it."""
    if not selectors.is_head(user, report.office, at):
        return denied("report_not_head")
    if breaks_four_eyes(user.pk, selectors.authors_of(report)):
        return denied("report_own_signature")
    return ALLOWED


def may_collect_evidence(user: User, office: Office, at: datetime) -> Verdict:
    """Order an evidence pack of an office and fetch it: its head, and who has a part in reports."""
    has_part = any(selectors.has_role(user, office, role, at) for role in Role)
    if has_part or selectors.is_head(user, office, at):
        return ALLOWED
    return denied("evidence_not_yours")


def readable(user: User, report: Report, at: datetime) -> Content:
    """Return the content as ``user`` may read it.

    Words of citizens that no officer has read yet are shown to those who compile only.
    """
    if report.read_at is not None or may_compile(user, report.office, at):
        return contents.copied(report.content)
    return contents.without_quotes(report.content)
