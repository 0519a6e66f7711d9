"""Results of surveys: index, elements, respondents, and nothing about fewer than five."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from accounts.models import Office
from reports.domain.periods import Period
from standards.models import Service
from surveys import selectors
from surveys.domain import groups
from surveys.domain.cost import CostAnswers, cost_answers
from surveys.domain.elements import COST, KEYS, Kind
from surveys.domain.groups import Groups
from surveys.domain.index import Result, compute, equal_weights
from surveys.domain.samples import sample_size
from surveys.domain.weights import weights_of
from surveys.models import InstrumentVersion, Question, Response, Suggestion

_COLUMNS = (
    "month", "version", "version__instrument__kind", "service", "source", "sex", "age",
    "education", "occupation", "answers",
)  # fmt: skip
RESPONDENT_COLUMNS = ("sex", "age", "education", "occupation", "source")


@dataclass(frozen=True, slots=True)
class Figures:
    """What one period of an office says by one instrument.

    ``result`` is ``None`` while fewer than five have answered. ``answered`` is how many have,
    ``finished`` the files of the period, ``target`` the sample of Krejcie and Morgan from them.
    ``too_few`` are the elements that fewer than five answered: they are not in ``result``.
    ``weights`` are those of the elements by key, with which ``result`` was computed. ``groups`` are
    the respondents by column, ``services`` the results by service, as far as they may be shown;
    ``ways`` are how people answered about each of these services, by key, and ``free`` the keys of
    those for which nothing was to be paid in all of the period, if the cost is asked about;
    ``cost`` says how many answers to the cost question are about free services, small ones too.
    ``extras`` are the answers to the questions outside the index, small groups together.
    ``is_open``: of the open survey, which has neither files nor a sample; ``elsewhere`` counts the
    answers that are not in it: those to the open survey, or those by invitation.
    """

    period: Period
    kind: Kind
    answered: int
    finished: int
    result: Result | None = None
    questions: Mapping[str, Question] = field(default_factory=dict)
    too_few: Sequence[Question] = ()
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    groups: Mapping[str, Groups] = field(default_factory=dict)
    services: Sequence[tuple[Service, Result]] = ()
    ways: Mapping[int, Groups] = field(default_factory=dict)
    free: frozenset[int] = frozenset()
    cost: CostAnswers = field(default_factory=CostAnswers)
    elsewhere: int = 0
    extras: Sequence[tuple[Question, Groups]] = ()
    is_open: bool = False

    @property
    def target(self) -> int:
        """How many answers the sample asks for."""
        return sample_size(self.finished)

    @property
    def has_own_weights(self) -> bool:
        """Whether the elements do not weigh the same."""
        return len(set(self.weights.values())) > 1

    @property
    def is_reached(self) -> bool:
        """Whether there are as many answers as the sample asks for."""
        return self.answered >= self.target


def figures(office: Office, period: Period, kind: Kind, *, openly: bool = False) -> Figures:
    """Return what one period says; seven queries, however many answers.

    ``openly``: of the open survey alone, instead of those by invitation alone.
    """
    return figures_of(office, [period], [kind], openly=openly)[0]


def figures_of(
    office: Office, periods: Sequence[Period], kinds: Sequence[Kind], *, openly: bool = False
) -> list[Figures]:
    """Return what each period says by each instrument: the same number of queries for all."""
    rows = _rows(office, periods)
    versions = {row["version"] for row in rows}
    asked = InstrumentVersion.objects.filter(pk__in=versions).prefetch_related("questions")
    by_number = sorted(asked, key=lambda version: (version.published_at, version.pk))
    services = Service.objects.filter(office=office).in_bulk() if rows else {}
    free = selectors.are_free(services, periods)
    finished = {} if openly else selectors.finished_files(office, periods)
    found = []
    for period in periods:
        inside = [row for row in rows if period.begins <= row["month"] < period.ends_before]
        for kind in kinds:
            every = [row for row in inside if row["version__instrument__kind"] == kind]
            mine = [row for row in every if (row["source"] == Response.Source.OPEN) is openly]
            used = {row["version"] for row in mine}
            latest = [version for version in by_number if version.pk in used]
            counts = Figures(
                period,
                kind,
                len(mine),
                finished.get(period, 0),
                elsewhere=len(every) - len(mine),
                is_open=openly,
            )
            found.append(_filled(counts, mine, latest, services, free[period]))
    return found


def _rows(office: Office, periods: Sequence[Period]) -> list[dict[str, Any]]:
    first = min(period.begins for period in periods)
    last = max(period.ends_before for period in periods)
    rows = Response.objects.filter(office=office, month__gte=first, month__lt=last)
    return list(rows.values(*_COLUMNS))


def _filled(
    counts: Figures,
    rows: list[dict[str, Any]],
    versions: list[InstrumentVersion],
    services: Mapping[int, Service],
    is_free: Mapping[int, bool],
) -> Figures:
    """Return ``counts`` with what ``rows`` say, if there are enough of them."""
    if not groups.may_show(len(rows)):
        return counts
    questions = {
        question.key: question
        for version in versions
        for question in version.questions.all()
        if question.in_index
    }
    weights = _weights(counts.kind, versions)
    result = _result(rows, weights)
    kept = {element.key for element in result.elements} if result else set()
    by_service = _by_service(rows, weights, services)
    columns = [name for name in RESPONDENT_COLUMNS if name != "source" or not counts.is_open]
    return replace(
        counts,
        result=result,
        questions=questions,
        weights=weights,
        too_few=[questions[key] for key in weights if key in questions and key not in kept],
        groups={name: _groups(rows, name) for name in columns},
        services=by_service,
        ways={
            service.pk: _groups((row for row in rows if row["service"] == service.pk), "source")
            for service, _result in by_service
        },
        free=frozenset(
            service.pk
            for service, _result in by_service
            if COST in questions and is_free.get(service.pk)
        ),
        cost=cost_answers(
            Counter(row["service"] for row in rows if COST in row["answers"]), is_free
        ),
        extras=_extras(rows, versions),
    )


def _extras(
    rows: list[dict[str, Any]], versions: list[InstrumentVersion]
) -> list[tuple[Question, Groups]]:
    """Return how the questions outside the index were answered, as the last version words them."""
    asked = {
        question.key: question
        for version in versions
        for question in version.questions.all()
        if not question.in_index
    }
    found = []
    for key, question in asked.items():
        scores = Counter(row["answers"][key] for row in rows if key in row["answers"])
        labels = dict(question.choices)
        counts = groups.shown({labels[score]: count for score, count in sorted(scores.items())})
        if groups.may_show(scores.total()):
            found.append((question, counts))
    return found


def _weights(kind: Kind, versions: list[InstrumentVersion]) -> Mapping[str, Fraction]:
    """Return the weights of the last version that was answered in the period."""
    if versions:
        last = versions[-1]
        written = {q.key: q.fraction for q in last.questions.all() if q.in_index}
        if found := weights_of(written):
            return found
    return equal_weights(KEYS[kind])


def _result(rows: Iterable[Mapping[str, Any]], weights: Mapping[str, Fraction]) -> Result | None:
    """Return the index of ``rows``; an element that fewer than five answered does not enter it.

    Whoever knows the index with and without such an element knows its few answers.
    """
    return compute((row["answers"] for row in rows), weights, least=groups.SMALLEST)


def _groups(rows: Iterable[Mapping[str, Any]], name: str) -> Groups:
    return groups.shown(Counter(row[name] for row in rows))


def _by_service(
    rows: list[dict[str, Any]], weights: Mapping[str, Fraction], services: Mapping[int, Service]
) -> list[tuple[Service, Result]]:
    """Return the result of each service that may be shown, by name.

    Answers about small services have none any more (settling): together they are one group.
    """
    counts = Counter(row["service"] for row in rows)
    names = {str(key): count for key, count in counts.items()}
    shown = groups.shown(names).shown
    found = []
    for key in sorted(filter(None, counts), key=lambda one: services[one].name):
        if str(key) not in shown:
            continue
        result = _result((row for row in rows if row["service"] == key), weights)
        if result is not None:
            found.append((services[key], result))
    return found


def suggestions(office: Office, period: Period, *, openly: bool = False) -> QuerySet[Suggestion]:
    """Return what respondents wrote in a period, in an order that says nothing of the time.

    Empty while fewer than five have written. ``openly``: with the open survey.
    """
    rows = Suggestion.objects.in_period(office, period).filter(is_open=openly)
    return rows.order_by("pk") if groups.may_show(rows.count()) else rows.none()  # random keys
