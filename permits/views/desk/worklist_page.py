"""The worklist: what does this officer take next?

One query finds the page of files, one counts everything the filters show, and the calendar of the
office is read once: a page costs the same whether ten files wait or ten thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Office
from accounts.officers import Officer
from accounts.prepared import Blank, Prepared
from permits.domain.lifecycle import CLOSED, ENDED, OPEN, WITH_OFFICE, Status
from permits.domain.numbering import normalise_tracking_code
from permits.models import Application, ApplicationDeadline, Certificate, CertificateNumber
from permits.presenters import wording
from permits.presenters.applicant import Promise
from permits.querysets import ApplicationQuerySet
from standards.domain.steps import StepKind
from workflow.calendars import calendars_of
from workflow.domain.clock import Unit
from workflow.domain.workdays import WorkCalendar
from workflow.filters import Choice
from workflow.formats import working_time
from workflow.pagination import AFTER, BEFORE, Key, Page, first_page, nearest, page

SIZE = 30
_ANY_FILE = UUID(int=0)  # stands in an address that is composed once for all rows
# what waits for its applicant or for the worker comes last; then by the promise, then by arrival
_URGENT = (Key("rank", computed=True), Key("due_at"), Key("submitted_at"), Key("pk"))
_BEING_SIGNED = 2
_SIGNING = Certificate.objects.filter(application=OuterRef("pk"), state=Certificate.State.REQUESTED)
_RANK = Case(
    When(status=Status.ISSUED, then=1),
    When(Exists(_SIGNING), then=_BEING_SIGNED),
    default=0,
    output_field=IntegerField(),
)
SIGNING = gettext_lazy("Sedang ditandatangani secara elektronik")
_LATEST = (Key("closed_at", descending=True), Key("pk", descending=True))
_FEW_MINUTES = 10  # of a step's working minutes: it is high time
_FOR_THE_APPLICANT = (StepKind.SURVEY, StepKind.HAND_OVER)  # nobody can hurry at these


class Show(StrEnum):
    """The saved filters; the value stands in the address."""

    MINE = "saya"
    OFFICE = "semua"
    LATE = "terlambat"
    APPLICANT = "pemohon"
    ISSUED = "terbit"
    CLOSED = "selesai"


_SHOWN: dict[Show, str | LazyText] = {
    Show.MINE: gettext_lazy("Di meja saya"),
    Show.LATE: gettext_lazy("Terlambat"),
    Show.OFFICE: gettext_lazy("Semua di kantor"),
    Show.APPLICANT: gettext_lazy("Menunggu pemohon"),
    Show.ISSUED: gettext_lazy("Terbit, belum diserahkan"),
    Show.CLOSED: gettext_lazy("Ditutup"),
}
TASKS: dict[StepKind, str | LazyText] = {
    StepKind.CHECK: gettext_lazy("Periksa kelengkapan"),
    StepKind.WORK: gettext_lazy("Kerjakan dan teruskan"),
    StepKind.INSPECT: gettext_lazy("Tinjau dan tulis berita acara"),
    StepKind.PAY: gettext_lazy("Catat pembayaran"),
    StepKind.DRAFT: gettext_lazy("Susun konsep"),
    StepKind.INITIAL: gettext_lazy("Paraf konsep"),
    StepKind.SIGN: gettext_lazy("Tanda tangani"),
    StepKind.NUMBER: gettext_lazy("Catat nomor"),
    StepKind.SURVEY: gettext_lazy("Tunggu kuesioner"),
    StepKind.HAND_OVER: gettext_lazy("Serahkan dokumen"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; nonsense in it is left out."""

    show: Show = Show.MINE
    service: int | None = None
    desk: int | None = None
    task: str = ""
    text: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Asked:
        """Return what ``query`` asks for."""
        shown = query.get("tampil", "")
        return cls(
            show=Show(shown) if shown in list(Show) else Show.MINE,
            service=_whole(query.get("layanan", "")),
            desk=_whole(query.get("meja", "")),
            task=query.get("tugas", "") if query.get("tugas", "") in list(StepKind) else "",
            text=" ".join(query.get("q", "").replace("\0", "").split())[:100],
        )


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@dataclass(frozen=True, slots=True)
class StepTime:
    """What is left of a step's standard time."""

    meaning: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One file in the list: finished values, so that equal rows read alike."""

    url: str
    holder: str
    number: str
    service: str
    meaning: str
    sentence: str
    mine: bool
    own: bool
    at_a_desk: bool
    desk: str
    step_number: str
    since: datetime | None
    received: bool
    promise: Promise | None
    step_time: StepTime | None
    zone: str


@dataclass(slots=True)
class Worklist:
    """The whole page."""

    asked: Asked
    page: Page[Application]
    rows: list[Row]
    shows: list[Choice]
    desks: list[Choice]
    tasks: list[Choice]
    services: list[tuple[int, str]]
    waiting: int
    late: int
    offices: list[Office] = field(default_factory=list)


def worklist(officer: Officer, query: QueryDict) -> Worklist:
    """Return what ``officer`` sees under the filters of the address."""
    asked = Asked.read(query)
    counted = _count(officer)
    keys = _LATEST if asked.show is Show.CLOSED and not asked.text else _URGENT
    if asked == Asked(asked.show) and AFTER not in query and BEFORE not in query:
        found = first_page(_opened(officer, asked.show, keys), keys, query, SIZE)
    else:
        found = page(_files(_eyes(officer), asked), keys, query, SIZE)
    mine = Counter[Any]()
    tasks = Counter[Any]()
    shows = Counter[Any]()
    for group in counted:
        for show in _shown_under(group, officer):
            shows[show] += group["late"] if show is Show.LATE else group["files"]
        if group["desk"] in officer.seats and group["status"] in WITH_OFFICE:
            mine[group["desk"]] += group["files"]
            tasks[group["current_step__step__kind"]] += group["files"]
    return Worklist(
        asked=asked,
        page=found,
        rows=_rows(found.rows, officer),
        shows=[
            Choice(str(label), _url(query, tampil=show, meja="", tugas="", q=""),
                   asked.show is show and not asked.text,
                   None if show is Show.CLOSED else shows[show])
            for show, label in _SHOWN.items()
        ],
        desks=_desks(officer, asked, mine, query),
        tasks=_tasks(asked, tasks, query),
        services=sorted(
            {(g["service"], g["service__name"]) for g in counted}, key=lambda pair: pair[1]
        ),
        waiting=shows[Show.MINE],
        late=sum(g["late"] for g in counted if g["desk"] in officer.seats),
        offices=officer.offices,
    )  # fmt: skip


def next_file(officer: Officer, *, besides: int = 0) -> Application | None:
    """Return the most urgent file on the officer's desks, another than ``besides``."""
    waiting = Application.objects.waiting_on(list(officer.seats)).annotate(rank=_RANK)
    order = [key.order(backwards=False) for key in _URGENT]
    others = (
        waiting.exclude(pk=besides).exclude(applicant=officer.user).filter(rank__lt=_BEING_SIGNED)
    )
    return others.only("public_id", "number", "holder_name").order_by(*order).first()


