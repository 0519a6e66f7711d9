"""The clock, the receipt and the pages of a file follow the term of its own answers."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse

from demo import samples
from permits import selectors
from permits.models import Application, ApplicationDeadline, Printout
from permits.presenters.deadlines import term_in_words
from permits.views.deadline_page import explanation
from standards.reading import promise
from standards.services.publishing import publish_version
from tests.factories.filing import signed_in
from tests.factories.permits import Cast, make_cast, make_draft_application
from tests.factories.standards import PUBLISHED_AT, make_draft, make_term
from workflow.domain.clock import ClockKind, Term, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def longer() -> Cast:
    """An office that promises six working days, fourteen where foreigners are employed."""
    cast = make_cast()
    procedure = cast.version.procedure_links.get().procedure
    draft = make_draft(cast.service, procedure, effective_on=date(2026, 2, 1))
    make_term(draft, 14, "tenaga_asing = ya")
    version = publish_version(draft, actor=None, at=PUBLISHED_AT)
    return Cast(cast.office, cast.service, version, cast.applicant, cast.stranger, cast.officers)


def accepted(cast: Cast, answer: str, at) -> Application:
    application = make_draft_application(cast, at)
    answers = {**application.answers, "tenaga_asing": answer}
    Application.objects.filter(pk=application.pk).update(answers=answers)
    application = samples.reload(application)
    if answer == "ya":
        paper = cast.version.requirements.last()
        samples.documents.attach(
            application, paper.pk, samples.pdf_upload("imta.pdf"), actor=cast.applicant, at=at
        )
    application = samples.submit(samples.reload(application), at)
    return samples.act(samples.reload(application), at)


@pytest.mark.parametrize(
    ("answer", "days", "due_on"),
    [("tidak", 6, date(2026, 11, 24)), ("ya", 14, date(2026, 12, 4))],
)
def test_clock_and_receipt_follow_the_answers(longer, monday, answer, days, due_on):
    application = samples.reload(accepted(longer, answer, monday))
    deadline = application.deadlines.get(kind=ApplicationDeadline.Kind.SERVICE)
    assert deadline.term == Term(days, Unit.WORKDAY)
    assert application.due_on == deadline.due_on == due_on
    assert selectors.clock(application, monday).due_on == due_on
    content = application.printouts.get(kind=Printout.Kind.RECEIPT).content
    assert content["term"] == f"{days} hari kerja"


def test_what_was_promised_stays_when_answers_change(longer, monday):
    application = accepted(longer, "tidak", monday)
    answers = {**application.answers, "tenaga_asing": "ya"}
    Application.objects.filter(pk=application.pk).update(answers=answers)
    assert selectors.promised_term(samples.reload(application)) == Term(6, Unit.WORKDAY)


@pytest.fixture
def ranged() -> Cast:
    """An office that promises three to six working days, ten to fourteen for foreigners."""
    cast = make_cast(term_minimum=3)
    procedure = cast.version.procedure_links.get().procedure
    draft = make_draft(
        cast.service, procedure, effective_on=date(2026, 2, 1), term_minimum=3, target_amount=4
    )
    make_term(draft, 14, "tenaga_asing = ya", minimum=10)
    version = publish_version(draft, actor=None, at=PUBLISHED_AT)
    return Cast(cast.office, cast.service, version, cast.applicant, cast.stranger, cast.officers)


@pytest.mark.parametrize(
    ("answer", "term", "due_on"),
    [
        ("tidak", Term(6, least=3), date(2026, 11, 24)),
        ("ya", Term(14, least=10), date(2026, 12, 4)),
    ],
)
def test_a_range_is_printed_and_its_longer_end_is_counted(ranged, monday, answer, term, due_on):
    application = samples.reload(accepted(ranged, answer, monday))
    words = f"{term.least}-{term.amount} hari kerja"
    deadline = application.deadlines.get(kind=ApplicationDeadline.Kind.SERVICE)
    assert (deadline.term, deadline.due_on) == (term, due_on)
    target = application.deadlines.get(kind=ApplicationDeadline.Kind.TARGET)
    assert target.term == Term(4)
    content = application.printouts.get(kind=Printout.Kind.RECEIPT).content
    assert content["term"] == words
    assert term_in_words(application) == words
    explained = explanation(application, monday)
    assert explained is not None
    assert explained.term == words


def test_the_range_that_was_promised_stays_when_answers_change(ranged, monday):
    application = accepted(ranged, "tidak", monday)
    answers = {**application.answers, "tenaga_asing": "ya"}
    Application.objects.filter(pk=application.pk).update(answers=answers)
    assert term_in_words(samples.reload(application)) == "3-6 hari kerja"


def test_an_extended_term_is_no_range(ranged, monday):
    """The days that the head adds are added to the longer end."""
    application = accepted(ranged, "tidak", monday)
    row = {"kind": ClockKind.EXTEND, "at": monday, "recorded_at": monday, "amount": 2}
    application.clock_events.create(**row)
    explained = explanation(samples.reload(application), monday)
    assert explained is not None
    assert explained.term == "8 hari kerja"


def test_readers_see_the_range(ranged, monday, time_machine):
    time_machine.move_to(monday, tick=False)
    service = ranged.service
    browser = signed_in(ranged.applicant)
    page = browser.get(service.get_absolute_url()).content.decode()
    assert "3-14 hari kerja" in page
    assert "10-14 hari kerja: Hanya jika mempekerjakan tenaga asing" in page
    needs = reverse("permits:needs", args=[service.office.code, service.slug])
    shown = browser.get(needs, {"tanya_tenaga_asing": "tidak"}).content.decode()
    assert "<strong>3-6 hari kerja</strong>" in shown
    [record] = [
        one
        for one in json.loads(browser.get(reverse("standards:open_data_json")).getvalue())[
            "standar"
        ]
        if (one["kode_layanan"], one["versi"]) == (service.slug, ranged.version.number)
    ]
    assert (record["jangka_waktu_paling_cepat"], record["jangka_waktu"]) == (3, 6)
    assert record["jangka_waktu_lain"][0]["jangka_waktu_paling_cepat"] == 10


def test_public_page_and_needs_say_both(longer, monday, time_machine):
    time_machine.move_to(monday, tick=False)
    service = longer.service
    browser = signed_in(longer.applicant)
    page = browser.get(service.get_absolute_url()).content.decode()
    assert "6-14 hari kerja" in page
    assert "14 hari kerja: Hanya jika mempekerjakan tenaga asing" in page
    needs = reverse("permits:needs", args=[service.office.code, service.slug])
    assert (
        "<strong>14 hari kerja</strong>"
        in browser.get(needs, {"tanya_tenaga_asing": "ya"}).content.decode()
    )
    assert (
        "<strong>6 hari kerja</strong>"
        in browser.get(needs, {"tanya_tenaga_asing": "tidak"}).content.decode()
    )
    assert promise(longer.version).term == "6-14 hari kerja"
