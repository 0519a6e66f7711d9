"""Each of the five services over HTTP, from its start page to the certificate.

The test knows no service. It takes the forms from the pages, as a browser would, and does at each
step of whatever procedure it meets what that step asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import HtmlElement, fromstring  # type: ignore[import-untyped]
from time_machine import TimeMachineFixture

from accounts.models import Appointment, User
from demo import people
from demo.samples import pdf_upload, png_upload
from documents.verification import examine
from permits import selectors
from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationStep
from permits.services.certificates import sign_due
from permits.services.printouts import print_due
from standards.domain.requirements import Need
from standards.domain.steps import StepKind
from tests.conftest import MONDAY
from tests.factories.base import remove_base_world
from tests.standards.source_documents import STANDARDS

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.slow]

YES = "ya"
IDENTITY = {
    "holder_kind": "badan",
    "holder_name": "Lembaga Contoh",
    "responsible_name": "Siti Rahmawati",
    "national_id": "1471014507900001",
    "address": "Jalan Melati Nomor 2",
    "phone": "081234567890",
}


@pytest.fixture(scope="module", autouse=True)
def demo_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo world, loaded once for the module and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        remove_base_world()
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def now(time_machine: TimeMachineFixture) -> datetime:
    """Nine o'clock on Monday 16 November 2026."""
    time_machine.move_to(MONDAY, tick=False)
    return MONDAY


