"""The worklist: the applications of an officer, the most urgent first.

The number of queries does not depend on the number of applications.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.http import QueryDict

from accounts.officers import Officer
from accounts.selectors import position_named
from permits.domain.lifecycle import AT_A_DESK, OPEN, Status
from permits.forms.lists import WorklistForm
from permits.models import Application, StepPart
from permits.selectors import PaperAtStep, Show, late, papers_of, with_applicant
from permits.step_kinds import PART_TASK, task_of
from permits.views.desk.worklist_filter import (
    WorklistFilter,
    desk_choices,
    show_choices,
    task_choices,
)
from permits.views.desk.worklist_rows import WorklistRow, worklist_rows
from standards.domain.steps import StepKind
from workflow.filters import Choice
from workflow.pagination import Key, Page, page

SIZE = 30
# applications that wait for applicant or worker come last; then by due date, then by arrival
_URGENT = (Key("rank", computed=True), Key("due_at"), Key("submitted_at"), Key("pk"))
_LATEST = (Key("closed_at", descending=True), Key("pk", descending=True))


@dataclass(frozen=True, slots=True)
class Worklist:
    """The whole page."""

    form: WorklistForm
    filter: WorklistFilter
    page: Page[Application]
    rows: list[WorklistRow]
    shows: list[Choice]
    desks: list[Choice]
    tasks: list[Choice]
    waiting: int
    at_desk: str  # the desk to which the board narrowed the list


@dataclass(frozen=True, slots=True)
class _Counts:
    """The number of open applications of each filter."""

    shows: Counter[Show]
    desks: Counter[int]
    tasks: Counter[str]
    services: dict[int, str]


def worklist(officer: Officer, query: QueryDict) -> Worklist:
    """Return the worklist of ``officer`` under the filters of ``query``."""
    counts = _count(officer)
    services = sorted(counts.services.items(), key=lambda pair: pair[1])
    form = WorklistForm(query, services=services)
    filters = WorklistFilter.of(form)
    keys = _LATEST if filters.show is Show.CLOSED and not filters.text else _URGENT
    papers = _papers(officer) if counts.tasks[StepKind.WORK] else {}
    for paper in papers.values():  # a kind of work of its own
        counts.tasks[StepKind.WORK] -= 1
        counts.tasks[task_of(paper.act)] += 1
    matching = filters.apply(Application.objects.sent_to(officer.offices), officer, papers)
    result_page = page(matching.for_worklist().with_rank(), keys, query, SIZE)
    mine = filters.show is Show.MINE and not filters.text
    return Worklist(
        form=form,
        filter=filters,
        page=result_page,
        rows=worklist_rows(result_page.rows, officer, papers if mine else None),
        shows=show_choices(filters, counts.shows, query),
        desks=desk_choices(filters, officer, counts.desks, query),
        tasks=task_choices(filters, counts.tasks, query),
        waiting=counts.shows[Show.MINE],
        at_desk=_desk_name(filters) if result_page.rows else "",
    )


def _desk_name(filters: WorklistFilter) -> str:
    if filters.desk is None or filters.show is Show.MINE or filters.text:
        return ""
    return position_named(filters.desk)


def next_application(officer: Officer, *, besides: int = 0) -> Application | None:
    """Return the most urgent application at the officer's desks, except ``besides``."""
    waiting = Application.objects.sent_to(officer.offices).waiting_on(list(officer.seats))
    others = waiting.exclude(pk=besides).exclude(applicant=officer.user)
    order = [key.order(backwards=False) for key in _URGENT]
    application: Application | None = (
        others.ranked_to_take().only("public_id", "number", "holder_name").order_by(*order).first()
    )
    return application


def _papers(officer: Officer) -> dict[int, PaperAtStep]:
    """Return the papers that the steps at the officer's desks make, by application."""
    sent = Application.objects.sent_to(officer.offices)
    return papers_of(sent.filter(desk__in=list(officer.seats), status__in=AT_A_DESK))


def _count(officer: Officer) -> _Counts:
    """Count the open applications of the officer's offices, and what else waits at their desks."""
    at_my_desks = Q(status__in=AT_A_DESK, desk__in=list(officer.seats))
    groups = (
        Application.objects.sent_to(officer.offices)
        .filter(Q(status__in=OPEN) | at_my_desks)
        .values("status", "desk", "service", "service__name", "current_step__step__kind")
        .annotate(
            number=Count("pk"),
            late=Count("pk", filter=late(officer.at)),
            waits=Count("pk", filter=with_applicant()),
        )
        .order_by()
    )
    counts = _Counts(Counter(), Counter(), Counter(), {})
    for group in groups:
        _add(counts, group, officer)
    _add_parts(counts, officer)
    return counts


def _add(counts: _Counts, group: Mapping[str, Any], officer: Officer) -> None:
    status, number = group["status"], group["number"]
    counts.services[group["service"]] = group["service__name"]
    if status in OPEN:
        counts.shows[Show.OFFICE] += number
    counts.shows[Show.LATE] += group["late"]
    counts.shows[Show.APPLICANT] += group["waits"]
    if status == Status.ISSUED:
        counts.shows[Show.ISSUED] += number
    if status in AT_A_DESK and group["desk"] in officer.seats:
        counts.shows[Show.MINE] += number
        counts.desks[group["desk"]] += number
        counts.tasks[group["current_step__step__kind"]] += number


def _add_parts(counts: _Counts, officer: Officer) -> None:
    """Count the files at which the officer owes a part; each once, and not as the step's desk."""
    seen = StepPart.objects.sent_to(officer.offices)
    owed = seen.open().filter(position__in=list(officer.seats))
    elsewhere = owed.exclude(application__desk__in=list(officer.seats))
    columns = ("application__service", "application__service__name", "application")
    for service, name, _application in elsewhere.values_list(*columns).distinct().order_by():
        counts.services[service] = name
        counts.shows[Show.MINE] += 1
        counts.tasks[PART_TASK] += 1
    if len(officer.seats) < 2:
        return  # there is no choice of desks
    desks = owed.exclude(application__desk=F("position")).values_list("position")
    for position, number in desks.annotate(number=Count("pk")).order_by():
        counts.desks[position] += number
