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

from accounts.officers import Officer
from complaints import selectors
from complaints.domain.lifecycle import CLOSED, UNCLOSED
from complaints.forms.lists import ComplaintListForm
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

    form: ComplaintListForm
    show: Show
    words: str
    part: bool  # the board led to a part of the list
    page: Page[Any]
    rows: list[Row]
    shows: list[Choice]
    waiting: int


def worklist(officer: Officer, query: QueryDict) -> Worklist:
    """Return what ``officer`` sees under the filters of the address."""
    form = ComplaintListForm(query)
    asked = form.answers
    show, words = asked["tampil"], asked["q"]
    seen: ComplaintQuerySet = Complaint.objects.visible_to(officer.user)
    seen = seen.filter(office__in=officer.offices)
    if asked["kantor"]:
        seen = seen.filter(office__code=asked["kantor"])
    counts = _counts(seen, officer)
    keys = _LATEST if show is Show.CLOSED and not words else _URGENT
    wanted = (
        _searched(seen, words)
        if words
        else seen.filter(selectors.shown(show, seen, officer.user, officer.at))
    )
    if asked["tahap"]:
        wanted = wanted.filter(status=asked["tahap"])
    if asked["layanan"] is not None:
        wanted = wanted.filter(service=asked["layanan"] or None)
    wanted = wanted.select_related("service", "owner", "desk", "office")
    found = page(wanted.with_apip_asked(), keys, query, SIZE)
    return Worklist(
        form=form,
        show=show,
        words=words,
        part=bool(asked["tahap"]) or asked["layanan"] is not None,
        page=found,
        rows=_rows(found.rows, officer),
        shows=[
            Choice(
                str(label),
                _url(query, tampil=str(one), q="", tahap="", layanan=""),
                one is show and not words,
                counts.get(one),
            )
            for one, label in _SHOWN.items()
            if one not in _UNCOUNTED or one is show
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
