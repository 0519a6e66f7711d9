"""The worklist of complaints: what does this officer take next?

One query counts what the filters show, one finds the page, and the calendars of its offices are
read once: a page costs the same for ten complaints and for a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Count, Q, prefetch_related_objects
from django.http import QueryDict
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy

from accounts.domain.text import clean_line
from accounts.officers import Officer
from complaints import selectors
from complaints.domain.lifecycle import CLOSED, UNCLOSED, Status
from complaints.models import Complaint
from complaints.presenters.desk import promise_of, shown_at, status_text, whose_turn
from complaints.querysets import ComplaintQuerySet
from complaints.selectors import Show
from permits.presenters.deadlines import Promise
from workflow.domain.workdays import WorkCalendar
from workflow.filters import Choice
from workflow.formats import day_short, moment
from workflow.pagination import AFTER, BEFORE, Key, Page, page

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Asked(TypedDict):
        apip_asked: bool

    ListedComplaint = WithAnnotations[Complaint, _Asked]

SIZE = 30
_URGENT = (Key("due_at"), Key("received_at"), Key("pk"))
_LATEST = (Key("closed_at", descending=True), Key("pk", descending=True))


_SHOWN: dict[Show, str | LazyText] = {
    Show.WAITING: gettext_lazy("Menunggu saya"),
    Show.MINE: gettext_lazy("Tanggung jawab saya"),
    Show.LATE: gettext_lazy("Terlambat"),
    Show.NEARLY: gettext_lazy("Hampir terlambat"),
    Show.COMPLAINANT: gettext_lazy("Menunggu pengadu"),
    Show.APPROVAL: gettext_lazy("Menunggu persetujuan"),
    Show.ALL: gettext_lazy("Semua yang terbuka"),
    Show.SUGGESTIONS: gettext_lazy("Saran"),
    Show.CLOSED: gettext_lazy("Ditutup"),
}


# closed ones only grow and are not counted; the others are reached from the board, and shown then
_UNCOUNTED = {Show.NEARLY, Show.COMPLAINANT, Show.APPROVAL}


@dataclass(frozen=True, slots=True)
class WorklistFilter:
    """What the address asks for; nonsense in it is left out."""

    show: Show = Show.WAITING
    text: str = ""
    stage: str = ""
    service: int | None = None  # 0: about no service

    @classmethod
    def read(cls, query: QueryDict) -> WorklistFilter:
        """Return what ``query`` asks for."""
        shown, key = query.get("tampil", ""), query.get("layanan", "")
        return cls(
            show=Show(shown) if shown in list(Show) else Show.WAITING,
            text=clean_line(query.get("q", ""))[:100],
            stage=stage if (stage := query.get("tahap", "")) in list(Status) else "",
            service=int(key) if key.isascii() and key.isdigit() and len(key) < 10 else None,
        )

    @property
    def narrowed(self) -> bool:
        """Whether the board led to a part of the list."""
        return bool(self.stage) or self.service is not None

    def narrow(self, rows: ComplaintQuerySet) -> ComplaintQuerySet:
        """Return those at the stage and about the service of the address."""
        if self.stage:
            rows = rows.filter(status=self.stage)
        if self.service is not None:
            rows = rows.filter(service=self.service or None)
        return rows


@dataclass(frozen=True, slots=True)
class Row:
    """One complaint in the list: finished values, and not a word of what it says or who said it."""

    url: str
    number: str
    service: str
    channel: str
    meaning: str
    sentence: str
    whose: str
    mine: bool
    confidential: bool
    promise: Promise | None
    received: str


@dataclass(slots=True)
class Worklist:
    """The whole page."""

    asked: WorklistFilter
    page: Page[Any]
    rows: list[Row]
    shows: list[Choice]
    waiting: int


def worklist(officer: Officer, query: QueryDict) -> Worklist:
    """Return what ``officer`` sees under the filters of the address."""
    asked = WorklistFilter.read(query)
    seen: ComplaintQuerySet = Complaint.objects.visible_to(officer.user)
    seen = seen.filter(office__in=officer.offices)
    if code := query.get("kantor", ""):
        seen = seen.filter(office__code=code)
    counts = _counts(seen, officer)
    keys = _LATEST if asked.show is Show.CLOSED and not asked.text else _URGENT
    wanted = (
        _searched(seen, asked.text)
        if asked.text
        else seen.filter(selectors.shown(asked.show, seen, officer.user, officer.at))
    )
    wanted = asked.narrow(wanted).select_related("service", "owner", "desk", "office")
    found = page(wanted.with_apip_asked(), keys, query, SIZE)
    return Worklist(
        asked=asked,
        page=found,
        rows=_rows(found.rows, officer),
        shows=[
            Choice(
                str(label),
                _url(query, tampil=str(show), q="", tahap="", layanan=""),
                asked.show is show and not asked.text,
                counts.get(show),
            )
            for show, label in _SHOWN.items()
            if show not in _UNCOUNTED or show is asked.show
        ],
        waiting=counts[Show.WAITING],
    )


def _counts(seen: ComplaintQuerySet, officer: Officer) -> dict[Show, int]:
    """Count everything at once; what is closed only grows and is not counted."""
    shows = [show for show in Show if show is not Show.CLOSED and show not in _UNCOUNTED]
    found = seen.filter(status__in=UNCLOSED).aggregate(
        **{
            show.value: Count("pk", filter=selectors.shown(show, seen, officer.user, officer.at))
            for show in shows
        }
    )
    return {show: found[show.value] for show in shows}


def _searched(seen: ComplaintQuerySet, text: str) -> ComplaintQuerySet:
    """By number, service, file or reference among all of them, closed ones too."""
    return seen.filter(
        Q(number__alike=text)
        | Q(reference__alike=text)
        | Q(outside_reference__alike=text)
        | Q(application__number__alike=text)
        | Q(service__name__alike=text)
    )


def _url(query: QueryDict, **changes: str) -> str:
    kept = query.copy()
    for name in (AFTER, BEFORE):
        kept.pop(name, None)
    for name, value in changes.items():
        kept[name] = value
        if not value:
            del kept[name]
    return f"?{kept.urlencode()}"


# Rows -----------------------------------------------------------------------------------------


def _rows(complaints: Sequence[ListedComplaint], officer: Officer) -> list[Row]:
    prefetch_related_objects(complaints, "deadlines")
    calendars = selectors.promise_calendars(complaints)
    being_sent = selectors.being_sent(complaints)
    return [
        _row(one, officer, calendars[one.pk], being_sent=one.pk in being_sent) for one in complaints
    ]


def _row(
    complaint: ListedComplaint, officer: Officer, calendar: WorkCalendar, *, being_sent: bool
) -> Row:
    heads = complaint.office_id in officer.headed
    meaning, sentence = status_text(
        complaint.status,
        mine=whose_turn(complaint, officer.user, officer.seats),
        being_sent=being_sent,
        apip_asked=heads and complaint.apip_asked,
    )
    received = shown_at(complaint, complaint.received_at)
    holder = complaint.desk.name if complaint.desk else str(complaint.owner or "")
    return Row(
        url=complaint.get_absolute_url(),
        number=complaint.number,
        service=complaint.service.name if complaint.service else "",
        channel=str(complaint.get_channel_display()),
        meaning=meaning,
        sentence=sentence,
        whose="" if complaint.status in CLOSED else holder,
        mine=complaint.desk_id in officer.seats or complaint.owner_id == officer.user.pk,
        confidential=complaint.confidential,
        promise=promise_of(complaint, officer.at, calendar),
        received=moment(received, complaint.office.time_zone)
        if isinstance(received, datetime)
        else day_short(received),
    )
