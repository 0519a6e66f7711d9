"""Results of surveys as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Office
from reports.domain.periods import Period, Rhythm, last_periods
from reports.wording import period_name
from standards.models import Service
from surveys import selectors
from surveys.domain.elements import GRADED, Kind
from surveys.domain.groups import Groups, may_show
from surveys.domain.index import ElementResult, Result
from surveys.models import Instrument, Question
from surveys.services.results import Figures
from surveys.tables import (
    GroupTable,
    cost_note,
    decimal_text,
    grade_words,
    respondents,
    spread,
    too_few_note,
)
from workflow.charts import Chart, bars

OPENLY = "terbuka"  # in addresses: the open survey, instead of the answers by invitation
_SHOWN = 8  # periods
_MEANING = {"A": "good", "B": "good", "C": "attention", "D": "late", "": "neutral"}


# The choice of period and instrument ---------------------------------------------------------


def finished_periods(office: Office, today: date) -> list[Period]:
    """Return the last periods that are over, the latest first: what is published."""
    rhythm = Rhythm(selectors.rules_of(office).rhythm)
    return last_periods(today, rhythm, _SHOWN + 1)[1:]


def all_periods(office: Office, today: date) -> list[Period]:
    """Return the running period and those before it: what officers see."""
    return last_periods(today, Rhythm(selectors.rules_of(office).rhythm), _SHOWN)


def is_running(period: Period, today: date) -> bool:
    """Whether answers of ``period`` still come in."""
    return today < period.ends_before


def chosen(periods: Sequence[Period], code: str) -> Period:
    """Return the period of an address, else the first."""
    return next((period for period in periods if period.code == code), periods[0])


def chosen_kind(code: str) -> Kind:
    """Return the instrument of an address, else SKM."""
    return Kind.IPAK if code == Kind.IPAK else Kind.SKM


@dataclass(frozen=True, slots=True)
class Choice:
    """A link to another view of the same page."""

    code: str
    label: str
    current: bool


def origin_choices(figures: Figures, *, offered: bool) -> list[Choice]:
    """Return the answers by invitation and those to the open survey as links.

    Empty where the office has no open survey (``offered``) and nothing may be shown of one.
    """
    if not (offered or figures.is_open or may_show(figures.elsewhere)):
        return []
    names = (("", _("Pemohon yang diundang"), False), (OPENLY, _("Survei terbuka"), True))
    return [Choice(code, label, figures.is_open is is_open) for code, label, is_open in names]


def period_choices(periods: Sequence[Period], current: Period) -> list[Choice]:
    """Return the periods as links."""
    return [Choice(one.code, period_name(one), one == current) for one in periods]


def kind_choices(office: Office, current: Kind) -> list[Choice]:
    """Return the instruments as links; empty if there is only one."""
    if current is Kind.SKM and len(selectors.kinds_of(office)) == 1:
        return []
    return [Choice(str(kind), str(Instrument.Kind(kind).label), kind == current) for kind in Kind]


# The page ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One element as a row of the table."""

    number: str
    name: str
    average: Decimal
    points: Decimal
    grade: str
    meaning: str
    counts: Sequence[int | None]
    answered: int
    about_cost: str
    weight: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """The result of one service."""

    name: str
    answered: int
    index: Decimal
    grade: str
    meaning: str
    is_free: bool


@dataclass(frozen=True, slots=True)
class ExtraTable:
    """The answers to a question outside the index: label, number."""

    text: str
    rows: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Everything a page of results shows; without ``result`` only how many have answered.

    ``is_running``: the period is not over, so nothing is shown yet (``page``). ``is_graded``:
    index, elements and services have grades; without, their grades are "".
    """

    title: str
    figures: Figures
    result: Result | None
    is_running: bool = False
    is_graded: bool = False
    grade: str = ""
    grade_words: str = ""
    meaning: str = "neutral"
    elements: Sequence[ElementRow] = ()
    lowest: Sequence[ElementRow] = ()
    too_few: str = ""
    chart: Chart | None = None
    respondents: Sequence[GroupTable] = ()
    services: Sequence[ServiceRow] = field(default_factory=list)
    extras: Sequence[ExtraTable] = ()


def page(figures: Figures, *, today: date) -> ResultPage:
    """Return the page about one period and instrument.

    Of a period that is not over it says how many have answered and no more: who reads the figures
    before and after one file was judged would read that answer from the difference.
    """
    title = period_name(figures.period)
    if is_running(figures.period, today):
        return ResultPage(title, figures, None, is_running=True)
    result = figures.result
    if result is None:
        return ResultPage(title, figures, None)
    is_graded = figures.kind in GRADED
    grade = result.grade if is_graded else ""
    rows = {element.key: _element(figures, element) for element in result.elements}
    ordered = sorted(rows.items(), key=lambda pair: _order(figures, pair[0]))
    elements = [row for _key, row in ordered]
    return ResultPage(
        title,
        figures,
        result,
        is_graded=is_graded,
        grade=grade,
        grade_words=grade_words(grade) if is_graded else "",
        meaning=_MEANING[grade],
        elements=elements,
        lowest=[rows[element.key] for element in result.lowest()],
        too_few=too_few_note(figures),
        chart=bars(
            [(row.name, row.points, decimal_text(row.points), row.meaning) for row in elements]
        ),
        respondents=respondents(figures),
        services=[_service(figures, service, one) for service, one in figures.services],
        extras=[_extra(question, found) for question, found in figures.extras],
    )


def _service(figures: Figures, service: Service, result: Result) -> ServiceRow:
    grade = result.grade if figures.kind in GRADED else ""
    return ServiceRow(
        service.name,
        result.respondents,
        result.index,
        grade,
        _MEANING[grade],
        service.pk in figures.free,
    )


def _extra(question: Question, found: Groups) -> ExtraTable:
    rows = [
        (label, found.shown[label]) for _score, label in question.choices if label in found.shown
    ]
    if found.hidden:
        rows.append((_("Jawaban lain (disatukan)"), found.hidden))
    return ExtraTable(question.text, rows)


def _order(figures: Figures, key: str) -> int:
    question = figures.questions.get(key)
    return question.order if question else 0


def _element(figures: Figures, element: ElementResult) -> ElementRow:
    question = figures.questions.get(element.key)
    grade = element.grade if figures.kind in GRADED else ""
    return ElementRow(
        question.number if question else "",
        question.name if question else element.key,
        element.rounded,
        element.value,
        grade,
        _MEANING[grade],
        spread(element),
        element.answered,
        cost_note(figures, element),
        str(figures.weights[element.key]),
    )