@dataclass(frozen=True, slots=True)
class _Eyes:
    """Who looks and when: keys and an instant, or the blanks for them in a prepared question."""

    offices: Sequence[int | Blank]
    desks: Sequence[int | Blank]
    at: datetime | Blank


def _eyes(officer: Officer) -> _Eyes:
    return _Eyes([office.pk for office in officer.offices], list(officer.seats), officer.at)


def _blank_eyes(offices: int, desks: int) -> _Eyes:
    return _Eyes(
        [Blank(f"office{place}") for place in range(offices)],
        [Blank(f"desk{place}") for place in range(desks)],
        Blank("at", DateTimeField()),
    )


def _given(officer: Officer) -> dict[str, object]:
    """Return what fills these blanks."""
    eyes = _eyes(officer)
    offices = {f"office{place}": key for place, key in enumerate(eyes.offices)}
    return {**offices, **{f"desk{place}": key for place, key in enumerate(eyes.desks)},
            "at": eyes.at}  # fmt: skip


# the questions of everybody who opens the list, by the number of offices and desks they have
_COUNTS: dict[int, Prepared[dict[str, Any]]] = {}
_OPENED: dict[tuple[Show, int, int], Prepared[Application]] = {}


def _count(officer: Officer) -> list[dict[str, Any]]:
    offices = len(officer.offices)

    def compose() -> QuerySet[Any, Any]:
        eyes = _blank_eyes(offices, 0)
        late = Q(status=Status.IN_PROCESS, due_at__lte=eyes.at)
        return (
            Application.objects.sent_to(eyes.offices).open()
            .values("status", "desk", "service", "service__name", "current_step__step__kind")
            .annotate(files=Count("pk"), late=Count("pk", filter=late))
            .order_by()
        )  # fmt: skip

    return _COUNTS.setdefault(offices, Prepared(compose)).ask(**_given(officer))


def _opened(officer: Officer, show: Show, keys: Sequence[Key]) -> list[Application]:
    """Return what the first page of a saved filter needs."""
    offices, desks = len(officer.offices), len(officer.seats)

    def compose() -> QuerySet[Application]:
        return nearest(_files(_blank_eyes(offices, desks), Asked(show)), keys, SIZE)

    found = _OPENED.setdefault((show, offices, desks), Prepared(compose))
    return found.ask(**_given(officer))


