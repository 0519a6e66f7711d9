"""Results of surveys: index, elements, respondents, and nothing about fewer than five."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Office
from reports.domain.periods import Period
from standards.models import Service
from surveys import selectors
from surveys.domain import groups
from surveys.domain.elements import KEYS, Kind
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
    ``groups`` are the respondents by column, ``services`` the results by service, as far as they
    may be shown. ``elsewhere`` counts the answers to the open survey, which are not in it.
    ``extras`` are the answers to the questions outside the index, small groups together.
    """

    period: Period
    kind: Kind
    answered: int
    finished: int
    result: Result | None = None
    questions: Mapping[str, Question] = field(default_factory=dict)
    groups: Mapping[str, Groups] = field(default_factory=dict)
    services: Sequence[tuple[Service, Result]] = ()
    elsewhere: int = 0
    extras: Sequence[tuple[Question, Groups]] = ()

    @property
    def target(self) -> int:
        """How many answers the sample asks for."""
        return sample_size(self.finished)

    @property
    def is_reached(self) -> bool:
        """Whether there are as many answers as the sample asks for."""
        return self.answered >= self.target


def figures(office: Office, period: Period, kind: Kind) -> Figures:
    """Return what one period says; five queries, however many answers."""
    return figures_of(office, [period], [kind])[0]


def figures_of(office: Office, periods: Sequence[Period], kinds: Sequence[Kind]) -> list[Figures]:
    """Return what each period says by each instrument: the same number of queries for all."""
    rows = _rows(office, periods)
    versions = {row["version"] for row in rows}
    asked = InstrumentVersion.objects.filter(pk__in=versions).prefetch_related("questions")
    by_number = sorted(asked, key=lambda version: (version.published_at, version.pk))
    services = Service.objects.in_bulk({row["service"] for row in rows if row["service"]})
    finished = selectors.finished_files(office, periods)
    found = []
    for period in periods:
        inside = [row for row in rows if period.begins <= row["month"] < period.ends_before]
        for kind in kinds:
            mine = [row for row in inside if row["version__instrument__kind"] == kind]
            used = {row["version"] for row in mine}
            latest = [version for version in by_number if version.pk in used]
            found.append(_figures(period, kind, mine, finished[period], latest, services))
    return found


def _rows(office: Office, periods: Sequence[Period]) -> list[dict[str, Any]]:
    first = min(period.begins for period in periods)
    last = max(period.ends_before for period in periods)
    rows = Response.objects.filter(office=office, month__gte=first, month__lt=last)
    return list(rows.values(*_COLUMNS))


def _figures(
    period: Period,
    kind: Kind,
    rows: list[dict[str, Any]],
    finished: int,
    versions: list[InstrumentVersion],
    services: Mapping[int, Service],
) -> Figures:
    counted = [row for row in rows if row["source"] != Response.Source.OPEN]
    open_answers = len(rows) - len(counted)
    if not groups.may_show(len(counted)):
        return Figures(period, kind, len(counted), finished, elsewhere=open_answers)
    questions = {
        question.key: question
        for version in versions
        for question in version.questions.all()
        if question.in_index
    }
    weights = _weights(kind, versions)
    return Figures(
        period,
        kind,
        len(counted),
        finished,
        compute((row["answers"] for row in counted), weights),
        questions,
        {name: _groups(counted, name) for name in RESPONDENT_COLUMNS},
        _by_service(counted, weights, services),
        open_answers,
        _extras(counted, versions),
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


def _weights(kind: Kind, versions: list[InstrumentVersion]) -> Mapping[str, Any]:
    """Return the weights of the last version that was answered in the period."""
    if versions:
        last = versions[-1]
        written = {q.key: q.fraction for q in last.questions.all() if q.in_index}
        if found := weights_of(written):
            return found
    return equal_weights(KEYS[kind])


def _groups(rows: Iterable[Mapping[str, Any]], name: str) -> Groups:
    return groups.shown(Counter(row[name] for row in rows))


def _by_service(
    rows: list[dict[str, Any]], weights: Mapping[str, Any], services: Mapping[int, Service]
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
        result = compute((row["answers"] for row in rows if row["service"] == key), weights)
        if result is not None:
            found.append((services[key], result))
    return found


def suggestions(office: Office, period: Period, *, most: int = 200) -> list[str]:
    """Return what respondents wrote in a period, in an order that says nothing of the time.

    Empty while fewer than five have written.
    """
    return [text for _key, text in suggestion_rows(office, period, most=most)]


def suggestion_rows(office: Office, period: Period, *, most: int = 200) -> list[tuple[str, str]]:
    """Return the same with the random key of each."""
    rows = Suggestion.objects.in_period(office, period).order_by("pk")  # random keys
    found = [(str(key), text) for key, text in rows.values_list("pk", "text")[:most]]
    return found if groups.may_show(len(found)) else []
