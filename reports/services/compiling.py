"""A report, from its figures to its publication. Each function is one event and one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.access import Verdict
from accounts.models import Office, User
from accounts.selectors import capacity_text, seat_in
from documents.content import in_indonesian
from reports import policies, selectors
from reports.domain import content as contents
from reports.domain.content import Block, Content
from reports.domain.lifecycle import FIRST_VERSION, ReportEvent, ReportStatus
from reports.domain.periods import Period
from reports.kinds import ReportKind
from reports.models import Report, ReportInitial, ReportRecord, ReportRole
from reports.services import terms
from reports.services.notifying import notify
from reports.wording import period_name
from workflow import transitions
from workflow.domain.errors import DomainError

Level, Role = ReportInitial.Level, ReportRole.Role


@transaction.atomic
def compile_report(
    kind: ReportKind, office: Office, period: Period, *, actor: User, at: datetime
) -> Report:
    """Compile the report of a period that is over, or return the one that is there.

    Two officers at once: the second waits for the office and finds the report of the first. Raises
    ``DomainError``: report_period_open, report_no_rhythm, and the code of ``may_write``.
    """
    _need(policies.may_write(actor, office, at))
    if kind.rhythm(office) != period.rhythm:
        raise DomainError("report_no_rhythm")
    if office.local_date(at) < period.ends_before:
        raise DomainError("report_period_open")
    Office.objects.select_for_update().get(pk=office.pk)
    known = Report.objects.filter(office=office, kind=kind.code, period=period.code).first()
    if known is not None:
        return known
    content = _composed(kind, office, period, at)
    report = Report.objects.create(
        office=office,
        kind=kind.code,
        period=period.code,
        begins=period.begins,
        title=_title(kind, period),
        status=ReportStatus.COMPILED,
        content=content,
        digest=contents.digest(content),
        compiled_by=actor,
        compiled_at=at,
    )
    ReportRecord.objects.create(
        subject=report,
        event=FIRST_VERSION,
        source="",
        to=report.status,
        actor=actor,
        at=at,
        capacity=_capacity(actor, office, at),
    )
    terms.expect(kind, office, period)
    return report


@transaction.atomic
def compile_again(report: Report, *, actor: User, at: datetime) -> Report:
    """Compose the content anew: earlier initials are void.

    Sentences that an officer changed stay where the figures behind them are the same; the words of
    citizens are read again, for there may be new ones. Raises ``DomainError``: out_of_turn, and the
    code of ``may_write``.
    """
    _need(policies.may_write(actor, report.office, at))
    fresh = _fire(report, ReportEvent.COMPILE_AGAIN, actor, at)
    content = _composed(selectors.kind_of(report), report.office, report.span, at)
    fresh.compiled_by, fresh.compiled_at, fresh.read_at = actor, at, None
    return _store(fresh, contents.keep_words(content, fresh.content))


@transaction.atomic
def change_words(
    report: Report, words: Mapping[str, str], *, actor: User, at: datetime, seen: str
) -> Report:
    """Store the sentences of an officer, who has read the words of citizens with them.

    ``seen`` is the digest of the content on screen. Raises ``DomainError``: report_content_changed,
    out_of_turn, and the code of ``may_write``.
    """
    _need(policies.may_write(actor, report.office, at))
    fresh = _fire(report, ReportEvent.EDIT, actor, at)
    _need_seen(fresh, seen)
    fresh.read_at = at
    return _store(fresh, contents.put_words(fresh.content, words))


@transaction.atomic
def change_block(report: Report, key: str, block: Block, *, actor: User, at: datetime) -> Report:
    """Exchange one table of the report (a plan that officers write). Raises ``DomainError``."""
    _need(policies.may_write(actor, report.office, at))
    fresh = _fire(report, ReportEvent.EDIT, actor, at)
    return _store(fresh, contents.put_block(fresh.content, key, block))


@transaction.atomic
def submit(report: Report, *, actor: User, at: datetime, seen: str) -> Report:
    """Put initials under it and pass it on: to the secretary, or to the head if nobody else checks.

    Raises ``DomainError``: report_content_changed, report_quotes_unread, out_of_turn, and the codes
    of ``may_write`` and of the kind.
    """
    _need(policies.may_write(actor, report.office, at))
    checked = selectors.has_checker(report, at, writer=actor)
    event = ReportEvent.SUBMIT if checked else ReportEvent.APPROVE_ALONE
    fresh = _initial(report, event, Level.COMPILER, actor, at, seen)
    if contents.has_quotes(fresh.content) and fresh.read_at is None:
        raise DomainError("report_quotes_unread")
    if why := selectors.kind_of(fresh).why_not(fresh.office, fresh.content):
        raise DomainError(why)
    if checked:
        notify(fresh, "check", selectors.told(fresh.office, Role.SECRETARY, at), at)
    else:
        notify(fresh, "sign", selectors.heads(fresh.office, at), at)
    return fresh


@transaction.atomic
def send_back(report: Report, *, actor: User, at: datetime, note: str) -> Report:
    """Return it to who compiled it, with remarks. Raises ``DomainError``."""
    _need(policies.may_return(actor, report, at))
    fresh = _fire(report, ReportEvent.RETURN, actor, at, note)
    notify(fresh, "returned", [fresh.compiled_by], at, note=note)
    return fresh


@transaction.atomic
def approve(report: Report, *, actor: User, at: datetime, seen: str) -> Report:
    """Approve it with the initials of the secretary. Raises ``DomainError``."""
    _need(policies.may_check(actor, report, at))
    fresh = _initial(report, ReportEvent.APPROVE, Level.SECRETARY, actor, at, seen)
    notify(fresh, "sign", selectors.heads(fresh.office, at), at)
    return fresh


@transaction.atomic
def publish(report: Report, *, actor: User, at: datetime) -> Report:
    """Put the signed report on the page of the office.

    Raises ``DomainError``: report_paper_missing, out_of_turn, and the code of ``may_compile``.
    """
    _need(policies.may_compile(actor, report.office, at))
    fresh = _fire(report, ReportEvent.PUBLISH, actor, at)
    if not fresh.paper.file:
        raise DomainError("report_paper_missing")
    return fresh


@in_indonesian
def _composed(kind: ReportKind, office: Office, period: Period, at: datetime) -> Content:
    return contents.copied(kind.compose(office, period, at))  # as it will come back from the row


@in_indonesian
def _title(kind: ReportKind, period: Period) -> str:
    return f"{kind.name}, {period_name(period)}"


def _store(report: Report, content: Content) -> Report:
    report.content, report.digest = content, contents.digest(content)
    report.save(update_fields=["content", "digest", "compiled_by", "compiled_at", "read_at"])
    return report


def _initial(
    report: Report, event: ReportEvent, level: str, actor: User, at: datetime, seen: str
) -> Report:
    fresh = _fire(report, event, actor, at)
    _need_seen(fresh, seen)
    ReportInitial.objects.create(
        report=fresh,
        level=level,
        officer=actor,
        capacity=_capacity(actor, fresh.office, at),
        digest=fresh.digest,
        at=at,
    )
    return fresh


def _fire(report: Report, event: ReportEvent, actor: User, at: datetime, note: str = "") -> Report:
    capacity = _capacity(actor, report.office, at)
    return transitions.fire(report, event, actor=actor, at=at, note=note, capacity=capacity)


def _need_seen(report: Report, seen: str) -> None:
    if seen != report.digest:
        raise DomainError("report_content_changed")


def _need(verdict: Verdict) -> None:
    if not verdict:
        raise DomainError(verdict.reason)


def _capacity(actor: User, office: Office, at: datetime) -> str:
    return capacity_text(seat_in(actor, office.pk, at))