def _shown_under(group: dict[str, Any], officer: Officer) -> list[Show]:
    found = [Show.OFFICE, Show.LATE]
    status = group["status"]
    if status in (Status.INCOMPLETE, Status.RETURNED):
        found.append(Show.APPLICANT)
    if status == Status.ISSUED:
        found.append(Show.ISSUED)
    if status in WITH_OFFICE and group["desk"] in officer.seats:
        found.append(Show.MINE)
    return found


def _files(eyes: _Eyes, asked: Asked) -> QuerySet[Application]:
    files = Application.objects.sent_to(eyes.offices)
    files = _searched(files, asked.text) if asked.text else _filtered(files, eyes, asked)
    if asked.service is not None:
        files = files.filter(service=asked.service)
    own = ApplicationDeadline.objects.filter(application=OuterRef("pk"))
    return files.for_worklist().annotate(
        rank=_RANK,
        step_due_at=Subquery(
            own.filter(kind=ApplicationDeadline.Kind.STEP, met_at=None).values("due_at")[:1]
        ),
        kept_at=Subquery(
            own.filter(kind=ApplicationDeadline.Kind.SERVICE)
            .exclude(met_at=None).order_by("-pk").values("met_at")[:1]
        ),
    )  # fmt: skip


def _searched(files: ApplicationQuerySet, text: str) -> ApplicationQuerySet:
    """By number or name among every sent file of the office, ended ones too."""
    named = (
        Q(number__icontains=text)
        | Q(holder_name__icontains=text)
        | Q(responsible_name__icontains=text)
        | Q(service__name__icontains=text)
        | Q(pk__in=CertificateNumber.objects.filter(text__icontains=text).values("application"))
    )
    if code := normalise_tracking_code(text):
        named |= Q(tracking_code=code)
    if text.isdigit() and len(text) >= 13:
        named |= Q(business_number=text) | Q(national_id=text)
    return files.filter(named)


def _filtered(files: ApplicationQuerySet, eyes: _Eyes, asked: Asked) -> ApplicationQuerySet:
    if asked.show is Show.MINE:
        files = files.waiting_on([asked.desk] if asked.desk in eyes.desks else eyes.desks)
        return files.filter(current_step__step__kind=asked.task) if asked.task else files
    if asked.show is Show.LATE:
        return files.filter(status=Status.IN_PROCESS, due_at__lte=eyes.at)
    wanted = {
        Show.OFFICE: OPEN,
        Show.APPLICANT: {Status.INCOMPLETE, Status.RETURNED},
        Show.ISSUED: {Status.ISSUED},
        Show.CLOSED: CLOSED,
    }[asked.show]
    return files.filter(status__in=wanted)


def _url(query: QueryDict, **changes: object) -> str:
    kept = query.copy()
    for name in (AFTER, BEFORE):
        kept.pop(name, None)
    for name, value in changes.items():
        kept[name] = str(value)
    for name in [name for name, value in kept.items() if not value]:
        del kept[name]
    return f"?{kept.urlencode()}"


def _desks(officer: Officer, asked: Asked, counted: Counter[Any], query: QueryDict) -> list[Choice]:
    """Return the officer's desks to choose among; none for somebody who has only one."""
    if len(officer.seats) < 2 or asked.show is not Show.MINE or asked.text:
        return []
    return [
        Choice(position.name, _url(query, meja="" if asked.desk == position.pk else position.pk),
               asked.desk == position.pk, counted[position.pk])
        for position in officer.positions
    ]  # fmt: skip


def _tasks(asked: Asked, counted: Counter[Any], query: QueryDict) -> list[Choice]:
    """Return the kinds of work on the officer's desks; none if all of it is alike."""
    if asked.show is not Show.MINE or asked.text or (len(counted) < 2 and not asked.task):
        return []
    return [
        Choice(str(TASKS[StepKind(kind)]), _url(query, tugas="" if asked.task == kind else kind),
               asked.task == kind, counted[kind])
        for kind in StepKind
        if counted[kind] or kind == asked.task
        if kind in TASKS
    ]  # fmt: skip


# Rows ---------------------------------------------------------------------------------------------


def _rows(files: list[Application], officer: Officer) -> list[Row]:
    offices = {office.pk: office for office in officer.offices}
    calendars = calendars_of(officer.offices) if files else {}
    address = reverse("permits:file", args=[_ANY_FILE]).replace(str(_ANY_FILE), "{}")
    rows = []
    for application in files:
        office = offices[application.office_id]
        application.office = office
        url = address.format(application.public_id)
        rows.append(_row(application, officer, calendars[office.pk], url))
    return rows


