"""Read models of surveys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Count, F, Q, QuerySet

from accounts.models import Appointment, Office, User
from permits.models import Application
from permits.selectors import is_free
from reports.domain.periods import Period, read_period
from reports.models import Report
from standards.models import StandardVersion
from surveys.domain.elements import Kind
from surveys.domain.secrets import digest
from surveys.models import (
    FollowUp,
    Instrument,
    InstrumentVersion,
    Invitation,
    Response,
    SurveyRules,
)
from surveys.querysets import permits_given

_SEAL = Signer(salt="surveys.receipt")
# from a file to everybody who worked on it; a test knows which ways there are
WORK = (
    "steps__handed_over_by", "steps__received_by", "steps__finished_by", "parts__finished_by",
    "records__actor", "clock_events__actor", "verdicts__officer", "answer_verdicts__officer",
    "recorded_facts__officer", "inspections__written_by", "charges__set_by",
    "charges__corrections__corrected_by", "payments__recorded_by", "drafts__written_by",
    "drafts__initials__officer", "refusals__proposed_by", "refusals__decided_by",
    "certificates__signer", "certificates__orders__proposed_by",
    "certificates__orders__decided_by", "hand_over__recorded_by",
)  # fmt: skip


def rules_of(office: Office) -> SurveyRules:
    """Return the rules of an office: its row, or the defaults."""
    return SurveyRules.objects.filter(office=office).first() or SurveyRules(office=office)


def rules_beside(invitation: Invitation) -> SurveyRules:
    """Return the same from an invitation that was read ``to_answer``, which brought them along."""
    office = invitation.application.office
    try:
        found: SurveyRules = office.survey_rules
    except SurveyRules.DoesNotExist:
        found = SurveyRules(office_id=office.pk)
    return found


def versions_asked(office: Office, rules: SurveyRules | None = None) -> list[InstrumentVersion]:
    """Return the questionnaires an office asks now, with their questions: SKM, perhaps IPAK.

    Empty if none is published. The questions are shared: read them, never write into them.
    """
    rules = rules or rules_of(office)
    kinds = [Kind.SKM, Kind.IPAK] if rules.asks_ipak else [Kind.SKM]
    rows = InstrumentVersion.objects.in_use(office).select_related(None)
    latest: dict[str, tuple[Any, ...]] = {}
    for kind, *key in rows.values_list("instrument__kind", "pk", "published_at"):
        latest.setdefault(kind, tuple(key))
    return [copy(_published(*latest[kind])) for kind in kinds if kind in latest]


def kinds_of(office: Office) -> list[Kind]:
    """Return the kinds of results an office has: SKM, and IPAK if it asks it or has answers."""
    rules = rules_of(office)
    answers = Response.objects.filter(office=office, version__instrument__kind=Kind.IPAK)
    return [Kind.SKM, Kind.IPAK] if rules.asks_ipak or answers.exists() else [Kind.SKM]


@lru_cache(maxsize=64)
def _published(pk: int, published_at: datetime) -> InstrumentVersion:
    """Read a published version and its questions once a process: the database keeps both.

    Its questionnaire may get another name, so it is not among what is kept.
    """
    rows = InstrumentVersion.objects.prefetch_related("questions")
    return rows.get(pk=pk, published_at=published_at)


def forget_published() -> None:
    """Read everything anew; for tests, whose databases give one key to several versions."""
    _published.cache_clear()


def laws_of(office: Office) -> dict[str, str]:
    """Return the legal basis of each kind of questionnaire: the office's own, else the built-in."""
    rows = Instrument.objects.filter(Q(office=office) | Q(office=None))
    rows = rows.order_by(F("office").asc(nulls_first=True))
    return dict(rows.values_list("kind", "source"))


def is_asked(office: Office) -> bool:
    """Whether there is a questionnaire that the office asks with."""
    return InstrumentVersion.objects.in_use(office).filter(instrument__kind=Kind.SKM).exists()


def asks_openly(office: Office) -> bool:
    """Whether anybody may answer the survey of its services, and there is something to answer."""
    return rules_of(office).is_open and is_asked(office)


def receipt_code(application: Application) -> str:
    """Return the code behind the QR code of a receipt: the number of the file, signed."""
    return _SEAL.sign(application.number or "")


