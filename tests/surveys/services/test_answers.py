"""Answers: once, anonymous, never joined to a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, models, transaction

from accounts.models import User
from permits.domain.lifecycle import Status
from permits.models import Application
from surveys.models import Invitation, Response, Suggestion, SurveyRules
from surveys.selectors import WORK, worked_on
from surveys.services import answers, settling
from surveys.services.answers import Sheet
from tests.factories.accounts import make_officer
from tests.factories.base import base_cast
from tests.factories.permits import NOON, Cast
from tests.factories.standards import position_of
from tests.factories.surveys import a_sheet, load_questionnaires, make_invitation, scores, skm
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    load_questionnaires()
    return base_cast()


@pytest.fixture
def invitation(cast, issued) -> Invitation:
    return make_invitation(issued)[0]


def answer(invitation: Invitation, **more: object) -> None:
    office = invitation.application.office
    facts = {"source": "tautan", "at": NOON, **more}
    answers.answer(invitation, a_sheet(office), **facts)  # type: ignore[arg-type]


def test_an_answer_uses_up_its_invitation(invitation):
    answer(invitation)
    with pytest.raises(DomainError, match="survey_answered"):
        answer(invitation)
    response = Response.objects.get()
    assert (response.month, response.source) == (NOON.date().replace(day=1), "tautan")
    assert set(response.answers.values()) == {3}


def test_a_failure_leaves_the_invitation_open(invitation, monkeypatch):
    def broken(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(answers, "_store", broken)
    with pytest.raises(RuntimeError):
        answer(invitation)
    invitation.refresh_from_db()
    assert not invitation.answered


def test_the_last_day_counts_and_the_next_does_not(invitation):
    with pytest.raises(DomainError, match="survey_over"):
        answer(invitation, at=NOON + timedelta(days=31))
    answer(invitation, at=NOON + timedelta(days=30))


def test_a_withdrawn_file_is_not_judged(invitation):
    rows = Application.objects.filter(pk=invitation.application_id)
    rows.update(status=Status.WITHDRAWN)
    with pytest.raises(DomainError, match="survey_without_file"):
        answer(Invitation.objects.with_file().get(pk=invitation.pk))


def test_nothing_in_an_answer_leads_to_a_file_or_a_person():
    forbidden = {"Application", "Invitation", "InvitationLink", "User"}
    for model in (Response, Suggestion):
        for field in model._meta.get_fields():
            if field.is_relation:
                assert field.related_model.__name__ not in forbidden, (model, field)
            assert not isinstance(field, models.DateTimeField), (model, field)
        assert isinstance(model._meta.pk, models.UUIDField)
    times = [field for field in Invitation._meta.fields if isinstance(field, models.DateTimeField)]
    assert times == []


def test_the_database_keeps_answers_as_they_are(invitation):
    answer(invitation)
    with pytest.raises(DatabaseError), transaction.atomic():
        Response.objects.update(answers={})
    settling.settle(NOON + timedelta(days=60))  # the period is over
    with pytest.raises(DatabaseError), transaction.atomic():
        Response.objects.update(answers={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Response.objects.all().delete()


def test_words_are_stored_apart_from_scores(cast, invitation):
    version = skm(cast.office)
    sheet = Sheet({version: scores(version)}, suggestion="  Kursi tunggu ditambah. ")
    answers.answer(invitation, sheet, source="tautan", at=NOON)
    written = Suggestion.objects.get()
    assert (written.text, written.is_open) == ("Kursi tunggu ditambah.", False)


def test_the_open_survey_is_answered_only_where_the_office_wants_it(cast):
    sheet = a_sheet(cast.office)
    with pytest.raises(DomainError, match="survey_not_open"):
        answers.answer_openly(cast.service, sheet, at=NOON)
    SurveyRules.objects.create(office=cast.office, is_open=True)
    answers.answer_openly(cast.service, replace(sheet, suggestion="Buka hari Sabtu."), at=NOON)
    assert Response.objects.counted().count() == 0
    assert Response.objects.openly().get().source == "terbuka"
    assert Suggestion.objects.values_list("text", "is_open").get() == ("Buka hari Sabtu.", True)


@pytest.mark.parametrize(
    ("who", "why"),
    [("front-office", "survey_own_work"), ("applicant", "survey_not_your_office"),
     ("elsewhere", "survey_not_your_office"), ("sekretaris", "survey_own_work"),
     ("colleague", "")],
)  # fmt: skip
def test_paper_is_entered_by_an_officer_who_did_not_work_on_the_file(cast, invitation, who, why):
    others = {
        "applicant": cast.applicant, "elsewhere": cast.stranger,
        "colleague": make_officer(position_of(cast.office, "loket")),
    }  # fmt: skip
    person = others.get(who) or cast.at(who)
    sheet = a_sheet(cast.office)
    if why:
        with pytest.raises(DomainError, match=why):
            answers.enter_paper(invitation, sheet, actor=person, at=NOON)
    else:
        answers.enter_paper(invitation, sheet, actor=person, at=NOON)
        assert Response.objects.get().source == "kertas"


@pytest.mark.parametrize("how", ["part", "papers", "answers", "clock"])
def test_who_gave_a_part_or_checked_or_moved_the_clock_worked_on_the_file(cast, invitation, how):
    file, person = invitation.application, make_officer(position_of(cast.office, "loket"))
    visit = file.steps.order_by("pk")[1]
    acts = {
        "part": lambda: file.parts.create(
            visit=visit, role=visit.step.role, position=position_of(cast.office, "loket"),
            asked_at=NOON, finished_at=NOON, finished_by=person, outcome="selesai",
        ),
        "papers": lambda: file.verdicts.create(
            visit=file.steps.order_by("pk")[2], requirement=file.version.requirements.all()[0],
            result="sesuai", officer=person, at=NOON,
        ),
        "answers": lambda: file.answer_verdicts.create(
            visit=visit, key="lain", result="sesuai", officer=person, at=NOON
        ),
        "clock": lambda: file.clock_events.create(
            kind="extend", at=NOON, recorded_at=NOON, amount=1, actor=person
        ),
    }  # fmt: skip
    assert person.pk not in worked_on(file)
    acts[how]()
    with pytest.raises(DomainError, match="survey_own_work"):
        answers.enter_paper(invitation, a_sheet(cast.office), actor=person, at=NOON)


def test_every_way_from_a_file_to_a_person_is_known():
    """A new kind of work is either asked about or no work."""
    no_work = {
        "documents__uploaded_by", "documents__opened_by",  # the applicant; who read it
        "due_date_changes__actor",  # a calendar was changed, for every file
        "openings__person",
    }  # fmt: skip
    found = set()
    of_permits = [
        one
        for one in Application._meta.related_objects
        if one.related_model._meta.app_label == Application._meta.app_label
    ]
    for relation in of_permits:
        for field in relation.related_model._meta.concrete_fields:
            if field.related_model is User:
                found.add(f"{relation.get_accessor_name()}__{field.name}")
    assert found - set(WORK) == no_work
