"""One question tells of a file what the tables say one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demo import samples
from notices.models import Notice
from notices.selectors import deliveries_about
from permits.chronicle import chronicle
from permits.models import ApplicationDeadline, Printout
from permits.presenters import mails
from standards.domain.steps import StepKind
from standards.models import LegalBasis, Regulation
from standards.services.publishing import publish_version
from tests.factories.accounts import make_officer, make_user
from tests.factories.permits import at_step, make_cast, make_submitted
from tests.factories.standards import (
    PUBLISHED_AT,
    make_draft,
    make_office,
    make_service,
    position_of,
)
from workflow.models import OwedState

pytestmark = pytest.mark.django_db
Kind = ApplicationDeadline.Kind


@pytest.fixture
def cast(calendar):
    return make_cast(target_amount=4)


def test_a_file_that_waits_for_its_signature_is_told_whole_in_one_question(cast, monday):
    application = at_step(cast, StepKind.SIGN, monday)
    make_submitted(cast, monday + timedelta(hours=1))  # whose rows must not appear
    chronicle(application)
    with CaptureQueriesContext(connection) as asked:
        told = chronicle(application)
    assert len(asked) == 1
    rows = list(application.records.select_related("actor").order_by("at", "pk"))
    assert [(one.at, one.event, one.note, one.who) for one in reversed(told.records)] == [
        (row.at, row.event, row.note, str(row.actor or "")) for row in rows
    ]
    assert told.events == [row.as_domain() for row in application.clock_events.order_by("pk")]
    assert told.events
    (draft,) = told.drafts
    row = application.drafts.get()
    assert (draft.pk, draft.revision, draft.digest) == (row.pk, row.revision, row.digest)
    assert (draft.written_at, str(draft.written_by)) == (row.written_at, str(row.written_by))
    assert vars(draft)["statement"] == row.content["statement"]
    assert {(one.key, one.state) for one in told.papers} == set(
        application.printouts.values_list("key", "owed_state")
    )
    assert told.repealed == []


def test_the_target_is_told_beside_the_promise_as_it_is_kept(cast, monday):
    application = at_step(cast, StepKind.INSPECT, monday)
    row = application.deadlines.get(kind=Kind.TARGET)
    found = chronicle(application).target
    assert found is not None
    columns = ("pk", "term", "due_on", "due_at", "met_at", "breached_at")
    assert [getattr(found, name) for name in columns] == [getattr(row, name) for name in columns]
    assert row.due_on is not None
    assert chronicle(make_submitted(cast, monday)).target is None


def test_messages_read_as_they_do_one_by_one(cast, monday):
    application = at_step(cast, StepKind.INSPECT, monday)
    about = mails.about(application)
    first, *_others = Notice.objects.filter(about=about).order_by("pk")
    first.owed_state, first.last_error, first.attempts = OwedState.FAILED, "550 ditolak", 8
    first.read_at = monday
    first.save()
    digest = Notice.objects.create(
        dedupe_key="rangkuman", template="notices/digest", address="a@contoh.id",
        created_at=monday, sent_at=monday, next_try_at=monday,
    )  # fmt: skip
    Notice.objects.filter(about=about).exclude(pk=first.pk).update(gathered_in=digest)
    told = chronicle(application).messages
    assert told == deliveries_about(about)
    assert "550 ditolak" in " ".join(one.text for one in told)


def test_repealed_grounds_are_told_in_printed_order(calendar, monday):
    office = make_office()
    version = make_draft(make_service(office))
    laws = [Regulation.objects.create(title=f"Peraturan {n}", repealed_by="Baru") for n in (2, 1)]
    valid = Regulation.objects.create(title="Berlaku")
    version.legal_bases.update(regulation=laws[0], order=3)
    for order, law in ((1, laws[1]), (2, valid)):
        LegalBasis.objects.create(
            version=version, order=order, printed_number="b.", text="Pasal", regulation=law
        )
    version = publish_version(version, actor=None, at=PUBLISHED_AT)
    make_officer(position_of(office, "front-office"))
    application = samples.draft(version.service, make_user(), monday)
    assert chronicle(application).repealed == [("Peraturan 1", "Baru"), ("Peraturan 2", "Baru")]


def test_what_became_of_a_printout_is_told(cast, monday):
    application = at_step(cast, StepKind.INITIAL, monday)
    Printout.objects.filter(application=application, kind=Printout.Kind.DRAFT).update(
        owed_state=OwedState.FAILED, last_error="pecah"
    )
    (paper,) = (one for one in chronicle(application).papers if one.kind == Printout.Kind.DRAFT)
    assert (paper.state, paper.last_error) == (OwedState.FAILED, "pecah")
