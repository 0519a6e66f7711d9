"""The terms of a complaint under the sweep: who is warned, who is told of a breach, who above."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts.models import Position, User
from complaints.models import Complaint, ComplaintDeadline, ComplaintRules, Escalation
from complaints.services import handling, reminders
from complaints.services.identity import Person
from notices.models import Notice
from tests.complaints.services.test_answers import drafted
from tests.complaints.services.test_handling import second_officer
from tests.factories.accounts import make_officer
from tests.factories.complaints import OFFICER, SECTION_HEAD, make_complaint, make_complaint_desk
from tests.factories.permits import Cast
from workflow import admin_tasks, alarms

HEAD = "kepala-dinas"


@pytest.fixture(autouse=True)
def _desk(cast: Cast) -> None:
    make_complaint_desk(cast)


@pytest.fixture
def officer(cast: Cast) -> User:
    return cast.at(OFFICER)


def only_answer(complaint: Complaint) -> ComplaintDeadline:
    """Leave the promise alone, so that the office's own marks say nothing."""
    complaint.deadlines.exclude(kind="jawaban").delete()
    return complaint.deadlines.get()


def watched(at: datetime) -> None:
    assert alarms.watch_terms(at).failed == 0


def told(what: str) -> list[str]:
    """Return who was told, a person by name and the complainant by the sealed address."""
    rows = Notice.objects.filter(template=f"complaints/{what}").order_by("pk")
    return [row.recipient.full_name if row.recipient else "pengadu" for row in rows]


def after(monday: datetime, days: int) -> datetime:
    """Nine o'clock so many calendar days after the Monday on which it came."""
    return monday + timedelta(days=days)


def test_the_owner_is_warned_at_each_mark_once(cast, monday, officer):
    only_answer(make_complaint(cast, monday))
    # 14 working days from 16 November end on 4 December
    for days in (0, 8, 9, 10, 15, 16, 17, 18):
        for _sweep in range(2):
            watched(after(monday, days))
    assert told("due_soon") == [officer.full_name] * 4  # half, two days, one day, the day itself
    assert told("overdue") == []


def test_a_late_answer_is_told_to_who_complained_the_same_day(cast, monday, officer):
    deadline = only_answer(make_complaint(cast, monday))
    watched(after(monday, 19))  # Saturday 5 December: the promised day is over
    deadline.refresh_from_db()
    assert deadline.breached_at is not None
    assert told("late") == ["pengadu"]
    assert told("overdue") == [officer.full_name]
    watched(after(monday, 19) + timedelta(hours=1))
    assert told("late") == ["pengadu"]


def test_it_goes_up_by_position_once_each(cast, monday, officer):
    section = Position.objects.create(
        office=cast.office, code="kabid-lain", name="Kabid",
        superior=Position.objects.get(office=cast.office, is_head=True),
    )  # fmt: skip
    above = make_officer(section, full_name="Kepala Bidang Lain")
    Position.objects.filter(office=cast.office, code=OFFICER).update(superior=section)
    complaint = make_complaint(cast, monday)
    only_answer(complaint)
    assert not Complaint.objects.visible_to(above).exists()
    for days in (19, 21, 22, 23, 24):
        watched(after(monday, days))
    assert told("escalated") == [above.full_name, cast.at(HEAD).full_name]
    rows = list(Escalation.objects.values_list("cause", "to_position__is_head"))
    assert rows == [("waktu", False), ("waktu", True)]
    assert Complaint.objects.visible_to(above).get() == complaint  # who was told can look


def test_of_a_confidential_one_only_the_head_learns(cast, monday, officer):
    section = Position.objects.create(
        office=cast.office, code="kabid-lain", name="Kabid",
        superior=Position.objects.get(office=cast.office, is_head=True),
    )  # fmt: skip
    above = make_officer(section, full_name="Kepala Bidang Lain")
    Position.objects.filter(office=cast.office, code=OFFICER).update(superior=section)
    only_answer(make_complaint(cast, monday, confidential=True))
    for days in (19, 21, 22, 23):
        watched(after(monday, days))
    assert told("escalated") == [cast.at(HEAD).full_name]
    assert not Complaint.objects.visible_to(above).exists()


def test_who_is_complained_about_is_passed_over(cast, monday):
    section = Position.objects.create(
        office=cast.office, code="kabid-lain", name="Kabid",
        superior=Position.objects.get(office=cast.office, is_head=True),
    )  # fmt: skip
    above = make_officer(section, full_name="Kepala Bidang Lain")
    Position.objects.filter(office=cast.office, code=OFFICER).update(superior=section)
    complaint = make_complaint(cast, monday)
    complaint.subjects.add(above)
    only_answer(complaint)
    for days in (19, 21):  # the first mark after the promise: nobody waits a day for the second
        watched(after(monday, days))
    assert told("escalated") == [cast.at(HEAD).full_name]


