"""Alarms of terms: one sweep for every kind of term (docs/deadlines.md).

A deadline row knows the instant of its next mark. Raising turns every mark that is reached into an
alarm, in one statement for each table: its cost depends on what is due, not on what is open.
Answering does one alarm at a time, each in its own transaction, and moves the deadline on to its
next mark. Both may run twice, late, in parallel, or not for three days: there is no lower time
bound, an alarm is unique by term, object, due date and mark, and it is a job like any other.

A new kind of term is a ``WatchedTerm``: a query, its marks, and what is done when one is reached.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, F, QuerySet, Value
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from workflow.calendars import calendar_of
from workflow.domain.clock import Term
from workflow.domain.marks import Mark, Moment, following, moments, reached
from workflow.domain.workdays import WorkCalendar
from workflow.models import Alarm, Deadline, JobStatus, TermMark
from workflow.sweeps import SweepResult, drain_queue, run_job

BATCH = 200


@dataclass(frozen=True, slots=True)
class Reached:
    """Marks of one deadline that have been reached ``at`` an instant and not been answered yet."""

    deadline: Any
    marks: list[Mark]
    at: datetime
    prepared: Any = None


@dataclass(frozen=True, slots=True)
class WatchedTerm:
    """One kind of term.

    ``rows`` returns its deadlines, ``lock`` the same deadline again with its object locked,
    ``office`` whose marks hold, ``office_path`` the same as a lookup. ``acts`` names what a mark
    may demand; ``answer`` does it, inside the transaction; ``prepare`` may make something slow
    before it (a PDF), outside. ``counted_by`` returns in whose calendar the marks lie, if it is not
    always that of ``office``.
    """

    name: str
    label: str | LazyText
    marks: tuple[Mark, ...]
    rows: Callable[[], QuerySet[Any]]
    lock: Callable[[Any], Any]
    office: Callable[[Any], Office]
    office_path: str
    acts: tuple[str, ...]
    answer: Callable[[Reached], None]
    prepare: Callable[[Reached], Any] | None = None
    counted_by: Callable[[Any], Office] | None = None


TERMS: dict[str, WatchedTerm] = {}
ACTS: dict[str, str | LazyText] = {
    "warn": _("Ingatkan sebelum jatuh tempo"),
    "breach": _("Catat lewat waktu dan beri tahu"),
    "escalate": _("Laporkan kepada atasan"),
    "lapse": _("Gugurkan permohonan"),
    "letter": _("Buat surat pemberitahuan"),
    "expire": _("Beri tahu masa berlaku habis"),
    "delete": _("Hapus konsep"),
    "admin_task": _("Beri tugas kepada administrator"),
}


def register(*terms: WatchedTerm) -> None:
    """Have these kinds of term watched."""
    TERMS.update({term.name: term for term in terms})


class Planner:
    """Finds the next marks of many deadlines: those of one term and due date are found once."""

    def __init__(self) -> None:
        self._rows: dict[int, list[TermMark]] = {}
        self._courses: dict[tuple[Any, ...], list[Moment]] = {}
        self._calendars: dict[int, WorkCalendar] = {}

    def course(
        self, name: str, office: int, counted_by: Office, term: Term, due: tuple[date, datetime]
    ) -> list[Moment]:
        """Return when each mark of a term that ends at ``due`` is reached.

        ``office`` is the key of the one whose marks hold; they lie in the calendar of
        ``counted_by``.
        """
        key = (name, office, counted_by.pk, term, due)
        if key not in self._courses:
            marks, calendar = self._marks_of(name, office), self._calendar_of(counted_by)
            self._courses[key] = moments(marks, term, due, calendar, counted_by.zone)
        return self._courses[key]

    def _calendar_of(self, office: Office) -> WorkCalendar:
        if office.pk not in self._calendars:
            self._calendars[office.pk] = calendar_of(office)
        return self._calendars[office.pk]

    def _marks_of(self, name: str, office: int) -> tuple[Mark, ...]:
        """Return the marks of a term at an office: its own rows, else the usual ones."""
        if office not in self._rows:
            self._rows[office] = list(TermMark.objects.filter(office=office))
        own = tuple(row.as_domain() for row in self._rows[office] if row.term == name)
        return own or TERMS[name].marks

    def next_mark(
        self,
        name: str,
        office: int,
        counted_by: Office,
        term: Term,
        due: tuple[date, datetime],
        after: datetime,
    ) -> datetime | None:
        """Return the instant of the first mark after ``after`` of a term that ends at ``due``."""
        return following(self.course(name, office, counted_by, term, due), after)


def plan(deadline: Deadline, planner: Planner | None = None) -> None:
    """Set the instant of the next mark after those already answered; the caller saves.

    A paused or finished term has none. To be called whenever ``due_at`` changes; for
    several deadlines with one ``planner``.
    """
    deadline.next_mark_at = None
    if deadline.due_at is not None and deadline.met_at is None:
        after = deadline.marked_at or deadline.started_at
        deadline.next_mark_at = following(_course(deadline, planner or Planner()), after)


def end(deadline: Deadline, at: datetime) -> None:
    """End the alarms of a term that was met or no longer applies."""
    deadline.met_at = at
    if deadline.breached_at is None and deadline.due_at and deadline.due_at <= at:
        deadline.breached_at = at
    plan(deadline)
    deadline.save(update_fields=["met_at", "breached_at", "next_mark_at"])


def _course(deadline: Deadline, planner: Planner) -> list[Moment]:
    watched = TERMS[deadline.term_name]
    office = watched.office(deadline)
    counted_by = watched.counted_by(deadline) if watched.counted_by else office
    due: Any = (deadline.due_on, deadline.due_at)
    return planner.course(watched.name, office.pk, counted_by, deadline.term, due)


def plan_again(name: str, office: int, at: datetime) -> int:
    """The marks of an office have changed: let the sweep look at each of its open deadlines."""
    term = TERMS[name]
    rows = term.rows().filter(met_at=None, due_at__isnull=False, **{term.office_path: office})
    return rows.update(next_mark_at=at)


def watch_terms(at: datetime) -> SweepResult:
    """Raise an alarm for every mark that is reached, then run the queued alarms."""
    raise_alarms(at)
    return answer_alarms(at)


def raise_alarms(at: datetime) -> int:
    """Write one alarm for every mark reached by ``at``, however long ago; return how many."""
    return sum(_raise(table, at) for table in dict.fromkeys(t.rows().model for t in TERMS.values()))


def _raise(table: type[Deadline], at: datetime) -> int:
    columns: dict[str, Any] = {
        "term": table.term_names(),
        "object_id": F("pk"),
        "due_at": F("due_at"),
        "mark_at": F("next_mark_at"),
        "job_status": Value(str(JobStatus.QUEUED)),
        "next_try_at": Value(at, output_field=DateTimeField()),
        "attempts": Value(0),
        "last_error": Value(""),
    }
    rows = table._default_manager.filter(
        met_at=None, due_at__isnull=False, next_mark_at__lte=at
    ).order_by()
    sql, parameters = rows.values_list(*columns.values()).query.sql_with_params()
    with connection.cursor() as cursor:
        # Django cannot write INSERT ... SELECT; the query itself is the ORM's
        cursor.execute(
            f"INSERT INTO {Alarm._meta.db_table} ({', '.join(columns)}) {sql} "
            "ON CONFLICT DO NOTHING",
            parameters,
        )
        return max(cursor.rowcount, 0)


def answer_alarms(at: datetime) -> SweepResult:
    """Run the queued alarms, oldest first."""
    alarms = Alarm.objects.all()
    ready = alarms.ready(at).order_by("next_try_at", "pk").values_list("pk", flat=True)
    return drain_queue(
        "workflow.watch_terms",
        lambda: ready[:BATCH],
        lambda pk: run_job(alarms, pk, lambda alarm: _answer(alarm, at), at=at),
    )


def _answer(alarm: Alarm, at: datetime) -> Callable[[], None] | None:
    term = TERMS[alarm.term]
    watched = _reached(term, term.rows().filter(pk=alarm.object_id).first(), alarm, at)
    if watched is None:
        return None
    prepared = term.prepare(watched) if term.prepare and watched.marks else None

    def store() -> None:
        fresh = _reached(term, term.lock(watched.deadline), alarm, at)
        if fresh is None:
            return
        if fresh.marks:
            term.answer(replace(fresh, prepared=prepared))
        deadline = term.rows().filter(pk=alarm.object_id).first()  # the answer may have ended it
        if deadline is not None:
            deadline.marked_at = at
            plan(deadline)
            deadline.save(update_fields=["marked_at", "next_mark_at"])

    return store


def _reached(term: WatchedTerm, deadline: Any | None, alarm: Alarm, at: datetime) -> Reached | None:
    """Return what is to be answered; ``None`` when the term is over, moved or paused."""
    if deadline is None or deadline.met_at or deadline.due_at != alarm.due_at:
        return None
    if deadline.next_mark_at != alarm.mark_at:
        return None
    after = deadline.marked_at or deadline.started_at
    return Reached(deadline, reached(_course(deadline, Planner()), after, at), at)
