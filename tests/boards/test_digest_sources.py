"""The digest names the work of every app that registers some, and is not sent without any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from accounts.models import User
from archives.models import DataRequest
from boards.services.digests import KIND, send_digests
from complaints.models import MonthlyReport
from complaints.models import ReportDeadline as MonthDeadline
from complaints.services import reports as monthly
from notices import due_work
from notices.models import Notice, Preference
from reports.kinds import KINDS
from reports.models import Report, ReportDeadline
from reports.services.registering import register
from tests.factories.complaints import OFFICER, make_complaint_desk
from tests.factories.permits import Cast
from tests.factories.reports import COMPILER, HEAD, QUARTER, SECRETARY, make_report, make_roles
from tests.factories.reports import KIND as REPORT
from workflow import alarms
from workflow.domain.clock import Unit

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def seven(monday: datetime) -> datetime:
    return monday.replace(hour=7)


@pytest.fixture(autouse=True)
def _report_kind() -> Iterator[None]:
    known, watched = dict(KINDS), dict(alarms.TERMS)
    register(REPORT)
    yield
    KINDS.clear()
    KINDS.update(known)
    alarms.TERMS.clear()
    alarms.TERMS.update(watched)


def wants(*people: User) -> None:
    for user in people:
        Preference.objects.create(user=user, kind=KIND, mail=Preference.Mail.MORNING)


def told(user: User) -> Notice | None:
    return Notice.objects.filter(recipient=user, template=KIND).first()


def term(at: datetime) -> dict[str, object]:
    return {
        "term_amount": 10, "term_unit": Unit.WORKDAY, "started_at": at - timedelta(days=14),
        "due_on": at.date(), "due_at": at,
    }  # fmt: skip


def owe_report(cast: Cast, at: datetime) -> None:
    ReportDeadline.objects.update_or_create(
        office=cast.office, kind=REPORT.code, period=QUARTER.code, defaults=term(at)
    )


def test_every_app_that_owes_something_is_a_source() -> None:
    assert set(due_work.SOURCES) == {
        "permits", "complaints", "complaints.reports", "surveys", "reports", "archives",
    }  # fmt: skip


def test_a_report_is_due_for_who_compiles_it_then_for_who_goes_on(
    cast: Cast, seven: datetime
) -> None:
    make_roles(cast)
    people = {code: cast.at(code) for code in (COMPILER, SECRETARY, HEAD)}
    wants(*people.values())
    owe_report(cast, seven + timedelta(hours=9))
    send_digests(seven)
    found = told(people[COMPILER])
    assert found is not None
    assert "menyusun" in found.context["due"][0]
    assert told(people[SECRETARY]) is told(people[HEAD]) is None


@pytest.mark.parametrize(
    ("status", "code", "task"),
    [
        ("disusun", COMPILER, "memaraf"),
        ("diperiksa", SECRETARY, "memeriksa"),
        ("disetujui", HEAD, "menandatangani"),
    ],
)
def test_a_late_report_is_named_to_whose_turn_it_is(
    cast: Cast, seven: datetime, status: str, code: str, task: str
) -> None:
    make_roles(cast)
    people = [cast.at(one) for one in (COMPILER, SECRETARY, HEAD)]
    wants(*people)
    report = make_report(cast, at=seven - timedelta(hours=1))
    Report.objects.filter(pk=report.pk).update(status=status)
    owe_report(cast, seven - timedelta(days=1))
    send_digests(seven)
    for person in people:
        found = told(person)
        if person != cast.at(code):
            assert found is None
            continue
        assert found is not None
        assert task in found.context["late"][0]
        assert found.context["due"] == []


def test_the_monthly_report_of_complaints_is_named(cast: Cast, seven: datetime) -> None:
    make_complaint_desk(cast)
    officer, secretary = cast.at(OFFICER), cast.at("sekretaris")
    wants(officer, secretary)
    MonthDeadline.objects.create(
        office=cast.office, month=OCTOBER, **term(seven + timedelta(hours=9))
    )
    send_digests(seven)
    found = told(officer)
    assert found is not None
    assert "Laporan bulanan pengaduan Oktober 2026" in found.context["due"][0]
    assert told(secretary) is None
    made = monthly.compile_report(cast.office, OCTOBER, actor=officer, at=seven)
    monthly.submit_report(made, actor=officer, at=seven, seen=made.digest)
    assert MonthlyReport.objects.waiting_for(secretary).exists()
    Preference.objects.update(looked_on=None)
    send_digests(seven + timedelta(minutes=10))
    found = told(secretary)
    assert found is not None
    assert len(found.context["due"]) == 1


def test_a_request_about_personal_data_is_named_without_its_words(
    cast: Cast, seven: datetime
) -> None:
    head, desk = cast.at(HEAD), cast.at("front-office")
    wants(head, desk)
    DataRequest.objects.create(
        person=cast.applicant, office=cast.office, kind=DataRequest.Kind.ERASURE,
        text="Hapus nomor telepon saya", asked_at=seven - timedelta(days=3),
        due_at=seven + timedelta(hours=2),
    )  # fmt: skip
    send_digests(seven)
    found = told(head)
    assert found is not None
    assert found.context["due"][0].startswith("Permintaan data pribadi: Menghapus data, 16 Nov")
    assert "telepon" not in str(found.context)
    assert told(desk) is None


def test_work_that_is_due_later_makes_no_digest(cast: Cast, seven: datetime) -> None:
    make_roles(cast)
    wants(cast.at(COMPILER), cast.at(HEAD))
    owe_report(cast, seven + timedelta(days=1, hours=18))
    DataRequest.objects.create(
        person=cast.applicant, office=cast.office, kind=DataRequest.Kind.QUESTION, text="Apa?",
        asked_at=seven, due_at=seven + timedelta(days=3),
    )  # fmt: skip
    send_digests(seven)
    assert not Notice.objects.filter(template=KIND).exists()
