"""The filters of the worklist: what each of them shows, and links to other filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy

from accounts.officers import Officer
from permits.forms.lists import WorklistForm
from permits.querysets import ApplicationQuerySet
from permits.selectors import PaperAtStep, Show, at_row, shown
from permits.step_kinds import PAPER_TASKS, PART_TASK, TASKS, task_name, task_of
from standards.domain.steps import StepKind
from workflow.filters import Choice
from workflow.pagination import AFTER, BEFORE

_LABELS: dict[Show, str | LazyText] = {
    Show.MINE: gettext_lazy("Di meja saya"),
    Show.LATE: gettext_lazy("Terlambat"),
    Show.NEARLY: gettext_lazy("Hampir terlambat"),
    Show.STEP_LATE: gettext_lazy("Lewat waktu baku langkah"),
    Show.SIGN: gettext_lazy("Menunggu tanda tangan"),
    Show.PARTS: gettext_lazy("Menunggu pelaksana lain"),
    Show.OFFICE: gettext_lazy("Semua di kantor"),
    Show.APPLICANT: gettext_lazy("Menunggu pemohon"),
    Show.ISSUED: gettext_lazy("Terbit, belum diserahkan"),
    Show.CLOSED: gettext_lazy("Ditutup"),
}
# reached from the board, shown while chosen
_UNCOUNTED = {Show.NEARLY, Show.STEP_LATE, Show.SIGN, Show.PARTS}


@dataclass(frozen=True, slots=True)
class WorklistFilter:
    """What the worklist is narrowed to."""

    show: Show = Show.MINE
    service: int | None = None
    desk: int | None = None
    task: str = ""
    text: str = ""
    office: str = ""
    step: int | None = None

    @classmethod
    def of(cls, form: WorklistForm) -> WorklistFilter:
        """Return what ``form`` asks for."""
        asked = form.answers
        return cls(
            show=asked["tampil"],
            service=asked["layanan"],
            desk=asked["meja"],
            task=asked["tugas"],
            text=asked["q"],
            office=asked["kantor"],
            step=asked["langkah"],
        )

    def apply(
        self,
        applications: ApplicationQuerySet,
        officer: Officer,
        papers: Mapping[int, PaperAtStep],
    ) -> ApplicationQuerySet:
        """Return those of ``applications`` that the filter shows to ``officer``.

        A search looks at every status; the saved filters do not apply to it. ``papers`` are those
        that the steps at the officer's desks make, by application.
        """
        if self.text:
            matching = applications.search(self.text)
        elif self.show is Show.MINE:
            matching = self._waiting(applications, officer, papers)
        else:
            matching = applications.filter(shown(self.show, officer.file_offices, officer.at))
            if self.desk is not None:
                matching = matching.waiting_on([self.desk])
        if self.office:
            asked = [office for office in officer.offices if office.code == self.office]
            matching = matching.sent_to(asked)
        if self.step is not None:
            matching = matching.filter(at_row(self.step))
        return matching if self.service is None else matching.filter(service=self.service)

    def _waiting(
        self,
        applications: ApplicationQuerySet,
        officer: Officer,
        papers: Mapping[int, PaperAtStep],
    ) -> ApplicationQuerySet:
        desks = [self.desk] if self.desk in officer.seats else list(officer.seats)
        matching = applications.waiting_on(desks)
        at_own_desks = Q(desk__in=list(officer.seats))
        if self.task == PART_TASK:
            return matching.exclude(at_own_desks)
        if self.task in PAPER_TASKS:
            keys = (key for key, paper in papers.items() if task_of(paper.act) == self.task)
            return matching.filter(pk__in=list(keys))
        if self.task == StepKind.WORK:
            matching = matching.exclude(pk__in=list(papers))
        kind = Q(current_step__step__kind=self.task)
        return matching.filter(at_own_desks, kind) if self.task else matching


# Links to other filters --------------------------------------------------------------------------


def show_choices(filters: WorklistFilter, counts: Counter[Show], query: QueryDict) -> list[Choice]:
    """Return the saved filters with the number of applications under each."""
    return [
        Choice(
            str(label),
            _url(query, tampil=show, meja="", tugas="", q="", langkah="", kantor=""),
            filters.show is show and not filters.text,
            None if show is Show.CLOSED or show in _UNCOUNTED else counts[show],
        )
        for show, label in _LABELS.items()
        if show not in _UNCOUNTED or show is filters.show
    ]


def desk_choices(
    filters: WorklistFilter, officer: Officer, counts: Counter[int], query: QueryDict
) -> list[Choice]:
    """Return the officer's desks to choose from; none if there is only one."""
    if len(officer.seats) < 2 or filters.show is not Show.MINE or filters.text:
        return []
    return [
        Choice(
            position.name,
            _url(query, meja="" if filters.desk == position.pk else position.pk),
            filters.desk == position.pk,
            counts[position.pk],
        )
        for position in officer.positions
    ]


def task_choices(filters: WorklistFilter, counts: Counter[str], query: QueryDict) -> list[Choice]:
    """Return the kinds of work at the officer's desks; none if there is only one."""
    if filters.show is not Show.MINE or filters.text or (len(+counts) < 2 and not filters.task):
        return []
    return [
        Choice(
            str(name),
            _url(query, tugas="" if filters.task == kind else kind),
            filters.task == kind,
            counts[kind],
        )
        for kind in TASKS
        if (name := task_name(kind)) and (counts[kind] or kind == filters.task)
    ]


def _url(query: QueryDict, **changes: object) -> str:
    """Return the query string with ``changes``, without empty values and without the page."""
    parameters = query.copy()
    for name in (AFTER, BEFORE):
        parameters.pop(name, None)
    for name, value in changes.items():
        parameters[name] = str(value)
    for name in [name for name, value in parameters.items() if not value]:
        del parameters[name]
    return f"?{parameters.urlencode()}"