def test_the_level_whose_turn_it_is_is_warned_instead_of_the_owner(cast, monday, officer):
    from tests.complaints.services.test_answers import drafted

    complaint = drafted(cast, monday, category="internal")
    share = complaint.deadlines.get(kind="tingkat")
    complaint.deadlines.exclude(pk=share.pk).delete()
    watched(after(monday, 2))
    assert told("due_soon") == [cast.at(HEAD).full_name]
    watched(after(monday, 3))
    assert told("overdue") == [cast.at(HEAD).full_name]


def test_who_does_not_complete_is_reminded_and_then_the_owner_learns(cast, monday, officer):
    complaint = handling.ask(make_complaint(cast, monday), actor=officer, at=monday, note="Mana?")
    complaint.deadlines.exclude(kind="melengkapi").delete()
    for days in (15, 16, 23, 24):
        watched(after(monday, days))
    assert told("incomplete_still") == ["pengadu", "pengadu"]  # half, and seven days before
    watched(after(monday, 31))
    assert told("overdue") == [officer.full_name]


def test_an_internal_mark_is_told_to_the_office_alone(cast, monday, officer):
    complaint = make_complaint(cast, monday)
    complaint.deadlines.exclude(kind="kategori").delete()
    for days in (2, 3):
        watched(after(monday, days))
    assert (told("due_soon"), told("overdue")) == ([officer.full_name], [officer.full_name])
    assert told("late") == []


def test_of_a_nameless_suggestion_nobody_outside_is_told(cast, monday, officer):
    make_complaint(cast, monday, person=Person())
    for days in (18, 19):
        watched(after(monday, days))
    assert told("late") == []
    assert told("overdue") == [officer.full_name]


def test_after_the_owner_is_complained_about_the_heir_is_warned(cast, monday, officer):
    heir = second_officer(cast)
    complaint = make_complaint(cast, monday)
    handling.study(complaint, actor=officer, at=monday)
    handling.classify(
        complaint, actor=officer, at=monday, problem="biaya", category="internal",
        subjects=[officer],
    )  # fmt: skip
    complaint.refresh_from_db()
    only_answer(complaint)
    watched(after(monday, 19))
    assert told("overdue") == [heir.full_name]


def gone(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def test_for_an_owner_who_left_the_superior_is_told(cast, monday, officer):
    head = cast.at(HEAD)
    complaint = make_complaint(cast, monday)
    only_answer(complaint)
    assert told("new") == [officer.full_name]
    gone(officer)
    for days in (8, 9, 10, 15, 16, 17, 18, 21):
        watched(after(monday, days))
    assert set(told("due_soon") + told("overdue")) == {head.full_name}


def test_an_owner_who_changed_to_another_desk_is_not_told_either(cast, monday, officer):
    only_answer(make_complaint(cast, monday))
    officer.appointments.update(ended_on=monday.date())
    watched(after(monday, 10))
    assert told("due_soon") == [cast.at(HEAD).full_name]


def test_no_superior_is_told_who_is_complained_about(cast, monday, officer):
    complaint = make_complaint(cast, monday)
    only_answer(complaint)
    complaint.subjects.add(cast.at(HEAD))
    gone(officer)
    watched(after(monday, 10))
    assert told("due_soon") == []


def test_complaints_whose_owner_left_open_one_task_for_their_office(cast, monday, officer):
    complaint = make_complaint(cast, monday)
    make_complaint(cast, monday)
    reminders.watch_owners(monday)
    assert not admin_tasks.waiting().exists()
    gone(officer)
    reminders.watch_owners(monday)
    [task] = admin_tasks.waiting()
    assert "2 pengaduan" in admin_tasks.sentence(task)
    Complaint.objects.update(owner=cast.at(HEAD))
    reminders.watch_owners(monday)
    assert not admin_tasks.waiting().exists()
    assert complaint.owner == officer


def test_a_level_without_a_holder_asks_its_superior_and_opens_a_task(cast, monday):
    ComplaintRules.objects.update(ladder="bobot")
    gone(cast.at(SECTION_HEAD))
    complaint = drafted(cast, monday, weight="sedang")
    assert complaint.desk == Position.objects.get(code=SECTION_HEAD)
    assert told("approve") == [cast.at(HEAD).full_name]
    assert admin_tasks.waiting().filter(kind="vacant_desk").count() == 1
