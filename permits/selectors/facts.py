"""What a standard asks of one application, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from permits.models import Application, HolderKind
from standards.domain import eligibility
from standards.domain import facts as domain
from standards.domain.built_in import HOLDER, KIND_OF_APPLICATION, HolderAnswer
from standards.domain.facts import Value
from standards.domain.steps import RECORDING
from standards.models import (
    ClosedKind,
    EligibilityRule,
    Fact,
    Service,
    SopStep,
    StandardVersion,
)
from standards.selectors import conditions_of, facts_of, load_checklist, load_procedure

_HOLDERS: dict[str, str] = {
    HolderKind.PERSON: HolderAnswer.PERSON,
    HolderKind.BODY: HolderAnswer.BODY,
}
_WITH_HOLDER = frozenset({HOLDER})  # said once, with the holder
FORM, QUESTION = "isian_", "tanya_"  # what the names of the fields of facts begin with


@dataclass(frozen=True, slots=True)
class AskedFacts:
    """The facts that apply, in their order; ``values`` are the readable answers by key.

    ``form`` and ``questions`` are asked of the applicant, ``recorded`` officers at their steps.

    ``deciding`` are the keys of those on the page of deciding questions, the others stand on the
    form. ``known`` are the keys of those that the form of the holder asks.
    """

    rows: tuple[Fact, ...]
    values: Mapping[str, Value]
    deciding: frozenset[str]
    known: frozenset[str] = frozenset()

    @property
    def form(self) -> list[Fact]:
        """Those that stand on the form."""
        elsewhere = self.deciding | self.known
        return [row for row in self.rows if not row.asked_at and row.key not in elsewhere]

    @property
    def questions(self) -> list[Fact]:
        """Those on the page of deciding questions."""
        return [row for row in self.rows if row.key in self.deciding - self.known]

    @property
    def recorded(self) -> list[Fact]:
        """Those that an officer records at a step."""
        return [row for row in self.rows if row.asked_at]

    @property
    def unanswered(self) -> list[Fact]:
        """The required deciding questions without an answer."""
        return [row for row in self.questions if self._lacks(row)]

    @property
    def missing(self) -> list[Fact]:
        """The required facts of the form without an answer."""
        return [row for row in self.form if self._lacks(row)]

    @property
    def lacks_holder(self) -> bool:
        """Whether conditions ask whom the permit is for, and the form does not say it yet."""
        return any(row.key == HOLDER and self._lacks(row) for row in self.rows)

    def _lacks(self, row: Fact) -> bool:
        return row.required and row.key not in self.values

    def name(self, row: Fact) -> str:
        """Return the name of the form field of ``row``; verdicts are given under it, too."""
        return question_name(row) if row.key in self.deciding else f"{FORM}{row.key}"


def question_name(row: Fact) -> str:
    """Return the name of the form field of a deciding fact."""
    return f"{QUESTION}{row.key}"


def asked_facts(application: Application) -> AskedFacts:
    """Return what is asked of ``application`` with its present answers.

    What was recorded at a step that the answers leave out now is not asked any more.
    """
    load_checklist(application.version)
    asked = _asked(application.version, answers_of(application), _in_order(application))
    return replace(asked, known=_WITH_HOLDER)


def answers_of(application: Application) -> dict[str, str]:
    """Return the answers (texts by key), with whom the permit is for as the form says it."""
    return {**application.answers, HOLDER: _HOLDERS.get(application.holder_kind, "")}


def asked_of(version: StandardVersion, answers: Mapping[str, str]) -> AskedFacts:
    """Return what ``version`` asks of somebody with these answers (texts by key)."""
    load_checklist(version)
    return _asked(version, answers, facts_of(version))


def _in_order(application: Application) -> list[domain.Fact]:
    """The facts of the filing, then those of each step, with the condition of the step."""
    facts = facts_of(application.version)
    if not any(fact.asked_at for fact in facts):
        return facts
    steps = {row.printed_number: row for row in load_procedure(application.procedure).steps.all()}
    recorded = [
        replace(fact, step_when=steps[fact.asked_at].when)
        for fact in facts
        if fact.asked_at in steps
    ]
    recorded.sort(key=lambda fact: steps[fact.asked_at].order)
    return [*(fact for fact in facts if not fact.asked_at), *recorded]


def _asked(
    version: StandardVersion, answers: Mapping[str, str], facts: Sequence[domain.Fact]
) -> AskedFacts:
    asked, values = domain.asked(facts, answers)
    keys = {fact.key for fact in asked}
    rows = tuple(row for row in version.facts.all() if row.key in keys)
    return AskedFacts(rows, values, deciding_keys(version))


def every_fact(application: Application) -> AskedFacts:
    """Return the same with the facts that are not asked at present."""
    version, given = load_checklist(application.version), answers_of(application)
    values = {
        fact.key: value
        for fact in facts_of(version)
        if (value := domain.read(fact.kind, given.get(fact.key, ""), fact.choices)) is not None
    }
    rows = tuple(version.facts.all())
    return AskedFacts(rows, values, deciding_keys(version), _WITH_HOLDER)


def has_questions(version: StandardVersion) -> bool:
    """Whether an applicant is asked deciding questions, on a page before the requirements."""
    return bool(deciding_keys(version) - _WITH_HOLDER)


def deciding_keys(version: StandardVersion) -> frozenset[str]:
    """Return the keys of the facts on the page of deciding questions."""
    load_checklist(version)
    named = [condition for chain in conditions_of(version).values() for condition in chain]
    named += [row.when for row in version.eligibility_rules.all()]
    named += [row.when for row in version.terms.all()]
    rules = [row.rule() for row in version.fees.all()]
    counted = {key for rule in rules for key in rule.named()}
    filing = [fact for fact in facts_of(version) if not fact.asked_at]
    always = {*counted, KIND_OF_APPLICATION}  # a kind may be closed, and amounts are computed
    return domain.deciding(filing, named) | always & {fact.key for fact in filing}


def hindrances(version: StandardVersion, answers: Mapping[str, str]) -> list[EligibilityRule]:
    """Return the rules by which an application with these answers (texts by key) cannot succeed."""
    values = asked_of(version, answers).values
    return eligibility.met(version.eligibility_rules.all(), values)


def closed_kinds(service: Service, answers: Mapping[str, str], day: date) -> list[ClosedKind]:
    """Return the closing of the kind of application that ``answers`` choose, if it is closed.

    Without an answer: all that are closed on ``day``, a day of the office.
    """
    chosen = answers.get(KIND_OF_APPLICATION, "")
    rows = service.closed_kinds.order_by("closed_from", "pk")
    return [row for row in rows if row.is_closed(day) and chosen in ("", row.kind)]


def facts_to_record(application: Application, row: SopStep | None = None) -> list[Fact]:
    """Return the facts that the open step of ``application`` records, or ``row`` beside it."""
    visit = application.current_step
    step = row or (visit.step if visit is not None else None)
    if step is None or step.kind not in RECORDING:
        return []
    number = step.printed_number
    load_checklist(application.version)
    if all(row.asked_at != number for row in application.version.facts.all()):
        return []
    return [row for row in asked_facts(application).recorded if row.asked_at == number]
