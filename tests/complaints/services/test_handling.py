"""What officers do with a report before it is answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Position, User
from complaints.domain.lifecycle import Status
from complaints.models import Addition, ApipRequest, Complaint, Escalation, Role
from complaints.services import handling
from complaints.services.identity import Person
from notices.models import Notice
from tests.factories.accounts import make_officer
from tests.factories.complaints import (
    OFFICER,
    make_complaint,
    make_complaint_desk,
    make_studied,
)
from tests.factories.permits import Cast
from workflow.domain.errors import DomainError


@pytest.fixture(autouse=True)
def _desk(cast: Cast) -> None:
    make_complaint_desk(cast)


@pytest.fixture
def officer(cast: Cast) -> User:
    return cast.at(OFFICER)


def told(complaint: Complaint, what: str) -> list[str]:
    """Return who was told of ``what``: a person, or the sealed address of the complainant."""
    rows = Notice.objects.filter(template=f"complaints/{what}", about=f"complaint:{complaint.pk}")
    return [row.recipient.full_name if row.recipient else row.address for row in rows]


def second_officer(cast: Cast, name: str = "Petugas Kedua") -> User:
    position = Position.objects.get(office=cast.office, code=OFFICER)
    return make_officer(position, full_name=name)


# complaint or suggestion ---------------------------------------------------------------------


def test_a_late_report_is_accepted_with_a_reason(cast, monday, officer):
    complaint = make_complaint(cast, monday, served_on=monday.date() - timedelta(days=31))
    with pytest.raises(DomainError, match="note_missing"):
        handling.accept(complaint, actor=officer, at=monday, note=" ")
    fresh = handling.accept(complaint, actor=officer, at=monday, note="Sakit sebulan")
    assert fresh.status == Status.RECEIVED
    assert fresh.due_on == date(2026, 12, 4)  # from receipt, whenever it was decided
    assert told(fresh, "taken_as_complaint") == [f"sealed:complaints:{fresh.pk}"]


def test_an_override_goes_both_ways(cast, monday, officer):
    complaint = make_complaint(cast, monday)
    as_suggestion = handling.treat_as_suggestion(
        complaint, actor=officer, at=monday, note="Isinya usul"
    )
    assert as_suggestion.status == Status.SUGGESTION
    assert list(as_suggestion.deadlines.running().values_list("kind", flat=True)) == ["saran"]
    tuesday = monday + timedelta(days=1)
    again = handling.accept(as_suggestion, actor=officer, at=tuesday, note="Ternyata keluhan")
    assert again.status == Status.RECEIVED
    assert again.due_on == date(2026, 12, 4)


def test_who_does_not_own_it_decides_nothing(cast, monday):
    complaint = make_complaint(cast, monday)
    for desk in ("kepala-dinas", "front-office"):
        with pytest.raises(DomainError):
            handling.treat_as_suggestion(complaint, actor=cast.at(desk), at=monday, note="Ya")
    complaint.refresh_from_db()
    assert complaint.status == Status.RECEIVED


# complete or not -----------------------------------------------------------------------------


def test_asking_tells_the_complainant_and_the_answer_runs_on(cast, monday, officer):
    complaint = make_complaint(cast, monday)
    fresh = handling.ask(complaint, actor=officer, at=monday, note="Nomor berkas mana?")
    running = set(fresh.deadlines.running().values_list("kind", flat=True))
    assert {"jawaban", "melengkapi"} <= running
    assert "kelengkapan" not in running
    row = Notice.objects.get(template="complaints/incomplete")
    assert row.context["note"] == "Nomor berkas mana?"
    assert row.address.startswith("sealed:")


def test_what_came_by_telephone_completes_it_and_resets_nothing(cast, monday, officer):
    complaint = handling.ask(make_complaint(cast, monday), actor=officer, at=monday, note="Mana?")
    due = complaint.due_at
    later = monday + timedelta(days=2)
    fresh = handling.complete(complaint, actor=officer, at=later, note="Berkas nomor 12")
    assert (fresh.status, fresh.due_at) == (Status.RECEIVED, due)
    assert Addition.objects.get(complaint=fresh).by == Addition.By.OFFICER


def test_asking_twice_is_refused_and_tells_once(cast, monday, officer):
    complaint = make_complaint(cast, monday)
    handling.ask(complaint, actor=officer, at=monday, note="Mana?")
    with pytest.raises(DomainError, match="out_of_turn"):
        handling.ask(complaint, actor=officer, at=monday, note="Mana?")
    assert Notice.objects.filter(template="complaints/incomplete").count() == 1


# classification ------------------------------------------------------------------------------


def classify(complaint: Complaint, actor: User, at: datetime, **changes: Any) -> Complaint:
    """Classify as an internal delay, with changes."""
    facts: dict[str, Any] = {"problem": "jangka_waktu", "category": "internal", **changes}
    return handling.classify(complaint, actor=actor, at=at, **facts)


def test_classifying_keeps_the_mark_and_records_it(cast, monday, officer):
    complaint = make_studied(cast, monday)
    problem = "term"
    fresh = classify(complaint, officer, monday, problem=_problem(problem))
    assert (fresh.category, fresh.weight) == ("internal", "")
    assert not fresh.deadlines.running().filter(kind="kategori").exists()
    assert fresh.records.filter(event=handling.CLASSIFIED).count() == 1
    classify(fresh, officer, monday, problem=_problem(problem))  # pressed twice
    assert fresh.records.filter(event=handling.CLASSIFIED).count() == 1


def _problem(name: str) -> str:
    from complaints.models import Problem

    return str(Problem[name.upper()])


def test_changing_the_class_needs_a_reason(cast, monday, officer):
    complaint = classify(make_studied(cast, monday), officer, monday, problem=_problem("term"))
    with pytest.raises(DomainError, match="note_missing"):
        classify(complaint, officer, monday, problem=_problem("fee"))
    fresh = classify(complaint, officer, monday, problem=_problem("fee"), reason="Ternyata biaya")
    assert fresh.problem == _problem("fee")


def test_a_class_may_have_a_term_of_its_own_from_receipt(cast, monday, officer):
    from complaints.models import ComplaintRules, ComplaintTerm

    ComplaintRules.objects.filter(office=cast.office).update(ladder="bobot")
    ComplaintTerm.objects.create(office=cast.office, kind="jawaban", of="ringan", amount=1)
    complaint = make_studied(cast, monday)
    later = monday + timedelta(hours=3)
    fresh = classify(
        complaint, officer, later, problem=_problem("term"), category="", weight="ringan"
    )
    assert fresh.due_on == date(2026, 11, 17)  # one working day after receipt
    with pytest.raises(DomainError, match="complaint_not_classified"):
        classify(fresh, officer, later, problem=_problem("term"), category="internal")


def test_an_owner_who_is_complained_about_loses_it_at_once(cast, monday, officer):
    other = second_officer(cast)
    complaint = make_studied(cast, monday)
    fresh = classify(complaint, officer, monday, problem=_problem("term"), subjects=[officer])
    assert fresh.owner == other
    assert told(fresh, "owner") == [other.full_name]
    assert not Complaint.objects.visible_to(officer).exists()
    with pytest.raises(DomainError, match="complained_about"):
        handling.add_note(fresh, actor=officer, at=monday, note="Bukan saya")


def test_nobody_left_means_the_head(cast, monday, officer):
    complaint = make_studied(cast, monday)
    fresh = classify(complaint, officer, monday, problem=_problem("term"), subjects=[officer])
    assert fresh.owner == cast.at("kepala-dinas")
    handling.add_note(fresh, actor=cast.at("kepala-dinas"), at=monday, note="Saya tangani")


# who answers for it --------------------------------------------------------------------------


def test_the_owner_hands_over_with_a_reason(cast, monday, officer):
    other = second_officer(cast)
    complaint = make_complaint(cast, monday)
    with pytest.raises(DomainError, match="note_missing"):
        handling.hand_over_owner(complaint, actor=officer, at=monday, owner=other, reason="")
    with pytest.raises(DomainError, match="not_an_owner"):
        handling.hand_over_owner(
            complaint, actor=officer, at=monday, owner=cast.at("front-office"), reason="Cuti"
        )
    fresh = handling.hand_over_owner(
        complaint, actor=officer, at=monday, owner=other, reason="Cuti"
    )
    assert fresh.owner == other
    assert told(fresh, "owner") == [other.full_name]
    with pytest.raises(DomainError, match="not_the_owner"):
        handling.hand_over_owner(fresh, actor=officer, at=monday, owner=officer, reason="Kembali")


def test_an_officer_takes_over_what_nobody_answers_for(cast, monday, officer):
    other = second_officer(cast)
    complaint = make_complaint(cast, monday)
    officer.appointments.update(ended_on=date(2026, 1, 1), started_on=date(2025, 1, 1))
    fresh = handling.hand_over_owner(
        complaint, actor=other, at=monday, owner=other, reason="Pindah tugas"
    )
    assert fresh.owner == other


# higher up -----------------------------------------------------------------------------------


def test_bringing_it_up_goes_one_position_higher_each_time(cast, monday, officer):
    complaint = make_studied(cast, monday)
    row = handling.bring_up(complaint, actor=officer, at=monday, note="Perlu keputusan")
    assert (row.cause, row.to_position.is_head) == (Escalation.Cause.REQUEST, True)
    assert told(complaint, "brought") == [cast.at("kepala-dinas").full_name]
    with pytest.raises(DomainError, match="nobody_above"):
        handling.bring_up(complaint, actor=officer, at=monday, note="Lagi")


def test_only_the_head_consents_to_apip(cast, monday, officer):
    complaint = make_studied(cast, monday)
    row = handling.request_apip(complaint, actor=officer, at=monday, note="Dugaan pungli")
    assert handling.request_apip(complaint, actor=officer, at=monday, note="Lagi") == row
    assert told(complaint, "apip_asked") == [cast.at("kepala-dinas").full_name]
    with pytest.raises(DomainError, match="complaint_not_the_head"):
        handling.decide_apip(complaint, actor=officer, at=monday, agreed=True)
    head = cast.at("kepala-dinas")
    with pytest.raises(DomainError, match="note_missing"):
        handling.decide_apip(complaint, actor=head, at=monday, agreed=False)
    decided = handling.decide_apip(complaint, actor=head, at=monday, agreed=True)
    assert (decided.agreed, decided.decided_by) == (True, head)
    with pytest.raises(DomainError, match="nothing_asked"):
        handling.decide_apip(complaint, actor=head, at=monday, agreed=True)


def test_of_a_head_who_is_complained_about_the_consent_comes_from_above(cast, monday, officer):
    head = cast.at("kepala-dinas")
    complaint = classify(
        make_studied(cast, monday), officer, monday, problem=_problem("term"), category="apip",
        subjects=[head],
    )  # fmt: skip
    handling.request_apip(complaint, actor=officer, at=monday, note="Menyangkut kepala")
    assert told(complaint, "apip_asked") == []
    with pytest.raises(DomainError):
        handling.decide_apip(complaint, actor=head, at=monday, agreed=True, note="Ya")
    with pytest.raises(DomainError, match="note_missing"):
        handling.decide_apip(complaint, actor=officer, at=monday, agreed=True)
    row = handling.decide_apip(
        complaint, actor=officer, at=monday, agreed=True, note="Surat bupati 700/1, 17-11-2026"
    )
    assert row.agreed
    assert ApipRequest.objects.count() == 1


# several reports of one matter ---------------------------------------------------------------


def test_merging_goes_to_the_older_number_and_both_keep_what_they_hold(cast, monday, officer):
    old = make_complaint(cast, monday)
    new = make_complaint(cast, monday + timedelta(hours=2))
    later = monday + timedelta(hours=3)
    with pytest.raises(DomainError, match="merge_into_newer"):
        handling.merge(old, actor=officer, at=later, target=new, note="Sama")
    fresh = handling.merge(new, actor=officer, at=later, target=old, note="Sama")
    assert (fresh.status, fresh.merged_into) == (Status.MERGED, old)
    assert fresh.text
    assert fresh.number != old.number
    assert not fresh.deadlines.running().exists()
    assert old.records.filter(event=handling.MERGED_HERE).exists()
    with pytest.raises(DomainError, match="complaint_closed"):
        handling.merge(fresh, actor=officer, at=later, target=old, note="Sama")


@pytest.mark.parametrize("code", ["merge_itself", "merge_into_suggestion", "merge_into_closed"])
def test_what_cannot_be_merged(cast, monday, officer, code):
    target = make_complaint(cast, monday)
    complaint = make_complaint(cast, monday)
    if code == "merge_itself":
        target = complaint
    elif code == "merge_into_suggestion":
        target = handling.treat_as_suggestion(target, actor=officer, at=monday, note="Usul")
    else:
        target = handling.withdraw(target, actor=officer, at=monday, note="Diminta pengadu")
    with pytest.raises(DomainError, match=code):
        handling.merge(complaint, actor=officer, at=monday, target=target, note="Sama")
    complaint.refresh_from_db()
    assert complaint.merged_into is None


def test_merging_takes_who_is_complained_about_along(cast, monday, officer):
    other = second_officer(cast)
    old = make_complaint(cast, monday)
    Complaint.objects.filter(pk=old.pk).update(owner=other)
    new = make_complaint(cast, monday)
    new.subjects.add(other)
    Complaint.objects.filter(pk=new.pk).update(owner=officer)
    handling.merge(new, actor=officer, at=monday, target=old, note="Sama")
    old.refresh_from_db()
    assert old.owner == officer


def test_linking_twice_is_once(cast, monday, officer):
    one, other = make_complaint(cast, monday), make_complaint(cast, monday)
    for _press in range(2):
        handling.link(one, actor=officer, at=monday, target=other)
    assert list(other.related.all()) == [one]
    assert one.records.filter(event=handling.LINKED).count() == 1


def test_a_confidential_report_is_not_named_in_the_history_of_another(cast, monday, officer):
    old = make_complaint(cast, monday)
    secret = make_complaint(cast, monday, confidential=True)
    Complaint.objects.filter(pk=secret.pk).update(owner=officer)
    secret.refresh_from_db()
    handling.link(old, actor=officer, at=monday, target=secret)
    handling.merge(secret, actor=officer, at=monday, target=old, note="Loket dua")
    written = " ".join(old.records.values_list("note", flat=True))
    assert secret.number not in written
    assert "Loket dua" not in written
    assert written.count("laporan rahasia") == 2


def test_withdrawing_ends_every_term(cast, monday, officer):
    fresh = handling.withdraw(
        make_complaint(cast, monday), actor=officer, at=monday, note="Diminta pengadu"
    )
    assert fresh.status == Status.WITHDRAWN
    assert not fresh.deadlines.running().exists()


def test_of_a_suggestion_without_name_nobody_is_told(cast, monday, officer):
    complaint = make_complaint(cast, monday, person=Person())
    fresh = handling.accept(complaint, actor=officer, at=monday, note="Materinya jelas")
    assert fresh.status == Status.RECEIVED
    assert told(fresh, "taken_as_complaint") == []


def test_the_officer_is_found_by_the_part(cast, officer):
    from complaints.selectors import roles_of

    assert Role.OFFICER in roles_of(officer, cast.office, datetime.now(cast.office.zone))


def test_asked_a_second_time_there_is_the_whole_term_again(
    cast: Cast, monday: datetime, officer: User
) -> None:
    complaint = make_complaint(cast, monday)
    handling.ask(complaint, actor=officer, at=monday, note="Kapan persisnya?")
    handling.complete(complaint, actor=officer, at=monday, note="Senin pagi.")
    later = monday + timedelta(days=3)
    handling.ask(complaint, actor=officer, at=later, note="Di loket mana?")
    running = complaint.deadlines.running().get(kind="melengkapi")
    assert running.started_at == later
