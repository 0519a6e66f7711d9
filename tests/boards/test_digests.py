"""The digest of a morning: what is owed, on the days that a person chose, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from accounts.models import User
from boards.domain.mornings import first_of_week
from boards.services.digests import KIND, send_digests
from complaints.models import Complaint, Escalation
from notices.models import Notice, Preference
from notices.services import deliver_due
from permits.models import Application, ApplicationDeadline, StepPart
from standards.domain.steps import StepKind
from tests.factories.complaints import OFFICER, make_complaint, make_complaint_desk
from tests.factories.filing import signed_in
from tests.factories.parts import ask_part
from tests.factories.permits import Cast, at_step, make_accepted
from workflow.calendars import calendar_of
from workflow.models import Holiday

pytestmark = pytest.mark.django_db
MORNING, MONDAY = Preference.Mail.MORNING, Preference.Mail.MONDAY
Kind = ApplicationDeadline.Kind


def wants(user: User, mail: str) -> User:
    Preference.objects.create(user=user, kind=KIND, mail=mail)
    return user


def digests(user: User) -> list[Notice]:
    return list(Notice.objects.filter(recipient=user, template=KIND).order_by("pk"))


def owner_of_desk(application: Application, cast: Cast) -> User:
    desk = application.desk
    assert desk is not None
    return cast.at(desk.code)


def set_due(application: Application, kind: str, at: datetime) -> None:
    rows = ApplicationDeadline.objects.running().filter(application=application, kind=kind)
    assert rows.update(due_at=at, due_on=at.date())


@pytest.fixture
def seven(monday: datetime) -> datetime:
    return monday.replace(hour=7)


@pytest.fixture
def file(cast: Cast, monday: datetime) -> Application:
    """A file that lies at a desk and is due at the end of next Monday."""
    return at_step(cast, StepKind.SIGN, monday - timedelta(days=5))


def test_what_is_due_today_comes_by_mail(cast: Cast, file: Application, seven: datetime) -> None:
    officer = wants(owner_of_desk(file, cast), MORNING)
    for kind in (Kind.SERVICE, Kind.STEP):
        set_due(file, kind, seven + timedelta(hours=8))
    send_digests(seven)
    (one,) = digests(officer)
    assert len(one.context["due"]) == 1
    assert file.number in one.context["due"][0]
    assert one.context["late"] == one.context["reported"] == []
    deliver_due(seven)
    (letter,) = [one for one in mail.outbox if officer.email in one.to]
    assert letter.subject == "Pekerjaan Anda, Senin, 16 November 2026"
    assert "Jatuh tempo hari ini:" in letter.body
    assert "Terlambat:" not in letter.body


def test_what_is_late_stands_apart(cast: Cast, file: Application, seven: datetime) -> None:
    officer = wants(owner_of_desk(file, cast), MORNING)
    set_due(file, Kind.SERVICE, seven - timedelta(hours=1))
    send_digests(seven)
    (one,) = digests(officer)
    assert one.context["due"] == []
    assert "Jangka waktu layanan" in one.context["late"][0]


def test_nothing_owed_is_no_mail(cast: Cast, file: Application, seven: datetime) -> None:
    officer = wants(owner_of_desk(file, cast), MORNING)
    for kind in (Kind.SERVICE, Kind.STEP):
        set_due(file, kind, seven + timedelta(days=1, hours=12))
    send_digests(seven)
    set_due(file, Kind.STEP, seven + timedelta(hours=2))
    send_digests(seven + timedelta(minutes=10))
    assert digests(officer) == []


def test_a_worker_that_runs_twice_sends_once(
    cast: Cast, file: Application, seven: datetime
) -> None:
    officer = wants(owner_of_desk(file, cast), MORNING)
    set_due(file, Kind.SERVICE, seven - timedelta(days=1))
    assert send_digests(seven).done == 1
    assert send_digests(seven).done == 0
    Preference.objects.update(looked_on=None)  # even if the day had not been claimed
    send_digests(seven + timedelta(minutes=10))
    assert len(digests(officer)) == 1
    send_digests(seven + timedelta(days=1))
    assert len(digests(officer)) == 2


def test_only_in_the_morning_of_a_working_day(
    cast: Cast, file: Application, seven: datetime
) -> None:
    officer = wants(owner_of_desk(file, cast), MORNING)
    set_due(file, Kind.SERVICE, seven - timedelta(days=9))
    send_digests(seven - timedelta(days=1))  # Sunday
    send_digests(seven - timedelta(minutes=1))
    assert digests(officer) == []
    send_digests(seven.replace(hour=12))
    assert digests(officer) == []


def test_mondays_are_the_first_working_day_of_a_week(
    cast: Cast, file: Application, seven: datetime
) -> None:
    officer = wants(owner_of_desk(file, cast), MONDAY)
    set_due(file, Kind.SERVICE, seven - timedelta(days=9))
    for days in range(7):
        send_digests(seven + timedelta(days=days))
    assert len(digests(officer)) == 1
    Holiday.objects.create(on=date(2026, 11, 23), name="Libur uji", kind="libur_nasional")
    calendar = calendar_of(cast.office)
    assert not first_of_week(date(2026, 11, 23), calendar.is_workday)
    assert first_of_week(date(2026, 11, 24), calendar.is_workday)
    assert not first_of_week(date(2026, 11, 25), calendar.is_workday)


def test_superiors_read_what_was_reported_to_them(
    cast: Cast, file: Application, seven: datetime
) -> None:
    head = wants(cast.at("kepala-dinas"), MORNING)
    other = make_accepted(cast, seven - timedelta(days=5))
    for row in (other, file):
        Notice.objects.create(
            dedupe_key=f"told:{row.pk}", template="permits/escalated", recipient=head,
            address=head.email, about=f"application:{row.pk}", created_at=seven, next_try_at=seven,
        )  # fmt: skip
    Application.objects.filter(pk=other.pk).update(due_at=seven - timedelta(days=1))
    send_digests(seven)
    (one,) = digests(head)
    assert len(one.context["reported"]) == 1
    assert other.number in one.context["reported"][0]


def test_complaints_are_told_by_number_alone(cast: Cast, seven: datetime) -> None:
    make_complaint_desk(cast)
    officer, head = cast.at(OFFICER), wants(cast.at("kepala-dinas"), MORNING)
    wants(officer, MORNING)
    late, brought = (make_complaint(cast, seven - timedelta(days=40), served_on=None) for _ in "ab")
    Complaint.objects.filter(pk=late.pk).update(owner=officer, due_at=seven - timedelta(days=1))
    Complaint.objects.filter(pk=brought.pk).update(owner=officer, due_at=seven - timedelta(days=1))
    seat = head.appointments.get().position
    Escalation.objects.create(
        complaint=brought, cause=Escalation.Cause.TIME, level="1", to_position=seat, at=seven
    )
    send_digests(seven)
    assert any(late.number in line for line in digests(officer)[0].context["late"])
    (one,) = digests(head)
    assert one.context["reported"] == [f"Pengaduan {brought.number}"]
    assert "Budi Pengadu" not in str(one.context)


def test_nobody_inactive_and_nobody_without_a_position(
    cast: Cast, file: Application, seven: datetime
) -> None:
    officer = wants(owner_of_desk(file, cast), MORNING)
    set_due(file, Kind.SERVICE, seven - timedelta(days=9))
    officer.appointments.update(ended_on=date(2026, 11, 13))
    send_digests(seven)
    officer.appointments.update(ended_on=None)
    type(officer).objects.update(is_active=False)
    send_digests(seven)
    assert digests(officer) == []


def test_officers_choose_their_days_among_the_messages(cast: Cast) -> None:
    officer = cast.at("front-office")
    browser = signed_in(officer)
    address = "/akun/pesan/pilihan/"
    page = browser.get(address).content.decode()
    assert "Ringkasan pekerjaan Anda" in page
    form: Any = browser.get(address).context["form"]
    number = [kind.code for kind in form.kinds].index(KIND)
    answers = {name: field.initial or "" for name, field in form.fields.items()}
    answers |= {"language": "id", f"mail-{number}": "segera"}
    assert browser.post(address, answers).status_code == 200  # a timed kind never comes at once
    browser.post(address, {**answers, f"mail-{number}": "senin"})
    assert Preference.objects.get(user=officer, kind=KIND).mail == MONDAY
    applicant = signed_in(cast.applicant).get(address).content.decode()
    assert "Ringkasan pekerjaan Anda" not in applicant


def test_who_owes_a_part_of_a_step_is_told_as_the_desk_is(
    cast: Cast, file: Application, seven: datetime
) -> None:
    secretary = wants(cast.at("sekretaris"), MORNING)
    desk = wants(owner_of_desk(file, cast), MORNING)
    part = ask_part(file)
    set_due(file, Kind.SERVICE, seven + timedelta(days=9))
    set_due(file, Kind.STEP, seven + timedelta(hours=8))
    send_digests(seven)
    for person in (secretary, desk):
        (one,) = digests(person)
        assert "Waktu baku langkah" in one.context["due"][0]
    given = {"outcome": "selesai", "opinion": "tidak_keberatan", "finished_by": secretary}
    StepPart.objects.filter(pk=part.pk).update(finished_at=seven, **given)
    send_digests(seven + timedelta(days=1))
    assert (len(digests(secretary)), len(digests(desk))) == (1, 2)


def test_a_superior_reads_every_desk_at_which_a_late_file_lies(
    cast: Cast, file: Application, seven: datetime
) -> None:
    head = wants(cast.at("kepala-dinas"), MORNING)
    part = ask_part(file)
    back = cast.at("back-office").appointments.get().position
    Application.objects.filter(pk=file.pk).update(due_at=seven - timedelta(days=1), desk=back)
    Notice.objects.create(
        dedupe_key="told", template="permits/escalated", recipient=head, address=head.email,
        about=f"application:{file.pk}", created_at=seven, next_try_at=seven,
    )  # fmt: skip
    send_digests(seven)
    (one,) = digests(head)
    assert f"di meja {back.name}, {part.position}" in one.context["reported"][0]


def test_an_answer_that_waits_for_approval_is_due_for_who_approves(
    cast: Cast, seven: datetime
) -> None:
    make_complaint_desk(cast)
    head = wants(cast.at("kepala-dinas"), MORNING)
    complaint = make_complaint(cast, seven - timedelta(days=3))
    seat = head.appointments.get().position
    today = {"due_at": seven + timedelta(hours=9), "due_on": seven.date()}
    Complaint.objects.filter(pk=complaint.pk).update(**today)
    send_digests(seven)
    assert digests(head) == []
    Complaint.objects.filter(pk=complaint.pk).update(desk=seat, status="konsep_jawaban")
    Preference.objects.update(looked_on=None)
    send_digests(seven + timedelta(minutes=10))
    (one,) = digests(head)
    assert complaint.number in one.context["due"][0]