class Visitor:
    """Somebody who is logged in, opens pages and sends the forms that stand on them."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)

    def open(self, path: str) -> HtmlElement:
        """Return the page behind ``path`` and everything it leads to."""
        answer = self.client.get(path, follow=True)
        assert answer.status_code == 200, path
        page = fromstring(answer.content)
        for form in page.forms:
            form.action = form.get("action") or path
        return page

    def send(self, page: HtmlElement, action: str, **typed: Any) -> None:
        """Fill the first form that goes to ``action`` and send it; a page without it fails."""
        form = next(one for one in page.forms if one.action == action and one.method == "POST")
        known = {name: value for name, value in form.form_values() if value}
        answer = self.client.post(action, {**known, **typed}, follow=True)
        assert answer.status_code == 200, action
        if answer["Content-Type"].startswith("text/html"):
            faults = fromstring(answer.content).find_class("error-summary")
            assert not faults, faults[0].text_content()


def fresh(application: Application) -> Application:
    """Return the file as it stands now."""
    return Application.objects.get(pk=application.pk)


# The applicant ------------------------------------------------------------------------------------


def file_application(applicant: Visitor, user: User, office: str, slug: str) -> Application:
    """From the start page to the receipt; every question is answered with yes."""
    path = reverse("permits:start", args=[office, slug])
    applicant.send(applicant.open(path), path)
    mine = Application.objects.of(user)
    application = mine.get(service__office__code=office, service__slug=slug)
    assert application.applicant_id == user.pk
    path = address("form", application)
    applicant.send(applicant.open(path), path, **IDENTITY, **answers_to(application))
    answer_questions(applicant, application)
    give_papers(applicant, application)
    path = address("review", application)
    applicant.send(applicant.open(path), path, declared_true="on")
    application = fresh(application)
    assert application.status == Status.SUBMITTED
    assert application.number in applicant.open(address("receipt", application)).text_content()
    return application


def address(name: str, application: Application, *more: object) -> str:
    """Return the address of a page of this file."""
    return reverse(f"permits:{name}", args=[application.public_id, *more])


def answers_to(application: Application) -> dict[str, str]:
    """Return something to write into every field that the standard asks for."""
    words = {"angka": "12", "tanggal": "2026-01-02"}
    return {
        f"isian_{row.key}": row.choices_text.splitlines()[0]
        if row.choices_text
        else words.get(row.kind, "Contoh isian")
        for row in selectors.asked_facts(application).form
    }


def answer_questions(applicant: Visitor, application: Application) -> None:
    """Say yes until no further question opens."""
    path = address("questions", application)
    while True:
        asked = selectors.asked_facts(fresh(application))
        if not asked.unanswered:
            return
        typed = {f"tanya_{fact.key}": YES for fact in asked.questions}
        applicant.send(applicant.open(path), path, **typed)


def give_papers(applicant: Visitor, application: Application) -> None:
    """Upload what must be uploaded and declare what must be declared, all in one form."""
    path = address("requirements", application)
    given: dict[str, Any] = {}
    for line in selectors.checklist(fresh(application)).lines():
        if line.applies and line.missing:
            one = line
            if line.need is Need.AT_LEAST_ONE:
                one = next(child for child in line.children if child.applies)
            name, pk = ("berkas" if one.need is Need.UPLOAD else "nyata"), one.requirement.pk
            given[f"{name}-{pk}"] = pdf_upload(f"{pk}.pdf") if one.need is Need.UPLOAD else "on"
    applicant.send(applicant.open(path), path, **given)


# The officers -------------------------------------------------------------------------------------


def act(application: Application, applicant: Visitor) -> None:
    """Do what the open step asks for, on the page of whoever must do it."""
    step = application.current_step
    assert step is not None
    kind = StepKind(step.step.kind)
    if kind is StepKind.HAND_OVER:
        press(applicant, application, "collect", page=application.get_absolute_url())
        return
    officer = Visitor(holder_of(application))
    if kind is StepKind.CHECK:
        judge(officer, application)
        press(officer, application, "complete", unopened="on")
    elif kind in (StepKind.WORK, StepKind.SURVEY):
        press(officer, application, "pass_on", note="Sudah diperiksa")
    elif kind is StepKind.INSPECT:
        press(
            officer, application, "inspect", team="Rahmat, Dewi", findings="Sesuai.",
            recommendation="layak", photo_1=png_upload(), caption_1="Tampak depan",
        )  # fmt: skip
    elif kind is StepKind.DRAFT:
        press(officer, application, "draft")
        print_due(timezone.now())
        assert officer.client.get(address("preview_pdf", application)).status_code == 200
        press(officer, application, "finish_draft")
    elif kind is StepKind.INITIAL:
        press(officer, application, "initial")
    elif kind is StepKind.SIGN:
        press(officer, application, "sign", password=people.password())
        sign_due(timezone.now())
    else:
        assert kind is StepKind.NUMBER
        press(officer, application, "number")


def holder_of(application: Application) -> User:
    """Return who sits at the desk where the file lies."""
    return Appointment.objects.select_related("user").get(position=application.desk).user


def judge(officer: Visitor, application: Application) -> None:
    """Find every paper in order, each with its own button."""
    for line in selectors.checklist(application).unchecked():
        path = address("verdict", application, line.requirement.pk)
        officer.send(officer.open(application.get_desk_url()), path, result="sesuai")


def press(who: Visitor, application: Application, name: str, page: str = "", **typed: Any) -> None:
    """Press one button of the page of the file."""
    found = who.open(page or application.get_desk_url())
    who.send(found, address(name, application), **typed)


@pytest.mark.parametrize(("office", "slug"), STANDARDS.values(), ids=STANDARDS.keys())
def test_service_reaches_a_certificate(office: str, slug: str) -> None:
    user = User.objects.get(email="pemohon1@demo.invalid")
    applicant = Visitor(user)
    application = file_application(applicant, user, office, slug)
    visited = []
    while application.current_step is not None:
        visited.append(application.current_step.step.pk)
        act(application, applicant)
        application = fresh(application)
        assert application.current_step_id is None or (
            application.current_step.step.pk not in visited
        ), application.current_step.step.activity
    steps = application.procedure.steps.exclude(kind=StepKind.FILE)
    free = selectors.is_free(application.version)
    left_out = [step for step in steps if free and step.kind == StepKind.PAY]
    assert visited == [step.pk for step in steps if step not in left_out]
    skipped = application.steps.filter(outcome=ApplicationStep.Outcome.SKIPPED)
    assert [visit.step for visit in skipped] == left_out
    assert application.status == Status.COMPLETED
    answer = applicant.client.get(address("certificate_pdf", application))
    found = examine(answer.getvalue())
    assert found.valid, found.problem
    stranger = Client().get(reverse("permits:verified", args=[application.certificate.token]))
    assert "Asli dan berlaku" in stranger.content.decode()
    assert "Lembaga Contoh" in stranger.content.decode()
