"""Questions of an office's own: asked at once, counted apart, never in the index."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from surveys.domain.elements import Kind
from surveys.models import InstrumentVersion, Response
from surveys.presenters.results import finished_periods
from surveys.services import extra_questions, instruments
from surveys.services.extra_questions import Extra, add, asked
from surveys.services.results import figures
from tests.factories.permits import NOON, Cast, make_accepted
from tests.factories.reports import COMPILER, make_roles
from tests.factories.surveys import filled, make_invitation, scores, skm
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
PAGE = "surveys:extras"
TYPED = {
    "name": "Pungutan", "text": "Apakah Anda diminta membayar di luar tarif?",
    "answer_1": "Ya", "answer_2": "Tidak",
}  # fmt: skip


def as_officer(cast: Cast, desk: str) -> Client:
    client = Client()
    client.force_login(cast.at(desk), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client(cast) -> Client:
    make_roles(cast)
    return as_officer(cast, COMPILER)


def test_a_question_is_added_asked_and_taken_away(cast, client):
    assert client.post(reverse(PAGE), TYPED).status_code == 302
    (question,) = asked(cast.office)
    assert question.choices == [(1, "Ya"), (2, "Tidak")]
    assert TYPED["text"] in client.get(reverse(PAGE)).content.decode()
    _invitation, secret = make_invitation(make_accepted(cast))
    page = reverse("surveys:invited", args=[secret])
    shown = Client().get(page).content.decode()
    assert TYPED["text"] in shown
    assert Client().post(page, filled(cast.office, 2)).status_code == 302
    assert Response.objects.get().answers[question.key] == 2
    client.post(reverse("surveys:remove_extra", args=[question.key]))
    assert asked(cast.office) == []
    again = client.post(reverse("surveys:remove_extra", args=[question.key]), follow=True)
    assert "sudah tidak ditanyakan" in again.content.decode()


def test_three_of_two_answers_are_no_answer(cast, client):
    client.post(reverse(PAGE), TYPED)
    _invitation, secret = make_invitation(make_accepted(cast))
    page = reverse("surveys:invited", args=[secret])
    assert "Pilih salah satu" in Client().post(page, filled(cast.office, 3)).content.decode()
    assert not Response.objects.exists()


def test_it_never_enters_the_index_and_small_groups_stay_together(cast, client):
    client.post(reverse(PAGE), TYPED)
    (question,) = asked(cast.office)
    version, month = skm(cast.office), date(2026, 8, 1)
    Response.objects.bulk_create(
        Response(
            version=version, office=cast.office, service=cast.service, month=month, source="tautan",
            answers=scores(version, 4, **{question.key: 1 + (number > 0)}),
        )
        for number in range(12)
    )  # fmt: skip
    period = finished_periods(cast.office, NOON.date())[0]
    found = figures(cast.office, period, Kind.SKM)
    assert found.result is not None
    assert str(found.result.index) == "100.00"
    assert question.key not in {one.key for one in found.result.elements}
    ((_question, groups),) = found.extras
    assert (groups.shown, groups.hidden) == ({}, 12), "one Yes would be known from the total"
    shown = client.get(f"{reverse('surveys:results')}?periode={period.code}").content.decode()
    assert "Jawaban lain (disatukan)" in shown
    public = Client().get(reverse("surveys:office", args=[cast.office.code])).content.decode()
    assert TYPED["text"] not in public


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"answer_2": ""}, "answer_2"),
        ({"answer_2": "ya"}, "answer_2"),
        ({"answer_4": "Kadang"}, "answer_3"),
    ],
)
def test_faults_are_said_at_their_field_and_nothing_is_lost(cast, client, typed, field):
    shown = client.post(reverse(PAGE), {**TYPED, **typed})
    assert list(shown.context["form"].errors) == [field]
    assert 'value="Pungutan"' in shown.content.decode()
    assert asked(cast.office) == []


def test_who_does_not_compile_reports_changes_nothing(cast, client):
    other = as_officer(cast, "front-office")
    assert other.get(reverse(PAGE)).status_code == 403
    assert other.post(reverse(PAGE), TYPED).status_code == 403
    assert "Atur pertanyaan" not in other.get(reverse("surveys:results")).content.decode()
    assert "Atur pertanyaan" in client.get(reverse("surveys:results")).content.decode()


def test_a_draft_of_the_administrator_is_not_published_by_the_way(cast, client):
    instruments.copy(skm(cast.office), office=cast.office)
    shown = client.post(reverse(PAGE), TYPED)
    assert "Masih ada konsep" in shown.content.decode()
    assert InstrumentVersion.objects.filter(state="konsep").count() == 1


def test_a_key_is_never_used_twice_and_there_are_ten_at_most(cast):
    officer = cast.at(COMPILER)
    one = Extra("Nama", "Tanya?", ["Ya", "Tidak"])
    add(cast.office, one, actor=officer, at=NOON)
    extra_questions.remove(cast.office, "tambahan-1", actor=officer, at=NOON)
    for _each in range(extra_questions.MOST):
        add(cast.office, one, actor=officer, at=NOON)
    assert [row.key for row in asked(cast.office)][0] == "tambahan-2"
    with pytest.raises(DomainError, match="survey_extra_full"):
        add(cast.office, one, actor=officer, at=NOON)
