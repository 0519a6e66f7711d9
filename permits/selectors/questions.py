"""Questions of a standard and the conditions they put on its requirements."""

from __future__ import annotations

from collections.abc import Iterator

from standards.domain.requirements import Condition, Need, Rule
from standards.models import Question, Requirement, RequirementGroup, StandardVersion


def open_questions(version: StandardVersion, answers: dict[str, bool]) -> list[Question]:
    """Return the applicable questions; a follow-up applies only after a yes."""
    questions = list(version.questions.all())
    by_pk = {question.pk: question for question in questions}
    return [q for q in questions if all(answers.get(up.key) is True for up in _above(q, by_pk))]


def requirement_rules(version: StandardVersion) -> list[Rule]:
    """Return the version's requirements as the domain reads them, in printed order."""
    requirements = list(version.requirements.all())
    questions = {question.pk: question for question in version.questions.all()}
    groups = {group.pk: group for group in version.requirement_groups.all()}
    by_pk = {requirement.pk: requirement for requirement in requirements}
    return [
        Rule(
            pk=requirement.pk,
            need=Need(requirement.kind),
            mandatory=requirement.mandatory,
            parent=requirement.parent_id,
            conditions=tuple(_conditions(requirement, by_pk, groups, questions)),
        )
        for requirement in requirements
    ]


def _conditions(
    requirement: Requirement,
    by_pk: dict[int, Requirement],
    groups: dict[int, RequirementGroup],
    questions: dict[int, Question],
) -> Iterator[Condition]:
    bound: list[Requirement | RequirementGroup] = [groups[requirement.group_id], requirement]
    parent_id = requirement.parent_id
    while parent_id:
        bound.append(by_pk[parent_id])
        parent_id = by_pk[parent_id].parent_id
    for row in bound:
        if row.question_id:
            question = questions[row.question_id]
            yield Condition(question.key, row.applies_when)
            yield from (Condition(up.key) for up in _above(question, questions))


def _above(question: Question, by_pk: dict[int, Question]) -> Iterator[Question]:
    while question.asked_if_id:
        question = by_pk[question.asked_if_id]
        yield question
