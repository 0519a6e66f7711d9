"""The complaint book: reports received, their subject, and their answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import ChannelKind, Office, User
from complaints.domain.lifecycle import Status as Stage
from complaints.models import Answer, Complaint, ComplaintDeadline, ComplaintRecord, Status
from complaints.selectors import PROMISES
from complaints.services.identity import Person
from complaints.services.intake import REGISTER
from documents.content import in_indonesian, letterhead
from permits.models import NumberRegister
from standards.models import Service
from workflow.domain.dates import MONTHS, moment

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Booked(TypedDict):
        promises: list[ComplaintDeadline]
        sent_answers: list[Answer]
        closings: list[ComplaintRecord]

    BookedComplaint = WithAnnotations[Complaint, _Booked]

SHEET = 1000  # lines of one printed book; a busier office prints by month
_CLOSED_BY = {Stage.MERGED, Stage.WITHDRAWN, Stage.THANKED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the book; ``identity`` is never a name (see ``printed_identities``)."""

    complaint: Complaint
    number: str
    url: str
    received_at: datetime
    received_on: date
    identity: str
    kind: str
    problem: str
    grade: str
    service: str
    channel: str
    owner: str
    due_on: date | None
    meaning: str
    kept: str
    answered_on: date | None
    answered_by: str
    proof: str
    state: str


