"""A verdict on every answer: what is refused comes back, and only that is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.core import mail

from demo import samples
from notices.services import deliver_due
from permits import selectors
from permits.models import AnswerVerdict, Application
from permits.services import applications, checking, filling
from tests.factories.filing import signed_in, url
from tests.factories.permits import Cast, make_accepted, make_submitted
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
WHY = "Nama tidak sama dengan KTP"


@pytest.fixture(autouse=True)
def _at_nine(monday: datetime) -> Iterator[None]:
    with time_machine.travel(monday, tick=False):
        yield


def press(cast: Cast, application: Application, key: str, reason: str) -> str:
    """Mark one answer at the desk and return the page."""
    officer = signed_in(cast.at("front-office"))
    data = {"visit": application.current_step_id, "key": key, "reason": reason}
    return officer.post(url("answer_verdict", application), data, follow=True).content.decode()


@pytest.fixture
def returned(cast: Cast, monday: datetime) -> Application:
    """A file returned because of its holder's name alone."""
    application = make_submitted(cast, monday)
    samples.judge(application, monday)
    press(cast, application, "holder_name", WHY)
    officer = cast.at("front-office")
    return applications.return_application(application, actor=officer, at=monday)


def test_the_desk_marks_an_answer_and_takes_it_back(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    page = press(cast, application, "isian_nama_bkk", WHY)
    assert WHY in page
    assert "Nyatakan sesuai" in page
    assert WHY not in press(cast, application, "isian_nama_bkk", "")
    assert AnswerVerdict.objects.get().result == "sesuai"


def test_an_answer_that_does_not_exist_is_not_judged(cast: Cast, monday: datetime) -> None:
    assert "Isian ini tidak ada" in press(cast, make_submitted(cast, monday), "isian_lain", WHY)


def test_with_a_refused_answer_it_is_not_complete(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    samples.judge(application, monday)
    press(cast, application, "tanya_tenaga_asing", WHY)
    with pytest.raises(DomainError, match="answers_refused"):
        applications.declare_complete(application, actor=cast.at("front-office"), at=monday)


def test_the_end_of_the_check_is_a_verdict_on_every_answer(cast: Cast, monday: datetime) -> None:
    application = make_accepted(cast, monday)
    lines = selectors.checklist(application).answers
    assert {line.accepted for line in lines} == {True}
    assert {"holder_name", "isian_nama_bkk", "tanya_tenaga_asing"} <= {line.key for line in lines}


def test_the_fault_stands_at_the_task_in_the_list_and_in_the_mail(
    cast: Cast, monday: datetime, returned: Application
) -> None:
    page = signed_in(cast.applicant).get(url("application", returned)).content.decode()
    assert "1 perlu diperbaiki" in page
    assert f"{url('form', returned)}#id_holder_name" in page
    assert WHY in page
    deliver_due(monday)
    assert f"- Nama pemegang izin - {WHY}" in str(mail.outbox[-1].body)


def test_only_the_refused_answer_is_open(cast: Cast, returned: Application) -> None:
    browser = signed_in(cast.applicant)
    form = browser.get(url("form", returned)).context["form"]
    assert [name for name, field in form.fields.items() if not field.disabled] == ["holder_name"]
    assert WHY in form.errors["holder_name"][0]
    browser.post(url("form", returned), {"holder_name": "Nama Baru", "phone": "0761999999"})
    fresh = samples.reload(returned)
    assert (fresh.holder_name, fresh.phone) == ("Nama Baru", returned.phone)
    with pytest.raises(DomainError, match="answer_locked"):
        filling.save_form(fresh, at=fresh.created_at, identity={"phone": "0761999999"})
    with pytest.raises(DomainError, match="answer_locked"):
        filling.save_form(fresh, answers={"tenaga_asing": "ya"}, at=fresh.created_at)


def test_it_is_sent_only_once_the_answer_has_changed(
    cast: Cast, monday: datetime, returned: Application
) -> None:
    with pytest.raises(DomainError, match="application_incomplete"):
        samples.submit(returned, monday)
    page = signed_in(cast.applicant).get(url("review", returned)).content.decode()
    assert "Perlu diperbaiki: Nama pemegang izin" in page
    filling.save_form(returned, at=monday, identity={"holder_name": "Nama Baru"})
    again = samples.reload(samples.submit(samples.reload(returned), monday))
    assert selectors.checklist(again).refused_answers() == []
    applications.declare_complete(again, actor=cast.at("front-office"), at=monday)


def test_a_refused_question_can_be_answered_otherwise(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    samples.judge(application, monday)
    officer = cast.at("front-office")
    checking.judge_answer(
        application, "tanya_tenaga_asing", actor=officer, at=monday, reason="Ada tenaga asing"
    )
    application = applications.return_application(application, actor=officer, at=monday)
    browser = signed_in(cast.applicant)
    page = browser.get(url("questions", application)).content.decode()
    assert "Ada tenaga asing" in page
    browser.post(url("questions", application), {"tanya_tenaga_asing": "ya"})
    assert samples.reload(application).answers["tenaga_asing"] == "ya"
