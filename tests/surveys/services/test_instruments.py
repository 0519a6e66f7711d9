"""Questionnaires: built in, copied, published, and frozen from then on."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from surveys.domain.elements import IPAK_KEYS, SKM_KEYS
from surveys.domain.weights import read_weight, weights_of
from surveys.models import Instrument, InstrumentVersion, SurveyRules
from surveys.selectors import versions_asked
from surveys.services import instruments
from tests.factories.base import base_cast
from tests.factories.permits import NOON, Cast
from tests.factories.surveys import load_questionnaires, skm
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    load_questionnaires()
    return base_cast()


def keys(version: InstrumentVersion) -> tuple[str, ...]:
    return tuple(question.key for question in version.questions.all())


def test_both_questionnaires_are_there_for_every_office_and_loading_again_adds_none(cast):
    load_questionnaires()
    assert Instrument.objects.count() == 2
    SurveyRules.objects.create(office=cast.office, asks_ipak=True)
    asked = versions_asked(cast.office)
    assert [keys(version) for version in asked] == [SKM_KEYS, IPAK_KEYS]


def test_eight_is_the_facilities_and_nine_the_complaints(cast):
    numbers = {question.key: question.number for question in skm(cast.office).questions.all()}
    assert (numbers["sarana"], numbers["pengaduan"]) == ("8", "9")


def test_an_office_asks_with_its_own_words_once_they_are_published(cast):
    draft = instruments.copy(skm(cast.office), office=cast.office)
    draft.questions.filter(key="biaya").update(choice_1="Tidak wajar", choice_4="Sangat wajar")
    assert skm(cast.office).pk != draft.pk
    instruments.publish(draft, actor=None, at=NOON)
    cost = skm(cast.office).questions.get(key="biaya")
    assert cost.choices[3] == (4, "Sangat wajar")
    again = instruments.copy(skm(cast.office), office=cast.office)
    assert (again.number, again.instrument_id) == (2, draft.instrument_id)


def test_an_office_has_one_draft_at_a_time(cast):
    instruments.copy(skm(cast.office), office=cast.office)
    with pytest.raises(DomainError, match="survey_draft_exists"):
        instruments.copy(skm(cast.office), office=cast.office)


def test_every_element_needs_its_question(cast):
    draft = instruments.copy(skm(cast.office), office=cast.office)
    draft.questions.filter(key="waktu").update(in_index=False)
    with pytest.raises(DomainError, match="survey_elements_missing"):
        instruments.publish(draft, actor=None, at=NOON)


def test_weights_of_an_office_add_up_to_one(cast):
    draft = instruments.copy(skm(cast.office), office=cast.office)
    draft.questions.filter(key="waktu").update(weight="1/9")
    with pytest.raises(DomainError, match="survey_weights"):
        instruments.publish(draft, actor=None, at=NOON)
    draft.questions.update(weight="1/9")
    assert instruments.publish(draft, actor=None, at=NOON).is_published
    with pytest.raises(DomainError, match="survey_published"):
        instruments.publish(draft, actor=None, at=NOON)


@pytest.mark.parametrize(
    ("text", "weight"),
    [("1/9", Fraction(1, 9)), ("0,125", Fraction(1, 8)), ("2", None), ("-1", None), ("satu", None),
     ("1/0", None)],
)  # fmt: skip
def test_a_weight_is_a_fraction_or_a_share(text, weight):
    assert read_weight(text) == weight


def test_no_own_weights_are_equal_weights():
    assert weights_of({"a": None, "b": None}) == {"a": Fraction(1, 2), "b": Fraction(1, 2)}
    assert weights_of({"a": Fraction(1), "b": None}) is None
    assert weights_of({}) is None


@pytest.mark.parametrize("act", ["text", "state", "delete", "add"])
def test_the_database_refuses_to_change_what_is_published(cast, act):
    version = skm(cast.office)
    acts = {
        "text": lambda: version.questions.update(text="Apakah Anda puas?"),
        "state": lambda: InstrumentVersion.objects.filter(pk=version.pk).update(
            state="konsep", published_at=None
        ),
        "delete": lambda: version.questions.filter(key="biaya").delete(),
        "add": lambda: version.questions.create(
            key="lain", name="x", number="10", order=10, text="x", choice_1="a", choice_2="b",
            choice_3="c", choice_4="d",
        ),
    }  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        acts[act]()