@dataclass(frozen=True, slots=True)
class BookFilter:
    """Filter of the book: office, year, month (0: all), service and channel."""

    office: Office
    year: int
    month: int = 0
    service: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The printed book, in the order of the numbers."""

    office: Office
    title: str
    part: str
    entries: list[Entry]
    cut: bool


def years_of(office: Office, at: datetime) -> list[int]:
    """Return the years with complaints of the office, latest first; always the current year."""
    books = NumberRegister.objects.filter(office=office, kind=REGISTER)
    today = office.local_date(at)
    return sorted({today.year, *books.values_list("year", flat=True)}, reverse=True)


def rows_of(part: BookFilter, user: User) -> QuerySet[BookedComplaint]:
    """Return the filtered complaints that ``user`` may see, prepared for ``entries``."""
    began, ended = span(part.year, part.month, part.office)
    rows = Complaint.objects.in_book_of(user).filter(
        office=part.office, received_at__gte=began, received_at__lt=ended
    )
    if part.service:
        rows = rows.filter(service__slug=part.service)
    if part.channel:
        rows = rows.filter(channel=part.channel)
    return for_book(rows)


@in_indonesian
def sheet_of(part: BookFilter, user: User, at: datetime) -> Sheet:
    """Return the filtered book in the order of the numbers."""
    rows = list(rows_of(part, user).order_by("number")[: SHEET + 1])
    service = Service.objects.filter(office=part.office, slug=part.service).first()
    words = [
        service.name if service else "",
        str(ChannelKind(part.channel).label) if part.channel else "",
    ]
    when = f"{MONTHS[part.month - 1]} {part.year}" if part.month else str(part.year)
    return Sheet(
        office=part.office,
        title=_("Buku pengaduan %(when)s") % {"when": when},
        part=", ".join(text for text in words if text),
        entries=entries(rows[:SHEET], part.office, at),
        cut=len(rows) > SHEET,
    )


def span(year: int, month: int, office: Office) -> tuple[datetime, datetime]:
    """Return the begin and end of a year or month in the time zone of the office."""
    began = datetime(year, month or 1, 1, tzinfo=office.zone)
    if not month:
        return began, datetime(year + 1, 1, 1, tzinfo=office.zone)
    after = date(year, month, 1) + timedelta(days=31)
    return began, datetime(after.year, after.month, 1, tzinfo=office.zone)


def for_book(rows: QuerySet[Complaint]) -> QuerySet[BookedComplaint]:
    """Return ``rows`` with the columns and related rows of the book, without the report text."""
    promises = ComplaintDeadline.objects.filter(kind__in=PROMISES).order_by("started_at", "pk")
    sent = Answer.objects.exclude(sent_at=None).order_by("sent_at").defer("text", "rating_note")
    closing = ComplaintRecord.objects.filter(to__in=_CLOSED_BY).order_by("at")
    return (
        rows.select_related("service", "owner", "merged_into")
        .defer("text")
        .prefetch_related(
            Prefetch("deadlines", promises, to_attr="promises"),
            Prefetch("answers", sent, to_attr="sent_answers"),
            Prefetch("records", closing, to_attr="closings"),
        )
    )


def entries(rows: Iterable[BookedComplaint], office: Office, at: datetime) -> list[Entry]:
    """Return the lines of these complaints, without names of complainants."""
    return [_entry(row, office, at) for row in rows]


def identity_word(complaint: Complaint) -> str:
    """Return the text about the identity that every reader of the book may see."""
    if not complaint.has_identity:
        return _("Tanpa identitas")
    if complaint.deleted_at is not None:
        return _("Arsip, tidak dibuka lagi")
    if complaint.confidential or complaint.hide_identity:
        return _("Dirahasiakan")
    return _("Ada, tersimpan")


@in_indonesian
def printed_identities(rows: Sequence[Entry], people: Mapping[int, Person]) -> list[str]:
    """Return the identity column of a book printed with the identities ``people``."""
    return [_printed(row.complaint, people.get(row.complaint.pk)) for row in rows]


def _printed(complaint: Complaint, person: Person | None) -> str:
    if person is not None:
        words = (person.name, person.address, person.phone, person.email)
        return ", ".join(word for word in words if word)
    return _("Dirahasiakan") if complaint.has_identity else _("Tanpa identitas")


def _entry(row: BookedComplaint, office: Office, at: datetime) -> Entry:
    promise = row.promises[-1] if row.promises else None
    answered_on, answered_by, proof = _answer(row, office)
    meaning, timeliness = _kept(promise, row, at)
    return Entry(
        complaint=row,
        number=row.number,
        url="" if row.deleted_at else row.get_absolute_url(),
        received_at=row.received_at,
        received_on=office.local_date(row.received_at),
        identity=identity_word(row),
        kind=pgettext("one", "Saran") if row.is_suggestion else pgettext("one", "Pengaduan"),
        problem=row.get_problem_display() if row.problem else "",
        grade=row.get_weight_display() or row.get_category_display(),
        service=row.service.name if row.service else "",
        channel=row.get_channel_display(),
        owner=row.owner.full_name if row.owner else "",
        due_on=promise.due_on if promise else None,
        meaning=meaning,
        kept=timeliness,
        answered_on=answered_on,
        answered_by=answered_by,
        proof=proof,
        state=str(Status(row.status).label),
    )


def _answer(row: BookedComplaint, office: Office) -> tuple[date | None, str, str]:
    """Return day, channel and proof of the answer, or how it was closed without an answer."""
    if row.sent_answers:
        sent: Answer = row.sent_answers[-1]
        assert sent.sent_at is not None  # noqa: S101  the query selects sent answers
        day = office.local_date(sent.sent_at)
        return day, sent.get_sent_through_display(), sent.proof
    if row.status == Stage.MERGED and row.merged_into:
        return None, "", _("Digabung ke %(number)s") % {"number": row.merged_into.number}
    if row.status in (Stage.THANKED, Stage.WITHDRAWN) and row.closings:
        closing = row.closings[-1]
        return office.local_date(closing.at), "", closing.note
    return None, "", ""


def _kept(promise: ComplaintDeadline | None, row: Complaint, at: datetime) -> tuple[str, str]:
    if promise is None or row.status in (Stage.MERGED, Stage.WITHDRAWN):
        return "neutral", ""
    late = promise.breached_at is not None or (
        promise.met_at is None and promise.due_at is not None and promise.due_at <= at
    )
    if promise.met_at is None:
        return ("late", _("Lewat waktu")) if late else ("neutral", _("Berjalan"))
    return ("late", _("Terlambat")) if late else ("good", _("Tepat waktu"))


# Print and spreadsheet -------------------------------------------------------------------------

_HEAD = (
    gettext_lazy("Nomor"),
    gettext_lazy("Tanggal"),
    gettext_lazy("Identitas"),
    gettext_lazy("Jenis"),
    gettext_lazy("Masalah"),
    gettext_lazy("Bobot/kategori"),
    gettext_lazy("Layanan"),
    gettext_lazy("Saluran"),
    gettext_lazy("Penanggung jawab"),
    gettext_lazy("Dijanjikan"),
    gettext_lazy("Waktu"),
    gettext_lazy("Dijawab"),
    gettext_lazy("Melalui"),
    gettext_lazy("Bukti"),
    gettext_lazy("Keadaan"),
)


@in_indonesian
def table(
    sheet: Sheet, identities: Sequence[str] | None
) -> tuple[list[str], list[list[str | date | None]]]:
    """Return column names and rows; ``identities`` replaces the identity column."""
    shown = identities or [row.identity for row in sheet.entries]
    rows = [
        [
            row.number,
            row.received_on,
            who,
            row.kind,
            row.problem,
            row.grade,
            row.service,
            row.channel,
            row.owner,
            row.due_on,
            row.kept,
            row.answered_on,
            row.answered_by,
            row.proof,
            row.state,
        ]
        for row, who in zip(sheet.entries, shown, strict=True)
    ]
    return [str(name) for name in _HEAD], rows


@in_indonesian
def paper_content(
    sheet: Sheet, identities: Sequence[str] | None, actor: User, at: datetime
) -> dict[str, Any]:
    """Return the content of the printed book as plain text."""
    _head, rows = table(sheet, identities)
    return {
        "office": letterhead(sheet.office),
        "title": sheet.title,
        "part": sheet.part,
        "rows": [[_text(cell) for cell in row] for row in rows],
        "cut": sheet.cut,
        "printed": moment(at, sheet.office.zone),
        "printed_by": actor.full_name,
        "with_identities": identities is not None,
    }


def _text(cell: str | date | None) -> str:
    return f"{cell:%d-%m-%Y}" if isinstance(cell, date) else cell or ""
