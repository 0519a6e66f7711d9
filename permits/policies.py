"""Permissions on applications: each function returns a verdict, with the reason of a denial."""

from __future__ import annotations

from datetime import datetime

from accounts.access import ALLOWED, Verdict, denied
from accounts.administered import keeps
from accounts.domain.four_eyes import breaks_four_eyes
from accounts.domain.two_people import Why, second_person
from accounts.models import User
from accounts.selectors import head_seat, held, seat_in
from permits.domain import openings
from permits.domain.certificates import why_no_order, why_no_replacement
from permits.domain.lifecycle import ENDED, WITH_APPLICANT, Event, Status
from permits.domain.signing import decides_own_proposal
from permits.models import Application
from permits.selectors import (
    begun,
    correctable,
    drafters,
    endable_papers,
    initials_bar,
    lies_at,
    open_order,
    open_refusal,
    paper_at_step,
    part_of,
    parts_here,
    pays_here,
    rows_owed,
    steps_before,
    to_set,
)
from standards.domain.papers import PaperAct
from standards.domain.steps import PASSED_ON, StepKind
from standards.models import StandardVersion

_SECOND = {Why.OWN_MATTER: "own_application"}  # the rest: confirmed by another than who proposed


def _applicant(user: User, application: Application) -> Verdict:
    return ALLOWED if application.applicant_id == user.pk else denied("not_your_file")


def may_edit(user: User, application: Application) -> Verdict:
    """Fill the form and attach documents: the applicant, while it is their turn."""
    if not (verdict := _applicant(user, application)):
        return verdict
    return ALLOWED if application.status in WITH_APPLICANT else denied("file_is_sent")


def may_delete_draft(user: User, application: Application) -> Verdict:
    """Delete a draft: the applicant, before it is sent."""
    if not (verdict := _applicant(user, application)):
        return verdict
    return ALLOWED if application.status == Status.DRAFT else denied("file_is_sent")


def may_withdraw(user: User, application: Application) -> Verdict:
    """Withdraw the application: the applicant, before the head has signed."""
    if not (verdict := _applicant(user, application)):
        return verdict
    if application.certificate_id is not None:
        return denied("already_signed")
    if not application.lifecycle.allows(Event.WITHDRAW, application.status):
        return denied("out_of_turn")
    return ALLOWED


def may_start_again(user: User, application: Application) -> Verdict:
    """Apply again from the data of an application that ended without a product: the applicant."""
    if not (verdict := _applicant(user, application)):
        return verdict
    return ALLOWED if application.status in ENDED else denied("out_of_turn")


def may_work(user: User, application: Application, at: datetime, *kinds: StepKind) -> Verdict:
    """Act at the present desk of the application, at a step of one of ``kinds`` (any if none).

    An act of the step itself, of one of ``kinds``, waits for the rows that meet there.
    """
    if application.applicant_id == user.pk:
        return denied("own_application")
    if application.desk_id is None or application.current_step is None:
        return denied("not_at_a_desk")
    if application.desk_id not in held(user, at):
        return denied("not_your_desk")
    if kinds and application.current_step.step.kind not in kinds:
        return denied("not_this_step")
    return ALLOWED if not kinds or begun(application) else denied("rows_missing")


def reason_asked(user: User, application: Application, kind: str, at: datetime) -> bool:
    """Whether ``user`` must say why before opening this kind of the applicant's data.

    ``kind`` is one of ``Opening.Kind``. The applicant opens their own.
    """
    if application.applicant_id == user.pk or not openings.reason_needed(kind, at_own_desk=False):
        return False
    own = lies_at(application, held(user, at))
    return openings.reason_needed(kind, at_own_desk=own)


def may_receive(user: User, application: Application, at: datetime) -> Verdict:
    """Confirm receipt on the routing card."""
    if not (verdict := may_work(user, application, at)):
        return verdict
    visit = application.current_step
    return denied("already_received") if visit and visit.received_at else ALLOWED


def may_check(user: User, application: Application, at: datetime) -> Verdict:
    """Give verdicts, declare complete, return for completion."""
    return may_work(user, application, at, StepKind.CHECK)


def may_inspect(user: User, application: Application, at: datetime) -> Verdict:
    """Write the inspection minutes."""
    return may_work(user, application, at, StepKind.INSPECT)


def may_pass(user: User, application: Application, at: datetime) -> Verdict:
    """Finish a step of work or a questionnaire, or of payment if nothing is to be paid."""
    if not (verdict := may_work(user, application, at, *PASSED_ON)):
        return verdict
    visit = application.current_step
    paying = visit is not None and visit.step.kind == StepKind.PAY
    return denied("not_paid_yet") if paying and pays_here(application) else ALLOWED