def file_by_receipt(code: str) -> Application | None:
    """Return the file whose receipt has this code; ``None`` if no receipt has it."""
    try:
        number = _SEAL.unsign(code)
    except BadSignature:
        return None
    files = Application.objects.filter(deleted_at=None).select_related("office", "service")
    return files.filter(number=number).first()


def invitation_by(secret: str) -> Invitation | None:
    """Return the invitation that a secret opens."""
    try:
        found: Invitation = Invitation.objects.to_answer().get(links__digest=digest(secret))
    except Invitation.DoesNotExist:
        return None
    return found


def invitation_about(application: Application) -> Invitation | None:
    """Return the invitation about a file; ``None`` before there is one."""
    rows = Invitation.objects.to_answer().filter(application=application)
    found: Invitation | None = rows.first()
    return found


def worked_on(application: Application) -> set[int]:
    """Return the keys of the officers who did anything to a file."""
    file = Application.objects.filter(pk=application.pk).order_by()
    first, *others = [file.values_list(way) for way in WORK]
    return {key for (key,) in first.union(*others) if key is not None}


def given_at(application: Application) -> datetime | None:
    """Return when a file got its permit; ``None`` if it has none."""
    rows = permits_given().filter(subject=application)
    found: datetime | None = rows.values_list("at", flat=True).first()
    return found


def finished_files(office: Office, periods: Sequence[Period]) -> dict[Period, int]:
    """Return how many files of ``office`` got their permit in each period, in the office's days.

    Those are the files that are asked about: the population from which the sample is taken.
    """
    spans = {
        one: Q(
            at__gte=datetime.combine(one.begins, time(), office.zone),
            at__lt=datetime.combine(one.ends_before, time(), office.zone),
        )
        for one in periods
    }
    counts = {f"in_{nth}": Count("pk", filter=span) for nth, span in enumerate(spans.values())}
    found = permits_given().filter(
        subject__office=office,
        at__gte=datetime.combine(min(one.begins for one in periods), time(), office.zone),
    )
    return dict(zip(spans, found.aggregate(**counts).values(), strict=True))


def are_free(services: Collection[int], periods: Sequence[Period]) -> dict[Period, dict[int, bool]]:
    """Return for each period whether nothing was to be paid for a service (key) in all of it.

    It is free if every version of its standard that was in force on a day of the period says so. A
    service without a version in force is left out.
    """
    last = max(one.ends_before for one in periods)
    versions = StandardVersion.objects.published().filter(
        service__in=services, effective_on__lt=last
    )
    of_service: dict[int, list[StandardVersion]] = {}
    for version in versions.order_by("effective_on").prefetch_related("fees"):
        of_service.setdefault(version.service_id, []).append(version)
    return {
        period: {
            service: all(map(is_free, held))
            for service, found in of_service.items()
            if (held := _in_force(found, period))
        }
        for period in periods
    }


def _in_force(versions: Sequence[StandardVersion], period: Period) -> list[StandardVersion]:
    """Return which of the versions of a service, the oldest first, were in force in a period."""
    days = [(one.effective_on, one) for one in versions if one.effective_on is not None]
    earlier = [one for day, one in days if day <= period.begins]
    return [*earlier[-1:], *(one for day, one in days if period.begins < day < period.ends_before)]


def published_report(office: Office, period: Period) -> Report | None:
    """Return the published survey report of a period."""
    rows = Report.objects.public().filter(office=office, kind="skm", period=period.code)
    found: Report | None = rows.defer("content").first()
    return found


def last_plan(office: Office, period: Period) -> list[FollowUp]:
    """Return the follow-ups of the latest period before ``period`` that has any.

    Periods of another length count too: an office may have changed how often it reports.
    """
    rows = FollowUp.objects.filter(office=office).counted()
    codes = rows.order_by().values_list("period", flat=True).distinct()
    known = [one for one in map(read_period, codes) if one and one.ends_before <= period.begins]
    if not known:
        return []
    latest = max(known, key=lambda one: (one.ends_before, one.begins))
    return list(rows.filter(period=latest.code))


def officers_of(office: Office, at: datetime) -> QuerySet[User]:
    """Return who serves in an office now, by name."""
    rows = Appointment.objects.in_force(office.local_date(at)).filter(position__office=office)
    return User.objects.filter(pk__in=rows.values("user")).order_by("full_name", "pk")
