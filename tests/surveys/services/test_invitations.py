"""Who is invited, when they are reminded, and when a file goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from demo import paper_samples, samples
from notices.models import Addressee, Notice
from permits.domain.lifecycle import Status
from permits.models import Application, ApplicationStep
from standards.domain.steps import StepKind
from surveys.models import Invitation, InvitationLink, Response, SurveyRules
from surveys.services import answers, invitations
from tests.factories.base import base_cast
from tests.factories.permits import NOON, Cast, make_accepted, make_completed, make_submitted
from tests.factories.standards import make_procedure, make_service, make_standard
from tests.factories.surveys import a_sheet, load_questionnaires, make_invitation
from tests.permits.views.applicant.test_application_page import WITH_SURVEY

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=7)


@pytest.fixture
def cast() -> Cast:
    load_questionnaires()
    return base_cast()


def messages(kind: str, file: Application) -> list[Notice]:
    return list(Notice.objects.filter(template=kind, dedupe_key__endswith=f":{file.pk}"))


def test_a_finished_file_is_invited_once_however_often_the_sweep_runs(cast, issued):
    invitations.invite_due(NOON)
    invitations.invite_due(NOON)
    invitation = Invitation.objects.get(application=issued)
    assert (invitation.sent_on, invitation.ends_on - invitation.sent_on) == (
        NOON.date(), timedelta(days=30),
    )  # fmt: skip
    assert len(messages("surveys/invited", issued)) == 1


def test_who_reads_english_gets_the_last_day_in_english(cast, issued):
    Addressee.objects.create(user=issued.applicant, language="en")
    invitations.invite_due(NOON)
    [told] = messages("surveys/invited", issued)
    last = Invitation.objects.get(application=issued).ends_on
    assert told.context["until"] == f"{last:%A, %-d %B %Y}"


def test_a_file_in_process_is_not_asked_about(cast):
    file = make_accepted(cast)
    invitations.invite_due(NOON)
    assert not Invitation.objects.filter(application=file).exists()


def test_an_old_file_is_not_asked_about_any_more(cast, issued):
    invitations.invite_due(NOON + timedelta(days=45))
    assert not Invitation.objects.filter(application=issued).exists()


def test_an_old_file_is_not_asked_about_because_its_paper_was_replaced(cast):
    file = make_completed(cast)
    later = NOON + timedelta(days=45)
    paper_samples.replace(file, later, "BKK SMK Contoh Jaya")
    invitations.invite_due(later)
    assert not Invitation.objects.filter(application=file).exists()
    assert answers.why_not_asked(samples.reload(file), later) == "survey_over"


def test_nobody_is_asked_about_a_refusal(cast):
    file = samples.refuse(make_submitted(cast), NOON, reason="Lokasi tidak sesuai")
    invitations.invite_due(NOON)
    assert not Invitation.objects.filter(application=file).exists()


def test_the_secret_is_stored_as_a_digest_and_leaves_the_outbox_with_the_message(
    cast, issued, django_capture_on_commit_callbacks
):
    from notices.services import deliver_due

    invitations.invite_due(NOON)
    (notice,) = messages("surveys/invited", issued)
    secret = notice.context["path"].split("/")[-2]
    assert not InvitationLink.objects.filter(digest=secret).exists()
    deliver_due(NOON)
    notice.refresh_from_db()
    assert notice.sent_at
    kept = f"{notice.context} {notice.body}"
    assert secret not in kept
    assert notice.context["path"] == notice.context["own_path"]


def test_one_reminder_after_a_week_and_its_link_opens_the_same(cast, issued):
    invitations.invite_due(NOON)
    invitations.remind_due(NOON + timedelta(days=6))
    assert messages("surveys/reminded", issued) == []
    for _twice in range(2):
        invitations.remind_due(LATER)
    assert len(messages("surveys/reminded", issued)) == 1
    assert InvitationLink.objects.filter(invitation__application=issued).count() == 2


@pytest.mark.parametrize("why", ["answered", "over", "withdrawn"])
def test_nobody_is_reminded_in_vain(cast, issued, why):
    invitation, _secret = make_invitation(issued, days=3 if why == "over" else 30)
    if why == "answered":
        answers.answer(invitation, a_sheet(cast.office), source="tautan", at=NOON)
    if why == "withdrawn":
        Application.objects.filter(pk=issued.pk).update(status=Status.WITHDRAWN)
    invitations.remind_due(LATER)
    assert messages("surveys/reminded", issued) == []


def test_an_office_may_have_its_own_days(cast, issued):
    SurveyRules.objects.create(office=cast.office, open_days=10, reminder_days=2)
    invitations.invite_due(NOON)
    invitations.remind_due(NOON + timedelta(days=2))
    invitation = Invitation.objects.get(application=issued)
    assert invitation.ends_on == NOON.date() + timedelta(days=10)
    assert invitation.reminded_on == NOON.date() + timedelta(days=2)


# --- the questionnaire as a step of the SOP ---


@pytest.fixture
def waiting(cast, issued) -> Application:
    """A file at the questionnaire of its SOP, like those of Kampar."""
    service = make_service(cast.office)
    make_standard(service, make_procedure(cast.office, WITH_SURVEY))
    file = samples.submit(samples.draft(service, cast.applicant, NOON), NOON)
    return samples.advance(samples.act(samples.reload(file), NOON), StepKind.SURVEY, NOON)


def test_the_step_of_the_questionnaire_closes_itself_when_the_answer_is_in(cast, waiting):
    invitations.invite_due(NOON)
    invitation = Invitation.objects.get(application=waiting)
    answers.close_steps(NOON)
    waiting.refresh_from_db()
    assert waiting.current_step.step.kind == StepKind.SURVEY
    answers.answer(invitation, a_sheet(cast.office), source="tautan", at=NOON)
    answers.close_steps(NOON)
    answers.close_steps(NOON)
    waiting.refresh_from_db()
    assert waiting.current_step.step.kind == StepKind.HAND_OVER
    (visit,) = waiting.steps.filter(step__kind=StepKind.SURVEY)
    assert (visit.outcome, visit.finished_by) == (ApplicationStep.Outcome.DONE, None)


def test_the_officer_may_still_record_it_and_the_sweep_finds_nothing_left(cast, waiting):
    invitation, _secret = make_invitation(waiting)
    answers.answer(invitation, a_sheet(cast.office), source="tautan", at=NOON)
    samples.act(samples.reload(waiting), NOON)
    assert answers.close_step(waiting.pk, at=NOON) is False
    assert answers.close_steps(NOON).failed == 0


def test_an_answer_to_another_file_does_not_close_the_step(cast, issued, waiting):
    invitation, _secret = make_invitation(issued)
    answers.answer(invitation, a_sheet(cast.office), source="tautan", at=NOON)
    answers.close_steps(NOON)
    waiting.refresh_from_db()
    assert waiting.current_step.step.kind == StepKind.SURVEY
    assert Response.objects.count() == 1
