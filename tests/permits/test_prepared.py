"""A prepared question is composed once and answers for each value like the ordinary one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import UUIDField
from django.test.utils import CaptureQueriesContext

from accounts.prepared import Blank, Prepared
from permits.models import Application
from tests.factories.permits import make_draft_application, make_submitted

pytestmark = pytest.mark.django_db


def test_each_value_gets_its_own_rows_with_what_was_selected_along(cast, monday):
    first, second = make_submitted(cast, monday), make_draft_application(cast, monday)
    question = Prepared(
        lambda: Application.objects.filter(pk=Blank("file")).select_related("service")
    )
    for application in (first, second, first):
        with CaptureQueriesContext(connection) as asked:
            (found,) = question.ask(file=application.pk)
            assert (found.pk, found.service.name) == (application.pk, cast.service.name)
            assert (found.status, found.created_at) == (application.status, application.created_at)
        assert len(asked) == 1
    assert question.ask(file=0) == []


def test_a_value_of_another_kind_is_written_as_its_column_wants_it(cast, monday):
    application = make_submitted(cast, monday)
    make_submitted(cast, monday)
    question: Prepared[tuple[int]] = Prepared(
        lambda: Application.objects.filter(public_id=Blank("key", UUIDField())).values_list("pk")
    )
    assert question.ask(key=application.public_id) == [(application.pk,)]


def test_the_words_are_composed_once_and_stay_as_they_are(cast, monday):
    composed = []

    def compose():
        composed.append(1)
        return Application.objects.filter(applicant=Blank("person")).order_by("pk")

    question = Prepared(compose)
    application = make_submitted(cast, monday)
    assert question.ask(person=cast.stranger.pk) == []
    assert question.ask(person=cast.applicant.pk) == [application]
    assert question.ask(person=cast.stranger.pk) == []
    assert len(composed) == 1