def _row(row: Any, officer: Officer, calendar: WorkCalendar, url: str) -> Row:
    """Return one file of ``for_worklist`` in finished words."""
    meaning, sentence = wording.for_officer(row, officer.at)
    if getattr(row, "rank", 0) == _BEING_SIGNED:
        meaning, sentence = "neutral", str(SIGNING)
    return Row(
        url=url,
        holder=row.holder_name,
        number=row.number or "",
        service=row.service_name,
        meaning=meaning,
        sentence=str(sentence),
        mine=row.desk_id in officer.seats,
        own=row.applicant_id == officer.user.pk,
        at_a_desk=row.desk_id is not None,
        desk=row.desk_name or _whose(row),
        step_number=row.step_number or "",
        since=row.handed_over_at if row.step_kind else row.closed_at,
        received=row.received_at is not None,
        promise=_promise(row, officer.at, calendar),
        step_time=_step_time(row, officer.at, calendar),
        zone=row.office.time_zone,
    )


def _whose(application: Application) -> str:
    return "" if application.status in CLOSED else _("Pemohon")


def _promise(application: Application, at: datetime, calendar: WorkCalendar) -> Promise | None:
    """Return the promise of the whole file from its stored day; ``None`` if it ended without one.

    The same answer as ``permits.presenters.applicant.promise``, which reads the events of one file.
    """
    status = application.status
    if status in ENDED:
        return None
    due_on, due_at = application.due_on, application.due_at
    if due_on is None or due_at is None:
        state = "paused" if status == Status.RETURNED else "not_started"
        return Promise(None, state, None, audience="officer")
    if status in (Status.ISSUED, Status.COMPLETED):
        kept_at = getattr(application, "kept_at", None) or due_at
        left = 0
        if kept_at >= due_at:
            left = min(-1, _distance(calendar, _day(kept_at, application), due_on))
        return Promise(due_on, "met", left, audience="officer")
    guess = not calendar.is_confirmed(due_on)
    left_now = _distance(calendar, _day(at, application), due_on)
    if due_at <= at:
        left_now = min(-1, left_now)
        return Promise(due_on, "late", left_now, audience="officer", provisional=guess)
    return Promise(due_on, "running", left_now, audience="officer", provisional=guess)


def _day(at: datetime, application: Application) -> date:
    return at.astimezone(application.office.zone).date()


def _distance(calendar: WorkCalendar, day: date, due_on: date) -> int:
    """Working days from ``day`` to ``due_on``; negative when it is past."""
    if day <= due_on:
        return calendar.count(day, due_on)
    return -calendar.count(due_on, day)


def _step_time(row: Any, at: datetime, calendar: WorkCalendar) -> StepTime | None:
    if not row.step_kind or row.desk_id is None:
        return None
    if row.step_kind in _FOR_THE_APPLICANT:
        return StepTime("neutral", _("menunggu pemohon"))
    if row.step_due_at is None:
        return None
    return step_time(row.step_unit, row.step_due_at, at, row.office, calendar)


def step_time(
    unit: str, due_at: datetime, at: datetime, office: Office, calendar: WorkCalendar
) -> StepTime:
    """Return in words how much working time a step has left, or by how much it is late."""
    zone = office.zone
    now, due = at.astimezone(zone), due_at.astimezone(zone)
    late = due <= now
    in_minutes = unit == Unit.WORK_MINUTE
    days = _distance(calendar, now.date(), due.date() if in_minutes else _last_day(due))
    if not in_minutes or days:
        return _in_days(days, late=late)
    minutes = working_time(calendar.minutes(min(now, due), max(now, due)))
    if late:
        return StepTime("late", _("lewat %(time)s") % {"time": minutes})
    few = calendar.minutes(now, due) <= _FEW_MINUTES
    return StepTime("attention" if few else "neutral", _("sisa %(time)s") % {"time": minutes})


def _last_day(due: datetime) -> date:
    """The day that is over at the instant ``due``, which is the midnight after it."""
    return (due - timedelta(seconds=1)).date()


def _in_days(left: int, *, late: bool) -> StepTime:
    if late:
        days = max(-left, 1)
        words = ngettext("lewat %(n)s hari kerja", "lewat %(n)s hari kerja", days)
        return StepTime("late", words % {"n": days})
    if left == 0:
        return StepTime("attention", _("hari terakhir"))
    return StepTime(
        "neutral", ngettext("sisa %(n)s hari kerja", "sisa %(n)s hari kerja", left) % {"n": left}
    )
