"""Who comes through the door of the desk: people who hold a position in the file's office."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from accounts.officers import Officer
from permits.models import RequirementVerdict
from permits.services import filling
from permits.views.desk.access import get_application
from standards.domain.steps import StepKind
from tests.factories.accounts import appoint, make_officer, make_user
from tests.factories.permits import at_step, make_cast, make_draft_application, make_submitted
from tests.factories.standards import position_of
from tests.permits.views.at_the_desk import address, fresh, get, paper, press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PAGES = (
    "desk_application",
    "routing_card",
    "history",
    "desk_deadline",
    "preview_pdf",
    "letter_pdf",
)
BUTTONS = (
    "receive", "complete", "return", "propose_refusal", "confirm_refusal", "refuse", "inspect",
    "pass_on", "skip", "send_back", "draft", "finish_draft", "initial", "sign", "number",
    "write_paper", "initial_paper", "sign_paper", "hand_over", "set_charges", "correct_charge",
    "pay",
)  # fmt: skip


def test_nobody_is_asked_to_sign_in(cast, monday):
    application = make_submitted(cast, monday)
    for name in PAGES:
        answer = Client().get(address(name, application))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))
    for name in BUTTONS:
        assert Client().post(address(name, application)).status_code == 302


def test_for_applicants_the_desk_does_not_exist_even_with_their_own_file(cast, monday):
    application = make_submitted(cast, monday)
    for person in (cast.applicant, cast.stranger):
        assert get(person, "worklist").status_code == 404
        assert get(person, "register").status_code == 404
        for name in PAGES:
            assert get(person, name, application).status_code == 404
        for name in BUTTONS:
            assert press(person, name, application).status_code == 404
        answer = press(person, "verdict", application, paper(application), result="sesuai")
        assert answer.status_code == 404
    assert not RequirementVerdict.objects.exists()


def test_who_serves_in_two_offices_finds_the_files_of_both_and_of_no_third(cast, monday):
    other, third = make_cast(), make_cast()
    officer = cast.at("front-office")
    appoint(officer, position_of(other.office, "front-office"))
    for place, status in ((cast, 200), (other, 200), (third, 404)):
        assert get(officer, "desk_application", make_submitted(place, monday)).status_code == status
    assert get(officer, "desk_application", make_draft_application(cast, monday)).status_code == 404


def test_without_an_office_there_is_no_application(cast, monday):
    application = make_submitted(cast, monday)
    nobody = Officer(cast.at("front-office"), monday, seats={})
    with pytest.raises(Http404):
        get_application(nobody, application.public_id)


def test_an_officer_of_another_office_finds_nothing(cast, monday):
    application = make_submitted(cast, monday)
    elsewhere = make_cast().at("front-office")
    for name in PAGES:
        assert get(elsewhere, name, application).status_code == 404
    for name in BUTTONS:
        assert press(elsewhere, name, application).status_code == 404
    answer = press(elsewhere, "verdict", application, paper(application), result="sesuai")
    assert answer.status_code == 404
    assert (
        str(application.number) not in get(elsewhere, "worklist", tampil="semua").content.decode()
    )


def test_an_officer_of_another_desk_sees_the_file_and_may_not_act(cast, monday):
    application = make_submitted(cast, monday)
    secretary = cast.at("sekretaris")
    page = get(secretary, "desk_application", application)
    assert page.status_code == 200
    assert "Berkas ini berada di meja jabatan lain." in page.content.decode()
    assert "Nyatakan lengkap dan benar" not in page.content.decode()
    for name in BUTTONS:
        answer = press(secretary, name, application, note="x")
        assert answer.status_code == 403, name
        assert "Berkas ini berada di meja jabatan lain." in answer.content.decode()
    answer = press(secretary, "verdict", application, paper(application), result="sesuai")
    assert answer.status_code == 403
    assert fresh(application).current_step_id == application.current_step_id


def test_who_no_longer_holds_the_position_is_out(cast, monday):
    application = make_submitted(cast, monday)
    former = make_user()
    appoint(former, position_of(cast.office, "front-office"), ended_on=date(2026, 11, 15))
    assert get(former, "worklist").status_code == 404
    assert press(former, "complete", application, unopened="on").status_code == 404


def test_an_acting_officer_may_act(cast, monday):
    application = make_submitted(cast, monday)
    acting = make_user(full_name="Pelaksana Tugas")
    appoint(acting, position_of(cast.office, "front-office"), capacity="plt")
    answer = press(acting, "verdict", application, paper(application), result="sesuai")
    assert answer.status_code == 302
    press(acting, "complete", application, unopened="on")
    line = application.steps.get(step__kind=StepKind.CHECK)
    assert line.capacity == "Plt. Front office"


def test_a_draft_is_nobodys_business(cast, monday):
    draft = filling.start_draft(cast.service, actor=cast.applicant, at=monday)
    assert get(cast.at("front-office"), "desk_application", draft).status_code == 404


def test_nobody_processes_their_own_application(cast, monday):
    officer = make_officer(position_of(cast.office, "front-office"), full_name="Pemohon Petugas")
    application = make_submitted(cast, monday, applicant=officer)
    page = get(officer, "desk_application", application)
    assert "Anda tidak boleh memproses permohonan Anda sendiri." in page.content.decode()
    assert press(officer, "complete", application, unopened="on").status_code == 403
    answer = press(officer, "verdict", application, paper(application), result="sesuai")
    assert answer.status_code == 403


def test_buttons_of_other_steps_are_refused(cast, monday):
    """The technical team has the file: what belongs to the other desks is out of order."""
    application = at_step(cast, StepKind.INSPECT, monday)
    for name in set(BUTTONS) - {"receive", "inspect", "send_back", "propose_refusal"}:
        answer = press(cast.at("tim-teknis"), name, application, note="x")
        assert answer.status_code == 403, name
    assert fresh(application).current_step_id == application.current_step_id


def test_buttons_answer_only_to_being_pressed(cast, monday):
    application = make_submitted(cast, monday)
    for name in BUTTONS:
        looked = get(cast.at("front-office"), name, application)
        assert looked["Location"].startswith(application.get_desk_url()), name
    assert fresh(application).status == application.status


def test_receiving_is_written_on_the_card_once(cast, monday, now):
    application = make_submitted(cast, monday)
    officer = cast.at("front-office")
    page = get(officer, "desk_application", application).content.decode()
    assert "Terima berkas (paraf kartu kendali)" in page
    assert press(officer, "receive", application).status_code == 302
    colleague = make_officer(position_of(cast.office, "front-office"), full_name="Rekan")
    assert press(colleague, "receive", application).status_code == 302
    visit = application.steps.get(finished_at=None)
    assert (visit.received_by, visit.received_at) == (officer, now)
    page = get(officer, "desk_application", application).content.decode()
    assert "Terima berkas (paraf kartu kendali)" not in page
    assert "Diterima Petugas front-office" in page


def test_receiving_at_a_desk_that_the_file_has_left_changes_nothing(cast, monday):
    seen = make_submitted(cast, monday)
    officer = cast.at("front-office")
    press(officer, "verdict", seen, paper(seen), result="sesuai")
    press(officer, "complete", seen, unopened="on")
    assert press(officer, "receive", seen).status_code == 302
    assert fresh(seen).current_step.received_at is None