def may_give_part(user: User, application: Application, at: datetime) -> Verdict:
    """Give the part of a further performer: who holds the position that owes it."""
    if application.applicant_id == user.pk:
        return denied("own_application")
    if not (parts := parts_here(application)):
        return denied("not_your_part")
    seats = held(user, at)
    if part_of(application, seats) is not None:
        return ALLOWED
    given = any(part.position_id in seats for part in parts)
    return denied("part_is_in" if given else "not_your_part")


def may_pass_over(user: User, application: Application, at: datetime) -> Verdict:
    """Leave out a row that is not always needed: the desk at which it meets the others."""
    if not (verdict := may_work(user, application, at)):
        return verdict
    rows = [part.step for part in rows_owed(application)]
    if any(row is not None and row.optional for row in rows):
        return ALLOWED
    return denied("part_is_in")


def may_wait(user: User, application: Application, at: datetime) -> Verdict:
    """Have a file at the desk whose step waits for the rows that meet there."""
    return may_work(user, application, at)


def may_pay(user: User, application: Application, at: datetime) -> Verdict:
    """Record a payment."""
    return may_work(user, application, at, StepKind.PAY)


def may_set_charges(user: User, application: Application, at: datetime) -> Verdict:
    """Set the charges of the step that is at the officer's desk."""
    if not (verdict := may_work(user, application, at)):
        return verdict
    if not begun(application):
        return denied("rows_missing")
    return ALLOWED if to_set(application) else denied("charges_are_set")


def may_correct_charge(user: User, application: Application, at: datetime) -> Verdict:
    """Correct a set charge that is not paid: the desk where the file lies."""
    if not (verdict := may_work(user, application, at)):
        return verdict
    return ALLOWED if correctable(application) else denied("charge_not_correctable")


def may_skip(user: User, application: Application, at: datetime) -> Verdict:
    """Skip a step that is not always needed."""
    if not (verdict := may_work(user, application, at)):
        return verdict
    visit = application.current_step
    return ALLOWED if visit and visit.step.may_be_skipped else denied("step_is_needed")


def may_send_back(user: User, application: Application, at: datetime) -> Verdict:
    """Send the application back to an earlier step: any desk, until the signature is requested."""
    if not (verdict := may_work(user, application, at)):
        return verdict
    if application.certificate_id is not None:
        return denied("already_signed")
    return ALLOWED if steps_before(application) else denied("no_way_back")


def may_draft(user: User, application: Application, at: datetime) -> Verdict:
    """Write the text of the certificate."""
    return may_work(user, application, at, StepKind.DRAFT)


def may_initial(user: User, application: Application, at: datetime) -> Verdict:
    """Initial the draft."""
    return may_work(user, application, at, StepKind.INITIAL)


def may_sign(user: User, application: Application, at: datetime) -> Verdict:
    """Sign: the holder of the signing position, who wrote no revision of the draft."""
    if not (verdict := may_work(user, application, at, StepKind.SIGN)):
        return verdict
    if open_refusal(application) is not None:
        return denied("refusal_open")
    if breaks_four_eyes(user.pk, drafters(application)):
        return denied("four_eyes")
    if initials_bar(application, user):
        return denied("initials_bar_signing")
    if application.certificate_id is not None:
        return denied("already_signed")
    return ALLOWED


def may_write_paper(user: User, application: Application, at: datetime) -> Verdict:
    """Write the text of the paper that this step makes."""
    if not (verdict := may_work(user, application, at, StepKind.WORK)):
        return verdict
    return _may_act_on_paper(application, PaperAct.WRITE)


def may_initial_paper(user: User, application: Application, at: datetime) -> Verdict:
    """Initial a paper beside the permit: the holder of the step's position."""
    if not (verdict := may_work(user, application, at, StepKind.WORK)):
        return verdict
    return _may_act_on_paper(application, PaperAct.INITIAL)


def _may_act_on_paper(application: Application, act: PaperAct) -> Verdict:
    here = paper_at_step(application)
    return ALLOWED if here is not None and here.act is act else denied("not_this_step")


def may_sign_paper(user: User, application: Application, at: datetime) -> Verdict:
    """Sign a paper beside the permit: the holder of the step's position, not who wrote it."""
    if not (verdict := may_work(user, application, at, StepKind.WORK)):
        return verdict
    here = paper_at_step(application)
    if here is None or here.act is not PaperAct.SIGN:
        return denied("not_this_step")
    if here.certificate is not None:
        return denied("paper_being_signed")
    if breaks_four_eyes(user.pk, drafters(application, here.paper)):
        return denied("four_eyes")
    if initials_bar(application, user, here.paper):
        return denied("initials_bar_signing")
    return ALLOWED


def may_number(user: User, application: Application, at: datetime) -> Verdict:
    """Enter the number in the register."""
    return may_work(user, application, at, StepKind.NUMBER)


def may_hand_over(user: User, application: Application, at: datetime) -> Verdict:
    """Hand the product over at the counter."""
    return may_work(user, application, at, StepKind.HAND_OVER)


def may_collect(user: User, application: Application) -> Verdict:
    """Download the product: the applicant, once it is issued and only the hand-over is left."""
    if not (verdict := _applicant(user, application)):
        return verdict
    if application.status == Status.COMPLETED:
        return ALLOWED
    step = application.current_step
    if application.status == Status.ISSUED and step and step.step.kind == StepKind.HAND_OVER:
        return ALLOWED
    return denied("not_issued_yet")


def may_adjust_clock(user: User, application: Application, at: datetime) -> Verdict:
    """Extend, restart or correct the service clock: the head of the office."""
    if application.applicant_id == user.pk:
        return denied("own_application")
    positions = [appointment.position for appointment in held(user, at).values()]
    office_id = application.office_id
    if not any(position.is_head and position.office_id == office_id for position in positions):
        return denied("not_the_head")
    return ALLOWED if application.status == Status.IN_PROCESS else denied("clock_not_running")


def may_propose_refusal(user: User, application: Application, at: datetime) -> Verdict:
    """Propose to refuse: every desk before the one that signs."""
    if not (verdict := may_work(user, application, at)):
        return verdict
    step = application.current_step
    if step and step.step.kind == StepKind.SIGN:
        return denied("not_this_step")
    return _may_be_refused(application)


def may_refuse(user: User, application: Application, at: datetime) -> Verdict:
    """Refuse without a proposal: the desk that signs."""
    if not (verdict := may_work(user, application, at, StepKind.SIGN)):
        return verdict
    if open_refusal(application) is not None:
        return denied("refusal_open")
    return _may_be_refused(application)


def may_decide_refusal(user: User, application: Application, at: datetime) -> Verdict:
    """Confirm a proposal or send it back: the desk that signs, but not the proposer."""
    if not (verdict := may_work(user, application, at, StepKind.SIGN)):
        return verdict
    refusal = open_refusal(application)
    if refusal is None:
        return denied("refusal_missing")
    if decides_own_proposal(user.pk, refusal.proposed_by_id):
        return denied("refusal_four_eyes")
    return ALLOWED


def may_propose_order(user: User, application: Application, at: datetime) -> Verdict:
    """Propose to revoke or void a paper of the file: every officer here."""
    if application.applicant_id == user.pk:
        return denied("own_application")
    if seat_in(user, application.office_id, at) is None:
        return denied("not_an_officer_here")
    if not endable_papers(application):
        paper = application.certificate
        return denied((paper and why_no_order(paper.state)) or "not_issued_yet")
    return denied("order_open") if open_order(application) is not None else ALLOWED


def may_propose_replacement(user: User, application: Application, at: datetime) -> Verdict:
    """Propose to replace the permit; a letter of refusal is voided instead."""
    if not (verdict := may_propose_order(user, application, at)):
        return verdict
    paper = application.certificate
    if paper is None:
        return denied("not_issued_yet")
    reason = why_no_order(paper.state) or why_no_replacement(is_permit=paper.is_permit)
    return denied(reason) if reason else ALLOWED


def may_confirm_order(user: User, application: Application, at: datetime) -> Verdict:
    """Confirm the order: who heads the office, never who proposed or wrote it, nor the holder."""
    if head_seat(user, application.office_id, at) is None:
        return denied("not_the_head_of_papers")
    order = open_order(application)
    if order is None:
        return denied("order_decided")
    concerned = {application.applicant_id}
    why = second_person(
        user.pk, active=user.is_active, proposer=order.proposed_by_id, concerned=concerned
    )
    return denied(_SECOND.get(why, "order_by_two")) if why else ALLOWED


def may_close_order(user: User, application: Application, at: datetime) -> Verdict:
    """Close a proposal without effect: the head of the office, or who proposed it."""
    order = open_order(application)
    if order is None:
        return denied("order_decided")
    if application.applicant_id == user.pk:
        return denied("own_application")
    if order.proposed_by_id == user.pk or head_seat(user, application.office_id, at):
        return ALLOWED
    return denied("not_the_head_of_papers")


def _may_be_refused(application: Application) -> Verdict:
    if application.certificate_id is not None:
        return denied("already_signed")
    allowed = application.lifecycle.allows(Event.REJECT, application.status)
    return ALLOWED if allowed else denied("out_of_turn")


def may_read_letter(user: User, application: Application) -> Verdict:
    """Download the letter of refusal: the applicant, once it is signed."""
    if not (verdict := _applicant(user, application)):
        return verdict
    return ALLOWED if application.status == Status.REJECTED else denied("not_issued_yet")


def may_rehearse(user: User, version: StandardVersion) -> Verdict:
    """Preview and try a draft standard: who may change it, as administrator of its office."""
    if version.is_published:
        return denied("standard_published")
    right = user.has_perm("standards.change_standardversion")
    if not right or not keeps(user, version.service.office_id):
        return denied("not_a_standards_clerk")
    return ALLOWED
